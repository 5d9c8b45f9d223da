"""The list of registers. A module of its own: it imports every register, and each of them imports ``ledger``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.pages.registers import conduct, people, work

if TYPE_CHECKING:
    from dangwu.model.results import YearReport
    from dangwu.pages.registers.ledger import Register

_REGISTER_BUILDERS = (*work.REGISTER_BUILDERS, *people.REGISTER_BUILDERS, *conduct.REGISTER_BUILDERS)


def build_registers(report: YearReport) -> tuple[Register, ...]:
    """Return the registers in the order of the systems, without those that the audience may not see."""
    registers = (build(report) for build in _REGISTER_BUILDERS)
    return tuple(sorted(filter(None, registers), key=lambda register: register.system))

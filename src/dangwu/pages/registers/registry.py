"""The registers of a year, system by system: what an inspector asks for first (forms.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.pages.registers import conduct, people, work

if TYPE_CHECKING:
    from dangwu.model.results import YearReport
    from dangwu.pages.registers.ledger import Register

_REGISTER_BUILDERS = (*work.REGISTER_BUILDERS, *people.REGISTER_BUILDERS, *conduct.REGISTER_BUILDERS)


def build_registers(report: YearReport) -> tuple[Register, ...]:
    """Return the registers in the order of the systems; those for which this audience has nothing are left out."""
    made = (maker(report) for maker in _REGISTER_BUILDERS)
    return tuple(sorted((register for register in made if register is not None), key=lambda each: each.system))

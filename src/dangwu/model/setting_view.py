"""A setting of a branch as it is shown: what it decides, what it may be, and which value is in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from dangwu.model.finding import Source
    from dangwu.model.kind_explanation import KindField
    from dangwu.model.rulebook import Clause


class SettingView(NamedTuple):
    """A setting; ``field`` has its title, what it may be, and its unit in ``unit``.

    ``value`` is in force. ``decided`` is the place in ``branch.yaml`` that says so; None where the default is assumed.
    ``clauses`` are those that leave it open, with their readings.
    """

    key: str
    field: KindField
    unit: str
    default: int | str
    value: int | str
    clauses: tuple[Clause, ...]
    decided: Source | None = None

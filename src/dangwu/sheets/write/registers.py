"""The registers of the systems as sheets."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dangwu.pages.registers.ledger import Word
from dangwu.pages.registers.registry import registers
from dangwu.sheets.write.sheet import Holds, Spread

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dangwu.model.results import YearReport
    from dangwu.pages.registers.ledger import Register, Value
    from dangwu.sheets.write.sheet import Content
    from dangwu.sheets.write.wording import Voice

PREFIX = "register-"
"""Before a register's key, in the key of its sheet: there are sheets of dues and targets beside registers of them."""
_FIGURES = {"hours", "assessed", "paid"}
"""Columns whose numbers a register has as people write them."""


def register_spreads(report: YearReport, voice: Voice) -> tuple[Spread, ...]:
    """Return a sheet for each register that this audience is given."""
    return tuple(_spread(each, voice) for each in registers(report))


def _spread(register: Register, voice: Voice) -> Spread:
    keys = [key for key, _ in register.columns]
    rows = tuple(
        tuple(_content(key, value, voice) for key, value in zip(keys, row, strict=True)) for row in register.rows
    )
    columns = tuple(
        voice.column(key, title, _holds(row[at] for row in rows)) for at, (key, title) in enumerate(register.columns)
    )
    return Spread(PREFIX + register.key, voice.lang.text(register.title), columns, rows)


def _content(key: str, value: Value, voice: Voice) -> Content:
    if isinstance(value, Word):
        return voice.word(value.code, value.text)
    if isinstance(value, str) and key in _FIGURES:
        return float(value)
    return value if isinstance(value, str | int | date | None) else voice.lang.value(value)


def _holds(values: Iterable[Content]) -> Holds:
    kinds = {type(value) for value in values if value is not None}
    if kinds == {date}:
        return Holds.DAY
    return Holds.NUMBER if kinds and kinds <= {int, float} else Holds.TEXT

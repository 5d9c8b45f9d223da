"""The registers of the systems as sheets."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dangwu.pages.registers.ledger import CodeWord
from dangwu.pages.registers.registry import build_registers
from dangwu.sheets.write.sheet import CellFormat, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dangwu.model.results import YearReport
    from dangwu.pages.registers.ledger import Register, RegisterValue
    from dangwu.sheets.write.sheet import CellContent, SheetWording

REGISTER_PREFIX = "register-"
"""Prefix of a register's key as a sheet: dues and targets are both sheets and registers."""
_FIGURE_COLUMNS = {"hours", "assessed", "paid"}
"""Columns whose numbers are text in a register."""


def build_register_sheets(report: YearReport, wording: SheetWording) -> tuple[Sheet, ...]:
    """Return a sheet for each register that the audience may see."""
    return tuple(_build_register_sheet(register, wording) for register in build_registers(report))


def _build_register_sheet(register: Register, wording: SheetWording) -> Sheet:
    keys = [key for key, _ in register.columns]
    rows = tuple(
        tuple(_convert_value(key, value, wording) for key, value in zip(keys, row, strict=True))
        for row in register.rows
    )
    columns = tuple(
        wording.column(key, title, _find_cell_format(row[at] for row in rows))
        for at, (key, title) in enumerate(register.columns)
    )
    return Sheet(REGISTER_PREFIX + register.key, wording.lang.text(register.title), columns, rows)


def _convert_value(key: str, value: RegisterValue, wording: SheetWording) -> CellContent:
    if isinstance(value, CodeWord):
        return wording.word(value.code, value.text)
    if isinstance(value, str) and key in _FIGURE_COLUMNS:
        return float(value)
    return value if isinstance(value, str | int | date | None) else wording.lang.value(value)


def _find_cell_format(values: Iterable[CellContent]) -> CellFormat:
    kinds = {type(value) for value in values if value is not None}
    if kinds == {date}:
        return CellFormat.DAY
    return CellFormat.NUMBER if kinds and kinds <= {int, float} else CellFormat.TEXT

"""A sheet as read: raw cells with their addresses."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from dangwu.errors import CannotRunError
from dangwu.model.message import say

if TYPE_CHECKING:
    from dangwu.model.message import Text

RawValue: TypeAlias = str | int | float | bool | datetime | date | time | timedelta | None
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_AREA = 200_000


class SheetCell(NamedTuple):
    """One cell. ``row`` and ``column`` count from 1; ``flaw`` is the reason why its value is unreliable.

    With ``month_shown`` it holds a day of which its number format shows only the month.
    """

    row: int
    column: int
    value: RawValue
    percent: bool = False
    flaw: Text | None = None
    month_shown: bool = False

    @property
    def blank(self) -> bool:
        """Whether the cell is empty."""
        return self.flaw is None and (self.value is None or (isinstance(self.value, str) and not self.value.strip()))

    @property
    def written(self) -> str:
        """What people see in the cell, "" for nothing."""
        if self.value is None or isinstance(self.value, bool):
            return "" if self.value is None else str(self.value).upper()
        if isinstance(self.value, datetime) and self.value.time() == time():
            return self.value.date().isoformat()
        return f"{self.value:.15g}" if isinstance(self.value, float) else str(self.value).strip()


class SheetGrid(NamedTuple):
    """One sheet, without empty rows at its end. With ``mac``, day numbers count from 1904 instead of 1900."""

    title: str
    rows: tuple[tuple[SheetCell, ...], ...]
    notes: tuple[Text, ...] = ()
    mac: bool = False

    def address(self, cell: SheetCell) -> str:
        """Return the address of a cell with its sheet: 花名册!D7."""
        return f"{self.title}!{format_column_letters(cell.column)}{cell.row}"


def format_column_letters(column: int) -> str:
    """Return the letters of a column: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def refuse_large_extent(row: int, column: int) -> None:
    """Raise CannotRunError for a sheet whose last cell is beyond what a list of a branch needs."""
    if row > MAX_ROWS or column > MAX_COLUMNS or row * column > MAX_AREA:
        raise build_extent_error(f"{format_column_letters(column)}{row}")


def build_extent_error(cell: str) -> CannotRunError:
    """Return the error for a sheet whose last cell is too far out."""
    return CannotRunError(
        say(
            "The sheet reaches to cell {cell}; at most {rows} rows, {columns} columns and {area} cells are read.",
            cell=cell,
            rows=MAX_ROWS,
            columns=MAX_COLUMNS,
            area=MAX_AREA,
        ),
        say("Delete what lies far outside the list, or copy the list into a new sheet."),
    )

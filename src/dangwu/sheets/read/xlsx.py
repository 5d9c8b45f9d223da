"""An .xlsx → the grids of its sheets. openpyxl has its door here; what is dangerous never reaches it."""

from __future__ import annotations

from io import BytesIO
from math import isfinite
from typing import TYPE_CHECKING, Any

from dangwu.errors import DangwuError
from dangwu.model.message import Text, say
from dangwu.sheets.formula_guard import unsheltered
from dangwu.sheets.read.cell_grid import MAX_COLUMNS, MAX_ROWS, Grid, Raw, Spot, letters, within
from dangwu.sheets.read.xlsx_parts import Facts, facts
from dangwu.sheets.read.xlsx_safety import opened, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHOWN = 12
_MAC = 1904


class Workbook:
    """A workbook that was found harmless: its visible sheets by name, and the hidden ones, which are not read."""

    def __init__(self, book: Any, known: dict[str, Facts]) -> None:
        self._book, self._facts = book, known
        self.titles: tuple[str, ...] = tuple(each.title for each in book.worksheets if each.sheet_state == "visible")
        self.hidden: tuple[str, ...] = tuple(each.title for each in book.worksheets if each.sheet_state != "visible")

    def grid(self, title: str, rows: int = MAX_ROWS) -> Grid:
        """Read one sheet, or its first rows."""
        sheet = self._book[title]
        known = self._facts.get(sheet._worksheet_path)  # noqa: SLF001 - its name in the archive is known to nothing else
        if known is None:
            raise refuse(say("A part of the workbook cannot be read: {name}", name=title))
        within(known.last_row, known.last_column)
        read = tuple(_rows(sheet, known, min(rows, known.last_row))) if known.last_row else ()
        return Grid(title, read, tuple(_notes(known)), mac=_counts_from_1904(self._book))


def workbook(raw: bytes) -> Workbook:
    """Open a workbook; CannotRunError when it is not fit to be opened or cannot be read."""
    known = facts(opened(raw))
    from openpyxl import load_workbook  # noqa: PLC0415 - a heavy import, paid only when a sheet is read

    try:
        book = load_workbook(BytesIO(raw), read_only=True, data_only=True, keep_links=False)
    except DangwuError:
        raise
    except Exception as error:  # the library promises nothing about what a damaged file makes it raise
        raise refuse(say("The workbook is damaged and cannot be opened.")) from error
    made = Workbook(book, known)
    if not made.titles:
        raise refuse(say("The workbook has no sheet that can be seen."))
    return made


def _rows(sheet: Any, known: Facts, last: int) -> Iterator[tuple[Spot, ...]]:
    covered = dict(_covered(known))
    above: dict[int, Raw] = {}
    width = min(known.last_column, MAX_COLUMNS)
    try:
        # The sheet's own word of its size is often wrong, and may be a lie.
        sheet.reset_dimensions()
        for row, cells in enumerate(sheet.iter_rows(max_row=last, max_col=width), 1):
            made = [_spot(row, column, cell, known) for column, cell in enumerate(cells, 1)]
            made += [Spot(row, column, None) for column in range(len(made) + 1, width + 1)]
            for at, spot in enumerate(made):
                if (first := covered.get((row, spot.column))) is not None:
                    made[at] = _under(spot, first, above)
                above[spot.column] = made[at].value
            yield tuple(made)
    except Exception as error:
        raise refuse(say("The workbook is damaged and cannot be opened.")) from error


def _under(spot: Spot, first: tuple[int, int], above: dict[int, Raw]) -> Spot:
    """Return a cell under a merged one: heads that are merged downwards are read, in a list it is a flaw."""
    name = f"{letters(first[1])}{first[0]}"
    value = above[spot.column] if first[1] == spot.column else None
    return Spot(spot.row, spot.column, value, flaw=say("The cell is merged with {cell}.", cell=name))


def _spot(row: int, column: int, cell: Any, known: Facts) -> Spot:
    value = cell.value
    if (row, column) in known.unanswered:
        return Spot(row, column, None, flaw=say("The cell has a formula whose result was not saved."))
    if value is not None and cell.data_type == "e":
        return Spot(row, column, None, flaw=say("The cell shows an error: {error}", error=str(value)))
    if isinstance(value, float) and not isfinite(value):
        return Spot(row, column, None, flaw=say("This is no number."))
    if isinstance(value, str):
        value = unsheltered(value)
    percent = isinstance(value, int | float) and "%" in str(cell.number_format)
    return Spot(row, column, value, percent)


def _covered(known: Facts) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield the cells that lie under a merged one, each with that one, within what is read."""
    for top, left, bottom, right in known.merged:
        for row in range(top, min(bottom, known.last_row) + 1):
            for column in range(left, min(right, known.last_column) + 1):
                if (row, column) != (top, left):
                    yield (row, column), (top, left)


def _notes(known: Facts) -> Iterator[Text]:
    rows = [row for row in known.hidden_rows if row <= known.last_row]
    if rows:
        yield say("Rows that are hidden in the sheet are read too: {rows}.", rows=_some(rows))
    columns = [
        letters(column)
        for first, last in known.hidden_columns
        for column in range(first, min(last, known.last_column) + 1)
    ]
    if columns:
        yield say("Columns that are hidden in the sheet are read too: {columns}.", columns=_some(columns))


def _some(values: list[Any]) -> tuple[str, ...]:
    return (*(str(each) for each in values[:_SHOWN]), *(("…",) if len(values) > _SHOWN else ()))


def _counts_from_1904(book: Any) -> bool:
    return bool(book.epoch.year == _MAC)

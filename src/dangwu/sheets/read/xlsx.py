"""An .xlsx → the grids of its sheets. Only here openpyxl is used, on archives that were found safe."""

from __future__ import annotations

from contextlib import contextmanager
from io import BytesIO
from math import isfinite
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings, simplefilter

from dangwu.errors import DangwuError
from dangwu.model.archive_safety import use_slashes
from dangwu.model.message import Text, say
from dangwu.sheets.formula_guard import unescape_character_codes
from dangwu.sheets.read.cell_grid import (
    MAX_COLUMNS,
    MAX_ROWS,
    RawValue,
    SheetCell,
    SheetGrid,
    format_column_letters,
    refuse_large_extent,
)
from dangwu.sheets.read.shown_months import read_shown_month
from dangwu.sheets.read.xlsx_parts import SheetFacts, WorkbookParts, read_parts
from dangwu.sheets.read.xlsx_safety import build_refusal, open_safe_archive
from dangwu.sheets.read.xlsx_strict import use_usual_names

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_LISTED = 12
_MAC_EPOCH = 1904


class Workbook:
    """A workbook that was found safe: its visible sheets by name, and the hidden ones, which are not read."""

    def __init__(self, book: Any, parts: WorkbookParts) -> None:
        self._book, self._facts = book, parts.sheets
        for worksheet in book.worksheets:
            _restore_texts(worksheet, parts.texts)
        self.titles: tuple[str, ...] = tuple(
            worksheet.title for worksheet in book.worksheets if worksheet.sheet_state == "visible"
        )
        self.hidden: tuple[str, ...] = tuple(
            worksheet.title for worksheet in book.worksheets if worksheet.sheet_state != "visible"
        )

    def grid(self, title: str, rows: int = MAX_ROWS) -> SheetGrid:
        """Read one sheet, or its first rows."""
        sheet = self._book[title]
        facts = self._facts.get(sheet._worksheet_path)  # noqa: SLF001 - its name in the archive is known to nothing else
        if facts is None:
            raise build_refusal(say("A part of the workbook cannot be read: {name}", name=title))
        refuse_large_extent(facts.last_row, facts.last_column)
        mac = _counts_from_1904(self._book)
        with _keep_quiet():
            read = tuple(_read_rows(sheet, facts, min(rows, facts.last_row), mac=mac)) if facts.last_row else ()
        return SheetGrid(title, read, tuple(_describe_hidden_parts(facts)), mac=mac)


def open_workbook(raw: bytes) -> Workbook:
    """Open a workbook; CannotRunError when it is unsafe or cannot be read."""
    raw = use_slashes(raw)
    archive = open_safe_archive(raw)
    parts = read_parts(archive)
    from openpyxl import load_workbook  # noqa: PLC0415 - a heavy import, paid only when a sheet is read

    try:
        with _keep_quiet():
            book = load_workbook(
                BytesIO(use_usual_names(raw, archive)), read_only=True, data_only=True, keep_links=False
            )
    except DangwuError:
        raise
    except Exception as error:  # the library promises nothing about what a damaged file makes it raise
        raise build_refusal(say("The workbook is damaged and cannot be opened.")) from error
    made = Workbook(book, parts)
    if not made.titles:
        raise build_refusal(say("The workbook has no visible sheet."))
    return made


@contextmanager
def _keep_quiet() -> Iterator[None]:
    """Let the library not warn of what it leaves out: sparklines, checks of what is typed, colours by rule."""
    with catch_warnings():
        simplefilter("ignore")
        yield


def _restore_texts(sheet: Any, texts: list[str]) -> None:
    """Give a worksheet its shared strings as the XML has them: the library decodes one code of them and not the others.

    Where the library counts them otherwise, its own stay.
    """
    if len(sheet._shared_strings) == len(texts):  # noqa: SLF001 - nothing public leads to them
        sheet._shared_strings = texts  # noqa: SLF001


def _read_rows(sheet: Any, facts: SheetFacts, last: int, *, mac: bool) -> Iterator[tuple[SheetCell, ...]]:
    covered = dict(_find_covered_cells(facts))
    above: dict[int, RawValue] = {}
    width = min(facts.last_column, MAX_COLUMNS)
    try:
        # The size that the sheet declares is often wrong, and may be forged.
        sheet.reset_dimensions()
        for row, cells in enumerate(sheet.iter_rows(max_row=last, max_col=width), 1):
            made = [_read_cell(row, column, cell, facts, mac=mac) for column, cell in enumerate(cells, 1)]
            made += [SheetCell(row, column, None) for column in range(len(made) + 1, width + 1)]
            for at, spot in enumerate(made):
                if (first := covered.get((row, spot.column))) is not None:
                    made[at] = _read_merged_cell(spot, first, above)
                above[spot.column] = made[at].value
            yield tuple(made)
    except Exception as error:
        raise build_refusal(say("The workbook is damaged and cannot be opened.")) from error


def _read_merged_cell(cell: SheetCell, first: tuple[int, int], above: dict[int, RawValue]) -> SheetCell:
    """Return a cell under a merged one: it repeats the value above it, with a flaw; only heads accept that."""
    name = f"{format_column_letters(first[1])}{first[0]}"
    value = above[cell.column] if first[1] == cell.column else None
    return SheetCell(cell.row, cell.column, value, flaw=say("The cell is merged with {cell}.", cell=name))


def _read_cell(row: int, column: int, cell: Any, facts: SheetFacts, *, mac: bool) -> SheetCell:
    value = cell.value
    if (row, column) in facts.unanswered:
        return SheetCell(row, column, None, flaw=say("The cell has a formula whose result was not saved."))
    if value is not None and cell.data_type == "e":
        # Eight digits in a cell of days are no day number: the library gives an error instead.
        digits = facts.eight_digits.get((row, column))
        flaw = say("The cell shows an error: {error}", error=str(value)) if digits is None else None
        return SheetCell(row, column, digits, flaw=flaw)
    if isinstance(value, float) and not isfinite(value):
        return SheetCell(row, column, None, flaw=say("This is not read as a number: {text}", text=str(value)))
    if value is None:
        return SheetCell(row, column, None)
    if isinstance(value, str):
        value = unescape_character_codes(value)
    shown = read_shown_month(value, cell.number_format, cell.style_array.numFmtId, mac=mac)
    percent = isinstance(value, int | float) and "%" in str(cell.number_format)
    return SheetCell(row, column, value if shown is None else shown, percent, month_shown=shown is not None)


def _find_covered_cells(facts: SheetFacts) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield the cells that lie under a merged one, each with that one, within what is read."""
    for top, left, bottom, right in facts.merged:
        for row in range(top, min(bottom, facts.last_row) + 1):
            for column in range(left, min(right, facts.last_column) + 1):
                if (row, column) != (top, left):
                    yield (row, column), (top, left)


def _describe_hidden_parts(facts: SheetFacts) -> Iterator[Text]:
    rows = [row for row in facts.hidden_rows if row <= facts.last_row]
    if rows:
        yield say("Rows that are hidden in the sheet are read too: {rows}.", rows=_shorten_list(rows))
    columns = [
        format_column_letters(column)
        for first, last in facts.hidden_columns
        for column in range(first, min(last, facts.last_column) + 1)
    ]
    if columns:
        yield say("Columns that are hidden in the sheet are read too: {columns}.", columns=_shorten_list(columns))


def _shorten_list(values: list[Any]) -> tuple[str, ...]:
    return (*(str(value) for value in values[:_MAX_LISTED]), *(("…",) if len(values) > _MAX_LISTED else ()))


def _counts_from_1904(book: Any) -> bool:
    return bool(book.epoch.year == _MAC_EPOCH)

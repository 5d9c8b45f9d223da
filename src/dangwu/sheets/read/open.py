"""A workbook or CSV file → the one sheet that holds the list, with its header row."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dangwu.errors import CannotRunError, UsageError
from dangwu.model.import_plan import SheetProblem
from dangwu.model.message import Text, say
from dangwu.parse.encoding import decode_text
from dangwu.parse.finding_codes import NOT_UTF8
from dangwu.sheets.columns import SHEET_COLUMNS
from dangwu.sheets.plan import attendance, dues, members, targets
from dangwu.sheets.read import csv
from dangwu.sheets.read.cell_grid import SheetCell
from dangwu.sheets.read.closing_rows import split_closing_rows
from dangwu.sheets.read.header_row import ROWS_SEARCHED, find_header_row, find_missing_columns, format_mapping
from dangwu.sheets.read.month_columns import find_month_layout, unfold_months
from dangwu.sheets.read.stated_period import describe_stated, read_stated_period
from dangwu.sheets.read.xlsx import open_workbook
from dangwu.sheets.read.xlsx_safety import HOW_TO_SAVE, build_refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from dangwu.sheets.columns import SheetColumn
    from dangwu.sheets.plan.changes import ChangeCollector
    from dangwu.sheets.read.cell_grid import SheetGrid
    from dangwu.sheets.read.header_row import HeaderRow
    from dangwu.sheets.read.xlsx import Workbook

PLANNERS: Mapping[str, Callable[[ChangeCollector], None]] = {
    "members": members.plan_members,
    "dues": dues.plan_dues,
    "attendance": attendance.plan_attendance,
    "targets": targets.plan_targets,
}
"""List → the function that turns its rows into changes."""
_STAND_INS: Mapping[str, str] = {"id": "name", "member": "name"}
"""Field → the field that can replace it: a name that only one member has identifies the member."""
_MAX_SHOWN = 8
_TEXT_ENDINGS = (".csv", ".tsv", ".txt")


class ListRequest(NamedTuple):
    """The list to find in a file, by its name ``sheet``.

    ``mapping`` has the fields of ``--map``, ``tab`` is the workbook's sheet, ``year`` that of months without one,
    ``month`` the one of all rows, ``people`` the known ids and names, normalised, ``also_read`` the titles of sheets
    that are read for something else.
    """

    sheet: str
    mapping: Mapping[str, str | None]
    tab: str | None = None
    year: int | None = None
    month: str | None = None
    people: frozenset[str] = frozenset()
    also_read: frozenset[str] = frozenset()

    @property
    def columns(self) -> Sequence[SheetColumn]:
        """The columns that the list may have."""
        return SHEET_COLUMNS[self.sheet]


class OpenedSheet(NamedTuple):
    """The sheet with the list, its header row, and the problems that prevent reading it.

    ``year`` is that of months without one, given or stated; ``paid_on`` the day of payment stated above the list. With
    ``whole_year`` its months are columns.
    """

    grid: SheetGrid
    header: HeaderRow | None
    problems: tuple[SheetProblem, ...] = ()
    year: int | None = None
    paid_on: date | None = None
    whole_year: bool = False


class DecodedText(NamedTuple):
    """A text, and its encoding if that was guessed."""

    text: str
    encoding: str | None


def open_list_sheet(name: str, raw: bytes, request: ListRequest) -> OpenedSheet:
    """Return the sheet of a file that holds the list; the ending of ``name`` decides how the file is read.

    CannotRunError for a file that cannot be read, UsageError where several sheets could be meant.
    """
    stem, dot, ending = name.rpartition(".")
    ending = f"{dot}{ending}".lower()
    if ending in _TEXT_ENDINGS:
        return _find_list(_read_text_grid(stem, raw), request, stem)
    if ending != ".xlsx":
        raise build_refusal(say("Files of the kind {ending} are not read.", ending=ending if dot else name))
    book = open_workbook(raw)
    title = _choose_sheet(book, request)
    others = tuple(other for other in book.titles if other != title and other not in request.also_read)
    notes: list[Text] = []
    if others and request.also_read:
        notes.append(say("These sheets are not read: {titles}.", titles=others))
    elif others:
        notes.append(say("Only the sheet {title} is read.", title=title))
    if book.hidden:
        notes.append(say("Hidden sheets are not read: {titles}.", titles=book.hidden))
    grid = book.grid(title)
    return _find_list(grid._replace(notes=(*notes, *grid.notes)), request, stem)


def _find_list(grid: SheetGrid, request: ListRequest, stem: str = "") -> OpenedSheet:
    """Find the header row of a sheet, and leave out the rows that close its list."""
    if not grid.rows:
        return OpenedSheet(grid, None, (SheetProblem("", say("The sheet is empty."), _describe_heads(request)),))
    header = find_header_row(grid, request.columns, request.mapping)
    if header is None:
        seen = tuple(str(cell.value).strip() for cell in grid.rows[0] if cell.value is not None)[:_MAX_SHOWN]
        message = say("No row of heads was found within the first rows; the first one has: {cells}.", cells=seen)
        return OpenedSheet(
            grid, None, (SheetProblem(grid.address(grid.rows[0][0]), message, _describe_heads(request)),)
        )
    if request.sheet == "dues":
        return _find_ledger(grid, header, request, stem)
    entries = _keep_entries(grid, header, request)
    return OpenedSheet(entries, header, tuple(_describe_missing(grid, header, request)), request.year)


def _keep_entries(grid: SheetGrid, header: HeaderRow, request: ListRequest) -> SheetGrid:
    entries = split_closing_rows(grid, header, request.columns, request.people)
    rows = tuple(f"{number} {words}" for number, words in entries.closing.items())
    if not rows:
        return entries.grid
    note = say("Rows that close the list are not read: {rows}.", rows=rows)
    return entries.grid._replace(notes=(*grid.notes, note))


def _find_ledger(grid: SheetGrid, header: HeaderRow, request: ListRequest, stem: str) -> OpenedSheet:
    """Return a dues ledger with a row for each payment: its months are a column, columns, or stated for all rows."""
    layout = None if "month" in header.places else find_month_layout(grid, header, request.columns, request.mapping)
    header = layout.header if layout else header
    stated = read_stated_period(grid, header.row, stem, request.year)
    year = request.year or stated.year
    grid = _keep_entries(grid, header, request)
    if request.month is not None and (layout is not None or "month" in header.places):
        hint = say("Leave --month out, or say which column is no month: --map HEAD=")
        raise UsageError(say("The sheet says the months itself; --month is for one that does not."), hint)
    if layout is not None:
        wide = unfold_months(grid, layout, request.columns, year)
        if isinstance(wide, SheetProblem):
            return OpenedSheet(grid, header, (wide,), year)
        return OpenedSheet(*wide, tuple(_describe_missing(grid, wide[1], request)), year, whole_year=True)
    month = request.month or stated.month
    if "month" not in header.places and month is not None:
        if request.month is None:
            grid = grid._replace(notes=(*grid.notes, describe_stated(stated, month)))
        grid, header = _add_month(grid, header, month)
    return OpenedSheet(grid, header, tuple(_describe_missing(grid, header, request)), year, stated.paid_on)


def _add_month(grid: SheetGrid, header: HeaderRow, month: str) -> tuple[SheetGrid, HeaderRow]:
    """Return a sheet of one month with the month behind every row."""
    width = len(grid.rows[header.row - 1])
    rows = tuple(
        (*cells, SheetCell(cells[0].row, width + 1, None if number < header.row else month)) if cells else cells
        for number, cells in enumerate(grid.rows)
    )
    return grid._replace(rows=rows), header._replace(places={**header.places, "month": width})


def _describe_heads(request: ListRequest) -> Text:
    needed = tuple(column.title for column in request.columns if column.needed)
    return say(
        "Give the columns these heads: {heads}. What dangwu export {sheet} writes can be filled in as well.",
        heads=needed,
        sheet=request.sheet,
    )


def _describe_missing(grid: SheetGrid, header: HeaderRow, request: ListRequest) -> Iterator[SheetProblem]:
    """Yield one problem with all needed columns that are missing, at the row of heads."""
    missing = find_missing_columns(header, request.columns, _STAND_INS)
    if not missing:
        return
    fields, keys = tuple(column.title for column in missing), tuple(column.key for column in missing)
    hint = say(
        "Say which column it is: --map HEAD=FIELD; the heads are {heads}. Or fill in what dangwu export {sheet}"
        " writes.",
        heads=tuple(f"{column.letter} {column.head}" for column in header.columns),
        sheet=request.sheet,
    )
    retry: tuple[Text | str, ...] = tuple(format_mapping(head, key) for head, key in header.doubts if key in keys)
    if request.sheet == "dues" and "month" in keys:
        hint = say("If all rows are of one month, say which: --month 2026-03. {more}", more=hint)
        # What would be asked next is asked at once.
        retry = (*retry, say("--month MONTH"), *(() if "date" in header.places else (say("--paid-on DAY"),)))
    first = grid.rows[header.row - 1][0]
    message = say("Columns are missing: {fields} ({keys}).", fields=fields, keys=keys)
    yield SheetProblem(grid.address(first), message, hint, retry)


def _choose_sheet(book: Workbook, request: ListRequest) -> str:
    if request.tab is not None:
        if request.tab not in book.titles:
            message = say("There is no sheet {title}.", title=request.tab)
            raise UsageError(message, say("The sheets are: {titles}.", titles=book.titles))
        return request.tab
    if len(book.titles) == 1:
        return book.titles[0]
    fitting = [title for title in book.titles if not _find_list(book.grid(title, ROWS_SEARCHED), request).problems]
    if len(fitting) > 1:
        message = say("Several sheets could be meant: {titles}.", titles=tuple(fitting))
        raise UsageError(message, say("Name one: --sheet NAME"))
    return fitting[0] if fitting else book.titles[0]


def _read_text_grid(stem: str, raw: bytes) -> SheetGrid:
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise build_refusal(say("This is a workbook, whatever its name says."))
    decoded = _decode_csv(raw)
    if decoded is None:
        raise CannotRunError(say("The encoding of this file cannot be determined."), HOW_TO_SAVE)
    grid = csv.read_csv_grid(decoded.text, stem)
    if decoded.encoding is None:
        return grid
    note = say("The text was read as {encoding}; see whether the names are right.", encoding=decoded.encoding)
    return grid._replace(notes=(note,))


def _decode_csv(raw: bytes) -> DecodedText | None:
    """Return the text of a CSV file; None where it is cut off, or its encoding is ambiguous."""
    text, problems = decode_text(raw)
    named = next((problem for problem in problems if problem.code is NOT_UTF8), None)
    if text is None or "\ufffd" in text:
        return None
    if named is None or raw.startswith(b"\xef\xbb\xbf"):
        return DecodedText(text, None)
    encoding = dict(named.message.arguments).get("encoding")
    return DecodedText(text, str(encoding)) if encoding else None

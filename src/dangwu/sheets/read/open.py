"""What people call a spreadsheet → the one sheet that holds the list, with its heads."""

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
from dangwu.sheets.read.header_row import ROWS_SEARCHED, find_header_row, find_missing_columns
from dangwu.sheets.read.month_columns import unfold_months
from dangwu.sheets.read.xlsx import open_workbook
from dangwu.sheets.read.xlsx_safety import HOW_TO_SAVE, build_refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

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
"""What goes through the rows of each sheet."""
_STAND_INS: Mapping[str, str] = {"id": "name", "member": "name"}
"""Fields without which a sheet can do when it has the other: a name that is alone tells who is meant."""
_TEXT_ENDINGS = (".csv", ".tsv", ".txt")


class ListRequest(NamedTuple):
    """Which list is looked for: its columns, what was said of them and of the year, and the sheet that was named."""

    sheet: str
    said: Mapping[str, str | None]
    tab: str | None = None
    year: int | None = None

    @property
    def columns(self) -> Sequence[SheetColumn]:
        """The columns that the list may have."""
        return SHEET_COLUMNS[self.sheet]


class OpenedSheet(NamedTuple):
    """The sheet with the list, its heads, and what keeps it from being read."""

    grid: SheetGrid
    heads: HeaderRow | None
    troubles: tuple[SheetProblem, ...] = ()


class DecodedText(NamedTuple):
    """A text, and the encoding it was in if that had to be found out."""

    text: str
    encoding: str | None


def open_list_sheet(name: str, raw: bytes, wanted: ListRequest) -> OpenedSheet:
    """Return the sheet of a file that holds the list, by the ending of the file's name.

    CannotRunError for a file that cannot be read, UsageError where it is not clear which sheet is meant.
    """
    stem, dot, ending = name.rpartition(".")
    ending = f"{dot}{ending}".lower()
    if ending in _TEXT_ENDINGS:
        return _find_list(_read_text_grid(stem, raw), wanted)
    if ending != ".xlsx":
        raise build_refusal(say("Files of the kind {ending} are not read.", ending=ending if dot else name))
    book = open_workbook(raw)
    title = _choose_sheet(book, wanted)
    others = [other for other in book.titles if other != title]
    notes: list[Text] = []
    if others:
        notes.append(say("Only the sheet {title} is read.", title=title))
    if book.hidden:
        notes.append(say("Hidden sheets are not read: {titles}.", titles=book.hidden))
    made = book.grid(title)
    return _find_list(made._replace(notes=(*notes, *made.notes)), wanted)


def _find_list(grid: SheetGrid, wanted: ListRequest) -> OpenedSheet:
    """Find the heads of a sheet; a ledger with a column for each month gets a row for each payment."""
    if not grid.rows:
        return OpenedSheet(grid, None, (SheetProblem("", say("The sheet is empty."), _describe_heads(wanted)),))
    row = find_header_row(grid, wanted.columns, wanted.said)
    if row is None:
        return OpenedSheet(
            grid,
            None,
            (SheetProblem("", say("No row of heads was found within the first rows."), _describe_heads(wanted)),),
        )
    lacking = find_missing_columns(row, wanted.columns, _STAND_INS)
    if [column.key for column in lacking] == ["month"]:
        wide = unfold_months(grid, row, wanted.columns, wanted.said, wanted.year)
        if isinstance(wide, SheetProblem):
            return OpenedSheet(grid, row, (wide,))
        if wide is not None:
            return OpenedSheet(*wide)
    return OpenedSheet(grid, row, tuple(_describe_missing(lacking, row, wanted)))


def _describe_heads(wanted: ListRequest) -> Text:
    needed = tuple(column.title for column in wanted.columns if column.needed)
    return say(
        "Give the columns these heads: {heads}. What dangwu export {sheet} writes can be filled in as well.",
        heads=needed,
        sheet=wanted.sheet,
    )


def _describe_missing(lacking: Sequence[SheetColumn], row: HeaderRow, wanted: ListRequest) -> Iterator[SheetProblem]:
    if not lacking:
        return
    fields, keys = tuple(column.title for column in lacking), tuple(column.key for column in lacking)
    hint = say(
        "Say which column it is: --map HEAD=FIELD; the heads are {heads}. Or fill in what dangwu export {sheet}"
        " writes.",
        heads=tuple(f"{column.letter} {column.head}" for column in row.columns),
        sheet=wanted.sheet,
    )
    yield SheetProblem("", say("Columns are missing: {fields} ({keys}).", fields=fields, keys=keys), hint)


def _choose_sheet(book: Workbook, wanted: ListRequest) -> str:
    if wanted.tab is not None:
        if wanted.tab not in book.titles:
            message = say("There is no sheet {title}.", title=wanted.tab)
            raise UsageError(message, say("The sheets are: {titles}.", titles=book.titles))
        return wanted.tab
    if len(book.titles) == 1:
        return book.titles[0]
    fitting = [title for title in book.titles if not _find_list(book.grid(title, ROWS_SEARCHED), wanted).troubles]
    if len(fitting) > 1:
        message = say("Several sheets could be meant: {titles}.", titles=tuple(fitting))
        raise UsageError(message, say("Name one: --sheet NAME"))
    return fitting[0] if fitting else book.titles[0]


def _read_text_grid(stem: str, raw: bytes) -> SheetGrid:
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise build_refusal(say("This is a workbook, whatever its name says."))
    decoded = _decode_csv(raw)
    if decoded is None:
        raise CannotRunError(say("The bytes of this file are no text that can be read for certain."), HOW_TO_SAVE)
    made = csv.read_csv_grid(decoded.text, stem)
    if decoded.encoding is None:
        return made
    note = say("The text was read as {encoding}; see whether the names are right.", encoding=decoded.encoding)
    return made._replace(notes=(note,))


def _decode_csv(raw: bytes) -> DecodedText | None:
    """Return the text of a CSV file; None where it is cut off, or where two encodings fit it."""
    text, problems = decode_text(raw)
    named = next((problem for problem in problems if problem.code is NOT_UTF8), None)
    if text is None or "\ufffd" in text:
        return None
    if named is None or raw.startswith(b"\xef\xbb\xbf"):
        return DecodedText(text, None)
    encoding = dict(named.message.arguments).get("encoding")
    return DecodedText(text, str(encoding)) if encoding else None

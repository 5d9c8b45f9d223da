"""What people call a spreadsheet → the one sheet that holds the list, with its heads."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dangwu.errors import CannotRunError, UsageError
from dangwu.model.import_plan import Trouble
from dangwu.model.message import Text, say
from dangwu.parse.encoding import decode
from dangwu.parse.finding_codes import NOT_UTF8
from dangwu.sheets.columns import SHEETS
from dangwu.sheets.plan import attendance, dues, members, targets
from dangwu.sheets.read import csv
from dangwu.sheets.read.header_row import SEARCHED, heads, missing
from dangwu.sheets.read.month_columns import unfolded
from dangwu.sheets.read.xlsx import workbook
from dangwu.sheets.read.xlsx_safety import SAVE_AS, refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from dangwu.sheets.columns import SheetColumn
    from dangwu.sheets.plan.changes import Draft
    from dangwu.sheets.read.cell_grid import Grid
    from dangwu.sheets.read.header_row import Heads
    from dangwu.sheets.read.xlsx import Workbook

PLANNERS: Mapping[str, Callable[[Draft], None]] = {
    "members": members.members,
    "dues": dues.dues,
    "attendance": attendance.attendance,
    "targets": targets.targets,
}
"""What goes through the rows of each sheet."""
_BY_NAME: Mapping[str, str] = {"id": "name", "member": "name"}
"""Fields without which a sheet can do when it has the other: a name that is alone tells who is meant."""
_TEXTS = (".csv", ".tsv", ".txt")


class Wanted(NamedTuple):
    """Which list is looked for: its columns, what was said of them and of the year, and the sheet that was named."""

    sheet: str
    said: Mapping[str, str | None]
    tab: str | None = None
    year: int | None = None

    @property
    def columns(self) -> Sequence[SheetColumn]:
        """The columns that the list may have."""
        return SHEETS[self.sheet]


class Found(NamedTuple):
    """The sheet with the list, its heads, and what keeps it from being read."""

    grid: Grid
    heads: Heads | None
    troubles: tuple[Trouble, ...] = ()


class Decoded(NamedTuple):
    """A text, and the encoding it was in if that had to be found out."""

    text: str
    encoding: str | None


def found(name: str, raw: bytes, wanted: Wanted) -> Found:
    """Return the sheet of a file that holds the list, by the ending of the file's name.

    CannotRunError for a file that cannot be read, UsageError where it is not clear which sheet is meant.
    """
    stem, dot, ending = name.rpartition(".")
    ending = f"{dot}{ending}".lower()
    if ending in _TEXTS:
        return _found(_text(stem, raw), wanted)
    if ending != ".xlsx":
        raise refuse(say("Files of the kind {ending} are not read.", ending=ending if dot else name))
    book = workbook(raw)
    title = _title(book, wanted)
    others = [each for each in book.titles if each != title]
    notes: list[Text] = []
    if others:
        notes.append(say("Only the sheet {title} is read.", title=title))
    if book.hidden:
        notes.append(say("Hidden sheets are not read: {titles}.", titles=book.hidden))
    made = book.grid(title)
    return _found(made._replace(notes=(*notes, *made.notes)), wanted)


def _found(grid: Grid, wanted: Wanted) -> Found:
    """Find the heads of a sheet; a ledger with a column for each month gets a row for each payment."""
    if not grid.rows:
        return Found(grid, None, (Trouble("", say("The sheet is empty."), _form(wanted)),))
    row = heads(grid, wanted.columns, wanted.said)
    if row is None:
        return Found(grid, None, (Trouble("", say("No row of heads was found within the first rows."), _form(wanted)),))
    lacking = missing(row, wanted.columns, _BY_NAME)
    if [each.key for each in lacking] == ["month"]:
        wide = unfolded(grid, row, wanted.columns, wanted.said, wanted.year)
        if isinstance(wide, Trouble):
            return Found(grid, row, (wide,))
        if wide is not None:
            return Found(*wide)
    return Found(grid, row, tuple(_lacking(lacking, row, wanted)))


def _form(wanted: Wanted) -> Text:
    needed = tuple(each.title for each in wanted.columns if each.needed)
    return say(
        "Give the columns these heads: {heads}. What dangwu export {sheet} writes can be filled in as well.",
        heads=needed,
        sheet=wanted.sheet,
    )


def _lacking(lacking: Sequence[SheetColumn], row: Heads, wanted: Wanted) -> Iterator[Trouble]:
    if not lacking:
        return
    fields, keys = tuple(each.title for each in lacking), tuple(each.key for each in lacking)
    hint = say(
        "Say which column it is: --map HEAD=FIELD; the heads are {heads}. Or fill in what dangwu export {sheet}"
        " writes.",
        heads=tuple(f"{each.letter} {each.head}" for each in row.columns),
        sheet=wanted.sheet,
    )
    yield Trouble("", say("Columns are missing: {fields} ({keys}).", fields=fields, keys=keys), hint)


def _title(book: Workbook, wanted: Wanted) -> str:
    if wanted.tab is not None:
        if wanted.tab not in book.titles:
            message = say("There is no sheet {title}.", title=wanted.tab)
            raise UsageError(message, say("The sheets are: {titles}.", titles=book.titles))
        return wanted.tab
    if len(book.titles) == 1:
        return book.titles[0]
    fitting = [title for title in book.titles if not _found(book.grid(title, SEARCHED), wanted).troubles]
    if len(fitting) > 1:
        message = say("Several sheets could be meant: {titles}.", titles=tuple(fitting))
        raise UsageError(message, say("Name one: --sheet NAME"))
    return fitting[0] if fitting else book.titles[0]


def _text(stem: str, raw: bytes) -> Grid:
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise refuse(say("This is a workbook, whatever its name says."))
    decoded = _decoded(raw)
    if decoded is None:
        raise CannotRunError(say("The bytes of this file are no text that can be read for certain."), SAVE_AS)
    made = csv.grid(decoded.text, stem)
    if decoded.encoding is None:
        return made
    note = say("The text was read as {encoding}; see whether the names are right.", encoding=decoded.encoding)
    return made._replace(notes=(note,))


def _decoded(raw: bytes) -> Decoded | None:
    """Return the text of a CSV file; None where it is cut off, or where two encodings fit it."""
    text, problems = decode(raw)
    named = next((each for each in problems if each.code is NOT_UTF8), None)
    if text is None or "\ufffd" in text:
        return None
    if named is None or raw.startswith(b"\xef\xbb\xbf"):
        return Decoded(text, None)
    encoding = dict(named.message.arguments).get("encoding")
    return Decoded(text, str(encoding)) if encoding else None

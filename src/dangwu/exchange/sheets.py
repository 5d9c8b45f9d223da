"""What people call a spreadsheet → the one grid that holds the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dangwu.errors import CannotRunError, UsageError
from dangwu.exchange import attendance, csvtext, dues, members, targets
from dangwu.exchange.container import SAVE_AS, refuse
from dangwu.exchange.heads import SEARCHED, heads, missing
from dangwu.exchange.workbook import workbook
from dangwu.model.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dangwu.exchange.draft import Draft
    from dangwu.exchange.grid import Grid
    from dangwu.exchange.workbook import Workbook
    from dangwu.model.columns import SheetColumn

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
    """Which list is looked for: its columns, what was said of them, and the sheet that was named."""

    columns: Sequence[SheetColumn]
    said: Mapping[str, str | None]
    tab: str | None = None

    def lacks(self, grid: Grid) -> list[SheetColumn]:
        """Return the needed columns that a sheet has not."""
        return missing(heads(grid, self.columns, self.said), self.columns, _BY_NAME)


class Decoded(NamedTuple):
    """A text, and the encoding it was in if that had to be found out."""

    text: str
    encoding: str | None


def grid(name: str, raw: bytes, wanted: Wanted, decode: Callable[[bytes], Decoded | None]) -> Grid:
    """Return the sheet of a file that holds the list, by the ending of the file's name.

    CannotRunError for a file that cannot be read, UsageError where it is not clear which sheet is meant.
    """
    stem, dot, ending = name.rpartition(".")
    ending = f"{dot}{ending}".lower()
    if ending in _TEXTS:
        return _text(stem, raw, decode)
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
    return made._replace(notes=(*notes, *made.notes))


def _title(book: Workbook, wanted: Wanted) -> str:
    if wanted.tab is not None:
        if wanted.tab not in book.titles:
            message = say("There is no sheet {title}.", title=wanted.tab)
            raise UsageError(message, say("The sheets are: {titles}.", titles=book.titles))
        return wanted.tab
    if len(book.titles) == 1:
        return book.titles[0]
    fitting = [title for title in book.titles if not wanted.lacks(book.grid(title, SEARCHED))]
    if len(fitting) > 1:
        message = say("Several sheets could be meant: {titles}.", titles=tuple(fitting))
        raise UsageError(message, say("Name one: --sheet NAME"))
    return fitting[0] if fitting else book.titles[0]


def _text(stem: str, raw: bytes, decode: Callable[[bytes], Decoded | None]) -> Grid:
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise refuse(say("This is a workbook, whatever its name says."))
    decoded = decode(raw)
    if decoded is None:
        raise CannotRunError(say("The bytes of this file are no text that can be read for certain."), SAVE_AS)
    made = csvtext.grid(decoded.text, stem)
    if decoded.encoding is None:
        return made
    note = say("The text was read as {encoding}; see whether the names are right.", encoding=decoded.encoding)
    return made._replace(notes=(note,))

"""What an import of a sheet would change, and what in the sheet stands in its way: the input of its preview."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from dangwu.model.finding import Finding
    from dangwu.model.message import Bilingual, Text

ShownValue: TypeAlias = "str | int | float | Bilingual | None"
"""A value as people see it: a code by its word."""


class SheetProblem(NamedTuple):
    """A problem in the sheet. ``cell`` is the cell with its sheet, as in 花名册!D7; "" for the sheet as a whole."""

    cell: str
    message: Text
    hint: Text | None = None


class ImportChange(NamedTuple):
    """One field that gets another value, with the cell that says so; ``old`` is None where there was none.

    ``who`` is whom or what it is about in words: a member's name, a meeting's day.
    """

    path: str
    who: str
    field: Bilingual
    old: ShownValue
    new: ShownValue
    cell: str


class MatchedColumn(NamedTuple):
    """A column of the sheet: its letter, its head, and the field it was taken for; None where it is not read."""

    letter: str
    head: str
    key: str | None
    field: Bilingual | None


class FileChange(NamedTuple):
    """A file's bytes before, None where it is new, and after, None where it goes away."""

    path: str
    before: bytes | None
    after: bytes | None


class ImportPlan(NamedTuple):
    """An import as it would be. With any trouble there are no files to write.

    ``findings`` are those that the records would have then and have not now.
    """

    sheet: str
    title: str
    rows: int
    columns: tuple[MatchedColumn, ...]
    notes: tuple[Text, ...]
    troubles: tuple[SheetProblem, ...]
    changes: tuple[ImportChange, ...]
    files: tuple[FileChange, ...]
    findings: tuple[Finding, ...] = ()

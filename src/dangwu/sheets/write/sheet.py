"""A sheet as plain values, and the wording of its cells: words and names for people, or codes and ids for programs."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from dangwu.pages.wording.names import find_group_name
from dangwu.pages.wording.values import capitalize_first

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dangwu.language import Language
    from dangwu.model.corpus import Corpus
    from dangwu.model.message import Argument


class CellFormat(StrEnum):
    """The type of a column. Text stays text, so that an id or a leading zero is never taken for a number."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"


CellContent: TypeAlias = str | int | float | date | None


class ExportColumn(NamedTuple):
    """A column: ``key`` is the same in both languages, ``title`` is its head, ``choices`` are offered in its cells."""

    key: str
    title: str
    holds: CellFormat = CellFormat.TEXT
    choices: tuple[str, ...] = ()


class Sheet(NamedTuple):
    """One sheet: ``key`` names its file, ``title`` its tab; each row has a value per column."""

    key: str
    title: str
    columns: tuple[ExportColumn, ...]
    rows: tuple[tuple[CellContent, ...], ...]


class SheetWording(NamedTuple):
    """The wording of a sheet in one language; with ``tidy``, cells keep the codes and ids of the records.

    ``schema`` returns the schema of a kind of record, which has the words of its codes.
    """

    lang: Language
    schema: Callable[[str], Mapping[str, Any]]
    tidy: bool = False

    def column(self, key: str, title: Argument, holds: CellFormat = CellFormat.TEXT) -> ExportColumn:
        """Return a column; its title begins with a capital letter where its script has them."""
        return ExportColumn(key, capitalize_first(self.lang.value(title)), holds)

    def word(self, code: str, text: Argument) -> str:
        """Return a code's word, or with ``tidy`` the code."""
        return code if self.tidy else self.lang.value(text)

    def person(self, corpus: Corpus, member: str | None) -> str | None:
        """Return a member's name, or with ``tidy`` the id."""
        return member if self.tidy or not member else corpus.name_of(member)

    def group(self, corpus: Corpus, group: str | None) -> str | None:
        """Return a Party group's name; its id with ``tidy``, or where the name is ambiguous for import."""
        if self.tidy or not group or corpus.branch is None:
            return group
        name = find_group_name(corpus, group)
        alone = sum(name in {other.id, other.name} for other in corpus.branch.groups) == 1
        return name if alone else group

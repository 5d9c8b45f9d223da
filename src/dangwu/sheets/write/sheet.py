"""A sheet of a workbook as plain values, with machines' names beside people's titles."""

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
    """What a column holds. Text stays text: an id or a leading zero is never taken for a number."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"


CellContent: TypeAlias = str | int | float | date | None


class ExportColumn(NamedTuple):
    """``key`` is for machines and the same in both languages; ``title`` is the head of the column."""

    key: str
    title: str
    holds: CellFormat = CellFormat.TEXT


class Sheet(NamedTuple):
    """One sheet. ``key`` names it for machines and files, ``title`` for people; each row has a value per column."""

    key: str
    title: str
    columns: tuple[ExportColumn, ...]
    rows: tuple[tuple[CellContent, ...], ...]


class SheetWording(NamedTuple):
    """Titles are always in the language; with ``tidy`` codes and ids stay what the records say, for machines.

    ``schema`` gives the schema of a kind of record by its name: there the words of its codes stand.
    """

    lang: Language
    schema: Callable[[str], Mapping[str, Any]]
    tidy: bool = False

    def column(self, key: str, title: Argument, holds: CellFormat = CellFormat.TEXT) -> ExportColumn:
        """Return the head of a column; a title begins with a capital letter where its script has them."""
        return ExportColumn(key, capitalize_first(self.lang.value(title)), holds)

    def word(self, code: str, text: Argument) -> str:
        """Return a code, or what people call it."""
        return code if self.tidy else self.lang.value(text)

    def person(self, corpus: Corpus, member: str | None) -> str | None:
        """Return a member's id, or the name."""
        return member if self.tidy or not member else corpus.name_of(member)

    def group(self, corpus: Corpus, group: str | None) -> str | None:
        """Return a group's id, or its name where no other group has it: what comes back on import is found by it."""
        if self.tidy or not group or corpus.branch is None:
            return group
        name = find_group_name(corpus, group)
        alone = sum(name in {other.id, other.name} for other in corpus.branch.groups) == 1
        return name if alone else group

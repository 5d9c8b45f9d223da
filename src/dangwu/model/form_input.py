"""The input of printed forms: records as an audience may see them, with the schemas of their kinds."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.model.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from dangwu.model.audience import Audience
    from dangwu.model.body import Parts
    from dangwu.model.corpus import Corpus
    from dangwu.model.kind import Kind
    from dangwu.model.record import Record
    from dangwu.model.rulebook import Rulebook


class FormRecord(NamedTuple):
    """One record to print, with the schema of its kind; without a path an empty form of the kind.

    ``body`` is the Markdown body of the record.
    """

    kind: Kind
    schema: Mapping[str, Any]
    path: str = ""
    record: Record | None = None
    data: Mapping[str, Any] = MappingProxyType({})
    body: Parts = ()

    @property
    def blank(self) -> bool:
        """Whether it is an empty form, to be filled in by hand."""
        return not self.path


class FormInput(NamedTuple):
    """The records to print: one, several one after another, or a book of all records of the kind ``book``.

    ``corpus`` are the records that the audience may see, ``schema`` returns the schema of a kind by name, ``member``
    selects one person's form from a record of several.
    """

    as_of: date
    revision: str | None
    audience: Audience
    corpus: Corpus
    rulebook: Rulebook
    kinds: Mapping[str, Kind]
    schema: Callable[[str], Mapping[str, Any]]
    filled: tuple[FormRecord, ...]
    book: str = ""
    member: str | None = None

    @property
    def settings(self) -> Settings:
        """The settings in force for the branch."""
        return Settings.of(self.rulebook, self.corpus)

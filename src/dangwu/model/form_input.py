"""Records with all that their printed forms need, as an audience may see them: the input of ``report/forms``."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

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
    """One record; without a path it is an empty form of its kind. ``schema`` is the kind's, for titles and words.

    ``body`` is what a Markdown record says below its fields.
    """

    kind: Kind
    schema: Mapping[str, Any]
    path: str = ""
    record: Record | None = None
    data: Mapping[str, Any] = MappingProxyType({})
    body: Parts = ()

    @property
    def blank(self) -> bool:
        """Whether it is to be filled in by hand."""
        return not self.path


class FormInput(NamedTuple):
    """What is to be printed: one record, several of one after another, or the ``book`` (kind) that they make up.

    ``corpus`` is what the audience sees of all records, ``schema`` gives the schema of a kind by its name, ``member``
    chooses the sheet of one person from a record of many.
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

    def setting(self, key: str) -> int:
        """Return a numeric setting: the branch's own, or the rulebook's default."""
        branch = self.corpus.branch
        value = branch.settings.get(key) if branch else None
        return int(self.rulebook.setting(key).default if value is None else value)

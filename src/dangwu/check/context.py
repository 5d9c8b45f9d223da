"""What a check may look at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dangwu.model.corpus import Corpus
    from dangwu.model.kind import Kind
    from dangwu.model.record import Meeting
    from dangwu.model.rulebook import Rulebook


@dataclass(frozen=True, kw_only=True)
class Context:
    """The records, the day, the rulebook in force, every path of the tree, and what the schemas say beyond shape.

    ``kinds`` are the kinds of record by name: where they belong, and which sections their body must have.
    """

    corpus: Corpus
    as_of: date
    rulebook: Rulebook
    paths: tuple[str, ...] = ()
    kinds: Mapping[str, Kind]

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """All meetings by day, start and path."""
        return tuple(sorted(self.corpus.meetings, key=lambda meeting: meeting.order))

    def setting(self, key: str) -> int:
        """Return a numeric setting: the branch's own, or the rulebook's default."""
        branch = self.corpus.branch
        value = branch.settings.get(key) if branch else None
        return int(self.rulebook.setting(key).default if value is None else value)

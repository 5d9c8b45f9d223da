"""What a check may look at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from dangwu.model.settings import Settings

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

    @cached_property
    def settings(self) -> Settings:
        """The settings in force for the branch."""
        return Settings.of(self.rulebook, self.corpus)

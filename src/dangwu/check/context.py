"""The input of every check."""

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
    """The records, the as-of day, the rulebook in force, all paths of the tree, and the kinds of record by name."""

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

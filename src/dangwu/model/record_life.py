"""The life of one record through the history: first carried, changed, renamed, taken out, brought back."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from dangwu.model.history import History


class LifeEvent(StrEnum):
    """What happened to a record with a commit."""

    CREATED = "created"
    CHANGED = "changed"
    RENAMED = "renamed"
    DELETED = "deleted"
    RECREATED = "recreated"


class LifeStep(NamedTuple):
    """One turn in a record's life: the commit's place in the history, path and blob then, and what they were before."""

    commit: int
    turn: LifeEvent
    path: str
    blob: str | None
    old_blob: str | None = None
    old_path: str | None = None


class RecordLife(NamedTuple):
    """A record through time, parents before children. ``path`` is its name now, or the last that it had."""

    path: str
    steps: tuple[LifeStep, ...]

    @property
    def created(self) -> tuple[LifeStep, ...]:
        """How it first came in: once, or on several lines of the history that were joined later."""
        first = []
        for step in self.steps:
            if step.turn is LifeEvent.DELETED:
                break
            if step.turn is LifeEvent.CREATED:
                first.append(step)
        return tuple(first)

    def first(self, history: History) -> LifeStep:
        """Return the step that carried it first: the first commit; of several lines the earliest by its own clock."""

        def clock(step: LifeStep) -> tuple[bool, int, int]:
            seconds = history.commits[step.commit].committer.seconds
            return (seconds is None, seconds or 0, step.commit)

        return min(self.created, key=clock)

    def recorded_on(self, history: History) -> date | None:
        """Return the committer's day of the first commit that carries it, None where that has no time to be read."""
        return history.commits[self.first(history).commit].committer.day

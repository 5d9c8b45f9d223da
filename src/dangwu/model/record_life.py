"""The life of one record through the history: creation, changes, renames, deletion and recreation."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from dangwu.model.history import History


class LifeEvent(StrEnum):
    """What a commit did to a record."""

    CREATED = "created"
    CHANGED = "changed"
    RENAMED = "renamed"
    DELETED = "deleted"
    RECREATED = "recreated"


class LifeStep(NamedTuple):
    """One event in a record's life: the index of its commit, path and blob after it, and those before it.

    Of a record that was brought back the old ones are those that it had when it was deleted. ``moved_to`` is where the
    file of a deleted record went: a place that is no record's.
    """

    commit: int
    turn: LifeEvent
    path: str
    blob: str | None
    old_blob: str | None = None
    old_path: str | None = None
    moved_to: str | None = None


class RecordLife(NamedTuple):
    """The life of a record, parents before children; ``path`` is its present path, or its last."""

    path: str
    steps: tuple[LifeStep, ...]

    @property
    def created(self) -> tuple[LifeStep, ...]:
        """The steps of its creation: one, or several on lines of the history that were merged later."""
        steps = []
        for step in self.steps:
            if step.turn is LifeEvent.DELETED:
                break
            if step.turn is LifeEvent.CREATED:
                steps.append(step)
        return tuple(steps)

    def has_been_at(self, path: str) -> bool:
        """Tell whether the record had a path; not a place that is no record's."""
        return any(step.path == path for step in self.steps)

    def find_first_step(self, history: History) -> LifeStep:
        """Return the step of its creation; of several the earliest by the committer's time."""

        def order_by_time(step: LifeStep) -> tuple[bool, int, int]:
            seconds = history.commits[step.commit].committer.seconds
            return (seconds is None, seconds or 0, step.commit)

        return min(self.created, key=order_by_time)

    def find_proven_step(self, misdated: Collection[int], history: History) -> LifeStep | None:
        """Return the step of its creation by commits whose date fits; of several the earliest, None for none."""
        steps = [step for step in self.created if step.commit not in misdated]
        return min(
            steps, key=lambda step: (history.commits[step.commit].committer.seconds or 0, step.commit), default=None
        )

    def recorded_on(self, history: History) -> date | None:
        """Return the day that the commit which created it says; None where its time is unreadable."""
        return history.commits[self.find_first_step(history).commit].committer.day

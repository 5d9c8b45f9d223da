"""The history of a repository: commits, and what each did to each file. Days are at UTC+08:00.

The people and times of a commit are whatever their computers wrote; only its parents are proven, since its id is
computed from theirs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

BEIJING_TIME = timezone(timedelta(hours=8))
LAST_SUPPORTED_SECOND = 253_370_764_800
"""9999-01-01, the last day that is supported; a commit may have any time."""
CLOCK_SKEW_SECONDS = 60 * 60
"""Difference in seconds between the clocks of two computers that proves nothing."""
OUTSIDE = "../"
"""How the path of a file outside the record root begins."""
_SHORT_ID_LENGTH = 12


class CommitStamp(NamedTuple):
    """Author or committer of a commit, and the time by that clock in seconds since 1970; None if unreadable."""

    name: str
    email: str
    seconds: int | None

    @property
    def day(self) -> date | None:
        """The day at UTC+08:00."""
        return None if self.seconds is None else convert_seconds_to_day(self.seconds)

    @property
    def person(self) -> tuple[str, str]:
        """Name and email address, which identify a person."""
        return self.name, self.email


class Commit(NamedTuple):
    """One commit. ``parents`` are full ids; ``signed`` says that it has a signature, verified or not."""

    id: str
    tree: str
    parents: tuple[str, ...]
    author: CommitStamp
    committer: CommitStamp
    message: str
    signed: bool = False

    @property
    def short(self) -> str:
        """The abbreviated id that is shown to people."""
        return self.id[:_SHORT_ID_LENGTH]

    @property
    def title(self) -> str:
        """The first line of its message."""
        return self.message.partition("\n")[0].strip()


class TouchKind(StrEnum):
    """What a commit did to a file."""

    ADDED = "added"
    CHANGED = "changed"
    RENAMED = "renamed"
    DELETED = "deleted"


class ChangedFile(NamedTuple):
    """A file that a line of the history wrote or deleted: the last part of its path, and its blob, then or before."""

    name: str
    blob: str | None
    deleted: bool


class FileTouch(NamedTuple):
    """What one commit did to one file.

    ``commit`` is the commit's index in the history, paths are relative to the record root (``OUTSIDE`` begins those of
    other folders of the repository). Blob ids are None where there was no file. A merge touches only
    files that are as in none of its parents. ``alike`` is the similarity of a renamed file, in per cent.
    """

    commit: int
    did: TouchKind
    path: str
    blob: str | None
    old_blob: str | None
    old_path: str | None = None
    alike: int = 100


@dataclass(frozen=True)
class History:
    """All commits up to the last one, parents before children, and all touches in that order.

    Commits are referred to by their index in ``commits``. ``elsewhere`` are ids of commits of other repositories
    (submodules), which need not be here.
    """

    commits: tuple[Commit, ...]
    touches: tuple[FileTouch, ...] = field(repr=False)
    elsewhere: frozenset[str] = field(default=frozenset(), repr=False)

    @cached_property
    def place(self) -> Mapping[str, int]:
        """The index of each commit by its full id."""
        return {commit.id: number for number, commit in enumerate(self.commits)}

    @cached_property
    def parents(self) -> tuple[tuple[int, ...], ...]:
        """The indexes of each commit's parents."""
        place = self.place
        return tuple(tuple(place[parent] for parent in commit.parents if parent in place) for commit in self.commits)

    @cached_property
    def main_line(self) -> tuple[int, ...]:
        """The indexes of the main line, from the first commit to the last along first parents."""
        line = []
        at: int | None = len(self.commits) - 1 if self.commits else None
        while at is not None:
            line.append(at)
            at = next(iter(self.parents[at]), None)
        return tuple(reversed(line))

    @cached_property
    def arrived(self) -> tuple[int, ...]:
        """For each commit the index of the main-line commit that brought it in; its own on that line."""
        return self.first_with(self.main_line)

    def first_with(self, heads: tuple[int, ...]) -> tuple[int, ...]:
        """Return for each commit the first of ``heads``, in the given order, that it leads to; -1 for none.

        Every commit is visited once, so time does not grow with the number of heads.
        """
        first = [-1] * len(self.commits)
        for head in heads:
            todo = [head]
            while todo:
                at = todo.pop()
                if first[at] < 0:
                    first[at] = head
                    todo.extend(self.parents[at])
        return tuple(first)

    def leads(self, earlier: int, later: int) -> bool:
        """Tell whether one commit is an ancestor of another, or the same."""
        todo, seen = [later], {later}
        while todo:
            at = todo.pop()
            if at == earlier:
                return True
            # Parents have lower indexes than their children, so lower ones cannot lead to the earlier commit.
            unseen = [parent for parent in self.parents[at] if parent >= earlier and parent not in seen]
            seen.update(unseen)
            todo += unseen
        return False

    @cached_property
    def not_before(self) -> tuple[int, ...]:
        """For each commit the index of the one with the latest committer's time among itself and its ancestors.

        A commit cannot have been made before its ancestors.
        """
        latest: list[int] = []
        for at, parents in enumerate(self.parents):
            candidates = [latest[parent] for parent in parents]
            latest.append(max((at, *candidates), key=lambda index: (self._get_clock(index), index == at)))
        return tuple(latest)

    @cached_property
    def behind(self) -> frozenset[int]:
        """The commits whose date does not fit: more than an hour before an ancestor's, or unreadable."""
        clocks = [self._get_clock(at) for at in range(len(self.commits))]
        return frozenset(
            at
            for at, latest in enumerate(self.not_before)
            if clocks[at] < 0 or clocks[latest] - clocks[at] > CLOCK_SKEW_SECONDS
        )

    def _get_clock(self, at: int) -> int:
        seconds = self.commits[at].committer.seconds
        return -1 if seconds is None else seconds


@lru_cache(maxsize=1 << 16)
def convert_seconds_to_day(seconds: int) -> date:
    """Return the day at UTC+08:00 of a commit's time."""
    return datetime.fromtimestamp(max(0, min(seconds, LAST_SUPPORTED_SECOND)), BEIJING_TIME).date()

"""The history of a repository as values: commits with their two people and two clocks, and what each did to each file.

Days are at +08:00. What a commit says of its people and times is their own word; only its parents are proof, since its
id is made of theirs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

BEIJING_TIME = timezone(timedelta(hours=8))
LAST_SUPPORTED_SECOND = 253_370_764_800
"""9999-01-01: a commit may claim any time, a date may not."""
_SHORT_ID_LENGTH = 12
_MERGE_PARENTS = 2


class CommitStamp(NamedTuple):
    """Who, and when by that person's clock: seconds since 1970, None where the commit has no time to be read."""

    name: str
    email: str
    seconds: int | None

    @property
    def day(self) -> date | None:
        """The day at +08:00."""
        return None if self.seconds is None else convert_seconds_to_day(self.seconds)

    @property
    def person(self) -> tuple[str, str]:
        """Name and address, to tell two people apart."""
        return self.name, self.email


class Commit(NamedTuple):
    """One commit. ``parents`` are full ids; ``signed`` says that it bears a signature, not that anybody verified it."""

    id: str
    tree: str
    parents: tuple[str, ...]
    author: CommitStamp
    committer: CommitStamp
    message: str
    signed: bool = False

    @property
    def short(self) -> str:
        """The part of its id that people are shown."""
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


class FileTouch(NamedTuple):
    """What one commit did to one file.

    ``commit`` is the commit's place in the history. Blob ids are None where there was no file. Of a merge only what
    stands in none of its parents is a touch. ``alike`` says how much of a renamed file stayed, in per cent.
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
    """Every commit that leads to the last one, parents before children, and every touch in that order.

    ``elsewhere`` are ids that stand for a commit of another repository: of what they name nothing need be here.
    """

    commits: tuple[Commit, ...]
    touches: tuple[FileTouch, ...] = field(repr=False)
    elsewhere: frozenset[str] = field(default=frozenset(), repr=False)

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Each commit's place by its full id."""
        return {commit.id: number for number, commit in enumerate(self.commits)}

    @cached_property
    def parents(self) -> tuple[tuple[int, ...], ...]:
        """The places of each commit's parents."""
        place = self.place
        return tuple(tuple(place[parent] for parent in commit.parents if parent in place) for commit in self.commits)

    @cached_property
    def main_line(self) -> tuple[int, ...]:
        """The places of the commits from the first to the last along first parents: what was merged into."""
        line = []
        at: int | None = len(self.commits) - 1 if self.commits else None
        while at is not None:
            line.append(at)
            at = next(iter(self.parents[at]), None)
        return tuple(reversed(line))

    @cached_property
    def arrived(self) -> tuple[int, ...]:
        """For each commit the place of the commit of the main line with which it came in; its own on that line."""
        return self.first_with(self.main_line)

    def first_with(self, heads: tuple[int, ...]) -> tuple[int, ...]:
        """For each commit the first of ``heads``, in the order given, that it leads to; -1 where it leads to none.

        Every commit is visited once, however many heads there are.
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
        """Tell whether one commit is among those that another is built on."""
        todo, seen = [later], {later}
        while todo:
            at = todo.pop()
            if at == earlier:
                return True
            # Parents stand before their children: what stands before the one looked for cannot lead to it.
            fresh = [each for each in self.parents[at] if each >= earlier and each not in seen]
            seen.update(fresh)
            todo += fresh
        return False

    @cached_property
    def writers(self) -> frozenset[str]:
        """The addresses of everybody who wrote a change of a record, in small letters."""
        places = {touch.commit for touch in self.touches}
        return frozenset(
            self.commits[at].author.email.lower() for at in places if len(self.parents[at]) < _MERGE_PARENTS
        )

    @cached_property
    def not_before(self) -> tuple[int, ...]:
        """For each commit the place of the one with the latest committer's time among itself and all before it.

        A commit cannot have been made before those that it is built on.
        """
        latest: list[int] = []
        for at, parents in enumerate(self.parents):
            candidates = [latest[parent] for parent in parents]
            latest.append(max((at, *candidates), key=lambda each: (self._clock(each), each == at)))
        return tuple(latest)

    def _clock(self, at: int) -> int:
        seconds = self.commits[at].committer.seconds
        return -1 if seconds is None else seconds


def convert_seconds_to_day(seconds: int) -> date:
    """Return the day at +08:00 of a time that a commit claims."""
    return datetime.fromtimestamp(max(0, min(seconds, LAST_SUPPORTED_SECOND)), BEIJING_TIME).date()

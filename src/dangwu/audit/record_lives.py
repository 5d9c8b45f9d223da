"""File touches of the history → the life of each record, in one pass."""

from __future__ import annotations

from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.history import OUTSIDE, TouchKind
from dangwu.model.record_life import LifeEvent, LifeStep, RecordLife

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping
    from collections.abc import Set as AbstractSet
    from datetime import date

    from dangwu.model.history import FileTouch, History

_STEP_COMMIT = attrgetter("commit")


def _order_lives(life: RecordLife) -> tuple[str, int]:
    return life.path, life.steps[0].commit


class NameTaken(NamedTuple):
    """A path that a second record took after the one that had it was renamed or deleted; ``commit`` is an index."""

    path: str
    commit: int
    first: RecordLife
    second: RecordLife


class RecordLives(NamedTuple):
    """The lives of all records, deleted ones too, an index by every path that leads to one of them, and names taken.

    A life's ``path`` is its present path, or its last.
    """

    every: tuple[RecordLife, ...] = ()
    by_path: Mapping[str, RecordLife] = MappingProxyType({})
    taken: tuple[NameTaken, ...] = ()

    def recorded(self, history: History) -> dict[str, date]:
        """Return the day that each record's first commit says, by path, right or wrong; without unreadable ones."""
        days = ((path, life.recorded_on(history)) for path, life in self.by_path.items())
        return {path: day for path, day in days if day is not None}

    def settle(self, paths: Container[str]) -> RecordLives:
        """Return the lives with the names that they have among the present ``paths``.

        Where two lines of the history renamed a record, the merge chose one of the names.
        """
        names = {
            life: path
            for path, life in self.by_path.items()
            if path != life.path and path in paths and not self.is_present(life, paths) and life.has_been_at(path)
        }
        if not names:
            return self
        settled = {life: life._replace(path=names.get(life, life.path)) for life in self.every}
        return RecordLives(
            tuple(sorted(settled.values(), key=_order_lives)),
            {path: settled[life] for path, life in self.by_path.items()},
            tuple(each._replace(first=settled[each.first], second=settled[each.second]) for each in self.taken),
        )

    def is_present(self, life: RecordLife, paths: Container[str]) -> bool:
        """Tell whether a life's file is among the present ``paths``, under no other record's name."""
        return life.path in paths and self.by_path.get(life.path) == life


class _LifeDraft:
    """A life under construction, and the paths that lead to it.

    ``path`` is where the file is. ``lost`` is the step that deleted the record or moved it to a place that is no
    record's, None while it is a record. ``joined`` means that its steps come from several lines of the history.
    """

    __slots__ = ("_names", "joined", "lost", "path", "steps")

    def __init__(self, path: str) -> None:
        self.path = path
        # Most records keep their first name, and a set for each takes longer than everything else about it.
        self._names: set[str] | None = None
        self.steps: list[LifeStep] = []
        self.lost: LifeStep | None = None
        self.joined = False

    @property
    def names(self) -> AbstractSet[str]:
        """All names that the file has had."""
        return {self.path} if self._names is None else self._names

    def add_names(self, names: AbstractSet[str]) -> None:
        """Note further names of the file."""
        self._names = {*self.names, *names} if self._names is None else self._names
        self._names |= names

    @property
    def away(self) -> bool:
        """Whether the file is at a place that is no record's, the record having been at another."""
        return self.lost is not None and self.lost.path != self.path


class LifeBuilder:
    """Builds the lives of records from touches, parents before children, while git is still listing them.

    ``is_same(old_path, new_path, similarity)`` decides, with the similarity in per cent, whether a rename continues one
    record; if not, it is a deletion and a new record. The old path still leads to the record, because another line of
    the history may have changed it there. ``is_place`` tells whether a path is that of a record.

    A record that was deleted, or moved to a place that is no record's, and comes back at one of its names, is the same
    record: it is compared with what was there before. While it is away its file is followed, but has no steps. A file
    that was never a record is followed too: it may become one.
    """

    def __init__(self, is_same: Callable[[str, str, int], bool], is_place: Callable[[str], bool]) -> None:
        self._is_same = is_same
        self._is_place = is_place
        self._by_path: dict[str, _LifeDraft] = {}
        self._drafts: list[_LifeDraft] = []
        self._taken: list[tuple[str, int, _LifeDraft, _LifeDraft]] = []

    def add(self, touch: FileTouch) -> None:
        """Add what one commit did to one file."""
        if touch.did is TouchKind.ADDED:
            self._add_file(touch)
        elif touch.did is TouchKind.CHANGED:
            self._add_change(touch)
        elif touch.did is TouchKind.DELETED:
            self._add_deletion(touch)
        else:
            self._add_rename(touch)

    def build(self) -> RecordLives:
        """Return the lives of all records so far; files that were only ever outside the record root are left out."""
        lives = {
            draft: _build_life(draft)
            for draft in self._drafts
            if draft.steps
            and not (draft.path.startswith(OUTSIDE) and all(name.startswith(OUTSIDE) for name in draft.names))
        }
        taken = (
            NameTaken(path, commit, lives[first], lives[second])
            for path, commit, first, second in self._taken
            if first in lives and second in lives and first is not second
        )
        ordered = sorted(lives.values(), key=_order_lives)
        by_path = {path: lives[draft] for path, draft in self._by_path.items() if draft in lives}
        return RecordLives(tuple(ordered), by_path, tuple(taken))

    def _add_file(self, touch: FileTouch) -> None:
        path = touch.path
        draft = self._by_path.get(path)
        if draft is not None and draft.lost is not None:
            self._bring_back(draft, touch)
            return
        if draft is None or draft.path != path:
            # A new path, or the record that had it was renamed since.
            fresh = self._start(path)
            if draft is not None:
                self._taken.append((path, touch.commit, draft, fresh))
            draft = fresh
        draft.steps.append(LifeStep(touch.commit, LifeEvent.CREATED, path, touch.blob))

    def _add_change(self, touch: FileTouch) -> None:
        draft = self._by_path.get(touch.path)
        if draft is None:
            # In a shallow clone the first touch seen may be a change: the beginning was not read.
            self._start(touch.path).steps.append(LifeStep(touch.commit, LifeEvent.CREATED, touch.path, touch.blob))
        elif not draft.away or touch.path != draft.path:
            # A record that one line of the history deleted may be changed on another.
            draft.lost = None
            draft.steps.append(LifeStep(touch.commit, LifeEvent.CHANGED, touch.path, touch.blob, touch.old_blob))

    def _add_deletion(self, touch: FileTouch) -> None:
        path = touch.path
        draft = self._by_path.get(path) or self._start(path)
        if draft.lost is not None and draft.away and path == draft.path:
            draft.path = draft.lost.path
            return
        turn = LifeEvent.DELETED if draft.steps else LifeEvent.CREATED
        step = LifeStep(touch.commit, turn, path, None, touch.old_blob)
        draft.steps.append(step)
        if draft.path == path:
            # Deleted under a name that another line of the history had changed, it is still there under the new one.
            draft.lost = step

    def _add_rename(self, touch: FileTouch) -> None:
        old, path = touch.old_path or touch.path, touch.path
        draft = self._by_path.get(old)
        known = draft.lost.path if draft is not None and draft.lost is not None and draft.path == old else old
        if not (self._is_same(known, path, touch.alike) or self._is_same(old, path, touch.alike)):
            self._add_deletion(touch._replace(did=TouchKind.DELETED, path=old, blob=None, old_path=None))
            self._add_file(touch._replace(did=TouchKind.ADDED, old_blob=None, old_path=None))
            return
        draft = draft or self._start(old)
        if draft.away and old == draft.path and not self._is_place(path):
            self._move(draft, path)
        elif draft.away and old == draft.path:
            self._bring_back(draft, touch)
        elif self._is_place(old) and not self._is_place(path):
            step = LifeStep(touch.commit, LifeEvent.DELETED, old, None, touch.old_blob, moved_to=path)
            draft.steps.append(step)
            draft.lost = step
            self._move(draft, path)
        else:
            self._take_name(draft, touch)
            event = LifeEvent.RENAMED if draft.steps else LifeEvent.CREATED
            draft.steps.append(LifeStep(touch.commit, event, path, touch.blob, touch.old_blob, old))
            draft.lost = None
            self._move(draft, path)

    def _start(self, path: str) -> _LifeDraft:
        draft = self._by_path[path] = _LifeDraft(path)
        self._drafts.append(draft)
        return draft

    def _move(self, draft: _LifeDraft, path: str) -> None:
        draft.add_names({path})
        draft.path = path
        self._by_path[path] = draft

    def _bring_back(self, draft: _LifeDraft, touch: FileTouch) -> None:
        """Continue a record that was lost, from what was there before."""
        lost, path = draft.lost, touch.path
        if lost is None:
            return
        if draft.away and touch.old_path is None:
            # Written anew, while its old file is still where it was moved to.
            self._by_path.pop(draft.path)
        self._take_name(draft, touch)
        old_path = None if lost.path == path else lost.path
        draft.steps.append(LifeStep(touch.commit, LifeEvent.RECREATED, path, touch.blob, lost.old_blob, old_path))
        draft.lost = None
        self._move(draft, path)

    def _take_name(self, draft: _LifeDraft, touch: FileTouch) -> None:
        """Note that a record takes the name of another, or join both: two lines of the history gave it this name."""
        other = self._by_path.get(touch.path)
        if other is None or other is draft:
            return
        if other.lost is not None or other.path != touch.path:
            self._taken.append((touch.path, touch.commit, other, draft))
            return
        draft.joined = True
        draft.steps.extend(other.steps)
        draft.add_names(other.names)
        other.steps.clear()
        self._by_path.update({name: draft for name in other.names if self._by_path.get(name) is other})


def _build_life(draft: _LifeDraft) -> RecordLife:
    # Only steps joined from two lines can be out of order.
    steps = sorted(draft.steps, key=_STEP_COMMIT) if draft.joined else draft.steps
    return RecordLife(draft.lost.path if draft.lost else draft.path, tuple(steps))

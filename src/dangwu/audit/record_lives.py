"""File touches of the history → the life of each record, in one pass."""

from __future__ import annotations

from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.history import TouchKind
from dangwu.model.record_life import LifeEvent, LifeStep, RecordLife

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from dangwu.model.history import FileTouch, History

_STEP_COMMIT = attrgetter("commit")
_EVENTS_BY_TOUCH = {
    TouchKind.CHANGED: LifeEvent.CHANGED,
    TouchKind.RENAMED: LifeEvent.RENAMED,
    TouchKind.DELETED: LifeEvent.DELETED,
}


class RecordLives(NamedTuple):
    """The lives of all records, deleted ones too, and an index by every path that leads to one of them.

    A life's ``path`` is its present path, or its last.
    """

    every: tuple[RecordLife, ...] = ()
    by_path: Mapping[str, RecordLife] = MappingProxyType({})

    def recorded(self, history: History) -> dict[str, date]:
        """Return the day that each record's first commit says, by path, right or wrong; without unreadable ones."""
        days = ((path, life.recorded_on(history)) for path, life in self.by_path.items())
        return {path: day for path, day in days if day is not None}


class _LifeDraft:
    """A life under construction, and the paths that lead to it.

    ``gone`` means deleted at the moment, ``joined`` that its steps come from several lines of the history.
    """

    __slots__ = ("gone", "joined", "names", "path", "steps")

    def __init__(self, path: str) -> None:
        self.path = path
        self.names: set[str] = set()
        self.steps: list[LifeStep] = []
        self.gone = self.joined = False


class LifeBuilder:
    """Builds the lives of records from touches, parents before children, while git is still listing them.

    ``is_same(old_path, new_path, similarity)`` decides, with the similarity in per cent, whether a rename continues one
    record; if not, it is a deletion and a new record. The old path still leads to the record, because another line of
    the history may have changed it there. A file deleted and created again at its path is the same record.
    """

    def __init__(self, is_same: Callable[[str, str, int], bool]) -> None:
        self._is_same = is_same
        self._by_path: dict[str, _LifeDraft] = {}
        self._drafts: dict[_LifeDraft, None] = {}

    def add(self, touch: FileTouch) -> None:
        """Add what one commit did to one file."""
        touches = _split_rename(touch, self._is_same) if touch.did is TouchKind.RENAMED else (touch,)
        for part in touches:
            self._drafts[_add_touch(part, self._by_path)] = None

    def build(self) -> RecordLives:
        """Return the lives of all records so far."""
        lives = {draft: _build_life(draft) for draft in self._drafts if draft.steps}
        ordered = sorted(lives.values(), key=lambda life: (life.path, life.steps[0].commit))
        return RecordLives(tuple(ordered), {path: lives[draft] for path, draft in self._by_path.items()})


def _build_life(draft: _LifeDraft) -> RecordLife:
    # Only steps joined from two lines can be out of order.
    steps = sorted(draft.steps, key=_STEP_COMMIT) if draft.joined else draft.steps
    return RecordLife(draft.path, tuple(steps))


def _split_rename(touch: FileTouch, is_same: Callable[[str, str, int], bool]) -> Iterator[FileTouch]:
    """Yield a rename as it is, or as a deletion and an addition where it joins two different records."""
    if touch.old_path is not None and not is_same(touch.old_path, touch.path, touch.alike):
        yield touch._replace(did=TouchKind.DELETED, path=touch.old_path, blob=None, old_path=None)
        yield touch._replace(did=TouchKind.ADDED, old_blob=None, old_path=None)
    else:
        yield touch


def _add_touch(touch: FileTouch, by_path: dict[str, _LifeDraft]) -> _LifeDraft:
    path, added = touch.path, touch.did is TouchKind.ADDED
    draft = by_path.get(touch.old_path or path)
    if draft is None or (added and draft.path != path):
        # A new path, or the record that had it was renamed since.
        draft = _LifeDraft(path)
    if touch.did is TouchKind.RENAMED:
        _join_lives(by_path.get(path), draft, by_path)
        draft.path = path
    by_path[path] = draft
    draft.names.add(path)
    # In a shallow clone the first touch seen may be a change: the beginning was not read.
    event = _EVENTS_BY_TOUCH.get(touch.did, LifeEvent.CREATED)
    if added or not draft.steps:
        event = LifeEvent.RECREATED if draft.gone else LifeEvent.CREATED
    draft.steps.append(LifeStep(touch.commit, event, path, touch.blob, touch.old_blob, touch.old_path))
    draft.gone = touch.did is TouchKind.DELETED
    return draft


def _join_lives(other: _LifeDraft | None, draft: _LifeDraft, by_path: dict[str, _LifeDraft]) -> None:
    """Move the steps of a record already at the new path into ``draft``: another line of the history renamed it too."""
    if other is None or other is draft or other.gone:
        return
    draft.joined = True
    draft.steps.extend(other.steps)
    draft.names |= other.names
    other.steps.clear()
    by_path.update(dict.fromkeys((name for name in other.names if by_path[name] is other), draft))

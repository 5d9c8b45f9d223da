"""History → the life of each record, in one pass over what the commits did to files."""

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
    """Every record that ever was, by the name that it has or had last; and by every name that leads to it now."""

    every: tuple[RecordLife, ...] = ()
    at: Mapping[str, RecordLife] = MappingProxyType({})

    def recorded(self, history: History) -> dict[str, date]:
        """Return by path the day of the first commit that carries the record."""
        days = ((path, life.recorded_on(history)) for path, life in self.at.items())
        return {path: day for path, day in days if day is not None}


class _LifeDraft:
    """A life in the making, with the names that lead to it. ``gone`` holds since it was last taken out."""

    __slots__ = ("gone", "joined", "names", "path", "steps")

    def __init__(self, path: str) -> None:
        self.path = path
        self.names: set[str] = set()
        self.steps: list[LifeStep] = []
        self.gone = self.joined = False


class LifeBuilder:
    """Makes the lives of records from touches, parents before children, while these are still being read.

    A renamed record goes on living under its new name where ``same`` says, by both names and how much stayed, that it
    is one; else one record was taken out and another came. The old name is remembered, since another line of the
    history may still have changed the record under it. A file taken out and made again under its name is the same
    record, brought back.
    """

    def __init__(self, same: Callable[[str, str, int], bool]) -> None:
        self._same = same
        self._at: dict[str, _LifeDraft] = {}
        self._every: dict[_LifeDraft, None] = {}

    def add(self, touch: FileTouch) -> None:
        """Take what one commit did to one file."""
        for each in _split_rename(touch, self._same) if touch.did is TouchKind.RENAMED else (touch,):
            self._every[_add_touch(each, self._at)] = None

    def lives(self) -> RecordLives:
        """Return the life of every record."""
        made = {draft: _build_life(draft) for draft in self._every if draft.steps}
        found = sorted(made.values(), key=lambda life: (life.path, life.steps[0].commit))
        return RecordLives(tuple(found), {path: made[draft] for path, draft in self._at.items()})


def _build_life(draft: _LifeDraft) -> RecordLife:
    # Only what was joined from two lines can be out of order.
    steps = sorted(draft.steps, key=_STEP_COMMIT) if draft.joined else draft.steps
    return RecordLife(draft.path, tuple(steps))


def _split_rename(touch: FileTouch, same: Callable[[str, str, int], bool]) -> Iterator[FileTouch]:
    if touch.old_path is not None and not same(touch.old_path, touch.path, touch.alike):
        yield touch._replace(did=TouchKind.DELETED, path=touch.old_path, blob=None, old_path=None)
        yield touch._replace(did=TouchKind.ADDED, old_blob=None, old_path=None)
    else:
        yield touch


def _add_touch(touch: FileTouch, at: dict[str, _LifeDraft]) -> _LifeDraft:
    path, added = touch.path, touch.did is TouchKind.ADDED
    draft = at.get(touch.old_path or path)
    if draft is None or (added and draft.path != path):
        # Never seen, or the one that had this name bears another now.
        draft = _LifeDraft(path)
    if touch.did is TouchKind.RENAMED:
        _join_lives(at.get(path), draft, at)
        draft.path = path
    at[path] = draft
    draft.names.add(path)
    # Without a step its beginning lies beyond a boundary of what was read.
    turn = (
        (LifeEvent.RECREATED if draft.gone else LifeEvent.CREATED)
        if added or not draft.steps
        else _EVENTS_BY_TOUCH[touch.did]
    )
    draft.steps.append(LifeStep(touch.commit, turn, path, touch.blob, touch.old_blob, touch.old_path))
    draft.gone = touch.did is TouchKind.DELETED
    return draft


def _join_lives(other: _LifeDraft | None, draft: _LifeDraft, at: dict[str, _LifeDraft]) -> None:
    """Take over what lives under the new name: the same rename, or the same record, on another line of the history."""
    if other is None or other is draft or other.gone:
        return
    draft.joined = True
    draft.steps.extend(other.steps)
    draft.names |= other.names
    other.steps.clear()
    at.update(dict.fromkeys((name for name in other.names if at[name] is other), draft))

"""History → the life of each record, in one pass over what the commits did to files."""

from __future__ import annotations

from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.history import Did
from dangwu.model.record_life import Life, Step, Turn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from dangwu.model.history import History, Touch

_COMMIT = attrgetter("commit")
_TURNS = {Did.CHANGED: Turn.CHANGED, Did.RENAMED: Turn.RENAMED, Did.DELETED: Turn.DELETED}


class Lives(NamedTuple):
    """Every record that ever was, by the name that it has or had last; and by every name that leads to it now."""

    every: tuple[Life, ...] = ()
    at: Mapping[str, Life] = MappingProxyType({})

    def recorded(self, history: History) -> dict[str, date]:
        """Return by path the day of the first commit that carries the record."""
        days = ((path, life.recorded_on(history)) for path, life in self.at.items())
        return {path: day for path, day in days if day is not None}


class _Draft:
    """A life in the making, with the names that lead to it. ``gone`` holds since it was last taken out."""

    __slots__ = ("gone", "joined", "names", "path", "steps")

    def __init__(self, path: str) -> None:
        self.path = path
        self.names: set[str] = set()
        self.steps: list[Step] = []
        self.gone = self.joined = False


class Living:
    """Makes the lives of records from touches, parents before children, while these are still being read.

    A renamed record goes on living under its new name where ``same`` says, by both names and how much stayed, that it
    is one; else one record was taken out and another came. The old name is remembered, since another line of the
    history may still have changed the record under it. A file taken out and made again under its name is the same
    record, brought back.
    """

    def __init__(self, same: Callable[[str, str, int], bool]) -> None:
        self._same = same
        self._at: dict[str, _Draft] = {}
        self._every: dict[_Draft, None] = {}

    def add(self, touch: Touch) -> None:
        """Take what one commit did to one file."""
        for each in _parted(touch, self._same) if touch.did is Did.RENAMED else (touch,):
            self._every[_live(each, self._at)] = None

    def lives(self) -> Lives:
        """Return the life of every record."""
        made = {draft: _made(draft) for draft in self._every if draft.steps}
        found = sorted(made.values(), key=lambda life: (life.path, life.steps[0].commit))
        return Lives(tuple(found), {path: made[draft] for path, draft in self._at.items()})


def _made(draft: _Draft) -> Life:
    # Only what was joined from two lines can be out of order.
    steps = sorted(draft.steps, key=_COMMIT) if draft.joined else draft.steps
    return Life(draft.path, tuple(steps))


def _parted(touch: Touch, same: Callable[[str, str, int], bool]) -> Iterator[Touch]:
    if touch.old_path is not None and not same(touch.old_path, touch.path, touch.alike):
        yield touch._replace(did=Did.DELETED, path=touch.old_path, blob=None, old_path=None)
        yield touch._replace(did=Did.ADDED, old_blob=None, old_path=None)
    else:
        yield touch


def _live(touch: Touch, at: dict[str, _Draft]) -> _Draft:
    path, added = touch.path, touch.did is Did.ADDED
    draft = at.get(touch.old_path or path)
    if draft is None or (added and draft.path != path):
        # Never seen, or the one that had this name bears another now.
        draft = _Draft(path)
    if touch.did is Did.RENAMED:
        _join(at.get(path), draft, at)
        draft.path = path
    at[path] = draft
    draft.names.add(path)
    # Without a step its beginning lies beyond a boundary of what was read.
    turn = (Turn.RECREATED if draft.gone else Turn.CREATED) if added or not draft.steps else _TURNS[touch.did]
    draft.steps.append(Step(touch.commit, turn, path, touch.blob, touch.old_blob, touch.old_path))
    draft.gone = touch.did is Did.DELETED
    return draft


def _join(other: _Draft | None, draft: _Draft, at: dict[str, _Draft]) -> None:
    """Take over what lives under the new name: the same rename, or the same record, on another line of the history."""
    if other is None or other is draft or other.gone:
        return
    draft.joined = True
    draft.steps.extend(other.steps)
    draft.names |= other.names
    other.steps.clear()
    at.update(dict.fromkeys((name for name in other.names if at[name] is other), draft))

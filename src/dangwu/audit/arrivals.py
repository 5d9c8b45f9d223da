"""Where a change arrived: the merge that brought it to the line on which something had been reviewed or reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from dangwu.model.history import History


class Arrival(NamedTuple):
    """The merge that brought a change to a line, and that line's last commit without it, by index."""

    merge: int
    onto: int


def find_arrival(history: History, state: int, edit: int) -> Arrival | None:
    """Return the merge that brought an edit to the line of a state which lacked it.

    None where the edit is part of the state or built on it, and where it was on its line before the state came there.
    A clock says nothing here: a line that parted before the state can be merged at any time after it.
    """
    arrived = history.arrived
    if arrived[edit] > arrived[state]:
        merge = arrived[edit]
        return None if merge == edit or history.leads(state, edit) else Arrival(merge, history.parents[merge][0])
    if arrived[edit] < arrived[state] or {edit, state} & {arrived[edit]}:
        return None
    return _find_arrival_within(history, state, edit)


def _find_arrival_within(history: History, state: int, edit: int) -> Arrival | None:
    """Return the arrival on a side line, of an edit and a state that one merge brought to the main line together."""
    if history.leads(state, edit) or history.leads(edit, state):
        return None
    with_state, with_edit = {state}, {edit}
    for at in range(min(state, edit) + 1, len(history.commits)):
        parents = history.parents[at]
        for having in (with_state, with_edit):
            if not having.isdisjoint(parents):
                having.add(at)
        if at in with_state and at in with_edit:
            return Arrival(at, parents[0]) if parents[0] in with_state else None
    return None


def comes_after(history: History, state: int, day: date | None, record: int, edit: int) -> bool:
    """Tell whether an edit of a record came after a state that holds the record without the edit.

    It was built on the state, or merged into its line later. Where instead the state came to the line of the edit, it
    comes after it if that line never had the record without the edit, or if its date is after the ``day`` of the state.
    """
    if find_arrival(history, state, edit) is not None or history.leads(state, edit):
        return True
    made = history.commits[edit].committer.day
    later = edit > state if made is None or day is None else made > day
    return later or history.arrived[record] >= history.arrived[edit] != edit

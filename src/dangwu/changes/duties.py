"""Two lists of duties → those whose state is another now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.duty import DutyState
from dangwu.model.review import DutyChange

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dangwu.model.duty import Duty

_QUIET_STATES = (DutyState.UPCOMING, DutyState.NOT_APPLICABLE)


def find_duty_changes(before: Iterable[Duty], after: Iterable[Duty]) -> tuple[DutyChange, ...]:
    """Return the duties whose state changed, in the order of the rulebook.

    One that came or went counts where it asks, or asked, for something by now.
    """
    old, new = ({each.id: each for each in listed} for listed in (before, after))
    found = []
    for id_ in dict.fromkeys((*new, *old)):
        change = DutyChange(old.get(id_), new.get(id_))
        states = {each.state for each in change if each is not None}
        if None in change and states <= {*_QUIET_STATES}:
            continue
        if None in change or len(states) > 1 or _changes_acknowledgement(change):
            found.append(change)
    return tuple(found)


def _changes_acknowledgement(change: DutyChange) -> bool:
    """Tell whether the branch now states, or does not any more, that a duty was missed."""
    before, after = change
    return before is not None and after is not None and before.acknowledged != after.acknowledged

"""Two lists of duties → the duties whose state changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.duty import DutyState
from dangwu.model.review import DutyChange

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dangwu.model.duty import Duty

_QUIET_STATES = (DutyState.UPCOMING, DutyState.NOT_APPLICABLE)


def find_duty_changes(before: Iterable[Duty], after: Iterable[Duty]) -> tuple[DutyChange, ...]:
    """Return the duties whose state or acknowledgement changed, in the order of the rulebook.

    Added and removed duties count too, unless they are upcoming or not applicable.
    """
    old, new = ({duty.id: duty for duty in duties} for duties in (before, after))
    changes = []
    for id_ in dict.fromkeys((*new, *old)):
        change = DutyChange(old.get(id_), new.get(id_))
        states = {duty.state for duty in change if duty is not None}
        if None in change and states <= {*_QUIET_STATES}:
            continue
        if None in change or len(states) > 1 or _changes_acknowledgement(change):
            changes.append(change)
    return tuple(changes)


def _changes_acknowledgement(change: DutyChange) -> bool:
    """Tell whether a waiver that acknowledges the duty as missed was added or removed."""
    before, after = change
    return before is not None and after is not None and before.acknowledged != after.acknowledged

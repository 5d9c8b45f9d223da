"""What every member owes for himself, many duties as one: counts, and only the names of those still behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.duty import DutyState
from dangwu.pages.wording.names import build_people_order
from dangwu.pages.wording.states import GENERALLY_OVERDUE_LOOK, MISSED_LOOK, STATE_LOOKS, find_state_look

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dangwu.model.duty import Duty
    from dangwu.model.period import Period
    from dangwu.model.results import DutyResult
    from dangwu.pages.wording.states import StateLook

_DONE_STATES = {DutyState.FULFILLED, DutyState.LATE}
_LOOKS_WORST_FIRST = (
    STATE_LOOKS[DutyState.OVERDUE],
    GENERALLY_OVERDUE_LOOK,
    STATE_LOOKS[DutyState.OPEN],
    STATE_LOOKS[DutyState.UPCOMING],
    MISSED_LOOK,
    STATE_LOOKS[DutyState.LATE],
    STATE_LOOKS[DutyState.WAIVED],
    STATE_LOOKS[DutyState.FULFILLED],
    STATE_LOOKS[DutyState.NOT_APPLICABLE],
)


class DutyGroup(NamedTuple):
    """The duties of many people by one clause for one period, in the order of groups and ids."""

    duties: tuple[Duty, ...]

    @property
    def period(self) -> Period:
        """The period of all of them."""
        return self.duties[0].period

    @property
    def done(self) -> int:
        """How many have been done, in time or late."""
        return sum(duty.state in _DONE_STATES for duty in self.duties)

    @property
    def owed(self) -> int:
        """How many are owed at all."""
        return sum(duty.state is not DutyState.NOT_APPLICABLE for duty in self.duties)

    @property
    def face(self) -> StateLook:
        """How the worst of them shows itself."""
        shown = {find_state_look(duty) for duty in self.duties}
        return next(look for look in _LOOKS_WORST_FIRST if look in shown)

    def behind(self, shown: StateLook) -> tuple[Duty, ...]:
        """Return those that show themselves so."""
        return tuple(duty for duty in self.duties if find_state_look(duty) == shown)


def group_duties(duties: Iterable[Duty], owed: DutyResult) -> tuple[DutyGroup, ...]:
    """Put personal duties together by clause and period, in the order in which they come."""
    order = build_people_order(owed)
    parts: dict[tuple[str, Period], list[Duty]] = {}
    for duty in duties:
        parts.setdefault((duty.clause, duty.period), []).append(duty)
    return tuple(DutyGroup(tuple(sorted(part, key=lambda duty: order(duty.subject or "")))) for part in parts.values())

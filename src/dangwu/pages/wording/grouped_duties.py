"""Personal duties grouped by clause and period, so that a page shows counts and the names of those behind."""

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
    """The duties of several people under one clause for one period, in the order of Party groups and ids."""

    duties: tuple[Duty, ...]

    @property
    def period(self) -> Period:
        """The period, the same for all."""
        return self.duties[0].period

    @property
    def done(self) -> int:
        """The number done, in time or late."""
        return sum(duty.state in _DONE_STATES for duty in self.duties)

    @property
    def owed(self) -> int:
        """The number that apply."""
        return sum(duty.state is not DutyState.NOT_APPLICABLE for duty in self.duties)

    @property
    def worst_look(self) -> StateLook:
        """The look of the worst state among them."""
        found_looks = {find_state_look(duty) for duty in self.duties}
        return next(look for look in _LOOKS_WORST_FIRST if look in found_looks)

    def select(self, look: StateLook) -> tuple[Duty, ...]:
        """Return the duties whose state has this look."""
        return tuple(duty for duty in self.duties if find_state_look(duty) == look)


def group_duties(duties: Iterable[Duty], result: DutyResult) -> tuple[DutyGroup, ...]:
    """Group personal duties by clause and period, in the order of their first member."""
    order = build_people_order(result)
    groups: dict[tuple[str, Period], list[Duty]] = {}
    for duty in duties:
        groups.setdefault((duty.clause, duty.period), []).append(duty)
    return tuple(DutyGroup(tuple(sorted(part, key=lambda duty: order(duty.subject or "")))) for part in groups.values())

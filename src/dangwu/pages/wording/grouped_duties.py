"""What every member owes for himself, many duties as one: counts, and only the names of those still behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.duty import State
from dangwu.pages.wording.names import people_order
from dangwu.pages.wording.states import FACES, GENERALLY, MISSED, face

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dangwu.model.duty import Duty
    from dangwu.model.period import Period
    from dangwu.model.results import Owed
    from dangwu.pages.wording.states import Face

_DONE = {State.FULFILLED, State.LATE}
_WORST_FIRST = (
    FACES[State.OVERDUE],
    GENERALLY,
    FACES[State.OPEN],
    FACES[State.UPCOMING],
    MISSED,
    FACES[State.LATE],
    FACES[State.WAIVED],
    FACES[State.FULFILLED],
    FACES[State.NOT_APPLICABLE],
)


class Together(NamedTuple):
    """The duties of many people by one clause for one period, in the order of groups and ids."""

    duties: tuple[Duty, ...]

    @property
    def period(self) -> Period:
        """The period of all of them."""
        return self.duties[0].period

    @property
    def done(self) -> int:
        """How many have been done, in time or late."""
        return sum(each.state in _DONE for each in self.duties)

    @property
    def owed(self) -> int:
        """How many are owed at all."""
        return sum(each.state is not State.NOT_APPLICABLE for each in self.duties)

    @property
    def face(self) -> Face:
        """How the worst of them shows itself."""
        shown = {face(each) for each in self.duties}
        return next(each for each in _WORST_FIRST if each in shown)

    def behind(self, shown: Face) -> tuple[Duty, ...]:
        """Return those that show themselves so."""
        return tuple(each for each in self.duties if face(each) == shown)


def together(duties: Iterable[Duty], owed: Owed) -> tuple[Together, ...]:
    """Put personal duties together by clause and period, in the order in which they come."""
    order = people_order(owed)
    parts: dict[tuple[str, Period], list[Duty]] = {}
    for each in duties:
        parts.setdefault((each.clause, each.period), []).append(each)
    return tuple(Together(tuple(sorted(each, key=lambda duty: order(duty.subject or "")))) for each in parts.values())

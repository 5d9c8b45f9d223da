"""Offices: posts, group leaders, Party workers and stand-ins, on the days on which they were really held."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.record import Standing
from dangwu.model.spans import Days, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from dangwu.model.finding import Pointer
    from dangwu.model.record import Branch, Member, PostHolder

SECRETARY = "secretary"
LEADER = "leader"
WORKER = "worker"
STAND_IN = "stand-in"


class Office(NamedTuple):
    """One entry of branch.yaml: who holds what, and since when.

    ``span`` is what the entry says, within its term or group. ``days`` are those of them on which it was held: an
    office ends with the first departure of its holder from the branch, whether or not the entry says so and the person
    returns, and it rests while membership is suspended. ``left`` is the day of that departure, None where the entry
    ends before it. Without a readable file of its holder an office is held on the days of its entry.
    """

    post: str
    member: str
    span: Span
    days: Days
    pointer: Pointer
    left: date | None = None
    group: str | None = None
    committee: bool = False

    @property
    def row(self) -> str | int:
        """The index of its term or group in branch.yaml, or its own among workers and stand-ins."""
        return self.pointer[1]


class Offices:
    """All offices of a branch, in the order of their entries."""

    def __init__(self, branch: Branch | None, members: Mapping[str, Member]) -> None:
        self._branch = branch
        self._members = members

    @cached_property
    def posts(self) -> tuple[Office, ...]:
        """The posts of all terms."""
        return tuple(
            self._build_office(holder, holder.post, ("terms", row, "posts", index), term.span, committee=term.committee)
            for row, term in enumerate(self._branch.terms if self._branch else ())
            for index, holder in enumerate(term.posts)
        )

    @cached_property
    def leaders(self) -> tuple[Office, ...]:
        """The leaders of all Party groups."""
        return tuple(
            self._build_office(holder, LEADER, ("groups", row, "leaders", index), group.span, group=group.id)
            for row, group in enumerate(self._branch.groups if self._branch else ())
            for index, holder in enumerate(group.leaders)
        )

    @cached_property
    def workers(self) -> tuple[Office, ...]:
        """The Party workers."""
        return tuple(
            self._build_office(holder, WORKER, ("workers", index), holder.span)
            for index, holder in enumerate(self._branch.workers if self._branch else ())
        )

    @cached_property
    def stand_ins(self) -> tuple[Office, ...]:
        """Those who stand in for a discipline-inspection member (2.2)."""
        return tuple(
            self._build_office(holder, STAND_IN, ("discipline_stand_in", index), holder.span)
            for index, holder in enumerate(self._branch.stand_ins if self._branch else ())
        )

    @property
    def all(self) -> tuple[Office, ...]:
        """Every office."""
        return (*self.posts, *self.leaders, *self.workers, *self.stand_ins)

    def holders_on(self, day: date) -> tuple[Office, ...]:
        """Return the posts of the terms that were held on a day."""
        return tuple(office for office in self.posts if day in office.days)

    def post_on(self, post: str, day: date) -> str | None:
        """Return the member who held a post on a day."""
        return next((office.member for office in self.posts if office.post == post and day in office.days), None)

    def leader_on(self, group: str, day: date) -> str | None:
        """Return the member who led a group on a day."""
        return next((office.member for office in self.leaders if office.group == group and day in office.days), None)

    def is_post_bereft(self, post: str, day: date) -> bool:
        """Tell whether nobody held a post on a day because its last holder had left the branch or was suspended."""
        return self._is_bereft([office for office in self.posts if office.post == post], day)

    def is_group_bereft(self, group: str, day: date) -> bool:
        """Tell whether nobody led a group on a day because its last leader had left the branch or was suspended."""
        return self._is_bereft([office for office in self.leaders if office.group == group], day)

    def _is_bereft(self, offices: list[Office], day: date) -> bool:
        if any(day in office.days for office in offices):
            return False
        begun = [office for office in offices if office.span.start <= day and office.span.start < office.span.end]
        last = max((office.span.start for office in begun), default=None)
        return any(self._was_away_since(office, day) for office in begun if office.span.start == last)

    def _was_away_since(self, office: Office, day: date) -> bool:
        """Tell whether the holder was suspended or not in the branch on a day since the office was last held."""
        member = self._members.get(office.member)
        if member is None:
            return False
        ends = [span.end for span in office.days.spans if span.end <= day]
        since = max(ends, default=office.span.start)
        acting = member.days_as(Standing.PROBATIONARY, Standing.FULL)
        return day not in acting or acting.count(since, day) < (day - since).days

    def _build_office(
        self,
        holder: PostHolder,
        post: str,
        pointer: Pointer,
        bounds: Span,
        *,
        group: str | None = None,
        committee: bool = False,
    ) -> Office:
        span = Span(max(holder.span.start, bounds.start), min(holder.span.end, bounds.end))
        days, left = self._find_held_days(holder.member, span)
        return Office(post, holder.member, span, days, pointer, left, group, committee)

    def _find_held_days(self, member_id: str, span: Span) -> tuple[Days, date | None]:
        """Return the days of a span on which the member held an office, and the day of a departure within it."""
        member = self._members.get(member_id)
        if member is None:
            return Days([span]), None
        stay = _find_stay(member.days_in_branch.spans, span.start)
        if stay is None:
            return Days(), None
        acting = member.days_as(Standing.PROBATIONARY, Standing.FULL)
        return Days([span]) & Days([stay]) & acting, stay.end if stay.end < span.end else None


def _find_stay(stays: Iterable[Span], start: date) -> Span | None:
    """Return the first stay in the branch that lasts until after the start of an office."""
    return next((stay for stay in stays if stay.end > start), None)

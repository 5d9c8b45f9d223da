"""The roster: who is due at a meeting, by status, group, posts and exemptions on its day (3.5)."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from dangwu.model.record import (
    COMMITTEE_MEETING,
    DEMOCRATIC_LIFE_MEETING,
    GROUP_MEETING,
    PARTY_BUILDING_MEETING,
    Standing,
)
from dangwu.model.spans import FOREVER, Days, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dangwu.model.offices import Office
    from dangwu.model.record import Meeting, Member

COMMITTEE_OR_ALL_KINDS = {PARTY_BUILDING_MEETING, DEMOCRATIC_LIFE_MEETING}
"""Meetings of the committee; in a branch without one, of all members (rule 3)."""
COMMITTEE_MIN_MEMBERS = 7
"""The least number of full members for a branch committee (2018 branch regulation, ch. 6)."""


class _BodyMembers:
    """The members of one body over time; only the sets of days that are asked for are made."""

    def __init__(self, terms: Iterable[tuple[str, Days]]) -> None:
        changes: dict[date, list[tuple[str, int]]] = {}
        for member, days in terms:
            for span in days.spans:
                changes.setdefault(span.start, []).append((member, 1))
                if span.end < FOREVER:
                    changes.setdefault(span.end, []).append((member, -1))
        self._starts = sorted(changes)
        self._changes = [changes[start] for start in self._starts]
        self._sets: dict[int, frozenset[str]] = {}

    def on(self, day: date) -> frozenset[str]:
        """Return the members on a day, cached for the days up to the next change."""
        at = bisect_right(self._starts, day) - 1
        if at not in self._sets:
            current: Counter[str] = Counter()
            for changes in self._changes[: at + 1]:
                for member, step in changes:
                    current[member] += step
            self._sets[at] = frozenset(member for member, count in current.items() if count > 0)
        return self._sets[at]

    def days_with_at_least(self, number: int) -> Days:
        """Return the days on which there are so many members."""
        current: Counter[str] = Counter()
        present = 0
        spans = []
        for start, end, changes in zip(self._starts, (*self._starts[1:], FOREVER), self._changes, strict=False):
            for member, step in changes:
                present -= current[member] > 0
                current[member] += step
                present += current[member] > 0
            if present >= number:
                spans.append(Span(start, end))
        return Days(spans)


class Roster:
    """The members of the bodies of a branch, by day."""

    def __init__(self, posts: tuple[Office, ...], members: tuple[Member, ...]) -> None:
        self._committee_posts = tuple(post for post in posts if post.committee)
        self._members = members

    @cached_property
    def _attending(self) -> Mapping[str, Days]:
        """The days on which each member is due by status and exemptions, by id."""
        return {
            member.id: _subtract_spans(
                member.days_as(Standing.PROBATIONARY, Standing.FULL),
                (exemption.span for exemption in member.exemptions),
            )
            for member in self._members
        }

    @cached_property
    def _everyone(self) -> _BodyMembers:
        return _BodyMembers(self._attending.items())

    @cached_property
    def _voters(self) -> _BodyMembers:
        return _BodyMembers(
            (member.id, self._attending[member.id] & member.days_as(Standing.FULL)) for member in self._members
        )

    @cached_property
    def _full(self) -> _BodyMembers:
        return _BodyMembers((member.id, member.days_as(Standing.FULL)) for member in self._members)

    @cached_property
    def _groups(self) -> Mapping[str, _BodyMembers]:
        inside: dict[str, list[tuple[str, Days]]] = {}
        for member in self._members:
            for group, span in member.groups:
                inside.setdefault(group, []).append((member.id, self._attending[member.id] & Days([span])))
        return {group: _BodyMembers(terms) for group, terms in inside.items()}

    @cached_property
    def _committee(self) -> _BodyMembers:
        nobody = Days()
        return _BodyMembers(
            (post.member, self._attending.get(post.member, nobody) & post.days) for post in self._committee_posts
        )

    def due(self, meeting: Meeting) -> frozenset[str]:
        """Return the ids of the members due at a meeting."""
        return self.due_at(meeting.kind, meeting.group, meeting.day)

    def due_at(self, kind: str, group: str | None, day: date) -> frozenset[str]:
        """Return the ids of the members due at a meeting of a kind on a day: of the group, committee or branch."""
        if kind == GROUP_MEETING:
            body = self._groups.get(group or "")
            return body.on(day) if body else frozenset()
        if kind == COMMITTEE_MEETING or (kind in COMMITTEE_OR_ALL_KINDS and self.has_committee_on(day)):
            return self._committee.on(day)
        return self._everyone.on(day)

    def has_committee_on(self, day: date) -> bool:
        """Tell whether there are enough full members for a committee, and one is in office."""
        return day in self.enough_for_committee and day in self.committee_in_office

    def everyone_on(self, day: date) -> frozenset[str]:
        """Return the ids of those due at a meeting of all members on a day."""
        return self._everyone.on(day)

    def of_group(self, group: str, day: date) -> frozenset[str]:
        """Return the ids of those of a group who are due on a day."""
        return self.due_at(GROUP_MEETING, group, day)

    def voters(self, meeting: Meeting) -> frozenset[str]:
        """Return the ids of those due who may vote: full members (2018 branch regulation, Art. 11)."""
        return self.due(meeting) & self._voters.on(meeting.day)

    def full_members_on(self, day: date) -> frozenset[str]:
        """Return the ids of the full members on a day, exempt or not."""
        return self._full.on(day)

    @cached_property
    def enough_for_committee(self) -> Days:
        """The days on which the branch had at least seven full members."""
        return self._full.days_with_at_least(COMMITTEE_MIN_MEMBERS)

    @cached_property
    def committee_in_office(self) -> Days:
        """The days of terms with a committee on which at least one post is held."""
        return Days(span for post in self._committee_posts for span in post.days.spans)


def _subtract_spans(days: Days, spans: Iterable[Span]) -> Days:
    """Return ``days`` without the given spans."""
    gaps = Days(spans)
    if not gaps.spans:
        return days
    starts = [date.min, *(span.end for span in gaps.spans)]
    ends = [*(span.start for span in gaps.spans), FOREVER]
    return days & Days(Span(start, end) for start, end in zip(starts, ends, strict=True))

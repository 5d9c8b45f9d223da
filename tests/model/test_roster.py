"""The roster of many members who came and left on many days, against a count by hand."""

from __future__ import annotations

import random
from datetime import date, timedelta

from dangwu.model.record import GENERAL_MEETING, Member, Standing
from dangwu.model.roster import COMMITTEE_MIN_MEMBERS, Roster
from dangwu.model.spans import FOREVER, Span

FIRST = date(2020, 1, 1)


def _members(number: int) -> tuple[Member, ...]:
    chance = random.Random(7)  # noqa: S311 - days, not secrets
    members = []
    for place in range(number):
        start = FIRST + timedelta(days=chance.randrange(900))
        end = start + timedelta(days=chance.randrange(1, 600)) if chance.random() < 0.5 else FOREVER
        members.append(Member(f"members/m{place:03d}.yaml", f"m{place:03d}", "", ((Standing.FULL, Span(start, end)),)))
    return tuple(members)


def test_who_is_due_on_each_day_is_as_counted_by_hand() -> None:
    members = _members(40)
    roster = Roster((), members)
    for number in range(-1, 1600, 3):
        day = FIRST + timedelta(days=number)
        expected = {member.id for member in members if day in member.days_as(Standing.FULL)}
        assert roster.due_at(GENERAL_MEETING, None, day) == expected
        assert roster.full_members_on(day) == expected
        assert (day in roster.enough_for_committee) == (len(expected) >= COMMITTEE_MIN_MEMBERS)


def test_nobody_is_due_where_there_are_no_members() -> None:
    roster = Roster((), ())
    assert not roster.due_at(GENERAL_MEETING, None, FIRST)
    assert not roster.enough_for_committee.spans

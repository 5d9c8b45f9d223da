"""On which days an office is held: its entry, its holder's days in the branch, and what happened in between."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dangwu.model.message import Bilingual
from dangwu.model.offices import SECRETARY, Offices
from dangwu.model.record import Branch, Group, Member, PostHolder, Standing, Term
from dangwu.model.spans import FOREVER, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

FOUNDED = date(2024, 1, 1)
FULL, PROBATIONARY, SUSPENDED = Standing.FULL, Standing.PROBATIONARY, Standing.SUSPENDED
TRANSFERRED, LEFT = Standing.TRANSFERRED, Standing.LEFT
Status = tuple[Standing, date]
Entry = tuple[str, date, date | None]


def person(id_: str, *statuses: Status) -> Member:
    starts = [start for _, start in statuses]
    spans = [Span(start, end) for start, end in zip(starts, [*starts[1:], FOREVER], strict=True)]
    standings = tuple((standing, span) for (standing, _), span in zip(statuses, spans, strict=True))
    return Member(f"members/{id_}.yaml", id_, id_, standings)


def offices(entries: Iterable[Entry], *members: Member, to: date | None = None) -> Offices:
    """Return the offices of a branch in which each entry is of a secretary and of the leader of a group."""
    spans = [(member, Span.inclusive(first, last)) for member, first, last in entries]
    term = Span.inclusive(FOUNDED, to)
    branch = Branch(
        "branch.yaml",
        Bilingual("支部", "branch"),
        Bilingual("党委", "committee"),
        FOUNDED,
        terms=(Term(term, committee=True, posts=tuple(PostHolder(member, span, SECRETARY) for member, span in spans)),),
        groups=(Group("g1", "第一党小组", term, tuple(PostHolder(member, span) for member, span in spans)),),
        workers=tuple(PostHolder(member, span) for member, span in spans),
        stand_ins=tuple(PostHolder(member, span) for member, span in spans),
    )
    return Offices(branch, {member.id: member for member in members})


def holder(held: Offices, day: date) -> str | None:
    """Return who held the post; the leader of the group is the same."""
    assert held.post_on(SECRETARY, day) == held.leader_on("g1", day)
    assert held.is_post_bereft(SECRETARY, day) is held.is_group_bereft("g1", day)
    return held.post_on(SECRETARY, day)


A = ("a", FOUNDED, None)
GONE = person("a", (FULL, FOUNDED), (TRANSFERRED, date(2026, 3, 10)))
BACK = person("a", (FULL, FOUNDED), (LEFT, date(2026, 3, 10)), (FULL, date(2026, 6, 1)))
PAUSED = person("a", (FULL, FOUNDED), (SUSPENDED, date(2026, 3, 10)), (FULL, date(2026, 6, 1)))
B = person("b", (FULL, FOUNDED))


@pytest.mark.parametrize(
    ("entries", "member", "day", "held_by", "bereft"),
    [
        ([A], GONE, date(2026, 3, 9), "a", False),
        ([A], GONE, date(2026, 3, 10), None, True),
        ([A], GONE, date(2027, 1, 1), None, True),
        ([A], BACK, date(2026, 3, 9), "a", False),
        ([A], BACK, date(2026, 5, 31), None, True),
        ([A], BACK, date(2026, 6, 1), None, True),
        ([A, ("a", date(2026, 6, 1), None)], BACK, date(2026, 6, 1), "a", False),
        ([A, ("a", date(2026, 7, 1), None)], BACK, date(2026, 6, 30), None, True),
        ([A, ("b", date(2026, 3, 10), None)], BACK, date(2026, 7, 1), "b", False),
        ([A, ("b", date(2026, 4, 1), None)], GONE, date(2026, 3, 31), None, True),
        ([A, ("b", date(2026, 4, 1), date(2026, 4, 30))], GONE, date(2026, 5, 1), None, False),
        ([("b", date(2026, 4, 1), None), A], GONE, date(2026, 4, 1), "b", False),
        ([("a", FOUNDED, date(2026, 3, 9))], GONE, date(2026, 3, 10), None, True),
        ([("a", FOUNDED, date(2026, 3, 10))], GONE, date(2026, 3, 10), None, True),
        ([("a", FOUNDED, date(2026, 3, 1))], GONE, date(2026, 3, 9), None, False),
        ([("a", FOUNDED, date(2026, 3, 1))], GONE, date(2026, 3, 10), None, True),
        ([("a", FOUNDED, date(2026, 3, 1))], BACK, date(2026, 7, 1), None, True),
        ([A], PAUSED, date(2026, 3, 9), "a", False),
        ([A], PAUSED, date(2026, 3, 10), None, True),
        ([A], PAUSED, date(2026, 6, 1), "a", False),
        ([A, ("b", date(2026, 3, 10), date(2026, 5, 31))], PAUSED, date(2026, 4, 1), "b", False),
        ([], GONE, date(2026, 1, 1), None, False),
        ([("a", date(2026, 2, 1), None)], GONE, date(2026, 1, 31), None, False),
        ([("a", date(2026, 4, 1), None)], BACK, date(2026, 4, 1), None, True),
        ([("a", date(2026, 4, 1), None)], BACK, date(2026, 6, 1), "a", False),
        ([("nobody", FOUNDED, None)], GONE, date(2026, 5, 1), "nobody", False),
    ],
)
def test_who_holds_an_office(
    entries: list[Entry], member: Member, day: date, held_by: str | None, *, bereft: bool
) -> None:
    held = offices(entries, member, B)
    assert holder(held, day) == held_by
    assert held.is_post_bereft(SECRETARY, day) is bereft
    assert {office.member for office in held.workers if day in office.days} == ({held_by} if held_by else set())
    assert {office.member for office in held.stand_ins if day in office.days} == ({held_by} if held_by else set())


def test_a_probationary_member_holds_what_is_entered() -> None:
    held = offices([A], person("a", (PROBATIONARY, FOUNDED), (FULL, date(2025, 1, 1))))
    assert holder(held, FOUNDED) == "a"
    assert len(held.posts[0].days.spans) == 1


def test_an_office_begins_with_the_membership() -> None:
    held = offices([A], person("a", (FULL, date(2024, 3, 1))))
    assert holder(held, date(2024, 2, 29)) is None
    assert holder(held, date(2024, 3, 1)) == "a"


@pytest.mark.parametrize(
    ("last", "left"),
    [
        (None, date(2026, 3, 10)),
        (date(2026, 3, 11), date(2026, 3, 10)),
        (date(2026, 3, 10), date(2026, 3, 10)),
        (date(2026, 3, 9), None),
    ],
)
def test_the_day_of_departure_is_that_within_the_entry(last: date | None, left: date | None) -> None:
    held = offices([("a", FOUNDED, last)], GONE)
    assert {office.left for office in held.all} == {left}


def test_a_term_that_ended_before_leaves_nothing_open() -> None:
    held = offices([A], GONE, to=date(2026, 2, 28))
    assert {office.left for office in (*held.posts, *held.leaders)} == {None}
    assert holder(held, date(2026, 2, 28)) == "a"
    assert holder(held, date(2026, 3, 1)) is None


def test_without_a_branch_nobody_holds_anything() -> None:
    held = Offices(None, {})
    assert held.all == ()
    assert holder(held, FOUNDED) is None

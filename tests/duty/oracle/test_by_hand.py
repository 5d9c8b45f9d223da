"""The oracle on branches small enough to be worked out by hand: the meetings of system 3 and the counting rules."""

from __future__ import annotations

from datetime import date

import pytest

from tests.duty.oracle.days import Raw, calendar
from tests.duty.oracle.oracle import Outcome, expected
from tests.duty.oracle.small import END, a_branch, amendment, meeting, standing, state, waiver


def of_system_3(found: dict[str, Outcome]) -> dict[str, Outcome]:
    return {name: outcome for name, outcome in found.items() if name.startswith("3.")}


def test_a_quiet_year_owes_twelve_twelve_four_and_two() -> None:
    found = of_system_3(expected(a_branch(), date(2027, 1, 1), 2026))
    assert sorted(found)[:2] == ["3.1/2026-01/g1", "3.1/2026-02/g1"]
    assert len(found) == 12 + 12 + 4 + 2
    assert {outcome.state for outcome in found.values()} == {"overdue"}


@pytest.mark.parametrize(
    ("as_of", "is_now"),
    [((2026, 2, 28), "upcoming"), ((2026, 3, 1), "open"), ((2026, 3, 31), "open"), ((2026, 4, 1), "overdue")],
)
def test_a_month_opens_and_falls_due(as_of: tuple[int, int, int], is_now: str) -> None:
    assert state(a_branch(), "3.1/2026-03/g1", date(*as_of)) == is_now


def test_nothing_was_demanded_before_the_rules_began() -> None:
    assert not expected(a_branch(founded="2019-01-01"), END, 2019)
    first = min(of_system_3(expected(a_branch(founded="2019-01-01"), END, 2020)))
    assert first == "3.1/2020-08"  # no group has a day in it


def test_a_meeting_counts_for_its_own_month_alone() -> None:
    records = a_branch() | meeting("group-meeting", "2026-03-01", "4") | meeting("group-meeting", "2026-03-31", "4")
    assert state(records, "3.1/2026-03/g1") == "fulfilled"
    assert state(records, "3.1/2026-04/g1") == "overdue"
    assert state(records, "3.1/2026-03/g1", date(2026, 2, 27)) == "upcoming"


def test_making_up_is_late_and_leaves_the_own_month_empty() -> None:
    records = a_branch() | meeting("group-meeting", "2026-04-10", "4", makes_up="2026-03")
    assert state(records, "3.1/2026-03/g1") == "late"
    assert state(records, "3.1/2026-04/g1") == "overdue"
    records |= waiver("3.1/2026-03/g1", "deferred", until="2026-04-10")
    assert state(records, "3.1/2026-03/g1") == "fulfilled"
    records |= waiver("3.1/2026-03/g1", "deferred", until="2026-04-09")
    assert state(records, "3.1/2026-03/g1") == "late"


@pytest.mark.parametrize(
    ("kind", "present", "more", "counts"),
    [
        ("group-meeting", "45", {}, True),
        ("group-meeting", "5", {}, True),
        ("group-meeting", "9", {}, False),
        ("group-meeting", "5", {"delegated_by": "m004"}, True),
        ("committee-meeting", "12", {}, True),
        ("committee-meeting", "1456", {}, False),
        ("committee-meeting", "23", {"delegated_by": "m001"}, True),
        ("committee-meeting", "423", {"delegated_by": "m001"}, True),
        ("general-meeting", "1234", {}, True),
        ("general-meeting", "123", {}, False),
        ("general-meeting", "1111", {}, False),
        ("general-meeting", "2345", {}, True),
        ("lecture", "7", {}, True),
        ("lecture", "9", {}, False),
    ],
)
def test_what_counts_and_what_nearly_counts(kind: str, present: str, more: Raw, counts: bool) -> None:
    records = a_branch() | meeting(kind, "2026-03-05", present, **more)
    owed = of_system_3(expected(records, END, 2026)).values()
    found = [each for each in owed if each.evidence or each.near_misses]
    assert [bool(each.evidence) for each in found] == [counts]
    assert found[0].state == ("fulfilled" if counts else "overdue")


def test_the_exempt_and_the_probationary_do_not_raise_the_quorum() -> None:
    records = a_branch() | meeting("general-meeting", "2026-03-05", "123")
    records["members/m007.yaml"]["exemptions"] = [{"from": "2026-03-05", "to": "2026-03-05"}]
    assert state(records, "3.3/2026-Q1") == "fulfilled"
    records["members/m007.yaml"] = {"kind": "member", "id": "m007", "status": standing("probationary", "2024-01-01")}
    assert state(records, "3.3/2026-Q1") == "fulfilled"


@pytest.mark.parametrize(
    ("day", "is_now"),
    # 16 and 15 of 31 days, 15 and 14 of 30 days
    [
        ("2026-03-16", "overdue"),
        ("2026-03-17", "not-applicable"),
        ("2026-04-16", "overdue"),
        ("2026-04-17", "not-applicable"),
    ],
)
def test_half_of_the_days_decide(day: str, is_now: str) -> None:
    group = {"id": "g1", "from": day, "leaders": []}
    assert state(a_branch(groups=[group]), f"3.1/{day[:7]}/g1") == is_now


@pytest.mark.parametrize(("last", "is_now"), [("2026-03-30", "not-applicable"), ("2026-03-31", "overdue")])
def test_what_has_ended_by_the_last_day_owes_nothing_more(last: str, is_now: str) -> None:
    group = {"id": "g1", "from": "2025-01-01", "to": last, "leaders": []}
    assert state(a_branch(groups=[group]), "3.1/2026-03/g1") == is_now


def test_without_groups_one_row_says_so() -> None:
    found = expected(a_branch(groups=[]), END, 2026)
    assert {name for name in found if name.startswith("3.1")} == {f"3.1/2026-{month:02d}" for month in range(1, 13)}
    assert found["3.1/2026-03"].state == "not-applicable"


def test_six_full_members_have_no_committee() -> None:
    records = a_branch()
    records["members/m007.yaml"]["status"] += standing("left", "2026-03-16")
    assert state(records, "3.2/2026-02") == "overdue"
    assert state(records, "3.2/2026-03") == "not-applicable"
    records["members/m007.yaml"]["status"] += standing("full", "2026-03-31")
    assert state(records, "3.2/2026-03") == "overdue"


def test_a_waiver_counts_from_the_day_it_was_decided() -> None:
    records = a_branch() | waiver("3.3/2026-Q1", "waived", decided="2026-05-01")
    assert state(records, "3.3/2026-Q1", date(2026, 4, 30)) == "overdue"
    assert state(records, "3.3/2026-Q1", date(2026, 5, 1)) == "waived"
    assert state(records | meeting("general-meeting", "2026-03-31", "1234"), "3.3/2026-Q1") == "fulfilled"


def test_missed_ends_the_waiting_but_not_a_late_record() -> None:
    records = a_branch() | waiver("3.4/2026-H1", "missed")
    assert state(records, "3.4/2026-H1", date(2026, 2, 1)) == "overdue"
    records |= meeting("lecture", "2026-07-02", "1", makes_up="2026-H1")
    assert state(records, "3.4/2026-H1") == "late"


def test_an_amendment_may_ask_for_more_earlier_rarer_or_nothing() -> None:
    twice = a_branch() | amendment("3.1", "2026-02-01", count=2) | meeting("group-meeting", "2026-03-05", "4")
    assert state(twice, "3.1/2026-03/g1") == "overdue"
    assert state(twice | meeting("group-meeting", "2026-03-06", "4"), "3.1/2026-03/g1") == "fulfilled"

    early = a_branch() | amendment("3.1", "2026-02-01", due={"day": 4}) | meeting("group-meeting", "2026-03-05", "4")
    assert expected(early, END, 2026)["3.1/2026-03/g1"].due == date(2026, 3, 4)
    assert state(early, "3.1/2026-03/g1") == "late"

    rarer = expected(a_branch() | amendment("3.2", "2026-02-15", to="2026-06-30", every="quarter"), END, 2026)
    assert [name[4:] for name in rarer if name.startswith("3.2") and "Q" in name] == ["2026-Q1", "2026-Q2"]
    assert [name[4:] for name in rarer if name.startswith("3.2") and "Q" not in name] == [
        f"2026-{month:02d}" for month in (1, 7, 8, 9, 10, 11, 12)
    ]

    off = a_branch() | amendment("3.3", "2026-02-16", to="2026-03-30", off=True)
    assert state(off, "3.3/2026-Q1") == "overdue"  # 47 of 90 days
    off = a_branch() | amendment("3.3", "2026-02-13", to="2026-03-30", off=True)
    assert state(off, "3.3/2026-Q1") == "not-applicable"  # 44 of 90 days


def test_the_latest_amendment_alone_decides() -> None:
    records = a_branch() | amendment("3.1", "2026-01-01", count=2) | amendment("3.1", "2026-03-01", due={"day": 20})
    records |= meeting("group-meeting", "2026-03-05", "4")
    assert state(records, "3.1/2026-03/g1") == "fulfilled"


def test_the_leap_day_is_the_last_of_its_month() -> None:
    assert [str(each.last) for each in calendar("month", 2024)][1] == "2024-02-29"
    assert [str(each.last) for each in calendar("quarter", 2023)] == [
        "2023-03-31",
        "2023-06-30",
        "2023-09-30",
        "2023-12-31",
    ]

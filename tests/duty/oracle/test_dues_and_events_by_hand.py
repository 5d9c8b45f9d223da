"""The oracle on dues and on what follows from events, each worked out by hand from its clause."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.duty.oracle.oracle import expected
from tests.duty.oracle.small import END, a_branch, amendment, meeting, sheet, standing, state, waiver

if TYPE_CHECKING:
    from tests.duty.oracle.days import Raw

LATER = date(2027, 6, 30)


def paid(*payments: tuple[str, float | None], **row: object) -> dict[str, Raw]:
    """Make a ledger in which m001 paid for March on these days."""
    made = [
        {"month": "2026-03", "date": day} | ({} if amount is None else {"amount": amount}) for day, amount in payments
    ]
    return sheet("dues", "2026", year=2026, members=[{"member": "m001", "assessed": 0.3, "paid": made, **row}])


@pytest.mark.parametrize(
    ("payments", "is_now"),
    [
        ([("2026-03-31", None)], "fulfilled"),
        ([("2026-01-01", None)], "fulfilled"),
        ([("2026-04-01", None)], "late"),
        ([("2026-03-01", 0.1), ("2026-03-31", 0.2)], "fulfilled"),
        ([("2026-03-01", 0.1), ("2026-04-01", 0.2)], "late"),
        ([("2026-03-01", 0.2)], "overdue"),
        ([], "overdue"),
    ],
)
def test_dues_reach_the_assessed_amount_by_the_end_of_the_month(
    payments: list[tuple[str, float | None]], is_now: str
) -> None:
    records = a_branch() | paid(*payments)
    assert state(records, "10.1(6)m/2026-03/m001") == is_now
    assert state(records, "10.1(6)m/2026-03/m002") == "overdue"


def test_a_deferral_gives_until_its_day_once_it_is_approved() -> None:
    deferral = {"from": "2026-02", "to": "2026-04", "approved_on": "2026-04-20"}
    records = a_branch() | paid(("2026-04-30", None), deferrals=[deferral])
    duty = "10.1(6)m/2026-03/m001"
    assert [state(records, duty, date(2026, 4, day)) for day in (19, 20, 30)] == ["overdue", "open", "fulfilled"]
    deferral["pay_by"] = "2026-04-29"
    assert state(records, duty) == "late"


def test_a_deferral_does_not_decide_whether_dues_are_owed() -> None:
    deferral = {"from": "2026-03", "to": "2026-12", "approved_on": "2026-01-05"}
    records = a_branch() | paid(deferrals=[deferral]) | amendment("10.1(6)m", "2026-01-01", due={"day": 5})
    records["members/m001.yaml"]["status"] = standing("full", "2026-03-10")
    assert state(records, "10.1(6)m/2026-03/m001") == "not-applicable"


def letter(**fields: str) -> dict[str, Raw]:
    return sheet("letter", "letter-l1", id="l1", received_on="2025-12-20", **fields)


def test_what_follows_from_an_event_is_listed_until_it_is_answered() -> None:
    duty = "9.2(7)/2025/l1"
    assert [state(a_branch() | letter(), duty, date(2026, 2, day)) for day in (18, 19)] == ["open", "overdue"]
    assert state(a_branch() | letter(replied_on="2025-12-31"), duty) is None
    assert state(a_branch() | letter(replied_on="2026-01-01"), duty) == "fulfilled"
    assert state(a_branch() | letter(replied_on="2026-02-19"), duty) == "late"
    assert state(a_branch() | letter(replied_on="2026-02-19"), duty, date(2026, 2, 18)) == "open"
    assert state(a_branch() | letter(), duty, date(2025, 12, 19)) is None
    assert duty in expected(a_branch() | letter(), LATER, 2027)
    assert duty not in expected(a_branch() | letter(), END, 2027)
    assert state(a_branch() | letter() | waiver(duty, "waived"), duty) == "waived"
    assert state(a_branch() | letter() | amendment("9.2(7)", "2025-12-20", off=True), duty) is None


def test_a_problem_is_solved_or_reported_up_whichever_comes_first() -> None:
    item = {"id": "i1", "due": "2026-08-01", "reported_up_on": "2026-07-20"}
    duty = "4.6/2026/2026-06-25-rectification-i1"
    for fields in ({}, {"closed_on": "2026-08-10"}):
        records = a_branch() | sheet(
            "rectification", "2026-06-25-rectification", date="2026-06-25", items=[item | fields]
        )
        assert state(records, duty) == "fulfilled"
        assert state(records, duty, date(2026, 7, 19)) == "open"


def test_each_major_resolution_that_passed_is_disclosed() -> None:
    passed = [{"major": True}, {"major": True, "passed": False}, {}, {"major": True}]
    records = a_branch() | meeting("general-meeting", "2026-03-20", "1234", resolutions=passed)
    name = "2026-03-20-general-meeting"
    records = {f"meetings/{path}.md" if path == name else path: data for path, data in records.items()}
    records |= sheet("disclosure", "d", **{"date": "2026-04-04", "class": 1, "about": [name], "resolution": 4})
    found = {key: each.state for key, each in expected(records, END, 2026).items() if key.startswith("8.2(1)")}
    assert found == {f"8.2(1)/2026/{name}-1": "overdue", f"8.2(1)/2026/{name}-4": "fulfilled"}


def test_an_admonitory_talk_is_followed_and_concluded() -> None:
    talk = {
        "id": "a1",
        "date": "2026-05-10",
        "deadline": "2026-08-10",
        "checks": [{"date": "2026-08-11"}, {"date": "2026-08-10"}],
    }
    records = a_branch() | sheet("admonition", "a1", **talk, outcome={"date": "2026-09-10"})
    assert (state(records, "10.4a/2026/a1"), state(records, "10.4b/2026/a1")) == ("fulfilled", "late")
    assert state(records, "10.4b/2026/a1", date(2026, 9, 9)) == "open"


@pytest.mark.parametrize(
    ("state_then", "day", "is_now"),
    [
        ("improved", "2026-05-09", "overdue"),
        ("improved", "2026-05-10", "fulfilled"),
        ("improved", "2026-08-09", "fulfilled"),
        ("unchanged", "2026-08-09", "overdue"),
        ("unchanged", "2026-08-10", "fulfilled"),
        ("unchanged", "2026-09-10", "late"),
    ],
)
def test_only_what_is_unchanged_waits_for_the_deadline(state_then: str, day: str, is_now: str) -> None:
    talk = {"id": "a1", "date": "2026-05-10", "deadline": "2026-08-10", "outcome": {"state": state_then, "date": day}}
    assert state(a_branch() | sheet("admonition", "a1", **talk), "10.4b/2026/a1") == is_now

"""The oracle on posts that end with the person, on branches small enough to be worked out by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.duty.oracle.small import END, a_branch, meeting, sheet, standing, state

if TYPE_CHECKING:
    from tests.duty.oracle.days import Raw


def gone(member: str, *statuses: tuple[str, str], **changes: Any) -> dict[str, Raw]:
    """Make the branch of seven with an eighth, and change what one of them was."""
    records = a_branch(**changes)
    records["members/m008.yaml"] = records["members/m007.yaml"] | {"id": "m008"}
    for status, day in statuses:
        records[f"members/{member}.yaml"]["status"] += standing(status, day)
    return records


def beside(records: dict[str, Raw], post: str, member: str, start: str) -> dict[str, Raw]:
    """Enter another holder of a post, and leave what stands there as it is."""
    records["branch.yaml"]["terms"][0]["posts"].append({"post": post, "member": member, "from": start})
    return records


def inspected(records: dict[str, Raw], day: str, inspector: str) -> str | None:
    """Return the state of the quarter's inspection, which the secretary must make (1.4e), with one made on a day."""
    made = sheet("plan-inspection", "i", date=day, inspector=inspector)
    return state(records | made, f"1.4e/2026-Q{(int(day[5:7]) + 2) // 3}")


@pytest.mark.parametrize(
    ("day", "inspector", "is_now"),
    [
        ("2026-03-09", "m001", "fulfilled"),
        ("2026-03-09", "m002", "overdue"),
        ("2026-03-10", "m002", "fulfilled"),
        ("2026-03-10", "m003", "overdue"),
    ],
)
def test_the_successor_inspects_from_the_day_of_the_transfer(day: str, inspector: str, is_now: str) -> None:
    records = beside(gone("m001", ("transferred", "2026-03-10")), "secretary", "m002", "2026-03-10")
    assert inspected(records, day, inspector) == is_now
    # The text asks for no chair of the meetings of 3.1 to 3.3.
    assert state(records | meeting("committee-meeting", day, "312"), "3.2/2026-03") == "fulfilled"


@pytest.mark.parametrize("status", ["transferred", "left", "suspended"])
def test_nobody_is_asked_for_whom_there_is_not(status: str) -> None:
    records = gone("m001", (status, "2026-03-10")) | meeting("general-meeting", "2026-03-20", "2345")
    assert state(records, "3.3/2026-Q1") == "fulfilled"
    records |= sheet("plan-inspection", "i", date="2026-03-31", inspector="m003")
    assert state(records, "1.4e/2026-Q1") == "fulfilled"


def test_laying_down_a_post_is_no_departure() -> None:
    records = gone("m001")
    records["branch.yaml"]["terms"][0]["posts"][0]["to"] = "2026-03-09"
    assert inspected(records, "2026-03-20", "m002") == "overdue"


def test_who_returns_does_not_take_the_post_up_again() -> None:
    records = gone("m001", ("left", "2026-03-10"), ("full", "2026-05-01"))
    beside(records, "secretary", "m002", "2026-03-10")
    assert inspected(records, "2026-06-05", "m001") == "overdue"
    assert inspected(records, "2026-06-05", "m002") == "fulfilled"
    beside(records, "secretary", "m001", "2026-05-01")
    assert inspected(records, "2026-06-05", "m001") == "fulfilled"


def test_a_suspension_ends_and_the_post_goes_on() -> None:
    records = gone("m001", ("suspended", "2026-03-10"), ("full", "2026-05-01"))
    assert inspected(records, "2026-04-05", "m002") == "fulfilled"
    assert inspected(records, "2026-05-05", "m002") == "overdue"
    assert inspected(records, "2026-05-05", "m001") == "fulfilled"


def test_the_leader_of_a_group_left() -> None:
    records = gone("m004", ("transferred", "2026-03-10"))
    assert state(records | meeting("group-meeting", "2026-03-12", "5"), "3.1/2026-03/g1") == "fulfilled"
    assert state(records | meeting("group-meeting", "2026-03-09", "5"), "3.1/2026-03/g1") == "fulfilled"
    records["branch.yaml"]["groups"][0]["leaders"].append({"member": "m006", "from": "2026-04-01"})
    assert state(records | meeting("group-meeting", "2026-03-12", "5"), "3.1/2026-03/g1") == "fulfilled"
    assert state(records | meeting("group-meeting", "2026-04-12", "5"), "3.1/2026-04/g1") == "fulfilled"
    assert state(records | meeting("group-meeting", "2026-04-12", "6"), "3.1/2026-04/g1") == "fulfilled"


@pytest.mark.parametrize(
    ("day", "is_now"), [("2026-06-30", "not-applicable"), ("2026-12-31", "not-applicable"), ("2027-01-01", "overdue")]
)
def test_workers_and_leaders_who_are_gone_owe_nothing_more(day: str, is_now: str) -> None:
    records = gone("m003", ("left", day), workers=[{"member": "m003", "from": "2024-01-01"}])
    later = date(2027, 3, 1)
    assert state(records, "6.4/2026/m003", later) == is_now
    assert state(records, "9.2(5)/2026/m003", later) == is_now


def test_committee_members_who_are_gone_are_not_due() -> None:
    records = gone("m003", ("left", "2026-03-01")) | meeting("committee-meeting", "2026-03-20", "1")
    assert state(records, "3.2/2026-03", END) == "fulfilled"

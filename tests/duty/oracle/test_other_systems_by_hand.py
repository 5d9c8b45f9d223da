"""The oracle on the duties of the other systems, each worked out by hand from its clause."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.duty.oracle.oracle import expected
from tests.duty.oracle.small import END, a_branch, amendment, meeting, sheet, standing, state

if TYPE_CHECKING:
    from tests.duty.oracle.days import Raw

LATER = date(2027, 6, 30)


@pytest.mark.parametrize(
    ("duty", "due"),
    [
        ("1.4a/2026", (2026, 1, 31)),
        ("1.4b/2026-Q2", (2026, 4, 10)),
        ("1.4c/2026-02", (2026, 2, 28)),
        ("1.4e/2026-Q2", (2026, 6, 30)),
        ("1.4f/2026-H1", (2026, 7, 15)),
        ("1.4f/2026-H2", (2027, 1, 15)),
        ("1.5/2026-Q3", (2026, 9, 30)),
        ("1.7/2026", (2026, 6, 30)),
        ("2.3/2026", (2026, 1, 31)),
        ("4.1/2026-H1", (2026, 6, 30)),
        ("5.2/2026/m001", (2026, 1, 31)),
        ("5.3a/2026-02/g1", (2026, 3, 10)),
        ("5.3b/2026-H2/g1", (2027, 1, 15)),
        ("5.5b/2026/m001", (2027, 1, 31)),
        ("5.5c/2026", (2027, 3, 31)),
        ("6.3b/2026-11", (2026, 11, 30)),
        ("6.5/2026", (2026, 12, 31)),
        ("7.1/2026", (2027, 2, 28)),
        ("8.2(4)/2026", (2027, 1, 31)),
        ("9.2(1)/2026-H1", (2026, 7, 15)),
        ("9.2(5)/2026/m003", (2026, 12, 31)),
        ("10.1(6)m/2026-02/m007", (2026, 2, 28)),
    ],
)
def test_due_days_without_any_setting(duty: str, due: tuple[int, int, int]) -> None:
    assert expected(a_branch(), END, 2026)[duty].due == date(*due)


def test_settings_move_due_days_and_periods() -> None:
    found = expected(a_branch(settings={"quarter_plan_day": 31, "plan_inspection_every": "month"}), END, 2026)
    assert found["1.4b/2026-Q2"].due == date(2026, 4, 30)
    assert [name for name in found if name.startswith("1.4e")] == [f"1.4e/2026-{month:02d}" for month in range(1, 13)]


@pytest.mark.parametrize(
    ("day", "is_now"), [("2025-12-20", "fulfilled"), ("2026-01-31", "fulfilled"), ("2026-02-01", "late")]
)
def test_a_plan_counts_for_the_year_it_names(day: str, is_now: str) -> None:
    assert state(a_branch() | sheet("education-plan", "e", year=2026, approved_on=day), "1.6a/2026") == is_now
    assert state(a_branch() | sheet("education-plan", "e", year=2025, approved_on=day), "1.6a/2026") == "overdue"


def test_an_annual_plan_may_hold_quarters_and_clean_conduct() -> None:
    plan = {
        "year": 2026,
        "approved_on": "2026-01-09",
        "tasks": [{"section": "style"}],
        "quarters": [{"quarter": "2026-Q1"}],
    }
    found = expected(a_branch() | sheet("annual-plan", "annual", **plan), END, 2026)
    assert [found[f"1.4b/2026-Q{number}"].state for number in (1, 2)] == ["fulfilled", "overdue"]
    assert (found["2.3/2026"].state, len(found["2.3/2026"].near_misses)) == ("overdue", 1)
    plan["tasks"] = [{"section": "clean-conduct"}]
    assert state(a_branch() | sheet("annual-plan", "annual", **plan), "2.3/2026") == "fulfilled"


def test_a_committee_meeting_may_arrange_the_month_but_needs_its_quorum() -> None:
    served = meeting("committee-meeting", "2026-03-05", "12", agenda=["month-plan"])
    assert state(a_branch() | served, "1.4c/2026-03") == "fulfilled"
    assert state(a_branch() | meeting("committee-meeting", "2026-03-05", "12"), "1.4c/2026-03") == "overdue"
    short = expected(a_branch() | meeting("committee-meeting", "2026-03-05", "1", agenda=["month-plan"]), END, 2026)
    assert len(short["1.4c/2026-03"].near_misses) == 1
    made_up = a_branch() | meeting("committee-meeting", "2026-04-05", "12", agenda=["month-plan"], makes_up="2026-03")
    assert [state(made_up, f"1.4c/2026-0{month}") for month in (3, 4)] == ["late", "overdue"]


@pytest.mark.parametrize(
    ("sections", "is_now"),
    [
        ({"党建工作分析": "好", "职工思想分析": "稳"}, "fulfilled"),
        ({"党建工作分析": "好", "职工思想分析": " "}, "overdue"),
        ({"党建工作分析": "好"}, "overdue"),
    ],
)
def test_a_party_building_meeting_has_two_topics(sections: dict[str, str], is_now: str) -> None:
    held = meeting("party-building-meeting", "2026-03-05", "1", sections=sections)
    assert state(a_branch() | held, "1.5/2026-Q1") == is_now


def test_the_secretary_inspects() -> None:
    assert (
        state(a_branch() | sheet("plan-inspection", "i", date="2026-03-31", inspector="m001"), "1.4e/2026-Q1")
        == "fulfilled"
    )
    assert (
        state(a_branch() | sheet("plan-inspection", "i", date="2026-03-31", inspector="m002"), "1.4e/2026-Q1")
        == "overdue"
    )


def life(day: str, present: str, notice: str, report: str, absent: str = "") -> dict[str, Raw]:
    """Make a life meeting; of the seven members those neither present nor absent had leave."""
    leave = [{"member": f"m00{digit}"} for digit in "1234567" if digit not in present + absent]
    sent = {"notice": {"sent_on": notice}, "reported_up": {"sent_on": report}}
    return meeting("democratic-life-meeting", day, present, leave=leave, **sent)


@pytest.mark.parametrize(
    ("as_of", "is_now"), [((2026, 6, 20), "upcoming"), ((2026, 6, 21), "open"), ((2026, 7, 1), "overdue")]
)
def test_life_meetings_are_for_the_end_of_the_half(as_of: tuple[int, int, int], is_now: str) -> None:
    assert state(a_branch(), "4.1/2026-H1", date(*as_of)) == is_now
    extra = a_branch() | life("2026-05-31", "12", "2026-05-20", "2026-05-20")
    assert state(extra, "4.1/2026-H1", date(*as_of)) == is_now
    early = a_branch() | life("2026-06-01", "12", "2026-05-20", "2026-05-20")
    assert state(early, "4.1/2026-H1", date(*as_of)) == "fulfilled"


def test_who_comes_from_another_branch_has_sixty_days_for_targets() -> None:
    records = a_branch()
    records["members/m006.yaml"] = {"kind": "member", "id": "m006", "status": standing("full", "2026-10-01")}
    found = expected(records, END, 2026)["5.2/2026/m006"]
    assert (found.state, found.due) == ("overdue", date(2026, 11, 30))
    records["members/m006.yaml"] = {"kind": "member", "id": "m006", "status": standing("full", "2026-10-02")}
    assert state(records, "5.2/2026/m006") == "not-applicable"
    records["members/m006.yaml"] = {"kind": "member", "id": "m006", "status": standing("probationary", "2026-03-02")}
    assert state(records, "5.2/2026/m006") == "not-applicable"


@pytest.mark.parametrize(
    ("notice", "report", "is_now"),
    [
        ("2026-06-18", "2026-06-15", "fulfilled"),
        ("2026-06-19", "2026-06-15", "overdue"),
        ("2026-06-18", "2026-06-16", "overdue"),
    ],
)
def test_seven_days_of_notice_and_ten_of_report(notice: str, report: str, is_now: str) -> None:
    records = a_branch() | life("2026-06-25", "12", notice, report)
    assert (state(records, "4.1/2026-H1"), state(records, "4.4/2026-H1")) == ("fulfilled", is_now)
    assert state(records, "9.2(2)/2026-H1") == "fulfilled"
    assert state(records, "6.5/2026") == "open"


def test_notice_on_the_day_is_no_notice_whatever_the_setting() -> None:
    settings = {"notice_lead_days": 0, "report_lead_days": 0}
    assert (
        state(a_branch(settings=settings) | life("2026-06-25", "12", "2026-06-25", "2026-06-24"), "4.4/2026-H1")
        == "overdue"
    )
    assert (
        state(a_branch(settings=settings) | life("2026-06-25", "12", "2026-06-24", "2026-06-24"), "4.4/2026-H1")
        == "fulfilled"
    )


def test_in_a_small_branch_all_members_are_due_at_the_life_meeting() -> None:
    records = a_branch() | life("2026-06-25", "1", "2026-06-01", "2026-06-01")
    records["2026-06-25-democratic-life-meeting"]["present"] = ["m005"]
    records["2026-06-25-democratic-life-meeting"]["leave"] += [{"member": "m001"}]
    assert state(records, "4.1/2026-H1") == "overdue"
    del records["members/m007.yaml"]
    assert state(records, "4.1/2026-H1") == "fulfilled"


@pytest.mark.parametrize(
    ("present", "absent", "is_now"),
    [("123", "", "fulfilled"), ("1", "", "fulfilled"), ("12", "3", "overdue"), ("1", "23", "overdue"),
     ("123", "4", "fulfilled")],
)  # fmt: skip
def test_no_committee_member_just_stays_away(present: str, absent: str, is_now: str) -> None:
    records = a_branch() | life("2026-06-25", present, "2026-06-01", "2026-06-01", absent)
    assert (state(records, "4.1/2026-H1"), state(records, "9.2(2)/2026-H1")) == (is_now, is_now)
    assert state(records, "4.4/2026-H1") == "fulfilled"


@pytest.mark.parametrize(
    ("found", "is_now"),
    [({}, "fulfilled"), ({"room": False}, "open"), ({"kit": False}, "open"), ({"subscriptions": []}, "open"),
     ({"subscriptions": ["【待填】"]}, "open")],
)  # fmt: skip
def test_room_kit_and_papers_are_all_asked_for(found: Raw, is_now: str) -> None:
    check = {"date": "2026-12-31", "room": True, "kit": True, "subscriptions": ["党报"]} | found
    assert state(a_branch() | sheet("facility-check", "f", **check), "6.6/2026") == is_now


def test_targets_are_owed_by_whoever_belonged_and_early_enough() -> None:
    records = a_branch()
    records["members/m005.yaml"]["status"] = standing("probationary", "2026-01-16")
    records["members/m006.yaml"]["status"] = standing("probationary", "2026-01-17")
    records["members/m007.yaml"]["status"] = standing("suspended", "2024-01-01")
    found = expected(records, END, 2026)
    assert [found[f"5.2/2026/m00{number}"].state for number in (1, 5, 6)] == ["overdue", "overdue", "not-applicable"]
    assert "5.2/2026/m007" not in found
    assert found["5.5b/2026/m006"].state == "open"
    records |= sheet("target", "m005", year=2026, member="m005", approved_on="2026-02-01")
    assert (state(records, "5.2/2026/m005"), state(records, "5.2/2026/m001")) == ("late", "overdue")


def test_a_log_leaves_out_nobody_of_the_group() -> None:
    entries = [{"member": f"m00{number}"} for number in range(1, 8)]
    log = {"month": "2026-03", "group": "g1", "date": "2026-04-10", "entries": entries}
    assert state(a_branch() | sheet("target-log", "l", **log), "5.3a/2026-03/g1") == "fulfilled"
    assert state(a_branch() | sheet("target-log", "l", **log | {"date": "2026-04-11"}), "5.3a/2026-03/g1") == "late"
    assert (
        state(a_branch() | sheet("target-log", "l", **log | {"entries": entries[1:]}), "5.3a/2026-03/g1") == "overdue"
    )


def test_a_check_of_a_half_covers_the_members_of_that_half() -> None:
    records = a_branch()
    rows = [{"member": f"m00{number}"} for number in range(1, 7)]
    records |= sheet("participation-check", "c", half="2026-H1", date="2026-07-10", members=rows)
    records["members/m007.yaml"]["status"] = standing("full", "2026-07-03")
    assert state(records, "9.2(1)/2026-H1") == "fulfilled"
    records["members/m007.yaml"]["status"] = standing("full", "2024-01-01") + standing("left", "2026-07-03")
    assert state(records, "9.2(1)/2026-H1") == "overdue"


def test_training_of_members_and_of_each_worker() -> None:
    workers = [{"member": "m002", "from": "2025-01-01"}, {"member": "m003", "from": "2025-01-01", "to": "2025-12-31"}]
    training = {"date": "2026-06-30", "audience": ["party-workers"], "present": ["m002"]}
    found = expected(a_branch(workers=workers) | sheet("training", "t", **training), END, 2026)
    assert found["6.4/2026/m002"].state == "fulfilled"
    assert "6.4/2026/m003" not in found
    assert found["6.3c/2026-H1"].state == "overdue"
    assert state(a_branch(), "6.4/2026") == "not-applicable"
    both = sheet("training", "t", **training | {"audience": ["members", "party-workers"], "present": ["m001"]})
    assert state(a_branch(workers=workers) | both, "6.3c/2026-H1") == "fulfilled"
    assert state(a_branch(workers=workers) | both, "6.4/2026/m002") == "open"


def test_what_counts_by_its_day_is_late_only_after_an_earlier_due_day() -> None:
    records = a_branch() | sheet("facility-check", "f", date="2026-12-31", room=True, kit=True, subscriptions=["党报"])
    assert state(records, "6.6/2026") == "fulfilled"
    assert state(records | amendment("6.6", "2026-01-01", due={"month": 11}), "6.6/2026") == "late"


def test_disclosures_of_dues_name_their_year() -> None:
    item = {"date": "2027-01-31", "class": 4, "about": ["dues-2026"]}
    assert state(a_branch() | sheet("disclosure", "d", **item), "8.2(4)/2026", LATER) == "fulfilled"
    assert state(a_branch() | sheet("disclosure", "d", **item | {"date": "2027-02-01"}), "8.2(4)/2026", LATER) == "late"
    assert (
        state(a_branch() | sheet("disclosure", "d", **item | {"about": ["dues-2025"]}), "8.2(4)/2026", LATER)
        == "overdue"
    )
    assert (
        state(a_branch() | sheet("disclosure", "d", **{"date": "2026-05-05", "class": 3}), "8.2(3)/2026") == "fulfilled"
    )


def test_a_general_meeting_may_hear_the_administration() -> None:
    heard = {"administrative_report": {"speaker": "经理"}}
    records = a_branch() | meeting("general-meeting", "2026-04-05", "1234", **heard)
    assert (state(records, "9.2(4)/2026-H1"), state(records, "3.3/2026-Q2")) == ("fulfilled", "fulfilled")
    records = a_branch() | meeting("general-meeting", "2026-07-05", "1234", makes_up="2026-Q2", **heard)
    assert (state(records, "9.2(4)/2026-H1"), state(records, "3.3/2026-Q2")) == ("late", "late")


def test_what_makes_up_for_a_quarter_makes_up_for_it_in_the_half_year() -> None:
    heard = {"administrative_report": {"speaker": "经理"}, "makes_up": "2026-Q3"}
    records = a_branch() | meeting("general-meeting", "2026-10-05", "1234", **heard)
    states = [state(records, duty) for duty in ("3.3/2026-Q3", "3.3/2026-Q4", "9.2(4)/2026-H2")]
    assert states == ["late", "open", "fulfilled"]

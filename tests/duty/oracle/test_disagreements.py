"""The smallest branches on which the tool once read the text otherwise than the oracle."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tests.duty.oracle.compare import opened, tool_states
from tests.duty.oracle.oracle import expected
from tests.duty.oracle.test_counts import a_branch

if TYPE_CHECKING:
    from tests.duty.oracle.days import Raw

END = date(2026, 12, 31)


def both(records: dict[str, Raw], duty: str, as_of: date = END) -> tuple[str, str]:
    """Return the state of a duty of 2026 as the oracle and as the tool says it."""
    return expected(records, as_of, 2026)[duty].state, tool_states(opened(records), as_of, 2026)[duty].state


def life(day: str, present: list[str], sent: str) -> dict[str, Raw]:
    """Make a democratic life meeting; notice and report were sent on one day, and who was not present had leave."""
    meeting: Raw = {"schema": 1, "kind": "democratic-life-meeting", "date": day, "time": "15:00-16:10"}
    meeting |= {"place": "会议室", "chair": "m001", "recorder": "m005", "present": present, "absent": []}
    others = [f"m00{number}" for number in range(1, 8) if f"m00{number}" not in present]
    meeting["leave"] = [{"member": member, "reason": "other"} for member in others]
    meeting |= {"topics": ["学习"], "theme": "转变作风", "focus_problem": "记录不及时", "superior_present": []}
    meeting |= {"notice": {"sent_on": sent}, "reported_up": {"sent_on": sent}, "self_checks": []}
    return {f"meetings/2026/{day}-democratic-life-meeting.md": meeting}


def test_six_full_members_in_a_term_with_a_committee() -> None:
    """Fewer than seven full members are no committee, whatever the term says (0004)."""
    records = a_branch(0, 6) | life("2026-06-25", ["m005"], "2026-06-01")
    assert both(records, "4.1/2026-H1") == ("fulfilled", "fulfilled")


def test_notice_on_the_day_of_the_meeting() -> None:
    """Notice and report come before the day, also where the lead is 0 (4.4)."""
    records = a_branch(0, 7) | life("2026-06-25", ["m001"], "2026-06-25")
    records["branch.yaml"]["settings"] = {"notice_lead_days": 0, "report_lead_days": 0}
    assert both(records, "4.4/2026-H1") == ("overdue", "overdue")


def test_a_life_meeting_that_an_amendment_wants_before_the_window() -> None:
    """Once the due day has passed a duty is overdue, not upcoming."""
    change: dict[str, Any] = {"clause": "4.1", "from": "2026-01-01", "due": {"month": 5}}
    source = {"document": "镇党委通知", "approved_by": "虚构镇党委"}
    records = a_branch(0, 7) | {"rules/a.yaml": {"schema": 1, "kind": "amendment", **change, "source": source}}
    assert both(records, "4.1/2026-H1", date(2026, 6, 1)) == ("overdue", "overdue")


def test_a_point_that_was_deferred_into_the_next_year() -> None:
    """A deferral moves the due day, until which what is unanswered is listed."""
    point = {"id": "p1", "point": "台账不全", "measure": "补齐", "owner": "m001", "due": "2025-12-09"}
    inspection: Raw = {"schema": 1, "kind": "superior-inspection", "date": "2025-11-29", "body": "虚构镇党委"}
    duty = "1.4g/2025/2025-11-29-superior-inspection-p1"
    waiver: Raw = {"schema": 1, "kind": "waiver", "date": "2025-12-01", "duties": [duty], "outcome": "deferred"}
    records = a_branch(0, 7) | {
        "inspections/2025/2025-11-29-superior-inspection.yaml": inspection | {"result": "较好", "points": [point]},
        "waivers/2025/2025-12-01-a.yaml": waiver | {"until": "2026-01-03", "reason": "停产", "approved_by": "镇党委"},
    }
    as_of = date(2025, 12, 16)
    assert expected(records, as_of, 2026)[duty].state == "open"
    assert duty in tool_states(opened(records), as_of, 2026)

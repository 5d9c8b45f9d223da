"""Systems 3, 4 and 6: what a meeting's kind asks for beside attendance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.model.document import PLACEHOLDER
from dangwu.model.period import parse_clock
from dangwu.model.record import UNPLANNED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dangwu.authoring.new.request import RecordRequest

_ANALYSED_ISSUES = 2


def fill_party_building(order: RecordRequest, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Take the two things that are analysed as the issues (1.5)."""
    topics = [heading[order.language != "zh"] for heading in order.kind.headings[:_ANALYSED_ISSUES]]
    return {"topics": topics} if _lacks_topics(fields) else {}


def fill_democratic_life(order: RecordRequest, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Ask for theme, notice and report; everyone of the body who was not absent made a self-check (4.3, 4.4)."""
    known = {*fields["present"], *(leave["member"] for leave in fields["leave"])}
    made = {"reported_up": {"to": order.superior}, "self_checks": sorted(known)}
    fixed = {"in_attendance_fixed_by": PLACEHOLDER} if fields.get("in_attendance") else {}
    return {**made, **fixed, **_fill_theme(order, fields)}


def fill_organizational_life(order: RecordRequest, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Ask for the theme; everyone present spoke (6.5)."""
    return {"spoke": list(fields["present"]), **_fill_theme(order, fields)}


def fill_study_session(order: RecordRequest, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Work out the hours from the clock, and which item of the education plan it was (6.3)."""
    start, _, end = (str(fields["time"])).partition("-")
    hours = round((parse_clock(end) - parse_clock(start)) / 60, 1)
    item = _find_plan_item(order)
    made = {"hours": int(hours) if hours == int(hours) else hours, "plan_item": item["id"] if item else UNPLANNED}
    return {**made, "topics": [item["topic"]]} if item and _lacks_topics(fields) else made


def _fill_theme(order: RecordRequest, fields: Mapping[str, Any]) -> dict[str, Any]:
    theme = order.get("theme")
    return {"topics": [theme]} if theme and _lacks_topics(fields) else {}


def _lacks_topics(fields: Mapping[str, Any]) -> bool:
    return bool(fields["topics"] == [PLACEHOLDER])


def _find_plan_item(order: RecordRequest) -> Mapping[str, Any] | None:
    """Return the first item of the plan for a study session in the month that no record cites yet."""
    plan = order.sheet("education-plan", order.day.year)
    cited = {meeting.data.get("plan_item") for meeting in order.corpus.meetings}
    cited |= {training.data.get("plan_item") for training in order.corpus.of("training")}
    said = order.get("plan_item")
    for item in plan.data["items"] if plan else ():
        here = item["form"] == order.kind.name and item["month"] == order.day.month and item["id"] not in cited
        if item["id"] == said or (said is None and here):
            return dict(item)
    return None

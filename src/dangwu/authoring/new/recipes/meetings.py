"""Recipes for systems 1, 4 and 6: the fields of a kind of meeting besides attendance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.authoring.new.recipes.plan_item import find_plan_item
from dangwu.model.document import PLACEHOLDER
from dangwu.model.period import parse_clock
from dangwu.model.record import UNPLANNED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dangwu.authoring.new.request import RecordRequest

_ANALYSED_ISSUES = 2


def fill_party_building(request: RecordRequest, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Take the two required analyses as topics (1.5)."""
    topics = [heading[request.language != "zh"] for heading in request.kind.headings[:_ANALYSED_ISSUES]]
    return {"topics": topics} if _lacks_topics(fields) else {}


def fill_democratic_life(request: RecordRequest, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Ask for theme, notice, report and who made a self-check (4.3, 4.4)."""
    known = {"reported_up": {"to": request.superior}, "self_checks": [PLACEHOLDER]}
    fixed = {"in_attendance_fixed_by": PLACEHOLDER} if fields.get("in_attendance") else {}
    return {**known, **fixed, **_fill_theme(request, fields)}


def fill_organizational_life(request: RecordRequest, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Ask for the theme and who spoke (6.5)."""
    return {"spoke": [PLACEHOLDER], **_fill_theme(request, fields)}


def fill_study_session(request: RecordRequest, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Work out the hours from the time, and the item of the education plan (6.3)."""
    start, _, end = (str(fields["time"])).partition("-")
    hours = round((parse_clock(end) - parse_clock(start)) / 60, 1)
    item = find_plan_item(request)
    known = {"hours": int(hours) if hours == int(hours) else hours, "plan_item": item["id"] if item else UNPLANNED}
    return {**known, "topics": [item["topic"]]} if item and _lacks_topics(fields) else known


def _fill_theme(request: RecordRequest, fields: Mapping[str, Any]) -> dict[str, Any]:
    theme = request.get("theme")
    return {"topics": [theme]} if theme and _lacks_topics(fields) else {}


def _lacks_topics(fields: Mapping[str, Any]) -> bool:
    return bool(fields["topics"] == [PLACEHOLDER])

"""The item of the year's education plan that a session or training carries out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.model.record import UNPLANNED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dangwu.authoring.new.request import RecordRequest


def find_plan_item(request: RecordRequest) -> Mapping[str, Any] | None:
    """Return the plan's item with the given id; without one, the first of the month that no record cites."""
    plan = request.find_record("education-plan", request.day.year)
    cited = {meeting.data.get("plan_item") for meeting in request.corpus.meetings}
    cited |= {training.data.get("plan_item") for training in request.corpus.of("training")}
    given = request.get("plan_item")
    for item in plan.data["items"] if plan else ():
        is_next = item["form"] == request.kind.name and item["month"] == request.day.month and item["id"] not in cited
        if item["id"] == given or (given is None and is_next):
            return dict(item)
    return None


def find_plan_item_id(request: RecordRequest) -> str:
    """Return the id of the item, or the word for a session that no plan has."""
    item = find_plan_item(request)
    return str(item["id"]) if item else UNPLANNED

"""Systems 1 and 2: plans, inspections and summaries, from the tasks of the year's plan (1.4a-1.7, 2.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.model.document import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dangwu.authoring.new.request import RecordRequest

PLAN_SECTIONS = ("ideology", "organization", "style", "clean-conduct")
_OWNER_POSTS = {"ideology": "publicity", "organization": "organization"}
_DONE = "done"


def fill_annual_plan(order: RecordRequest) -> dict[str, Any]:
    """Give a task to each section (1.2), clean conduct among them (2.3), and its owner where a post tells it."""
    count = max(len(PLAN_SECTIONS), int(order.extra.get("rows") or 0))
    sections = sorted((PLAN_SECTIONS[number % len(PLAN_SECTIONS)] for number in range(count)), key=PLAN_SECTIONS.index)
    tasks = [
        {
            "id": f"t{number}",
            "section": section,
            "task": PLACEHOLDER,
            "measure": PLACEHOLDER,
            "owner": _find_owner(order, section) or PLACEHOLDER,
            "department": PLACEHOLDER,
            "due": PLACEHOLDER,
        }
        for number, section in enumerate(sections, 1)
    ]
    return {"approved_by": order.body, "tasks": tasks}


def _find_owner(order: RecordRequest, section: str) -> str | None:
    return order.discipline if section == "clean-conduct" else order.post(_OWNER_POSTS.get(section, ""))


def fill_phase_plan(order: RecordRequest) -> dict[str, Any]:
    """Take the tasks of the annual plan that fall due in the quarter or month."""
    span = order.period
    due = [task for task in _find_plan_tasks(order) if span.start.isoformat() <= task["due"] < span.end.isoformat()]
    items = [{"task": task["id"], "text": task["task"], "owner": task["owner"], "due": task["due"]} for task in due]
    return {"approved_by": order.body, "items": items or order.rows("items")}


def fill_plan_inspection(order: RecordRequest) -> dict[str, Any]:
    """Ask the secretary about every task that is still open (1.4e)."""
    done = {report["task"] for report in _find_task_reports(order) if report["state"] == _DONE}
    tasks = [{"task": task["id"], "state": PLACEHOLDER} for task in _find_plan_tasks(order) if task["id"] not in done]
    return {"inspector": order.post("secretary"), "tasks": tasks or order.rows("tasks")}


def _find_task_reports(order: RecordRequest) -> Iterator[Mapping[str, Any]]:
    """Yield what inspections and summaries of the year said of tasks, up to the day."""
    for kind, field in (("plan-inspection", "tasks"), ("mid-year-summary", "results"), ("year-end-summary", "results")):
        for sheet in order.corpus.of(kind):
            if sheet.day is not None and sheet.day.year == order.year and sheet.day <= order.day:
                yield from sheet.data[field]


def fill_summary(order: RecordRequest) -> dict[str, Any]:
    """Ask for a result of every task of the plan (1.4f)."""
    results = [{"task": task["id"], "state": PLACEHOLDER, "result": PLACEHOLDER} for task in _find_plan_tasks(order)]
    return {"author": order.post("secretary"), "results": results or order.rows("results")}


def _find_plan_tasks(order: RecordRequest) -> list[Mapping[str, Any]]:
    plan = order.sheet("annual-plan", order.year)
    return list(plan.data["tasks"]) if plan else []


def fill_education_plan(order: RecordRequest) -> dict[str, Any]:
    """Give the items numbers, so that sessions can cite them (6.3a)."""
    return {"approved_by": order.body, "items": order.rows("items", "e")}


def fill_development_plan(order: RecordRequest) -> dict[str, Any]:
    """Take over the people of last year's plan who have not become members (1.6b)."""
    before = order.sheet("development-plan", order.year - 1)
    names = {member.name for member in order.corpus.members}
    people = [dict(person) for person in before.data["people"] if person["name"] not in names] if before else []
    people += order.rows("people", f"{order.year}-") if order.extra.get("rows") else []
    return {"approved_by": order.body, "people": people}


def fill_excellence_summary(order: RecordRequest) -> dict[str, Any]:
    """Ask for the notice and for who was commended, unless the superior deployed nothing (1.7)."""
    if order.extra.get("nothing_deployed") or order.get("deployed") is False:
        return {"deployed": False}
    return {"deployed": True, "notice": PLACEHOLDER, "commended": order.rows("commended")}


def fill_superior_inspection(order: RecordRequest) -> dict[str, Any]:
    """Name the superior; points only as many as were said (1.4g)."""
    points = order.rows("points", "p") if order.extra.get("rows") else []
    return {"body": order.superior, "points": points}

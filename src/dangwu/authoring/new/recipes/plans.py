"""Recipes for systems 1, 2 and 6: plans, inspections and summaries, from the year's plan (1.4a-1.7, 2.3, 6.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.model.document import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dangwu.authoring.new.request import RecordRequest

PLAN_SECTIONS = ("ideology", "organization", "style", "clean-conduct")
_OWNER_POSTS = {"ideology": "publicity", "organization": "organization"}
_DONE = "done"


def fill_annual_plan(request: RecordRequest) -> dict[str, Any]:
    """Give a task to each section (1.2, 2.3), with its owner where a post determines it."""
    count = max(len(PLAN_SECTIONS), int(request.extra.get("rows") or 0))
    sections = sorted((PLAN_SECTIONS[number % len(PLAN_SECTIONS)] for number in range(count)), key=PLAN_SECTIONS.index)
    tasks = [
        {
            "id": f"t{number}",
            "section": section,
            "task": PLACEHOLDER,
            "measure": PLACEHOLDER,
            "owner": _find_owner(request, section) or PLACEHOLDER,
            "department": PLACEHOLDER,
            "due": PLACEHOLDER,
        }
        for number, section in enumerate(sections, 1)
    ]
    return {"approved_by": request.body, "tasks": tasks}


def _find_owner(request: RecordRequest, section: str) -> str | None:
    return request.discipline if section == "clean-conduct" else request.find_post_holder(_OWNER_POSTS.get(section, ""))


def fill_phase_plan(request: RecordRequest) -> dict[str, Any]:
    """Take the tasks of the annual plan that are due in the quarter or month."""
    span = request.period
    due = [task for task in _find_plan_tasks(request) if span.start.isoformat() <= task["due"] < span.end.isoformat()]
    items = [{"task": task["id"], "text": task["task"], "owner": task["owner"], "due": task["due"]} for task in due]
    return {"approved_by": request.body, "items": items or request.build_rows("items")}


def fill_plan_inspection(request: RecordRequest) -> dict[str, Any]:
    """List every task that is still open, for the secretary to inspect (1.4e)."""
    done = {report["task"] for report in _find_task_reports(request) if report["state"] == _DONE}
    tasks = [{"task": task["id"], "state": PLACEHOLDER} for task in _find_plan_tasks(request) if task["id"] not in done]
    return {"inspector": request.find_post_holder("secretary"), "tasks": tasks or request.build_rows("tasks")}


def _find_task_reports(request: RecordRequest) -> Iterator[Mapping[str, Any]]:
    """Yield the task states of the year's inspections and summaries up to the day."""
    for kind, field in (("plan-inspection", "tasks"), ("mid-year-summary", "results"), ("year-end-summary", "results")):
        for record in request.corpus.of(kind):
            if record.day is not None and record.day.year == request.year and record.day <= request.day:
                yield from record.data[field]


def fill_summary(request: RecordRequest) -> dict[str, Any]:
    """Give a row to every task of the plan, with blanks for state and result (1.4f)."""
    results = [{"task": task["id"], "state": PLACEHOLDER, "result": PLACEHOLDER} for task in _find_plan_tasks(request)]
    return {"author": request.find_post_holder("secretary"), "results": results or request.build_rows("results")}


def _find_plan_tasks(request: RecordRequest) -> list[Mapping[str, Any]]:
    plan = request.find_record("annual-plan", request.year)
    return list(plan.data["tasks"]) if plan else []


def fill_education_plan(request: RecordRequest) -> dict[str, Any]:
    """Give the items numbers, so that sessions can cite them (6.3a)."""
    return {"approved_by": request.body, "items": request.build_rows("items", "e")}


def fill_development_plan(request: RecordRequest) -> dict[str, Any]:
    """Take the people of last year's plan who have not become members (1.6b)."""
    before = request.find_record("development-plan", request.year - 1)
    names = {member.name for member in request.corpus.members}
    people = [dict(person) for person in before.data["people"] if person["name"] not in names] if before else []
    people += request.build_rows("people", f"{request.year}-") if request.extra.get("rows") else []
    return {"approved_by": request.body, "people": people}


def fill_excellence_summary(request: RecordRequest) -> dict[str, Any]:
    """Ask for the notice and the commended, unless the superior deployed nothing (1.7)."""
    if request.extra.get("nothing_deployed") or request.get("deployed") is False:
        return {"deployed": False}
    return {"deployed": True, "notice": PLACEHOLDER, "commended": request.build_rows("commended")}


def fill_superior_inspection(request: RecordRequest) -> dict[str, Any]:
    """Name the superior; give as many points as the option ``rows`` says (1.4g)."""
    points = request.build_rows("points", "p") if request.extra.get("rows") else []
    return {"body": request.superior, "points": points}

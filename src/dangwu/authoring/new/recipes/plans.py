"""Recipes for systems 1, 2 and 6: plans, inspections and summaries, from the year's plan (1.4a-1.7, 2.3, 6.3)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from dangwu.errors import UsageError
from dangwu.model.document import PLACEHOLDER
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dangwu.authoring.new.request import RecordRequest

PLAN_SECTIONS = ("ideology", "organization", "style", "clean-conduct")
_OWNER_POSTS = {"ideology": "publicity", "organization": "organization"}
_DONE = "done"


def fill_annual_plan(request: RecordRequest) -> dict[str, Any]:
    """Give a task to each section (1.2, 2.3), with its owner where a post determines it; or those of another year."""
    if request.extra.get("like"):
        return {"tasks": _take_over_tasks(request, int(request.extra["like"]))}
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
    return {"tasks": tasks}


def _take_over_tasks(request: RecordRequest, year: int) -> list[dict[str, Any]]:
    """Return the tasks of an earlier plan, due on the same day of this year; who is no longer here owns none."""
    before = request.find_record("annual-plan", year)
    if before is None or year >= request.year:
        message = say("There is no annual plan of {year} that could be taken over.", year=str(year))
        raise UsageError(
            message, say("Name the year of an earlier plan, as in --like {year}.", year=str(request.year - 1))
        )
    here = request.corpus.roster.everyone_on(request.day) | request.corpus.staff.keys()
    return [
        {
            **task,
            "owner": task["owner"] if task["owner"] in here else PLACEHOLDER,
            "due": _move_day(task["due"], request.year - year),
        }
        for task in before.data["tasks"]
    ]


def _move_day(day: str, years: int) -> str:
    """Return the same day so many years later; of 29 February the day before where there is none."""
    moved = f"{int(day[:4]) + years}{day[4:]}"
    try:
        return date.fromisoformat(moved).isoformat()
    except ValueError:
        return f"{moved[:5]}02-28"


def _find_owner(request: RecordRequest, section: str) -> str | None:
    return request.discipline if section == "clean-conduct" else request.find_post_holder(_OWNER_POSTS.get(section, ""))


def fill_phase_plan(request: RecordRequest) -> dict[str, Any]:
    """Take the tasks of the annual plan that are due in the quarter or month."""
    span = request.period
    due = [task for task in _find_plan_tasks(request) if span.start.isoformat() <= task["due"] < span.end.isoformat()]
    items = [{"task": task["id"], "text": task["task"], "owner": task["owner"], "due": task["due"]} for task in due]
    return {"items": items or request.build_rows("items")}


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
    return {"items": request.build_rows("items", "e")}


def fill_development_plan(request: RecordRequest) -> dict[str, Any]:
    """Take the people of last year's plan who have not become members (1.6b)."""
    before = request.find_record("development-plan", request.year - 1)
    names = {member.name for member in request.corpus.members}
    people = [dict(person) for person in before.data["people"] if person["name"] not in names] if before else []
    people += request.build_rows("people", f"{request.year}-") if request.extra.get("rows") else []
    return {"people": people}


def fill_excellence_summary(request: RecordRequest) -> dict[str, Any]:
    """Ask whether the superior deployed anything, and unless not, for the notice and the commended (1.7)."""
    if request.extra.get("nothing_deployed") or request.get("deployed") is False:
        return {"deployed": False}
    return {"deployed": PLACEHOLDER, "notice": PLACEHOLDER, "commended": request.build_rows("commended")}


def fill_superior_inspection(request: RecordRequest) -> dict[str, Any]:
    """Name the superior; give as many points as the option ``rows`` says (1.4g)."""
    points = request.build_rows("points", "p") if request.extra.get("rows") else []
    return {"body": request.superior, "points": points}

"""Systems 1 and 2: plans, inspections and summaries, from the tasks of the year's plan (1.4a-1.7, 2.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.authoring.record_text import TO_WRITE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dangwu.authoring.new.request import Order

SECTIONS = ("ideology", "organization", "style", "clean-conduct")
_POSTS = {"ideology": "publicity", "organization": "organization"}
_DONE = "done"


def annual(order: Order) -> dict[str, Any]:
    """Give a task to each section (1.2), clean conduct among them (2.3), and its owner where a post tells it."""
    count = max(len(SECTIONS), int(order.extra.get("rows") or 0))
    sections = sorted((SECTIONS[number % len(SECTIONS)] for number in range(count)), key=SECTIONS.index)
    tasks = [
        {
            "id": f"t{number}",
            "section": section,
            "task": TO_WRITE,
            "measure": TO_WRITE,
            "owner": _owner(order, section) or TO_WRITE,
            "department": TO_WRITE,
            "due": TO_WRITE,
        }
        for number, section in enumerate(sections, 1)
    ]
    return {"approved_by": order.body, "tasks": tasks}


def _owner(order: Order, section: str) -> str | None:
    return order.discipline if section == "clean-conduct" else order.post(_POSTS.get(section, ""))


def phase(order: Order) -> dict[str, Any]:
    """Take the tasks of the annual plan that fall due in the quarter or month."""
    span = order.period
    due = [task for task in _tasks(order) if span.start.isoformat() <= task["due"] < span.end.isoformat()]
    items = [{"task": task["id"], "text": task["task"], "owner": task["owner"], "due": task["due"]} for task in due]
    return {"approved_by": order.body, "items": items or order.rows("items")}


def inspection(order: Order) -> dict[str, Any]:
    """Ask the secretary about every task that is still open (1.4e)."""
    done = {each["task"] for each in _reported(order) if each["state"] == _DONE}
    tasks = [{"task": task["id"], "state": TO_WRITE} for task in _tasks(order) if task["id"] not in done]
    return {"inspector": order.post("secretary"), "tasks": tasks or order.rows("tasks")}


def _reported(order: Order) -> Iterator[Mapping[str, Any]]:
    """Yield what inspections and summaries of the year said of tasks, up to the day."""
    for kind, field in (("plan-inspection", "tasks"), ("mid-year-summary", "results"), ("year-end-summary", "results")):
        for sheet in order.corpus.of(kind):
            if sheet.day is not None and sheet.day.year == order.year and sheet.day <= order.day:
                yield from sheet.data[field]


def summary(order: Order) -> dict[str, Any]:
    """Ask for a result of every task of the plan (1.4f)."""
    results = [{"task": task["id"], "state": TO_WRITE, "result": TO_WRITE} for task in _tasks(order)]
    return {"author": order.post("secretary"), "results": results or order.rows("results")}


def _tasks(order: Order) -> list[Mapping[str, Any]]:
    plan = order.sheet("annual-plan", order.year)
    return list(plan.data["tasks"]) if plan else []


def education(order: Order) -> dict[str, Any]:
    """Give the items numbers, so that sessions can cite them (6.3a)."""
    return {"approved_by": order.body, "items": order.rows("items", "e")}


def development(order: Order) -> dict[str, Any]:
    """Take over the people of last year's plan who have not become members (1.6b)."""
    before = order.sheet("development-plan", order.year - 1)
    names = {member.name for member in order.corpus.members}
    people = [dict(each) for each in before.data["people"] if each["name"] not in names] if before else []
    people += order.rows("people", f"{order.year}-") if order.extra.get("rows") else []
    return {"approved_by": order.body, "people": people}


def excellence(order: Order) -> dict[str, Any]:
    """Ask for the notice and for who was commended, unless the superior deployed nothing (1.7)."""
    if order.extra.get("nothing_deployed") or order.get("deployed") is False:
        return {"deployed": False}
    return {"deployed": True, "notice": TO_WRITE, "commended": order.rows("commended")}


def superior(order: Order) -> dict[str, Any]:
    """Name the superior; points only as many as were said (1.4g)."""
    points = order.rows("points", "p") if order.extra.get("rows") else []
    return {"body": order.superior, "points": points}

"""Systems 1 and 2: plans of the year, the quarters and the months, and what the secretary inspects."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from dangwu.model.message import say
from dangwu.model.period import Every, Period, periods
from dangwu.sample.papers.paper_writer import IN_FORCE, Paper, Task, record, workdays

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dangwu.sample.papers.paper_writer import Desk

_SECTIONS = {"ideology": 2, "organization": 3, "style": 2, "clean-conduct": 2}
_DUE = ((3, 27), (6, 26), (9, 28), (11, 27), (12, 22))
_UNPLANNED = 0.35
_INSPECTED = 3
_DONE, _STARTED = 0.85, 60
_STUDY_HOURS, _COURSE_HOURS, _WORKERS_HOURS = 6, 14, 7
_COURSES = {"p1": ("member_courses", 4, _COURSE_HOURS), "p2": ("member_courses", 9, _COURSE_HOURS),
            "w1": ("worker_courses", 5, _WORKERS_HOURS)}  # fmt: skip


def write(desk: Desk) -> None:
    """File the plans and inspections of all years."""
    desk.turn_to("plans")
    for year in desk.years:
        day = desk.on(date(year, 1, 4), date(year, 1, 8))
        if day is None:
            break
        _annual(desk, year, day)
        _education(desk, year, day)
    _quarters(desk)
    _months(desk)
    _inspections(desk)


def _annual(desk: Desk, year: int, day: date) -> None:
    texts = [
        (section, *entry.values())
        for section, number in _SECTIONS.items()
        for entry in desk.entries(desk.pools.plans.tasks[section], number)
    ]
    owners = [*desk.officers(day), *desk.staying()]
    tasks = []
    for number, (section, text, measure, department) in enumerate(texts):
        month, last = _DUE[number % len(_DUE)]
        owner = next((each.id for each in desk.cast.staff if each.unit == department), owners[number % len(owners)].id)
        tasks.append(Task(f"t{number + 1:02d}", section, text, measure, department, owner, date(year, month, last)))
    desk.tasks[year] = tasks
    data = record(
        "annual-plan",
        year=year,
        approved_on=day,
        approved_by=desk.decided_by,
        aim=desk.words(desk.pools.plans.aims),
        tasks=[
            {"id": each.id, "section": each.section, "task": each.text, "measure": each.measure, "owner": each.owner,
             "department": each.department, "due": each.due}
            for each in tasks
        ],
    )  # fmt: skip
    desk.file(Paper("annual-plan", data), day, desk.officers(day)[0], about=str(year))


def _education(desk: Desk, year: int, day: date) -> None:
    owner = desk.cast.holder("publicity", day)
    items: list[dict[str, Any]] = [
        {"id": f"s{number}", "topic": desk.words(desk.pools.study.topics), "form": "study-session", "hours": _STUDY_HOURS,
         "month": number * 2, "owner": owner.id}
        for number in range(1, 7)
    ]  # fmt: skip
    for id_, (key, month, hours) in _COURSES.items():
        topic = desk.pair(getattr(desk.pools.study, key))[0]
        items.append({"id": id_, "topic": topic, "form": "training", "hours": hours, "month": month, "owner": owner.id})
    data = record("education-plan", year=year, approved_on=day, approved_by=desk.decided_by, items=items)
    desk.file(Paper("education-plan", data), day, owner, about=str(year))


def _quarters(desk: Desk) -> None:
    """File the plans of the quarters; the last one that is over long enough was approved late."""
    quarters = list(periods(Every.QUARTER, desk.start, desk.last + timedelta(days=1)))
    over = [each for each in quarters if each.start >= IN_FORCE and each.start + timedelta(days=24) <= desk.last]
    for quarter in quarters:
        # Not before the year's plan that it cites.
        first = quarter.start.replace(day=8) if quarter.start.month == 1 else quarter.start
        late = bool(over) and quarter == over[-1]
        day = _on_time(desk, first, quarter) if not late else desk.on(first.replace(day=14), first.replace(day=24))
        if day is None or quarter.start.year not in desk.tasks:
            continue
        path = desk.file(_plan(desk, "quarter-plan", quarter, day), day, desk.officers(day)[0], about=quarter.label)[0]
        if late:
            duty = f"1.4b/{quarter.label}"
            text = say("{duty}: the plan was approved after its day.", duty=duty)
            desk.plant("quarter-late", text, path=path, duty=duty, state="late")


def _on_time(desk: Desk, first: date, quarter: Period) -> date | None:
    """Return a day up to the 10th; where holidays leave none, one of the last days before the quarter."""
    if workdays(first, quarter.start.replace(day=10)):
        return desk.on(first, quarter.start.replace(day=10))
    return desk.on(quarter.start - timedelta(days=6), quarter.start - timedelta(days=1))


def _months(desk: Desk) -> None:
    for month in periods(Every.MONTH, desk.start, desk.last + timedelta(days=1)):
        first = month.start.replace(day=8) if month.start.month == 1 else month.start
        days = workdays(first, month.start.replace(day=16))[:4]
        day = desk.on(days[0], days[-1])
        if day is not None and day.year in desk.tasks:
            desk.file(_plan(desk, "month-plan", month, day), day, desk.officers(day)[0], about=month.label)


def _plan(desk: Desk, kind: str, period: Period, day: date) -> Paper:
    """Return the plan of a quarter or month: tasks of the year that fall due in it, and some of the others."""
    tasks = desk.tasks[period.start.year]
    due = [each for each in tasks if each.due in period]
    others = [each for each in tasks if each not in due]
    chosen = (due + desk.chance.sample(others, len(others)))[: 3 if kind == "month-plan" else 4]
    items: list[dict[str, Any]] = [
        {"task": each.id, "text": desk.say.plan_item.format(task=each.text, step=desk.words(desk.pools.plans.steps)),
         "owner": each.owner, "due": min(each.due, period.last) if each.due >= period.start else period.last}
        for each in chosen
    ]  # fmt: skip
    if desk.by_chance(_UNPLANNED):
        owner = desk.chance.choice(desk.staying())
        items.append({"task": "unplanned", "text": desk.words(desk.pools.plans.unplanned), "owner": owner.id})
    fields = {kind.partition("-")[0]: period.label}
    return Paper(kind, record(kind, **fields, approved_on=day, approved_by=desk.decided_by, items=items))


def _inspections(desk: Desk) -> None:
    """File the secretary's inspection of each quarter; the one before the last leaves clean conduct out."""
    days = [
        (quarter, day)
        for quarter in periods(Every.QUARTER, desk.start, desk.last + timedelta(days=1))
        if quarter.start.year in desk.tasks and (day := desk.on(*_late_in(quarter)))
    ]
    for number, (quarter, day) in enumerate(days):
        tasks = desk.tasks[quarter.start.year]
        lacking = number == len(days) - 2
        clean = [] if lacking else [each for each in tasks if each.section == "clean-conduct"][:1]
        others = desk.chance.sample([each for each in tasks if each.section != "clean-conduct"], _INSPECTED)
        inspector = desk.officers(day)[0]
        data = record(
            "plan-inspection",
            date=day,
            inspector=inspector.id,
            tasks=[
                {"task": each.id, "state": state_on(desk, each, day), "finding": desk.words(desk.pools.plans.task_findings)}
                for each in sorted(others + clean)
            ],
            findings=" ".join(desk.several(desk.pools.plans.inspection_findings, 2)),
        )
        path = desk.file(Paper("plan-inspection", data), day, inspector, about=quarter.label)[0]
        if lacking:
            text = say("The secretary's inspection leaves clean conduct out.")
            desk.plant("clean-left-out", text, path=path, code="DW821")


def _late_in(quarter: Period) -> tuple[date, date]:
    return quarter.last.replace(day=6), quarter.last.replace(day=19)


def state_on(desk: Desk, task: Task, day: date) -> str:
    """Return how far a task is on a day."""
    if task.due <= day:
        return "done" if desk.by_chance(_DONE) else "behind"
    return "on-track" if (task.due - day).days < _STARTED or desk.by_chance(_DONE) else "not-started"


def results(desk: Desk, tasks: Sequence[Task], day: date) -> list[dict[str, str]]:
    """Return the result of every task for a summary."""
    rows = []
    for each in tasks:
        state = state_on(desk, each, day)
        rows.append({"task": each.id, "state": state, "result": desk.words(desk.pools.plans.results[state])})
    return rows

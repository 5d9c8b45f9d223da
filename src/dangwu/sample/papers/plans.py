"""Systems 1 and 2: plans of the year, the quarters and the months, and what the secretary inspects."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from dangwu.model.message import say
from dangwu.model.period import PeriodLength
from dangwu.sample.paper import new_paper
from dangwu.sample.papers.paper_writer import Task
from dangwu.sample.sample_values import IN_FORCE
from dangwu.sample.work_days import list_workdays

if TYPE_CHECKING:
    from dangwu.model.period import Period
    from dangwu.sample.papers.paper_writer import PaperWriter
    from dangwu.sample.pools import Section, TaskState

_SECTIONS: dict[Section, int] = {"ideology": 2, "organization": 3, "style": 2, "clean-conduct": 2}
_DUE = ((3, 27), (6, 26), (9, 28), (11, 27), (12, 22))
_UNPLANNED = 0.35
_INSPECTED = 3
_DONE, _STARTED = 0.85, 60
_COURSES = (("p1", 4, 14), ("p2", 9, 14), ("w1", 5, 7))
"""Item, month and hours of each course."""
_STUDY_HOURS = 6
_ITEMS = {"quarter-plan": 4, "month-plan": 3}


def write_plans(writer: PaperWriter) -> None:
    """File the plans and inspections of all years."""
    writer.begin_part("plans")
    for year in writer.years:
        if day := writer.draw_day_of(year, (1, 4), (1, 8)):
            _file_annual_plan(writer, day)
            _file_education_plan(writer, day)
    _file_quarter_plans(writer)
    _file_month_plans(writer)
    _file_inspections(writer)


def _file_annual_plan(writer: PaperWriter, day: date) -> None:
    entries = [
        (section, entry)
        for section, number in _SECTIONS.items()
        for entry in writer.draw_entries(writer.words.plans.tasks[section], number)
    ]
    owners = [person.id for person in (*writer.cast.officers(day), *writer.cast.staying)]
    staff = {person.unit: person.id for person in writer.cast.staff}
    tasks = writer.tasks[day.year] = []
    for number, (section, entry) in enumerate(entries):
        owner = staff.get(entry["department"], owners[number % len(owners)])
        due = date(day.year, *_DUE[number % len(_DUE)])
        tasks.append(Task(id=f"t{number + 1:02d}", section=section, owner=owner, due=due, **entry))
    paper = new_paper(
        "annual-plan", year=day.year, approved_on=day, approved_by=writer.decided_by,
        aim=writer.draw_sentence(writer.words.plans.aims), tasks=[task._asdict() for task in tasks],
    )  # fmt: skip
    writer.file(paper, day, writer.cast.officers(day)[0], about=day.year)


def _file_education_plan(writer: PaperWriter, day: date) -> None:
    owner, study = writer.cast.holder("publicity", day), writer.words.study
    items: list[dict[str, Any]] = [
        {"id": f"s{number}", "topic": writer.draw_sentence(study.topics), "form": "study-session",
         "hours": _STUDY_HOURS, "month": number * 2, "owner": owner.id}
        for number in range(1, 7)
    ]  # fmt: skip
    for item, month, hours in _COURSES:
        topic = writer.draw_entry(study.worker_courses if item == "w1" else study.member_courses)["title"]
        items.append(
            {"id": item, "topic": topic, "form": "training", "hours": hours, "month": month, "owner": owner.id}
        )
    paper = new_paper("education-plan", year=day.year, approved_on=day, approved_by=writer.decided_by, items=items)
    writer.file(paper, day, owner, about=day.year)


def _file_quarter_plans(writer: PaperWriter) -> None:
    """File the plans of the quarters; the last one that is over long enough was approved late."""
    quarters = writer.list_periods(PeriodLength.QUARTER)
    over = [quarter for quarter in quarters if IN_FORCE <= quarter.start <= writer.last - timedelta(days=24)]
    for quarter in quarters:
        late = quarter in over[-1:]
        first = quarter.start.replace(day=14) if late else _find_first_day(quarter)
        until = quarter.start.replace(day=24 if late else 10)
        if not list_workdays(first, until):
            # Holidays leave no day: it is one of the last before the quarter.
            first, until = quarter.start - timedelta(days=6), quarter.start - timedelta(days=1)
        day = writer.draw_day(first, until)
        if day is not None and quarter.start.year in writer.tasks:
            path = _file_plan(writer, "quarter-plan", quarter, day)
            if late:
                duty = f"1.4b/{quarter.label}"
                text = say("{duty}: the plan was approved after its day.", duty=duty)
                writer.plant_state("quarter-late", text, duty, "late", path)


def _find_first_day(period: Period) -> date:
    """Return the first day on which a plan is made: not before the year's plan that it cites."""
    return period.start.replace(day=8) if period.start.month == 1 else period.start


def _file_month_plans(writer: PaperWriter) -> None:
    for month in writer.list_periods(PeriodLength.MONTH):
        first, *_, last = list_workdays(_find_first_day(month), month.start.replace(day=16))[:4]
        day = writer.draw_day(first, last)
        if day is not None and day.year in writer.tasks:
            _file_plan(writer, "month-plan", month, day)


def _file_plan(writer: PaperWriter, kind: str, period: Period, day: date) -> str:
    """File the plan of a quarter or month: tasks of the year that fall due in it, and some of the others."""
    tasks = writer.tasks[period.start.year]
    due = [task for task in tasks if task.due in period]
    others = [task for task in tasks if task not in due]
    items: list[dict[str, Any]] = []
    for task in (due + writer.chance.sample(others, len(others)))[: _ITEMS[kind]]:
        text = writer.say.plan_item.format(task=task.task, step=writer.draw_sentence(writer.words.plans.steps))
        by = min(task.due, period.last) if task.due >= period.start else period.last
        items.append({"task": task.id, "text": text, "owner": task.owner, "due": by})
    if writer.is_drawn(_UNPLANNED):
        owner = writer.chance.choice(writer.cast.staying)
        text = writer.draw_sentence(writer.words.plans.unplanned)
        items.append({"task": "unplanned", "text": text, "owner": owner.id})
    fields: dict[str, Any] = {period.every: period.label, "approved_on": day, "approved_by": writer.decided_by}
    return writer.file(new_paper(kind, **fields, items=items), day, writer.cast.officers(day)[0], about=period.label)


def _file_inspections(writer: PaperWriter) -> None:
    """File the secretary's inspection of each quarter; the one before the last leaves clean conduct out."""
    words = writer.words.plans
    days = [
        (quarter, day)
        for quarter in writer.list_periods(PeriodLength.QUARTER)
        if quarter.start.year in writer.tasks
        and (day := writer.draw_day(quarter.last.replace(day=6), quarter.last.replace(day=19)))
    ]
    for number, (quarter, day) in enumerate(days):
        lacking = number == len(days) - 2
        tasks = writer.tasks[quarter.start.year]
        clean = [task for task in tasks if task.section == "clean-conduct"][: 0 if lacking else 1]
        others = writer.chance.sample([task for task in tasks if task.section != "clean-conduct"], _INSPECTED)
        rows = []
        for task in sorted(others + clean):
            state, finding = _draw_state(writer, task, day), writer.draw_sentence(words.task_findings)
            rows.append({"task": task.id, "state": state, "finding": finding})
        findings = " ".join(writer.draw_sentences(words.inspection_findings, 2))
        inspector = writer.cast.officers(day)[0]
        paper = new_paper("plan-inspection", date=day, inspector=inspector.id, tasks=rows, findings=findings)
        path = writer.file(paper, day, inspector, about=quarter.label)
        if lacking:
            text = say("The secretary's inspection leaves clean conduct out.")
            writer.plant_finding("clean-left-out", text, path, "DW821")


def _draw_state(writer: PaperWriter, task: Task, day: date) -> TaskState:
    """Return how far a task is on a day."""
    if task.due <= day:
        return "done" if writer.is_drawn(_DONE) else "behind"
    return "on-track" if (task.due - day).days < _STARTED or writer.is_drawn(_DONE) else "not-started"


def list_results(writer: PaperWriter, year: int, day: date) -> list[dict[str, str]]:
    """Return the result of every task of a year for a summary."""
    rows = []
    for task in writer.tasks[year]:
        state = _draw_state(writer, task, day)
        result = writer.draw_sentence(writer.words.plans.results[state])
        rows.append({"task": task.id, "state": state, "result": result})
    return rows

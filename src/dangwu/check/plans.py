"""Plans, inspections and summaries: sections, owners, and tasks that are followed through the year (1.2–1.4, 2.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.model.finding import FindingCode, Severity, build_finding
from dangwu.model.message import say
from dangwu.model.record import SUMMARY_HALVES, UNPLANNED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dangwu.check.context import Context
    from dangwu.model.corpus import Corpus
    from dangwu.model.finding import Finding, Pointer
    from dangwu.model.record import GenericRecord

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
OWNER_NOT_THEN = FindingCode(
    "DW811", "owner-not-then", _ERROR, say("The owner of a task was not in the branch then"), "1.4d"
)
SECTIONS_MISSING = FindingCode(
    "DW812", "sections-missing", _ERROR, say("A section of the annual plan is missing"), "1.2"
)
PLAN_LINK_BROKEN = FindingCode(
    "DW813", "plan-link-broken", _ERROR, say("A task that the annual plan does not have"), "1.4b"
)
RESULT_MISSING = FindingCode(
    "DW814", "result-missing", _ERROR, say("A summary without one result for every task"), "1.4f"
)
ITEM_ID_TWICE = FindingCode("DW818", "item-id-twice", _ERROR, say("Two entries of one record have the same id"), "1.4a")
CLEAN_CONDUCT_APART = FindingCode(
    "DW821", "clean-conduct-apart", _WARNING, say("Clean conduct is not in the same plan or inspection"), "2.3"
)
CODES = (OWNER_NOT_THEN, SECTIONS_MISSING, PLAN_LINK_BROKEN, RESULT_MISSING, ITEM_ID_TWICE, CLEAN_CONDUCT_APART)

_SECTION_NAMES = {
    "ideology": say("ideology"),
    "organization": say("organization"),
    "style": say("working style"),
}
_OWNED_LISTS = {
    "annual-plan": "tasks",
    "quarter-plan": "items",
    "month-plan": "items",
    "education-plan": "items",
    "superior-inspection": "points",
    "rectification": "items",
}
"""Kind → its list of what somebody is answerable for."""
_NUMBERED_LISTS = {
    "annual-plan": "tasks",
    "education-plan": "items",
    "development-plan": "people",
    "superior-inspection": "points",
    "rectification": "items",
}
"""Kind → its list whose entries other records and duties refer to by id."""
_CITING_LISTS = {
    "quarter-plan": "items",
    "month-plan": "items",
    "plan-inspection": "tasks",
    "mid-year-summary": "results",
    "year-end-summary": "results",
}
"""Kind → its list whose entries are about tasks of the annual plan."""


def check_owners(context: Context) -> Iterator[Finding]:
    """See that each owner belonged to the branch on the record's day, or is on the staff list."""
    corpus = context.corpus
    staff = corpus.staff
    for kind, field in _OWNED_LISTS.items():
        for sheet in corpus.of(kind):
            for index, item in enumerate(sheet.data[field]):
                owner = item.get("owner", "")
                days = corpus.days_in_branch.get(owner)
                if owner in staff or days is None or sheet.day is None or sheet.day in days:
                    continue
                message = say(
                    "{name} ({id}) was not in the branch on {day}.",
                    name=corpus.name_of(owner),
                    id=owner,
                    day=sheet.day,
                )
                hint = say("Name another owner; someone who is no member goes on the staff list in branch.yaml.")
                yield build_finding(OWNER_NOT_THEN, sheet, (field, index, "owner"), message, hint, subject=owner)


def check_plan_sections(context: Context) -> Iterator[Finding]:
    """See that each annual plan has the three sections, and clean conduct beside them."""
    for plan in context.corpus.of("annual-plan"):
        has = {task["section"] for task in plan.data["tasks"]}
        for section, name in _SECTION_NAMES.items():
            if section not in has:
                message = say("The plan has no task in the section: {section}.", section=name)
                hint = say("Decide on a task with section: {id}, with measure, owner and due day.", id=section)
                yield build_finding(SECTIONS_MISSING, plan, ("tasks",), message, hint, subject=section, at_key=True)
        if "clean-conduct" not in has:
            message = say("The plan has no clean-conduct task.")
            hint = say("It is arranged in the same plan, not apart: decide on a task with section: clean-conduct.")
            yield build_finding(CLEAN_CONDUCT_APART, plan, ("tasks",), message, hint, at_key=True)


def check_entry_ids(context: Context) -> Iterator[Finding]:
    """See that no id stands for two entries of one record."""
    for kind, field in _NUMBERED_LISTS.items():
        for sheet in context.corpus.of(kind):
            seen: set[str] = set()
            for index, each in enumerate(sheet.data.get(field, ())):
                if each["id"] in seen:
                    message = say("Another entry of this record has the id {id} already.", id=each["id"])
                    hint = say("Give one of the two another id, and see which one other records mean.")
                    yield build_finding(ITEM_ID_TWICE, sheet, (field, index, "id"), message, hint, subject=each["id"])
                seen.add(each["id"])


def check_task_links(context: Context) -> Iterator[Finding]:
    """Follow the tasks that plans, inspections and summaries speak of to the annual plan of their year."""
    plans = context.corpus.by_year("annual-plan")
    for sheet, pointer, task in _find_task_citations(context.corpus):
        known = _find_known_tasks(plans, sheet)
        may_be_unplanned = pointer[-3] == "items"
        if known is None or task in known or (task == UNPLANNED and may_be_unplanned):
            continue
        message = say("The annual plan has no task {id}.", id=task)
        hint = say("Name a task of the year's plan.")
        if may_be_unplanned:
            hint = say("Name a task of the year's plan, or write unplanned.")
        yield build_finding(PLAN_LINK_BROKEN, sheet, pointer, message, hint, subject=task)


def check_results(context: Context) -> Iterator[Finding]:
    """See that the summaries of a year give one result for every task of its plan."""
    plans = context.corpus.by_year("annual-plan")
    for kind in SUMMARY_HALVES:
        for sheet in context.corpus.of(kind):
            plan = plans.get(_find_year(sheet))
            listed: set[str] = set()
            for index, each in enumerate(sheet.data["results"]):
                if each["task"] in listed:
                    message = say("The task {id} has two results.", id=each["task"])
                    yield build_finding(
                        RESULT_MISSING, sheet, ("results", index), message, say("Keep one."), subject=each["task"]
                    )
                listed.add(each["task"])
            missing = [task["id"] for task in plan.data["tasks"] if task["id"] not in listed] if plan else []
            if missing:
                message = say("No result for: {tasks}.", tasks=tuple(missing))
                hint = say("Say of each task where it stands; what is due later may be not-started.")
                yield build_finding(RESULT_MISSING, sheet, ("results",), message, hint, at_key=True)


def check_inspections(context: Context) -> Iterator[Finding]:
    """Find inspections that leave clean conduct out; summaries are held by ``check_results``."""
    plans = context.corpus.by_year("annual-plan")
    for sheet in context.corpus.of("plan-inspection"):
        plan = plans.get(_find_year(sheet))
        clean = [task["id"] for task in plan.data["tasks"] if task["section"] == "clean-conduct"] if plan else []
        seen = {task["task"] for task in sheet.data["tasks"]}
        this_year = plan and seen.intersection(task["id"] for task in plan.data["tasks"])
        if clean and this_year and not seen.intersection(clean):
            message = say("The inspection leaves out the clean-conduct tasks: {tasks}.", tasks=tuple(clean))
            hint = say("Clean conduct is inspected together with the rest; if it was seen, enter its state.")
            yield build_finding(CLEAN_CONDUCT_APART, sheet, ("tasks",), message, hint, at_key=True)


def _find_year(sheet: GenericRecord) -> int:
    if sheet.period is not None:
        return sheet.period.start.year
    return sheet.day.year if sheet.day else 0


def _find_known_tasks(plans: Mapping[int, GenericRecord], sheet: GenericRecord) -> set[str] | None:
    """Return the ids that a record may speak of, None without a plan for its year: that is a duty, no broken link.

    An inspection before the year's plan was approved may still look at the tasks of the year before.
    """
    plan = plans.get(_find_year(sheet))
    if plan is None:
        return None
    tasks: list[Mapping[str, Any]] = list(plan.data["tasks"])
    before = plans.get(_find_year(sheet) - 1)
    if sheet.kind == "plan-inspection" and before and sheet.day and plan.day and sheet.day < plan.day:
        tasks += before.data["tasks"]
    return {task["id"] for task in tasks}


def _find_task_citations(corpus: Corpus) -> Iterator[tuple[GenericRecord, Pointer, str]]:
    """Yield every mention of a task, with its record and place; quarters may stand inside the annual plan."""
    for kind, field in _CITING_LISTS.items():
        for sheet in corpus.of(kind):
            for index, each in enumerate(sheet.data[field]):
                yield sheet, (field, index, "task"), each["task"]
    for plan in corpus.of("annual-plan"):
        for row, quarter in enumerate(plan.data.get("quarters", ())):
            for index, each in enumerate(quarter["items"]):
                yield plan, ("quarters", row, "items", index, "task"), each["task"]

"""Plans, inspections and summaries: sections, owners, and references to tasks of the annual plan (1.2–1.4, 2.3)."""

from __future__ import annotations

from datetime import date
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
"""Kind → its list whose entries have an owner."""
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
"""Kind → its list whose entries refer to tasks of the annual plan."""


def check_owners(context: Context) -> Iterator[Finding]:
    """Check that each owner was in the branch on the record's day, or is on the staff list."""
    corpus = context.corpus
    staff = corpus.staff
    for kind, field in _OWNED_LISTS.items():
        for record in corpus.of(kind):
            for index, item in enumerate(record.data[field]):
                owner = item.get("owner", "")
                days = corpus.days_in_branch.get(owner)
                if owner in staff or days is None or record.day is None or record.day in days:
                    continue
                message = say(
                    "{name} ({id}) was not in the branch on {day}.",
                    name=corpus.name_of(owner),
                    id=owner,
                    day=record.day,
                )
                hint = say("Name another owner; someone who is no member goes on the staff list in branch.yaml.")
                yield build_finding(OWNER_NOT_THEN, record, (field, index, "owner"), message, hint, subject=owner)


def check_plan_sections(context: Context) -> Iterator[Finding]:
    """Check that each annual plan has tasks in the three sections (1.2) and for clean conduct (2.3)."""
    for plan in context.corpus.of("annual-plan"):
        sections = {task["section"] for task in plan.data["tasks"]}
        for section, name in _SECTION_NAMES.items():
            if section not in sections:
                message = say("The plan has no task in the section: {section}.", section=name)
                hint = say("Decide on a task with section: {id}, with measure, owner and due day.", id=section)
                yield build_finding(SECTIONS_MISSING, plan, ("tasks",), message, hint, subject=section, at_key=True)
        if "clean-conduct" not in sections:
            message = say("The plan has no clean-conduct task.")
            hint = say("It is arranged in the same plan, not apart: decide on a task with section: clean-conduct.")
            yield build_finding(CLEAN_CONDUCT_APART, plan, ("tasks",), message, hint, at_key=True)


def check_entry_ids(context: Context) -> Iterator[Finding]:
    """Check that no two entries of one record have the same id."""
    for kind, field in _NUMBERED_LISTS.items():
        for record in context.corpus.of(kind):
            seen: set[str] = set()
            for index, entry in enumerate(record.data.get(field, ())):
                if entry["id"] in seen:
                    message = say("Another entry of this record has the id {id} already.", id=entry["id"])
                    hint = say("Give one of the two another id, and see which one other records mean.")
                    yield build_finding(ITEM_ID_TWICE, record, (field, index, "id"), message, hint, subject=entry["id"])
                seen.add(entry["id"])


def check_task_links(context: Context) -> Iterator[Finding]:
    """Check that the tasks cited by plans, inspections and summaries are in the annual plan of their year."""
    plans = context.corpus.by_year("annual-plan")
    for record, pointer, task in _find_task_citations(context.corpus):
        known = _find_known_tasks(plans, record)
        may_be_unplanned = pointer[-3] == "items"
        if known is None or task in known or (task == UNPLANNED and may_be_unplanned):
            continue
        message = say("The annual plan has no task {id}.", id=task)
        hint = say("Name a task of the year's plan.")
        if may_be_unplanned:
            hint = say("Name a task of the year's plan, or write unplanned.")
        yield build_finding(PLAN_LINK_BROKEN, record, pointer, message, hint, subject=task)


def check_results(context: Context) -> Iterator[Finding]:
    """Check that each summary of a year gives one result for every task of its plan."""
    plans = context.corpus.by_year("annual-plan")
    for kind in SUMMARY_HALVES:
        for summary in context.corpus.of(kind):
            plan = plans.get(_find_year(summary))
            listed: set[str] = set()
            for index, result in enumerate(summary.data["results"]):
                if result["task"] in listed:
                    message = say("The task {id} has two results.", id=result["task"])
                    yield build_finding(
                        RESULT_MISSING, summary, ("results", index), message, say("Keep one."), subject=result["task"]
                    )
                listed.add(result["task"])
            missing = [task["id"] for task in plan.data["tasks"] if task["id"] not in listed] if plan else []
            if missing:
                message = say("No result for: {tasks}.", tasks=tuple(missing))
                hint = say("Say of each task where it stands; what is due later may be not-started.")
                yield build_finding(RESULT_MISSING, summary, ("results",), message, hint, at_key=True)


def check_inspections(context: Context) -> Iterator[Finding]:
    """Find inspections without a clean-conduct task of the year's plan; summaries are covered by ``check_results``."""
    plans = context.corpus.by_year("annual-plan")
    for inspection in context.corpus.of("plan-inspection"):
        plan = plans.get(_find_year(inspection))
        clean = [task["id"] for task in plan.data["tasks"] if task["section"] == "clean-conduct"] if plan else []
        seen = {task["task"] for task in inspection.data["tasks"]}
        this_year = plan and seen.intersection(task["id"] for task in plan.data["tasks"])
        if clean and this_year and not seen.intersection(clean):
            message = say("The inspection leaves out the clean-conduct tasks: {tasks}.", tasks=tuple(clean))
            hint = say("Clean conduct is inspected together with the rest; if it was seen, enter its state.")
            yield build_finding(CLEAN_CONDUCT_APART, inspection, ("tasks",), message, hint, at_key=True)


def _find_year(record: GenericRecord) -> int:
    if record.period is not None:
        return record.period.start.year
    return (record.day or date.min).year


def _find_known_tasks(plans: Mapping[int, GenericRecord], record: GenericRecord) -> set[str] | None:
    """Return the ids that a record may cite; None without a plan for its year, which is a duty and no broken link.

    An inspection before the year's plan was approved may also cite tasks of the year before.
    """
    plan = plans.get(_find_year(record))
    if plan is None:
        return None
    tasks: list[Mapping[str, Any]] = list(plan.data["tasks"])
    before = plans.get(_find_year(record) - 1)
    if record.kind == "plan-inspection" and before and record.day and plan.day and record.day < plan.day:
        tasks += before.data["tasks"]
    return {task["id"] for task in tasks}


def _find_task_citations(corpus: Corpus) -> Iterator[tuple[GenericRecord, Pointer, str]]:
    """Yield every citation of a task: record, pointer and id. An annual plan may contain its quarter plans."""
    for kind, field in _CITING_LISTS.items():
        for record in corpus.of(kind):
            for index, entry in enumerate(record.data[field]):
                yield record, (field, index, "task"), entry["task"]
    for plan in corpus.of("annual-plan"):
        for row, quarter in enumerate(plan.data.get("quarters", ())):
            for index, item in enumerate(quarter["items"]):
                yield plan, ("quarters", row, "items", index, "task"), item["task"]

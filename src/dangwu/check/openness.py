"""Openness of Party affairs (8.2 to 8.5): approved first, in time, in stages, and inside its scope."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dangwu.model.finding import FindingCode, Severity, build_finding
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.check.context import Context
    from dangwu.model.finding import Finding, Pointer
    from dangwu.model.record import GenericRecord

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
DISCLOSURE_DAYS = FindingCode(
    "DW880", "disclosure-days", _ERROR, say("Days of a disclosure contradict each other"), "8.4"
)
DISCLOSURE_UNAPPROVED = FindingCode(
    "DW881", "disclosure-unapproved", _ERROR, say("Published before approval or secrecy check"), "8.2"
)
MAJOR_UNAPPROVED = FindingCode(
    "DW882", "major-unapproved", _ERROR, say("A major matter without approval from above"), "8.4"
)
DISCLOSURE_LATE = FindingCode("DW883", "disclosure-late", _WARNING, say("Published late after completion"), "8.4")
DISCLOSURE_STAGES = FindingCode(
    "DW884", "disclosure-stages", _WARNING, say("The three stages are missing or out of order"), "8.3"
)
SUPERVISORS_MISSING = FindingCode(
    "DW889", "supervisors-missing", _WARNING, say("No supervisor of openness in office"), "8.5"
)
CODES = (
    DISCLOSURE_DAYS,
    DISCLOSURE_UNAPPROVED,
    MAJOR_UNAPPROVED,
    DISCLOSURE_LATE,
    DISCLOSURE_STAGES,
    SUPERVISORS_MISSING,
)


def check_disclosure_days(context: Context) -> Iterator[Finding]:
    """See that the days of an item and of its feedback do not contradict each other."""
    for item in context.corpus.of("disclosure"):
        published, until = item.data["date"], item.data.get("until")
        completed = item.data.get("completed_on")
        if until is not None and until < published:
            message = say("The last day, {until}, lies before publication.", until=date.fromisoformat(until))
            yield build_finding(DISCLOSURE_DAYS, item, ("until",), message, say("Correct one of the two days."))
        if completed is not None and completed > published:
            message = say("Published before the work was completed on {day}.", day=date.fromisoformat(completed))
            hint = say("Correct one of the two days; temporary is for what is told while the work goes on.")
            yield build_finding(DISCLOSURE_DAYS, item, ("completed_on",), message, hint)
        if completed is None and item.data["timing"] == "periodic":
            message = say("A periodic item does not say when the work was completed.")
            yield build_finding(DISCLOSURE_DAYS, item, ("timing",), message, say("Add completed_on: with a date."))
        for index, each in enumerate(item.data.get("feedback", ())):
            yield from _check_feedback(item, each, ("feedback", index))


def _check_feedback(item: GenericRecord, each: dict[str, str], pointer: Pointer) -> Iterator[Finding]:
    answered = each.get("answered_on")
    if answered is not None and answered < each["date"]:
        message = say("The feedback {id} was answered before it was given.", id=each["id"])
        hint = say("Correct one of the two days.")
        yield build_finding(DISCLOSURE_DAYS, item, (*pointer, "answered_on"), message, hint, subject=each["id"])
    if (answered is None) != ("answer" not in each):
        message = say("The feedback {id} has an answer without its day, or a day without its answer.", id=each["id"])
        hint = say("Write answer: and answered_on: together.")
        yield build_finding(DISCLOSURE_DAYS, item, pointer, message, hint, subject=each["id"])


def check_approvals(context: Context) -> Iterator[Finding]:
    """See that each item was checked for secrets, then approved, then published, by people of the branch (2.9)."""
    for item in context.corpus.of("disclosure"):
        published, approved = item.data["date"], item.data["approved_on"]
        checked = item.data["secrecy_check"]
        if approved > published:
            message = say("Published before it was approved on {day}.", day=date.fromisoformat(approved))
            hint = say(
                "Approve, then publish; if it did happen so, keep the days and give the reason in accepted.yaml."
            )
            yield build_finding(DISCLOSURE_UNAPPROVED, item, ("approved_on",), message, hint)
        if checked["date"] > min(approved, published):
            message = say(
                "The secrecy check of {day} came after approval or publication.",
                day=date.fromisoformat(checked["date"]),
            )
            hint = say("The check comes first: what is secret cannot be called back.")
            yield build_finding(DISCLOSURE_UNAPPROVED, item, ("secrecy_check", "date"), message, hint)
        yield from _check_approver(context, item, checked["by"], checked["date"], ("secrecy_check", "by"))
        yield from _check_approver(context, item, item.data["approved_by"], approved, ("approved_by",))
        yield from _check_superior_approval(item)


def _check_approver(
    context: Context, item: GenericRecord, member: str, day: str, pointer: Pointer
) -> Iterator[Finding]:
    belonged = context.corpus.days_in_branch.get(member)
    # An id that leads nowhere is DW204 already.
    if belonged is not None and date.fromisoformat(day) not in belonged:
        message = say("{id} was no member of the branch on {day}.", id=member, day=date.fromisoformat(day))
        hint = say("Name the member who checked or approved it.")
        yield build_finding(DISCLOSURE_UNAPPROVED, item, pointer, message, hint, subject=member)


def _check_superior_approval(item: GenericRecord) -> Iterator[Finding]:
    if item.data["timing"] != "major":
        return
    approved = item.data.get("superior_approved_on")
    if approved is None:
        message = say("A major matter needs the approval of the superior Party organization.")
        yield build_finding(MAJOR_UNAPPROVED, item, ("timing",), message, say("Add superior_approved_on: with a date."))
    elif approved > item.data["date"]:
        message = say("Published before the superior approved it on {day}.", day=date.fromisoformat(approved))
        hint = say("A major matter is published after approval from above.")
        yield build_finding(MAJOR_UNAPPROVED, item, ("superior_approved_on",), message, hint)


def check_periodic_items(context: Context) -> Iterator[Finding]:
    """Find periodic items that were published long after the work was completed."""
    limit = context.settings.number("disclosure_days")
    for item in context.corpus.of("disclosure"):
        completed = item.data.get("completed_on")
        if item.data["timing"] != "periodic" or completed is None or item.day is None:
            continue
        gone = (item.day - date.fromisoformat(completed)).days
        if gone > limit:
            message = say("Published {count} days after completion; the limit is {limit}.", count=gone, limit=limit)
            hint = say("The limit is disclosure_days in branch.yaml; publish sooner next time.")
            yield build_finding(DISCLOSURE_LATE, item, ("date",), message, hint)


def check_stages(context: Context) -> Iterator[Finding]:
    """See that an important matter went through its three stages in order (8.3)."""
    for item in context.corpus.of("disclosure"):
        each = item.data.get("stages")
        if each is None:
            if item.data["timing"] == "major":
                message = say("A major matter has no stages.")
                hint = say("Add stages: opinions before, discussion at the decision, the result under supervision.")
                yield build_finding(DISCLOSURE_STAGES, item, ("timing",), message, hint)
            continue
        before, discussed = each["before"]["published_on"], each["decision"]["discussed_on"]
        result = each["result"]["published_on"]
        if discussed < before:
            message = say("Discussed before it was published for opinions.")
            hint = say("First opinions are sought, then it is discussed and decided.")
            yield build_finding(DISCLOSURE_STAGES, item, ("stages", "decision", "discussed_on"), message, hint)
        if result < discussed:
            message = say("The result was published before the matter was discussed.")
            hint = say("Correct the days, or say in accepted.yaml why it went so.")
            yield build_finding(DISCLOSURE_STAGES, item, ("stages", "result", "published_on"), message, hint)
        yield from _check_decision(context, item, each["decision"])


def _check_decision(context: Context, item: GenericRecord, decision: dict[str, str]) -> Iterator[Finding]:
    named = decision.get("meeting")
    if named is None or named in context.corpus.unread_ids:
        return
    pointer = ("stages", "decision", "meeting")
    meeting = next((each for each in context.corpus.meetings if each.id == named), None)
    if meeting is None:
        hint = say("A meeting's id is the name of its file without the ending.")
        yield build_finding(DISCLOSURE_STAGES, item, pointer, say("There is no meeting {id}.", id=named), hint)
    elif meeting.day != date.fromisoformat(decision["discussed_on"]):
        message = say("The meeting {id} was held on {day}.", id=named, day=meeting.day)
        yield build_finding(
            DISCLOSURE_STAGES, item, pointer, message, say("Correct discussed_on:, or name the right meeting.")
        )


def check_supervisors(context: Context) -> Iterator[Finding]:
    """See that somebody supervises openness on the as-of day (8.5)."""
    branch = context.corpus.branch
    if branch is None or branch.founded > context.as_of:
        return
    if not any(context.as_of in span for span in branch.supervisors):
        message = say("On {day} nobody supervises openness.", day=context.as_of)
        hint = say("Ask at least one person, and enter name, unit and from: under supervisors: in branch.yaml.")
        pointer: Pointer = ("supervisors",) if branch.supervisors else ("name",)
        yield build_finding(SUPERVISORS_MISSING, branch, pointer, message, hint, at_key=True)

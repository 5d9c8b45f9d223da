"""Openness of Party affairs (8.2 to 8.5): days, approvals, stages and supervisors of disclosures."""

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
    "DW884", "disclosure-stages", _WARNING, say("The three stages are missing, out of order or on one day"), "8.3"
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
_FEEDBACK_CLAUSE = "8.5"


def check_disclosure_days(context: Context) -> Iterator[Finding]:
    """Check that the days of a disclosure and of its feedback do not contradict each other."""
    for disclosure in context.corpus.of("disclosure"):
        published, until = disclosure.data["date"], disclosure.data.get("until")
        completed = disclosure.data.get("completed_on")
        if until is not None and until < published:
            message = say("The last day, {until}, lies before publication.", until=date.fromisoformat(until))
            yield build_finding(DISCLOSURE_DAYS, disclosure, ("until",), message, say("Correct one of the two days."))
        if completed is not None and completed > published:
            message = say("Published before the work was completed on {day}.", day=date.fromisoformat(completed))
            hint = say("Correct one of the two days; temporary is for what is told while the work goes on.")
            yield build_finding(DISCLOSURE_DAYS, disclosure, ("completed_on",), message, hint)
        if completed is None and disclosure.data["timing"] == "periodic":
            message = say("A periodic item does not say when the work was completed.")
            yield build_finding(
                DISCLOSURE_DAYS, disclosure, ("timing",), message, say("Add completed_on: with a date.")
            )
        for index, feedback in enumerate(disclosure.data.get("feedback", ())):
            yield from _check_feedback(disclosure, feedback, ("feedback", index))


def _check_feedback(disclosure: GenericRecord, feedback: dict[str, str], pointer: Pointer) -> Iterator[Finding]:
    answered = feedback.get("answered_on")
    if answered is not None and answered < feedback["date"]:
        message = say("The feedback {id} was answered before it was given.", id=feedback["id"])
        hint = say("Correct one of the two days.")
        yield build_finding(
            DISCLOSURE_DAYS,
            disclosure,
            (*pointer, "answered_on"),
            message,
            hint,
            subject=feedback["id"],
            clause=_FEEDBACK_CLAUSE,
        )
    if (answered is None) != ("answer" not in feedback):
        message = say(
            "The feedback {id} has an answer without its day, or a day without its answer.", id=feedback["id"]
        )
        hint = say("Write answer: and answered_on: together.")
        yield build_finding(
            DISCLOSURE_DAYS, disclosure, pointer, message, hint, subject=feedback["id"], clause=_FEEDBACK_CLAUSE
        )


def check_approvals(context: Context) -> Iterator[Finding]:
    """Check that each disclosure had its secrecy check, then approval, then publication, by members (2.9)."""
    for disclosure in context.corpus.of("disclosure"):
        published, approved = disclosure.data["date"], disclosure.data["approved_on"]
        checked = disclosure.data["secrecy_check"]
        if approved > published:
            message = say("Published before it was approved on {day}.", day=date.fromisoformat(approved))
            hint = say(
                "Approve, then publish; if it did happen so, keep the days and give the reason in accepted.yaml."
            )
            yield build_finding(DISCLOSURE_UNAPPROVED, disclosure, ("approved_on",), message, hint)
        if checked["date"] > min(approved, published):
            message = say(
                "The secrecy check of {day} came after approval or publication.",
                day=date.fromisoformat(checked["date"]),
            )
            hint = say("The check comes first: what is secret cannot be called back.")
            yield build_finding(DISCLOSURE_UNAPPROVED, disclosure, ("secrecy_check", "date"), message, hint)
        yield from _check_approver(context, disclosure, checked["by"], checked["date"], ("secrecy_check", "by"))
        yield from _check_approver(context, disclosure, disclosure.data["approved_by"], approved, ("approved_by",))
        yield from _check_superior_approval(disclosure)


def _check_approver(
    context: Context, disclosure: GenericRecord, member: str, day: str, pointer: Pointer
) -> Iterator[Finding]:
    belonged = context.corpus.days_in_branch.get(member)
    # An unknown id is reported as DW204.
    if belonged is not None and date.fromisoformat(day) not in belonged:
        message = say("{id} was no member of the branch on {day}.", id=member, day=date.fromisoformat(day))
        hint = say("Name the member who checked or approved it.")
        yield build_finding(DISCLOSURE_UNAPPROVED, disclosure, pointer, message, hint, subject=member)


def _check_superior_approval(disclosure: GenericRecord) -> Iterator[Finding]:
    if disclosure.data["timing"] != "major":
        return
    approved = disclosure.data.get("superior_approved_on")
    if approved is None:
        message = say("A major matter needs the approval of the superior Party organization.")
        yield build_finding(
            MAJOR_UNAPPROVED, disclosure, ("timing",), message, say("Add superior_approved_on: with a date.")
        )
    elif approved > disclosure.data["date"]:
        message = say("Published before the superior approved it on {day}.", day=date.fromisoformat(approved))
        hint = say("A major matter is published after approval from above.")
        yield build_finding(MAJOR_UNAPPROVED, disclosure, ("superior_approved_on",), message, hint)


def check_periodic_items(context: Context) -> Iterator[Finding]:
    """Find periodic disclosures published more than ``disclosure_days`` after the work was completed."""
    limit = context.settings.number("disclosure_days")
    for disclosure in context.corpus.of("disclosure"):
        completed = disclosure.data.get("completed_on")
        if disclosure.data["timing"] != "periodic" or completed is None or disclosure.day is None:
            continue
        days = (disclosure.day - date.fromisoformat(completed)).days
        if days > limit:
            message = say("Published {count} days after completion; the limit is {limit}.", count=days, limit=limit)
            hint = say("The limit is disclosure_days in branch.yaml; publish sooner next time.")
            yield build_finding(DISCLOSURE_LATE, disclosure, ("date",), message, hint)


def check_stages(context: Context) -> Iterator[Finding]:
    """Check that a major matter went through its three stages in order (8.3)."""
    for disclosure in context.corpus.of("disclosure"):
        stages = disclosure.data.get("stages")
        if stages is None:
            if disclosure.data["timing"] == "major":
                message = say("A major matter has no stages.")
                hint = say("Add stages: opinions before, discussion at the decision, the result under supervision.")
                yield build_finding(DISCLOSURE_STAGES, disclosure, ("timing",), message, hint)
            continue
        before, discussed = stages["before"]["published_on"], stages["decision"]["discussed_on"]
        result = stages["result"]["published_on"]
        if discussed < before:
            message = say("Discussed before it was published for opinions.")
            hint = say("First opinions are sought, then it is discussed and decided.")
            yield build_finding(DISCLOSURE_STAGES, disclosure, ("stages", "decision", "discussed_on"), message, hint)
        if result < discussed:
            message = say("The result was published before the matter was discussed.")
            hint = say("Correct the days, or say in accepted.yaml why it went so.")
            yield build_finding(DISCLOSURE_STAGES, disclosure, ("stages", "result", "published_on"), message, hint)
        if before == discussed == result:
            message = say(
                "All three stages lie on {day}: nobody could give an opinion before.", day=date.fromisoformat(before)
            )
            hint = say("Correct the days; if it did go so, seek opinions now, and leave time for them next time.")
            yield build_finding(DISCLOSURE_STAGES, disclosure, ("stages", "before", "published_on"), message, hint)
        yield from _check_decision(context, disclosure, stages["decision"])


def _check_decision(context: Context, disclosure: GenericRecord, decision: dict[str, str]) -> Iterator[Finding]:
    id_ = decision.get("meeting")
    if id_ is None or id_ in context.corpus.unread_ids:
        return
    pointer = ("stages", "decision", "meeting")
    meeting = next((meeting for meeting in context.corpus.meetings if meeting.id == id_), None)
    if meeting is None:
        hint = say("A meeting's id is the name of its file without the ending.")
        yield build_finding(DISCLOSURE_STAGES, disclosure, pointer, say("There is no meeting {id}.", id=id_), hint)
    elif meeting.day != date.fromisoformat(decision["discussed_on"]):
        message = say("The meeting {id} was held on {day}.", id=id_, day=meeting.day)
        yield build_finding(
            DISCLOSURE_STAGES, disclosure, pointer, message, say("Correct discussed_on:, or name the right meeting.")
        )


def check_supervisors(context: Context) -> Iterator[Finding]:
    """Check that a supervisor of openness is in office on the as-of day (8.5)."""
    branch = context.corpus.branch
    if branch is None or branch.founded > context.as_of:
        return
    if not any(context.as_of in span for span in branch.supervisors):
        message = say("On {day} nobody supervises openness.", day=context.as_of)
        hint = say("Ask at least one person, and enter name, unit and from: under supervisors: in branch.yaml.")
        pointer: Pointer = ("supervisors",) if branch.supervisors else ("name",)
        yield build_finding(SUPERVISORS_MISSING, branch, pointer, message, hint, at_key=True)

"""Life meetings: self-checks, notice, non-voting attendees, and rectification lists (4.2–4.6)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from dangwu.facts.meeting_rules import find_absent_without_leave, find_chair_fault
from dangwu.model.finding import FindingCode, Severity, build_finding
from dangwu.model.message import say
from dangwu.model.offices import SECRETARY
from dangwu.model.record import DEMOCRATIC_LIFE_MEETING, LIFE_MEETING_KINDS, Meeting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.check.context import Context
    from dangwu.model.finding import Finding
    from dangwu.model.record import GenericRecord

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
SELF_CHECKS_INCOMPLETE = FindingCode(
    "DW841", "self-checks-incomplete", _ERROR, say("Self-checks do not match those due"), "4.3"
)
NOTICE_TOO_LATE = FindingCode("DW842", "notice-too-late", _ERROR, say("Notice or report not before the meeting"), "4.4")
RECTIFICATION_INCOMPLETE = FindingCode(
    "DW843",
    "rectification-incomplete",
    _ERROR,
    say("A rectification list without a life meeting or with incomplete problems"),
    "4.6",
)
LIFE_WITHOUT_RECTIFICATION = FindingCode(
    "DW844", "life-without-rectification", _WARNING, say("A life meeting without a rectification list"), "4.6"
)
ATTENDEES_UNFIXED = FindingCode(
    "DW845",
    "attendees-unfixed",
    _WARNING,
    say("Non-voting attendees without the organization that decided on them"),
    "4.2",
)
LIFE_ABSENT = FindingCode(
    "DW847", "life-absent", _ERROR, say("Absent without reason from a democratic life meeting"), "4.2"
)
LIFE_ON_LEAVE = FindingCode(
    "DW848", "life-on-leave", Severity.NOTE, say("On leave from a democratic life meeting"), "4.2"
)
LIFE_CHAIR = FindingCode(
    "DW849",
    "life-chair",
    _ERROR,
    say("Somebody other than the secretary presided over a democratic life meeting"),
    "4.2",
)
CODES = (
    SELF_CHECKS_INCOMPLETE,
    NOTICE_TOO_LATE,
    RECTIFICATION_INCOMPLETE,
    LIFE_WITHOUT_RECTIFICATION,
    ATTENDEES_UNFIXED,
    LIFE_ABSENT,
    LIFE_ON_LEAVE,
    LIFE_CHAIR,
)

_LIST_DAYS = 30
"""Days after a life meeting for its list; the text says only "in time", so a later list is only a warning."""
_REQUIRED_FIELDS = ("measure", "owner", "due")


def check_life_meetings(context: Context) -> Iterator[Finding]:
    """Check every democratic life meeting."""
    for meeting in context.corpus.meetings:
        if meeting.kind == DEMOCRATIC_LIFE_MEETING:
            yield from _check_self_checks(context, meeting)
            yield from _check_notice(meeting)
            yield from _check_attendance(context, meeting)
            yield from _check_chair(context, meeting)
            if meeting.in_attendance and "in_attendance_fixed_by" not in meeting.data:
                message = say(
                    "There were non-voting attendees; the record does not say which organization decided on them."
                )
                hint = say("Add in_attendance_fixed_by: with the organization that decided it.")
                yield build_finding(ATTENDEES_UNFIXED, meeting, ("in_attendance",), message, hint, at_key=True)


def _check_self_checks(context: Context, meeting: Meeting) -> Iterator[Finding]:
    """Check that everyone due who was present or on leave made a self-check, and nobody who was not due."""
    corpus = context.corpus
    if corpus.branch is None:
        return
    due = corpus.roster.due(meeting)
    self_checks = meeting.data["self_checks"]
    for member in sorted(due.intersection(meeting.listed).difference(meeting.absent, self_checks)):
        message = say("There is no self-check of {name} ({id}).", name=corpus.name_of(member), id=member)
        hint = say("Everyone due makes one, also on leave; if it was made, add {id}.", id=member)
        yield build_finding(
            SELF_CHECKS_INCOMPLETE, meeting, ("self_checks",), message, hint, subject=member, at_key=True
        )
    for index, member in enumerate(self_checks):
        if member not in due and member not in corpus.unread_members:
            message = say("{name} ({id}) was not due at this meeting.", name=corpus.name_of(member), id=member)
            hint = say("Take {id} out of self_checks, or correct the id.", id=member)
            yield build_finding(SELF_CHECKS_INCOMPLETE, meeting, ("self_checks", index), message, hint, subject=member)


def _check_attendance(context: Context, meeting: Meeting) -> Iterator[Finding]:
    """Name everyone due who was absent without reason, and note those on leave; who stands in no list is DW301."""
    corpus = context.corpus
    if corpus.branch is None:
        return
    due = corpus.roster.due(meeting)
    everyone = say("All committee members attend a democratic life meeting.")
    if not corpus.roster.has_committee_on(meeting.day):
        everyone = say("Without a committee all members attend a democratic life meeting (assumed).")
    without_leave = find_absent_without_leave(corpus, meeting)
    for index, member in enumerate(meeting.absent):
        if member in without_leave:
            message = say(
                "{name} ({id}) was absent without reason. {everyone}",
                name=corpus.name_of(member),
                id=member,
                everyone=everyone,
            )
            hint = say(
                "If leave had been granted before the meeting, list {id} under leave; if not, let it stand and hold "
                "the meeting again.",
                id=member,
            )
            yield build_finding(LIFE_ABSENT, meeting, ("absent", index), message, hint, subject=member)
    for index, leave in enumerate(meeting.leave):
        if leave.member in due and leave.member not in meeting.present:
            message = say(
                "{name} ({id}) was on leave. {everyone}",
                name=corpus.name_of(leave.member),
                id=leave.member,
                everyone=everyone,
            )
            hint = say("Tell {id} what was said, and hear what {id} has to say to it.", id=leave.member)
            yield build_finding(LIFE_ON_LEAVE, meeting, ("leave", index), message, hint, subject=leave.member)


def _check_chair(context: Context, meeting: Meeting) -> Iterator[Finding]:
    """Check that the secretary presided if present, otherwise whom the secretary named."""
    corpus = context.corpus
    if corpus.branch is None:
        return
    fault = find_chair_fault(corpus, meeting)
    secretary = corpus.offices.post_on(SECRETARY, meeting.day)
    hint = say("Name who really presided, or add delegated_by: with the secretary, who was away.")
    if fault is None and secretary in meeting.present and meeting.chair != secretary:
        chair, held_by = corpus.name_of(meeting.chair), corpus.name_of(secretary)
        fault = say("the secretary {leader} was present, and {chair} presided", leader=held_by, chair=chair)
        hint = say("A secretary who is present presides; if it was so, let it stand, with its reason in accepted.yaml.")
    if fault:
        message = say("Chair: {fault}.", fault=fault)
        yield build_finding(LIFE_CHAIR, meeting, ("chair",), message, hint, subject=meeting.chair)


def _check_notice(meeting: Meeting) -> Iterator[Finding]:
    for field, what in (("notice", say("Notice was given")), ("reported_up", say("It was reported up"))):
        sent = date.fromisoformat(meeting.data[field]["sent_on"])
        if sent >= meeting.day:
            message = say("{what} on {sent}, not before the meeting.", what=what, sent=sent)
            hint = say("Both come before the meeting; correct the day if it is wrong, otherwise let it stand.")
            yield build_finding(NOTICE_TOO_LATE, meeting, (field, "sent_on"), message, hint, subject=field)


def check_rectifications(context: Context) -> Iterator[Finding]:
    """Check that every list names a life meeting and is not older than it.

    Each problem has measure, owner and due day, or was reported up.
    """
    for rectification in context.corpus.of("rectification"):
        yield from _check_origin(context, rectification)
        for index, item in enumerate(rectification.data["items"]):
            missing = tuple(key for key in _REQUIRED_FIELDS if key not in item)
            if missing and "reported_up_on" not in item:
                message = say("Without {fields}, and not reported up.", fields=missing)
                hint = say("Decide on measure, owner and due day, or report the problem up and enter reported_up_on.")
                yield build_finding(
                    RECTIFICATION_INCOMPLETE, rectification, ("items", index), message, hint, subject=item["id"]
                )


def _check_origin(context: Context, rectification: GenericRecord) -> Iterator[Finding]:
    id_ = rectification.data["meeting"]
    meeting = context.corpus.by_id.get(id_)
    if meeting is None and id_ in context.corpus.unread_ids:
        return
    if not isinstance(meeting, Meeting) or meeting.kind not in LIFE_MEETING_KINDS:
        message = say("{id} is no democratic and no organizational life meeting.", id=id_)
        hint = say("Write the name of the meeting's file without its ending.")
        yield build_finding(RECTIFICATION_INCOMPLETE, rectification, ("meeting",), message, hint, subject=id_)
    elif rectification.day and rectification.day < meeting.day:
        message = say("The list is older than its meeting, held on {day}.", day=meeting.day)
        yield build_finding(
            RECTIFICATION_INCOMPLETE,
            rectification,
            ("date",),
            message,
            say("Correct the day, or the meeting that it names."),
        )


def check_rectification_lists(context: Context) -> Iterator[Finding]:
    """Find life meetings that no rectification list names after 30 days."""
    if "rectification" in context.corpus.unread_kinds:
        return
    named = {rectification.data["meeting"] for rectification in context.corpus.of("rectification")}
    for meeting in context.meetings:
        last = meeting.day + timedelta(days=_LIST_DAYS)
        if meeting.kind in LIFE_MEETING_KINDS and meeting.id not in named and last < context.as_of:
            message = say("No rectification list names this meeting, {days} days after it.", days=_LIST_DAYS)
            hint = say("Draw up the list, dangwu new rectification, with meeting: {id}.", id=meeting.id)
            yield build_finding(LIFE_WITHOUT_RECTIFICATION, meeting, ("date",), message, hint)

"""Attendance lists: everyone due is in exactly one, and nobody else in any (3.5; form 2.2)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dangwu.facts.meeting_rules import find_chair_fault
from dangwu.model.finding import FindingCode, Severity, build_finding
from dangwu.model.message import Text, say
from dangwu.model.offices import SECRETARY
from dangwu.model.record import COMMITTEE_MEETING, DEMOCRATIC_LIFE_MEETING, GROUP_MEETING, Standing
from dangwu.model.roster import COMMITTEE_OR_ALL_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.check.context import Context
    from dangwu.model.corpus import Corpus
    from dangwu.model.finding import Finding, Pointer
    from dangwu.model.record import Meeting, Member

_ERROR = Severity.ERROR
ATTENDANCE_INCOMPLETE = FindingCode(
    "DW301", "attendance-incomplete", _ERROR, say("A member who was due is in no list"), "3.5"
)
NOT_DUE = FindingCode("DW302", "not-due", _ERROR, say("A member who was not due is in a list"), "3.5")
LISTED_TWICE = FindingCode("DW303", "listed-twice", _ERROR, say("A member stands in the lists twice"), "3.5")
LEAVE_INCOMPLETE = FindingCode("DW305", "leave-incomplete", _ERROR, say("Leave without reason code or approver"), "3.5")
CHAIR_WRONG = FindingCode("DW306", "chair-wrong", _ERROR, say("The meeting was chaired by the wrong person"), "3.5")
RECORDER_ABSENT = FindingCode("DW307", "recorder-absent", _ERROR, say("The recorder was not there"), "3.5")
COUNTS_DISAGREE = FindingCode(
    "DW308", "counts-disagree", _ERROR, say("Counts written by hand disagree with the lists"), "3.5"
)
LATE_NOT_PRESENT = FindingCode("DW311", "late-not-present", _ERROR, say("Late but not present"), "3.5")
CODES = (
    ATTENDANCE_INCOMPLETE,
    NOT_DUE,
    LISTED_TWICE,
    LEAVE_INCOMPLETE,
    CHAIR_WRONG,
    RECORDER_ABSENT,
    COUNTS_DISAGREE,
    LATE_NOT_PRESENT,
)


def check_attendance(context: Context) -> Iterator[Finding]:
    """Check the three lists of every meeting against the roster of its day."""
    corpus = context.corpus
    if corpus.branch is None:
        return
    for meeting in corpus.meetings:
        due = corpus.roster.due(meeting)
        listed = meeting.listed
        # Whoever stands in the lists twice makes them longer, or takes the place of somebody who is due.
        if len(listed) != len(due) or due.difference(listed):
            yield from _check_unlisted(corpus, meeting, due)
            yield from _check_not_due(corpus, meeting, due)
            yield from _check_listed_twice(corpus, meeting)


def check_meeting_lists(context: Context) -> Iterator[Finding]:
    """Check leave, late arrivals, chair, recorder and counts of every meeting."""
    for meeting in context.corpus.meetings:
        yield from _check_leave(context.corpus, meeting)
        for index, member in enumerate(meeting.late):
            if member not in meeting.present:
                message = say("{name} is listed as late but not as present.", name=context.corpus.name_of(member))
                hint = say("Someone late was there: list {id} under present too.", id=member)
                yield build_finding(LATE_NOT_PRESENT, meeting, ("late", index), message, hint, subject=member)
        yield from _check_chair(context.corpus, meeting)
        if meeting.recorder not in meeting.present and meeting.recorder not in meeting.in_attendance:
            name = context.corpus.name_of(meeting.recorder)
            message = say("The recorder {name} is not among those present.", name=name)
            hint = say("Name who really wrote the record; someone who was not due goes into in_attendance.")
            yield build_finding(RECORDER_ABSENT, meeting, ("recorder",), message, hint, subject=meeting.recorder)
        yield from _check_totals(context.corpus, meeting)


def find_listed_members(meeting: Meeting) -> Iterator[tuple[str, Pointer]]:
    """Yield each listed member with the pointer to the entry."""
    for index, member in enumerate(meeting.present):
        yield member, ("present", index)
    for index, leave in enumerate(meeting.leave):
        yield leave.member, ("leave", index, "member")
    for index, member in enumerate(meeting.absent):
        yield member, ("absent", index)


def _check_unlisted(corpus: Corpus, meeting: Meeting, due: frozenset[str]) -> Iterator[Finding]:
    for member in sorted(due.difference(meeting.listed) - corpus.unread_members):
        name = corpus.name_of(member)
        message = say("{name} ({id}) was due on {day} but stands in no list.", name=name, id=member, day=meeting.day)
        hint = say("Add {id} to present, leave or absent.", id=member)
        yield build_finding(ATTENDANCE_INCOMPLETE, meeting, ("present",), message, hint, subject=member, at_key=True)


def _check_not_due(corpus: Corpus, meeting: Meeting, due: frozenset[str]) -> Iterator[Finding]:
    for id_, pointer in find_listed_members(meeting):
        member = corpus.member_by_id.get(id_)
        if id_ in due or member is None or meeting.day not in member.days_in_branch:
            continue
        message = say(
            "{name} ({id}) was not due on {day}: {reason}.",
            name=member.name,
            id=id_,
            day=meeting.day,
            reason=_explain_not_due(corpus, meeting, member),
        )
        hint = say("Take {id} out of the list; someone who came all the same goes into in_attendance.", id=id_)
        yield build_finding(NOT_DUE, meeting, pointer, message, hint, subject=id_)


def _explain_not_due(corpus: Corpus, meeting: Meeting, member: Member) -> Text:
    if member.standing_on(meeting.day) is Standing.SUSPENDED:
        return say("membership was suspended")
    if any(meeting.day in exemption.span for exemption in member.exemptions):
        return say("exempt from attending on that day")
    if meeting.kind == GROUP_MEETING:
        group = member.group_on(meeting.day)
        known = corpus.branch.group(group) if corpus.branch and group else None
        return say("in the group {group} on that day", group=known.name) if known else say("in no group on that day")
    if meeting.kind in {COMMITTEE_MEETING, *COMMITTEE_OR_ALL_KINDS}:
        return say("not a committee member on that day")
    return say("not a member of the branch on that day")


def _check_listed_twice(corpus: Corpus, meeting: Meeting) -> Iterator[Finding]:
    counted = Counter(meeting.listed)
    seen: set[str] = set()
    for member, pointer in find_listed_members(meeting):
        if counted[member] > 1 and member in seen:
            message = say("{name} ({id}) stands in the lists more than once.", name=corpus.name_of(member), id=member)
            hint = say("Keep the one place that is true.")
            yield build_finding(LISTED_TWICE, meeting, pointer, message, hint, subject=member)
        seen.add(member)


def _check_leave(corpus: Corpus, meeting: Meeting) -> Iterator[Finding]:
    for index, leave in enumerate(meeting.leave):
        name, pointer = corpus.name_of(leave.member), ("leave", index)
        if not leave.reason:
            message = say("The leave of {name} has no reason code.", name=name)
            hint = say("Add reason: with one of the codes, never a diagnosis.")
            yield build_finding(LEAVE_INCOMPLETE, meeting, pointer, message, hint, subject=leave.member)
        if leave.approved_by is None:
            message = say("The leave of {name} does not say who approved it.", name=name)
            hint = say("Add approved_by:, or move {id} to absent if leave was not asked for.", id=leave.member)
            yield build_finding(LEAVE_INCOMPLETE, meeting, pointer, message, hint, subject=leave.member)
        elif leave.approved_by == leave.member and not _may_approve_own_leave(corpus, meeting, leave.member):
            message = say("{name} approved their own leave.", name=name)
            hint = say("Name who approved it: the chair or the secretary.")
            yield build_finding(
                LEAVE_INCOMPLETE, meeting, (*pointer, "approved_by"), message, hint, subject=leave.member
            )


def _may_approve_own_leave(corpus: Corpus, meeting: Meeting, member: str) -> bool:
    """Tell whether a member is the secretary, who has nobody in the branch to ask for leave."""
    return corpus.offices.post_on(SECRETARY, meeting.day) == member


def _check_chair(corpus: Corpus, meeting: Meeting) -> Iterator[Finding]:
    if meeting.chair not in meeting.present:
        message = say("The chair {name} is not among those present.", name=corpus.name_of(meeting.chair))
        hint = say("Name who really chaired, or list {id} under present.", id=meeting.chair)
        yield build_finding(CHAIR_WRONG, meeting, ("chair",), message, hint, subject=meeting.chair)
    if meeting.kind == DEMOCRATIC_LIFE_MEETING:
        return  # who presides over these stands in 4.2: DW849
    fault = find_chair_fault(corpus, meeting) if corpus.branch else None
    if fault:
        hint = say("Name who really chaired, or add delegated_by: with who named that person.")
        yield build_finding(
            CHAIR_WRONG, meeting, ("chair",), say("Chair: {fault}.", fault=fault), hint, subject=meeting.chair
        )


def _check_totals(corpus: Corpus, meeting: Meeting) -> Iterator[Finding]:
    if not meeting.totals or corpus.unread_members:
        return
    counted = {"due": len(corpus.roster.due(meeting)), "present": len(meeting.present)}
    labels = {"due": say("due"), "present": say("present")}
    for key, written in meeting.totals.items():
        if written != counted[key]:
            message = say(
                "The record counts {written} {what}, the lists and the roster give {counted}.",
                written=written,
                what=labels[key],
                counted=counted[key],
            )
            hint = say("Count again; leave totals out if nobody counted by hand.")
            yield build_finding(COUNTS_DISAGREE, meeting, ("totals", key), message, hint, subject=key)

"""Attendance: everyone due stands in exactly one list, nobody else in any (3.5; form 2.2)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dangwu.facts.meeting_rules import chair_fault
from dangwu.model.finding import Code, Severity, found
from dangwu.model.message import Text, say
from dangwu.model.record import COMMITTEE_MEETING, GROUP_MEETING, Standing
from dangwu.model.roster import COMMITTEE_OR_ALL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.check.context import Context
    from dangwu.model.corpus import Corpus
    from dangwu.model.finding import Finding, Pointer
    from dangwu.model.record import Meeting, Member

_E = Severity.ERROR
INCOMPLETE = Code("DW301", "attendance-incomplete", _E, say("A member who was due is in no list"), "3.5")
NOT_DUE = Code("DW302", "not-due", _E, say("A member who was not due is in a list"), "3.5")
TWICE = Code("DW303", "listed-twice", _E, say("A member stands in the lists twice"), "3.5")
LEAVE = Code("DW305", "leave-incomplete", _E, say("Leave without reason code or approver"), "3.5")
CHAIR = Code("DW306", "chair-wrong", _E, say("The meeting was chaired by the wrong person"), "3.5")
RECORDER = Code("DW307", "recorder-absent", _E, say("The recorder was not there"), "3.5")
TOTALS = Code("DW308", "counts-disagree", _E, say("Counts written by hand disagree with the lists"), "3.5")
LATE = Code("DW311", "late-not-present", _E, say("Late but not present"), "3.5")
CODES = (INCOMPLETE, NOT_DUE, TWICE, LEAVE, CHAIR, RECORDER, TOTALS, LATE)


def attendance(context: Context) -> Iterator[Finding]:
    """Compare the three lists of every meeting with who was due on its day."""
    corpus = context.corpus
    if corpus.branch is None:
        return
    for meeting in corpus.meetings:
        due = corpus.roster.due(meeting)
        listed = meeting.listed
        if len(listed) != len(due) or due.difference(listed) or len(set(listed)) != len(listed):
            yield from _missing(corpus, meeting, due)
            yield from _surplus(corpus, meeting, due)
            yield from _twice(corpus, meeting)


def lists(context: Context) -> Iterator[Finding]:
    """Check leave, late arrivals, chair, recorder and counts of every meeting."""
    for meeting in context.corpus.meetings:
        yield from _leave(context.corpus, meeting)
        for index, member in enumerate(meeting.late):
            if member not in meeting.present:
                message = say("{name} is listed as late but not as present.", name=context.corpus.name_of(member))
                hint = say("Someone late was there: list {id} under present too.", id=member)
                yield found(LATE, meeting, ("late", index), message, hint, subject=member)
        yield from _chair(context.corpus, meeting)
        if meeting.recorder not in meeting.present and meeting.recorder not in meeting.in_attendance:
            name = context.corpus.name_of(meeting.recorder)
            message = say("The recorder {name} is not among those present.", name=name)
            hint = say("Name who really wrote the record; someone who was not due goes into in_attendance.")
            yield found(RECORDER, meeting, ("recorder",), message, hint, subject=meeting.recorder)
        yield from _totals(context.corpus, meeting)


def where(meeting: Meeting) -> Iterator[tuple[str, Pointer]]:
    """Yield each listed member with the place where it stands."""
    for index, member in enumerate(meeting.present):
        yield member, ("present", index)
    for index, leave in enumerate(meeting.leave):
        yield leave.member, ("leave", index, "member")
    for index, member in enumerate(meeting.absent):
        yield member, ("absent", index)


def _missing(corpus: Corpus, meeting: Meeting, due: frozenset[str]) -> Iterator[Finding]:
    for member in sorted(due.difference(meeting.listed) - corpus.unread_members):
        name = corpus.name_of(member)
        message = say("{name} ({id}) was due on {day} but stands in no list.", name=name, id=member, day=meeting.day)
        hint = say("Add {id} to present, leave or absent.", id=member)
        yield found(INCOMPLETE, meeting, ("present",), message, hint, subject=member, at_key=True)


def _surplus(corpus: Corpus, meeting: Meeting, due: frozenset[str]) -> Iterator[Finding]:
    for id_, pointer in where(meeting):
        member = corpus.member_by_id.get(id_)
        if id_ in due or member is None or meeting.day not in member.days_in_branch:
            continue
        message = say(
            "{name} ({id}) was not due on {day}: {reason}.",
            name=member.name,
            id=id_,
            day=meeting.day,
            reason=_why_not_due(corpus, meeting, member),
        )
        hint = say("Take {id} out of the list; someone who came all the same goes into in_attendance.", id=id_)
        yield found(NOT_DUE, meeting, pointer, message, hint, subject=id_)


def _why_not_due(corpus: Corpus, meeting: Meeting, member: Member) -> Text:
    if member.standing_on(meeting.day) is Standing.SUSPENDED:
        return say("membership was suspended")
    if any(meeting.day in exemption.span for exemption in member.exemptions):
        return say("exempt from attending on that day")
    if meeting.kind == GROUP_MEETING:
        group = member.group_on(meeting.day)
        known = corpus.branch.group(group) if corpus.branch and group else None
        return say("in the group {group} on that day", group=known.name) if known else say("in no group on that day")
    if meeting.kind in {COMMITTEE_MEETING, *COMMITTEE_OR_ALL}:
        return say("not a committee member on that day")
    return say("not a member of the branch on that day")


def _twice(corpus: Corpus, meeting: Meeting) -> Iterator[Finding]:
    counted = Counter(meeting.listed)
    seen: set[str] = set()
    for member, pointer in where(meeting):
        if counted[member] > 1 and member in seen:
            message = say("{name} ({id}) stands in the lists more than once.", name=corpus.name_of(member), id=member)
            hint = say("Keep the one place that is true.")
            yield found(TWICE, meeting, pointer, message, hint, subject=member)
        seen.add(member)


def _leave(corpus: Corpus, meeting: Meeting) -> Iterator[Finding]:
    for index, leave in enumerate(meeting.leave):
        name, pointer = corpus.name_of(leave.member), ("leave", index)
        if not leave.reason:
            message = say("The leave of {name} has no reason code.", name=name)
            hint = say("Add reason: with one of the codes, never a diagnosis.")
            yield found(LEAVE, meeting, pointer, message, hint, subject=leave.member)
        if leave.approved_by is None:
            message = say("The leave of {name} does not say who approved it.", name=name)
            hint = say("Add approved_by:, or move {id} to absent if leave was not asked for.", id=leave.member)
            yield found(LEAVE, meeting, pointer, message, hint, subject=leave.member)
        elif leave.approved_by == leave.member and not _answers_to_nobody(corpus, meeting, leave.member):
            message = say("{name} approved their own leave.", name=name)
            hint = say("Name who approved it: the chair or the secretary.")
            yield found(LEAVE, meeting, (*pointer, "approved_by"), message, hint, subject=leave.member)


def _answers_to_nobody(corpus: Corpus, meeting: Meeting, member: str) -> bool:
    """Only a secretary has nobody in the branch to ask."""
    return bool(corpus.branch) and corpus.branch.post_on("secretary", meeting.day) == member  # type: ignore[union-attr]


def _chair(corpus: Corpus, meeting: Meeting) -> Iterator[Finding]:
    if meeting.chair not in meeting.present:
        message = say("The chair {name} is not among those present.", name=corpus.name_of(meeting.chair))
        hint = say("Name who really chaired, or list {id} under present.", id=meeting.chair)
        yield found(CHAIR, meeting, ("chair",), message, hint, subject=meeting.chair)
    fault = chair_fault(corpus, meeting) if corpus.branch else None
    if fault:
        hint = say("Name who really chaired, or add delegated_by: with who named that person.")
        yield found(CHAIR, meeting, ("chair",), say("Chair: {fault}.", fault=fault), hint, subject=meeting.chair)


def _totals(corpus: Corpus, meeting: Meeting) -> Iterator[Finding]:
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
            yield found(TOTALS, meeting, ("totals", key), message, hint, subject=key)

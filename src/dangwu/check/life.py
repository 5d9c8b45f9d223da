"""Democratic and organizational life meetings: self-checks, notice, who sat in, what is put right (4.2–4.6)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from dangwu.model.finding import Code, Severity, found
from dangwu.model.message import say
from dangwu.model.record import DEMOCRATIC_LIFE_MEETING, ORGANIZATIONAL_LIFE_MEETING, Meeting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.check.context import Context
    from dangwu.model.finding import Finding
    from dangwu.model.record import Sheet

_E, _W = Severity.ERROR, Severity.WARNING
SELF_CHECKS = Code("DW841", "self-checks-incomplete", _E, say("Self-checks that do not fit who was due"), "4.3")
TOO_LATE = Code("DW842", "notice-too-late", _E, say("Notice or report not before the meeting"), "4.4")
ITEM = Code("DW843", "rectification-incomplete", _E, say("A rectification list that leads nowhere"), "4.6")
NO_LIST = Code("DW844", "life-without-rectification", _W, say("A life meeting without a rectification list"), "4.6")
FIXED = Code("DW845", "attendees-unfixed", _W, say("Who sat in, and nobody who fixed it"), "4.2")
CODES = (SELF_CHECKS, TOO_LATE, ITEM, NO_LIST, FIXED)

LIFE_MEETINGS = (DEMOCRATIC_LIFE_MEETING, ORGANIZATIONAL_LIFE_MEETING)
_LIST_DAYS = 30
"""Days after a life meeting for its list; the text says no more than "in time", so this is only ever a warning."""
_WANTED = ("measure", "owner", "due")


def meetings(context: Context) -> Iterator[Finding]:
    """Check every democratic life meeting."""
    for meeting in context.corpus.meetings:
        if meeting.kind == DEMOCRATIC_LIFE_MEETING:
            yield from _self_checks(context, meeting)
            yield from _notice(meeting)
            if meeting.in_attendance and "in_attendance_fixed_by" not in meeting.data:
                message = say("People sat in; the record does not say who fixed that they should.")
                hint = say("Add in_attendance_fixed_by: with the organization that fixed it.")
                yield found(FIXED, meeting, ("in_attendance",), message, hint, at_key=True)


def _self_checks(context: Context, meeting: Meeting) -> Iterator[Finding]:
    """Compare the self-checks with those due who came or were on leave; absence without reason is another matter."""
    corpus = context.corpus
    if corpus.branch is None:
        return
    due = corpus.roster.due(meeting)
    made = meeting.data["self_checks"]
    for member in sorted(due.intersection(meeting.listed).difference(meeting.absent, made)):
        message = say("There is no self-check of {name} ({id}).", name=corpus.name_of(member), id=member)
        hint = say("Who is due makes one, on leave too; if it was made, add {id}.", id=member)
        yield found(SELF_CHECKS, meeting, ("self_checks",), message, hint, subject=member, at_key=True)
    for index, member in enumerate(made):
        if member not in due and member not in corpus.unread_members:
            message = say("{name} ({id}) was not due at this meeting.", name=corpus.name_of(member), id=member)
            hint = say("Take {id} out of self_checks, or correct the id.", id=member)
            yield found(SELF_CHECKS, meeting, ("self_checks", index), message, hint, subject=member)


def _notice(meeting: Meeting) -> Iterator[Finding]:
    for field, what in (("notice", say("Notice was given")), ("reported_up", say("It was reported up"))):
        sent = date.fromisoformat(meeting.data[field]["sent_on"])
        if sent >= meeting.day:
            message = say("{what} on {sent}, not before the meeting.", what=what, sent=sent)
            hint = say("Both come before the meeting; correct the day if it is wrong, otherwise let it stand.")
            yield found(TOO_LATE, meeting, (field, "sent_on"), message, hint, subject=field)


def rectifications(context: Context) -> Iterator[Finding]:
    """Check that every list comes from a life meeting, and every problem has its way."""
    for sheet in context.corpus.of("rectification"):
        yield from _origin(context, sheet)
        for index, item in enumerate(sheet.data["items"]):
            missing = tuple(key for key in _WANTED if key not in item)
            if missing and "reported_up_on" not in item:
                message = say("Without {fields}, and not reported up.", fields=missing)
                hint = say("Decide on measure, owner and due day, or report the problem up and enter reported_up_on.")
                yield found(ITEM, sheet, ("items", index), message, hint, subject=item["id"])


def _origin(context: Context, sheet: Sheet) -> Iterator[Finding]:
    named = sheet.data["meeting"]
    meeting = context.corpus.by_id.get(named)
    if meeting is None and any(each.id == named for each in context.corpus.unread):
        return
    if not isinstance(meeting, Meeting) or meeting.kind not in LIFE_MEETINGS:
        message = say("{id} is no democratic and no organizational life meeting.", id=named)
        hint = say("Write the name of the meeting's file without its ending.")
        yield found(ITEM, sheet, ("meeting",), message, hint, subject=named)
    elif sheet.day and sheet.day < meeting.day:
        message = say("The list is older than its meeting, held on {day}.", day=meeting.day)
        yield found(ITEM, sheet, ("date",), message, say("Correct the day, or the meeting that it names."))


def lists(context: Context) -> Iterator[Finding]:
    """Find life meetings whose problems were not taken up in a list after a month."""
    if any(each.kind == "rectification" for each in context.corpus.unread):
        return
    named = {sheet.data["meeting"] for sheet in context.corpus.of("rectification")}
    for meeting in context.meetings:
        waits = meeting.day + timedelta(days=_LIST_DAYS)
        if meeting.kind in LIFE_MEETINGS and meeting.id not in named and waits < context.as_of:
            message = say("No rectification list names this meeting, {days} days after it.", days=_LIST_DAYS)
            hint = say("Draw up the list, dangwu new rectification, with meeting: {id}.", id=meeting.id)
            yield found(NO_LIST, meeting, ("date",), message, hint)

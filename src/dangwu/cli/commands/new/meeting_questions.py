"""Options and answers → the input of a meeting; a wrong answer is asked for again, and nothing typed before is lost."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dangwu.authoring.body_line import escape_line
from dangwu.authoring.new.meeting import MeetingInput, find_chair, find_last_meeting, find_meeting_fault
from dangwu.cli.commands.new.clock_words import parse_time_range, split_time_range
from dangwu.cli.commands.new.leave_words import parse_leave
from dangwu.cli.languages import _
from dangwu.errors import UsageError
from dangwu.model.message import say
from dangwu.model.period import Period
from dangwu.model.record import GROUP_MEETING, LECTURE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from dangwu.cli.prompts import Asker
    from dangwu.model.record import Leave

_SEPARATORS = re.compile(r"[;；,，、]")


def read_meeting_input(ask: Asker, kind: str, words: Mapping[str, Any]) -> MeetingInput:
    """Parse the options of a meeting; prompt for day, hours, place, topics, absences and recorder where not given."""
    group = ask.group(words["group"]) if kind == GROUP_MEETING else None
    day = ask_meeting_day(ask, kind, group, words["date"])
    meeting = MeetingInput(
        kind=kind,
        day=day,
        group=group,
        time=_ask_time(ask, words["time"]),
        topics=tuple(words["topic"] or ()),
        chair=ask.member(words["chair"]),
        delegated_by=ask.member(words["delegated_by"]),
        lecturer=words.get("lecturer"),
        late=ask.members(words["late"] or ()),
        in_attendance=tuple(words["in_attendance"] or ()),
        makes_up=_parse_period(words["makes_up"]),
    )
    last = find_last_meeting(ask.corpus, meeting)
    meeting = replace(
        meeting,
        place=ask.parsed(words["place"], _("Place"), str.strip, last.place if last else None),
        topics=meeting.topics or tuple(ask.several(_("Issues, separated by ;"))),
        lecturer=meeting.lecturer or (ask.optional(_("Who lectured")) if kind == LECTURE else None),
    )
    ask.show_due(kind, group, day)
    return _ask_officers(ask, words, _ask_absences(ask, words, meeting))


def ask_meeting_day(ask: Asker, kind: str, group: str | None, word: str | None) -> date:
    """Return the day of a meeting, the as-of day where none is said; UsageError from a flag for which nobody is due."""

    def parse(text: str) -> date:
        day = ask.day(text)
        if not ask.corpus.roster.due_at(kind, group, day):
            raise UsageError(say("Nobody is due at this meeting on {day}.", day=day))
        return day

    assumed = ask.day(None)
    question = _("Day of the meeting, as in 2026-03-12")
    return ask.day(word) if word else ask.parsed(None, question, parse, assumed.isoformat()) or assumed


def _ask_time(ask: Asker, word: str | None) -> str:
    """Return the hours; of an answer with one hour alone, the other is asked for. UsageError without prompts."""
    start = ""

    def parse(text: str) -> str:
        nonlocal start
        hours = [] if start else split_time_range(text)
        if len(hours) == 1 and word is None:
            start = hours[0]
            raise UsageError(say("From {time}: and until when?", time=start))
        return parse_time_range(text, start)

    while True:
        time = ask.parsed(word, _("From when to when, as in 15:00-16:10"), parse)
        if time is not None:
            return time
        if not ask.interactive:
            raise UsageError(say("{flag} is missing.", flag="--time"))


def _ask_absences(ask: Asker, words: Mapping[str, Any], meeting: MeetingInput) -> MeetingInput:
    """Return the meeting with who was absent and who on leave."""

    def parse_absent(text: str) -> MeetingInput:
        return _refuse_fault(ask, replace(meeting, absent=ask.members(_SEPARATORS.split(text))))

    def parse_leaves(text: str) -> MeetingInput:
        return _refuse_fault(ask, replace(meeting, leave=_parse_leaves(ask, _SEPARATORS.split(text))))

    given = {name: words[name] is not None for name in ("absent", "leave")}
    if given["leave"]:
        meeting = replace(meeting, leave=_parse_leaves(ask, words["leave"]))
    if given["absent"]:
        meeting = replace(meeting, absent=ask.members(words["absent"]))
    else:
        meeting = (
            ask.parsed(None, _("Absent without reason, ids or names separated by ; (Enter: nobody)"), parse_absent)
            or meeting
        )
    if not given["leave"]:
        meeting = (
            ask.parsed(None, _("On leave, as in m009:business-trip, separated by ; (Enter: nobody)"), parse_leaves)
            or meeting
        )
    return replace(meeting, leave=tuple(_ask_approver(ask, leave) for leave in meeting.leave))


def _parse_leaves(ask: Asker, texts: Sequence[str]) -> tuple[Leave, ...]:
    return tuple(parse_leave(ask, text) for text in texts if text.strip())


def _ask_approver(ask: Asker, leave: Leave) -> Leave:
    """Return leave with who approved it; an empty answer leaves that to write."""
    if leave.approved_by is not None:
        return leave
    question = _("Who approved the leave of {name} (Enter: write it later)").format(
        name=ask.corpus.name_of(leave.member)
    )
    return leave._replace(approved_by=ask.parsed(None, question, ask.required_member))


def _ask_officers(ask: Asker, words: Mapping[str, Any], meeting: MeetingInput) -> MeetingInput:
    """Return the meeting with its recorder; who chaired is asked where the leader or secretary was not there."""
    away = {*meeting.absent, *(leave.member for leave in meeting.leave)}
    last = find_last_meeting(ask.corpus, meeting)
    known = last.recorder if last else ask.find_own_id() if words["recorder"] is None and ask.interactive else None
    known = None if known in away else known
    chair = meeting.chair
    if chair is None and find_chair(ask.corpus, meeting) in {None, *away}:
        chair = ask.parsed(None, _("Who chaired (Enter: write it later)"), ask.required_member)
    shown = f"{known} {ask.corpus.name_of(known)}" if known else None
    question = _("Recorder") if known else _("Recorder (Enter: write it later)")
    recorder = ask.parsed(words["recorder"], question, ask.required_member, known, shown)
    return replace(meeting, chair=chair, recorder=recorder)


def ask_sections(ask: Asker, schema: Mapping[str, Any]) -> dict[str, str]:
    """Prompt for the text of each section of a kind; return what was written by the sections' Chinese headings."""
    written = {}
    for heading in schema.get("x-headings", ()):
        question = _("“{section}”: what was said and done (Enter: write it later)")
        text = ask.optional(question.format(section=heading[ask.language]))
        if text is not None:
            written[heading["zh"]] = escape_line(text)
    return written


def _refuse_fault(ask: Asker, meeting: MeetingInput) -> MeetingInput:
    fault = find_meeting_fault(ask.corpus, meeting)
    if fault is not None:
        raise UsageError(fault)
    return meeting


def _parse_period(label: str | None) -> str | None:
    if label is None:
        return None
    try:
        return Period.parse(label).label
    except ValueError:
        raise UsageError(say("{text} is no period as in 2026-03, 2026-Q1 or 2026-H1.", text=label)) from None

"""The choice of a meeting: by --kind or --duty, or from a menu of the meetings due."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from dangwu.cli.duty_filter import find_duty
from dangwu.cli.languages import _
from dangwu.errors import UsageError
from dangwu.model.audience import Audience
from dangwu.model.duty import DutyState
from dangwu.model.message import say
from dangwu.model.record import MEETING_KINDS
from dangwu.model.spans import Span
from dangwu.pages.next_steps import find_next_step, find_record_kind, list_record_answers
from dangwu.pages.owed_meetings import asks_for_meeting, describe_owed_meeting, find_owed_meetings
from dangwu.pages.wording.next_step import describe_step, format_options, quote_for_shell
from dangwu.workspace.kind_names import find_kind, find_kind_title, find_kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.cli.prompts import Asker
    from dangwu.cli.session import Session
    from dangwu.model.duty import Duty
    from dangwu.model.message import Text
    from dangwu.model.results import DutyResult
    from dangwu.pages.owed_meetings import OwedMeeting
    from dangwu.workspace.workspace import Workspace

_MAX_OFFERED = 12
"""The most meetings due in the menu."""
_SETTLED_STATES = frozenset({DutyState.FULFILLED, DutyState.LATE, DutyState.WAIVED})


class MeetingChoice(NamedTuple):
    """A kind of meeting, the duty it is for or None, and the flags that follow from the duty."""

    kind: str
    duty: Duty | None = None
    flags: tuple[str, ...] = ()


def find_meeting_choice(session: Session, workspace: Workspace, word: str | None, id_: str | None) -> MeetingChoice:
    """Return the meeting of --kind and --duty; UsageError when one is no meeting or they differ."""
    kind = _find_meeting_kind(word) if word else None
    if not id_:
        return MeetingChoice(kind or "")
    choice = _build_duty_choice(session, *find_duty(workspace, id_, session.as_of, Audience.COMMITTEE))
    if kind not in {None, choice.kind}:
        message = say("{id} asks for another meeting: {title}.", id=id_, title=find_kind_title(choice.kind))
        raise UsageError(message, say("Leave --kind or --duty out."))
    return choice


def ask_meeting_choice(ask: Asker, session: Session, workspace: Workspace) -> MeetingChoice:
    """Print the menu and prompt for a choice; UsageError when the run is not interactive."""
    first = session.as_of.replace(year=session.as_of.year - 1, month=1, day=1)
    result = workspace.due(session.as_of, Span(first, session.as_of + timedelta(days=1)), Audience.COMMITTEE)
    meetings = find_owed_meetings(result)
    if not ask.interactive:
        raise UsageError(
            say("Say which meeting it was: --kind KIND or --duty ID."), _suggest_next_meeting(meetings, result, session)
        )
    choices = list(_list_choices(ask, session, result, meetings))
    question = _("Which one? A number, a kind of meeting or the id of a duty")
    question += _("; Enter for 1") if meetings else ""
    while True:
        reply = ask.optional(question) or ("1" if meetings else "")
        try:
            return _parse_reply(session, workspace, choices, unicodedata.normalize("NFKC", reply).strip())
        except UsageError as error:
            ask.report_error(error)


def _suggest_next_meeting(meetings: tuple[OwedMeeting, ...], result: DutyResult, session: Session) -> Text:
    if not meetings:
        return say("dangwu new meeting --help lists the kinds.")
    line = describe_owed_meeting(meetings[0], result, session.language)
    command = f"dangwu new meeting --duty {quote_for_shell(meetings[0].first.id)}"
    return say("The next one owed: {meeting}: {command}", meeting=line, command=command)


def _list_choices(
    ask: Asker, session: Session, result: DutyResult, meetings: tuple[OwedMeeting, ...]
) -> Iterator[MeetingChoice]:
    """Print the numbered menu and yield the choice of each number: meetings due, then the other kinds."""
    number = 0
    for number, meeting in enumerate(meetings[:_MAX_OFFERED], 1):
        ask.show(f"{number:4}  {describe_owed_meeting(meeting, result, session.language)}")
        yield _build_duty_choice(session, meeting.first, result)
    if len(meetings) > _MAX_OFFERED:
        ask.tell(say("      and {count} more, which dangwu due lists", count=len(meetings) - _MAX_OFFERED))
    listed = {meeting.kind for meeting in meetings[:_MAX_OFFERED]}
    due = {meeting.kind for meeting in meetings}
    for kind in MEETING_KINDS:
        if kind not in listed:
            number += 1
            title = session.language.value(find_kind_title(kind))
            line = title if kind in due else session.translate(say("{meeting}, nothing owed now", meeting=title))
            ask.show(f"{number:4}  {line}")
            yield MeetingChoice(kind)


def _parse_reply(session: Session, workspace: Workspace, choices: list[MeetingChoice], reply: str) -> MeetingChoice:
    """Return the choice of an answer: a number of the menu, the id of a duty, or a kind of meeting."""
    if not reply:
        raise UsageError(say("Type a number or a kind of meeting."))
    if reply.isdecimal():
        if 1 <= int(reply) <= len(choices):
            return choices[int(reply) - 1]
        raise UsageError(say("There is no number {number} in the list.", number=reply))
    return (
        find_meeting_choice(session, workspace, None, reply)
        if "/" in reply
        else MeetingChoice(_find_meeting_kind(reply))
    )


def _find_meeting_kind(word: str) -> str:
    """Return the kind of meeting that a word means; UsageError when it means none, several or another kind."""
    kinds = find_kinds(word)
    if kinds and not set(kinds) & set(MEETING_KINDS):
        hint = say("It is written with dangwu new {kind}.", kind=kinds[0])
        raise UsageError(say("{title} is no meeting.", title=find_kind_title(kinds[0])), hint)
    return find_kind(word, MEETING_KINDS)


def _build_duty_choice(session: Session, duty: Duty, result: DutyResult) -> MeetingChoice:
    """Return the meeting that fulfils a duty; UsageError when none does, with the next step for the duty."""
    clause = result.rulebook.clause(duty.clause)
    if clause is None or not asks_for_meeting(clause, duty):
        step = find_next_step(duty, result)
        hint = (
            describe_step(duty, step, result) if step else say("See dangwu explain {id}", id=quote_for_shell(duty.id))
        )
        raise UsageError(say("No meeting settles {id}.", id=duty.id), hint)
    if duty.state is DutyState.NOT_APPLICABLE:
        reason = duty.reason or say("not applicable")
        raise UsageError(say("{id} is not owed: {reason}", id=duty.id, reason=reason))
    if duty.state in _SETTLED_STATES:
        session.tell(say("{id} is settled already: this is a further meeting.", id=duty.id))
    words = format_options(list_record_answers(clause, duty, result))
    return MeetingChoice(find_record_kind(clause, duty), duty, tuple(words))

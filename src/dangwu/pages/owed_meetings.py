"""The meetings that are owed, each with the duties that its record fulfils: the choices of ``dangwu new meeting``."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.duty import DutyState
from dangwu.model.message import say
from dangwu.model.record import MEETING_KINDS
from dangwu.pages.next_steps import find_record_kind
from dangwu.pages.wording.names import find_group_name
from dangwu.pages.wording.values import add_remark, format_period_name, format_period_of_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.language import Language
    from dangwu.model.duty import Duty
    from dangwu.model.results import DutyResult
    from dangwu.model.rulebook import Clause

    _MeetingKey = tuple[str, str | None, str, str]

_OWED_STATES = frozenset({DutyState.OPEN, DutyState.OVERDUE})
_DONE_STATES = frozenset({DutyState.FULFILLED, DutyState.LATE})


class OwedMeeting(NamedTuple):
    """A meeting that is owed: its kind, and the duties of one period and body that a record of it fulfils."""

    kind: str
    duties: tuple[Duty, ...]

    @property
    def first(self) -> Duty:
        """The duty of the first clause."""
        return self.duties[0]


def find_owed_meetings(result: DutyResult) -> tuple[OwedMeeting, ...]:
    """Return the meetings that can still be held in time, by due day, then the overdue ones, the latest first."""
    meeting_duties = list(_find_meeting_duties(result))
    # Where the meeting was held, what is missing is its preparation (4.4): another meeting would not fulfil the duty.
    done_keys = {
        _build_meeting_key(clause, duty)
        for clause, duty in meeting_duties
        if duty.state in _DONE_STATES and not _asks_for_matter(clause)
    }
    open_duties: dict[_MeetingKey, list[Duty]] = {}
    for clause, duty in meeting_duties:
        if duty.state in _OWED_STATES and not duty.acknowledged and _build_meeting_key(clause, duty) not in done_keys:
            open_duties.setdefault(_build_meeting_key(clause, duty), []).append(duty)
    meetings = [OwedMeeting(kind, tuple(duties)) for (kind, *_), duties in open_duties.items()]
    upcoming = sorted((meeting for meeting in meetings if meeting.first.state is DutyState.OPEN), key=_rank_by_due_day)
    overdue = sorted(
        (meeting for meeting in meetings if meeting.first.state is DutyState.OVERDUE),
        key=_rank_by_due_day,
        reverse=True,
    )
    return (*upcoming, *overdue)


def asks_for_meeting(clause: Clause, duty: Duty) -> bool:
    """Tell whether the first kind of evidence for a duty is a meeting."""
    return clause.event is None and find_record_kind(clause, duty) in MEETING_KINDS


def describe_owed_meeting(meeting: OwedMeeting, result: DutyResult, lang: Language) -> str:
    """Return kind, body, period and the days left or past, in words."""
    duty = meeting.first
    this_year = duty.period.start.year == result.as_of.year
    parts = (
        _format_kind_and_matter(meeting, result, lang),
        find_group_name(result.corpus, duty.subject),
        lang.text(format_period_of_year(duty.period) if this_year else format_period_name(duty.period)),
    )
    what, days = " ".join(part for part in parts if part), (duty.due - result.as_of).days
    if days < 0:
        return lang.text(say("{meeting}, overdue, days past: {days}", meeting=what, days=-days))
    if days == 0:
        return lang.text(say("{meeting}, due today", meeting=what))
    return lang.text(say("{meeting}, days left: {days}", meeting=what, days=days))


def _find_meeting_duties(result: DutyResult) -> Iterator[tuple[Clause, Duty]]:
    for duty in result.duties:
        clause = result.rulebook.clause(duty.clause)
        if clause is not None and asks_for_meeting(clause, duty):
            yield clause, duty


def _build_meeting_key(clause: Clause, duty: Duty) -> _MeetingKey:
    """Return the key of the duties that one meeting can fulfil: kind, body, period, and clause if it names a matter."""
    return (
        find_record_kind(clause, duty),
        duty.subject,
        duty.period.label,
        clause.id if _asks_for_matter(clause) else "",
    )


def _asks_for_matter(clause: Clause) -> bool:
    """Tell whether only meetings about some matter count as evidence."""
    return bool(clause.evidence[0].where)


def _format_kind_and_matter(meeting: OwedMeeting, result: DutyResult, lang: Language) -> str:
    """Return the kind of meeting, and the matter it must deal with where the clause demands one."""
    clause = result.rulebook.clause(meeting.first.clause)
    kind = lang.value(result.kinds[meeting.kind].title)
    if clause is None or not _asks_for_matter(clause):
        return kind
    return add_remark(kind, lang.value(meeting.first.title), lang)


def _rank_by_due_day(meeting: OwedMeeting) -> tuple[str, int]:
    return meeting.first.due.isoformat(), MEETING_KINDS.index(meeting.kind)

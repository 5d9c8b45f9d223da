"""The meetings that are owed, each with the duties that one record settles: what ``dangwu new meeting`` offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.duty import DutyState
from dangwu.model.message import say
from dangwu.model.record import MEETING_KINDS
from dangwu.pages.wording.names import find_group_name
from dangwu.pages.wording.next_step import find_record_kind
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
    """A meeting that is owed: its kind, and the duties of one period and body that a record of it settles."""

    kind: str
    duties: tuple[Duty, ...]

    @property
    def first(self) -> Duty:
        """The duty that stands for all: that of the first clause."""
        return self.duties[0]


def find_owed_meetings(owed: DutyResult) -> tuple[OwedMeeting, ...]:
    """Return what can still be held in time, the nearest due day first, then what is overdue, the latest first."""
    asked = list(_find_meeting_duties(owed))
    # Where the meeting itself was held, what is missing is how it was prepared (4.4): another meeting mends nothing.
    held = {
        _build_meeting_key(clause, duty)
        for clause, duty in asked
        if duty.state in _DONE_STATES and not _asks_for_matter(clause)
    }
    found: dict[_MeetingKey, list[Duty]] = {}
    for clause, duty in asked:
        if duty.state in _OWED_STATES and not duty.acknowledged and _build_meeting_key(clause, duty) not in held:
            found.setdefault(_build_meeting_key(clause, duty), []).append(duty)
    meetings = [OwedMeeting(kind, tuple(duties)) for (kind, *_), duties in found.items()]
    left = sorted((meeting for meeting in meetings if meeting.first.state is DutyState.OPEN), key=_rank_by_due_day)
    past = sorted(
        (meeting for meeting in meetings if meeting.first.state is DutyState.OVERDUE),
        key=_rank_by_due_day,
        reverse=True,
    )
    return (*left, *past)


def asks_for_meeting(clause: Clause, duty: Duty) -> bool:
    """Tell whether a meeting is what a duty asks for first."""
    return clause.event is None and find_record_kind(clause, duty) in MEETING_KINDS


def describe_owed_meeting(meeting: OwedMeeting, owed: DutyResult, lang: Language) -> str:
    """Return kind, body, period and how many days are left or past, in words."""
    duty = meeting.first
    this_year = duty.period.start.year == owed.as_of.year
    parts = (
        _format_kind_and_matter(meeting, owed, lang),
        find_group_name(owed.corpus, duty.subject),
        lang.text(format_period_of_year(duty.period) if this_year else format_period_name(duty.period)),
    )
    what, days = " ".join(part for part in parts if part), (duty.due - owed.as_of).days
    if days < 0:
        return lang.text(say("{meeting}, overdue, days past: {days}", meeting=what, days=-days))
    if days == 0:
        return lang.text(say("{meeting}, due today", meeting=what))
    return lang.text(say("{meeting}, days left: {days}", meeting=what, days=days))


def _find_meeting_duties(owed: DutyResult) -> Iterator[tuple[Clause, Duty]]:
    for duty in owed.duties:
        clause = owed.rulebook.clause(duty.clause)
        if clause is not None and asks_for_meeting(clause, duty):
            yield clause, duty


def _build_meeting_key(clause: Clause, duty: Duty) -> _MeetingKey:
    """Return what one meeting can settle at once: one kind, body and period, and one matter where that is asked for."""
    return (
        find_record_kind(clause, duty),
        duty.subject,
        duty.period.label,
        clause.id if _asks_for_matter(clause) else "",
    )


def _asks_for_matter(clause: Clause) -> bool:
    """Tell whether only some meetings of the kind are meant, by what they deal with."""
    return bool(clause.evidence[0].where)


def _format_kind_and_matter(meeting: OwedMeeting, owed: DutyResult, lang: Language) -> str:
    """Return the kind of meeting, and the matter it must deal with where the clause demands one."""
    clause = owed.rulebook.clause(meeting.first.clause)
    kind = lang.value(owed.kinds[meeting.kind].title)
    if clause is None or not _asks_for_matter(clause):
        return kind
    return add_remark(kind, lang.value(meeting.first.title), lang)


def _rank_by_due_day(meeting: OwedMeeting) -> tuple[str, int]:
    return meeting.first.due.isoformat(), MEETING_KINDS.index(meeting.kind)

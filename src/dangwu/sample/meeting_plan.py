"""Which meetings the branch holds, and when: on days that suit a factory; and what the meetings are called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.period import Period, PeriodLength, list_periods
from dangwu.model.record import (
    COMMITTEE_MEETING,
    DEMOCRATIC_LIFE_MEETING,
    GENERAL_MEETING,
    GROUP_MEETING,
    LECTURE,
    ORGANIZATIONAL_LIFE_MEETING,
    PARTY_BUILDING_MEETING,
    STUDY_SESSION,
    THEMED_PARTY_DAY,
)
from dangwu.sample.work_days import list_meeting_days

if TYPE_CHECKING:
    import random
    from datetime import date

    from dangwu.sample.cast import Cast, Person
    from dangwu.sample.pools import Phrases


class MeetingKind(NamedTuple):
    """A kind of meeting: its clause, how often it is held, the shortest and longest it takes in minutes.

    To so many of one meetings applicants come; a ``small`` one needs no hall.
    """

    clause: str
    every: PeriodLength
    minutes: tuple[int, int]
    visited: float = 0
    small: bool = False


STUDY_HOURS = 3
KINDS = {
    GROUP_MEETING: MeetingKind("3.1", PeriodLength.MONTH, (45, 75), visited=0.2),
    COMMITTEE_MEETING: MeetingKind("3.2", PeriodLength.MONTH, (50, 90), small=True),
    GENERAL_MEETING: MeetingKind("3.3", PeriodLength.QUARTER, (70, 100), visited=0.5),
    LECTURE: MeetingKind("3.4", PeriodLength.HALF, (60, 85), visited=0.8),
    PARTY_BUILDING_MEETING: MeetingKind("1.5", PeriodLength.QUARTER, (70, 95), small=True),
    DEMOCRATIC_LIFE_MEETING: MeetingKind("4.1", PeriodLength.HALF, (100, 130), small=True),
    STUDY_SESSION: MeetingKind("6.3b", PeriodLength.MONTH, (STUDY_HOURS * 60, STUDY_HOURS * 60), visited=0.4),
    ORGANIZATIONAL_LIFE_MEETING: MeetingKind("6.5", PeriodLength.YEAR, (110, 150)),
    THEMED_PARTY_DAY: MeetingKind("BR16", PeriodLength.MONTH, (90, 120)),
}
_JUNE, _JULY, _DECEMBER = 6, 7, 12
_LIFE_FROM = 21
"""Democratic life meetings are held from this day of June and December on (4.1)."""
_MORNING, _STUDY_FROM = 8 * 60 + 30, 8 * 60 + 40
_ON_ONE_DAY = 0.5
"""Every other lecture follows the general meeting of its month, and is shorter."""
_AFTER_MEETING = (40, 60)


@dataclass(slots=True, eq=False)
class PlannedMeeting:
    """One meeting: when, for which duty, and what is wrong with it on purpose. ``start`` is minutes after midnight."""

    kind: str
    period: Period
    day: date
    start: int
    minutes: int
    group: str | None = None
    makes_up: bool = False
    recorded: date | None = None
    miscounted: bool = False
    absentee: Person | None = None
    marked: bool = False
    hears: bool = False
    major: bool = False
    copies: bool = False
    detailed: bool = False
    too_early: bool = False

    @property
    def duty(self) -> str:
        """The id of the duty it is evidence of."""
        return make_duty_id(self.kind, self.period, self.group)

    @property
    def end(self) -> int:
        """When it ends, in minutes after midnight."""
        return self.start + self.minutes

    @property
    def is_plain(self) -> bool:
        """Whether it is held and recorded in time."""
        return not self.makes_up and not self.recorded


def make_duty_id(kind: str, period: Period, group: str | None = None) -> str:
    """Return the id of the duty to hold a kind of meeting in a period."""
    return f"{KINDS[kind].clause}/{period.label}" + (f"/{group}" if group else "")


def meeting_order(meeting: PlannedMeeting) -> tuple[date, int, str, str]:
    """Sort meetings by day, start and path."""
    return (meeting.day, meeting.start, meeting.kind, meeting.group or "")


def plan_meetings(chance: random.Random, cast: Cast, start: date, last: date) -> list[PlannedMeeting]:
    """Return the meetings of system 3 from ``start`` up to and including ``last``, in order."""
    meetings: list[PlannedMeeting] = []
    lecture = 0
    for month in list_periods(PeriodLength.MONTH, start, last + timedelta(days=1)):
        number = (month.start.month - 1) % 6 + 1
        if number == 1:
            lecture = chance.choice((4, 5, 6, 6) if month.start.month == 1 else (3, 4, 5))
        meetings += _plan_month(chance, cast, month, with_general=number % 3 == 0, with_lecture=number == lecture)
    return sorted((meeting for meeting in meetings if meeting.day <= last), key=meeting_order)


def _plan_month(
    chance: random.Random, cast: Cast, month: Period, *, with_general: bool, with_lecture: bool
) -> list[PlannedMeeting]:
    days = list_meeting_days(month)
    meetings: list[PlannedMeeting] = []
    general: PlannedMeeting | None = None
    if cast.committee:
        day = days.pop(chance.randrange(max(1, len(days) // 3)))
        start = chance.choice((510, 540, 870, 960))
        meetings.append(_plan(chance, COMMITTEE_MEETING, day, start))
    if with_general:
        day = days.pop(chance.randrange(len(days) // 2, len(days)))
        start = chance.choice((810, 840, 870))
        general = _plan(chance, GENERAL_MEETING, day, start)
        meetings.append(general)
    if with_lecture:
        if general and chance.random() < _ON_ONE_DAY:
            meetings.append(_plan(chance, LECTURE, general.day, general.end + 15, minutes=_AFTER_MEETING))
        else:
            day = days.pop(chance.randrange(len(days)))
            meetings.append(_plan(chance, LECTURE, day, chance.choice((870, 900, 930))))
    for group in cast.groups:
        at = round((group.in_month + chance.uniform(-0.12, 0.12)) * (len(days) - 1))
        day = days[min(max(at, 0), len(days) - 1)]
        meetings.append(_plan(chance, GROUP_MEETING, day, group.start_minute, group=group.id))
    return meetings


def plan_further_meetings(
    chance: random.Random, planned: list[PlannedMeeting], start: date, last: date
) -> list[PlannedMeeting]:
    """Return the meetings of systems 1, 4 and 6, in the mornings of days that have no other meeting of the branch."""
    busy = {meeting.day for meeting in planned if meeting.kind != GROUP_MEETING}
    meetings: list[PlannedMeeting] = []

    for month in list_periods(PeriodLength.MONTH, start, last + timedelta(days=1)):
        days = [day for day in list_meeting_days(month) if day not in busy]
        number = month.start.month
        if number in {_JUNE, _DECEMBER}:
            late = [day for day in days if day.day >= _LIFE_FROM]
            meetings.append(_plan(chance, DEMOCRATIC_LIFE_MEETING, _take_day(chance, days, late), _MORNING))
        if number == _DECEMBER:
            day = _take_day(chance, days, days[:9])
            meetings.append(_plan(chance, ORGANIZATIONAL_LIFE_MEETING, day, _MORNING))
        if number == _JULY:
            meetings.append(_plan(chance, THEMED_PARTY_DAY, _take_day(chance, days, days[:5]), _MORNING))
        day = _take_day(chance, days, days[: max(1, len(days) // 2)])
        meetings.append(_plan(chance, STUDY_SESSION, day, _STUDY_FROM))
        if number % 3 == 2:  # noqa: PLR2004 - the middle month of a quarter
            meetings.append(_plan(chance, PARTY_BUILDING_MEETING, _take_day(chance, days, days), _MORNING))
    return [meeting for meeting in meetings if meeting.day <= last]


def _take_day(chance: random.Random, days: list[date], among: list[date]) -> date:
    day = chance.choice(among)
    days.remove(day)
    return day


def _plan(
    chance: random.Random,
    kind: str,
    day: date,
    start: int,
    *,
    minutes: tuple[int, int] | None = None,
    group: str | None = None,
) -> PlannedMeeting:
    shortest, longest = minutes or KINDS[kind].minutes
    length = chance.randrange(shortest, longest + 1, 5)
    return PlannedMeeting(kind, Period.containing(KINDS[kind].every, day), day, start, length, group)


def mark_major_meetings(meetings: list[PlannedMeeting]) -> None:
    """Let a general meeting of every half-year hear the administrative head, and one of every year decide a matter.

    A meeting that is held late or recorded late is passed over: it has its own fault.
    """
    general = [meeting for meeting in meetings if meeting.kind == GENERAL_MEETING and meeting.is_plain]
    for meeting in {Period.containing(PeriodLength.HALF, meeting.day): meeting for meeting in general}.values():
        meeting.hears = True
    for meeting in {meeting.day.year: meeting for meeting in reversed(general) if not meeting.marked}.values():
        meeting.major = True


def name_period(period: Period, phrases: Phrases) -> str:
    """Return a period as people say it within a year."""
    return phrases.periods[period.every][(period.start.month - 1) // period.every.months]


def name_meeting(meeting: PlannedMeeting, cast: Cast, phrases: Phrases) -> str:
    """Return what a meeting is called in a commit message."""
    group = cast.group(meeting.group).name if meeting.group else ""
    period = name_period(meeting.period, phrases)
    return phrases.meetings[meeting.kind].format(group=group, period=period).strip()

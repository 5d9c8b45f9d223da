"""Working days of a factory, and the days of a month on which meetings are held."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from dangwu.model.period import Period, PeriodLength

if TYPE_CHECKING:
    import random

_BEIJING = timezone(timedelta(hours=8))
_SATURDAY = 5
_FIXED_HOLIDAYS = {1: range(1, 4), 4: range(4, 7), 5: range(1, 6), 10: range(1, 9)}
# January ends and February begins with the Spring Festival in one year or another.
_MEETING_DAYS = {1: range(4, 20), 2: range(22, 30)}
_ANY_MONTH = range(3, 29)
_LAST_OF_ANY_MONTH = 28


def is_workday(day: date) -> bool:
    """Say whether people work; moving holidays are left out by ``list_meeting_days`` only."""
    return day.weekday() < _SATURDAY and day.day not in _FIXED_HOLIDAYS.get(day.month, ())


def list_workdays(first: date, until: date) -> list[date]:
    """Return the working days between two days, both included."""
    days = (first + timedelta(days=number) for number in range((until - first).days + 1))
    return [day for day in days if is_workday(day)]


def list_meeting_days(month: Period) -> list[date]:
    """Return the days of a month on which a meeting may be held; at least five."""
    usual = _MEETING_DAYS.get(month.start.month, _ANY_MONTH)
    return [day for day in list_workdays(month.start, month.last) if day.day in usual]


def workday_after(day: date, number: int = 0) -> date:
    """Return the day so many days later, or the next working day."""
    day += timedelta(days=number)
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def workday_before(day: date, number: int) -> date:
    """Return the day so many days earlier, or the working day before it."""
    day -= timedelta(days=number)
    while not is_workday(day):
        day -= timedelta(days=1)
    return day


def draw_recording_day(chance: random.Random, held: date, last: date) -> date:
    """Return the working day, 0 to 3 days after the meeting and not past ``last``, on which it is recorded."""
    options = [held + timedelta(days=number) for number in (0, 1, 1, 2, 3)]
    return chance.choice([day for day in options if day == held or (day <= last and is_workday(day))])


def beijing_time(day: date, minute: int, second: int = 0) -> datetime:
    """Return a moment from a day and minutes after midnight."""
    return datetime(day.year, day.month, day.day, minute // 60, minute % 60, second, tzinfo=_BEIJING)


def format_clock(minute: int) -> str:
    """Return minutes after midnight as 15:05."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def shift_years(day: date, years: int) -> date:
    """Return the same day of another year; the last days of a month become the 28th."""
    return day.replace(year=day.year + years, day=min(day.day, _LAST_OF_ANY_MONTH))


def start_of_month(day: date, back: int) -> date:
    """Return the first day of the month that lies so many months before the month of ``day``."""
    count = day.year * 12 + day.month - 1 - back
    return date(count // 12, count % 12 + 1, 1)


def month_of(day: date) -> Period:
    """Return the month of a day."""
    return Period.containing(PeriodLength.MONTH, day)

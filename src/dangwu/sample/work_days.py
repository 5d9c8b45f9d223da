"""Working days of a factory, and the days of a month on which meetings are held."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from dangwu.model.period import Every, Period

if TYPE_CHECKING:
    import random

BEIJING = timezone(timedelta(hours=8))
_SATURDAY = 5
_FIXED_HOLIDAYS = {1: range(1, 4), 4: range(4, 7), 5: range(1, 6), 10: range(1, 9)}
# January ends and February begins with the Spring Festival in one year or another.
_MEETING_DAYS = {1: range(4, 20), 2: range(22, 30)}
_ANY_MONTH = range(3, 29)


def is_workday(day: date) -> bool:
    """Say whether people work; moving holidays are left out by ``meeting_days`` only."""
    return day.weekday() < _SATURDAY and day.day not in _FIXED_HOLIDAYS.get(day.month, ())


def meeting_days(month: Period) -> list[date]:
    """Return the days of a month on which a meeting may be held; at least five."""
    usual = _MEETING_DAYS.get(month.start.month, _ANY_MONTH)
    days = (month.start + timedelta(days=number) for number in range((month.end - month.start).days))
    return [day for day in days if day.day in usual and is_workday(day)]


def workday_near(day: date) -> date:
    """Return the day itself or the next working day."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def recording_day(dice: random.Random, held: date, last: date) -> date:
    """Return the working day, 0 to 3 days after the meeting and not past ``last``, on which it is recorded."""
    options = [held + timedelta(days=after) for after in (0, 1, 1, 2, 3)]
    return dice.choice([day for day in options if day == held or (day <= last and is_workday(day))])


def moment(day: date, minute: int, second: int = 0) -> datetime:
    """Return a moment in Beijing time from a day and minutes after midnight."""
    return datetime(day.year, day.month, day.day, minute // 60, minute % 60, second, tzinfo=BEIJING)


def clock(minute: int) -> str:
    """Return minutes after midnight as 15:05."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def months_back(day: date, number: int) -> date:
    """Return the first day of the month that lies ``number`` months before the month of ``day``."""
    count = day.year * 12 + day.month - 1 - number
    return date(count // 12, count % 12 + 1, 1)


def month_of(day: date) -> Period:
    """Return the month of a day."""
    return Period.containing(Every.MONTH, day)

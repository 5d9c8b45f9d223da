"""Due days in words: two texts are equal exactly when the days are equal in every period."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING

from dangwu.model.message import say
from dangwu.model.period import PeriodLength

if TYPE_CHECKING:
    from dangwu.model.message import Text
    from dangwu.model.rulebook import DueDay

_LEAP_YEAR = 2024
_MONTHS_OF_YEAR = 12


def describe_opening(opens: DueDay | None, every: PeriodLength | str | None) -> Text:
    """Describe the first day of a duty's window; without one it opens with the period."""
    if opens is None or not isinstance(every, PeriodLength):
        return say("with the period")
    return say("with the period") if _is_first_day(opens, every) else _describe_day_in_period(opens, every)


def describe_due_day(due: DueDay, every: PeriodLength | str | None) -> Text:
    """Describe the due day within its period, or after its event."""
    if isinstance(every, PeriodLength):
        return _describe_day_in_period(due, every)
    if not due.days_after:
        return say("the day that the event sets")
    return say("{days} days after the event", days=due.days_after)


def _is_first_day(opens: DueDay, every: PeriodLength) -> bool:
    """Tell whether the window opens on the first day of the period."""
    return _find_month(opens, every) == 1 and opens.day == 1 and not opens.days_after


def _describe_day_in_period(due: DueDay, every: PeriodLength) -> Text:
    base = _describe_base_day(due, every)
    return say("{days} days after {day}", days=due.days_after, day=base) if due.days_after else base


def _describe_base_day(due: DueDay, every: PeriodLength) -> Text:
    month, day = _find_month(due, every), _find_month_day(due, every)
    if day is None and month == every.months:
        return say("the last day of the period")
    if day is None:
        return say("the last day of month {month} of the period", month=month)
    if every is PeriodLength.MONTH:
        return say("day {day} of the month", day=day)
    return say("day {day} of month {month} of the period", day=day, month=month)


def _find_month(due: DueDay, every: PeriodLength) -> int:
    """Return the month within the period, from 1; at most its last month, as in ``Period.month``."""
    return min(due.month or every.months, every.months)


def _find_month_day(due: DueDay, every: PeriodLength) -> int | str | None:
    """Return the day of the month, None for the last one: also when no such month is longer than that day."""
    months = range(_find_month(due, every), _MONTHS_OF_YEAR + 1, every.months)
    longest = max(monthrange(_LEAP_YEAR, month)[1] for month in months)
    return None if due.day is None or (isinstance(due.day, int) and due.day >= longest) else due.day

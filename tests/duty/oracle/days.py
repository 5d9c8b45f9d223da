"""Days and calendar periods, found by walking the days; the tool's calendar is not used on purpose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Raw: TypeAlias = dict[str, Any]
Records: TypeAlias = "Mapping[str, Raw]"

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A calendar period, both days included."""

    label: str
    first: date
    last: date


@cache
def calendar(every: str, year: int) -> tuple[Stretch, ...]:
    """Return the periods of a year, by walking its days."""
    stretches: dict[str, Stretch] = {}
    for day in each_day(date(year, 1, 1), date(year, 12, 31)):
        name = label(every, day)
        first = stretches[name].first if name in stretches else day
        stretches[name] = Stretch(name, first, day)
    return tuple(stretches.values())


def label(every: str, day: date) -> str:
    """Return how people write the period in which the day lies."""
    if every == "month":
        return f"{day.year}-{day.month:02d}"
    if every == "quarter":
        return f"{day.year}-Q{'111222333444'[day.month - 1]}"
    if every == "half":
        return f"{day.year}-H{'111111222222'[day.month - 1]}"
    return f"{day.year}"


def day_in_month(stretch: Stretch, months: int, written: Raw, *, otherwise: int) -> date:
    """Return a day written as month of the period, day of that month (its last if there are fewer), and days more."""
    month = stretch.first.month + min(written.get("month", months), months) - 1
    day = date(stretch.first.year, month, 1)
    while day.day < written.get("day", otherwise) and (day + timedelta(days=1)).month == month:
        day += timedelta(days=1)
    return day + timedelta(days=written.get("days_after", 0))


def within(entry: Raw, day: date) -> bool:
    """Tell whether the day lies in from..to, both included."""
    return day_of(entry["from"]) <= day and (entry.get("to") is None or day <= day_of(entry["to"]))


def each_day(first: date, last: date) -> Iterator[date]:
    """Yield the days, both included."""
    day = first
    while day <= last:
        yield day
        day += timedelta(days=1)


@cache
def day_of(text: str) -> date:
    """Read a day as the records write it."""
    return date.fromisoformat(text)

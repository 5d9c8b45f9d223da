"""Months, quarters, half-years and years as half-open ranges of days; days and times of day from text."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


def parse_day(text: object) -> date | None:
    """Return the day of an ISO date (``2026-03-12``); None for anything else."""
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def parse_clock(text: str) -> int:
    """Return a time of day (``14:30``) in minutes after midnight."""
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)


def add_months(day: date, months: int) -> date:
    """Return the same day some months later; in a shorter month its last day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


class PeriodLength(StrEnum):
    """The lengths of period that the ten systems use."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"

    @property
    def months(self) -> int:
        """How many calendar months it spans."""
        return {PeriodLength.MONTH: 1, PeriodLength.QUARTER: 3, PeriodLength.HALF: 6, PeriodLength.YEAR: 12}[self]


_LABEL = re.compile(r"(?P<year>\d{4})(?:-(?:(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4])|H(?P<half>[12])))?", re.ASCII)


class Period(NamedTuple):
    """One calendar month, quarter, half-year or year, from ``start`` until before ``end``."""

    start: date
    end: date
    every: PeriodLength

    @classmethod
    def containing(cls, every: PeriodLength, day: date) -> Period:
        """Return the period of a length that contains a day."""
        first = (day.month - 1) // every.months * every.months
        start = date(day.year, first + 1, 1)
        return cls(start, add_months(start, every.months), every)

    @classmethod
    def parse(cls, label: str) -> Period:
        """Return the period of a label: ``2026``, ``2026-03``, ``2026-Q1`` or ``2026-H1``; ValueError for others."""
        match = _LABEL.fullmatch(label)
        if match is None or match["year"] in {"0000", "9999"}:
            raise ValueError(label)
        year = int(match["year"])
        if match["month"]:
            return cls.containing(PeriodLength.MONTH, date(year, int(match["month"]), 1))
        if match["quarter"]:
            return cls.containing(PeriodLength.QUARTER, date(year, int(match["quarter"]) * 3, 1))
        if match["half"]:
            return cls.containing(PeriodLength.HALF, date(year, int(match["half"]) * 6, 1))
        return cls.containing(PeriodLength.YEAR, date(year, 1, 1))

    @property
    def last(self) -> date:
        """Its last day."""
        return self.end - timedelta(days=1)

    @property
    def label(self) -> str:
        """Its label, which ``parse`` reads."""
        part = (self.start.month - 1) // self.every.months + 1
        suffix = {
            PeriodLength.MONTH: f"-{part:02d}",
            PeriodLength.QUARTER: f"-Q{part}",
            PeriodLength.HALF: f"-H{part}",
            PeriodLength.YEAR: "",
        }
        return f"{self.start.year:04d}{suffix[self.every]}"

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day < self.end

    def following(self) -> Period:
        """Return the next period of the same length."""
        return Period.containing(self.every, self.end)

    def month(self, number: int) -> Period:
        """Return its ``number``-th calendar month, from 1; beyond its end the last one."""
        return Period.containing(PeriodLength.MONTH, add_months(self.start, min(number, self.every.months) - 1))


def list_periods(every: PeriodLength, start: date, end: date) -> Iterator[Period]:
    """Yield, in order, every period of this length that shares a day with ``[start, end)``."""
    if start >= end:
        return
    period = Period.containing(every, start)
    while period.start < end:
        yield period
        period = period.following()


def find_day_of_month(period: Period, day: int) -> date:
    """Return the day of the month of ``period``, or its last day in a shorter month."""
    return period.start.replace(day=min(day, monthrange(period.start.year, period.start.month)[1]))

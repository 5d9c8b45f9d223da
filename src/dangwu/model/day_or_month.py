"""A day, or a month of which the day is not known: compared only where every day of it gives the same answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.period import Period, parse_day

if TYPE_CHECKING:
    from datetime import date

_MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)


class DayOrMonth(NamedTuple):
    """One of the days from ``first`` to ``last``; the two are one where the day is known."""

    first: date
    last: date

    @classmethod
    def parse(cls, text: object) -> DayOrMonth | None:
        """Return the day of ``2026-03-12`` or the month of ``2026-03``; None for anything else."""
        day = parse_day(text)
        if day is not None:
            return cls(day, day)
        if not isinstance(text, str) or not _MONTH.fullmatch(text):
            return None
        try:
            month = Period.parse(text)
        except ValueError:
            return None
        return cls(month.start, month.last)

    @property
    def day(self) -> date | None:
        """The day; None where only the month is known."""
        return self.first if self.first == self.last else None

    @property
    def label(self) -> str:
        """The text as records have it: ``2026-03-12`` or ``2026-03``."""
        return self.first.isoformat() if self.day else f"{self.first:%Y-%m}"

    def is_before(self, day: date) -> bool:
        """Tell whether it surely lies before a day."""
        return self.last < day

    def is_after(self, day: date) -> bool:
        """Tell whether it surely lies after a day."""
        return self.first > day

    def may_be(self, other: DayOrMonth) -> bool:
        """Tell whether both can be one day."""
        return self.first <= other.last and other.first <= self.last

"""Spans and sets of days, as half-open ranges."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

FOREVER = date.max


class Span(NamedTuple):
    """The days from ``start`` until before ``end``."""

    start: date
    end: date = FOREVER

    @classmethod
    def inclusive(cls, first: date, last: date | None) -> Span:
        """Return the span of a first and a last day, both included; without a last day it is open-ended."""
        return cls(first, FOREVER if last is None or last >= FOREVER else last + timedelta(days=1))

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day < self.end


class Days:
    """An immutable set of days, as sorted, disjoint, non-empty spans."""

    __slots__ = ("_starts", "spans")

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        merged: list[Span] = []
        for span in sorted(spans):
            if span.start >= span.end:
                continue
            if merged and span.start <= merged[-1].end:
                merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
            else:
                merged.append(span)
        self.spans = tuple(merged)
        self._starts = [span.start for span in merged]

    def __contains__(self, day: date) -> bool:
        at = bisect_right(self._starts, day) - 1
        return at >= 0 and day in self.spans[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Days) and self.spans == other.spans

    def __hash__(self) -> int:
        return hash(self.spans)

    def __and__(self, other: Days) -> Days:
        return Days(
            Span(max(a.start, b.start), min(a.end, b.end))
            for a in self.spans
            for b in other.spans
            if a.start < b.end and b.start < a.end
        )

    def __or__(self, other: Days) -> Days:
        return Days((*self.spans, *other.spans))

    def count(self, start: date, end: date) -> int:
        """Return how many days of ``[start, end)`` are in the set."""
        return sum(
            (min(span.end, end) - max(span.start, start)).days
            for span in self.spans
            if max(span.start, start) < min(span.end, end)
        )

"""Sums of a year, as values: dues, grades, letters, meetings and duties."""

from __future__ import annotations

from typing import NamedTuple


class DuesTotal(NamedTuple):
    """Dues of the months begun by the as-of day: of how many people, assessed and paid, in fen."""

    people: int
    assessed: int
    paid: int


class MonthDues(NamedTuple):
    """Dues of one month of all people together, in fen: assessed, paid, and what is still to be paid of each."""

    month: int
    assessed: int
    paid: int
    open: int


class LetterCounts(NamedTuple):
    """How many letters and visits came, and how many of them were answered by the as-of day."""

    received: int
    answered: int


class YearTotals(NamedTuple):
    """What is told as sums. None or empty where there is nothing, or where it is not for this audience.

    ``grades`` are the counts of the year's appraisal, best first; ``excellent`` are ids of members.
    """

    dues: DuesTotal | None = None
    dues_by_month: tuple[MonthDues, ...] = ()
    grades: tuple[tuple[str, int], ...] = ()
    excellent: tuple[str, ...] = ()
    letters: LetterCounts | None = None


GRADES = ("excellent", "qualified", "basically-qualified", "unqualified")
"""The grades of an assessment, best first."""
TALLY_FIELDS = tuple(grade.replace("-", "_") for grade in GRADES)
"""The fields of an appraisal's tally, one for each grade."""


class YearSums(NamedTuple):
    """A year's sums by the as-of day.

    ``meetings`` of all kinds held, ``due`` and ``present`` at them together. ``asked`` are the duties of the branch and
    its bodies that are settled and not waived, ``done`` in time or late, ``in_time`` those in time. ``dues`` is None
    where there are none or where they are not for this audience.
    """

    year: int
    meetings: int
    due: int
    present: int
    asked: int
    done: int
    in_time: int
    dues: DuesTotal | None

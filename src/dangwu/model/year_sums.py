"""Totals of a year: dues, grades, letters, meetings and duties."""

from __future__ import annotations

from typing import NamedTuple


class DuesTotal(NamedTuple):
    """Dues of the months begun by the as-of day: number of people, and amounts assessed and paid, in fen."""

    people: int
    assessed: int
    paid: int


class MonthDues(NamedTuple):
    """Dues of one month of all people together, in fen: assessed, paid, and the sum of what each still owes."""

    month: int
    assessed: int
    paid: int
    open: int


class LetterCounts(NamedTuple):
    """Numbers of letters and visits received, and answered by the as-of day."""

    received: int
    answered: int


class YearTotals(NamedTuple):
    """Totals of a year; None or empty where there is nothing, or it is not for the audience.

    ``grades`` are the counts of the year's appraisal, best first, ``excellent`` the ids of members.
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
    """Sums of a year by the as-of day, for comparison with other years.

    ``due`` and ``present`` are attendance counts of all ``meetings``. ``asked`` are the duties of the branch and its
    bodies that are fulfilled, late or overdue, ``done`` those fulfilled or late, ``in_time`` those fulfilled. ``dues``
    is None where there are none, or they are not for the audience.
    """

    year: int
    meetings: int
    due: int
    present: int
    asked: int
    done: int
    in_time: int
    dues: DuesTotal | None

"""Sums of a year for comparison with other years, from the records that an audience may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.facts.attendance_counts import AttendanceCounts, count_meeting_attendance
from dangwu.facts.year_totals import is_of_year
from dangwu.model.duty import DutyState
from dangwu.model.year_sums import YearSums

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from dangwu.model.corpus import Corpus
    from dangwu.model.duty import Duty
    from dangwu.model.rulebook import Rulebook
    from dangwu.model.year_sums import DuesTotal

TREND_YEARS = 6
"""The most years that are compared, the reported one last."""
_DONE_STATES = {DutyState.FULFILLED, DutyState.LATE}
_ASKED_STATES = {*_DONE_STATES, DutyState.OVERDUE}


def has_records(year: int, corpus: Corpus, as_of: date) -> bool:
    """Tell whether a meeting was held in a year, or another record is for it, by the as-of day."""
    return any(meeting.day.year == year and meeting.day <= as_of for meeting in corpus.meetings) or any(
        is_of_year(record, year, as_of) for record in corpus.generic_records
    )


def compute_year_sums(
    year: int, corpus: Corpus, duties: Iterable[Duty], *, rulebook: Rulebook, as_of: date, dues: DuesTotal | None
) -> YearSums:
    """Return the sums of a year; ``duties`` are those of the year that the audience may see.

    Duties that each person owes alone, and that follow from no event, are left out.
    """
    held = [meeting for meeting in corpus.meetings if meeting.day.year == year and meeting.day <= as_of]
    attendance = sum((count_meeting_attendance(corpus, meeting) for meeting in held), AttendanceCounts())
    personal = {clause.id for clause in rulebook.clauses if clause.event is None and clause.subject.personal}
    states = [duty.state for duty in duties if duty.clause not in personal]
    return YearSums(
        year=year,
        meetings=len(held),
        due=attendance.due,
        present=attendance.present,
        asked=sum(state in _ASKED_STATES for state in states),
        done=sum(state in _DONE_STATES for state in states),
        in_time=states.count(DutyState.FULFILLED),
        dues=dues,
    )

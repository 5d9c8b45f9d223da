"""What a year comes to in a few sums, to be set beside other years. Made of what an audience sees, and of no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.facts.year_totals import is_of_year
from dangwu.model.duty import DutyState
from dangwu.model.year_sums import YearSums

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from dangwu.model.corpus import Corpus
    from dangwu.model.duty import Duty
    from dangwu.model.record import Meeting
    from dangwu.model.rulebook import Rulebook
    from dangwu.model.year_sums import DuesTotal

TREND_YEARS = 6
"""How many years stand beside each other at most, the reported one the last."""
_DONE_STATES = {DutyState.FULFILLED, DutyState.LATE}
_ASKED_STATES = {*_DONE_STATES, DutyState.OVERDUE}


def has_records(year: int, corpus: Corpus, as_of: date) -> bool:
    """Tell whether a year has a meeting, or another record that is for it."""
    return any(meeting.day.year == year and meeting.day <= as_of for meeting in corpus.meetings) or any(
        is_of_year(sheet, year, as_of) for sheet in corpus.generic_records
    )


def compute_year_sums(
    year: int, corpus: Corpus, duties: Iterable[Duty], *, book: Rulebook, as_of: date, dues: DuesTotal | None
) -> YearSums:
    """Add up a year of the records and duties that an audience sees."""
    held = [meeting for meeting in corpus.meetings if meeting.day.year == year and meeting.day <= as_of]
    counts = [_count_due_and_present(each, corpus) for each in held]
    alone = {clause.id for clause in book.clauses if clause.event is None and clause.subject.personal}
    states = [duty.state for duty in duties if duty.clause not in alone]
    return YearSums(
        year=year,
        meetings=len(held),
        due=sum(due for due, _ in counts),
        present=sum(present for _, present in counts),
        asked=sum(state in _ASKED_STATES for state in states),
        done=sum(state in _DONE_STATES for state in states),
        in_time=states.count(DutyState.FULFILLED),
        dues=dues,
    )


def _count_due_and_present(meeting: Meeting, corpus: Corpus) -> tuple[int, int]:
    if meeting.totals:
        return meeting.totals["due"], meeting.totals["present"]
    due = corpus.roster.due(meeting)
    return len(due), len(due.intersection(meeting.present))

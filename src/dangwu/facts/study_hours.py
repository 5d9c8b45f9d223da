"""Hours of study in a year: a fact for people, never a measure of anybody (6.3b)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.period import Period
from dangwu.model.record import LECTURE, STUDY_SESSION, Standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.model.corpus import Corpus

HOURS_A_YEAR = 32
"""What is generally asked of a member in a year (2019 rules on the education of members, Art. 20)."""


def sum_study_hours(corpus: Corpus, year: int) -> dict[str, float]:
    """Return the hours of everyone who was a full or probationary member on a day of the year, by id.

    Counted are study sessions, trainings, and lectures that give their hours, in the year in which they began.
    """
    period = Period.parse(str(year))
    sums = {
        id_: 0.0
        for id_, member in sorted(corpus.member_by_id.items())
        if member.days_as(Standing.FULL, Standing.PROBATIONARY).count(period.start, period.end)
    }
    for present, length in _find_attended_hours(corpus, period):
        for member in sums.keys() & set(present):
            sums[member] += length
    return sums


def _find_attended_hours(corpus: Corpus, period: Period) -> Iterator[tuple[tuple[str, ...], float]]:
    for meeting in corpus.meetings:
        if meeting.kind in {STUDY_SESSION, LECTURE} and meeting.day in period:
            yield meeting.present, meeting.data.get("hours", 0)
    for training in corpus.of("training"):
        if training.day in period:
            yield tuple(training.data["present"]), training.data["hours"]

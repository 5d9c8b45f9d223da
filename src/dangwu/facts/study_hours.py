"""Hours of study of each member in a year (6.3b); no assessment follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.period import Period
from dangwu.model.record import LECTURE, STUDY_SESSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.model.corpus import Corpus

HOURS_A_YEAR = 32
"""Hours generally required of a member in a year (2019 rules on the education of members, Art. 20)."""


def sum_study_hours(corpus: Corpus, year: int) -> dict[str, float]:
    """Return the hours of everyone who was a full or probationary member on a day of the year, by id.

    Study sessions and trainings count, and lectures that give their hours, each in the year in which it began.
    """
    period = Period.parse(str(year))
    sums = {member.id: 0.0 for member in corpus.find_members_during(period)}
    for present, hours in _find_attended_hours(corpus, period):
        for member in sums.keys() & set(present):
            sums[member] += hours
    return sums


def _find_attended_hours(corpus: Corpus, period: Period) -> Iterator[tuple[tuple[str, ...], float]]:
    """Yield the ids of those present at each study event of the period, with its hours."""
    for meeting in corpus.meetings:
        if meeting.kind in {STUDY_SESSION, LECTURE} and meeting.day in period:
            yield meeting.present, meeting.data.get("hours", 0)
    for training in corpus.of("training"):
        if training.day in period:
            yield tuple(training.data["present"]), training.data["hours"]

"""The records of the sample branch that are no meetings: plans, targets, study, openness, supervision, talks, dues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.sample.papers import (
    admonitions,
    assessments,
    dues,
    openness,
    plans,
    rectifications,
    study,
    summaries,
    supervision,
    targets,
)

if TYPE_CHECKING:
    from dangwu.sample.cast import Person
    from dangwu.sample.papers.paper_writer import Desk


def write_papers(desk: Desk, absentee: Person | None) -> None:
    """File every record that is no meeting; ``absentee`` is spared all other faults."""
    plans.write(desk)
    summaries.write(desk)
    study.write(desk)
    items = targets.write(desk)
    appraised = assessments.write(desk, items)
    rectified = rectifications.write(desk)
    owing = dues.who_owes(desk, absentee)
    collected = dues.write(desk, owing)
    openness.write(desk, rectified, appraised, collected)
    supervision.write(desk)
    admonitions.write(desk, {person.id for person in (absentee, owing) if person})

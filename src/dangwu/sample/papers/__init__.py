"""The records of the sample branch that are no meetings: plans, targets, study, openness, supervision, talks, dues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.sample.papers.admonitions import write_admonitions
from dangwu.sample.papers.assessments import write_assessments
from dangwu.sample.papers.dues import choose_debtor, write_dues
from dangwu.sample.papers.openness import write_disclosures
from dangwu.sample.papers.plans import write_plans
from dangwu.sample.papers.rectifications import write_rectifications
from dangwu.sample.papers.study import write_study
from dangwu.sample.papers.summaries import write_summaries
from dangwu.sample.papers.supervision import write_supervision
from dangwu.sample.papers.targets import write_targets

if TYPE_CHECKING:
    from dangwu.sample.cast import Person
    from dangwu.sample.papers.paper_writer import PaperWriter


def write_papers(writer: PaperWriter, absentee: Person | None) -> None:
    """File every record that is no meeting; ``absentee`` is spared all other faults."""
    write_plans(writer)
    write_summaries(writer)
    write_study(writer)
    targets = write_targets(writer)
    appraised = write_assessments(writer, targets)
    rectified = write_rectifications(writer)
    debtor = choose_debtor(writer, absentee)
    collected = write_dues(writer, debtor)
    write_disclosures(writer, rectified, appraised, collected)
    write_supervision(writer)
    write_admonitions(writer, [absentee, debtor])

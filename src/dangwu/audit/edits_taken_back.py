"""Audit check of edits that were taken back within the hour, and would have been told without that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.audit.context import build_edit_observation, describe_day
from dangwu.audit.later_edits import (
    counts_as_edit,
    find_earlier_use,
    find_summaries_by_half,
    read_own_days,
)
from dangwu.audit.undone_edits import find_steps_taken_back
from dangwu.model.finding import FindingCode, Severity
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dangwu.audit.context import AuditContext
    from dangwu.audit.later_edits import HalfYearSummary
    from dangwu.model.observation import Observation
    from dangwu.model.period import Period
    from dangwu.model.record_life import LifeStep, RecordLife

EDIT_TAKEN_BACK = FindingCode("DW981", "edit-taken-back", Severity.NOTE, say("Edited, and taken back within the hour"))
CODES = (EDIT_TAKEN_BACK,)


def find_edits_taken_back(context: AuditContext) -> Iterator[Observation]:
    """Find edits after a review or a summary, and moved days, that were taken back within the hour; one note for each.

    The record reads as before: later_edits.py passes these edits over.
    """
    summaries = find_summaries_by_half(context)
    for life in context.lives.every:
        taken_back = find_steps_taken_back(context, life)
        for last in dict.fromkeys(taken_back.values()):
            edits = [step for step, undone in taken_back.items() if undone is last and step is not last]
            told = context.covers(last.commit) and any(_would_tell(context, summaries, life, step) for step in edits)
            if told:
                message = say("Edited on {day}, and put back as it was within the hour.",
                              day=describe_day(context.day(edits[0].commit)))  # fmt: skip
                evidence = [piece for step in (*edits, last) for piece in context.commit_evidence(step.commit)]
                yield build_edit_observation(EDIT_TAKEN_BACK, life, message, evidence, context.commit(last.commit))


def _would_tell(
    context: AuditContext, summaries: Mapping[Period, HalfYearSummary], life: RecordLife, step: LifeStep
) -> bool:
    days = read_own_days(context, step)
    used = find_earlier_use(context, summaries, life, step) is not None
    return days is not None or (used and counts_as_edit(context, step))

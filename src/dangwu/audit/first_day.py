"""Audit check of the day from which records are kept: moved to a later day, so that less counts as owed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dangwu.audit.context import build_observation, describe_day
from dangwu.audit.lateness import add_days
from dangwu.model.finding import FindingCode, Severity
from dangwu.model.message import say
from dangwu.model.period import parse_day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dangwu.audit.context import AuditContext
    from dangwu.model.observation import Observation
    from dangwu.model.record_life import LifeStep

FIRST_DAY_MOVED = FindingCode(
    "DW990", "first-day-moved", Severity.NOTE, say("The day from which records are kept was moved to a later one")
)
CODES = (FIRST_DAY_MOVED,)

_BRANCH_FILE = "branch.yaml"
_DAY_LINE = re.compile(rb"\b(?:records_from|founded)\b.*")
_SETTLING_DAYS = 31
"""In its first month a branch still settles how it keeps its records."""


def find_moved_first_days(context: AuditContext) -> Iterator[Observation]:
    """Find commits that moved the first day to a later one, where the present one is still later than it was before."""
    life, branch = context.life(_BRANCH_FILE), context.corpus.branch
    now = (branch.records_from or branch.founded) if branch else None
    begun = life.recorded_on(context.history) if life else None
    if life is None or now is None or begun is None:
        return
    for step in life.steps:
        if step.blob is None or step.old_blob is None or not context.covers(step.commit):
            continue
        made = context.day(step.commit)
        if made is None or made <= add_days(begun, _SETTLING_DAYS) or not _changes_day(context, step):
            continue
        old = _read_first_day(context, step.old_path or step.path, step.old_blob)
        new = _read_first_day(context, step.path, step.blob)
        if old is not None and new is not None and new > old and now > old:
            yield _build_observation(context, step, old, new)


def _changes_day(context: AuditContext, step: LifeStep) -> bool:
    old = context.read_raw(step.old_path or step.path, step.old_blob or "")
    return _DAY_LINE.findall(old) != _DAY_LINE.findall(context.read_raw(step.path, step.blob or ""))


def _read_first_day(context: AuditContext, path: str, blob: str) -> date | None:
    """Return the day from which duties count: ``records_from``, else the day of founding."""
    data = context.read_data(path, blob)
    return parse_day(data.get("records_from")) or parse_day(data.get("founded"))


def _build_observation(context: AuditContext, step: LifeStep, old: date, new: date) -> Observation:
    message = say(
        "Since {day} what was due before {new} does not count; until then that was so only before {old}.",
        day=describe_day(context.day(step.commit)), new=new, old=old,
    )  # fmt: skip
    hint = say("Ask who decided it, and look at what was owed in between: dangwu due --rev {commit}",
               commit=context.commit(context.history.parents[step.commit][0]).short)  # fmt: skip
    evidence = context.commit_evidence(step.commit)
    return build_observation(FIRST_DAY_MOVED, step.path, message, hint, evidence, commit=context.commit(step.commit).id)

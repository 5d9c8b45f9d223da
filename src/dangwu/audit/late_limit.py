"""Audit check of the limit for late records itself: within how many days a record counts as in time, and since when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dangwu.audit.context import build_observation, describe_day
from dangwu.model.finding import FindingCode, Severity
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.audit.context import AuditContext
    from dangwu.model.observation import Observation
    from dangwu.model.record_life import LifeStep

LATE_LIMIT_RAISED = FindingCode(
    "DW982", "late-limit-raised", Severity.NOTE, say("The limit for late records was raised")
)
CODES = (LATE_LIMIT_RAISED,)

GRACE_SETTING = "recorded_within_days"
_BRANCH_FILE = "branch.yaml"
_SETTING_LINE = re.compile(rb"recorded_within_days\b.*")
_MONTH_DAYS = 31
"""A branch that records once a month may say so from the beginning; a longer limit is told from the beginning too."""


def find_raised_limits(context: AuditContext) -> Iterator[Observation]:
    """Find commits that raised the limit for late records, where the present limit is still above that before them.

    All records are judged by the present limit, those of before as well; whoever reads the audit must know it.
    """
    life, now = context.life(_BRANCH_FILE), _get_present_limit(context)
    for step in life.steps if life else ():
        if step.blob is None or not context.covers(step.commit) or not _changes_setting(context, step):
            continue
        new = _read_limit(context, step.path, step.blob)
        old = _read_limit(context, step.old_path or step.path, step.old_blob) if step.old_blob else None
        least = context.assumed_grace if old is None else old
        begun_with_more = step.old_blob is None and new <= max(least, _MONTH_DAYS)
        if new > least and now > least and not begun_with_more:
            yield _build_observation(context, step, (least, new, now))


def _get_present_limit(context: AuditContext) -> int:
    """Return the limit of the last commit; a review judges by the shorter one of two states."""
    branch = context.corpus.branch
    value = branch.settings.get(GRACE_SETTING) if branch else None
    return value if isinstance(value, int) else context.assumed_grace


def _changes_setting(context: AuditContext, step: LifeStep) -> bool:
    old = context.read_raw(step.old_path or step.path, step.old_blob) if step.old_blob else b""
    new = context.read_raw(step.path, step.blob) if step.blob else b""
    return _SETTING_LINE.findall(old) != _SETTING_LINE.findall(new)


def _read_limit(context: AuditContext, path: str, blob: str) -> int:
    settings = context.read_data(path, blob).get("settings")
    value = settings.get(GRACE_SETTING) if isinstance(settings, dict) else None
    return value if isinstance(value, int) else context.assumed_grace


def _build_observation(context: AuditContext, step: LifeStep, limits: tuple[int, int, int]) -> Observation:
    old, new, now = limits
    message = say(
        "Since {day} a record counts as late only after {new} days; before that after {old}. It is {now} days now.",
        day=describe_day(context.day(step.commit)), new=new, old=old, now=now,
    )  # fmt: skip
    hint = say("Ask who decided it. Records that {old} days would have told as late are not told: look at the days on "
               "which they came in.", old=old)  # fmt: skip
    evidence = context.commit_evidence(step.commit)
    return build_observation(
        LATE_LIMIT_RAISED, step.path, message, hint, evidence, commit=context.commit(step.commit).id
    )

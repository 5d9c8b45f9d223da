"""Steps of a record's life → those that a later step undid, and those that it undid within the hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.record_life import LifeEvent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dangwu.audit.context import AuditContext
    from dangwu.model.record_life import LifeStep, RecordLife

_WITHIN_SECONDS = 60 * 60
"""Whoever sees a slip of their own sees it in the same sitting; and within an hour nobody relied on what it said."""
_EDIT_EVENTS = (LifeEvent.CHANGED, LifeEvent.RENAMED)


def find_restoring_step(context: AuditContext, life: RecordLife, step: LifeStep) -> LifeStep | None:
    """Return the first later step, on the same line, after which the record reads as before an edit."""
    for later in life.steps:
        back = later.commit > step.commit and later.blob is not None and later.blob == step.old_blob
        if back and context.history.leads(step.commit, later.commit):
            return later
    return None


def find_steps_taken_back(context: AuditContext, life: RecordLife) -> Mapping[LifeStep, LifeStep]:
    """Return the steps of edits that were taken back within the hour, each with the step that did so.

    The hour is that of both commits and of all that the later one is built on; a state with the edit that was reviewed
    or anchored was relied on.
    """
    taken_back: dict[LifeStep, LifeStep] = {}
    blobs = [step.blob for step in life.steps]
    for step in life.steps if len(set(blobs)) < len(blobs) else ():
        if step in taken_back or step.turn not in _EDIT_EVENTS or step.blob == step.old_blob:
            continue
        last = find_restoring_step(context, life, step)
        if last is not None and _is_within_the_hour(context, step.commit, last.commit):
            leads = context.history.leads
            between = (each for each in life.steps if step.commit <= each.commit <= last.commit)
            on_line = [each for each in between if leads(step.commit, each.commit) and leads(each.commit, last.commit)]
            taken_back |= dict.fromkeys(on_line, last)
    return taken_back


def _is_within_the_hour(context: AuditContext, edit: int, back: int) -> bool:
    having, indexes = context.mark_index.having, (edit, back, context.history.not_before[back])
    made, undone, latest = (context.commit(index).committer.seconds for index in indexes)
    if made is None or undone is None or latest is None or having[edit] & ~having[back]:
        return False
    return made <= undone and latest - made <= _WITHIN_SECONDS

"""Audit checks of what was lost or came twice: deleted, brought back, made on two lines, left out by a merge."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from dangwu.audit.context import build_edit_observation, build_observation, build_seen_evidence, describe_day
from dangwu.model.finding import FindingCode, Severity
from dangwu.model.message import say
from dangwu.model.record_life import LifeEvent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.audit.context import AuditContext
    from dangwu.model.observation import Observation
    from dangwu.model.record_life import LifeStep

RECORD_DELETED = FindingCode("DW967", "record-deleted", Severity.WARNING, say("A record was deleted"))
RECORDED_TWICE = FindingCode("DW968", "recorded-twice", Severity.NOTE, say("Recorded on two lines of the history"))
RECORD_BROUGHT_BACK = FindingCode("DW969", "record-brought-back", Severity.NOTE, say("Deleted, and brought back later"))
EDIT_LEFT_OUT = FindingCode("DW970", "edit-left-out", Severity.WARNING, say("A merge left an edit out"))
CODES = (RECORD_DELETED, RECORDED_TWICE, RECORD_BROUGHT_BACK, EDIT_LEFT_OUT)


def find_deleted_records(context: AuditContext) -> Iterator[Observation]:
    """Find records missing from the last commit: deleted by a commit, or dropped by a merge."""
    for life in context.lives.every:
        if not context.paths.isdisjoint(step.path for step in life.steps):
            continue
        step = life.steps[-1]
        dropped = step.turn is not LifeEvent.DELETED
        index = context.history.arrived[step.commit] if dropped else step.commit
        days = {"first": describe_day(life.recorded_on(context.history)), "day": describe_day(context.day(index))}
        message = say("Recorded on {first}, deleted on {day}.", **days)
        if dropped:
            message = say("Recorded on {first}; the merge of {day} left it out.", **days)
        hint = say("Ask why; a wrong record is corrected, not deleted. Git keeps what it said: dangwu log {path}",
                   path=life.path)  # fmt: skip
        evidence = context.commit_evidence(index)
        mark = context.mark_index.between(life.find_first_step(context.history).commit, step.commit)
        if mark is not None:
            evidence.append(build_seen_evidence(mark))
        yield build_observation(RECORD_DELETED, life.path, message, hint, evidence, commit=context.commit(index).id)


def find_records_made_twice(context: AuditContext) -> Iterator[Observation]:
    """Find records created independently on several lines of the history that were merged later."""
    for life in context.lives.every:
        steps = life.created
        if len(steps) < 2 or life.path not in context.paths:  # noqa: PLR2004 - twice
            continue
        authors = dict.fromkeys(context.commit(step.commit).author.name for step in steps)
        message = say("Recorded on separate lines by {who}; the present text was joined from them.", who=tuple(authors))
        evidence = [piece for step in steps for piece in context.commit_evidence(step.commit)]
        yield build_edit_observation(RECORDED_TWICE, life, message, evidence, context.commit(steps[-1].commit))


def find_records_brought_back(context: AuditContext) -> Iterator[Observation]:
    """Find records that were deleted and created again at the same path."""
    for life in context.lives.every:
        for before, step in pairwise(life.steps):
            if step.turn is not LifeEvent.RECREATED:
                continue
            days = {"old": describe_day(context.day(before.commit)), "new": describe_day(context.day(step.commit))}
            if step.blob == before.old_blob:
                message = say("Deleted on {old}, brought back on {new} as it was.", **days)
            else:
                message = say("Deleted on {old}, brought back on {new} with other content.", **days)
            evidence = [*context.date_evidence(before.commit), *context.commit_evidence(step.commit)]
            yield build_edit_observation(RECORD_BROUGHT_BACK, life, message, evidence, context.commit(step.commit))


def find_edits_left_out(context: AuditContext) -> Iterator[Observation]:
    """Find edits that a merge discarded: both lines changed a record, and the merge kept only the other line's text.

    A merge that combines two edits is itself a step of the record, with both as ancestors. An edit that is neither the
    present text nor an ancestor of another step was discarded.
    """
    for life in context.lives.every:
        present = context.blobs.get(life.path)
        if present is None or all(context.history.arrived[step.commit] == step.commit for step in life.steps):
            continue
        for step in life.steps:
            if step.blob in {present, None} or any(_is_followed_by(context, step, other) for other in life.steps):
                continue
            merge, author = context.history.arrived[step.commit], context.commit(step.commit).author
            days = {"day": describe_day(context.day(step.commit)), "merged": describe_day(context.day(merge))}
            message = say("The edit of {day} by {who} was left out by the merge of {merged}.", **days, who=author.name)
            evidence = context.commit_evidence(step.commit)
            yield build_edit_observation(EDIT_LEFT_OUT, life, message, evidence, context.commit(merge))


def _is_followed_by(context: AuditContext, step: LifeStep, other: LifeStep) -> bool:
    return other.commit != step.commit and context.history.leads(step.commit, other.commit)

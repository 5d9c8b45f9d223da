"""Audit check of edits made on a line that parted before a review, an anchor or a summary, and merged after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dangwu.audit.arrivals import Arrival, find_arrival
from dangwu.audit.context import build_edit_observation, describe_day
from dangwu.audit.later_edits import (
    EDITED_AFTER_REPORT,
    EDITED_AFTER_REVIEW,
    build_use_evidence,
    counts_as_edit,
    find_earlier_use,
    find_summaries_by_half,
)
from dangwu.model.message import say
from dangwu.model.observation import EvidenceStrength
from dangwu.model.record_life import LifeEvent, LifeStep

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dangwu.audit.context import AuditContext
    from dangwu.audit.later_edits import EarlierUse, HalfYearSummary
    from dangwu.model.observation import CommitteeMark, Observation
    from dangwu.model.period import Period
    from dangwu.model.record_life import RecordLife

_WRITING_EVENTS = (LifeEvent.CREATED, LifeEvent.CHANGED, LifeEvent.RENAMED, LifeEvent.RECREATED)


class _MergedEdit(NamedTuple):
    """The last edit of a record that one merge brought in, and the use that it came after."""

    step: LifeStep
    arrival: Arrival
    use: EarlierUse


def find_edits_merged_later(context: AuditContext) -> Iterator[Observation]:
    """Find edits that came by a merge to what had been reviewed, anchored or summed up without them.

    What counts is the day on which they arrived. Compared are the record's texts before and after the merge: an edit
    that was taken back or left out on its way changed nothing. What a mark at least as strong as the other (or of a
    second person) includes was seen by the committee on its way, and is not told.
    """
    summaries = find_summaries_by_half(context)
    if not context.mark_index.marks and not summaries:
        return
    for life in context.lives.every:
        if len(life.steps) > 1:
            for edit in _find_merged_edits(context, summaries, life).values():
                yield from _compare_around_merge(context, life, edit)


def _find_merged_edits(
    context: AuditContext, summaries: Mapping[Period, HalfYearSummary], life: RecordLife
) -> dict[int, _MergedEdit]:
    """Return the edits of a record on lines beside a mark or a summary, by the merge that brought them in."""
    history, first = context.history, life.find_first_step(context.history).commit
    merged_itself = {step.commit for step in life.steps}
    edits: dict[int, _MergedEdit] = {}
    for step in life.steps:
        if step.commit == first or step.turn not in _WRITING_EVENTS or not context.covers(step.commit):
            continue
        use = find_earlier_use(context, summaries, life, step)
        if use is None or use.leads(context, step):
            continue
        state = use.find_commit(context)
        arrival = find_arrival(history, state, step.commit) or Arrival(history.arrived[state], state)
        if arrival.merge not in merged_itself:
            edits[arrival.merge] = _MergedEdit(step, arrival, use)
    return edits


def _compare_around_merge(context: AuditContext, life: RecordLife, edit: _MergedEdit) -> Iterator[Observation]:
    names = tuple(dict.fromkeys(name for step in reversed(life.steps) for name in (step.path, step.old_path) if name))
    old, new = (context.find_version(at, names) for at in (edit.arrival.onto, edit.arrival.merge))
    if old is None or new is None or old[1] == new[1] or _was_seen(context, edit, edit.use.mark):
        return
    around = LifeStep(edit.arrival.merge, LifeEvent.CHANGED, new[0], new[1], old[1], old[0])
    if counts_as_edit(context, around):
        yield _build_observation(context, life, edit)


def _was_seen(context: AuditContext, edit: _MergedEdit, mark: CommitteeMark | None) -> bool:
    if mark is None:
        return False
    enough = min(mark.strength.rank, EvidenceStrength.MERGED.rank)
    seen = context.mark_index.together(edit.step.commit, edit.arrival.merge)
    return any(other.strength.rank >= enough for other in seen)


def _build_observation(context: AuditContext, life: RecordLife, edit: _MergedEdit) -> Observation:
    commit, merge = context.commit(edit.step.commit), edit.arrival.merge
    days = {"day": describe_day(commit.committer.day), "merged": describe_day(context.day(merge))}
    evidence = build_use_evidence(context, edit.use)
    evidence += context.date_evidence(edit.step.commit) + context.merge_evidence(edit.step.commit, merge)
    if edit.use.mark is not None:
        message = say("Edited on {day}; since the merge of {merged} the edit stands in what had been reviewed or "
                      "anchored without it ({who}).", **days, who=edit.use.mark.who)  # fmt: skip
        return build_edit_observation(EDITED_AFTER_REVIEW, life, message, evidence, commit)
    message = say("Edited on {day}; it was merged on {merged}, when the summary of its half-year was there.", **days)
    return build_edit_observation(EDITED_AFTER_REPORT, life, message, evidence, commit)

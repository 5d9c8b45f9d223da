"""Audit checks of what was lost or came twice: deleted, brought back, made on two lines, left out by a merge."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING

from dangwu.audit.context import build_edit_observation, build_observation, build_seen_evidence, describe_day
from dangwu.audit.later_edits import EDITED_AFTER_REVIEW, counts_as_edit
from dangwu.audit.removed_doubles import is_removed_double, was_removed_at_once
from dangwu.model.finding import FindingCode, Severity
from dangwu.model.message import say
from dangwu.model.record_life import LifeEvent, LifeStep

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.audit.context import AuditContext
    from dangwu.audit.record_lives import NameTaken
    from dangwu.model.message import Text
    from dangwu.model.observation import CommitteeMark, Observation
    from dangwu.model.record_life import RecordLife

RECORD_DELETED = FindingCode("DW967", "record-deleted", Severity.WARNING, say("A record was deleted"))
DOUBLE_REMOVED = FindingCode("DW989", "double-removed", Severity.NOTE, say("A double that was removed within the hour"))
RECORDED_TWICE = FindingCode("DW968", "recorded-twice", Severity.NOTE, say("Recorded on two lines of the history"))
RECORD_BROUGHT_BACK = FindingCode("DW969", "record-brought-back", Severity.NOTE, say("Deleted, and brought back later"))
EDIT_LEFT_OUT = FindingCode("DW970", "edit-left-out", Severity.WARNING, say("A merge left an edit out"))
NAME_TAKEN_OVER = FindingCode(
    "DW978", "name-taken-over", Severity.NOTE, say("Another record under a name that was reviewed or anchored")
)
CODES = (RECORD_DELETED, DOUBLE_REMOVED, RECORDED_TWICE, RECORD_BROUGHT_BACK, EDIT_LEFT_OUT, NAME_TAKEN_OVER)

_NEARLY_ALIKE_SHARE = 0.75
"""The share of equal lines from which two minutes are versions of one."""


def find_deleted_records(context: AuditContext) -> Iterator[Observation]:
    """Find records missing from the last commit: deleted or moved away by a commit, or dropped by a merge.

    What now has the name of a deleted record is another one. A record whose text is still that of one in its folder
    was copied to its new name before the old one was deleted; one that was there earlier is no copy.
    """
    copied = _find_last_copies(context)
    for life in context.lives.every:
        step = life.steps[-1]
        place = _find_folder(life.path), step.blob or step.old_blob
        if context.lives.is_present(life, context.paths) or copied.get(place, -1) > life.steps[0].commit:
            continue
        dropped = step.turn is not LifeEvent.DELETED
        index = context.find_merge_without(step) if dropped else step.commit
        hint = say("Ask why; a wrong record is corrected, not deleted. Git keeps what it said: dangwu log {path}",
                   path=life.path)  # fmt: skip
        evidence = context.commit_evidence(index)
        mark = context.mark_index.between(life.find_first_step(context.history).commit, index)
        code, message = RECORD_DELETED, _describe_loss(context, life, index)
        if mark is not None:
            evidence.append(build_seen_evidence(mark))
        elif not dropped and step.moved_to is None and is_removed_double(context, life):
            code, message = DOUBLE_REMOVED, _describe_double(context, life)
        yield build_observation(code, life.path, message, hint, evidence, commit=context.commit(index).id)


def _describe_double(context: AuditContext, life: RecordLife) -> Text:
    if was_removed_at_once(context, life):
        return say("Removed by the next commit; the same record is still there once.")
    return say("Removed within the hour; the same record is still there once.")


def _find_last_copies(context: AuditContext) -> dict[tuple[str, str | None], int]:
    """Return by folder and blob id of the present records the commit that made the last one with that text."""
    made: dict[tuple[str, str | None], int] = {}
    for path, blob in context.blobs.items():
        life = context.life(path)
        if life is not None and life.path == path:
            place = _find_folder(path), blob
            made[place] = max(life.steps[0].commit, made.get(place, -1))
    return made


def _find_folder(path: str) -> str:
    return path.rpartition("/")[0]


def _describe_loss(context: AuditContext, life: RecordLife, index: int) -> Text:
    first, day = describe_day(context.day(context.first_commit(life))), describe_day(context.day(index))
    step = life.steps[-1]
    if step.moved_to is not None:
        return say("Recorded on {first}; moved on {day} to {place}, which is no place of records.",
                   first=first, day=day, place=step.moved_to)  # fmt: skip
    if step.turn is LifeEvent.DELETED:
        return say("Recorded on {first}, deleted on {day}.", first=first, day=day)
    return say("Recorded on {first}; the merge of {day} left it out.", first=first, day=day)


def find_records_made_twice(context: AuditContext) -> Iterator[Observation]:
    """Find records created independently on several lines of the history that were merged later."""
    for life in context.lives.every:
        steps = life.created
        if len({step.blob for step in steps}) < 2 or life.path not in context.paths:  # noqa: PLR2004 - two texts
            continue
        authors = dict.fromkeys(context.commit(step.commit).author.name for step in steps)
        message = say("Recorded on separate lines by {who}; the present text was joined from them.", who=tuple(authors))
        evidence = [piece for step in steps for piece in context.commit_evidence(step.commit)]
        yield build_edit_observation(RECORDED_TWICE, life, message, evidence, context.commit(steps[-1].commit))


def find_records_brought_back(context: AuditContext) -> Iterator[Observation]:
    """Find records that were deleted or moved away, and created again; not those that were moved back as they were."""
    for life in context.lives.every:
        for before, step in pairwise(life.steps):
            same = step.blob == step.old_blob
            if step.turn is not LifeEvent.RECREATED or (same and before.moved_to is not None):
                continue
            days = {"old": describe_day(context.day(before.commit)), "new": describe_day(context.day(step.commit))}
            if before.moved_to is not None:
                message = say("Moved to {place} on {old}, brought back on {new} with other content.",
                              place=before.moved_to, **days)  # fmt: skip
            elif same:
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
            if step.blob in {present, step.old_blob, None} or any(
                _is_followed_by(context, step, other) for other in life.steps
            ):
                continue
            merge, author = _find_joining_merge(context, life, step), context.commit(step.commit).author
            days = {"day": describe_day(context.day(step.commit)), "merged": describe_day(context.day(merge))}
            message = say("The edit of {day} by {who} was left out by the merge of {merged}.", **days, who=author.name)
            evidence = context.commit_evidence(step.commit)
            yield build_edit_observation(EDIT_LEFT_OUT, life, message, evidence, context.commit(merge))


def _is_followed_by(context: AuditContext, step: LifeStep, other: LifeStep) -> bool:
    return other.commit != step.commit and context.history.leads(step.commit, other.commit)


def _find_joining_merge(context: AuditContext, life: RecordLife, step: LifeStep) -> int:
    """Return the merge that brought a step onto the main line; for one made there, the merge of another line's step."""
    arrived = context.history.arrived
    if arrived[step.commit] != step.commit:
        return arrived[step.commit]
    others = (arrived[other.commit] for other in life.steps if arrived[other.commit] != other.commit)
    return min((merge for merge in others if merge > step.commit), default=step.commit)


def find_names_taken_over(context: AuditContext) -> Iterator[Observation]:
    """Find records under a name that another one had when it was reviewed or anchored.

    Where that one is deleted, its name was edited, whatever the files are. Where it is kept under a new name, this is
    told only if both are nearly alike: two records of one day may change their numbers.
    """
    for taken in context.lives.taken:
        before = _find_steps_around(taken)
        if context.lives.by_path.get(taken.path) != taken.second or before is None or not context.covers(taken.commit):
            continue
        stood, left = before
        blob, mark = context.blobs.get(taken.path), context.mark_index.between(stood.commit, left.commit)
        if blob is None or blob == stood.blob or mark is None:
            continue
        edit = LifeStep(taken.commit, LifeEvent.CHANGED, taken.path, blob, stood.blob)
        kept = context.lives.is_present(taken.first, context.paths)
        if kept and _are_nearly_alike(context, edit):
            yield _build_name_taken(context, taken, mark)
        elif not kept and counts_as_edit(context, edit):
            yield _build_exchange(context, taken, left, mark)


def _find_steps_around(taken: NameTaken) -> tuple[LifeStep, LifeStep] | None:
    """Return the last step with which the first record had the name, and the one with which it lost it."""
    steps = [step for step in taken.first.steps if step.commit <= taken.commit]
    pairs = (pair for pair in pairwise(taken.first.steps) if pair[0] in steps)
    return next((pair for pair in reversed([*pairs]) if pair[0].path == taken.path and pair[0].blob is not None), None)


def _are_nearly_alike(context: AuditContext, step: LifeStep) -> bool:
    old, new = (context.read_blob(blob or "").splitlines() for blob in (step.old_blob, step.blob))
    return SequenceMatcher(None, old, new, autojunk=False).ratio() >= _NEARLY_ALIKE_SHARE


def _build_name_taken(context: AuditContext, taken: NameTaken, mark: CommitteeMark) -> Observation:
    message = say("Since {day} this is another record; what was reviewed or anchored here ({who}) is now {path}.",
                  day=describe_day(context.day(taken.commit)), who=mark.who, path=taken.first.path)  # fmt: skip
    evidence = [build_seen_evidence(mark), *context.commit_evidence(taken.commit)]
    commit = context.commit(taken.commit)
    return build_edit_observation(NAME_TAKEN_OVER, taken.second, message, evidence, commit)


def _build_exchange(context: AuditContext, taken: NameTaken, left: LifeStep, mark: CommitteeMark) -> Observation:
    message = say(
        "Since {day} this is another record; what was reviewed or anchored here ({who}) was renamed, and is deleted.",
        day=describe_day(context.day(taken.commit)), who=mark.who,
    )  # fmt: skip
    evidence = [build_seen_evidence(mark), *context.date_evidence(left.commit), *context.commit_evidence(taken.commit)]
    commit = context.commit(taken.commit)
    return build_edit_observation(EDITED_AFTER_REVIEW, taken.second, message, evidence, commit)

"""Audit check of minutes in which it was changed late who had been there, or of which group the meeting was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.audit.context import build_observation, describe_day, group_by_commit
from dangwu.audit.lateness import add_days, find_day_evidence
from dangwu.audit.later_edits import counts_as_edit, find_earlier_use, find_summaries_by_half
from dangwu.audit.undone_edits import find_steps_taken_back
from dangwu.model.finding import FindingCode, RelatedPlace, Severity, Source
from dangwu.model.message import say
from dangwu.model.record_life import LifeEvent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from dangwu.audit.context import AuditContext
    from dangwu.model.message import Text
    from dangwu.model.observation import EvidencePiece, Observation
    from dangwu.model.record_life import LifeStep

ATTENDANCE_CHANGED_LATE = FindingCode(
    "DW984", "attendance-changed-late", Severity.NOTE, say("Attendance or group of a meeting changed long after it")
)
CODES = (ATTENDANCE_CHANGED_LATE,)

_QUARTER_DAYS = 92
"""The longest quarter: attendance is compared with the sign-in sheets when a quarter is counted, and corrected then."""
_EDIT_EVENTS = (LifeEvent.CHANGED, LifeEvent.RENAMED)
_PEOPLE_FIELDS = ("present", "leave", "absent")


class _LateChange(NamedTuple):
    """A change of a meeting's people or group, its commit, and the evidence that this was made long after."""

    path: str
    held: date
    commit: int
    what: Text
    evidence: tuple[EvidencePiece, ...]


def find_late_attendance_changes(context: AuditContext) -> Iterator[Observation]:
    """Find changes of who attended more than a quarter after the meeting, of its group beyond the days of grace.

    An edit that is told as one after a review or a summary is not told again. One note for each commit.
    """
    late = []
    summaries = find_summaries_by_half(context)
    for meeting in context.corpus.meetings:
        life = context.life(meeting.path)
        undone = find_steps_taken_back(context, life) if life and len(life.steps) > 1 else {}
        for step in life.steps if life and len(life.steps) > 1 else ():
            change = None if step in undone else _find_late_change(context, step, meeting.day)
            if life is None or change is None:
                continue
            if find_earlier_use(context, summaries, life, step) is None or not counts_as_edit(context, step):
                late.append(change)
    for index, changes in group_by_commit(late).items():
        yield _build_observation(context, index, changes)


def _find_late_change(context: AuditContext, step: LifeStep, held: date) -> _LateChange | None:
    if step.turn not in _EDIT_EVENTS or step.blob in {step.old_blob, None} or not context.covers(step.commit):
        return None
    if not any(find_day_evidence(context, step.commit, add_days(held, context.grace))):
        return None
    before = context.read_data(step.old_path or step.path, step.old_blob)
    after = context.read_data(step.path, step.blob)
    days, what = None, say("who was there")
    if before.get("group") and after.get("group") and before["group"] != after["group"]:
        days = context.grace
        what = say("whose meeting it was: {old}, now {new}", old=str(before["group"]), new=str(after["group"]))
    elif before and _list_people(before) != _list_people(after):
        days = max(_QUARTER_DAYS, context.grace)
    last = add_days(held, days or 0)
    evidence = () if days is None else tuple(find_day_evidence(context, step.commit, last))
    if not evidence:
        return None
    return _LateChange(step.path, held, step.commit, what, evidence)


def _list_people(data: Mapping[str, Any]) -> list[frozenset[str]]:
    """Return the people in each list of attendance, in any order."""
    lists = [data.get(field) for field in _PEOPLE_FIELDS]
    return [
        frozenset(str(each.get("member") if isinstance(each, dict) else each) for each in people)
        if isinstance(people, list) else frozenset()
        for people in lists
    ]  # fmt: skip


def _build_observation(context: AuditContext, index: int, changes: list[_LateChange]) -> Observation:
    first = min(changes, key=lambda change: (change.held, change.path))
    made = first.evidence[0].day
    said = {"day": describe_day(made), "held": first.held, "days": (made - first.held).days if made else 0}
    message = say("Changed on {day}, {days} days after the meeting of {held}: {what}.", **said, what=first.what)
    if len(changes) > 1:
        message = say("Who attended, or of which group it was, was changed on {day} in {count} meetings; the oldest of "
                      "{held}, {days} days before.", **said, count=len(changes))  # fmt: skip
    hint = say("Ask what showed that it had been wrong, and compare with the sign-in sheet: dangwu log {path}",
               path=first.path)  # fmt: skip
    related = tuple(
        RelatedPlace(Source(change.path), say("meeting of {day}: {what}", day=change.held, what=change.what))
        for change in changes
    )
    evidence = dict.fromkeys((*first.evidence, *context.commit_evidence(index)))
    return build_observation(
        ATTENDANCE_CHANGED_LATE, first.path, message, hint, evidence, commit=context.commit(index).id,
        related=related if len(changes) > 1 else (),
    )  # fmt: skip

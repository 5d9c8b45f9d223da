"""Audit check of records changed after they were used: waivers reviewed, targets assessed, points published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.audit.arrivals import find_arrival
from dangwu.audit.context import build_edit_observation, describe_day
from dangwu.audit.lateness import add_days, find_day_evidence
from dangwu.audit.later_edits import (
    build_use_evidence,
    counts_as_edit,
    find_earlier_use,
    find_summaries_by_half,
)
from dangwu.audit.undone_edits import find_steps_taken_back
from dangwu.model.edit import Edit
from dangwu.model.finding import FindingCode, Severity
from dangwu.model.message import say
from dangwu.model.observation import EvidencePiece, EvidenceStrength
from dangwu.model.period import parse_day
from dangwu.model.record_life import LifeEvent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dangwu.audit.context import AuditContext
    from dangwu.audit.later_edits import EarlierUse
    from dangwu.model.message import Text
    from dangwu.model.observation import Observation
    from dangwu.model.record_life import LifeStep, RecordLife

CHANGED_AFTER_USE = FindingCode("DW983", "changed-after-use", Severity.NOTE, say("Changed after it had been used"))
CODES = (CHANGED_AFTER_USE,)

_EDIT_EVENTS = (LifeEvent.CHANGED, LifeEvent.RENAMED)
_DECISION_KINDS = ("waiver", "amendment")
"""Records that say what need not be done. Other records are kept up by adding to them; a decision is one decision."""
_TARGET_FIELDS = ("head", "item", "points")
_SCORE_FIELDS = ("head", "points", "self", "peer", "branch")


class _Use(NamedTuple):
    """What is said of a change of a used record, and the evidence of its use."""

    message: Text
    evidence: list[EvidencePiece]


def find_changes_after_use(context: AuditContext) -> Iterator[Observation]:
    """Find additions to reviewed decisions, targets changed after their assessment, points after their publication.

    An edit that is told as one after a review or a summary is not told again, nor one taken back within the hour.
    """
    kinds = {name: context.kinds[name] for name in (*_DECISION_KINDS, "target", "assessment")}
    summaries = find_summaries_by_half(context)
    for life in context.lives.every:
        name = next((name for name, kind in kinds.items() if kind.read(life.path) is not None), None)
        undone = find_steps_taken_back(context, life) if name else {}
        for step in life.steps if name else ():
            if step.turn not in _EDIT_EVENTS or step.blob == step.old_blob or not context.covers(step.commit):
                continue
            earlier = None if step in undone else find_earlier_use(context, summaries, life, step)
            if step in undone or (earlier is not None and counts_as_edit(context, step)):
                continue
            use = _find_use(context, name or "", life, step, earlier)
            if use is not None:
                evidence = [*use.evidence, *context.commit_evidence(step.commit)]
                commit = context.commit(step.commit)
                yield build_edit_observation(CHANGED_AFTER_USE, life, use.message, evidence, commit)


def _find_use(
    context: AuditContext, kind: str, life: RecordLife, step: LifeStep, earlier: EarlierUse | None
) -> _Use | None:
    if kind in _DECISION_KINDS:
        return _find_reviewed_decision(context, step, earlier)
    return _find_assessed_target(context, step) if kind == "target" else _find_published_points(context, life, step)


def _find_reviewed_decision(context: AuditContext, step: LifeStep, earlier: EarlierUse | None) -> _Use | None:
    """Return the review of a waiver or amendment to which a step added something, duties above all."""
    if earlier is None or earlier.mark is None:
        return None
    added = [field for field in context.compare_step(step).fields if field.edit is Edit.ADDED]
    if not added:
        return None
    said = {"day": describe_day(context.day(step.commit)), "who": earlier.mark.who}
    message = say("Added to on {day}, after it had been reviewed or anchored ({who}).", **said)
    if all(field.pointer[:1] == ("duties",) for field in added):
        message = say("Duties were added on {day}, after it had been reviewed or anchored ({who}).", **said)
    return _Use(message, build_use_evidence(context, earlier))


def _find_assessed_target(context: AuditContext, step: LifeStep) -> _Use | None:
    """Return the assessment of the year and member whose targets a step changed after it."""
    before, after = _read_versions(context, step)
    assessment = context.life(context.kinds["assessment"].path(after))
    if assessment is None or _read_items(before, _TARGET_FIELDS) == _read_items(after, _TARGET_FIELDS):
        return None
    index, history = assessment.find_first_step(context.history).commit, context.history
    arrived_later = history.leads(index, step.commit) or find_arrival(history, index, step.commit) is not None
    if index == step.commit or not arrived_later:
        return None
    day = context.day(index)
    text = say("the assessment was recorded on {day}", day=describe_day(day))
    message = say("Targets changed on {day}, after they had been assessed.", day=describe_day(context.day(step.commit)))
    return _Use(message, [EvidencePiece(EvidenceStrength.ORDER, text, day, context.commit(index).id)])


def _find_published_points(context: AuditContext, life: RecordLife, step: LifeStep) -> _Use | None:
    """Return the publication of the points that a step changed; without an appeal, which may well change them.

    Where they were recorded only after it, the days in which a record counts as in time are for slips of the pen.
    """
    before, after = _read_versions(context, step)
    published = parse_day(before.get("published_on"))
    if published is None or after.get("appeal") or _read_points(before) == _read_points(after):
        return None
    recorded = context.day(life.find_first_step(context.history).commit)
    late = recorded is None or recorded > published
    evidence = find_day_evidence(context, step.commit, add_days(published, context.grace if late else 0))
    if not evidence:
        return None
    message = say("Points or grade changed on {day}; they were published on {published}.",
                  day=describe_day(context.day(step.commit)), published=published)  # fmt: skip
    return _Use(message, evidence)


def _read_versions(context: AuditContext, step: LifeStep) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Return the data of a record before and after a step."""
    return context.read_data(step.old_path or step.path, step.old_blob), context.read_data(step.path, step.blob)


def _read_items(data: Mapping[str, Any], fields: tuple[str, ...]) -> list[str]:
    """Return some fields of each item, in any order of the items."""
    rows = data.get("items")
    items = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return sorted(" ".join(str(row.get(field)) for field in fields) for row in items)


def _read_points(data: Mapping[str, Any]) -> tuple[list[str], str, str]:
    return _read_items(data, _SCORE_FIELDS), str(data.get("total")), str(data.get("grade"))

"""Audit checks of later changes: edited after a review or a summary, moved to another day."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from dangwu.audit.context import build_edit_observation, build_seen_evidence, describe_day
from dangwu.model.finding import FindingCode, Severity
from dangwu.model.message import say
from dangwu.model.observation import EvidencePiece, EvidenceStrength, Observation
from dangwu.model.period import Period, parse_day
from dangwu.model.record import SUMMARY_HALVES
from dangwu.model.record_life import LifeEvent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from dangwu.audit.context import AuditContext
    from dangwu.model.observation import CommitteeMark
    from dangwu.model.record_life import LifeStep, RecordLife

EDITED_AFTER_REVIEW = FindingCode(
    "DW964", "edited-after-review", Severity.WARNING, say("Edited after it was reviewed or anchored")
)
EDITED_AFTER_REPORT = FindingCode(
    "DW965", "edited-after-report", Severity.WARNING, say("Edited after its period was reported"), "1.4f"
)
DAY_MOVED = FindingCode("DW966", "day-moved", Severity.WARNING, say("The record's own day was changed afterwards"))
CODES = (EDITED_AFTER_REVIEW, EDITED_AFTER_REPORT, DAY_MOVED)

_EDIT_EVENTS = (LifeEvent.CHANGED, LifeEvent.RENAMED, LifeEvent.RECREATED)


def find_later_edits(context: AuditContext) -> Iterator[Observation]:
    """Find edits that alter or remove content after a review, an anchor or the summary of its half-year (1.4f).

    Additions to a YAML record do not count: ledgers grow. Minutes are final once recorded, so any edit of a Markdown
    record counts.
    """
    summaries = _find_summaries_by_half(context)
    for life in context.lives.every:
        for step in life.steps:
            if step.turn not in _EDIT_EVENTS or step.blob == step.old_blob or not context.covers(step.commit):
                continue
            mark = context.mark_index.between(life.find_first_step(context.history).commit, step.commit)
            summary = None if mark else _find_summary_before(context, summaries, life, step)
            if (mark is None and summary is None) or not counts_as_edit(context, step):
                continue
            if mark is not None:
                yield _build_edit_after_review(context, life, step, mark)
            elif summary is not None:
                yield _build_edit_after_report(context, life, step, summary)


def counts_as_edit(context: AuditContext, step: LifeStep) -> bool:
    """Tell whether a step changed or took away what was written; any edit of minutes, additions to no other record."""
    minutes = step.path.endswith(".md")
    if not minutes and context.only_adds(step):
        return False
    change = context.compare_step(step)
    return change.takes_away or (minutes and bool(change.fields or change.sections))


def _build_edit_after_review(
    context: AuditContext, life: RecordLife, step: LifeStep, mark: CommitteeMark
) -> Observation:
    message = say("Edited on {day}, after it had been reviewed or anchored ({who}).",
                  day=describe_day(context.day(step.commit)), who=mark.who)  # fmt: skip
    evidence = [build_seen_evidence(mark), *context.commit_evidence(step.commit)]
    return build_edit_observation(EDITED_AFTER_REVIEW, life, message, evidence, context.commit(step.commit))


class _HalfYearSummary(NamedTuple):
    """A work summary of a half-year: the index of its first commit, and its path."""

    commit: int
    path: str


def _find_summaries_by_half(context: AuditContext) -> Mapping[Period, _HalfYearSummary]:
    """Return the first summary commit of each half-year; from then on the half-year counts as reported (1.4f)."""
    summaries = {}
    for kind, half in SUMMARY_HALVES.items():
        for record in context.corpus.of(kind):
            life = context.life(record.path)
            if life is not None and record.period is not None:
                period = Period.parse(f"{record.period.label}-{half}")
                summaries[period] = _HalfYearSummary(life.find_first_step(context.history).commit, record.path)
    return summaries


def _find_summary_before(
    context: AuditContext, summaries: Mapping[Period, _HalfYearSummary], life: RecordLife, step: LifeStep
) -> _HalfYearSummary | None:
    """Return the summary of a record's half-year that was committed after the record and before the edit."""
    day = context.own_days.get(life.path)
    summary = next((summary for period, summary in summaries.items() if day in period), None)
    if summary is None or summary.path == life.path:
        return None
    return summary if life.find_first_step(context.history).commit < summary.commit < step.commit else None


def _build_edit_after_report(
    context: AuditContext, life: RecordLife, step: LifeStep, summary: _HalfYearSummary
) -> Observation:
    commit = context.commit(summary.commit)
    message = say("Edited on {day}, after the summary of its half-year.", day=describe_day(context.day(step.commit)))
    reported = say(
        "the summary {path} was recorded on {day}", path=summary.path, day=describe_day(commit.committer.day)
    )
    order = EvidencePiece(EvidenceStrength.ORDER, reported, commit.committer.day, commit.id)
    evidence = [order, *context.date_evidence(step.commit)]
    return build_edit_observation(EDITED_AFTER_REPORT, life, message, evidence, context.commit(step.commit))


def find_moved_days(context: AuditContext) -> Iterator[Observation]:
    """Find records whose day was changed after they were first recorded."""
    for life in context.lives.every:
        for step in life.steps:
            if step.turn not in _EDIT_EVENTS or not context.covers(step.commit):
                continue
            old, new = _read_own_days(context, step)
            if old is None or new is None or old == new:
                continue
            message = say("Its own day was {old}; since {day} it is {new}.",
                          old=old, new=new, day=describe_day(context.day(step.commit)))  # fmt: skip
            evidence = context.commit_evidence(step.commit)
            yield build_edit_observation(DAY_MOVED, life, message, evidence, context.commit(step.commit))


def _read_own_days(context: AuditContext, step: LifeStep) -> tuple[date | None, date | None]:
    """Return a record's day before and after a step; parse the files only where a line with a day differs."""
    if step.blob is None or step.old_blob is None:
        return None, None
    lines = _compile_day_lines(tuple(sorted({kind.day_field for kind in context.kinds.values() if kind.day_field})))
    if lines.findall(context.read_blob(step.old_blob)) == lines.findall(context.read_blob(step.blob)):
        return None, None
    return (
        _read_own_day(context, step.old_path or step.path, step.old_blob),
        _read_own_day(context, step.path, step.blob),
    )


@cache
def _compile_day_lines(names: tuple[str, ...]) -> re.Pattern[bytes]:
    return re.compile(rf"^(?:{'|'.join(names)})[ \t]*:.*$".encode(), re.MULTILINE)


def _read_own_day(context: AuditContext, path: str, blob: str) -> date | None:
    document = context.read_version(path, blob)
    kind = context.kinds.get(str(document.data.get("kind"))) if document else None
    return parse_day(document.data.get(kind.day_field) if document and kind and kind.day_field else None)

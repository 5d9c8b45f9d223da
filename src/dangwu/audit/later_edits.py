"""Audit checks of later changes: edited after a review or a summary, moved to another day."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from dangwu.audit.arrivals import comes_after
from dangwu.audit.context import build_edit_observation, build_seen_evidence, describe_day
from dangwu.audit.undone_edits import find_restoring_step, find_steps_taken_back
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
    summaries = find_summaries_by_half(context)
    for life in context.lives.every:
        undone = find_steps_taken_back(context, life)
        for step in life.steps:
            if step.turn not in _EDIT_EVENTS or step.blob == step.old_blob or not context.covers(step.commit):
                continue
            use = None if step in undone else find_earlier_use(context, summaries, life, step)
            # What came by a merge merged_edits.py compares, around that merge.
            if use is None or not use.leads(context, step) or not counts_as_edit(context, step):
                continue
            if not use.is_restored_by(context, life, step):
                yield _build_later_edit(context, life, step, use)


class EarlierUse(NamedTuple):
    """The use of a record that an edit came after: a mark of the committee, or the summary of its half-year."""

    mark: CommitteeMark | None
    summary: HalfYearSummary | None

    def find_commit(self, context: AuditContext) -> int:
        """Return the index of the commit of the mark or the summary."""
        return context.history.place[self.mark.commit] if self.mark else self.summary.commit if self.summary else -1

    def leads(self, context: AuditContext, step: LifeStep) -> bool:
        """Tell whether a step is built on the mark or the summary."""
        if self.mark is not None:
            return context.mark_index.leads(self.mark, step.commit)
        return context.history.leads(self.find_commit(context), step.commit)

    def is_restored_by(self, context: AuditContext, life: RecordLife, step: LifeStep) -> bool:
        """Tell whether a record reads again, after a step built on its use, as it did then."""
        used = [other for other in life.steps if context.history.leads(other.commit, self.find_commit(context))]
        return bool(used) and used[-1].blob == step.blob


def find_earlier_use(
    context: AuditContext, summaries: Mapping[Period, HalfYearSummary], life: RecordLife, step: LifeStep
) -> EarlierUse | None:
    """Return what a step of a record came after: the last mark, else the summary of its half-year; None without."""
    mark = context.mark_index.between(life.find_first_step(context.history).commit, step.commit)
    summary = None if mark else _find_half_year_summary(context, summaries, life, step)
    return EarlierUse(mark, summary) if mark or summary else None


def counts_as_edit(context: AuditContext, step: LifeStep) -> bool:
    """Tell whether a step changed or took away what was written; any edit of minutes, additions to no other record."""
    minutes = step.path.endswith(".md")
    if not minutes and context.only_adds(step):
        return False
    change = context.compare_step(step)
    return change.takes_away or (minutes and bool(change.fields or change.sections))


def _build_later_edit(context: AuditContext, life: RecordLife, step: LifeStep, use: EarlierUse) -> Observation:
    day, commit = describe_day(context.day(step.commit)), context.commit(step.commit)
    evidence = [*build_use_evidence(context, use), *_build_restored_evidence(context, life, step)]
    if use.mark is not None:
        message = say("Edited on {day}, after it had been reviewed or anchored ({who}).", day=day, who=use.mark.who)
        evidence += context.commit_evidence(step.commit)
        return build_edit_observation(EDITED_AFTER_REVIEW, life, message, evidence, commit)
    message = say("Edited on {day}, after the summary of its half-year.", day=day)
    evidence += context.date_evidence(step.commit)
    return build_edit_observation(EDITED_AFTER_REPORT, life, message, evidence, commit)


def build_use_evidence(context: AuditContext, use: EarlierUse) -> list[EvidencePiece]:
    """Return the mark or the summary that an edit came after as evidence."""
    if use.summary is None:
        return [build_seen_evidence(use.mark)] if use.mark else []
    commit, day = context.commit(use.summary.commit), describe_day(context.day(use.summary.commit))
    text = say("the summary {path} was recorded on {day}", path=use.summary.path, day=day)
    return [EvidencePiece(EvidenceStrength.ORDER, text, commit.committer.day, commit.id)]


def _build_restored_evidence(context: AuditContext, life: RecordLife, step: LifeStep) -> list[EvidencePiece]:
    """Return the step that put a record back as it was before an edit, if one did."""
    later = find_restoring_step(context, life, step)
    if later is None:
        return []
    commit = context.commit(later.commit)
    text = say("put back as it was before, by commit {commit} on {day}",
               commit=commit.short, day=describe_day(commit.committer.day))  # fmt: skip
    return [EvidencePiece(EvidenceStrength.COMMITTER, text, commit.committer.day, commit.id)]


class HalfYearSummary(NamedTuple):
    """A work summary of a half-year: the index of its first commit, and its path."""

    commit: int
    path: str


def find_summaries_by_half(context: AuditContext) -> Mapping[Period, HalfYearSummary]:
    """Return the first summary commit of each half-year; from then on the half-year counts as reported (1.4f)."""
    summaries = {}
    for kind, half in SUMMARY_HALVES.items():
        for record in context.corpus.of(kind):
            life = context.life(record.path)
            if life is not None and record.period is not None:
                period = Period.parse(f"{record.period.label}-{half}")
                summaries[period] = HalfYearSummary(life.find_first_step(context.history).commit, record.path)
    return summaries


def _find_half_year_summary(
    context: AuditContext, summaries: Mapping[Period, HalfYearSummary], life: RecordLife, step: LifeStep
) -> HalfYearSummary | None:
    """Return the summary of a record's half-year that was committed after the record, and that the edit came after."""
    day = context.own_days.get(life.path)
    summary = next((summary for period, summary in summaries.items() if day in period), None)
    if summary is None or summary.path == life.path:
        return None
    first = life.find_first_step(context.history).commit
    known = first < summary.commit != step.commit and not context.history.leads(step.commit, summary.commit)
    day = context.day(summary.commit)
    return summary if known and comes_after(context.history, summary.commit, day, first, step.commit) else None


def find_moved_days(context: AuditContext) -> Iterator[Observation]:
    """Find records whose day was changed after they were first recorded."""
    for life in context.lives.every:
        undone = find_steps_taken_back(context, life)
        for step in life.steps:
            if step.turn not in _EDIT_EVENTS or not context.covers(step.commit) or step in undone:
                continue
            days = read_own_days(context, step)
            if days is None:
                continue
            old, new = days
            message = say("Its own day was {old}; since {day} it is {new}.",
                          old=old, new=new, day=describe_day(context.day(step.commit)))  # fmt: skip
            evidence = context.commit_evidence(step.commit)
            yield build_edit_observation(DAY_MOVED, life, message, evidence, context.commit(step.commit))


def read_own_days(context: AuditContext, step: LifeStep) -> tuple[date, date] | None:
    """Return a record's day before and after a step that changed it; parse only where a line with a day differs."""
    if step.blob is None or step.old_blob is None:
        return None
    lines = _compile_day_lines(tuple(sorted({kind.day_field for kind in context.kinds.values() if kind.day_field})))
    if lines.findall(context.read_blob(step.old_blob)) == lines.findall(context.read_blob(step.blob)):
        return None
    old = _read_own_day(context, step.old_path or step.path, step.old_blob)
    new = _read_own_day(context, step.path, step.blob)
    return None if old is None or new is None or old == new else (old, new)


@cache
def _compile_day_lines(names: tuple[str, ...]) -> re.Pattern[bytes]:
    return re.compile(rf"^(?:{'|'.join(names)})[ \t]*:.*$".encode(), re.MULTILINE)


def _read_own_day(context: AuditContext, path: str, blob: str) -> date | None:
    document = context.read_version(path, blob)
    kind = context.kinds.get(str(document.data.get("kind"))) if document else None
    return parse_day(document.data.get(kind.day_field) if document and kind and kind.day_field else None)

"""Records that are not what they were: edited after the committee saw them or their period was reported, deleted."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from dangwu.audit.context import build_mark_evidence, build_observation, describe_day
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
    from dangwu.model.message import Text
    from dangwu.model.observation import CommitteeMark
    from dangwu.model.record_life import LifeStep, RecordLife

EDITED_AFTER_REVIEW = FindingCode(
    "DW964", "edited-after-review", Severity.WARNING, say("Edited after it was reviewed or anchored")
)
EDITED_AFTER_REPORT = FindingCode(
    "DW965", "edited-after-report", Severity.WARNING, say("Edited after its period was reported"), "1.4f"
)
DAY_MOVED = FindingCode("DW966", "day-moved", Severity.WARNING, say("The record's own day was changed afterwards"))
RECORD_DELETED = FindingCode("DW967", "record-deleted", Severity.WARNING, say("A record was deleted"))
RECORDED_TWICE = FindingCode("DW968", "recorded-twice", Severity.NOTE, say("Recorded on two lines of the history"))
EDIT_LEFT_OUT = FindingCode("DW970", "edit-left-out", Severity.WARNING, say("A merge left an edit out"))
RECORD_BROUGHT_BACK = FindingCode("DW969", "record-brought-back", Severity.NOTE, say("Deleted, and brought back later"))
CODES = (
    EDITED_AFTER_REVIEW,
    EDITED_AFTER_REPORT,
    DAY_MOVED,
    RECORD_DELETED,
    RECORDED_TWICE,
    RECORD_BROUGHT_BACK,
    EDIT_LEFT_OUT,
)

_EDIT_EVENTS = (LifeEvent.CHANGED, LifeEvent.RENAMED)


def find_later_edits(evidence: AuditContext) -> Iterator[Observation]:
    """Find edits that change or take away what the committee had seen, or what a half-year's summary rested on.

    What is only added to (a row of a ledger, the day on which a problem was solved) is what records are for; minutes
    are finished when they are recorded, so in a Markdown body every edit counts.
    """
    reports = _find_summaries_by_half(evidence)
    for life in evidence.lives.every:
        for step in life.steps:
            if step.turn not in _EDIT_EVENTS or step.blob == step.old_blob or not evidence.asked(step.commit):
                continue
            mark = evidence.seeing.between(life.find_first_step(evidence.history).commit, step.commit)
            report = None if mark else _find_summary_before(evidence, reports, life, step)
            if (mark is not None or report is not None) and _counts_as_edit(evidence, step):
                yield (
                    _build_edit_after_review(evidence, life, step, mark)
                    if mark
                    else _build_edit_after_report(evidence, life, step, report)
                )


def _counts_as_edit(evidence: AuditContext, step: LifeStep) -> bool:
    change = evidence.changed(step)
    minutes = step.path.endswith(".md")
    return change.takes_away or (minutes and bool(change.fields or change.sections))


def _build_edit_after_review(
    evidence: AuditContext, life: RecordLife, step: LifeStep, mark: CommitteeMark
) -> Observation:
    message = say("Edited on {day}, after it had been reviewed or anchored ({who}).",
                  day=describe_day(evidence.day(step.commit)), who=mark.who)  # fmt: skip
    seen = build_mark_evidence(
        mark, say("reviewed or anchored on {day} ({who})", who=mark.who, day=describe_day(mark.day))
    )
    traces = [seen, *evidence.made(step.commit), *evidence.came_in(step.commit)]
    return build_observation(
        EDITED_AFTER_REVIEW, life.path, message, _suggest_log(life), traces, commit=evidence.commit(step.commit).id
    )


def _suggest_log(life: RecordLife) -> Text:
    return say("See what changed: dangwu log {path}", path=life.path)


class _HalfYearSummary(NamedTuple):
    """A summary that tells of a half-year up to a commit."""

    commit: int
    path: str


def _find_summaries_by_half(evidence: AuditContext) -> Mapping[Period, _HalfYearSummary]:
    """Return by half-year the commit that first had its summary: from then on the half-year is reported (1.4f)."""
    found = {}
    for kind, half in SUMMARY_HALVES.items():
        for sheet in evidence.corpus.of(kind):
            life = evidence.life(sheet.path)
            if life is not None and sheet.period is not None:
                period = Period.parse(f"{sheet.period.label}-{half}")
                found[period] = _HalfYearSummary(life.find_first_step(evidence.history).commit, sheet.path)
    return found


def _find_summary_before(
    evidence: AuditContext, reports: Mapping[Period, _HalfYearSummary], life: RecordLife, step: LifeStep
) -> _HalfYearSummary | None:
    """Return the summary that told of a record's half-year before an edit, if the record was there then."""
    day = evidence.own_days.get(life.path)
    report = next((each for period, each in reports.items() if day in period), None)
    if (
        report is None
        or report.path == life.path
        or not life.find_first_step(evidence.history).commit < report.commit < step.commit
    ):
        return None
    return report


def _build_edit_after_report(
    evidence: AuditContext, life: RecordLife, step: LifeStep, report: _HalfYearSummary | None
) -> Observation:
    summed = evidence.commit(report.commit) if report else evidence.commit(step.commit)
    message = say("Edited on {day}, after the summary of its half-year.", day=describe_day(evidence.day(step.commit)))
    said = say(
        "the summary {path} was recorded on {day}",
        path=report.path if report else "",
        day=describe_day(summed.committer.day),
    )
    traces = [EvidencePiece(EvidenceStrength.ORDER, said, summed.committer.day, summed.id), *evidence.made(step.commit)]
    return build_observation(
        EDITED_AFTER_REPORT, life.path, message, _suggest_log(life), traces, commit=evidence.commit(step.commit).id
    )


def find_moved_days(evidence: AuditContext) -> Iterator[Observation]:
    """Find records whose own day was changed after they were first recorded."""
    for life in evidence.lives.every:
        for step in life.steps:
            asked = step.turn in _EDIT_EVENTS and evidence.asked(step.commit)
            old, new = _read_own_days(evidence, step) if asked else (None, None)
            if old is None or new is None or old == new:
                continue
            message = say("Its own day was {old}; since {day} it is {new}.",
                          old=old, new=new, day=describe_day(evidence.day(step.commit)))  # fmt: skip
            traces = [*evidence.made(step.commit), *evidence.came_in(step.commit)]
            yield build_observation(
                DAY_MOVED, life.path, message, _suggest_log(life), traces, commit=evidence.commit(step.commit).id
            )


def _read_own_days(evidence: AuditContext, step: LifeStep) -> tuple[date | None, date | None]:
    """Return a record's own day before and after a step; only where a line with a day differs are the files read."""
    if step.blob is None or step.old_blob is None:
        return None, None
    lines = _compile_day_lines(tuple(sorted({kind.day_field for kind in evidence.kinds.values() if kind.day_field})))
    if lines.findall(evidence.raw(step.old_blob)) == lines.findall(evidence.raw(step.blob)):
        return None, None
    return (
        _read_own_day(evidence, step.old_path or step.path, step.old_blob),
        _read_own_day(evidence, step.path, step.blob),
    )


@cache
def _compile_day_lines(names: tuple[str, ...]) -> re.Pattern[bytes]:
    return re.compile(rf"^(?:{'|'.join(names)})[ \t]*:.*$".encode(), re.MULTILINE)


def _read_own_day(evidence: AuditContext, path: str, blob: str) -> date | None:
    document = evidence.version(path, blob)
    kind = evidence.kinds.get(str(document.data.get("kind"))) if document else None
    said = document.data.get(kind.day_field) if document and kind and kind.day_field else None
    return parse_day(said)


def find_deleted_records(evidence: AuditContext) -> Iterator[Observation]:
    """Find records that are not there at the end: taken out by a commit, or not taken over by a merge."""
    for life in evidence.lives.every:
        if not evidence.paths.isdisjoint(each.path for each in life.steps):
            continue
        step = life.steps[-1]
        dropped = step.turn is not LifeEvent.DELETED
        at = evidence.history.arrived[step.commit] if dropped else step.commit
        days = {"first": describe_day(life.recorded_on(evidence.history)), "day": describe_day(evidence.day(at))}
        message = say("Recorded on {first}, deleted on {day}.", **days)
        if dropped:
            message = say("Recorded on {first}; the merge of {day} left it out.", **days)
        hint = say("Ask why; a wrong record is corrected, not deleted. Git keeps what it said: dangwu log {path}",
                   path=life.path)  # fmt: skip
        traces = [*evidence.made(at), *evidence.came_in(at)]
        mark = evidence.seeing.between(life.find_first_step(evidence.history).commit, step.commit)
        if mark is not None:
            traces.append(
                build_mark_evidence(
                    mark, say("reviewed or anchored on {day} ({who})", who=mark.who, day=describe_day(mark.day))
                )
            )
        yield build_observation(RECORD_DELETED, life.path, message, hint, traces, commit=evidence.commit(at).id)


def find_records_made_twice(evidence: AuditContext) -> Iterator[Observation]:
    """Find records that were made on several lines of the history, apart from each other, before these were joined."""
    for life in evidence.lives.every:
        made = life.created
        if len(made) < 2 or life.path not in evidence.paths:  # noqa: PLR2004 - twice
            continue
        message = say("Recorded on separate lines by {who}; the present text was joined from them.",
                      who=tuple(dict.fromkeys(evidence.commit(each.commit).author.name for each in made)))  # fmt: skip
        traces = [each for step in made for each in (*evidence.made(step.commit), *evidence.came_in(step.commit))]
        yield build_observation(
            RECORDED_TWICE, life.path, message, _suggest_log(life), traces, commit=evidence.commit(made[-1].commit).id
        )


def find_records_brought_back(evidence: AuditContext) -> Iterator[Observation]:
    """Find records that were taken out and made again under the same name."""
    for life in evidence.lives.every:
        for before, step in pairwise(life.steps):
            if step.turn is not LifeEvent.RECREATED:
                continue
            days = {"old": describe_day(evidence.day(before.commit)), "new": describe_day(evidence.day(step.commit))}
            if step.blob == before.old_blob:
                message = say("Deleted on {old}, brought back on {new} as it was.", **days)
            else:
                message = say("Deleted on {old}, brought back on {new} with other content.", **days)
            traces = [*evidence.made(before.commit), *evidence.made(step.commit), *evidence.came_in(step.commit)]
            yield build_observation(
                RECORD_BROUGHT_BACK,
                life.path,
                message,
                _suggest_log(life),
                traces,
                commit=evidence.commit(step.commit).id,
            )


def find_edits_left_out(evidence: AuditContext) -> Iterator[Observation]:
    """Find edits that were merged without being taken over: of two lines that both changed a record one was kept.

    A merge that joins two edits is itself a change of the record, built on both. Where there is none, one of them went.
    """
    for life in evidence.lives.every:
        here = evidence.blobs.get(life.path)
        if here is None or all(evidence.history.arrived[each.commit] == each.commit for each in life.steps):
            continue
        for step in life.steps:
            if step.blob in {here, None} or any(_is_followed_by(evidence, step, each) for each in life.steps):
                continue
            merge, author = evidence.history.arrived[step.commit], evidence.commit(step.commit).author
            days = {"day": describe_day(evidence.day(step.commit)), "merged": describe_day(evidence.day(merge))}
            message = say("The edit of {day} by {who} was left out by the merge of {merged}.", **days, who=author.name)
            traces = [*evidence.made(step.commit), *evidence.came_in(step.commit)]
            yield build_observation(
                EDIT_LEFT_OUT, life.path, message, _suggest_log(life), traces, commit=evidence.commit(merge).id
            )


def _is_followed_by(evidence: AuditContext, step: LifeStep, other: LifeStep) -> bool:
    return other.commit != step.commit and evidence.history.leads(step.commit, other.commit)

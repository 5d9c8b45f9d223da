"""Records that are not what they were: edited after the committee saw them or their period was reported, deleted."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from dangwu.audit.context import observed, seen_by, told
from dangwu.model.finding import Code, Severity
from dangwu.model.message import say
from dangwu.model.observation import Observed, Strength, Trace
from dangwu.model.period import Period, parse_day
from dangwu.model.record_life import Turn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from dangwu.audit.context import Evidence
    from dangwu.model.message import Text
    from dangwu.model.observation import Mark
    from dangwu.model.record_life import Life, Step

REVIEWED = Code("DW964", "edited-after-review", Severity.WARNING, say("Edited after it was reviewed or anchored"))
REPORTED = Code("DW965", "edited-after-report", Severity.WARNING, say("Edited after its period was reported"), "1.4f")
DAY_MOVED = Code("DW966", "day-moved", Severity.WARNING, say("The record's own day was changed afterwards"))
DELETED = Code("DW967", "record-deleted", Severity.WARNING, say("A record was deleted"))
TWICE = Code("DW968", "recorded-twice", Severity.NOTE, say("Recorded on two lines of the history"))
LEFT_OUT = Code("DW970", "edit-left-out", Severity.WARNING, say("A merge left an edit out"))
BROUGHT_BACK = Code("DW969", "record-brought-back", Severity.NOTE, say("Deleted, and brought back later"))
CODES = (REVIEWED, REPORTED, DAY_MOVED, DELETED, TWICE, BROUGHT_BACK, LEFT_OUT)

_EDITS = (Turn.CHANGED, Turn.RENAMED)
_SUMMARIES = {"mid-year-summary": "H1", "year-end-summary": "H2"}


def edited(evidence: Evidence) -> Iterator[Observed]:
    """Find edits that change or take away what the committee had seen, or what a half-year's summary rested on.

    What is only added to (a row of a ledger, the day on which a problem was solved) is what records are for; minutes
    are finished when they are recorded, so in a Markdown body every edit counts.
    """
    reports = _reports(evidence)
    for life in evidence.lives.every:
        for step in life.steps:
            if step.turn not in _EDITS or step.blob == step.old_blob or not evidence.asked(step.commit):
                continue
            mark = evidence.seeing.between(life.first(evidence.history).commit, step.commit)
            report = None if mark else _report(evidence, reports, life, step)
            if (mark is not None or report is not None) and _counts(evidence, step):
                yield _after_review(evidence, life, step, mark) if mark else _after_report(evidence, life, step, report)


def _counts(evidence: Evidence, step: Step) -> bool:
    change = evidence.changed(step)
    minutes = step.path.endswith(".md")
    return change.takes_away or (minutes and bool(change.fields or change.sections))


def _after_review(evidence: Evidence, life: Life, step: Step, mark: Mark) -> Observed:
    message = say("Edited on {day}, after it had been reviewed or anchored ({who}).",
                  day=told(evidence.day(step.commit)), who=mark.who)  # fmt: skip
    seen = seen_by(mark, say("reviewed or anchored on {day} ({who})", who=mark.who, day=told(mark.day)))
    traces = [seen, *evidence.made(step.commit), *evidence.came_in(step.commit)]
    return observed(REVIEWED, life.path, message, _hint(life), traces, commit=evidence.commit(step.commit).id)


def _hint(life: Life) -> Text:
    return say("See what changed: dangwu log {path}", path=life.path)


class _Report(NamedTuple):
    """A summary that tells of a half-year up to a commit."""

    commit: int
    path: str


def _reports(evidence: Evidence) -> Mapping[Period, _Report]:
    """Return by half-year the commit that first had its summary: from then on the half-year is reported (1.4f)."""
    found = {}
    for kind, half in _SUMMARIES.items():
        for sheet in evidence.corpus.of(kind):
            life = evidence.life(sheet.path)
            if life is not None and sheet.names is not None:
                period = Period.parse(f"{sheet.names.label}-{half}")
                found[period] = _Report(life.first(evidence.history).commit, sheet.path)
    return found


def _report(evidence: Evidence, reports: Mapping[Period, _Report], life: Life, step: Step) -> _Report | None:
    """Return the summary that told of a record's half-year before an edit, if the record was there then."""
    day = evidence.own_days.get(life.path)
    report = next((each for period, each in reports.items() if day in period), None)
    if (
        report is None
        or report.path == life.path
        or not life.first(evidence.history).commit < report.commit < step.commit
    ):
        return None
    return report


def _after_report(evidence: Evidence, life: Life, step: Step, report: _Report | None) -> Observed:
    summed = evidence.commit(report.commit) if report else evidence.commit(step.commit)
    message = say("Edited on {day}, after the summary of its half-year.", day=told(evidence.day(step.commit)))
    said = say(
        "the summary {path} was recorded on {day}", path=report.path if report else "", day=told(summed.committer.day)
    )
    traces = [Trace(Strength.ORDER, said, summed.committer.day, summed.id), *evidence.made(step.commit)]
    return observed(REPORTED, life.path, message, _hint(life), traces, commit=evidence.commit(step.commit).id)


def day_moved(evidence: Evidence) -> Iterator[Observed]:
    """Find records whose own day was changed after they were first recorded."""
    for life in evidence.lives.every:
        for step in life.steps:
            asked = step.turn in _EDITS and evidence.asked(step.commit)
            old, new = _own_days(evidence, step) if asked else (None, None)
            if old is None or new is None or old == new:
                continue
            message = say("Its own day was {old}; since {day} it is {new}.",
                          old=old, new=new, day=told(evidence.day(step.commit)))  # fmt: skip
            traces = [*evidence.made(step.commit), *evidence.came_in(step.commit)]
            yield observed(DAY_MOVED, life.path, message, _hint(life), traces, commit=evidence.commit(step.commit).id)


def _own_days(evidence: Evidence, step: Step) -> tuple[date | None, date | None]:
    """Return a record's own day before and after a step; only where a line with a day differs are the files read."""
    if step.blob is None or step.old_blob is None:
        return None, None
    lines = _day_lines(tuple(sorted({kind.day for kind in evidence.kinds.values() if kind.day})))
    if lines.findall(evidence.raw(step.old_blob)) == lines.findall(evidence.raw(step.blob)):
        return None, None
    return (
        _own_day(evidence, step.old_path or step.path, step.old_blob),
        _own_day(evidence, step.path, step.blob),
    )


@cache
def _day_lines(names: tuple[str, ...]) -> re.Pattern[bytes]:
    return re.compile(rf"^(?:{'|'.join(names)})[ \t]*:.*$".encode(), re.MULTILINE)


def _own_day(evidence: Evidence, path: str, blob: str) -> date | None:
    document = evidence.version(path, blob)
    kind = evidence.kinds.get(str(document.data.get("kind"))) if document else None
    said = document.data.get(kind.day) if document and kind and kind.day else None
    return parse_day(said)


def deleted(evidence: Evidence) -> Iterator[Observed]:
    """Find records that are not there at the end: taken out by a commit, or not taken over by a merge."""
    for life in evidence.lives.every:
        if not evidence.paths.isdisjoint(each.path for each in life.steps):
            continue
        step = life.steps[-1]
        dropped = step.turn is not Turn.DELETED
        at = evidence.history.arrived[step.commit] if dropped else step.commit
        days = {"first": told(life.recorded_on(evidence.history)), "day": told(evidence.day(at))}
        message = say("Recorded on {first}, deleted on {day}.", **days)
        if dropped:
            message = say("Recorded on {first}; the merge of {day} left it out.", **days)
        hint = say("Ask why; a wrong record is corrected, not deleted. Git keeps what it said: dangwu log {path}",
                   path=life.path)  # fmt: skip
        traces = [*evidence.made(at), *evidence.came_in(at)]
        mark = evidence.seeing.between(life.first(evidence.history).commit, step.commit)
        if mark is not None:
            traces.append(seen_by(mark, say("reviewed or anchored on {day} ({who})", who=mark.who, day=told(mark.day))))
        yield observed(DELETED, life.path, message, hint, traces, commit=evidence.commit(at).id)


def recorded_twice(evidence: Evidence) -> Iterator[Observed]:
    """Find records that were made on several lines of the history, apart from each other, before these were joined."""
    for life in evidence.lives.every:
        made = life.created
        if len(made) < 2 or life.path not in evidence.paths:  # noqa: PLR2004 - twice
            continue
        message = say("Recorded on separate lines by {who}; the present text was joined from them.",
                      who=tuple(dict.fromkeys(evidence.commit(each.commit).author.name for each in made)))  # fmt: skip
        traces = [each for step in made for each in (*evidence.made(step.commit), *evidence.came_in(step.commit))]
        yield observed(TWICE, life.path, message, _hint(life), traces, commit=evidence.commit(made[-1].commit).id)


def brought_back(evidence: Evidence) -> Iterator[Observed]:
    """Find records that were taken out and made again under the same name."""
    for life in evidence.lives.every:
        for before, step in pairwise(life.steps):
            if step.turn is not Turn.RECREATED:
                continue
            days = {"old": told(evidence.day(before.commit)), "new": told(evidence.day(step.commit))}
            if step.blob == before.old_blob:
                message = say("Deleted on {old}, brought back on {new} as it was.", **days)
            else:
                message = say("Deleted on {old}, brought back on {new} with other content.", **days)
            traces = [*evidence.made(before.commit), *evidence.made(step.commit), *evidence.came_in(step.commit)]
            yield observed(
                BROUGHT_BACK, life.path, message, _hint(life), traces, commit=evidence.commit(step.commit).id
            )


def left_out(evidence: Evidence) -> Iterator[Observed]:
    """Find edits that were merged without being taken over: of two lines that both changed a record one was kept.

    A merge that joins two edits is itself a change of the record, built on both. Where there is none, one of them went.
    """
    for life in evidence.lives.every:
        here = evidence.blobs.get(life.path)
        if here is None or all(evidence.history.arrived[each.commit] == each.commit for each in life.steps):
            continue
        for step in life.steps:
            if step.blob in {here, None} or any(_after(evidence, step, each) for each in life.steps):
                continue
            merge, author = evidence.history.arrived[step.commit], evidence.commit(step.commit).author
            days = {"day": told(evidence.day(step.commit)), "merged": told(evidence.day(merge))}
            message = say("The edit of {day} by {who} was left out by the merge of {merged}.", **days, who=author.name)
            traces = [*evidence.made(step.commit), *evidence.came_in(step.commit)]
            yield observed(LEFT_OUT, life.path, message, _hint(life), traces, commit=evidence.commit(merge).id)


def _after(evidence: Evidence, step: Step, other: Step) -> bool:
    return other.commit != step.commit and evidence.history.leads(step.commit, other.commit)

"""Records that entered the history late: long after their day, many in one sitting, or filled in afterwards."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from dangwu.audit.context import build_mark_evidence, build_observation, describe_day
from dangwu.model.finding import FindingCode, RelatedPlace, Severity, Source
from dangwu.model.message import say
from dangwu.model.observation import EvidencePiece, EvidenceStrength, MarkKind, Observation
from dangwu.model.record_life import LifeEvent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.audit.context import AuditContext
    from dangwu.model.document import Document
    from dangwu.model.message import Text
    from dangwu.model.observation import CommitteeMark
    from dangwu.model.record_life import RecordLife

RECORDED_LATE = FindingCode("DW961", "recorded-late", Severity.WARNING, say("Recorded long after the day"), "3.5")
RECORDED_IN_ONE_SITTING = FindingCode(
    "DW962", "recorded-in-one-sitting", Severity.WARNING, say("Several meetings recorded in one sitting")
)
WRITTEN_LATER = FindingCode("DW963", "written-later", Severity.WARNING, say("Made in time, written long after the day"))
CODES = (RECORDED_LATE, RECORDED_IN_ONE_SITTING, WRITTEN_LATER)

_SITTING_PAUSE_SECONDS = 30 * 60
"""Seconds between two commits of one person after which another sitting begins."""
_FEWEST_MEETING_DAYS = 3
_DAYS_APART = 7
_LATE_TEXT_SHARE = 0.5
_WRITING_EVENTS = (LifeEvent.CHANGED, LifeEvent.RECREATED)


def find_late_records(evidence: AuditContext) -> Iterator[Observation]:
    """Find records whose first commit is later than their day by more than the days of grace.

    Three clocks are read: the committer's own; that of the commits before it, which it cannot be older than; and the
    days on which the committee had a state without the record.
    """
    for path, held in sorted(evidence.own_days.items()):
        life = evidence.life(path)
        if life is None:
            continue
        at = life.find_first_step(evidence.history).commit
        last = held + timedelta(days=evidence.grace)
        traces = list(_find_later_evidence(evidence, at, last)) if evidence.asked(at) else []
        if not traces or evidence.had.get(at, date.max) <= last:
            continue
        message = _describe_lateness(
            evidence, at, held, max(traces, key=lambda trace: trace.strength is EvidenceStrength.COMMITTER)
        )
        hint = say("Ask why it came late, and let the branch say what was done when. A late record is not a false one.")
        every = (*traces, *(each for each in evidence.made(at) if each not in traces), *evidence.came_in(at))
        yield build_observation(RECORDED_LATE, path, message, hint, dict.fromkeys(every), commit=evidence.commit(at).id)


def _describe_lateness(evidence: AuditContext, at: int, held: date, best: EvidencePiece) -> Text:
    said, day = describe_day(evidence.day(at)), describe_day(best.day)
    if best.strength is EvidenceStrength.COMMITTER:
        days = (best.day - held).days if best.day else 0
        return say("Of {held}, recorded on {day}, {days} days later.", held=held, days=days, day=day)
    if best.strength is EvidenceStrength.ORDER:
        return say("Of {held}; its commit says {said}, but is built on one of {day}.", held=held, said=said, day=day)
    return say(
        "Of {held}; its commit says {said}, but the committee above did not have it on {day}.",
        held=held, said=said, day=day,
    )  # fmt: skip


def _find_later_evidence(evidence: AuditContext, at: int, last: date) -> Iterator[EvidencePiece]:
    """Yield what says that a commit was made after a day."""
    committer = evidence.made(at)[0]
    if committer.day is None or committer.day > last:
        yield committer
    behind = evidence.history.not_before[at]
    other = evidence.commit(behind)
    if behind != at and other.committer.day and other.committer.day > last:
        said = say("it is built on commit {commit} of {day}", commit=other.short, day=other.committer.day)
        yield EvidencePiece(EvidenceStrength.ORDER, said, other.committer.day, other.id)
    mark = evidence.seeing.before(at)
    if mark is not None and mark.strength.rank >= EvidenceStrength.MERGED.rank:
        day = _find_mark_day(evidence, mark)
        if day is not None and day > last:
            yield build_mark_evidence(
                mark, say("the state reviewed or anchored on {day} ({who}) was without it", who=mark.who, day=day)
            )


def _find_mark_day(evidence: AuditContext, mark: CommitteeMark) -> date | None:
    """Return the day on which the committee surely had no more than a mark's commit.

    An anchor is of the day on which the history was fetched. A review may be of a state that was older by then.
    """
    own = evidence.commit(evidence.history.place[mark.commit]).committer.day
    if mark.kind is MarkKind.ANCHOR or own is None or mark.day is None:
        return mark.day
    return min(own, mark.day)


def find_single_sittings(evidence: AuditContext) -> Iterator[Observation]:
    """Find meetings of at least three days, more than a week apart, that one person recorded first in one sitting."""
    first: dict[int, list[tuple[date, str]]] = {}
    for meeting in evidence.corpus.meetings:
        life = evidence.life(meeting.path)
        if life is not None:
            first.setdefault(life.find_first_step(evidence.history).commit, []).append((meeting.day, meeting.path))
    for commits in _split_into_sittings(evidence, sorted(first)):
        held = sorted(each for at in commits for each in first[at])
        days = {day for day, _ in held}
        if len(days) < _FEWEST_MEETING_DAYS or (max(days) - min(days)).days <= _DAYS_APART:
            continue
        last = evidence.commit(commits[-1])
        message = say(
            "Meetings of {count} days, from {first} to {last}, were recorded in one sitting by {who} on {day}.",
            count=len(days), first=min(days), last=max(days), who=last.committer.name,
            day=describe_day(last.committer.day),
        )  # fmt: skip
        hint = say("Ask what they were written from. Copying a paper ledger, or a squash, looks the same.")
        related = tuple(RelatedPlace(Source(path), say("of {day}", day=day)) for day, path in held)
        traces = [each for at in commits for each in (*evidence.made(at), *evidence.came_in(at))]
        yield build_observation(
            RECORDED_IN_ONE_SITTING, held[-1][1], message, hint, traces, commit=last.id, related=related
        )


def _split_into_sittings(evidence: AuditContext, commits: list[int]) -> Iterator[list[int]]:
    """Part commits into sittings: one person's, with no long pause by that person's clock."""

    def who(at: int) -> tuple[str, str]:
        return evidence.commit(at).committer.person

    def clock(at: int) -> int:
        return evidence.commit(at).committer.seconds or 0

    for _, own in groupby(sorted(commits, key=lambda at: (who(at), clock(at))), key=who):
        sitting: list[int] = []
        for at in own:
            if sitting and clock(at) - clock(sitting[-1]) > _SITTING_PAUSE_SECONDS:
                yield sitting
                sitting = []
            sitting.append(at)
        yield sitting


def find_minutes_written_later(evidence: AuditContext) -> Iterator[Observation]:
    """Find minutes of which most was written after the days of grace, though the file was there in time."""
    for meeting in sorted(evidence.corpus.meetings, key=lambda meeting: meeting.path):
        life = evidence.life(meeting.path)
        if life is None:
            continue
        last = meeting.day + timedelta(days=evidence.grace)
        day = evidence.day(life.find_first_step(evidence.history).commit)
        if day is not None and day <= last:
            yield from _find_text_written_later(evidence, life, last)


def _find_text_written_later(evidence: AuditContext, life: RecordLife, last: date) -> Iterator[Observation]:
    written = [step for step in life.steps if step.blob is not None]
    late = [each for each in written if each.turn in _WRITING_EVENTS and (evidence.day(each.commit) or last) > last]
    early = [each for each in written if each not in late]
    if not late or not early or not evidence.asked(late[-1].commit):
        return
    before, after = (evidence.version(each.path, each.blob or "") for each in (early[-1], late[-1]))
    if before is None or after is None:
        return
    own, known = _read_text_lines(after), {*_read_text_lines(before)}
    length = sum(len(line) for line in own)
    new = sum(len(line) for line in own if line not in known)
    if length and new / length > _LATE_TEXT_SHARE:
        message = say(
            "{percent} per cent of the text was written on {day} or later.",
            percent=round(100 * new / length), day=describe_day(evidence.day(late[0].commit)),
        )  # fmt: skip
        hint = say("Compare both states: dangwu log {path}", path=life.path)
        traces = [each for step in late for each in (*evidence.made(step.commit), *evidence.came_in(step.commit))]
        yield build_observation(
            WRITTEN_LATER, life.path, message, hint, traces, commit=evidence.commit(late[-1].commit).id
        )


def _read_text_lines(document: Document) -> list[str]:
    rows = document.raw.decode(errors="replace").split("\n")
    begin = next((end + 1 for end, line in enumerate(rows) if end and line.rstrip() == "---"), 0)
    return [line.strip() for line in rows[begin:] if line.strip() and not line.startswith("#")]

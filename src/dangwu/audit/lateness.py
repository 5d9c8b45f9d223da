"""Audit checks of late recording: long after the day, several meetings in one session, minutes written afterwards."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from dangwu.audit.context import build_mark_evidence, build_observation, describe_day
from dangwu.model.finding import FindingCode, RelatedPlace, Severity, Source
from dangwu.model.forge_addresses import is_forge_address
from dangwu.model.message import say
from dangwu.model.observation import EvidencePiece, EvidenceStrength, MarkKind, Observation
from dangwu.model.record_life import LifeEvent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.audit.context import AuditContext
    from dangwu.model.history import Commit
    from dangwu.model.message import Text
    from dangwu.model.observation import CommitteeMark
    from dangwu.model.record_life import RecordLife

RECORDED_LATE = FindingCode("DW961", "recorded-late", Severity.WARNING, say("Recorded long after the day"), "3.5")
RECORDED_IN_ONE_SITTING = FindingCode(
    "DW962", "recorded-in-one-sitting", Severity.WARNING, say("Several meetings recorded in one sitting")
)
WRITTEN_LATER = FindingCode("DW963", "written-later", Severity.WARNING, say("Made in time, written long after the day"))
CODES = (RECORDED_LATE, RECORDED_IN_ONE_SITTING, WRITTEN_LATER)

_SESSION_PAUSE_SECONDS = 30 * 60
"""Seconds between two commits of one person after which a new session begins."""
_FEWEST_MEETING_DAYS = 3
_FEWEST_LATE_DAYS = 2
_DAYS_APART = 7
LATE_TEXT_SHARE = 0.5
_WRITING_EVENTS = (LifeEvent.CHANGED, LifeEvent.RECREATED)


def find_late_records(context: AuditContext) -> Iterator[Observation]:
    """Find records first committed more than the days of grace after the day in them (3.5).

    Evidence is the committer's date, the latest date of an ancestor, and marks of the committee without the record.
    An anchor that shows the record in time overrides all three.
    """
    for path, held in sorted(context.own_days.items()):
        life = context.life(path)
        if life is None:
            continue
        index = context.first_commit(life)
        last = held + timedelta(days=context.grace)
        evidence = list(find_later_evidence(context, index, last)) if context.covers(index) else []
        if not evidence or context.anchored_days.get(index, date.max) <= last:
            continue
        dated = index not in context.misdated
        best = max(evidence, key=lambda piece: dated and piece.strength is EvidenceStrength.COMMITTER)
        message = _describe_lateness(context, index, held, best)
        hint = say("Ask why it came late, and let the branch say what was done when. A late record is not a false one.")
        pieces = dict.fromkeys((*evidence, *context.commit_evidence(index)))
        yield build_observation(RECORDED_LATE, path, message, hint, pieces, commit=context.commit(index).id)


def _describe_lateness(context: AuditContext, index: int, held: date, best: EvidencePiece) -> Text:
    said, day = describe_day(context.commit(index).committer.day), describe_day(best.day)
    if best.strength is EvidenceStrength.COMMITTER:
        days = (best.day - held).days if best.day else 0
        return say("Of {held}, recorded on {day}, {days} days later.", held=held, days=days, day=day)
    if best.strength is EvidenceStrength.ORDER:
        return say("Of {held}; its commit says {said}, but is built on one of {day}.", held=held, said=said, day=day)
    return say(
        "Of {held}; its commit says {said}, but the committee above did not have it on {day}.",
        held=held, said=said, day=day,
    )  # fmt: skip


def find_later_evidence(context: AuditContext, index: int, last: date) -> Iterator[EvidencePiece]:
    """Yield the evidence that a commit was made after a day."""
    committer = context.date_evidence(index)[0]
    if committer.day is None or committer.day > last:
        yield committer
    behind = context.history.not_before[index]
    other = context.commit(behind)
    if behind != index and other.committer.day and other.committer.day > last:
        yield _build_order_evidence(other)
    yield from _find_state_without(context, index, last)


def _build_order_evidence(other: Commit) -> EvidencePiece:
    day = other.committer.day
    built_on = say("it is built on commit {commit} of {day}", commit=other.short, day=describe_day(day))
    return EvidencePiece(EvidenceStrength.ORDER, built_on, day, other.id)


def add_days(day: date, days: int) -> date:
    """Return the day so many days later, the last that there is for one beyond it: a file may say any day."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def find_day_evidence(context: AuditContext, index: int, last: date) -> list[EvidencePiece]:
    """Return the evidence that a commit was made after a day, without the clocks of the commits that it is built on.

    One clock that was fast would make all that follows late. A commit dated before what it is built on is told by
    itself (DW971), once. Empty where an anchor shows that the commit was there.
    """
    if context.anchored_days.get(index, date.max) <= last:
        return []
    pieces = find_later_evidence(context, index, last)
    return [piece for piece in pieces if piece.strength is not EvidenceStrength.ORDER]


def _find_state_without(context: AuditContext, index: int, last: date) -> Iterator[EvidencePiece]:
    """Yield the committee's mark, later than a day, on a state without a commit."""
    mark = None if context.anchored_days.get(index, date.max) <= last else context.mark_index.before(index)
    if mark is not None and mark.strength.rank >= EvidenceStrength.MERGED.rank:
        day = _find_mark_day(context, mark)
        if day is not None and day > last:
            yield build_mark_evidence(
                mark, say("the state reviewed or anchored on {day} ({who}) was without it", who=mark.who, day=day)
            )


def _find_mark_day(context: AuditContext, mark: CommitteeMark) -> date | None:
    """Return the latest day on which a mark proves that the committee's copy ended at its commit.

    For an anchor that is the day it was taken; a review may concern an older state, so its commit's day counts if
    earlier.
    """
    own = context.commit(context.history.place[mark.commit]).committer.day
    if mark.kind is MarkKind.ANCHOR or own is None or mark.day is None:
        return mark.day
    return min(own, mark.day)


def find_batch_recorded_meetings(context: AuditContext) -> Iterator[Observation]:
    """Find meetings of at least three days, more than a week apart, first committed by one person in one session.

    Those of at least two days must have come late: who records in time may well do it every other Saturday. A commit
    that a forge made, or whose date does not fit, is part of nobody's session.
    """
    first: dict[int, list[tuple[date, str]]] = {}
    late: set[str] = set()
    for meeting in context.corpus.meetings:
        life = context.life(meeting.path)
        if life is None:
            continue
        index = context.first_commit(life)
        first.setdefault(index, []).append((meeting.day, meeting.path))
        if _is_dated_late(context, index, meeting.day):
            late.add(meeting.path)
    by_people = (at for at in sorted(first) if not is_forge_address(context.commit(at).committer.email))
    sitting = (at for at in by_people if at not in context.misdated)
    for commits in _split_into_sessions(context, list(sitting)):
        held = sorted(meeting for index in commits for meeting in first[index])
        days = {day for day, _ in held}
        if len(days) < _FEWEST_MEETING_DAYS or (max(days) - min(days)).days <= _DAYS_APART:
            continue
        if len({day for day, path in held if path in late}) < _FEWEST_LATE_DAYS:
            continue
        last = context.commit(commits[-1])
        message = say(
            "Meetings of {count} days, from {first} to {last}, were recorded in one sitting by {who} on {day}.",
            count=len(days), first=min(days), last=max(days), who=last.committer.name,
            day=describe_day(last.committer.day),
        )  # fmt: skip
        hint = say("Ask what they were written from. Copying a paper ledger, or a squash, looks the same.")
        related = tuple(RelatedPlace(Source(path), say("of {day}", day=day)) for day, path in held)
        evidence = [piece for index in commits for piece in context.commit_evidence(index)]
        yield build_observation(
            RECORDED_IN_ONE_SITTING, held[-1][1], message, hint, evidence, commit=last.id, related=related
        )


def _is_dated_late(context: AuditContext, index: int, held: date) -> bool:
    """Tell whether a commit is dated after the days of grace, and no anchor shows its files within them."""
    last, day = held + timedelta(days=context.grace), context.day(index)
    return day is not None and day > last and context.anchored_days.get(index, date.max) > last


def _split_into_sessions(context: AuditContext, commits: list[int]) -> Iterator[list[int]]:
    """Group commits into sessions: by committer, with no pause of more than 30 minutes by the committer's clock."""

    def who(index: int) -> tuple[str, str]:
        return context.commit(index).committer.person

    def clock(index: int) -> int:
        return context.commit(index).committer.seconds or 0

    for _, own in groupby(sorted(commits, key=lambda index: (who(index), clock(index))), key=who):
        session: list[int] = []
        for index in own:
            if session and clock(index) - clock(session[-1]) > _SESSION_PAUSE_SECONDS:
                yield session
                session = []
            session.append(index)
        yield session


def find_minutes_written_later(context: AuditContext) -> Iterator[Observation]:
    """Find minutes committed within the days of grace whose text was mostly written later.

    Where the first commit has no date that fits, nothing that it is built on may show that it came late itself.
    """
    for meeting in sorted(context.corpus.meetings, key=lambda meeting: meeting.path):
        life = context.life(meeting.path)
        if life is None:
            continue
        last = meeting.day + timedelta(days=context.grace)
        first = context.first_commit(life)
        day = context.day(first)
        late = day > last if day is not None else any(find_later_evidence(context, first, last))
        if not late:
            yield from _find_text_written_later(context, life, last)


def _find_text_written_later(context: AuditContext, life: RecordLife, last: date) -> Iterator[Observation]:
    written = [step for step in life.steps if step.blob is not None]
    without = {step: [*_find_state_without(context, step.commit, last), *_find_state_before(context, step.commit, last)]
               for step in written if step.turn in _WRITING_EVENTS}  # fmt: skip
    late = [step for step, states in without.items() if states or (context.day(step.commit) or last) > last]
    early = [step for step in written if step not in late]
    if not late or not early or not context.covers(late[-1].commit):
        return
    before, after = (context.read_version(step.path, step.blob or "") for step in (early[-1], late[-1]))
    if before is None or after is None:
        return
    own, known = read_text_lines(after.raw), {*read_text_lines(before.raw)}
    length = sum(len(line) for line in own)
    new = sum(len(line) for line in own if line not in known)
    if length and new / length > LATE_TEXT_SHARE:
        percent, states = round(100 * new / length), [piece for step in late for piece in without[step]]
        day = describe_day(context.day(late[0].commit))
        message = say("{percent} per cent of the text was written on {day} or later.", percent=percent, day=day)
        if states and (context.day(late[0].commit) or last) <= last:
            message = say("{percent} per cent of the text was not yet there on {day}.",
                          percent=percent, day=describe_day(states[0].day))  # fmt: skip
        hint = say("Compare both states: dangwu log {path}", path=life.path)
        evidence = list(dict.fromkeys((*states, *(p for step in late for p in context.commit_evidence(step.commit)))))
        yield build_observation(
            WRITTEN_LATER, life.path, message, hint, evidence, commit=context.commit(late[-1].commit).id
        )


def _find_state_before(context: AuditContext, index: int, last: date) -> Iterator[EvidencePiece]:
    """Yield what a commit is built on, made after a day, where its own clock said a day before the meeting.

    Such a clock is wrong itself. One that fits the meeting may be right, and the one before it fast.
    """
    own, other = context.commit(index).committer.day, context.commit(context.history.not_before[index])
    wrong = own is None or own < last - timedelta(days=context.grace)
    if index in context.misdated and wrong and other.committer.day and other.committer.day > last:
        yield _build_order_evidence(other)


def read_text_lines(raw: bytes) -> list[str]:
    """Return the lines of a Markdown body without headings and empty lines."""
    lines = raw.decode(errors="replace").split("\n")
    begin = next((number + 1 for number, line in enumerate(lines) if number and line.rstrip() == "---"), 0)
    return [line.strip() for line in lines[begin:] if line.strip() and not line.startswith("#")]

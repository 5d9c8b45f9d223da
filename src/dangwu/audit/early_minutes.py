"""Audit check of minutes that were in the history before their meeting took place."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dangwu.audit.context import build_observation, describe_day
from dangwu.audit.lateness import LATE_TEXT_SHARE, read_text_lines
from dangwu.model.finding import FindingCode, Severity
from dangwu.model.message import say
from dangwu.model.observation import EvidencePiece, EvidenceStrength
from dangwu.model.period import parse_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.audit.context import AuditContext
    from dangwu.model.observation import Observation
    from dangwu.model.record import Meeting
    from dangwu.model.record_life import LifeStep

WRITTEN_BEFORE = FindingCode(
    "DW985", "written-before-meeting", Severity.NOTE, say("Minutes in the history before their meeting")
)
CODES = (WRITTEN_BEFORE,)

_CLOCK_SKEW_SECONDS = 60 * 60
_CLOCK_DAYS = 1
"""A computer's clock may be set to another part of the world, or to the day before."""
_FEWEST_LETTERS = 40
"""What is shorter is an agenda: it says what is to be spoken about, not what was said."""


def find_minutes_written_before(context: AuditContext) -> Iterator[Observation]:
    """Find minutes most of whose text was committed, with who was present, two days or more before the meeting.

    An agenda or a draft that is filled in after the meeting is none: most of the present text came after it. A commit
    that is dated before one that it is built on proves no day.
    """
    for meeting in context.corpus.meetings:
        life = context.life(meeting.path)
        steps = [step for step in life.steps if step.blob and context.covers(step.commit)] if life else []
        early = [step for step in steps if _is_before(context, step.commit, meeting.day)]
        if early and _was_written(context, early[-1], meeting):
            yield _build_observation(context, early[-1], meeting)


def _is_before(context: AuditContext, index: int, held: date) -> bool:
    """Tell whether a commit was made before the eve of a day, by its clock and by those of all that it is built on.

    A clock that shows a day before the branch was founded is wrong, and says nothing.
    """
    own, latest = (context.commit(at).committer for at in (index, context.history.not_before[index]))
    if own.day is None or own.seconds is None or latest.seconds is None:
        return False
    branch = context.corpus.branch
    if branch is not None and own.day < branch.founded:
        return False
    return (held - own.day).days > _CLOCK_DAYS and latest.seconds - own.seconds <= _CLOCK_SKEW_SECONDS


def _was_written(context: AuditContext, step: LifeStep, meeting: Meeting) -> bool:
    """Tell whether a version said who was present on that day, and most of what the minutes say now."""
    early = context.read_data(step.path, step.blob)
    if parse_day(early.get("date")) != meeting.day or not early.get("present"):
        return False
    present = read_text_lines(context.read_raw(meeting.path, context.blobs[meeting.path]))
    known = {*read_text_lines(context.read_raw(step.path, step.blob or ""))}
    length = sum(map(len, present))
    said = sum(len(line) for line in present if line in known)
    return said >= _FEWEST_LETTERS and said / length > LATE_TEXT_SHARE


def _build_observation(context: AuditContext, step: LifeStep, meeting: Meeting) -> Observation:
    message = say("The minutes of {held} were there on {day}, before the meeting.",
                  held=meeting.day, day=describe_day(context.commit(step.commit).committer.day))  # fmt: skip
    hint = say("Ask whether the day of the meeting is right, and compare with the sign-in sheet; an agenda prepared "
               "before it is usual, minutes are not.")  # fmt: skip
    evidence = context.commit_evidence(step.commit)
    anchored = context.anchored_days.get(step.commit, date.max)
    if anchored < meeting.day:
        text = say("the committee anchored a state that has it on {day}", day=anchored)
        evidence.append(EvidencePiece(EvidenceStrength.ANCHOR, text, anchored, context.commit(step.commit).id))
    return build_observation(
        WRITTEN_BEFORE, meeting.path, message, hint, evidence, commit=context.commit(step.commit).id
    )

"""A new meeting record from what little was typed: who was due is known, so only exceptions are given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dangwu.authoring.new.recipes.registry import MEETING_RECIPES
from dangwu.authoring.new.skeleton import complete_record
from dangwu.model.document import PLACEHOLDER
from dangwu.model.message import Text, say
from dangwu.model.record import GROUP_MEETING, LECTURE, Leave

if TYPE_CHECKING:
    from datetime import date

    from dangwu.authoring.new.request import RecordRequest
    from dangwu.model.corpus import Corpus
    from dangwu.model.record import Meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingInput:
    """What a person gave for a meeting. ``leave`` has the reason code; its approver may be left to the tool."""

    kind: str
    day: date
    time: str
    group: str | None = None
    place: str | None = None
    chair: str | None = None
    delegated_by: str | None = None
    recorder: str | None = None
    lecturer: str | None = None
    topics: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    leave: tuple[Leave, ...] = ()
    late: tuple[str, ...] = ()
    in_attendance: tuple[str, ...] = ()
    makes_up: str | None = None


def build_meeting_fields(order: RecordRequest, typed: MeetingInput) -> dict[str, Any]:
    """Return the fields of the record: attendance, what its kind asks for, and what was given of that."""
    fields = _build_attendance(order.corpus, typed)
    asks = MEETING_RECIPES.get(typed.kind)
    return complete_record(order.schema, fields, asks(order, fields) if asks else {}, order.given)


def _build_attendance(corpus: Corpus, typed: MeetingInput) -> dict[str, Any]:
    """Return the fields that every meeting has, everyone due in exactly one list."""
    due = corpus.roster.due_at(typed.kind, typed.group, typed.day)
    away = {*typed.absent, *(leave.member for leave in typed.leave)}
    present = sorted(due - away)
    last = _find_last_meeting(corpus, typed)
    chair = typed.chair or _find_chair(corpus, typed) or PLACEHOLDER
    recorder = typed.recorder or (last.recorder if last and last.recorder in present else None) or PLACEHOLDER
    fields: dict[str, Any] = {
        "schema": 1,
        "kind": typed.kind,
        "date": typed.day.isoformat(),
        "time": typed.time,
        "place": typed.place or (last.place if last else PLACEHOLDER),
        "chair": chair,
        "recorder": recorder,
        "present": present,
        "leave": [_build_leave(corpus, typed, leave, chair) for leave in typed.leave],
        "absent": sorted(typed.absent),
        "topics": list(typed.topics) or [PLACEHOLDER],
    }
    optional = {
        "group": typed.group,
        "delegated_by": typed.delegated_by,
        "makes_up": typed.makes_up,
        "late": sorted(typed.late),
        "in_attendance": list(typed.in_attendance),
        "lecturer": (typed.lecturer or PLACEHOLDER) if typed.kind == LECTURE else None,
    }
    return {**fields, **{key: value for key, value in optional.items() if value}}


def find_meeting_fault(corpus: Corpus, typed: MeetingInput) -> Text | None:
    """Say why no record can be made of this, None when it can."""
    due = corpus.roster.due_at(typed.kind, typed.group, typed.day)
    if not due:
        return say("Nobody is due at this meeting on {day}.", day=typed.day)
    away = [*typed.absent, *(leave.member for leave in typed.leave)]
    for member in (*away, *typed.late):
        if member not in due:
            return say("{name} ({id}) was not due on {day}.", name=corpus.name_of(member), id=member, day=typed.day)
    twice = next((member for member in away if away.count(member) > 1), None)
    if twice is not None:
        return say("{name} ({id}) is given twice.", name=corpus.name_of(twice), id=twice)
    late = next((member for member in typed.late if member in away), None)
    return say("{name} ({id}) cannot be late and away.", name=corpus.name_of(late), id=late) if late else None


def _find_last_meeting(corpus: Corpus, typed: MeetingInput) -> Meeting | None:
    """Return the meeting before: of the same kind, or of any kind where it is the first of its own."""
    before = [meeting for meeting in corpus.meetings if meeting.group == typed.group and meeting.day <= typed.day]
    return max(before, key=lambda each: (each.kind == typed.kind, each.order), default=None)


def _find_chair(corpus: Corpus, typed: MeetingInput) -> str | None:
    branch = corpus.branch
    if branch is None:
        return None
    if typed.kind == GROUP_MEETING:
        group = branch.group(typed.group or "")
        return group.leader_on(typed.day) if group else None
    return branch.post_on("secretary", typed.day)


def _build_leave(corpus: Corpus, typed: MeetingInput, leave: Leave, chair: str) -> dict[str, str]:
    """Leave from a meeting is approved by who chairs it; the chair's own by the secretary."""
    approver = leave.approved_by
    if approver is None:
        secretary = corpus.branch.post_on("secretary", typed.day) if corpus.branch else None
        approver = chair if leave.member != chair else secretary or PLACEHOLDER
    return {"member": leave.member, "reason": leave.reason, "approved_by": approver}

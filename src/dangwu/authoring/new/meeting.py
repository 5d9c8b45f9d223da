"""A new meeting record from what little was typed: who was due is known, so only exceptions are given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dangwu.authoring.new.recipes.registry import MEETINGS
from dangwu.authoring.new.skeleton import complete
from dangwu.authoring.record_text import TO_WRITE
from dangwu.model.message import Text, say
from dangwu.model.record import GROUP_MEETING, LECTURE, Leave

if TYPE_CHECKING:
    from datetime import date

    from dangwu.authoring.new.request import Order
    from dangwu.model.corpus import Corpus
    from dangwu.model.record import Meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
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


def meeting(order: Order, typed: Typed) -> dict[str, Any]:
    """Return the fields of the record: attendance, what its kind asks for, and what was given of that."""
    fields = _attendance(order.corpus, typed)
    asks = MEETINGS.get(typed.kind)
    return complete(order.schema, fields, asks(order, fields) if asks else {}, order.given)


def _attendance(corpus: Corpus, typed: Typed) -> dict[str, Any]:
    """Return the fields that every meeting has, everyone due in exactly one list."""
    due = corpus.roster.due_at(typed.kind, typed.group, typed.day)
    away = {*typed.absent, *(leave.member for leave in typed.leave)}
    present = sorted(due - away)
    last = _last(corpus, typed)
    chair = typed.chair or _chair(corpus, typed) or TO_WRITE
    recorder = typed.recorder or (last.recorder if last and last.recorder in present else None) or TO_WRITE
    fields: dict[str, Any] = {
        "schema": 1,
        "kind": typed.kind,
        "date": typed.day.isoformat(),
        "time": typed.time,
        "place": typed.place or (last.place if last else TO_WRITE),
        "chair": chair,
        "recorder": recorder,
        "present": present,
        "leave": [_leave(corpus, typed, each, chair) for each in typed.leave],
        "absent": sorted(typed.absent),
        "topics": list(typed.topics) or [TO_WRITE],
    }
    optional = {
        "group": typed.group,
        "delegated_by": typed.delegated_by,
        "makes_up": typed.makes_up,
        "late": sorted(typed.late),
        "in_attendance": list(typed.in_attendance),
        "lecturer": (typed.lecturer or TO_WRITE) if typed.kind == LECTURE else None,
    }
    return {**fields, **{key: value for key, value in optional.items() if value}}


def fault(corpus: Corpus, typed: Typed) -> Text | None:
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


def _last(corpus: Corpus, typed: Typed) -> Meeting | None:
    """Return the meeting before: of the same kind, or of any kind where it is the first of its own."""
    before = [each for each in corpus.meetings if each.group == typed.group and each.day <= typed.day]
    return max(before, key=lambda each: (each.kind == typed.kind, each.order), default=None)


def _chair(corpus: Corpus, typed: Typed) -> str | None:
    branch = corpus.branch
    if branch is None:
        return None
    if typed.kind == GROUP_MEETING:
        group = branch.group(typed.group or "")
        return group.leader_on(typed.day) if group else None
    return branch.post_on("secretary", typed.day)


def _leave(corpus: Corpus, typed: Typed, leave: Leave, chair: str) -> dict[str, str]:
    """Leave from a meeting is approved by who chairs it; the chair's own by the secretary."""
    approver = leave.approved_by
    if approver is None:
        secretary = corpus.branch.post_on("secretary", typed.day) if corpus.branch else None
        approver = chair if leave.member != chair else secretary or TO_WRITE
    return {"member": leave.member, "reason": leave.reason, "approved_by": approver}

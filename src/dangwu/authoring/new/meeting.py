"""Fields of a new meeting record: attendance follows from the roster and the exceptions that were given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dangwu.authoring.new.recipes.registry import MEETING_RECIPES
from dangwu.authoring.new.skeleton import complete_record
from dangwu.model.document import PLACEHOLDER
from dangwu.model.message import Text, say
from dangwu.model.offices import SECRETARY
from dangwu.model.record import GROUP_MEETING, LECTURE, Leave

if TYPE_CHECKING:
    from datetime import date

    from dangwu.authoring.new.request import RecordRequest
    from dangwu.model.corpus import Corpus
    from dangwu.model.record import Meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingInput:
    """The input for a meeting. Leave has a reason code, and an approver where one was named."""

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


def build_meeting_fields(request: RecordRequest, meeting_input: MeetingInput) -> dict[str, Any]:
    """Return the fields of the record: attendance, what its kind requires, and the values given."""
    fields = _build_attendance(request.corpus, meeting_input)
    recipe = MEETING_RECIPES.get(meeting_input.kind)
    return complete_record(request.schema, fields, recipe(request, fields) if recipe else {}, request.given)


def _build_attendance(corpus: Corpus, meeting_input: MeetingInput) -> dict[str, Any]:
    """Return the fields that every meeting has, everyone due in exactly one list."""
    due = corpus.roster.due_at(meeting_input.kind, meeting_input.group, meeting_input.day)
    away = {*meeting_input.absent, *(leave.member for leave in meeting_input.leave)}
    present = sorted(due - away)
    last = find_last_meeting(corpus, meeting_input)
    chair = find_chair(corpus, meeting_input)
    recorder = meeting_input.recorder or (last.recorder if last and last.recorder in present else None) or PLACEHOLDER
    fields: dict[str, Any] = {
        "schema": 1,
        "kind": meeting_input.kind,
        "date": meeting_input.day.isoformat(),
        "time": meeting_input.time,
        "place": meeting_input.place or (last.place if last else PLACEHOLDER),
        "chair": meeting_input.chair or (chair if chair in present else None) or PLACEHOLDER,
        "recorder": recorder,
        "present": present,
        "leave": [_build_leave(leave) for leave in meeting_input.leave],
        "absent": sorted(meeting_input.absent),
        "topics": list(meeting_input.topics) or [PLACEHOLDER],
    }
    optional = {
        "group": meeting_input.group,
        "delegated_by": meeting_input.delegated_by,
        "makes_up": meeting_input.makes_up,
        "late": sorted(meeting_input.late),
        "in_attendance": list(meeting_input.in_attendance),
        "lecturer": (meeting_input.lecturer or PLACEHOLDER) if meeting_input.kind == LECTURE else None,
    }
    return {**fields, **{key: value for key, value in optional.items() if value}}


def find_meeting_fault(corpus: Corpus, meeting_input: MeetingInput) -> Text | None:
    """Return why no record can be made of the input, None when it can."""
    due = corpus.roster.due_at(meeting_input.kind, meeting_input.group, meeting_input.day)
    if not due:
        return say("Nobody is due at this meeting on {day}.", day=meeting_input.day)
    away = [*meeting_input.absent, *(leave.member for leave in meeting_input.leave)]
    for member in (*away, *meeting_input.late):
        if member not in due:
            return say(
                "{name} ({id}) was not due on {day}.", name=corpus.name_of(member), id=member, day=meeting_input.day
            )
    twice = next((member for member in away if away.count(member) > 1), None)
    if twice is not None:
        return say("{name} ({id}) is given twice.", name=corpus.name_of(twice), id=twice)
    late = next((member for member in meeting_input.late if member in away), None)
    return say("{name} ({id}) cannot be late and away.", name=corpus.name_of(late), id=late) if late else None


def find_last_meeting(corpus: Corpus, meeting_input: MeetingInput) -> Meeting | None:
    """Return the latest earlier meeting of the same group, of the same kind if there is one."""
    before = [
        meeting
        for meeting in corpus.meetings
        if meeting.group == meeting_input.group and meeting.day <= meeting_input.day
    ]
    return max(before, key=lambda meeting: (meeting.kind == meeting_input.kind, meeting.order), default=None)


def find_chair(corpus: Corpus, meeting_input: MeetingInput) -> str | None:
    """Return who chairs unless somebody else is named: the leader of the group, or the secretary."""
    if meeting_input.kind == GROUP_MEETING:
        return corpus.offices.leader_on(meeting_input.group or "", meeting_input.day)
    return corpus.offices.post_on(SECRETARY, meeting_input.day)


def _build_leave(leave: Leave) -> dict[str, str]:
    """Return an entry of the leave list; who approved it is never assumed."""
    return {"member": leave.member, "reason": leave.reason, "approved_by": leave.approved_by or PLACEHOLDER}

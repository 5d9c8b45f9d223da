"""The attendance book, a row for each member at each meeting → changes of the three lists of meetings' records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.authoring.edit.edits import AddEdit, DropEdit, PutEdit
from dangwu.model.message import say
from dangwu.sheets.columns import ATTENDANCE_CODES, LEAVE, PRESENT
from dangwu.sheets.plan.changes import RecordEditor
from dangwu.sheets.read.people import identify_person, identify_rows, name_agrees

if TYPE_CHECKING:
    from dangwu.model.finding import Pointer
    from dangwu.model.record import Meeting
    from dangwu.sheets.plan.changes import ChangeCollector
    from dangwu.sheets.read.rows import RowReader, SheetRow

_KEYS_BEFORE = {"reason": ("member",), "approved_by": ("reason", "member")}


def plan_attendance(draft: ChangeCollector) -> None:
    """Go through the attendance book."""
    reader = draft.reader
    seen: dict[tuple[str, str], SheetRow] = {}
    for row in identify_rows(reader, reader.rows(), "member"):
        if not name_agrees(reader, row) or not reader.whole(row, "date", "kind", "attendance"):
            continue
        meeting = _find_row_meeting(reader, row)
        if meeting is None:
            continue
        before = seen.setdefault((meeting.path, row.member), row)
        if before is not row:
            message = say("Row {row} is about the same member at the same meeting.", row=before.number)
            reader.note(row, "attendance", message, say("Delete one of the two rows."))
            continue
        who = f"{draft.known.corpus.name_of(row.member)} {meeting.day}"
        _plan_member(RecordEditor(draft, row, meeting.path, who), meeting)


def _find_row_meeting(reader: RowReader, row: SheetRow) -> Meeting | None:
    """Return the meeting of a row; one that is missing or not the only one is a problem."""
    day, kind, group = row.get("date"), row.get("kind"), row.get("group")
    found = [
        meeting
        for meeting in reader.known.corpus.meetings
        if meeting.kind == kind and meeting.day.isoformat() == day and (group is None or meeting.group == group)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        message = say(
            "There are several such meetings on {day}: {paths}.",
            day=day,
            paths=tuple(meeting.path for meeting in found),
        )
        reader.note(row, "kind", message, say("Name the Party group, or correct the record by hand."))
    else:
        message = say("There is no record of such a meeting on {day}.", day=day)
        reader.note(
            row, "date", message, say("Record the meeting first: dangwu new {kind} --date {day}", kind=kind, day=day)
        )
    return None


def _plan_member(desk: RecordEditor, meeting: Meeting) -> None:
    row, data = desk.row, meeting.data
    wanted = row.get("attendance")
    places = {name: at for name in ATTENDANCE_CODES for at in _find_places(data, name, row.member)}
    if wanted != LEAVE and (row.get("reason") is not None or row.get("approved_by") is not None):
        key = "reason" if row.get("reason") is not None else "approved_by"
        message = say("A reason and an approval belong to leave; this row says otherwise.")
        desk.note(key, message, say("Empty the cell, or write that the member was on leave."))
    elif wanted in places:
        if wanted == LEAVE:
            _correct_leave(desk, data, places[wanted])
    elif len(places) > 1:
        desk.note("attendance", say("The record has this member in several lists."), _suggest_by_hand(desk))
    elif row.held is None and row.member not in desk.draft.known.corpus.roster.due(meeting):
        name = desk.draft.known.corpus.name_of(row.member)
        message = say("{name} ({id}) was not due on {day}.", name=name, id=row.member, day=meeting.day)
        desk.note("member", message, say("Delete the row, or see status, group and exemptions of the member."))
    elif wanted != PRESENT and row.member in meeting.late:
        desk.note("attendance", say("The record says that this member came late."), _suggest_by_hand(desk))
    else:
        _move_member(desk, wanted, places)


def _suggest_by_hand(desk: RecordEditor) -> Any:
    return say("Correct {path} by hand.", path=desk.path)


def _find_places(data: Any, name: str, member: str) -> list[Pointer]:
    """Return where a member stands in a list."""
    return [
        (name, at)
        for at, entry in enumerate(data.get(name, ()))
        if (entry.get("member") if isinstance(entry, dict) else entry) == member
    ]


def _correct_leave(desk: RecordEditor, data: Any, place: Pointer) -> None:
    entry = data[LEAVE][place[1]]
    for key, after in _KEYS_BEFORE.items():
        said = _read_leave_field(desk, key)
        if said is not None and said != entry.get(key):
            desk.edit(PutEdit((*place, key), said, after))
            desk.show(key, said, entry.get(key))


def _read_leave_field(desk: RecordEditor, key: str) -> str | None:
    """Return what a row says of a leave; who approved it may be named by a name that is alone."""
    said: str | None = desk.row.get(key)
    if said is None or key == "reason":
        return said
    return identify_person(desk.draft.reader, desk.row, key)


def _move_member(desk: RecordEditor, wanted: str, places: dict[str, Pointer]) -> None:
    item: Any = desk.row.member
    if wanted == LEAVE:
        said = {key: _read_leave_field(desk, key) for key in _KEYS_BEFORE}
        item = {"member": desk.row.member, **{key: value for key, value in said.items() if value is not None}}
    for place in places.values():
        desk.edit(DropEdit(place))
    desk.edit(AddEdit((wanted,), item))
    desk.show("attendance", wanted, next(iter(places), None))
    for key in _KEYS_BEFORE:
        if isinstance(item, dict) and key in item:
            desk.show(key, item[key])

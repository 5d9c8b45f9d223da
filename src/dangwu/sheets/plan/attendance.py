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


def plan_attendance(collector: ChangeCollector) -> None:
    """Plan the changes of an attendance book."""
    reader = collector.reader
    first_rows: dict[tuple[str, str], SheetRow] = {}
    for row in identify_rows(reader, reader.rows(), "member"):
        if not name_agrees(reader, row) or not reader.has_all(row, "date", "kind", "attendance"):
            continue
        meeting = _find_row_meeting(reader, row)
        if meeting is None:
            continue
        earlier = first_rows.setdefault((meeting.path, row.member), row)
        if earlier is not row:
            message = say("Row {row} is about the same member at the same meeting.", row=earlier.number)
            reader.note(row, "attendance", message, say("Delete one of the two rows."))
            continue
        who = f"{collector.context.corpus.name_of(row.member)} {meeting.day}"
        _plan_member(RecordEditor(collector, row, meeting.path, who), meeting)


def _find_row_meeting(reader: RowReader, row: SheetRow) -> Meeting | None:
    """Return the one meeting of a row's day, kind and Party group; note a problem and return None otherwise."""
    day, kind, group = row.get("date"), row.get("kind"), row.get("group")
    meetings = [
        meeting
        for meeting in reader.context.corpus.meetings
        if meeting.kind == kind and meeting.day.isoformat() == day and (group is None or meeting.group == group)
    ]
    if len(meetings) == 1:
        return meetings[0]
    if meetings:
        message = say(
            "There are several such meetings on {day}: {paths}.",
            day=day,
            paths=tuple(meeting.path for meeting in meetings),
        )
        reader.note(row, "kind", message, say("Name the Party group, or correct the record by hand."))
    else:
        message = say("There is no record of such a meeting on {day}.", day=day)
        reader.note(
            row, "date", message, say("Record the meeting first: dangwu new {kind} --date {day}", kind=kind, day=day)
        )
    return None


def _plan_member(editor: RecordEditor, meeting: Meeting) -> None:
    row, data = editor.row, meeting.data
    attendance = row.get("attendance")
    found_places = {name: at for name in ATTENDANCE_CODES for at in _find_places(data, name, row.member)}
    if attendance != LEAVE and (row.get("reason") is not None or row.get("approved_by") is not None):
        key = "reason" if row.get("reason") is not None else "approved_by"
        message = say("A reason and an approval belong to leave; this row says otherwise.")
        editor.note(key, message, say("Empty the cell, or write that the member was on leave."))
    elif attendance in found_places:
        if attendance == LEAVE:
            _correct_leave(editor, data, found_places[attendance])
    elif len(found_places) > 1:
        editor.note("attendance", say("The record has this member in several lists."), _suggest_by_hand(editor))
    elif row.blocker is None and row.member not in editor.collector.context.corpus.roster.due(meeting):
        name = editor.collector.context.corpus.name_of(row.member)
        message = say("{name} ({id}) was not due on {day}.", name=name, id=row.member, day=meeting.day)
        editor.note("member", message, say("Delete the row, or see status, group and exemptions of the member."))
    elif attendance != PRESENT and row.member in meeting.late:
        editor.note("attendance", say("The record says that this member came late."), _suggest_by_hand(editor))
    else:
        _move_member(editor, attendance, found_places)


def _suggest_by_hand(editor: RecordEditor) -> Any:
    return say("Correct {path} by hand.", path=editor.path)


def _find_places(data: Any, name: str, member: str) -> list[Pointer]:
    """Return the pointers of a member's entries in a list."""
    return [
        (name, at)
        for at, entry in enumerate(data.get(name, ()))
        if (entry.get("member") if isinstance(entry, dict) else entry) == member
    ]


def _correct_leave(editor: RecordEditor, data: Any, place: Pointer) -> None:
    entry = data[LEAVE][place[1]]
    for key, after in _KEYS_BEFORE.items():
        value = _read_leave_field(editor, key)
        if value is not None and value != entry.get(key):
            editor.add_edit(PutEdit((*place, key), value, after))
            editor.add_change(key, value, entry.get(key))


def _read_leave_field(editor: RecordEditor, key: str) -> str | None:
    """Return a leave field of a row; the approver may be given by a unique name."""
    value: str | None = editor.row.get(key)
    if value is None or key == "reason":
        return value
    return identify_person(editor.collector.reader, editor.row, key)


def _move_member(editor: RecordEditor, attendance: str, places: dict[str, Pointer]) -> None:
    item: Any = editor.row.member
    if attendance == LEAVE:
        leave_fields = {key: _read_leave_field(editor, key) for key in _KEYS_BEFORE}
        item = {"member": editor.row.member, **{key: value for key, value in leave_fields.items() if value is not None}}
    for place in places.values():
        editor.add_edit(DropEdit(place))
    editor.add_edit(AddEdit((attendance,), item))
    editor.add_change("attendance", attendance, next(iter(places), None))
    for key in _KEYS_BEFORE:
        if isinstance(item, dict) and key in item:
            editor.add_change(key, item[key])

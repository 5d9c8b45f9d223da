"""The attendance book, a row for each member at each meeting → changes of the three lists of meetings' records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.authoring.edit.edits import Add, Drop, Put
from dangwu.model.message import say
from dangwu.sheets.code_words import ATTENDANCE, LEAVE, PRESENT
from dangwu.sheets.plan.changes import Desk
from dangwu.sheets.read.people import agrees, people, person

if TYPE_CHECKING:
    from dangwu.model.finding import Pointer
    from dangwu.model.record import Meeting
    from dangwu.sheets.plan.changes import Draft
    from dangwu.sheets.read.rows import Reader, Row

_AFTER = {"reason": ("member",), "approved_by": ("reason", "member")}


def attendance(draft: Draft) -> None:
    """Go through the attendance book."""
    reader = draft.reader
    seen: dict[tuple[str, str], Row] = {}
    for row in people(reader, reader.rows(), "member"):
        if not agrees(reader, row) or not reader.whole(row, "date", "kind", "attendance"):
            continue
        meeting = _meeting(reader, row)
        if meeting is None:
            continue
        before = seen.setdefault((meeting.path, row.member), row)
        if before is not row:
            message = say("Row {row} is about the same member at the same meeting.", row=before.number)
            reader.note(row, "attendance", message, say("Delete one of the two rows."))
            continue
        who = f"{draft.known.corpus.name_of(row.member)} {meeting.day}"
        _member(Desk(draft, row, meeting.path, who), meeting)


def _meeting(reader: Reader, row: Row) -> Meeting | None:
    """Return the meeting of a row; one that is missing or not the only one is a problem."""
    day, kind, group = row.get("date"), row.get("kind"), row.get("group")
    found = [
        each
        for each in reader.known.corpus.meetings
        if each.kind == kind and each.day.isoformat() == day and (group is None or each.group == group)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        message = say(
            "There are several such meetings on {day}: {paths}.", day=day, paths=tuple(each.path for each in found)
        )
        reader.note(row, "kind", message, say("Name the Party group, or correct the record by hand."))
    else:
        message = say("There is no record of such a meeting on {day}.", day=day)
        reader.note(
            row, "date", message, say("Record the meeting first: dangwu new {kind} --date {day}", kind=kind, day=day)
        )
    return None


def _member(desk: Desk, meeting: Meeting) -> None:
    row, data = desk.row, meeting.data
    wanted = row.get("attendance")
    places = {name: at for name in ATTENDANCE for at in _places(data, name, row.member)}
    if wanted != LEAVE and (row.get("reason") is not None or row.get("approved_by") is not None):
        key = "reason" if row.get("reason") is not None else "approved_by"
        message = say("A reason and an approval belong to leave; this row says otherwise.")
        desk.note(key, message, say("Empty the cell, or write that the member was on leave."))
    elif wanted in places:
        if wanted == LEAVE:
            _leave(desk, data, places[wanted])
    elif len(places) > 1:
        desk.note("attendance", say("The record has this member in several lists."), _by_hand(desk))
    elif row.held is None and row.member not in desk.draft.known.corpus.roster.due(meeting):
        name = desk.draft.known.corpus.name_of(row.member)
        message = say("{name} ({id}) was not due on {day}.", name=name, id=row.member, day=meeting.day)
        desk.note("member", message, say("Delete the row, or see status, group and exemptions of the member."))
    elif wanted != PRESENT and row.member in meeting.late:
        desk.note("attendance", say("The record says that this member came late."), _by_hand(desk))
    else:
        _move(desk, wanted, places)


def _by_hand(desk: Desk) -> Any:
    return say("Correct {path} by hand.", path=desk.path)


def _places(data: Any, name: str, member: str) -> list[Pointer]:
    """Return where a member stands in a list."""
    return [
        (name, at)
        for at, each in enumerate(data.get(name, ()))
        if (each.get("member") if isinstance(each, dict) else each) == member
    ]


def _leave(desk: Desk, data: Any, place: Pointer) -> None:
    entry = data[LEAVE][place[1]]
    for key, after in _AFTER.items():
        said = _said(desk, key)
        if said is not None and said != entry.get(key):
            desk.edit(Put((*place, key), said, after))
            desk.show(key, said, entry.get(key))


def _said(desk: Desk, key: str) -> str | None:
    """Return what a row says of a leave; who approved it may be named by a name that is alone."""
    said: str | None = desk.row.get(key)
    if said is None or key == "reason":
        return said
    return person(desk.draft.reader, desk.row, key)


def _move(desk: Desk, wanted: str, places: dict[str, Pointer]) -> None:
    item: Any = desk.row.member
    if wanted == LEAVE:
        said = {key: _said(desk, key) for key in _AFTER}
        item = {"member": desk.row.member, **{key: value for key, value in said.items() if value is not None}}
    for place in places.values():
        desk.edit(Drop(place))
    desk.edit(Add((wanted,), item))
    desk.show("attendance", wanted, next(iter(places), None))
    for key in _AFTER:
        if isinstance(item, dict) and key in item:
            desk.show(key, item[key])

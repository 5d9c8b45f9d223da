"""The roster → changes of members' files. A new status or group is a new entry with its day; no entry is rewritten."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dangwu.authoring.edit.edits import AddEdit, PutEdit
from dangwu.model.message import say
from dangwu.sheets.plan.changes import RecordEditor
from dangwu.sheets.read import cell_values
from dangwu.sheets.read.people import find_members_by_name, identify_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dangwu.sheets.plan.changes import ChangeCollector
    from dangwu.sheets.read.rows import SheetRow

_UNDATED_FIELDS = {"name": ("id",), "joined_on": ("name",), "converted_on": ("joined_on", "name")}
_LEADING_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])", re.ASCII)


def plan_members(draft: ChangeCollector) -> None:
    """Go through the roster."""
    reader = draft.reader
    corpus, seen = reader.known.corpus, dict[str, int]()
    for row in identify_rows(reader, reader.rows(), "id"):
        if row.member in seen:
            message = say("{id} stands in row {row} already.", id=row.member, row=seen[row.member])
            reader.note(row, "id", message, say("Delete one of the two rows."))
            continue
        seen[row.member] = row.number
        known = corpus.member_by_id.get(row.member)
        if known is not None:
            _plan_known_member(RecordEditor(draft, row, known.path, known.name))
        elif row.member in corpus.unread_members:
            draft.may(row)
        else:
            row.held = None
            _plan_new_member(RecordEditor(draft, row, f"members/{row.member}.yaml", str(row.get("name") or row.member)))


def _plan_known_member(desk: RecordEditor) -> None:
    data = desk.draft.known.corpus.documents[desk.path].data
    _note_swapped_name(desk)
    for key, after in _UNDATED_FIELDS.items():
        said, old = desk.row.get(key), data.get(key)
        if said is not None and not _is_equal(key, said, old):
            desk.edit(PutEdit((key,), said, after))
            desk.show(key, said, old)
    _plan_dated_entry(desk, "status", data.get("status", ()))
    _plan_dated_entry(desk, "group", data.get("groups", ()))


def _is_equal(key: str, said: str, old: object) -> bool:
    return cell_values.normalise_words(said) == cell_values.normalise_words(str(old)) if key == "name" else said == old


def _note_swapped_name(desk: RecordEditor) -> None:
    """Rows that have slipped give each member the name of another one."""
    name, member = desk.row.get("name"), desk.row.member
    others = find_members_by_name(desk.draft.known.corpus, name) if name is not None else []
    if others and member not in others:
        message = say("{name} is the name of {other}, not of {id}.", name=name, other=others[0], id=member)
        desk.note("name", message, say("See whether the rows have slipped; correct the id or the name."))


def _plan_dated_entry(desk: RecordEditor, key: str, entries: Sequence[Mapping[str, Any]]) -> None:
    """Compare a dated entry with the one that holds on the as-of day; another value needs its day, after all others."""
    said, since = desk.row.get(key), desk.row.get(f"{key}_from")
    ordered = sorted(entries, key=lambda entry: str(entry["from"]))
    today = desk.draft.known.as_of.isoformat()
    holding = [entry for entry in ordered if str(entry["from"]) <= today] or ordered[:1]
    current = holding[-1] if holding else None
    if said is None and since is None:
        return
    if current is not None and said in {None, current[key]} and since in {None, current["from"]}:
        return
    if any(entry[key] == said and entry["from"] == since for entry in entries):
        return
    if said is None or since is None:
        _note_half_entry(desk, key, current)
    elif (current is not None and current[key] == said) or (ordered and since <= str(ordered[-1]["from"])):
        last = current if current is not None and current[key] == said else ordered[-1]
        message = say("The record has an entry from {day} on that this would rewrite.", day=str(last["from"]))
        desk.note(f"{key}_from", message, say("An import rewrites no history; correct {path} by hand.", path=desk.path))
    else:
        # Both lists stand below the status, and new lines below one line come in the order of the edits.
        desk.edit(AddEdit(("status" if key == "status" else "groups",), {"from": since, key: said}, ("status",)))
        desk.show(key, said, current[key] if current else None)
        desk.show(f"{key}_from", since)


def _note_half_entry(desk: RecordEditor, key: str, current: Mapping[str, Any] | None) -> None:
    """Note that a value came without its day, or a day without its value."""
    since = f"{key}_from"
    if desk.row.get(key) is None:
        day = str(current["from"]) if current else ""
        hint = say("An import rewrites no history; correct {path} by hand.", path=desk.path)
        desk.note(since, say("The record has another day here: {day}", day=day), hint)
        return
    message = say("Another value needs the day from which it holds.")
    hint = say("Write it in the column {field}.", field=desk.draft.known.title(since))
    desk.note(since if since in desk.row.spots else key, message, hint)


def _plan_new_member(desk: RecordEditor) -> None:
    """Make a new member's file; its id must be certain, since nobody has it yet."""
    row, reader = desk.row, desk.draft.reader
    if others := find_members_by_name(reader.known.corpus, row.get("name") or ""):
        message = say(
            "{name} is the name of {other}, and the id {id} is new.", name=desk.who, other=tuple(others), id=row.member
        )
        hint = say(
            "Correct the id. A column that only counts the rows is left out with --map HEAD= ; another person of this"
            " name is recorded with dangwu new member."
        )
        desk.note("id", message, hint)
        return
    if _has_lost_zeros(row, reader.known.corpus.member_by_id):
        message = say("The id {id} may have lost zeros: it is new, and a number.", id=row.member)
        desk.note("id", message, say("Format the column of ids as text and write them again."))
        return
    if desk.path in reader.known.paths:
        desk.note("id", say("{path} exists already.", path=desk.path), say("Choose another id."))
    if reader.lacking(row, "name", "status", "status_from") or not reader.good(row):
        return
    since = row.get("status_from")
    data = {"schema": 1, "kind": "member", "id": row.member}
    data |= {key: row.get(key) for key in _UNDATED_FIELDS if row.get(key)}
    data["status"] = [{"from": since, "status": row.get("status")}]
    if row.get("group"):
        data["groups"] = [{"from": row.get("group_from") or since, "group": row.get("group")}]
    desk.new(data)
    for key in (*_UNDATED_FIELDS, "status", "status_from", "group", "group_from"):
        if row.get(key):
            desk.show(key, row.get(key))


def _has_lost_zeros(row: SheetRow, known: Mapping[str, object]) -> bool:
    spot = row.spots.get("id")
    number = spot is not None and not isinstance(spot.value, str)
    return number or any(_LEADING_ZEROS.sub("", id_) == row.member for id_ in known)

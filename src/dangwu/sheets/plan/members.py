"""The roster → changes of members' files. A new status or group is a new entry with its day; no entry is rewritten."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dangwu.authoring.edit.edits import AddEdit, PutEdit
from dangwu.model.day_or_month import DayOrMonth
from dangwu.model.message import say
from dangwu.sheets.plan.branch_edits import plan_branch_edits
from dangwu.sheets.plan.branch_proposal import ProposedPost
from dangwu.sheets.plan.changes import RecordEditor
from dangwu.sheets.plan.member_status import StatusDoubt, derive_status
from dangwu.sheets.plan.roster_people import clean_rows, find_first_day, find_founding_day, identify_people
from dangwu.sheets.read.people import find_members_by_name
from dangwu.sheets.read.post_words import LEADER, read_posts
from dangwu.sheets.read.roster_names import normalise_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dangwu.sheets.plan.changes import ChangeCollector
    from dangwu.sheets.read.rows import SheetRow

_UNDATED_FIELDS = {"name": ("id",), "joined_on": ("name",), "converted_on": ("joined_on", "name")}
_LEADING_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])", re.ASCII)


def plan_members(collector: ChangeCollector) -> None:
    """Plan the changes of a roster, and what it adds to branch.yaml."""
    reader = collector.reader
    corpus, first_rows = reader.context.corpus, dict[str, int]()
    for row in identify_people(reader, list(clean_rows(reader))):
        if row.member in first_rows:
            message = say("{id} is in row {row} already.", id=row.member, row=first_rows[row.member])
            reader.note(row, "id", message, say("Delete one of the two rows."))
            continue
        first_rows[row.member] = row.number
        member = corpus.member_by_id.get(row.member)
        if member is not None:
            _plan_known_member(RecordEditor(collector, row, member.path, member.name))
        elif row.member in corpus.unread_members:
            collector.may_change(row)
        else:
            row.blocker = None
            _plan_new_member(
                RecordEditor(collector, row, f"members/{row.member}.yaml", str(row.get("name") or row.member))
            )
    plan_branch_edits(collector)


def _plan_known_member(editor: RecordEditor) -> None:
    data = editor.collector.context.corpus.documents[editor.path].data
    _note_swapped_name(editor)
    _choose_dated_values(editor, data)
    for key, after in _UNDATED_FIELDS.items():
        value, old = editor.row.get(key), data.get(key)
        if value is not None and not _is_equal(key, value, old):
            editor.add_edit(PutEdit((key,), value, after))
            editor.add_change(key, value, old)
    _plan_dated_entry(editor, "status", data.get("status", ()))
    _plan_dated_entry(editor, "group", data.get("groups", ()))
    group = editor.row.get("group") or _find_current(editor, data.get("groups", ()), "group")
    _propose_posts(editor, group, str(data["status"][0]["from"]))


def _choose_dated_values(editor: RecordEditor, data: Mapping[str, Any]) -> None:
    """Fill in the days that follow from others: of becoming a full member, and of the first Party group."""
    row, as_of = editor.row, editor.collector.context.as_of
    status = _find_current(editor, data.get("status", ()), "status")
    confirmed = DayOrMonth.parse(row.get("converted_on"))
    if status == "probationary" and confirmed is not None and confirmed.last <= as_of:
        row.values.setdefault("status", "full")
    if status == "probationary" and row.get("status") == "full" and confirmed is not None and confirmed.day:
        row.values.setdefault("status_from", confirmed.label)
    if row.get("group") is not None:
        if not data.get("groups") and row.get("group_from") is None:
            row.values["group_from"] = _choose_group_day(editor, str(data["status"][0]["from"]))
        row.values["group"] = _resolve_group(editor, row.get("group_from"))


def _find_current(editor: RecordEditor, entries: Sequence[Mapping[str, Any]], key: str) -> Any:
    """Return the value of the last entry that has begun on the as-of day."""
    as_of = editor.collector.context.as_of.isoformat()
    begun = sorted((str(entry["from"]), number) for number, entry in enumerate(entries) if str(entry["from"]) <= as_of)
    return entries[begun[-1][1]][key] if begun else None


def _is_equal(key: str, value: str, old: object) -> bool:
    """Tell whether a value says nothing new: a month says nothing new of a day in it."""
    if key == "name":
        return normalise_name(value) == normalise_name(str(old))
    new, known = DayOrMonth.parse(value), DayOrMonth.parse(old)
    return value == old or (new is not None and known is not None and new.day is None and new.may_be(known))


def _note_swapped_name(editor: RecordEditor) -> None:
    """Note a row with the name of another member, as in a sheet whose rows have slipped."""
    name, member = editor.row.get("name"), editor.row.member
    others = find_members_by_name(editor.collector.context.corpus, name) if name is not None else []
    if others and member not in others:
        message = say("{name} is the name of {other}, not of {id}.", name=name, other=others[0], id=member)
        editor.note("name", message, say("See whether the rows have slipped; correct the id or the name."))


def _plan_dated_entry(editor: RecordEditor, key: str, entries: Sequence[Mapping[str, Any]]) -> None:
    """Compare a value and its day with the entry of the as-of day; a new value needs a day after all entries."""
    value, since = editor.row.get(key), editor.row.get(f"{key}_from")
    ordered = sorted(entries, key=lambda entry: str(entry["from"]))
    today = editor.collector.context.as_of.isoformat()
    holding = [entry for entry in ordered if str(entry["from"]) <= today] or ordered[:1]
    current = holding[-1] if holding else None
    if value is None and since is None:
        return
    if current is not None and value in {None, current[key]} and since in {None, current["from"]}:
        return
    if any(entry[key] == value and entry["from"] == since for entry in entries):
        return
    if value is None or since is None:
        _note_half_entry(editor, key, current)
    elif (current is not None and current[key] == value) or (ordered and since <= str(ordered[-1]["from"])):
        last = current if current is not None and current[key] == value else ordered[-1]
        message = say("The record has an entry from {day} on that this would rewrite.", day=str(last["from"]))
        editor.note(
            f"{key}_from", message, say("An import rewrites no history; correct {path} by hand.", path=editor.path)
        )
    else:
        # Both lists are anchored below ``status``; lines added at one place keep the order of the edits.
        editor.add_edit(AddEdit(("status" if key == "status" else "groups",), {"from": since, key: value}, ("status",)))
        editor.add_change(key, value, current[key] if current else None)
        editor.add_change(f"{key}_from", since)


def _note_half_entry(editor: RecordEditor, key: str, current: Mapping[str, Any] | None) -> None:
    """Note a value without its day, or a day without its value."""
    since = f"{key}_from"
    if editor.row.get(key) is None:
        day = str(current["from"]) if current else ""
        hint = say("An import rewrites no history; correct {path} by hand.", path=editor.path)
        editor.note(since, say("The record has another day here: {day}", day=day), hint)
        return
    message = say("A new value needs the day from which it holds.")
    hint = say("Write it in the column {field}.", field=editor.collector.context.title(since))
    editor.note(since if since in editor.row.cells else key, message, hint)


def _plan_new_member(editor: RecordEditor) -> None:
    """Plan a new member's file; doubts about the id are problems, since no record has it yet."""
    row, reader = editor.row, editor.collector.reader
    if others := find_members_by_name(reader.context.corpus, row.get("name") or ""):
        message = say(
            "{name} is the name of {other}, and the id {id} is new.",
            name=editor.who,
            other=tuple(others),
            id=row.member,
        )
        hint = say(
            "Correct the id. A column that only counts the rows is left out with --map HEAD= ; another person of this"
            " name is recorded with dangwu new member."
        )
        editor.note("id", message, hint)
        return
    if _has_lost_zeros(row, reader.context.corpus.member_by_id):
        message = say("The id {id} may have lost zeros: it is new, and a number.", id=row.member)
        editor.note("id", message, say("Format the column of ids as text and write them again."))
        return
    if editor.path in reader.context.paths:
        editor.note("id", say("{path} exists already.", path=editor.path), say("Choose another id."))
    if reader.note_missing(row, "name") or not reader.is_good(row):
        return
    status = derive_status(row, founded=find_founding_day(reader), first_day=find_first_day(reader),
                           as_of=reader.context.as_of)  # fmt: skip
    if isinstance(status, StatusDoubt):
        key = next((key for key in status.keys if key in row.cells), status.keys[0])
        editor.note(key, status.message, status.hint)
        return
    row.values |= {"status": status.status, "status_from": status.since}
    data = {"schema": 1, "kind": "member", "id": row.member}
    data |= {key: row.get(key) for key in _UNDATED_FIELDS if row.get(key)}
    data["status"] = [{"from": status.since, "status": status.status}]
    if row.get("group"):
        row.values["group_from"] = row.get("group_from") or _choose_group_day(editor, status.since)
        row.values["group"] = _resolve_group(editor, row.get("group_from"))
        data["groups"] = [{"from": row.get("group_from"), "group": row.get("group")}]
    editor.add_record(data)
    if "id" not in row.cells:
        editor.add_change("id", row.member)
    for key in (*_UNDATED_FIELDS, "status", "status_from", "group", "group_from"):
        if row.get(key):
            editor.add_change(key, row.get(key))
    _propose_posts(editor, row.get("group"), status.since)


def _choose_group_day(editor: RecordEditor, since: str) -> str:
    """Return since when a person is recorded in a group: not before records, the person or the group begin."""
    branch = editor.collector.context.corpus.branch
    group = branch.group(editor.row.get("group")) if branch else None
    begins = group.span.start.isoformat() if group else ""
    return max(find_first_day(editor.collector.reader), since, begins)


def _resolve_group(editor: RecordEditor, since: str | None) -> str:
    """Return the id of the row's group; one that branch.yaml does not have is proposed."""
    name, branch = str(editor.row.get("group")), editor.collector.context.corpus.branch
    if branch is None or branch.group(name) is not None:
        return name
    reader = editor.collector.reader
    cell = reader.find_address(editor.row, "group")
    return editor.collector.proposal.propose_group(name, since or find_first_day(reader), cell).id


def _propose_posts(editor: RecordEditor, group: str | None, here: str) -> None:
    """Propose the posts that the row names; words that name none are said."""
    row, reader = editor.row, editor.collector.reader
    text = row.get("post")
    if not text:
        return
    posts = read_posts(text)
    for word in posts.unknown:
        reader.remarks.append(say("{name}: “{text}” is no post in the branch and is not recorded.",
                                  name=editor.who, text=word))  # fmt: skip
    for post in posts.codes:
        cell = reader.find_address(row, "post" if "post" in row.cells else "name")
        editor.collector.proposal.posts.append(
            ProposedPost(
                post, row.member, editor.who, cell, here, row.get("post_from"), group if post == LEADER else None
            )
        )


def _has_lost_zeros(row: SheetRow, known_ids: Mapping[str, object]) -> bool:
    cell = row.cells.get("id")
    is_number = cell is not None and not isinstance(cell.value, str)
    return is_number or any(_LEADING_ZEROS.sub("", id_) == row.member for id_ in known_ids)

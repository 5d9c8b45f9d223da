"""Members' targets, a row for each item → changes of targets/<year>/<member>.yaml.

A new sheet of targets is not made: when it was set, reviewed and approved stands in no such list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.authoring.edit.edits import AddEdit, PutEdit
from dangwu.model.import_plan import SheetProblem
from dangwu.model.message import say
from dangwu.sheets.plan.changes import RecordEditor
from dangwu.sheets.read.people import identify_rows, name_agrees

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dangwu.sheets.plan.changes import ChangeCollector
    from dangwu.sheets.read.rows import SheetRow

    TargetItems = Sequence[Mapping[str, Any]]

_ITEM_FIELDS = ("head", "item", "points")
_MATCHING_ROUNDS = (("head", "item", "points"), ("head", "item"), ("item",))
"""By what a row is known to be an item of the record, surest first."""


def plan_targets(draft: ChangeCollector) -> None:
    """Go through the items, member by member."""
    reader = draft.reader
    sheets: dict[tuple[int, str], list[SheetRow]] = {}
    for row in identify_rows(reader, reader.rows(), "member"):
        if name_agrees(reader, row) and reader.whole(row, "year", *_ITEM_FIELDS):
            sheets.setdefault((row.get("year"), row.member), []).append(row)
    known = {(target.data["year"], target.data["member"]): target for target in draft.known.corpus.of("target")}
    for (year, member), rows in sheets.items():
        sheet = known.get((year, member))
        if sheet is None:
            _note_missing_targets(draft, rows[0], year)
        else:
            _plan_member_targets(draft, sheet.path, sheet.data, rows)


def _note_missing_targets(draft: ChangeCollector, row: SheetRow, year: int) -> None:
    path = f"targets/{year}/{row.member}.yaml"
    if path in draft.known.paths:
        message = say("{path} has problems of its own.", path=path)
        draft.reader.note(row, "member", message, say("Run dangwu check and correct it first."))
        return
    message = say(
        "There are no targets of {name} for {year} yet.", name=draft.known.corpus.name_of(row.member), year=year
    )
    draft.reader.note(row, "member", message, say("Make them first: dangwu new target"))


def _plan_member_targets(draft: ChangeCollector, path: str, data: Mapping[str, Any], rows: Sequence[SheetRow]) -> None:
    who = draft.known.corpus.name_of(data["member"])
    _plan_post(draft, path, who, data, rows)
    items: TargetItems = data["items"]
    pairs, left, open_ = _pair_rows(rows, items)
    for row in left:
        mine = [at for at in open_ if items[at]["head"] == row.get("head")]
        others = [other for other in left if other.get("head") == row.get("head")]
        if not mine:
            desk = RecordEditor(draft, row, path, who)
            desk.edit(AddEdit(("items",), {key: row.get(key) for key in _ITEM_FIELDS}))
            for key in _ITEM_FIELDS:
                desk.show(key, row.get(key))
        elif len(mine) == len(others) == 1:
            pairs.append((row, mine[0]))
        else:
            message = say("Which item of the record this is meant for cannot be told.")
            hint = say("Change one item under this head at a time, or correct {path} by hand.", path=path)
            row.held = row.held or SheetProblem(draft.reader.cell(row, "item"), message, hint)
            draft.may(row)
    for row, at in pairs:
        desk = RecordEditor(draft, row, path, who)
        for key in _ITEM_FIELDS:
            if not _is_same_text(row.get(key), items[at][key]):
                desk.edit(PutEdit(("items", at, key), row.get(key)))
                desk.show(key, row.get(key), items[at][key])


def _plan_post(draft: ChangeCollector, path: str, who: str, data: Mapping[str, Any], rows: Sequence[SheetRow]) -> None:
    said = [row for row in rows if row.get("post") is not None]
    for row in said:
        desk = RecordEditor(draft, row, path, who)
        if row.get("post") != said[0].get("post"):
            message = say("Row {row} has another post for this member.", row=said[0].number)
            desk.note("post", message, say("Write the same in all rows of the member."))
        elif row is said[0] and not _is_same_text(row.get("post"), data["post"]):
            desk.edit(PutEdit(("post",), row.get("post")))
            desk.show("post", row.get("post"), data["post"])


def _pair_rows(
    rows: Sequence[SheetRow], items: TargetItems
) -> tuple[list[tuple[SheetRow, int]], list[SheetRow], list[int]]:
    """Return the rows that are known to be an item, with its place; the rows that are left, and the items."""
    left, open_ = list(rows), list(range(len(items)))
    pairs: list[tuple[SheetRow, int]] = []
    for keys in _MATCHING_ROUNDS:
        for row in list(left):
            fitting = [at for at in open_ if all(_is_same_text(row.get(key), items[at][key]) for key in keys)]
            if fitting and (len(fitting) == 1 or keys == _ITEM_FIELDS):
                pairs.append((row, fitting[0]))
                left.remove(row)
                open_.remove(fitting[0])
    return pairs, left, open_


def _is_same_text(said: object, old: object) -> bool:
    """Compare as a cell can say it: blanks around a text are lost there."""
    return said == (old.strip() if isinstance(old, str) else old)

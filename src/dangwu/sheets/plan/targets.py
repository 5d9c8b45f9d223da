"""Members' targets, a row for each item → changes of targets/<year>/<member>.yaml.

A new record of targets is not made: the list does not have the days on which it was set, reviewed and approved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.authoring.edit.edits import AddEdit, PutEdit
from dangwu.model.document import PLACEHOLDER
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
"""Fields by which a row is matched with an item of the record, the most certain first."""


def plan_targets(collector: ChangeCollector) -> None:
    """Plan the changes of targets, by year and member."""
    reader = collector.reader
    rows_by_target: dict[tuple[int, str], list[SheetRow]] = {}
    for row in identify_rows(reader, reader.rows(), "member"):
        if name_agrees(reader, row) and reader.has_all(row, "year", *_ITEM_FIELDS):
            rows_by_target.setdefault((row.get("year"), row.member), []).append(row)
    targets = _index_targets(collector)
    for (year, member), rows in rows_by_target.items():
        sheet = targets.get((year, member))
        if sheet is None:
            _note_missing_targets(collector, rows[0], year)
        else:
            _plan_member_targets(collector, *sheet, rows)


def _index_targets(collector: ChangeCollector) -> dict[tuple[int, str], tuple[str, Mapping[str, Any]]]:
    """Return path and data of the targets by year and member, with the drafts that ``new`` left open."""
    corpus = collector.context.corpus
    known = {target.path: target.data for target in corpus.of("target")}
    drafts = {path: corpus.documents[path].data for path in sorted(collector.context.drafts)}
    return {(data["year"], data["member"]): (path, data) for path, data in {**drafts, **known}.items()}


def _note_missing_targets(collector: ChangeCollector, row: SheetRow, year: int) -> None:
    path = f"targets/{year}/{row.member}.yaml"
    if path in collector.context.paths:
        message = say("{path} has problems of its own.", path=path)
        collector.reader.note(row, "member", message, say("Run dangwu check and correct it first."))
        return
    message = say(
        "There are no targets of {name} for {year} yet.", name=collector.context.corpus.name_of(row.member), year=year
    )
    collector.reader.note(row, "member", message, say("Make them first: dangwu new target"))


def _plan_member_targets(
    collector: ChangeCollector, path: str, data: Mapping[str, Any], rows: Sequence[SheetRow]
) -> None:
    who = collector.context.corpus.name_of(data["member"])
    _plan_post(collector, path, who, data, rows)
    items: TargetItems = data["items"]
    pairs, unpaired, open_items = _pair_rows(rows, items)
    for row in unpaired:
        fitting = [at for at in open_items if items[at]["head"] == row.get("head")]
        others = [other for other in unpaired if other.get("head") == row.get("head")]
        if not fitting:
            editor = RecordEditor(collector, row, path, who)
            editor.add_edit(AddEdit(("items",), {key: row.get(key) for key in _ITEM_FIELDS}))
            for key in _ITEM_FIELDS:
                editor.add_change(key, row.get(key))
        elif len(fitting) == len(others) == 1 or items[fitting[0]]["item"] == PLACEHOLDER:
            pairs.append((row, fitting[0]))
            open_items.remove(fitting[0])
        else:
            message = say("It is not clear which item of the record is meant.")
            hint = say("Change one item under this head at a time, or correct {path} by hand.", path=path)
            row.blocker = row.blocker or SheetProblem(collector.reader.find_address(row, "item"), message, hint)
            collector.may_change(row)
    for row, at in pairs:
        editor = RecordEditor(collector, row, path, who)
        for key in _ITEM_FIELDS:
            if not _is_same_text(row.get(key), items[at][key]):
                editor.add_edit(PutEdit(("items", at, key), row.get(key)))
                editor.add_change(key, row.get(key), _read_known(items[at][key]))


def _plan_post(
    collector: ChangeCollector, path: str, who: str, data: Mapping[str, Any], rows: Sequence[SheetRow]
) -> None:
    post_rows = [row for row in rows if row.get("post") is not None]
    for row in post_rows:
        editor = RecordEditor(collector, row, path, who)
        if row.get("post") != post_rows[0].get("post"):
            message = say("Row {row} has another post for this member.", row=post_rows[0].number)
            editor.note("post", message, say("Write the same in all rows of the member."))
        elif row is post_rows[0] and not _is_same_text(row.get("post"), data["post"]):
            editor.add_edit(PutEdit(("post",), row.get("post")))
            editor.add_change("post", row.get("post"), _read_known(data["post"]))


def _read_known(value: Any) -> Any:
    """Return a value of the record, None for 【待填】."""
    return None if value == PLACEHOLDER else value


def _pair_rows(
    rows: Sequence[SheetRow], items: TargetItems
) -> tuple[list[tuple[SheetRow, int]], list[SheetRow], list[int]]:
    """Return the rows matched with an item's index, the rows without a match, and the indexes of free items."""
    unpaired, open_items = list(rows), list(range(len(items)))
    pairs: list[tuple[SheetRow, int]] = []
    for keys in _MATCHING_ROUNDS:
        for row in list(unpaired):
            fitting = [at for at in open_items if all(_is_same_text(row.get(key), items[at][key]) for key in keys)]
            if fitting and (len(fitting) == 1 or keys == _ITEM_FIELDS):
                pairs.append((row, fitting[0]))
                unpaired.remove(row)
                open_items.remove(fitting[0])
    return pairs, unpaired, open_items


def _is_same_text(value: object, old: object) -> bool:
    """Compare with a record's value, without the blanks around a text that a cell loses."""
    return value == (old.strip() if isinstance(old, str) else old)

"""Members' targets, a row for each item → changes of targets/<year>/<member>.yaml.

A new sheet of targets is not made: when it was set, reviewed and approved stands in no such list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.authoring.edit.edits import Add, Put
from dangwu.model.import_plan import Trouble
from dangwu.model.message import say
from dangwu.sheets.plan.changes import Desk
from dangwu.sheets.read.people import agrees, people

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dangwu.sheets.plan.changes import Draft
    from dangwu.sheets.read.rows import Row

    Items = Sequence[Mapping[str, Any]]

_FIELDS = ("head", "item", "points")
_ROUNDS = (("head", "item", "points"), ("head", "item"), ("item",))
"""By what a row is known to be an item of the record, surest first."""


def targets(draft: Draft) -> None:
    """Go through the items, member by member."""
    reader = draft.reader
    sheets: dict[tuple[int, str], list[Row]] = {}
    for row in people(reader, reader.rows(), "member"):
        if agrees(reader, row) and reader.whole(row, "year", *_FIELDS):
            sheets.setdefault((row.get("year"), row.member), []).append(row)
    known = {(each.data["year"], each.data["member"]): each for each in draft.known.corpus.of("target")}
    for (year, member), rows in sheets.items():
        sheet = known.get((year, member))
        if sheet is None:
            _none(draft, rows[0], year)
        else:
            _sheet(draft, sheet.path, sheet.data, rows)


def _none(draft: Draft, row: Row, year: int) -> None:
    path = f"targets/{year}/{row.member}.yaml"
    if path in draft.known.paths:
        message = say("{path} has problems of its own.", path=path)
        draft.reader.note(row, "member", message, say("Run dangwu check and correct it first."))
        return
    message = say(
        "There are no targets of {name} for {year} yet.", name=draft.known.corpus.name_of(row.member), year=year
    )
    draft.reader.note(row, "member", message, say("Make them first: dangwu new target"))


def _sheet(draft: Draft, path: str, data: Mapping[str, Any], rows: Sequence[Row]) -> None:
    who = draft.known.corpus.name_of(data["member"])
    _post(draft, path, who, data, rows)
    items: Items = data["items"]
    pairs, left, open_ = _paired(rows, items)
    for row in left:
        mine = [at for at in open_ if items[at]["head"] == row.get("head")]
        others = [each for each in left if each.get("head") == row.get("head")]
        if not mine:
            desk = Desk(draft, row, path, who)
            desk.edit(Add(("items",), {key: row.get(key) for key in _FIELDS}))
            for key in _FIELDS:
                desk.show(key, row.get(key))
        elif len(mine) == len(others) == 1:
            pairs.append((row, mine[0]))
        else:
            message = say("Which item of the record this is meant for cannot be told.")
            hint = say("Change one item under this head at a time, or correct {path} by hand.", path=path)
            row.held = row.held or Trouble(draft.reader.cell(row, "item"), message, hint)
            draft.may(row)
    for row, at in pairs:
        desk = Desk(draft, row, path, who)
        for key in _FIELDS:
            if not _same(row.get(key), items[at][key]):
                desk.edit(Put(("items", at, key), row.get(key)))
                desk.show(key, row.get(key), items[at][key])


def _post(draft: Draft, path: str, who: str, data: Mapping[str, Any], rows: Sequence[Row]) -> None:
    said = [row for row in rows if row.get("post") is not None]
    for row in said:
        desk = Desk(draft, row, path, who)
        if row.get("post") != said[0].get("post"):
            message = say("Row {row} has another post for this member.", row=said[0].number)
            desk.note("post", message, say("Write the same in all rows of the member."))
        elif row is said[0] and not _same(row.get("post"), data["post"]):
            desk.edit(Put(("post",), row.get("post")))
            desk.show("post", row.get("post"), data["post"])


def _paired(rows: Sequence[Row], items: Items) -> tuple[list[tuple[Row, int]], list[Row], list[int]]:
    """Return the rows that are known to be an item, with its place; the rows that are left, and the items."""
    left, open_ = list(rows), list(range(len(items)))
    pairs: list[tuple[Row, int]] = []
    for keys in _ROUNDS:
        for row in list(left):
            fitting = [at for at in open_ if all(_same(row.get(key), items[at][key]) for key in keys)]
            if fitting and (len(fitting) == 1 or keys == _FIELDS):
                pairs.append((row, fitting[0]))
                left.remove(row)
                open_.remove(fitting[0])
    return pairs, left, open_


def _same(said: object, old: object) -> bool:
    """Compare as a cell can say it: blanks around a text are lost there."""
    return said == (old.strip() if isinstance(old, str) else old)

"""Which column of a sheet is which: the row of heads is found, and each head matched by what people call it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from dangwu.errors import UsageError
from dangwu.model.import_plan import MatchedColumn
from dangwu.model.message import Text, say
from dangwu.sheets.read.cell_grid import format_column_letters
from dangwu.sheets.read.cell_values import is_closing, normalise_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dangwu.sheets.columns import SheetColumn
    from dangwu.sheets.read.cell_grid import SheetCell, SheetGrid

ROWS_SEARCHED = 10
"""Rows in which the heads may stand; above them are titles and who made the list."""
_FEWEST_HEADS = 2
_UNIT_BEHIND = re.compile(r"\((?:元|元/月|分|年月日|yuan)\)$")
_HEAD_REMARK = re.compile(r"[(（\[【<〈].*?[)）\]】>〉]|[*＊:：]")


class HeaderRow(NamedTuple):
    """The row of heads (counting from 1) and the position of each field that is read, counting from 0."""

    row: int
    places: Mapping[str, int]
    columns: tuple[MatchedColumn, ...]
    notes: tuple[Text, ...]


def parse_mapping(words: Sequence[str], columns: Sequence[SheetColumn]) -> dict[str, str | None]:
    """Return what ``--map HEAD=FIELD`` says, by the head's key; None for a column that is not to be read."""
    said: dict[str, str | None] = {}
    keys = {column.key for column in columns}
    for word in words:
        head, equals, field = word.rpartition("=")
        if not equals or not head or (field and field not in keys):
            message = say("--map {text} does not say which column is which field.", text=word)
            names = tuple(sorted(keys))
            raise UsageError(message, say("Write --map HEAD=FIELD; the fields are: {fields}.", fields=names))
        said[normalise_words(head)] = field or None
    return said


def find_header_row(
    grid: SheetGrid, columns: Sequence[SheetColumn], said: Mapping[str, str | None]
) -> HeaderRow | None:
    """Find the heads among the first rows: the row where most of them are known. None where no row has two."""
    best: tuple[int, int] | None = None
    for at, row in enumerate(grid.rows[:ROWS_SEARCHED]):
        known = len({field for spot in row if (field := _match_field(spot, columns, said)) is not None})
        if known >= min(_FEWEST_HEADS, len(columns)) and (best is None or known > best[0]):
            best = (known, at)
    return None if best is None else _read_header_row(grid.rows[best[1]], columns, said)


def find_missing_columns(
    found: HeaderRow, columns: Sequence[SheetColumn], instead: Mapping[str, str]
) -> list[SheetColumn]:
    """Return the needed columns that are not there; ``instead`` names fields that another one may stand in for."""
    return [
        column for column in columns if column.needed and not {column.key, instead.get(column.key)} & set(found.places)
    ]


def _read_header_row(
    row: Sequence[SheetCell], columns: Sequence[SheetColumn], said: Mapping[str, str | None]
) -> HeaderRow:
    places: dict[str, int] = {}
    matched: list[MatchedColumn] = []
    notes: list[Text] = []
    fields = _match_fields(row, columns, said)
    titles = {column.key: column.title for column in columns}
    for at, spot in enumerate(row):
        head, field = _read_head(spot), fields[at]
        if field is not None and fields.count(field) > 1:
            notes.append(_describe_conflict(spot, head, field))
            field = None
        elif field is None and head:
            notes.extend(_describe_doubts(spot, head, columns, said))
        if field is not None:
            places[field] = at
        if head or field:
            matched.append(MatchedColumn(format_column_letters(spot.column), head, field, titles.get(field or "")))
    return HeaderRow(row[0].row, places, tuple(matched), tuple(notes))


def _match_fields(
    row: Sequence[SheetCell], columns: Sequence[SheetColumn], said: Mapping[str, str | None]
) -> list[str | None]:
    """Return the field of each column; where a person chose one for a field, no other is it by its name alone."""
    fields = [_match_field(spot, columns, said) for spot in row]
    chosen = {field for spot, field in zip(row, fields, strict=True) if _find_mapping_key(spot, said) is not None}
    return [
        None if field in chosen and _find_mapping_key(spot, said) is None else field
        for spot, field in zip(row, fields, strict=True)
    ]


def repeats_header(spots: Sequence[SheetCell], row: Sequence[SheetCell], places: Mapping[str, int]) -> bool:
    """Tell whether a row says the same as the row of heads, as lists do at the top of each page."""
    return all(normalise_words(_read_head(spots[at])) == normalise_words(_read_head(row[at])) for at in places.values())


def is_closing_row(spots: Sequence[SheetCell], places: Mapping[str, int]) -> bool:
    """Tell whether a row is a sum, or says who made the list, and is about nobody."""
    first = next((spot for spot in spots if not spot.blank), None)
    if first is None or not is_closing(first.value):
        return False
    who = next((spots[places[key]] for key in ("id", "member", "name") if key in places), first)
    return who.blank or who is first


def _read_head(spot: SheetCell) -> str:
    return spot.value.strip() if isinstance(spot.value, str) else "" if spot.value is None else str(spot.value)


def _match_field(spot: SheetCell, columns: Sequence[SheetColumn], said: Mapping[str, str | None]) -> str | None:
    """Return the field of a head: what a person said of it, or what it is called."""
    if (name := _find_mapping_key(spot, said)) is not None:
        return said[name]
    head = _normalise_head(_read_head(spot))
    return next((column.key for column in columns if head and head in _list_names(column)), None)


def is_mapped(spot: SheetCell, said: Mapping[str, str | None]) -> bool:
    """Tell whether a person said of a column what it is, or that it is not to be read."""
    return _find_mapping_key(spot, said) is not None


def _find_mapping_key(spot: SheetCell, said: Mapping[str, str | None]) -> str | None:
    """Return by which name a person spoke of a column: its head, or its letter."""
    return next(
        (
            name
            for name in (normalise_words(_read_head(spot)), normalise_words(format_column_letters(spot.column)))
            if name and name in said
        ),
        None,
    )


@cache
def _list_names(column: SheetColumn) -> frozenset[str]:
    return frozenset(_normalise_head(name) for name in (column.key, column.title.zh, column.title.en, *column.others))


def _normalise_head(head: str) -> str:
    """Return a head without what makes it no other one: a unit, and which of two characters for paying it has."""
    return _UNIT_BEHIND.sub("", normalise_words(head)).replace("缴", "交")


def _describe_doubts(
    spot: SheetCell, head: str, columns: Sequence[SheetColumn], said: Mapping[str, str | None]
) -> list[Text]:
    """Say what a head may have meant: it is not read before somebody says so."""
    if _find_mapping_key(spot, said) is not None:
        return []
    bare = _normalise_head(_HEAD_REMARK.sub("", head))
    near = [
        column.key
        for column in columns
        if bare and any(bare in {name, normalise_words(_HEAD_REMARK.sub("", name))} for name in _list_names(column))
    ]
    near = near or [
        column.key for column in columns if any(_begins_or_ends_with(name, bare) for name in _list_names(column))
    ]
    if len(near) == 1:
        word = f'--map "{head}={near[0]}"'
        return [
            say(
                "The column “{head}” is not read; if it is meant as {field}: {option}",
                head=head,
                field=near[0],
                option=word,
            )
        ]
    return []


def _begins_or_ends_with(name: str, head: str) -> bool:
    return len(name) > 1 and (head.startswith(name) or head.endswith(name))


def _describe_conflict(spot: SheetCell, head: str, field: str) -> Text:
    letter = format_column_letters(spot.column)
    return say(
        "Several columns may be {field}, one of them “{head}” in {letter}; none is read. Choose one: {option}",
        field=field,
        head=head,
        letter=letter,
        option=f'--map "{letter}={field}"',
    )

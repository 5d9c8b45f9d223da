"""Find the header row of a sheet and match its heads with the columns of a list."""

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
"""Rows searched for the heads; above them are titles and who made the list."""
_FEWEST_HEADS = 2
_UNIT_BEHIND = re.compile(r"\((?:元|元/月|分|年月日|yuan)\)$")
_HEAD_REMARK = re.compile(r"[(（\[【<〈].*?[)）\]】>〉]|[*＊:：]")


class HeaderRow(NamedTuple):
    """The row of heads (from 1), and the position (from 0) of each field that is read."""

    row: int
    places: Mapping[str, int]
    columns: tuple[MatchedColumn, ...]
    notes: tuple[Text, ...]


def parse_mapping(words: Sequence[str], columns: Sequence[SheetColumn]) -> dict[str, str | None]:
    """Return the fields given by ``--map HEAD=FIELD``, by normalised head; None for a column that is not to be read.

    UsageError where an argument has not this form or names no field.
    """
    mapping: dict[str, str | None] = {}
    keys = {column.key for column in columns}
    for word in words:
        head, equals, field = word.rpartition("=")
        if not equals or not head or (field and field not in keys):
            message = say("--map {text} does not say which column is which field.", text=word)
            names = tuple(sorted(keys))
            raise UsageError(message, say("Write --map HEAD=FIELD; the fields are: {fields}.", fields=names))
        mapping[normalise_words(head)] = field or None
    return mapping


def find_header_row(
    grid: SheetGrid, columns: Sequence[SheetColumn], mapping: Mapping[str, str | None]
) -> HeaderRow | None:
    """Return the row among the first ones with the most known heads; None where no row has two."""
    best: tuple[int, int] | None = None
    for at, row in enumerate(grid.rows[:ROWS_SEARCHED]):
        matches = len({field for cell in row if (field := _match_field(cell, columns, mapping)) is not None})
        if matches >= min(_FEWEST_HEADS, len(columns)) and (best is None or matches > best[0]):
            best = (matches, at)
    return None if best is None else _read_header_row(grid.rows[best[1]], columns, mapping)


def find_missing_columns(
    header: HeaderRow, columns: Sequence[SheetColumn], stand_ins: Mapping[str, str]
) -> list[SheetColumn]:
    """Return the needed columns that are missing; ``stand_ins`` maps a field to one that can replace it."""
    return [
        column
        for column in columns
        if column.needed and not {column.key, stand_ins.get(column.key)} & set(header.places)
    ]


def _read_header_row(
    row: Sequence[SheetCell], columns: Sequence[SheetColumn], mapping: Mapping[str, str | None]
) -> HeaderRow:
    places: dict[str, int] = {}
    matched: list[MatchedColumn] = []
    notes: list[Text] = []
    fields = _match_fields(row, columns, mapping)
    titles = {column.key: column.title for column in columns}
    for at, cell in enumerate(row):
        head, field = _read_head(cell), fields[at]
        if field is not None and fields.count(field) > 1:
            notes.append(_describe_conflict(cell, head, field))
            field = None
        elif field is None and head:
            notes.extend(_describe_doubts(cell, head, columns, mapping))
        if field is not None:
            places[field] = at
        if head or field:
            matched.append(MatchedColumn(format_column_letters(cell.column), head, field, titles.get(field or "")))
    return HeaderRow(row[0].row, places, tuple(matched), tuple(notes))


def _match_fields(
    row: Sequence[SheetCell], columns: Sequence[SheetColumn], mapping: Mapping[str, str | None]
) -> list[str | None]:
    """Return the field of each column; a field that ``--map`` gives to one column is not matched by another's name."""
    fields = [_match_field(cell, columns, mapping) for cell in row]
    mapped = {field for cell, field in zip(row, fields, strict=True) if _find_mapping_key(cell, mapping) is not None}
    return [
        None if field in mapped and _find_mapping_key(cell, mapping) is None else field
        for cell, field in zip(row, fields, strict=True)
    ]


def repeats_header(cells: Sequence[SheetCell], row: Sequence[SheetCell], places: Mapping[str, int]) -> bool:
    """Tell whether a row repeats the heads, as lists do at the top of each page."""
    return all(normalise_words(_read_head(cells[at])) == normalise_words(_read_head(row[at])) for at in places.values())


def is_closing_row(cells: Sequence[SheetCell], places: Mapping[str, int]) -> bool:
    """Tell whether a row is a sum or the signature of the list, and not about a member."""
    first = next((cell for cell in cells if not cell.blank), None)
    if first is None or not is_closing(first.value):
        return False
    member_cell = next((cells[places[key]] for key in ("id", "member", "name") if key in places), first)
    return member_cell.blank or member_cell is first


def _read_head(cell: SheetCell) -> str:
    return cell.value.strip() if isinstance(cell.value, str) else "" if cell.value is None else str(cell.value)


def _match_field(cell: SheetCell, columns: Sequence[SheetColumn], mapping: Mapping[str, str | None]) -> str | None:
    """Return the field of a head: by ``--map``, else by its name; None where it is unknown."""
    if (name := _find_mapping_key(cell, mapping)) is not None:
        return mapping[name]
    head = _normalise_head(_read_head(cell))
    return next((column.key for column in columns if head and head in _list_names(column)), None)


def is_mapped(cell: SheetCell, mapping: Mapping[str, str | None]) -> bool:
    """Tell whether ``--map`` names a column."""
    return _find_mapping_key(cell, mapping) is not None


def _find_mapping_key(cell: SheetCell, mapping: Mapping[str, str | None]) -> str | None:
    """Return the name under which ``--map`` has a column: its head or its letter; None where it has not."""
    return next(
        (
            name
            for name in (normalise_words(_read_head(cell)), normalise_words(format_column_letters(cell.column)))
            if name and name in mapping
        ),
        None,
    )


@cache
def _list_names(column: SheetColumn) -> frozenset[str]:
    return frozenset(_normalise_head(name) for name in (column.key, column.title.zh, column.title.en, *column.others))


def _normalise_head(head: str) -> str:
    """Return a head without its unit, and with 交 for 缴 (both mean to pay)."""
    return _UNIT_BEHIND.sub("", normalise_words(head)).replace("缴", "交")


def _describe_doubts(
    cell: SheetCell, head: str, columns: Sequence[SheetColumn], mapping: Mapping[str, str | None]
) -> list[Text]:
    """Return a note with the ``--map`` option where an unknown head resembles exactly one column."""
    if _find_mapping_key(cell, mapping) is not None:
        return []
    bare = _normalise_head(_HEAD_REMARK.sub("", head))
    candidates = [
        column.key
        for column in columns
        if bare and any(bare in {name, normalise_words(_HEAD_REMARK.sub("", name))} for name in _list_names(column))
    ]
    candidates = candidates or [
        column.key for column in columns if any(_begins_or_ends_with(name, bare) for name in _list_names(column))
    ]
    if len(candidates) == 1:
        option = f'--map "{head}={candidates[0]}"'
        return [
            say(
                "The column “{head}” is not read; if it is meant as {field}: {option}",
                head=head,
                field=candidates[0],
                option=option,
            )
        ]
    return []


def _begins_or_ends_with(name: str, head: str) -> bool:
    return len(name) > 1 and (head.startswith(name) or head.endswith(name))


def _describe_conflict(cell: SheetCell, head: str, field: str) -> Text:
    letter = format_column_letters(cell.column)
    return say(
        "Several columns may be {field}, one of them “{head}” in {letter}; none is read. Choose one: {option}",
        field=field,
        head=head,
        letter=letter,
        option=f'--map "{letter}={field}"',
    )

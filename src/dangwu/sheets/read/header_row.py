"""Find the header row of a sheet and match its heads with the columns of a list."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from dangwu.errors import UsageError
from dangwu.model.import_plan import MatchedColumn
from dangwu.model.message import Text, say
from dangwu.sheets.read.cell_grid import format_column_letters
from dangwu.sheets.read.cell_values import normalise_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dangwu.sheets.columns import SheetColumn
    from dangwu.sheets.read.cell_grid import SheetCell, SheetGrid

ROWS_SEARCHED = 10
"""Rows searched for the heads; above them are titles and who made the list."""
_FEWEST_HEADS = 2
_UNIT_BEHIND = re.compile(r"\((?:元|元/月|元/人/月|分|年月日|yuan)\)$")
_HEAD_REMARK = re.compile(r"[(（\[【<〈].*?[)）\]】>〉]|[*＊:：]")


class HeaderRow(NamedTuple):
    """The row of heads (from 1), and the position (from 0) of each field that is read."""

    row: int
    places: Mapping[str, int]
    columns: tuple[MatchedColumn, ...]
    notes: tuple[Text, ...]
    doubts: tuple[tuple[str, str], ...] = ()
    """Heads that are not read, each with the one field that it resembles."""


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
        matches = len({field for cell in row if (field := find_field(cell, columns, mapping)) is not None})
        if matches >= min(_FEWEST_HEADS, len(columns)) and (best is None or matches > best[0]):
            best = (matches, at)
    return None if best is None else read_heads(grid.rows[best[1]], columns, mapping)


def find_missing_columns(
    header: HeaderRow, columns: Sequence[SheetColumn], stand_ins: Mapping[str, str]
) -> list[SheetColumn]:
    """Return the needed columns that are missing; ``stand_ins`` maps a field to one that can replace it."""
    return [
        column
        for column in columns
        if column.needed and not {column.key, stand_ins.get(column.key)} & set(header.places)
    ]


def read_heads(
    row: Sequence[SheetCell], columns: Sequence[SheetColumn], mapping: Mapping[str, str | None]
) -> HeaderRow:
    """Match the heads of one row with columns."""
    places: dict[str, int] = {}
    matched: list[MatchedColumn] = []
    notes: list[Text] = []
    doubts: list[tuple[str, str]] = []
    fields = _match_fields(row, columns, mapping)
    titles = {column.key: column.title for column in columns}
    for at, cell in enumerate(row):
        head, field = _read_head(cell), fields[at]
        if field is not None and fields.count(field) > 1:
            notes.append(_describe_conflict(cell, head, field))
            field = None
        elif field is None and head and not is_mapped(cell, mapping):
            near = _find_near_field(head, [column for column in columns if column.key not in fields])
            if near is not None:
                doubts.append((head, near))
                notes.append(_describe_doubt(head, near))
        if field is not None:
            places[field] = at
        if head or field:
            matched.append(MatchedColumn(format_column_letters(cell.column), head, field, titles.get(field or "")))
    return HeaderRow(row[0].row, places, tuple(matched), tuple(notes), tuple(doubts))


def _match_fields(
    row: Sequence[SheetCell], columns: Sequence[SheetColumn], mapping: Mapping[str, str | None]
) -> list[str | None]:
    """Return the field of each column; a field that ``--map`` gives to one column is not matched by another's name."""
    fields = [find_field(cell, columns, mapping) for cell in row]
    mapped = {field for cell, field in zip(row, fields, strict=True) if _find_mapping_key(cell, mapping) is not None}
    return [
        None if field in mapped and _find_mapping_key(cell, mapping) is None else field
        for cell, field in zip(row, fields, strict=True)
    ]


def repeats_header(cells: Sequence[SheetCell], row: Sequence[SheetCell], places: Mapping[str, int]) -> bool:
    """Tell whether a row repeats the heads, as lists do at the top of each page."""
    return all(normalise_words(_read_head(cells[at])) == normalise_words(_read_head(row[at])) for at in places.values())


def _read_head(cell: SheetCell) -> str:
    return cell.value.strip() if isinstance(cell.value, str) else "" if cell.value is None else str(cell.value)


def find_field(cell: SheetCell, columns: Sequence[SheetColumn], mapping: Mapping[str, str | None]) -> str | None:
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


def _find_near_field(head: str, columns: Sequence[SheetColumn]) -> str | None:
    """Return the field that an unknown head resembles; None where there is none or more than one.

    ``columns`` are those that no other head has: a second column for one field would be a wrong one.
    """
    bare = _normalise_head(_HEAD_REMARK.sub("", head))
    columns = [column for column in columns if not any(word in bare for word in column.unlike)]
    candidates = [
        column.key
        for column in columns
        if bare and any(bare in {name, normalise_words(_HEAD_REMARK.sub("", name))} for name in _list_names(column))
    ]
    candidates = candidates or [
        column.key for column in columns if any(_begins_or_ends_with(name, bare) for name in _list_names(column))
    ]
    return candidates[0] if len(candidates) == 1 else None


def format_mapping(head: str, field: str) -> str:
    """Return the option that says which field a head means."""
    return f'--map "{head}={field}"'


def _describe_doubt(head: str, field: str) -> Text:
    return say(
        "The column “{head}” is not read; if it is meant as {field}: {option}",
        head=head,
        field=field,
        option=format_mapping(head, field),
    )


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

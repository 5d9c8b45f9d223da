"""Two states of one record's data → the fields that changed."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.changes.sections import find_differences
from dangwu.model.edit import Edit
from dangwu.model.record_change import FieldChange, RowField, WrittenValue
from dangwu.model.schema_node import holds_person, read_code_word, read_node_title, resolve_node

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dangwu.model.finding import Pointer
    from dangwu.model.message import Bilingual
    from dangwu.model.record_change import ChangeValue, FieldStep

_FORMAT_FIELDS = frozenset({"schema", "kind"})
_ROW_KEYS = (
    ("id",), ("member",), ("task",), ("duty",), ("quarter",), ("month",), ("code", "path"), ("post", "member", "from"),
    ("from",), ("date",), ("head", "item"), ("text",), ("title",), ("name",), ("item",),
)  # fmt: skip
"""Fields that may identify the rows of a list; the first that is present and unique in all rows of both is used."""
_EMPTY_MAPPING: Mapping[str, Any] = {}


class _FieldPosition(NamedTuple):
    """A position in a record: its schema node, its path in the data, and its path in words."""

    node: Mapping[str, Any]
    pointer: Pointer
    place: tuple[FieldStep, ...]

    def descend(self, node: Mapping[str, Any], key: str | int, step: FieldStep) -> _FieldPosition:
        return _FieldPosition(node, (*self.pointer, key), (*self.place, step))


def find_field_changes(
    before: Mapping[str, Any], after: Mapping[str, Any], schema: Mapping[str, Any]
) -> Iterator[FieldChange]:
    """Yield the fields in which two states differ, in the order of the bundled ``schema``.

    A field without a value equals a missing one. Kind and version are compared only when both states have data.
    """
    known = schema.get("properties", _EMPTY_MAPPING)
    keys = dict.fromkeys((*(key for key in known if key in before or key in after), *before, *after))
    comparer = _FieldComparer(schema)
    for key in keys:
        if key not in _FORMAT_FIELDS or (before and after):
            node = known.get(key, _EMPTY_MAPPING)
            position = _FieldPosition(node, (key,), (comparer.read_title(node, key),))
            yield from comparer.compare(before.get(key), after.get(key), position)


class _FieldComparer:
    """Compares values of records of one kind, by its schema."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self._schema = schema
        self._resolved: dict[int, Mapping[str, Any]] = {}

    def _resolve(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return a schema node with its reference resolved; cached, as a ledger has thousands of equal rows."""
        resolved = self._resolved.get(id(node))
        if resolved is None:
            resolved = self._resolved[id(node)] = resolve_node(node, self._schema)
        return resolved

    def _read_properties(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        properties: Mapping[str, Any] = self._resolve(node).get("properties", _EMPTY_MAPPING)
        return properties

    def read_title(self, node: Mapping[str, Any], key: str) -> Bilingual:
        return read_node_title(self._resolve(node), key)

    def compare(self, before: Any, after: Any, position: _FieldPosition) -> Iterator[FieldChange]:
        """Yield the changes between two values at a position; 1 differs from true and from 1.0."""
        if type(before) is str and type(after) is str:
            if before != after:
                yield self._build_change(before, after, position)
            return
        if repr(before) == repr(after):
            return
        if isinstance(before, dict) and isinstance(after, dict):
            known = self._read_properties(position.node)
            for key in dict.fromkeys((*before, *after)):
                node = known.get(key, _EMPTY_MAPPING)
                inner = position.descend(node, key, self.read_title(node, key))
                yield from self.compare(before.get(key), after.get(key), inner)
        elif isinstance(before, list) and isinstance(after, list):
            yield from self._compare_lists(before, after, position)
        elif type(before) is not type(after) or before != after:
            yield self._build_change(before, after, position)

    def _compare_lists(self, before: list[Any], after: list[Any], position: _FieldPosition) -> Iterator[FieldChange]:
        node = self._resolve(position.node).get("items", _EMPTY_MAPPING)
        rows = all(isinstance(item, dict) for item in (*before, *after))
        key = _choose_row_key(before, after) if rows else None
        if key is not None:
            changes = list(self._compare_keyed_rows(before, after, key, node, position))
            reordered = [_format_row_key(row, key) for row in before] != [_format_row_key(row, key) for row in after]
        else:
            old, new = ([_serialise_exactly(item) for item in items] for items in (before, after))
            reordered = old != new
            if rows:
                stretches = find_differences(old, new)
                changes = list(self._compare_unkeyed_rows(before, after, stretches, node, position))
            else:
                gone, come = _subtract_rows(before, old, new), _subtract_rows(after, new, old)
                changes = list(self._build_item_changes(gone, come, position))
        # A list with only its order changed is one change of the whole list.
        yield from changes or ([self._build_change(before, after, position)] if reordered else [])

    def _build_item_changes(self, gone: list[Any], come: list[Any], position: _FieldPosition) -> Iterator[FieldChange]:
        if gone:
            yield self._build_change(gone, None, position)
        if come:
            yield self._build_change(None, come, position)

    def _compare_keyed_rows(
        self,
        before: list[Any],
        after: list[Any],
        key: tuple[str, ...],
        node: Mapping[str, Any],
        position: _FieldPosition,
    ) -> Iterator[FieldChange]:
        old, new = (
            {_format_row_key(row, key): (number, row) for number, row in enumerate(rows)} for rows in (before, after)
        )
        person = holds_person(self._read_properties(node).get(key[0], _EMPTY_MAPPING), self._schema)
        absent = (0, None)
        for name in dict.fromkeys((*old, *new)):
            number, _ = new.get(name) or old[name]
            row, other = old.get(name, absent)[1], new.get(name, absent)[1]
            if row == other and repr(row) == repr(other):
                continue
            yield from self.compare(row, other, position.descend(node, number, WrittenValue(name, person)))

    def _compare_unkeyed_rows(
        self,
        before: list[Any],
        after: list[Any],
        stretches: Iterator[tuple[int, int, int, int]],
        node: Mapping[str, Any],
        position: _FieldPosition,
    ) -> Iterator[FieldChange]:
        """Compare rows without a key: in each stretch between equal rows, the first with the first and so on."""
        for first, end, start, stop in stretches:
            for step in range(max(end - first, stop - start)):
                row = before[first + step] if first + step < end else None
                other = after[start + step] if start + step < stop else None
                number = start + step if other is not None else first + step
                yield from self.compare(row, other, position.descend(node, number, number + 1))

    def _build_change(self, before: Any, after: Any, position: _FieldPosition) -> FieldChange:
        edit = Edit.ADDED if before is None else Edit.REMOVED if after is None else Edit.CHANGED
        shown = [None if value is None else self.build_value(value, position.node) for value in (before, after)]
        return FieldChange(position.pointer, position.place, edit, before, after, *shown)

    def build_value(self, value: Any, node: Mapping[str, Any]) -> ChangeValue:
        """Return a value for display: fields with their titles, codes with their words, ids marked as persons."""
        if isinstance(value, dict):
            known = self._read_properties(node)
            fields = [(key, known.get(key, _EMPTY_MAPPING), field) for key, field in value.items()]
            return tuple(
                RowField(self.read_title(inner, key), self.build_value(field, inner)) for key, inner, field in fields
            )
        if isinstance(value, list):
            items = self._resolve(node).get("items", _EMPTY_MAPPING)
            return tuple(self.build_value(item, items) for item in value)
        if value is None:
            return ()
        text = str(value).lower() if isinstance(value, bool) else str(value)
        resolved = self._resolve(node)
        word = read_code_word(resolved, text) if text in resolved.get("x-words", _EMPTY_MAPPING) else None
        return WrittenValue(text, holds_person(node, self._schema), word)


def _choose_row_key(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> tuple[str, ...] | None:
    """Return the first row key that identifies all rows of both lists, None without one."""
    return next((key for key in _ROW_KEYS if _identifies_rows(key, before) and _identifies_rows(key, after)), None)


def _identifies_rows(key: tuple[str, ...], rows: Sequence[Mapping[str, Any]]) -> bool:
    names = set()
    for row in rows:
        for field in key:
            if not isinstance(row.get(field), str | int):
                return False
        names.add(_format_row_key(row, key))
    return len(names) == len(rows)


def _format_row_key(row: Mapping[str, Any], key: tuple[str, ...]) -> str:
    if len(key) == 1:
        return str(row[key[0]])
    return " ".join(str(row[field]) for field in key)


def _serialise_exactly(value: Any) -> str:
    """Return JSON that is equal only for equal values: 1 differs from true and from 1.0."""
    return json.dumps(_remove_empty_values(value), sort_keys=True)


def _remove_empty_values(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _remove_empty_values(inner) for key, inner in value.items() if inner is not None}
    return [_remove_empty_values(inner) for inner in value] if isinstance(value, list) else value


def _subtract_rows(rows: list[Any], serialised: list[str], others: list[str]) -> list[Any]:
    """Return the multiset difference of two lists, compared by their serialised items."""
    left = Counter(others)
    remaining = []
    for row, text in zip(rows, serialised, strict=True):
        left[text] -= 1
        if left[text] < 0:
            remaining.append(row)
    return remaining

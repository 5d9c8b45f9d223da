"""Two states of one record → what changed, field by field and section by section."""

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
"""By which fields the rows of a list can be told from each other; the first that does for all of them is taken."""
_EMPTY_MAPPING: Mapping[str, Any] = {}


class _FieldPosition(NamedTuple):
    """A place in a record: the schema's node, the way to it in the data, and the way in words."""

    node: Mapping[str, Any]
    pointer: Pointer
    place: tuple[FieldStep, ...]

    def inside(self, node: Mapping[str, Any], key: str | int, step: FieldStep) -> _FieldPosition:
        return _FieldPosition(node, (*self.pointer, key), (*self.place, step))


def find_field_changes(
    before: Mapping[str, Any], after: Mapping[str, Any], schema: Mapping[str, Any]
) -> Iterator[FieldChange]:
    """Yield the fields in which two states differ; ``schema`` is bundled, and they stand in its order.

    A field without a value is the same as none. Kind and version are said only where they changed.
    """
    known = schema.get("properties", _EMPTY_MAPPING)
    listed = dict.fromkeys((*(key for key in known if key in before or key in after), *before, *after))
    compare = _FieldComparer(schema)
    for key in listed:
        if key not in _FORMAT_FIELDS or (before and after):
            node = known.get(key, _EMPTY_MAPPING)
            yield from compare.values(
                before.get(key), after.get(key), _FieldPosition(node, (key,), (compare.titled(node, key),))
            )


class _FieldComparer:
    """Compares values of records of one kind."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self._schema = schema
        self._resolved: dict[int, Mapping[str, Any]] = {}

    def _whole(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return a node with what it refers to; a ledger asks for the same few thousands of times."""
        found = self._resolved.get(id(node))
        if found is None:
            found = self._resolved[id(node)] = resolve_node(node, self._schema)
        return found

    def _fields(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        properties: Mapping[str, Any] = self._whole(node).get("properties", _EMPTY_MAPPING)
        return properties

    def titled(self, node: Mapping[str, Any], key: str) -> Bilingual:
        return read_node_title(self._whole(node), key)

    def values(self, before: Any, after: Any, at: _FieldPosition) -> Iterator[FieldChange]:
        if repr(before) == repr(after):
            return
        if isinstance(before, dict) and isinstance(after, dict):
            known = self._fields(at.node)
            for key in dict.fromkeys((*before, *after)):
                node = known.get(key, _EMPTY_MAPPING)
                inner = at.inside(node, key, self.titled(node, key))
                yield from self.values(before.get(key), after.get(key), inner)
        elif isinstance(before, list) and isinstance(after, list):
            yield from self._lists(before, after, at)
        elif type(before) is not type(after) or before != after:
            yield self._change(before, after, at)

    def _lists(self, before: list[Any], after: list[Any], at: _FieldPosition) -> Iterator[FieldChange]:
        node = self._whole(at.node).get("items", _EMPTY_MAPPING)
        rows = all(isinstance(each, dict) for each in (*before, *after))
        key = (
            next((key for key in _ROW_KEYS if _identifies_rows(key, before) and _identifies_rows(key, after)), None)
            if rows
            else None
        )
        if key is not None:
            told = list(self._keyed(before, after, key, node, at))
            moved = [_format_row_key(each, key) for each in before] != [_format_row_key(each, key) for each in after]
        else:
            old, new = ([_serialise_exactly(each) for each in listed] for listed in (before, after))
            told = list(self._rows(before, after, find_differences(old, new), node, at) if rows
                        else self._plain(_subtract_rows(before, old, new),
                                         _subtract_rows(after, new, old), at))  # fmt: skip
            moved = old != new
        # What is the same in another order is said whole.
        yield from told or ([self._change(before, after, at)] if moved else [])

    def _plain(self, gone: list[Any], come: list[Any], at: _FieldPosition) -> Iterator[FieldChange]:
        if gone:
            yield self._change(gone, None, at)
        if come:
            yield self._change(None, come, at)

    def _keyed(
        self, before: list[Any], after: list[Any], key: tuple[str, ...], node: Mapping[str, Any], at: _FieldPosition
    ) -> Iterator[FieldChange]:
        old, new = (
            {_format_row_key(row, key): (number, row) for number, row in enumerate(rows)} for rows in (before, after)
        )
        person = holds_person(self._fields(node).get(key[0], _EMPTY_MAPPING), self._schema)
        absent = (0, None)
        for word in dict.fromkeys((*old, *new)):
            number, _ = new.get(word) or old[word]
            row, other = old.get(word, absent)[1], new.get(word, absent)[1]
            yield from self.values(row, other, at.inside(node, number, WrittenValue(word, person)))

    def _rows(
        self,
        before: list[Any],
        after: list[Any],
        stretches: Iterator[tuple[int, int, int, int]],
        node: Mapping[str, Any],
        at: _FieldPosition,
    ) -> Iterator[FieldChange]:
        """Compare rows that nothing tells apart: those between equal ones belong together in their order."""
        for first, end, start, stop in stretches:
            for step in range(max(end - first, stop - start)):
                row = before[first + step] if first + step < end else None
                other = after[start + step] if start + step < stop else None
                number = start + step if other is not None else first + step
                yield from self.values(row, other, at.inside(node, number, number + 1))

    def _change(self, before: Any, after: Any, at: _FieldPosition) -> FieldChange:
        edit = Edit.ADDED if before is None else Edit.REMOVED if after is None else Edit.CHANGED
        told = [None if each is None else self.told(each, at.node) for each in (before, after)]
        return FieldChange(at.pointer, at.place, edit, before, after, *told)

    def told(self, value: Any, node: Mapping[str, Any]) -> ChangeValue:
        """Return a value with the titles of its fields, and with who is meant by an id."""
        if isinstance(value, dict):
            known = self._fields(node)
            inner = [(key, known.get(key, _EMPTY_MAPPING), each) for key, each in value.items()]
            return tuple(RowField(self.titled(at, key), self.told(each, at)) for key, at, each in inner)
        if isinstance(value, list):
            items = self._whole(node).get("items", _EMPTY_MAPPING)
            return tuple(self.told(each, items) for each in value)
        if value is None:
            return ()
        text = str(value).lower() if isinstance(value, bool) else str(value)
        whole = self._whole(node)
        word = read_code_word(whole, text) if text in whole.get("x-words", _EMPTY_MAPPING) else None
        return WrittenValue(text, holds_person(node, self._schema), word)


def _identifies_rows(key: tuple[str, ...], rows: Sequence[Mapping[str, Any]]) -> bool:
    words = [_format_row_key(row, key) for row in rows if all(isinstance(row.get(each), str | int) for each in key)]
    return len(words) == len(rows) == len(set(words))


def _format_row_key(row: Mapping[str, Any], key: tuple[str, ...]) -> str:
    return " ".join(str(row[each]) for each in key)


def _serialise_exactly(value: Any) -> str:
    """Return a text that is the same for two values only where they are: 1 is neither true nor 1.0."""
    return json.dumps(_remove_empty_values(value), sort_keys=True)


def _remove_empty_values(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _remove_empty_values(each) for key, each in value.items() if each is not None}
    return [_remove_empty_values(each) for each in value] if isinstance(value, list) else value


def _subtract_rows(rows: list[Any], exact: list[str], others: list[str]) -> list[Any]:
    """Return the rows without those that stand in the other list too, each as often as it does."""
    left = Counter(others)
    found = []
    for row, each in zip(rows, exact, strict=True):
        left[each] -= 1
        if left[each] < 0:
            found.append(row)
    return found

"""Two states of one record → what changed, field by field and section by section."""

from __future__ import annotations

import json
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.model.change import Edit, FieldChange, Part, Said
from dangwu.model.schema import holds_person, resolved, titled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dangwu.model.change import Place, Told
    from dangwu.model.source import Pointer

_UNSAID = frozenset({"schema", "kind"})
_KEYS = (
    ("id",), ("member",), ("task",), ("duty",), ("quarter",), ("month",), ("code", "path"), ("post", "member", "from"),
    ("from",), ("date",), ("head", "item"), ("text",), ("title",), ("name",), ("item",),
)  # fmt: skip
"""By which fields the rows of a list can be told from each other; the first that does for all of them is taken."""
_NOTHING: Mapping[str, Any] = {}


class _At(NamedTuple):
    """A place in a record: the schema's node, the way to it in the data, and the way in words."""

    node: Mapping[str, Any]
    pointer: Pointer
    place: tuple[Place, ...]

    def inside(self, node: Mapping[str, Any], key: str | int, step: Place) -> _At:
        return _At(node, (*self.pointer, key), (*self.place, step))


def fields(before: Mapping[str, Any], after: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[FieldChange]:
    """Yield the fields in which two states differ; ``schema`` is bundled, and they stand in its order."""
    known = schema.get("properties", _NOTHING)
    listed = dict.fromkeys((*(key for key in known if key in before or key in after), *before, *after))
    compare = _Comparison(schema)
    for key in listed:
        if key not in _UNSAID:
            node = known.get(key, _NOTHING)
            yield from compare.values(before.get(key), after.get(key), _At(node, (key,), (titled(node, schema, key),)))


class _Comparison:
    """Compares values of records of one kind."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self._schema = schema

    def values(self, before: Any, after: Any, at: _At) -> Iterator[FieldChange]:
        if before == after and type(before) is type(after):
            return
        if isinstance(before, dict) and isinstance(after, dict):
            known = resolved(at.node, self._schema).get("properties", _NOTHING)
            for key in dict.fromkeys((*before, *after)):
                node = known.get(key, _NOTHING)
                inner = at.inside(node, key, titled(node, self._schema, key))
                yield from self.values(before.get(key), after.get(key), inner)
        elif isinstance(before, list) and isinstance(after, list):
            yield from self._lists(before, after, at)
        else:
            yield self._change(before, after, at)

    def _lists(self, before: list[Any], after: list[Any], at: _At) -> Iterator[FieldChange]:
        rows = [*before, *after]
        if rows and all(isinstance(each, dict) for each in rows):
            node = resolved(at.node, self._schema).get("items", _NOTHING)
            key = next((key for key in _KEYS if _tells(key, before) and _tells(key, after)), None)
            yield from self._keyed(before, after, key, node, at) if key else self._numbered(before, after, node, at)
            return
        gone, come = _less(before, after), _less(after, before)
        if not gone and not come:
            # The same in another order: said whole.
            yield self._change(before, after, at)
        if gone:
            yield self._change(gone, None, at)
        if come:
            yield self._change(None, come, at)

    def _keyed(
        self, before: list[Any], after: list[Any], key: tuple[str, ...], node: Mapping[str, Any], at: _At
    ) -> Iterator[FieldChange]:
        old, new = ({_word(row, key): (number, row) for number, row in enumerate(rows)} for rows in (before, after))
        known = resolved(node, self._schema).get("properties", _NOTHING)
        person = holds_person(known.get(key[0], _NOTHING), self._schema)
        absent = (0, None)
        for word in dict.fromkeys((*old, *new)):
            number, _ = new.get(word) or old[word]
            row, other = old.get(word, absent)[1], new.get(word, absent)[1]
            yield from self.values(row, other, at.inside(node, number, Said(word, person)))

    def _numbered(self, before: list[Any], after: list[Any], node: Mapping[str, Any], at: _At) -> Iterator[FieldChange]:
        """Compare rows that nothing tells apart: those between equal ones belong together in their order."""
        old, new = ([json.dumps(row, sort_keys=True, default=str) for row in rows] for rows in (before, after))
        for tag, first, end, start, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag == "equal":
                continue
            for step in range(max(end - first, stop - start)):
                row = before[first + step] if first + step < end else None
                other = after[start + step] if start + step < stop else None
                number = start + step if other is not None else first + step
                yield from self.values(row, other, at.inside(node, number, number + 1))

    def _change(self, before: Any, after: Any, at: _At) -> FieldChange:
        edit = Edit.ADDED if before is None else Edit.REMOVED if after is None else Edit.CHANGED
        told = [None if each is None else self.told(each, at.node) for each in (before, after)]
        return FieldChange(at.pointer, at.place, edit, before, after, *told)

    def told(self, value: Any, node: Mapping[str, Any]) -> Told:
        """Return a value with the titles of its fields, and with who is meant by an id."""
        whole = resolved(node, self._schema)
        if isinstance(value, dict):
            known = whole.get("properties", _NOTHING)
            inner = [(key, known.get(key, _NOTHING), each) for key, each in value.items()]
            return tuple(Part(titled(at, self._schema, key), self.told(each, at)) for key, at, each in inner)
        if isinstance(value, list):
            return tuple(self.told(each, whole.get("items", _NOTHING)) for each in value)
        text = str(value).lower() if isinstance(value, bool) else str(value)
        return Said(text, holds_person(node, self._schema))


def _tells(key: tuple[str, ...], rows: Sequence[Mapping[str, Any]]) -> bool:
    words = [_word(row, key) for row in rows if all(isinstance(row.get(each), str | int) for each in key)]
    return len(words) == len(rows) == len(set(words))


def _word(row: Mapping[str, Any], key: tuple[str, ...]) -> str:
    return " ".join(str(row[each]) for each in key)


def _less(rows: list[Any], others: list[Any]) -> list[Any]:
    """Return the rows without those that stand in the other list too, each as often as it does."""
    left = list(others)
    found = []
    for each in rows:
        if each in left:
            left.remove(each)
        else:
            found.append(each)
    return found

"""Documents with one thing changed: a field dropped, added, emptied, of another type, or just beyond a bound.

Each field of each kind (positions in a list count as one) is changed in the shortest document that has it. It is
dropped and emptied in the whole document. Other values are put where only what leads to the field is left, which takes
a tenth of the time: the bounds of the field itself, and of a list of awkward values the next few, so that all of them
are tried on many fields, and always the same ones.
"""

from __future__ import annotations

import json
from itertools import cycle, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.data import resources
from tests.second_opinion.validators import KINDS, published

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dangwu.model.finding import Pointer
    from tests.second_opinion.documents import Read

EMPTY: Mapping[type, Any] = {dict: {}, list: [], str: ""}
OTHERS: tuple[Any, ...] = ("意外", 7, 1.5, True, False, [], {}, ["x"], {"x": 1}, [None], "")
NUMBERS: tuple[Any, ...] = (-1, -0.0, 0.5, 10**15, 1e300, 2**53 + 1, -(2**63), 2**64)
TEXTS = (
    *(" ", "\u3000", "\ufeff", "\x85", "\x1c", "\u200b", "\n", " \ufeff\u3000", "\x1f\x85"),
    *("0000-01-01", "1899-12-31", "2026-02-30", "2100-02-29", "2026-3-12", "2026-03-12T00:00", "20260312"),
    *("2026-W11-4", "２０２６-０３-１２", "2026-03-12", "2026-03-12\n", "2026-03-12\r\n"),
    *("2026", "2026-03", "2026-13", "2026-Q1", "2026-Q5", "2026-H1", "2026-H1\n"),
    *("15:00-16:10", "24:00-25:00", "15:00-16:10\n", "15：00-16：10"),
    *("m001", "M001", "m００１", "-m001", "m001\n", "a" * 64, "a" * 65, "e\u0301" * 1000),
    *("DW301", "DW301\r", "1.4b", "9.2(4)", "3.1/2026-03/g1", "3.1/2026-03/g1\n"),
)
TEXTS_EACH, OTHERS_EACH, NUMBERS_EACH = 5, 3, 3
LONG_LIST, LONGEST_LIST = 60, 1001
"""So many entries are filled with what fits, more with nothing; still more are not tried here."""
BEYOND = {"minimum": -1, "maximum": 1, "minItems": -1, "maxItems": 1, "minLength": -1, "maxLength": 1}
"""Where the first value is that a bound does not allow."""


class Change(NamedTuple):
    """What was done to a document, the document, and the keyword that this must offend where one is sure to be."""

    name: str
    data: Any
    offends: tuple[Pointer, str] | None = None


def changes(kind: str, documents: Sequence[Read]) -> Iterator[Change]:
    """Yield the changed documents of a kind."""
    start = sorted(published()).index(f"{kind}.json")
    schema = resources.load_schema(kind)
    texts, others, numbers = (_turning(values, start) for values in (TEXTS, OTHERS, NUMBERS))
    for pointer, (data, value) in fields(documents).items():
        named = "/".join(map(str, pointer))
        if pointer:
            yield Change(f"{named} dropped", without(data, pointer))
            yield Change(f"{named} empty", put(data, pointer, EMPTY.get(type(value))))
        if isinstance(value, dict):
            closed = any("additionalProperties" in node for node in _nodes(schema, schema, pointer))
            more = put(data, pointer, {**value, "意外": 1, "extra": None})
            yield Change(f"{named} with more", more, (pointer, "additionalProperties") if closed else None)
        way, place = only(pointer, data)
        for other in (None, *islice(others, OTHERS_EACH)) if pointer else ():
            yield Change(f"{named}: {other!r}", put(way, place, other))
        for other in (*_alike(value, texts, numbers), *(KINDS if pointer == ("kind",) else ())):
            yield Change(f"{named}: {str(other)[:40]!r}", put(way, place, other))
        for word, other, allowed in _around(schema, pointer, value):
            yield Change(f"{named}: {word}", put(way, place, other), None if allowed else (place, word))


def _turning(values: Sequence[Any], start: int) -> Iterator[Any]:
    """Go through values again and again, beginning with another one for each kind."""
    return islice(cycle(values), start * 5 % len(values), None)


def _alike(value: Any, texts: Iterator[str], numbers: Iterator[Any]) -> Iterator[Any]:
    """Yield values of the same type as a value."""
    if isinstance(value, str):
        yield from (f"{value}\n", value.upper(), f" {value}", *islice(texts, TEXTS_EACH))
    elif isinstance(value, int) and not isinstance(value, bool):
        yield from (float(value), *islice(numbers, NUMBERS_EACH))


def _around(schema: Any, pointer: Pointer, value: Any) -> Iterator[tuple[str, Any, bool]]:
    """Yield what is at each bound of a field, and just beyond it: the keyword, the value, whether it is allowed."""
    for node in _nodes(schema, schema, pointer):
        if "enum" in node or "const" in node:
            yield ("enum" if "enum" in node else "const"), "意外", False
        for word, by in BEYOND.items():
            for number in (node[word], node[word] + by) if word in node else ():
                made = _sized(value, number)
                if made is not None:
                    yield word, made, number == node[word]


def _sized(value: Any, number: int) -> Any:
    """Return a value like another, of a size; None where it would be too large to try."""
    match value:
        case str():
            return "𠮷" * number
        case [first, *_] if number <= LONGEST_LIST:
            return [first if number <= LONG_LIST else None] * number
        case int():
            return number
    return None


def _nodes(node: Any, schema: Any, pointer: Pointer) -> Iterator[Any]:
    """Yield what a schema says of a place, references followed, alternatives left out."""
    if "$ref" in node:
        yield from _nodes(schema["$defs"][node["$ref"].rpartition("/")[2]], schema, pointer)
    if not pointer:
        yield node
        return
    first, *rest = pointer
    inside = node.get("items") if isinstance(first, int) else node.get("properties", {}).get(first)
    if inside is not None:
        yield from _nodes(inside, schema, tuple(rest))


def fields(documents: Sequence[Read]) -> dict[Pointer, tuple[Any, Any]]:
    """Return one place of each field, in the shortest document that has it, with this document and the value."""
    found: dict[Pointer, tuple[Pointer, Any, Any]] = {}
    for document in sorted(documents, key=lambda read: len(json.dumps(read.data))):
        for pointer, value in places(document.data, ()):
            field = tuple(0 if isinstance(part, int) else part for part in pointer)
            if field not in found or (value and not found[field][2]):
                found[field] = pointer, document.data, value
    return {pointer: (data, value) for pointer, data, value in found.values()}


def places(value: Any, pointer: Pointer) -> Iterator[tuple[Pointer, Any]]:
    """Yield every place of a document with its value, the whole first."""
    yield pointer, value
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for part, value_inside in inside:
        yield from places(value_inside, (*pointer, part))


def only(pointer: Pointer, data: Any) -> tuple[Any, Pointer]:
    """Return a document with nothing but its kind and what leads to a place, and the place there."""
    if not pointer:
        return data, ()
    first, *rest = pointer
    inside, place = only(tuple(rest), data[first])
    if isinstance(data, list):
        return [inside], (0, *place)
    return {**{key: data[key] for key in ("kind",) if key in data}, first: inside}, (first, *place)


def put(data: Any, pointer: Pointer, value: Any) -> Any:
    """Return a document with another value at a place; the document itself stays."""
    if not pointer:
        return value
    first, *rest = pointer
    made = data.copy()
    made[first] = put(data[first], tuple(rest), value)
    return made


def without(data: Any, pointer: Pointer) -> Any:
    """Return a document without the field or entry at a place."""
    *way, last = pointer
    holder = value_at(data, tuple(way)).copy()
    del holder[last]
    return put(data, tuple(way), holder)


def value_at(data: Any, pointer: Pointer) -> Any:
    """Return the value at a place."""
    for part in pointer:
        data = data[part]
    return data

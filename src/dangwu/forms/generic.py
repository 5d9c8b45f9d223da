"""A form of any kind of record, made from its schema: short fields two in a row, long ones alone, lists ruled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.forms.cells import FEW, ROOM, Entry, Head, laid, listed, number_head, numbered, signed, to_write
from dangwu.model.message import say
from dangwu.model.schema_node import Node, holds_person, resolved, trail
from dangwu.pages.own_words import own_words
from dangwu.pages.page import Align
from dangwu.pages.paper import Paper, Signatures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dangwu.forms.field_text import Pen
    from dangwu.model.form_input import Filled
    from dangwu.pages.paper import Form, PaperBlock

_NEVER = frozenset({"schema", "kind"})
_NARROW, _DAY, _WIDE = 4, 5, 9
_MANY = 6
"""With this many columns a list wants the sheet turned."""
_SIGNING = frozenset({"checker", "inspector", "signed_by", "author", "keeper", "collector", "handler", "by", "member"})
_TEXT = frozenset({"text", "bilingual"})
_LONGEST = 500
_OPEN = "anyOf"
"""A last day that may be left open."""


class _Field(NamedTuple):
    key: str
    node: Mapping[str, Any]
    whole: Node


def form(filled: Filled, pen: Pen) -> Paper:
    """Return a record of any kind as a form."""
    fields = _fields(filled.schema["properties"], filled.schema, filled.data, blank=filled.blank)
    lists = [each for each in fields if _rows_of(each.whole, filled.schema)]
    wide = any(len(_columns(each, filled.schema)) >= _MANY for each in lists)
    blocks = tuple(_blocks(filled, pen, fields, lists, wide=wide))
    return Paper(pen.title(filled.kind.title), pen.branch, blocks, wide=wide)


def _fields(
    properties: Mapping[str, Any], schema: Mapping[str, Any], data: Mapping[str, Any], *, blank: bool
) -> list[_Field]:
    """Return the fields that are printed: those that the record has, on an empty form all."""
    return [
        _Field(key, node, resolved(node, schema))
        for key, node in properties.items()
        if key not in _NEVER and (blank or key in data)
    ]


def _blocks(filled: Filled, pen: Pen, fields: list[_Field], lists: list[_Field], *, wide: bool) -> Iterator[PaperBlock]:
    single = [entry for each in fields if each not in lists for entry in _entries(each, filled, pen)]
    if single:
        yield laid(pen, sorted(single, key=lambda each: each.whole))
    for each in lists:
        yield _list(each, filled, pen, room=FEW if wide or len(lists) > 1 or len(single) > FEW else ROOM)
    if filled.blank:
        yield from to_write([pen.title(each) for each in filled.kind.headings])
    yield from own_words(filled.body)
    yield _signatures(fields, filled, pen)


def entries(filled: Filled, pen: Pen, keys: Iterable[str]) -> Iterator[Entry]:
    """Yield some fields of a record, objects field by field."""
    for key in keys:
        node = filled.schema["properties"][key]
        yield from _entries(_Field(key, node, resolved(node, filled.schema)), filled, pen)


def _entries(field: _Field, filled: Filled, pen: Pen) -> Iterator[Entry]:
    """Yield a field, or the fields of an object one by one."""
    value = filled.data.get(field.key)
    properties = field.whole.get("properties")
    if properties and field.key != "settings":
        title = pen.label(field.key, field.node, filled.schema)
        for each in _fields(properties, filled.schema, value or {}, blank=filled.blank or value is None):
            text = pen.value(each.key, (value or {}).get(each.key), each.node, filled.schema)
            label = pen(say("{field}: {value}", field=title, value=pen.label(each.key, each.node, filled.schema)))
            yield _entry(label, text, each, filled.schema, blank=filled.blank)
        return
    text = pen.value(field.key, value, field.node, filled.schema)
    yield _entry(pen.label(field.key, field.node, filled.schema), text, field, filled.schema, blank=filled.blank)


def _entry(label: str, text: str, field: _Field, schema: Mapping[str, Any], *, blank: bool) -> Entry:
    long = _is_text(field, schema) or field.whole.get("type") in {"array", "object"}
    return Entry(label, text, whole=long, lines=2 if long and blank else 1)


def _is_text(field: _Field, schema: Mapping[str, Any]) -> bool:
    refs = {str(each.get("$ref", "")).removeprefix("#/$defs/") for each in trail(field.node, schema)}
    return bool(refs & _TEXT) or int(field.whole.get("maxLength", 0)) > _LONGEST


def _rows_of(node: Node, schema: Mapping[str, Any]) -> bool:
    """Tell whether a field is a list of rows with columns."""
    return "properties" in resolved(node.get("items", {}), schema)


def _columns(field: _Field, schema: Mapping[str, Any]) -> list[_Field]:
    item = resolved(field.whole["items"], schema)
    return [_Field(key, node, resolved(node, schema)) for key, node in item["properties"].items()]


def _list(field: _Field, filled: Filled, pen: Pen, *, room: int) -> Form:
    rows: list[Mapping[str, Any]] = filled.data.get(field.key) or []
    item = resolved(field.whole["items"], filled.schema)
    needed = set(item.get("required", ()))
    columns = [
        each
        for each in _columns(field, filled.schema)
        if not rows or each.key in needed or any(each.key in row for row in rows)
    ]
    heads = [_head(each, filled.schema, pen) for each in columns]
    written = (
        [pen.value(each.key, row.get(each.key), each.node, filled.schema, narrow=True) for each in columns]
        for row in rows
    )
    caption = pen.label(field.key, field.node, filled.schema)
    return listed((number_head(pen), *heads), numbered(written), caption=caption, room=0 if rows else room)


def _head(field: _Field, schema: Mapping[str, Any], pen: Pen) -> Head:
    title = pen.label(field.key, field.node, schema)
    if _is_text(field, schema) or field.whole.get("type") in {"array", "object"}:
        return Head(title, _WIDE)
    number = field.whole.get("type") in {"integer", "number"}
    day = field.whole.get("format") == "date" or _OPEN in field.whole
    return Head(title, _DAY if day else _NARROW, Align.END if number else Align.START)


def _signatures(fields: list[_Field], filled: Filled, pen: Pen) -> Signatures:
    """Return places for those whom the record names as its makers, and for the branch."""
    own = {"member": pen(say("Member (signature)"))}
    named = [
        (
            own.get(each.key) or pen(say("{who} (signature)", who=pen.label(each.key, each.node, filled.schema))),
            pen.name(filled.data.get(each.key)),
        )
        for each in fields
        if each.key in _SIGNING and holds_person(each.node, filled.schema)
    ]
    both = signed(pen, ((say("Secretary (signature)"), ""), (say("Branch (seal)"), "")))
    return Signatures((*named, *both.parties[: 1 if named else 2]))

"""A form of any kind of record, made from its schema: short fields two in a row, long ones alone, lists ruled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.forms.cells import (
    FEW_ROWS,
    BLANK_ROWS,
    LabelledValue,
    ListHead,
    lay_out_entries,
    build_ruled_list,
    build_number_head,
    number_rows,
    build_signatures,
    build_blank_sections,
)
from dangwu.model.message import say
from dangwu.model.schema_node import SchemaNode, holds_person, resolve_node, follow_references
from dangwu.pages.own_words import own_words
from dangwu.pages.page import Align
from dangwu.pages.paper import Paper, Signatures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dangwu.forms.field_text import FieldText
    from dangwu.model.form_input import FormRecord
    from dangwu.pages.paper import Form, PaperBlock

_UNPRINTED_FIELDS = frozenset({"schema", "kind"})
_NARROW_SHARE, _DAY_SHARE, _WIDE_SHARE = 4, 5, 9
_MANY_COLUMNS = 6
"""With this many columns a list wants the sheet turned."""
_SIGNING_FIELDS = frozenset(
    {"checker", "inspector", "signed_by", "author", "keeper", "collector", "handler", "by", "member"}
)
_TEXT_TYPES = frozenset({"text", "bilingual"})
_MAX_SHORT_TEXT = 500
_ANY_OF = "anyOf"
"""A last day that may be left open."""


class _Field(NamedTuple):
    key: str
    node: Mapping[str, Any]
    whole: SchemaNode


def build_generic_form(filled: FormRecord, pen: FieldText) -> Paper:
    """Return a record of any kind as a form."""
    fields = _find_printed_fields(filled.schema["properties"], filled.schema, filled.data, blank=filled.blank)
    lists = [each for each in fields if _is_row_list(each.whole, filled.schema)]
    wide = any(len(_find_columns(each, filled.schema)) >= _MANY_COLUMNS for each in lists)
    blocks = tuple(_build_blocks(filled, pen, fields, lists, wide=wide))
    return Paper(pen.title(filled.kind.title), pen.branch, blocks, wide=wide)


def _find_printed_fields(
    properties: Mapping[str, Any], schema: Mapping[str, Any], data: Mapping[str, Any], *, blank: bool
) -> list[_Field]:
    """Return the fields that are printed: those that the record has, on an empty form all."""
    return [
        _Field(key, node, resolve_node(node, schema))
        for key, node in properties.items()
        if key not in _UNPRINTED_FIELDS and (blank or key in data)
    ]


def _build_blocks(
    filled: FormRecord, pen: FieldText, fields: list[_Field], lists: list[_Field], *, wide: bool
) -> Iterator[PaperBlock]:
    single = [entry for each in fields if each not in lists for entry in _build_field_entries(each, filled, pen)]
    if single:
        yield lay_out_entries(pen, sorted(single, key=lambda each: each.whole))
    for each in lists:
        yield _build_field_list(
            each, filled, pen, room=FEW_ROWS if wide or len(lists) > 1 or len(single) > FEW_ROWS else BLANK_ROWS
        )
    if filled.blank:
        yield from build_blank_sections([pen.title(each) for each in filled.kind.headings])
    yield from own_words(filled.body)
    yield _build_signing_places(fields, filled, pen)


def build_entries(filled: FormRecord, pen: FieldText, keys: Iterable[str]) -> Iterator[LabelledValue]:
    """Yield some fields of a record, objects field by field."""
    for key in keys:
        node = filled.schema["properties"][key]
        yield from _build_field_entries(_Field(key, node, resolve_node(node, filled.schema)), filled, pen)


def _build_field_entries(field: _Field, filled: FormRecord, pen: FieldText) -> Iterator[LabelledValue]:
    """Yield a field, or the fields of an object one by one."""
    value = filled.data.get(field.key)
    properties = field.whole.get("properties")
    if properties and field.key != "settings":
        title = pen.label(field.key, field.node, filled.schema)
        for each in _find_printed_fields(properties, filled.schema, value or {}, blank=filled.blank or value is None):
            text = pen.value(each.key, (value or {}).get(each.key), each.node, filled.schema)
            label = pen(say("{field}: {value}", field=title, value=pen.label(each.key, each.node, filled.schema)))
            yield _build_entry(label, text, each, filled.schema, blank=filled.blank)
        return
    text = pen.value(field.key, value, field.node, filled.schema)
    yield _build_entry(pen.label(field.key, field.node, filled.schema), text, field, filled.schema, blank=filled.blank)


def _build_entry(label: str, text: str, field: _Field, schema: Mapping[str, Any], *, blank: bool) -> LabelledValue:
    long = _is_long_text(field, schema) or field.whole.get("type") in {"array", "object"}
    return LabelledValue(label, text, whole=long, lines=2 if long and blank else 1)


def _is_long_text(field: _Field, schema: Mapping[str, Any]) -> bool:
    refs = {str(each.get("$ref", "")).removeprefix("#/$defs/") for each in follow_references(field.node, schema)}
    return bool(refs & _TEXT_TYPES) or int(field.whole.get("maxLength", 0)) > _MAX_SHORT_TEXT


def _is_row_list(node: SchemaNode, schema: Mapping[str, Any]) -> bool:
    """Tell whether a field is a list of rows with columns."""
    return "properties" in resolve_node(node.get("items", {}), schema)


def _find_columns(field: _Field, schema: Mapping[str, Any]) -> list[_Field]:
    item = resolve_node(field.whole["items"], schema)
    return [_Field(key, node, resolve_node(node, schema)) for key, node in item["properties"].items()]


def _build_field_list(field: _Field, filled: FormRecord, pen: FieldText, *, room: int) -> Form:
    rows: list[Mapping[str, Any]] = filled.data.get(field.key) or []
    item = resolve_node(field.whole["items"], filled.schema)
    needed = set(item.get("required", ()))
    columns = [
        each
        for each in _find_columns(field, filled.schema)
        if not rows or each.key in needed or any(each.key in row for row in rows)
    ]
    heads = [_build_column_head(each, filled.schema, pen) for each in columns]
    written = (
        [pen.value(each.key, row.get(each.key), each.node, filled.schema, narrow=True) for each in columns]
        for row in rows
    )
    caption = pen.label(field.key, field.node, filled.schema)
    return build_ruled_list(
        (build_number_head(pen), *heads), number_rows(written), caption=caption, room=0 if rows else room
    )


def _build_column_head(field: _Field, schema: Mapping[str, Any], pen: FieldText) -> ListHead:
    title = pen.label(field.key, field.node, schema)
    if _is_long_text(field, schema) or field.whole.get("type") in {"array", "object"}:
        return ListHead(title, _WIDE_SHARE)
    number = field.whole.get("type") in {"integer", "number"}
    day = field.whole.get("format") == "date" or _ANY_OF in field.whole
    return ListHead(title, _DAY_SHARE if day else _NARROW_SHARE, Align.END if number else Align.START)


def _build_signing_places(fields: list[_Field], filled: FormRecord, pen: FieldText) -> Signatures:
    """Return places for those whom the record names as its makers, and for the branch."""
    own = {"member": pen(say("Member (signature)"))}
    named = [
        (
            own.get(each.key) or pen(say("{who} (signature)", who=pen.label(each.key, each.node, filled.schema))),
            pen.name(filled.data.get(each.key)),
        )
        for each in fields
        if each.key in _SIGNING_FIELDS and holds_person(each.node, filled.schema)
    ]
    both = build_signatures(pen, ((say("Secretary (signature)"), ""), (say("Branch (seal)"), "")))
    return Signatures((*named, *both.parties[: 1 if named else 2]))

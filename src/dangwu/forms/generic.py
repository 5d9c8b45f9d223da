"""A form for any kind of record, made from its schema: short fields in pairs, long ones alone, lists as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.forms.cells import (
    BLANK_ROWS,
    FEW_ROWS,
    LabelledValue,
    ListHead,
    build_blank_sections,
    build_number_head,
    build_ruled_list,
    build_signatures,
    lay_out_entries,
    number_rows,
)
from dangwu.model.message import say
from dangwu.model.schema_node import SchemaNode, follow_references, holds_person, resolve_node
from dangwu.pages.body_blocks import build_body_blocks
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
"""From this number of columns on, a list is printed in landscape."""
_SIGNING_FIELDS = frozenset(
    {"checker", "inspector", "signed_by", "author", "keeper", "collector", "handler", "by", "member"}
)
_TEXT_TYPES = frozenset({"text", "bilingual"})
_MAX_SHORT_TEXT = 500
_ANY_OF = "anyOf"
"""In a node: a last day that may be left open."""


class _Field(NamedTuple):
    key: str
    node: Mapping[str, Any]
    whole: SchemaNode


def build_generic_form(form: FormRecord, text: FieldText) -> Paper:
    """Return a record of any kind as a form."""
    fields = _find_printed_fields(form.schema["properties"], form.schema, form.data, blank=form.blank)
    lists = [field for field in fields if _is_row_list(field.whole, form.schema)]
    wide = any(len(_find_columns(list_field, form.schema)) >= _MANY_COLUMNS for list_field in lists)
    blocks = tuple(_build_blocks(form, text, fields, lists, wide=wide))
    return Paper(text.title(form.kind.title), text.branch, blocks, wide=wide)


def _find_printed_fields(
    properties: Mapping[str, Any], schema: Mapping[str, Any], data: Mapping[str, Any], *, blank: bool
) -> list[_Field]:
    """Return the fields to print: those that the record has, or with ``blank`` all."""
    return [
        _Field(key, node, resolve_node(node, schema))
        for key, node in properties.items()
        if key not in _UNPRINTED_FIELDS and (blank or key in data)
    ]


def _build_blocks(
    form: FormRecord, text: FieldText, fields: list[_Field], lists: list[_Field], *, wide: bool
) -> Iterator[PaperBlock]:
    single = [entry for field in fields if field not in lists for entry in _build_field_entries(field, form, text)]
    if single:
        yield lay_out_entries(text, sorted(single, key=lambda entry: entry.whole))
    for list_field in lists:
        yield _build_field_list(
            list_field, form, text, room=FEW_ROWS if wide or len(lists) > 1 or len(single) > FEW_ROWS else BLANK_ROWS
        )
    if form.blank:
        yield from build_blank_sections([text.title(heading) for heading in form.kind.headings])
    yield from build_body_blocks(form.body)
    yield _build_signing_places(fields, form, text)


def build_entries(form: FormRecord, text: FieldText, keys: Iterable[str]) -> Iterator[LabelledValue]:
    """Yield some fields of a record as labelled values, objects field by field."""
    for key in keys:
        node = form.schema["properties"][key]
        yield from _build_field_entries(_Field(key, node, resolve_node(node, form.schema)), form, text)


def _build_field_entries(field: _Field, form: FormRecord, text: FieldText) -> Iterator[LabelledValue]:
    """Yield a field, or the fields of an object one by one."""
    value = form.data.get(field.key)
    properties = field.whole.get("properties")
    if properties and field.key != "settings":
        title = text.label(field.key, field.node, form.schema)
        for inner in _find_printed_fields(properties, form.schema, value or {}, blank=form.blank or value is None):
            written = text.value(inner.key, (value or {}).get(inner.key), inner.node, form.schema)
            label = text(say("{field}: {value}", field=title, value=text.label(inner.key, inner.node, form.schema)))
            yield _build_entry(label, written, inner, form.schema, blank=form.blank)
        return
    written = text.value(field.key, value, field.node, form.schema)
    yield _build_entry(text.label(field.key, field.node, form.schema), written, field, form.schema, blank=form.blank)


def _build_entry(label: str, written: str, field: _Field, schema: Mapping[str, Any], *, blank: bool) -> LabelledValue:
    long = _is_long_text(field, schema) or field.whole.get("type") in {"array", "object"}
    return LabelledValue(label, written, whole=long, lines=2 if long and blank else 1)


def _is_long_text(field: _Field, schema: Mapping[str, Any]) -> bool:
    refs = {
        str(reference.get("$ref", "")).removeprefix("#/$defs/") for reference in follow_references(field.node, schema)
    }
    return bool(refs & _TEXT_TYPES) or int(field.whole.get("maxLength", 0)) > _MAX_SHORT_TEXT


def _is_row_list(node: SchemaNode, schema: Mapping[str, Any]) -> bool:
    """Tell whether a field is a list of rows with columns."""
    return "properties" in resolve_node(node.get("items", {}), schema)


def _find_columns(field: _Field, schema: Mapping[str, Any]) -> list[_Field]:
    item = resolve_node(field.whole["items"], schema)
    return [_Field(key, node, resolve_node(node, schema)) for key, node in item["properties"].items()]


def _build_field_list(field: _Field, form: FormRecord, text: FieldText, *, room: int) -> Form:
    rows: list[Mapping[str, Any]] = form.data.get(field.key) or []
    item = resolve_node(field.whole["items"], form.schema)
    needed = set(item.get("required", ()))
    columns = [
        column
        for column in _find_columns(field, form.schema)
        if not rows or column.key in needed or any(column.key in row for row in rows)
    ]
    heads = [_build_column_head(column, form.schema, text) for column in columns]
    cells = (
        [text.value(column.key, row.get(column.key), column.node, form.schema, narrow=True) for column in columns]
        for row in rows
    )
    caption = text.label(field.key, field.node, form.schema)
    return build_ruled_list(
        (build_number_head(text), *heads), number_rows(cells), caption=caption, room=0 if rows else room
    )


def _build_column_head(field: _Field, schema: Mapping[str, Any], text: FieldText) -> ListHead:
    title = text.label(field.key, field.node, schema)
    if _is_long_text(field, schema) or field.whole.get("type") in {"array", "object"}:
        return ListHead(title, _WIDE_SHARE)
    number = field.whole.get("type") in {"integer", "number"}
    day = field.whole.get("format") == "date" or _ANY_OF in field.whole
    return ListHead(title, _DAY_SHARE if day else _NARROW_SHARE, Align.END if number else Align.START)


def _build_signing_places(fields: list[_Field], form: FormRecord, text: FieldText) -> Signatures:
    """Return places to sign for the people whom the record names as its makers, and for the branch."""
    own = {"member": text(say("Member (signature)"))}
    named = [
        (
            own.get(field.key) or text(say("{who} (signature)", who=text.label(field.key, field.node, form.schema))),
            text.name(form.data.get(field.key)),
        )
        for field in fields
        if field.key in _SIGNING_FIELDS and holds_person(field.node, form.schema)
    ]
    general = build_signatures(text, ((say("Secretary (signature)"), ""), (say("Branch (seal)"), "")))
    return Signatures((*named, *general.parties[: 1 if named else 2]))

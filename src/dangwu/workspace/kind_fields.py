"""The schema of a kind → its fields in order, those below a field after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.authoring.new.record_fields import find_form
from dangwu.model.kind_explanation import KindField
from dangwu.model.schema_node import read_code_words, read_node_title, resolve_node

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_OWN_FIELDS = frozenset({"schema", "kind"})
"""What every record has, and no person chooses."""


def list_fields(schema: Mapping[str, Any]) -> tuple[KindField, ...]:
    """Return the fields of a kind by its bundled schema."""
    return tuple(field for field in _walk_fields(schema, schema, "") if field.path not in _OWN_FIELDS)


def _walk_fields(node: Mapping[str, Any], schema: Mapping[str, Any], above: str) -> Iterator[KindField]:
    for key, below in node.get("properties", {}).items():
        whole = resolve_node(below, schema)
        items = resolve_node(whole["items"], schema) if "items" in whole else None
        value = whole if items is None else items
        holds_fields = "properties" in value
        clauses = whole.get("x-clause", ())
        form = ("fields" if items is None else "rows") if holds_fields else find_form(whole.get("items", below), schema)
        yield KindField(
            f"{above}{key}",
            read_node_title(whole, key),
            form,
            required=key in node.get("required", ()),
            many=items is not None and not holds_fields,
            choices=tuple(read_code_words(value).items()),
            lowest=value.get("minimum"),
            highest=value.get("maximum"),
            clauses=(clauses,) if isinstance(clauses, str) else tuple(clauses),
            note=whole.get("description", ""),
        )
        if holds_fields:
            yield from _walk_fields(value, schema, f"{above}{key}{'' if items is None else '[]'}.")

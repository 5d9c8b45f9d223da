"""The empty form of a record by its schema: the required fields, with 【待填】 for what a person must write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.model.document import PLACEHOLDER
from dangwu.model.schema_node import SchemaNode, resolve_node

if TYPE_CHECKING:
    from collections.abc import Mapping


def build_blank_value(node: Mapping[str, Any], schema: Mapping[str, Any]) -> Any:
    """Return the smallest value that a node allows: required fields only, lists of the least length."""
    whole = resolve_node(node, schema)
    if "const" in whole:
        return whole["const"]
    if whole.get("type") == "object":
        return {key: build_blank_value(whole["properties"][key], schema) for key in _list_required(whole)}
    if whole.get("type") == "array":
        return build_blank_rows(whole, schema, whole.get("minItems", 0))
    return PLACEHOLDER


def build_blank_rows(node: Mapping[str, Any], schema: Mapping[str, Any], count: int, prefix: str = "") -> list[Any]:
    """Return ``count`` empty rows of a list; with a prefix their ids are the prefix and a number."""
    rows = [build_blank_value(node["items"], schema) for _ in range(count)]
    if prefix:
        for number, row in enumerate(rows, 1):
            row["id"] = f"{prefix}{number}"
    return rows


def complete_record(schema: Mapping[str, Any], *layers: Mapping[str, Any]) -> SchemaNode:
    """Return a record: the empty form overlaid by each layer in turn, with fields in the order of the schema."""
    data: SchemaNode = build_blank_value(schema, schema)
    for layer in layers:
        data = _overlay_fields(data, layer)
    ordered: SchemaNode = _order_fields(data, schema, schema)
    return ordered


def _overlay_fields(below: Mapping[str, Any], above: Mapping[str, Any]) -> SchemaNode:
    merged = {**below, **above}
    for key in below.keys() & above.keys():
        if isinstance(below[key], dict) and isinstance(above[key], dict):
            merged[key] = _overlay_fields(below[key], above[key])
    return {key: value for key, value in merged.items() if value is not None}


def _order_fields(value: Any, node: Mapping[str, Any], schema: Mapping[str, Any]) -> Any:
    whole = resolve_node(node, schema)
    if isinstance(value, dict):
        known = whole.get("properties", {})
        keys = [*(key for key in known if key in value), *(key for key in value if key not in known)]
        return {key: _order_fields(value[key], known.get(key, {}), schema) for key in keys}
    if isinstance(value, list | tuple):
        return [_order_fields(item, whole.get("items", {}), schema) for item in value]
    return value


def _list_required(node: Mapping[str, Any]) -> list[str]:
    wanted = set(node.get("required", ()))
    return [key for key in node["properties"] if key in wanted]

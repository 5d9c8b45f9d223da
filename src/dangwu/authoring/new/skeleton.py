"""The empty form of a record, told by its schema: what must be there, with 【待填】 wherever a person must write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.model.document import PLACEHOLDER
from dangwu.model.schema_node import SchemaNode, resolve_node

if TYPE_CHECKING:
    from collections.abc import Mapping


def build_blank_value(node: Mapping[str, Any], schema: Mapping[str, Any]) -> Any:
    """Return the leanest value that a node allows: required fields only, a list only as long as it must be."""
    whole = resolve_node(node, schema)
    if "const" in whole:
        return whole["const"]
    if whole.get("type") == "object":
        return {key: build_blank_value(whole["properties"][key], schema) for key in _list_required(whole)}
    if whole.get("type") == "array":
        return build_blank_rows(whole, schema, whole.get("minItems", 0))
    return PLACEHOLDER


def build_blank_rows(node: Mapping[str, Any], schema: Mapping[str, Any], count: int, prefix: str = "") -> list[Any]:
    """Return so many empty rows of a list; rows with an id are numbered after ``prefix``."""
    made = [build_blank_value(node["items"], schema) for _ in range(count)]
    if prefix:
        for number, row in enumerate(made, 1):
            row["id"] = f"{prefix}{number}"
    return made


def complete_record(schema: Mapping[str, Any], *layers: Mapping[str, Any]) -> SchemaNode:
    """Return a record: the empty form, each layer laid over the one before, every key in the order of the schema."""
    data: SchemaNode = build_blank_value(schema, schema)
    for layer in layers:
        data = _overlay_fields(data, layer)
    ordered: SchemaNode = _order_fields(data, schema, schema)
    return ordered


def _overlay_fields(below: Mapping[str, Any], above: Mapping[str, Any]) -> SchemaNode:
    made = {**below, **above}
    for key in below.keys() & above.keys():
        if isinstance(below[key], dict) and isinstance(above[key], dict):
            made[key] = _overlay_fields(below[key], above[key])
    return {key: value for key, value in made.items() if value is not None}


def _order_fields(value: Any, node: Mapping[str, Any], schema: Mapping[str, Any]) -> Any:
    whole = resolve_node(node, schema)
    if isinstance(value, dict):
        known = whole.get("properties", {})
        keys = [*(key for key in known if key in value), *(key for key in value if key not in known)]
        return {key: _order_fields(value[key], known.get(key, {}), schema) for key in keys}
    if isinstance(value, list | tuple):
        return [_order_fields(each, whole.get("items", {}), schema) for each in value]
    return value


def _list_required(node: Mapping[str, Any]) -> list[str]:
    wanted = set(node.get("required", ()))
    return [key for key in node["properties"] if key in wanted]

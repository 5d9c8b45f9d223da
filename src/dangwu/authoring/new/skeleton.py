"""The empty form of a record, told by its schema: what must be there, with 【待填】 wherever a person must write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.authoring.record_text import TO_WRITE
from dangwu.model.schema_node import Node, resolved

if TYPE_CHECKING:
    from collections.abc import Mapping


def blank(node: Mapping[str, Any], schema: Mapping[str, Any]) -> Any:
    """Return the leanest value that a node allows: required fields only, a list only as long as it must be."""
    whole = resolved(node, schema)
    if "const" in whole:
        return whole["const"]
    if whole.get("type") == "object":
        return {key: blank(whole["properties"][key], schema) for key in _required(whole)}
    if whole.get("type") == "array":
        return rows(whole, schema, whole.get("minItems", 0))
    return TO_WRITE


def rows(node: Mapping[str, Any], schema: Mapping[str, Any], count: int, prefix: str = "") -> list[Any]:
    """Return so many empty rows of a list; rows with an id are numbered after ``prefix``."""
    made = [blank(node["items"], schema) for _ in range(count)]
    if prefix:
        for number, row in enumerate(made, 1):
            row["id"] = f"{prefix}{number}"
    return made


def complete(schema: Mapping[str, Any], *layers: Mapping[str, Any]) -> Node:
    """Return a record: the empty form, each layer laid over the one before, every key in the order of the schema."""
    data: Node = blank(schema, schema)
    for layer in layers:
        data = _over(data, layer)
    ordered: Node = _ordered(data, schema, schema)
    return ordered


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> Node:
    made = {**below, **above}
    for key in below.keys() & above.keys():
        if isinstance(below[key], dict) and isinstance(above[key], dict):
            made[key] = _over(below[key], above[key])
    return {key: value for key, value in made.items() if value is not None}


def _ordered(value: Any, node: Mapping[str, Any], schema: Mapping[str, Any]) -> Any:
    whole = resolved(node, schema)
    if isinstance(value, dict):
        known = whole.get("properties", {})
        keys = [*(key for key in known if key in value), *(key for key in value if key not in known)]
        return {key: _ordered(value[key], known.get(key, {}), schema) for key in keys}
    if isinstance(value, list | tuple):
        return [_ordered(each, whole.get("items", {}), schema) for each in value]
    return value


def _required(node: Mapping[str, Any]) -> list[str]:
    wanted = set(node.get("required", ()))
    return [key for key in node["properties"] if key in wanted]

"""The schema of a kind as editors read it: without references, with every code explained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.model.schema_node import read_code_word, resolve_node

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLAIN_VALUES = frozenset({"x-words", "required", "enum", "const"})
"""Keywords whose values are no schemas."""


def build_editor_schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return a bundled schema (JSON Schema 2020-12) that demands the same and that language servers can complete from.

    References are resolved in place: beside other keywords the YAML language server does not follow them to the type of
    a value. ``enumDescriptions`` are the names of codes, and a field without a description has its title there, because
    completion shows descriptions only. Both are no part of the standard, and validators pass over them.
    """
    built: dict[str, Any] = _build_node(schema, schema)
    built.pop("$defs", None)
    return built


def _build_node(node: Any, schema: Mapping[str, Any]) -> Any:
    if isinstance(node, list):
        return [_build_node(item, schema) for item in node]
    if not isinstance(node, dict):
        return node
    whole = resolve_node(node, schema) if "$ref" in node else node
    built = {
        key: value if key in _PLAIN_VALUES else _build_node(value, schema)
        for key, value in whole.items()
        if key not in {"$ref", "$defs"}
    }
    if "x-words" in built and "enum" in built:
        names = (read_code_word(built, code) for code in built["enum"])
        built["enumDescriptions"] = [" · ".join(dict.fromkeys(name)) for name in names]
    if isinstance(built.get("title"), str) and "description" not in built:
        built["description"] = built["title"]
    return built

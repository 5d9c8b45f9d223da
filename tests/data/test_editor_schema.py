"""Schemas for editors demand what the schemas of the checks demand, and have no reference that an editor could lose."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest

from dangwu.data import resources
from dangwu.data.editor_schema import build_editor_schema
from dangwu.parse.document import parse_document
from dangwu.workspace.kind_example import build_example
from dangwu.workspace.kind_fields import list_fields

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = resources.list_kinds()
WRONG: tuple[object, ...] = (
    None,
    "",
    "x" * 3000,
    -1,
    7.5,
    10**6,
    True,
    [],
    ["x"],
    {},
    {"x": 1},
    "2026-02-30",
    "m 003",
    "【待填】",
)


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from nodes(value)
    elif isinstance(node, list):
        for value in node:
            yield from nodes(value)


def variants(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a record with each field missing or wrong, one at a time, also in its first row."""
    yield data
    yield {**data, "more": 1}
    for key, value in data.items():
        yield {name: field for name, field in data.items() if name != key}
        yield from ({**data, key: wrong} for wrong in WRONG)
        first = value[0] if isinstance(value, list) and value else value
        if isinstance(first, dict):
            for inner in variants(first):
                yield {**data, key: [inner, *value[1:]] if isinstance(value, list) else inner}
        elif isinstance(value, list):
            yield from ({**data, key: [wrong]} for wrong in WRONG)


@pytest.mark.parametrize("kind", KINDS)
def test_both_schemas_say_the_same_of_every_record(kind: str) -> None:
    example = build_example(kind, "zh")
    document, _ = parse_document(example.path, "", example.text.encode())
    assert document is not None
    plain, made = resources.load_schema(kind), build_editor_schema(resources.load_schema(kind))
    ours, theirs = (jsonschema_rs.validator_for(schema, validate_formats=True) for schema in (plain, made))
    said = [(ours.is_valid(data), theirs.is_valid(data)) for data in variants(document.data)]
    assert {here for here, _ in said} == {True, False}
    assert [here for here, there in said if here is not there] == []


@pytest.mark.parametrize("kind", KINDS)
def test_an_editor_can_complete_keys_and_codes(kind: str) -> None:
    made = json.loads(resources.format_schema(kind))
    assert "$ref" not in json.dumps(made)
    assert "$defs" not in made
    coded = [node for node in nodes(made) if "enum" in node and "x-words" in node]
    for node in coded:
        assert len(node["enumDescriptions"]) == len(node["enum"])
        assert all(word and not word.isspace() for word in node["enumDescriptions"])
    assert len(coded) >= len([field for field in list_fields(resources.load_schema(kind)) if field.choices][:1])
    for node in nodes(made["properties"]):
        if isinstance(node.get("title"), str):
            assert node["description"], "completion shows descriptions only"
            assert "type" in node or "anyOf" in node or "const" in node or "enum" in node, "and needs the type"

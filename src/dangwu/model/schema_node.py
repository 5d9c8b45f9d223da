"""Nodes of a record's schema: found by path, resolved through references, with their titles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.model.message import Bilingual

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dangwu.model.kind import FieldPath

_PEOPLE_REFERENCES = frozenset({"#/$defs/member", "#/$defs/person"})
_EMPTY_NODE: Mapping[str, Any] = {}
_BOOLEAN_WORDS = {"true": Bilingual("是", "true"), "false": Bilingual("否", "false")}
SchemaNode = dict[str, Any]


def follow_references(node: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield a schema node and the nodes that its references lead to."""
    seen: set[str] = set()
    while True:
        yield node
        name = str(node.get("$ref", "")).removeprefix("#/$defs/")
        if not name or name in seen:
            return
        seen.add(name)
        node = schema.get("$defs", _EMPTY_NODE).get(name, _EMPTY_NODE)


def resolve_node(node: Mapping[str, Any], schema: Mapping[str, Any]) -> SchemaNode:
    """Return a schema node merged with the nodes that it refers to; the nearer keyword wins."""
    merged: SchemaNode = {}
    for reference in follow_references(node, schema):
        merged = {**reference, **merged}
    return merged


def find_node(schema: Mapping[str, Any], path: FieldPath) -> SchemaNode:
    """Return the resolved node of a schema at a path; a name after a list is a field of its items."""
    node = resolve_node(schema, schema)
    for part in path:
        below = (
            node.get("items", {})
            if part is None
            else resolve_list_items(node, schema).get("properties", {}).get(part, {})
        )
        node = resolve_node(below, schema)
    return node


def resolve_list_items(node: SchemaNode, schema: Mapping[str, Any]) -> SchemaNode:
    """Return the resolved node of the items of a list; for any other node itself."""
    return resolve_node(node.get("items", node), schema)


def read_node_title(node: Mapping[str, Any], key: str) -> Bilingual:
    """Return the title of a resolved node in both languages; the field's key where the schema has none."""
    return Bilingual.parse(str(node.get("title") or key))


def read_code_word(node: Mapping[str, Any], code: object) -> Bilingual:
    """Return the name of a code, a word or a number, of a resolved node (``x-words``); the code itself without one."""
    return Bilingual.parse(str(node.get("x-words", _EMPTY_NODE).get(str(code), code)))


def read_code_words(node: Mapping[str, Any]) -> dict[str, Bilingual]:
    """Return the codes of a resolved node with their names."""
    return {str(code): read_code_word(node, str(code)) for code in node.get("enum", ())}


def list_choices(node: Mapping[str, Any], language: str) -> tuple[str, ...]:
    """Return the codes of a resolved node, each as ``code=name`` in a language, or alone where the name says the same.

    Of a field that is true or false these are the two; of any other field there are none.
    """
    words = _BOOLEAN_WORDS if node.get("type") == "boolean" else read_code_words(node)
    return tuple(format_choice(code, name, language) for code, name in words.items())


def name_choices(node: Mapping[str, Any]) -> tuple[Bilingual, ...]:
    """Return the codes of a resolved node with their names, as ``list_choices`` has them, in both languages."""
    return tuple(name_choice(code, name) for code, name in read_code_words(node).items())


def name_choice(code: str, name: Bilingual) -> Bilingual:
    """Return a code with its name in both languages."""
    return Bilingual(format_choice(code, name, "zh"), format_choice(code, name, "en"))


def find_choice(options: Mapping[str, Bilingual], word: str) -> str | None:
    """Return the code that a word means, by itself or by its name in either language, in any case; None for none."""
    wanted = word.strip().casefold()
    return next((code for code, name in options.items() if wanted in {code, *(one.casefold() for one in name)}), None)


def format_choice(code: str, name: Bilingual, language: str) -> str:
    """Return ``code=name`` in a language; the code alone where the name says the same."""
    word = name.zh if language == "zh" else name.en
    return code if word.casefold() in {code, code.replace("-", " ")} else f"{code}={word}"


def holds_person(node: Mapping[str, Any], schema: Mapping[str, Any]) -> bool:
    """Tell whether a field holds the id of a member, or of somebody of the staff list."""
    return any(
        str(reference.get("$ref", "")) in _PEOPLE_REFERENCES
        or any(holds_person(choice, schema) for choice in reference.get("anyOf", ()))
        for reference in follow_references(node, schema)
    )

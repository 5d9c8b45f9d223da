"""Data of one record → its text, laid out as people write it, for every kind by its schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.authoring.record_comments import (
    LINE_WIDTH,
    CommentedLine,
    align_comments,
    count_columns,
    find_schema_part,
    list_field_choices,
    list_row_choices,
    place_comment,
)
from dangwu.authoring.yaml_scalar import render_scalar
from dangwu.model.document import PLACEHOLDER
from dangwu.model.kind import build_kind
from dangwu.model.message import Bilingual
from dangwu.model.schema_node import follow_references

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

_ITEMS_PER_LINE = 10
_MAX_SHORT_MAPPING = 40
_PLAIN_KEYS = frozenset({"yes", "no"})
"""Field names of a vote, which YAML 1.2 reads as text without quotation marks."""
_EMPTY_NODE: Mapping[str, Any] = {}


def render_record(
    schema: Mapping[str, Any],
    data: Mapping[str, Any],
    *,
    language: str,
    comments: bool = True,
    sections: Mapping[str, str] | None = None,
    schema_line: str | None = None,
) -> str:
    """Return the text of a record, with fields in the order of the bundled schema and unknown fields last.

    ``sections`` are the sections of a Markdown body by their Chinese headings; a missing one is 【待填】.
    """
    lines = [] if schema_line is None else [f"# yaml-language-server: $schema={schema_line}"]
    lines += align_comments(list(_render_fields(schema, data, language if comments else None)))
    header = "\n".join(lines) + "\n"
    if not schema["x-path"].endswith(".md"):
        return header
    return f"---\n{header}---\n\n{_render_body(schema, data, language, sections or {})}"


class SchemaPlace(NamedTuple):
    """A place in a schema, by the nodes that references lead to; it writes values as new records have them."""

    chain: Sequence[Mapping[str, Any]]
    schema: Mapping[str, Any]

    def field(self, key: str) -> SchemaPlace:
        """Return the place of a field."""
        return self._descend(find_schema_part(self.chain, "properties").get(key, _EMPTY_NODE))

    def item(self) -> SchemaPlace:
        """Return the place of the items of a list."""
        return self._descend(find_schema_part(self.chain, "items"))

    def _descend(self, node: Mapping[str, Any]) -> SchemaPlace:
        return SchemaPlace([*follow_references(node, self.schema)], self.schema)

    def order(self, names: Collection[str]) -> list[str]:
        """Return the names of fields in the order of the schema, unknown ones last."""
        known = [name for name in find_schema_part(self.chain, "properties") if name in names]
        return [*known, *(name for name in names if name not in known)]

    def render_field(self, key: str, value: Any) -> list[str]:
        """Return the lines of a field, which this is the place of."""
        return [line for line, _ in _render_field(key, value, self.chain, self.schema, "")]

    def render_item(self, value: Any) -> list[str]:
        """Return the lines of an item of a list; the first begins with its hyphen, two blanks in."""
        return [line for line, _ in _render_item(value, self.chain, self.schema)]

    def render_flow(self, value: Any) -> str:
        """Return a value on one line within brackets."""
        return _render_flow(value, self.chain, self.schema)

    def render_scalar(self, value: Any) -> str:
        """Return a single value on a line of its own."""
        return render_scalar(value, is_date=_is_date(self.chain, self.schema))


def build_record_path(
    schema: Mapping[str, Any], data: Mapping[str, Any], slug: str | None = None, *, taken: Collection[str] = frozenset()
) -> str:
    """Return the path of a record, with ``/``; where it is taken, with ``-2``, ``-3`` and so on."""
    path = build_kind(schema).path(data, slug or "")
    stem, dot, ending = path.rpartition(".")
    number = 1
    while path in taken:
        number += 1
        path = f"{stem}-{number}{dot}{ending}"
    return path


def read_schema_title(node: Mapping[str, Any], language: str) -> str:
    """Return a schema node's title in one language; "" where there is none."""
    title = Bilingual.parse(str(node.get("title", "")))
    return title.zh if language == "zh" else title.en


def _render_body(schema: Mapping[str, Any], data: Mapping[str, Any], language: str, sections: Mapping[str, str]) -> str:
    parts = [f"# {read_schema_title(schema, language)} {data.get('date', '')}".rstrip()]
    for heading in schema.get("x-headings", ()):
        parts.append(f"## {heading[language]}")
        parts.append(sections.get(heading["zh"], PLACEHOLDER).strip("\n"))
    return "\n\n".join(parts) + "\n"


def _render_fields(schema: Mapping[str, Any], data: Mapping[str, Any], language: str | None) -> Iterator[CommentedLine]:
    properties: Mapping[str, Any] = schema["properties"]
    known = [key for key in properties if key in data]
    for key in (*known, *(key for key in data if key not in properties)):
        nodes = list(follow_references(properties.get(key, _EMPTY_NODE), schema))
        comment = _find_comment(nodes, language)
        if key == "kind" and comment:
            comment += f": {read_schema_title(schema, language or '')}"
        yield from _render_field(key, data[key], nodes, schema, comment, language=language)


def _render_field(
    key: str,
    value: Any,
    chain: Sequence[Mapping[str, Any]],
    schema: Mapping[str, Any],
    comment: str,
    *,
    language: str | None = None,
) -> Iterator[CommentedLine]:
    name = key if key in _PLAIN_KEYS else render_scalar(key)
    if isinstance(value, list | tuple):
        yield from _render_list(name, value, chain, schema, comment, language=language)
    elif isinstance(value, dict):
        short = _render_flow_mapping(value, chain, schema)
        if short is not None and count_columns(short) <= _MAX_SHORT_MAPPING:
            choices = list_row_choices([value], chain, schema, language)
            yield from place_comment(f"{name}: {short}", comment, choices if comment else ())
        else:
            yield f"{name}:", comment if PLACEHOLDER in value.values() else ""
            yield from _indent_lines(_render_mapping(value, chain, schema, language), "  ", "  ")
    else:
        line = f"{name}: {render_scalar(value, is_date=_is_date(chain, schema))}"
        choices = list_field_choices(value, chain, language) if comment else ()
        yield from place_comment(line, comment, (": " + choices[0], *choices[1:]) if choices else ())


def _render_list(
    name: str,
    value: Sequence[Any],
    chain: Sequence[Mapping[str, Any]],
    schema: Mapping[str, Any],
    comment: str,
    *,
    language: str | None,
) -> Iterator[CommentedLine]:
    items = list(follow_references(find_schema_part(chain, "items"), schema))
    if any(isinstance(item, dict | list | tuple) for item in value):
        rows = [item for item in value if isinstance(item, dict)]
        choices = list_row_choices(rows, items, schema, language) if comment else ()
        unfinished = any(PLACEHOLDER in row.values() for row in rows)
        yield from place_comment(f"{name}:", comment if choices or unfinished else "", choices)
        for item in value:
            yield from _render_item(item, items, schema)
        return
    choices = list_field_choices(value[0], items, language) if comment and value else ()
    choices = (": " + choices[0], *choices[1:]) if choices else ()
    words = [render_scalar(item, flow=True, is_date=_is_date(items, schema)) for item in value]
    if not all(word.isascii() and " " not in word for word in words):
        yield from place_comment(f"{name}:", comment if PLACEHOLDER in value else "", choices)
        yield from ((f"  - {render_scalar(item, is_date=_is_date(items, schema))}", "") for item in value)
        return
    line = f"{name}: [{', '.join(words)}]"
    if count_columns(line) <= LINE_WIDTH and (len(words) <= _ITEMS_PER_LINE * 2 or not comment):
        yield from place_comment(line, comment, choices)
        return
    yield f"{name}: [", comment
    for row in _split_rows(words):
        yield f"  {', '.join(row)},", ""
    yield "  ]", ""


def _split_rows(words: Sequence[str]) -> Iterator[list[str]]:
    """Yield words in rows of at most ten that fit the width of a line."""
    row: list[str] = []
    used = 2
    for word in words:
        width = count_columns(word) + 2
        if row and (len(row) == _ITEMS_PER_LINE or used + width > LINE_WIDTH):
            yield row
            row, used = [], 2
        row.append(word)
        used += width
    yield row


def _render_item(value: Any, chain: Sequence[Mapping[str, Any]], schema: Mapping[str, Any]) -> Iterator[CommentedLine]:
    if isinstance(value, dict):
        short = _render_flow_mapping(value, chain, schema)
        if short is not None and count_columns(short) <= LINE_WIDTH - 4:
            yield f"  - {short}", ""
        else:
            yield from _indent_lines(_render_mapping(value, chain, schema), "  - ", "    ")
    elif isinstance(value, list | tuple):
        yield f"  - {_render_flow(value, chain, schema)}", ""
    else:
        yield f"  - {render_scalar(value, is_date=_is_date(chain, schema))}", ""


def _render_mapping(
    value: Mapping[str, Any],
    chain: Sequence[Mapping[str, Any]],
    schema: Mapping[str, Any],
    language: str | None = None,
) -> Iterator[CommentedLine]:
    """Yield the lines of a mapping; with a language, placeholders get the field's title as a comment."""
    properties = find_schema_part(chain, "properties")
    for key, item in value.items():
        nodes = list(follow_references(properties.get(key, _EMPTY_NODE), schema))
        comment = _find_comment(nodes, language) if item == PLACEHOLDER else ""
        yield from _render_field(key, item, nodes, schema, comment, language=language)


def _find_comment(nodes: Sequence[Mapping[str, Any]], language: str | None) -> str:
    """Return the first title along a chain of nodes in a language; "" without one, or without a language."""
    return next((read_schema_title(node, language) for node in nodes if "title" in node), "") if language else ""


def _render_flow_mapping(
    value: Mapping[str, Any], chain: Sequence[Mapping[str, Any]], schema: Mapping[str, Any]
) -> str | None:
    """Return a mapping on one line; None if it contains a list of mappings."""
    if any(
        isinstance(field, list | tuple) and any(isinstance(item, dict) for item in field) for field in value.values()
    ):
        return None
    return _render_flow(value, chain, schema) if value else "{}"


def _render_flow(value: Any, chain: Sequence[Mapping[str, Any]], schema: Mapping[str, Any]) -> str:
    if isinstance(value, dict):
        properties = find_schema_part(chain, "properties")
        pairs = []
        for key, item in value.items():
            name = key if key in _PLAIN_KEYS else render_scalar(key, flow=True)
            pairs.append(
                f"{name}: "
                f"{_render_flow(item, list(follow_references(properties.get(key, _EMPTY_NODE), schema)), schema)}"
            )
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list | tuple):
        items = list(follow_references(find_schema_part(chain, "items"), schema))
        return "[" + ", ".join(_render_flow(item, items, schema) for item in value) + "]"
    return render_scalar(value, flow=True, is_date=_is_date(chain, schema))


def _is_date(chain: Sequence[Mapping[str, Any]], schema: Mapping[str, Any]) -> bool:
    for node in chain:
        if node.get("format") == "date":
            return True
        if any(_is_date(list(follow_references(choice, schema)), schema) for choice in node.get("anyOf", ())):
            return True
    return False


def _indent_lines(lines: Iterator[CommentedLine], first: str, rest: str) -> Iterator[CommentedLine]:
    for number, (line, comment) in enumerate(lines):
        yield (rest if number else first) + line, comment

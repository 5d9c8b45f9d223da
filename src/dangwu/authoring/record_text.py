"""Data of one record → its text, laid out as people write it, for every kind by its schema."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from dangwu.authoring.yaml_scalar import render_scalar
from dangwu.model.document import PLACEHOLDER
from dangwu.model.kind import build_kind
from dangwu.model.message import Bilingual
from dangwu.model.schema_node import follow_references, list_choices

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

LINE_WIDTH = 100
_ITEMS_PER_LINE = 10
_MAX_SHORT_MAPPING = 40
_MAX_COMMENT_COLUMN = 44
_MAX_CHOICES = 8
_PLAIN_KEYS = frozenset({"yes", "no"})
"""Field names of a vote, which YAML 1.2 reads as text without quotation marks."""
_EMPTY_NODE: Mapping[str, Any] = {}

CommentedLine = tuple[str, str]
"""A line of YAML and its comment, "" for none. The line is empty for a comment on a line of its own."""


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
    lines += _align_comments(list(_render_fields(schema, data, language if comments else None)))
    header = "\n".join(lines) + "\n"
    if not schema["x-path"].endswith(".md"):
        return header
    return f"---\n{header}---\n\n{_render_body(schema, data, language, sections or {})}"


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
        if short is not None and _count_columns(short) <= _MAX_SHORT_MAPPING:
            choices = _list_row_choices([value], chain, schema, language)
            yield from _place_comment(f"{name}: {short}", comment, choices if comment else ())
        else:
            yield f"{name}:", comment if PLACEHOLDER in value.values() else ""
            yield from _indent_lines(_render_mapping(value, chain, schema, language), "  ", "  ")
    else:
        line = f"{name}: {render_scalar(value, is_date=_is_date(chain, schema))}"
        choices = _list_choices(value, chain, language) if comment else ()
        yield from _place_comment(line, comment, (": " + choices[0], *choices[1:]) if choices else ())


def _render_list(
    name: str,
    value: Sequence[Any],
    chain: Sequence[Mapping[str, Any]],
    schema: Mapping[str, Any],
    comment: str,
    *,
    language: str | None,
) -> Iterator[CommentedLine]:
    items = list(follow_references(_find_schema_part(chain, "items"), schema))
    if any(isinstance(item, dict | list | tuple) for item in value):
        rows = [item for item in value if isinstance(item, dict)]
        choices = _list_row_choices(rows, items, schema, language) if comment else ()
        unfinished = any(PLACEHOLDER in row.values() for row in rows)
        yield from _place_comment(f"{name}:", comment if choices or unfinished else "", choices)
        for item in value:
            yield from _render_item(item, items, schema)
        return
    choices = _list_choices(value[0], items, language) if comment and value else ()
    choices = (": " + choices[0], *choices[1:]) if choices else ()
    words = [render_scalar(item, flow=True, is_date=_is_date(items, schema)) for item in value]
    if not all(word.isascii() and " " not in word for word in words):
        yield from _place_comment(f"{name}:", comment if PLACEHOLDER in value else "", choices)
        yield from ((f"  - {render_scalar(item, is_date=_is_date(items, schema))}", "") for item in value)
        return
    line = f"{name}: [{', '.join(words)}]"
    if _count_columns(line) <= LINE_WIDTH and (len(words) <= _ITEMS_PER_LINE * 2 or not comment):
        yield from _place_comment(line, comment, choices)
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
        width = _count_columns(word) + 2
        if row and (len(row) == _ITEMS_PER_LINE or used + width > LINE_WIDTH):
            yield row
            row, used = [], 2
        row.append(word)
        used += width
    yield row


def _render_item(value: Any, chain: Sequence[Mapping[str, Any]], schema: Mapping[str, Any]) -> Iterator[CommentedLine]:
    if isinstance(value, dict):
        short = _render_flow_mapping(value, chain, schema)
        if short is not None and _count_columns(short) <= LINE_WIDTH - 4:
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
    properties = _find_schema_part(chain, "properties")
    for key, item in value.items():
        nodes = list(follow_references(properties.get(key, _EMPTY_NODE), schema))
        comment = _find_comment(nodes, language) if item == PLACEHOLDER else ""
        yield from _render_field(key, item, nodes, schema, comment, language=language)


def _find_comment(nodes: Sequence[Mapping[str, Any]], language: str | None) -> str:
    """Return the first title along a chain of nodes in a language; "" without one, or without a language."""
    return next((read_schema_title(node, language) for node in nodes if "title" in node), "") if language else ""


def _list_choices(value: Any, chain: Sequence[Mapping[str, Any]], language: str | None) -> tuple[str, ...]:
    """Return the choices of a field with few of them, each with its name; none for a finished yes or no.

    All choices and not the name of the one that stands there: whoever writes another one leaves no wrong name behind.
    """
    node = next((node for node in chain if "enum" in node or node.get("type") == "boolean"), _EMPTY_NODE)
    if language is None or (node.get("type") == "boolean" and value != PLACEHOLDER):
        return ()
    choices = list_choices(node, language)
    return choices if len(choices) <= _MAX_CHOICES else ()


def _list_row_choices(
    rows: Sequence[Mapping[str, Any]],
    chain: Sequence[Mapping[str, Any]],
    schema: Mapping[str, Any],
    language: str | None,
) -> tuple[str, ...]:
    """Return the choices of the columns of rows, each column's first with the column's name before it."""
    properties = _find_schema_part(chain, "properties")
    # A column left to write in any row counts as that.
    values = {key: value for row in rows for key, value in row.items()}
    values |= {key: value for row in rows for key, value in row.items() if value == PLACEHOLDER}
    found: list[str] = []
    for key, value in values.items():
        nodes = list(follow_references(properties.get(key, _EMPTY_NODE), schema))
        choices = _list_choices(value, nodes, language)
        if choices:
            found += [f"; {key}: {choices[0]}", *choices[1:]]
    return tuple(found)


def _place_comment(line: str, comment: str, choices: Sequence[str]) -> Iterator[CommentedLine]:
    """Yield a line with its comment and choices; what does not fit beside it stands in lines of comment above."""
    text = comment + _join_choices(choices)
    if not choices or _count_columns(line) + _count_columns(text) + 4 <= LINE_WIDTH:
        yield line, text
        return
    row = comment
    for at, choice in enumerate(choices):
        more = choice if at == 0 or choice.startswith(";") else f"|{choice}"
        if at and _count_columns(row + more) > LINE_WIDTH - 3:
            yield "", row + more[: more.startswith("|")]
            row = "  " + more.lstrip("; |")
        else:
            row += more
    yield "", row
    yield line, ""


def _join_choices(choices: Sequence[str]) -> str:
    return "".join(choice if at == 0 or choice.startswith(";") else f"|{choice}" for at, choice in enumerate(choices))


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
        properties = _find_schema_part(chain, "properties")
        pairs = []
        for key, item in value.items():
            name = key if key in _PLAIN_KEYS else render_scalar(key, flow=True)
            pairs.append(
                f"{name}: "
                f"{_render_flow(item, list(follow_references(properties.get(key, _EMPTY_NODE), schema)), schema)}"
            )
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list | tuple):
        items = list(follow_references(_find_schema_part(chain, "items"), schema))
        return "[" + ", ".join(_render_flow(item, items, schema) for item in value) + "]"
    return render_scalar(value, flow=True, is_date=_is_date(chain, schema))


def _find_schema_part(chain: Sequence[Mapping[str, Any]], name: str) -> Mapping[str, Any]:
    """Return ``items`` or ``properties`` of the first node that has it, along references and ``anyOf``."""
    for node in chain:
        for candidate in (node, *node.get("anyOf", ())):
            if name in candidate:
                part: Mapping[str, Any] = candidate[name]
                return part
    return _EMPTY_NODE


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


def _align_comments(lines: Sequence[CommentedLine]) -> list[str]:
    """Return the lines with their comments in one column, except after lines longer than that."""
    widths = [_count_columns(line) for line, comment in lines if comment and line.strip()]
    column = max((width for width in widths if width <= _MAX_COMMENT_COLUMN), default=0)
    return [
        line
        if not comment
        else f"{line}{' ' * max(column - _count_columns(line), 0)}  # {comment}"
        if line.strip()
        else f"{line}# {comment}"
        for line, comment in lines
    ]


def _count_columns(text: str) -> int:
    return len(text) if text.isascii() else sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)

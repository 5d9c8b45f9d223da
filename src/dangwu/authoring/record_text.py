"""Data of one record → its text, as a person would have written it: for every kind, told by its schema."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from dangwu.authoring.yaml_scalar import render_scalar
from dangwu.model.document import PLACEHOLDER
from dangwu.model.kind import build_kind
from dangwu.model.message import Bilingual
from dangwu.model.schema_node import follow_references

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

LINE_WIDTH = 100
_ITEMS_PER_LINE = 10
_MAX_SHORT_MAPPING = 40
_MAX_COMMENT_COLUMN = 44
_MAX_CHOICES = 8
_PLAIN_KEYS = frozenset({"yes", "no"})
"""Field names of a vote: text in YAML 1.2, and what people type."""
_EMPTY_NODE: Mapping[str, Any] = {}

CommentedLine = tuple[str, str]
"""A line of YAML and the comment that stands beside it."""


def render_record(
    schema: Mapping[str, Any],
    data: Mapping[str, Any],
    *,
    language: str,
    comments: bool = True,
    sections: Mapping[str, str] | None = None,
    schema_line: str | None = None,
) -> str:
    """Return the text of a record; ``sections`` holds the text of each part of a Markdown body by its Chinese heading.

    Fields stand in the order of the schema (bundled, with its ``$defs``), unknown ones last.
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
    """Return where a record belongs, with ``/``; of several with one name the next gets ``-2``, ``-3``."""
    path = build_kind(schema).path(data, slug or "")
    stem, dot, ending = path.rpartition(".")
    number = 1
    while path in taken:
        number += 1
        path = f"{stem}-{number}{dot}{ending}"
    return path


def read_schema_title(node: Mapping[str, Any], language: str) -> str:
    """Return the part of a schema title that is in this language; "" where there is none."""
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
        comment = next((read_schema_title(node, language) for node in nodes if "title" in node), "") if language else ""
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
        yield from _render_list(name, value, chain, schema, comment)
    elif isinstance(value, dict):
        short = _render_flow_mapping(value, chain, schema)
        if short is not None and _count_columns(short) <= _MAX_SHORT_MAPPING:
            yield f"{name}: {short}", comment
        else:
            yield f"{name}:", comment if PLACEHOLDER in value.values() else ""
            yield from _indent_lines(_render_mapping(value, chain, schema, language), "  ", "  ")
    else:
        words = _format_choices(value, chain) if comment else ""
        yield f"{name}: {render_scalar(value, is_date=_is_date(chain, schema))}", comment + words


def _render_list(
    name: str, value: Sequence[Any], chain: Sequence[Mapping[str, Any]], schema: Mapping[str, Any], comment: str
) -> Iterator[CommentedLine]:
    items = list(follow_references(_find_schema_part(chain, "items"), schema))
    if any(isinstance(each, dict | list | tuple) for each in value):
        yield f"{name}:", _format_row_hint(value[0], items, schema, comment) if comment else ""
        for each in value:
            yield from _render_item(each, items, schema)
        return
    words = [render_scalar(each, flow=True, is_date=_is_date(items, schema)) for each in value]
    if not all(word.isascii() and " " not in word for word in words):
        yield f"{name}:", comment + _format_choices(value[0], items) if comment and PLACEHOLDER in value else ""
        yield from ((f"  - {render_scalar(each, is_date=_is_date(items, schema))}", "") for each in value)
        return
    line = f"{name}: [{', '.join(words)}]"
    if _count_columns(line) <= LINE_WIDTH and (len(words) <= _ITEMS_PER_LINE * 2 or not comment):
        yield line, comment
        return
    yield f"{name}: [", comment
    for row in _split_rows(words):
        yield f"  {', '.join(row)},", ""
    yield "  ]", ""


def _split_rows(words: Sequence[str]) -> Iterator[list[str]]:
    row: list[str] = []
    used = 2
    for word in words:
        wide = _count_columns(word) + 2
        if row and (len(row) == _ITEMS_PER_LINE or used + wide > LINE_WIDTH):
            yield row
            row, used = [], 2
        row.append(word)
        used += wide
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
    """Yield the lines of a mapping; in a language, with a comment beside what is left to write."""
    properties = _find_schema_part(chain, "properties")
    for key, each in value.items():
        nodes = list(follow_references(properties.get(key, _EMPTY_NODE), schema))
        left = language is not None and each == PLACEHOLDER
        comment = (
            next((read_schema_title(node, str(language)) for node in nodes if "title" in node), "") if left else ""
        )
        yield from _render_field(key, each, nodes, schema, comment, language=language)


def _format_choices(value: Any, chain: Sequence[Mapping[str, Any]]) -> str:
    """Return the words to choose from where a person must still choose one."""
    if value != PLACEHOLDER:
        return ""
    for node in chain:
        options = ("true", "false") if node.get("type") == "boolean" else node.get("enum", ())
        if options and len(options) <= _MAX_CHOICES:
            return ": " + "|".join(str(option) for option in options)
    return ""


def _format_row_hint(row: Any, chain: Sequence[Mapping[str, Any]], schema: Mapping[str, Any], comment: str) -> str:
    """Return the comment on a list of rows that a person must finish: its title, and the words for its columns."""
    if not isinstance(row, dict) or PLACEHOLDER not in row.values():
        return ""
    properties = _find_schema_part(chain, "properties")
    words = {
        key: _format_choices(each, list(follow_references(properties.get(key, _EMPTY_NODE), schema)))
        for key, each in row.items()
    }
    return "; ".join([comment, *(f"{key}{each}" for key, each in words.items() if each)])


def _render_flow_mapping(
    value: Mapping[str, Any], chain: Sequence[Mapping[str, Any]], schema: Mapping[str, Any]
) -> str | None:
    """Return a mapping on one line, None when something in it asks for lines of its own."""
    if any(isinstance(each, list | tuple) and any(isinstance(one, dict) for one in each) for each in value.values()):
        return None
    return _render_flow(value, chain, schema) if value else "{}"


def _render_flow(value: Any, chain: Sequence[Mapping[str, Any]], schema: Mapping[str, Any]) -> str:
    if isinstance(value, dict):
        properties = _find_schema_part(chain, "properties")
        pairs = []
        for key, each in value.items():
            name = key if key in _PLAIN_KEYS else render_scalar(key, flow=True)
            pairs.append(
                f"{name}: "
                f"{_render_flow(each, list(follow_references(properties.get(key, _EMPTY_NODE), schema)), schema)}"
            )
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list | tuple):
        items = list(follow_references(_find_schema_part(chain, "items"), schema))
        return "[" + ", ".join(_render_flow(each, items, schema) for each in value) + "]"
    return render_scalar(value, flow=True, is_date=_is_date(chain, schema))


def _find_schema_part(chain: Sequence[Mapping[str, Any]], name: str) -> Mapping[str, Any]:
    """Return ``items`` or ``properties`` of a schema node, looked for along its references and choices."""
    for node in chain:
        for each in (node, *node.get("anyOf", ())):
            if name in each:
                part: Mapping[str, Any] = each[name]
                return part
    return _EMPTY_NODE


def _is_date(chain: Sequence[Mapping[str, Any]], schema: Mapping[str, Any]) -> bool:
    for node in chain:
        if node.get("format") == "date":
            return True
        if any(_is_date(list(follow_references(each, schema)), schema) for each in node.get("anyOf", ())):
            return True
    return False


def _indent_lines(lines: Iterator[CommentedLine], first: str, rest: str) -> Iterator[CommentedLine]:
    for number, (line, comment) in enumerate(lines):
        yield (rest if number else first) + line, comment


def _align_comments(lines: Sequence[CommentedLine]) -> list[str]:
    """Put the comments in one column, except beside lines that reach beyond it."""
    widths = [_count_columns(line) for line, comment in lines if comment]
    column = max((wide for wide in widths if wide <= _MAX_COMMENT_COLUMN), default=0)
    return [
        f"{line}{' ' * max(column - _count_columns(line), 0)}  # {comment}" if comment else line
        for line, comment in lines
    ]


def _count_columns(text: str) -> int:
    return len(text) if text.isascii() else sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)

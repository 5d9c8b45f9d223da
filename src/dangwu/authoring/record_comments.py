"""Comments beside the fields of a new record: titles, and the codes of a field with their names."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from dangwu.model.document import PLACEHOLDER
from dangwu.model.schema_node import follow_references, list_choices

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LINE_WIDTH = 100
_MAX_COMMENT_COLUMN = 44
_MAX_CHOICES = 8
_EMPTY_NODE: Mapping[str, Any] = {}

CommentedLine = tuple[str, str]
"""A line of YAML and its comment, "" for none. The line is empty for a comment on a line of its own."""


def list_field_choices(value: Any, chain: Sequence[Mapping[str, Any]], language: str | None) -> tuple[str, ...]:
    """Return the choices of a field with few of them, each with its name; none for a finished yes or no.

    All choices and not the name of the one that stands there: whoever writes another one leaves no wrong name behind.
    """
    node = next((node for node in chain if "enum" in node or node.get("type") == "boolean"), _EMPTY_NODE)
    if language is None or (node.get("type") == "boolean" and value != PLACEHOLDER):
        return ()
    choices = list_choices(node, language)
    return choices if len(choices) <= _MAX_CHOICES else ()


def list_row_choices(
    rows: Sequence[Mapping[str, Any]],
    chain: Sequence[Mapping[str, Any]],
    schema: Mapping[str, Any],
    language: str | None,
) -> tuple[str, ...]:
    """Return the choices of the columns of rows, each column's first with the column's name before it."""
    properties = find_schema_part(chain, "properties")
    # A column left to write in any row counts as that.
    values = {key: value for row in rows for key, value in row.items()}
    values |= {key: value for row in rows for key, value in row.items() if value == PLACEHOLDER}
    found: list[str] = []
    for key, value in values.items():
        nodes = list(follow_references(properties.get(key, _EMPTY_NODE), schema))
        choices = list_field_choices(value, nodes, language)
        if choices:
            found += [f"; {key}: {choices[0]}", *choices[1:]]
    return tuple(found)


def place_comment(line: str, comment: str, choices: Sequence[str]) -> Iterator[CommentedLine]:
    """Yield a line with its comment and choices; what does not fit beside it stands in lines of comment above."""
    text = comment + _join_choices(choices)
    if not choices or count_columns(line) + count_columns(text) + 4 <= LINE_WIDTH:
        yield line, text
        return
    row = comment
    for at, choice in enumerate(choices):
        more = choice if at == 0 or choice.startswith(";") else f"|{choice}"
        if at and count_columns(row + more) > LINE_WIDTH - 3:
            yield "", row + more[: more.startswith("|")]
            row = "  " + more.lstrip("; |")
        else:
            row += more
    yield "", row
    yield line, ""


def _join_choices(choices: Sequence[str]) -> str:
    return "".join(choice if at == 0 or choice.startswith(";") else f"|{choice}" for at, choice in enumerate(choices))


def align_comments(lines: Sequence[CommentedLine]) -> list[str]:
    """Return the lines with their comments in one column, except after lines longer than that."""
    widths = [count_columns(line) for line, comment in lines if comment and line.strip()]
    column = max((width for width in widths if width <= _MAX_COMMENT_COLUMN), default=0)
    return [
        line
        if not comment
        else f"{line}{' ' * max(column - count_columns(line), 0)}  # {comment}"
        if line.strip()
        else f"{line}# {comment}"
        for line, comment in lines
    ]


def find_schema_part(chain: Sequence[Mapping[str, Any]], name: str) -> Mapping[str, Any]:
    """Return ``items`` or ``properties`` of the first node that has it, along references and ``anyOf``."""
    for node in chain:
        for candidate in (node, *node.get("anyOf", ())):
            if name in candidate:
                part: Mapping[str, Any] = candidate[name]
                return part
    return _EMPTY_NODE


def count_columns(text: str) -> int:
    """Return the columns that a text takes on a terminal."""
    return len(text) if text.isascii() else sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)

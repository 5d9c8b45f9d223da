"""A Markdown record as two parts: front matter and body."""

from __future__ import annotations

from typing import NamedTuple


class MarkdownParts(NamedTuple):
    """Front matter as text with its line numbers kept (blank lines stand before it), and the body's lines."""

    header: str | None
    body: list[str]
    body_line: int


def split_front_matter(text: str) -> MarkdownParts:
    """Split at the two lines of three hyphens; ``header`` is None where they are missing or never closed."""
    if not text.startswith("---"):
        return MarkdownParts(None, text.split("\n"), 1)
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return MarkdownParts(None, lines, 1)
    for row in range(1, len(lines)):
        if lines[row].startswith("---") and lines[row].rstrip() == "---":
            return MarkdownParts("\n" + "\n".join(lines[1:row]) + "\n", lines[row + 1 :], row + 2)
    return MarkdownParts(None, [], 1)

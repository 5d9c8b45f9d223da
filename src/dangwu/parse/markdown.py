"""A Markdown record as two parts: front matter and body."""

from __future__ import annotations

from typing import NamedTuple


class Parts(NamedTuple):
    """Front matter as text with its line numbers kept (blank lines stand before it), and the body's lines."""

    header: str | None
    body: list[str]
    body_line: int


def split(text: str) -> Parts:
    """Split at the two lines of three hyphens; ``header`` is None where they are missing or never closed."""
    if not text.startswith("---"):
        return Parts(None, text.split("\n"), 1)
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return Parts(None, lines, 1)
    for row in range(1, len(lines)):
        if lines[row].startswith("---") and lines[row].rstrip() == "---":
            return Parts("\n" + "\n".join(lines[1:row]) + "\n", lines[row + 1 :], row + 2)
    return Parts(None, [], 1)

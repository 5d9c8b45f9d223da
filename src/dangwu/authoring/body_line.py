"""A line of plain words → a paragraph of a record's body, in which no mark at its beginning hides it."""

from __future__ import annotations

import re

_HIDING = re.compile(r"#{1,6}(?:\s|$)|(?:=+|-+|_{3,}|\*{3,})\s*$|`{3}|~{3}|<!--")
"""What CommonMark takes for a heading, a rule, the beginning of code or a comment, which is no text of a section."""


def escape_line(line: str) -> str:
    """Return a line with a backslash before a mark at its beginning that would hide it or make it a heading."""
    return f"\\{line}" if _HIDING.match(line) else line

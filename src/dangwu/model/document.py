"""Documents: files read as plain data, for Markdown with the headings of the body."""

from __future__ import annotations

from typing import Any, NamedTuple

PLACEHOLDER = "【待填】"
"""Marks in a record what a person has still to write."""
LOST_MARKS = frozenset("?？□〓■")
"""What programs write in a name in the place of a character that their encoding or font does not have."""


class SectionHeading(NamedTuple):
    """A heading of a Markdown body; ``written`` says whether its section has any text.

    ``underlined`` headings are headings because of a line of hyphens or equals signs below them.
    """

    title: str
    line: int
    level: int
    written: bool
    underlined: bool = False


class Document(NamedTuple):
    """A file whose bytes could be read as text and as YAML.

    ``data`` holds only dict, list, str, int, float, bool and None; dates stay text. ``headings`` are those of a
    Markdown body. ``blanks`` are line and column, from 1, of each 【待填】. ``raw`` are the bytes of the file, from
    which the lines and columns of findings are worked out.
    """

    path: str
    blob: str
    raw: bytes
    data: dict[str, Any]
    headings: tuple[SectionHeading, ...] = ()
    blanks: tuple[tuple[int, int], ...] = ()

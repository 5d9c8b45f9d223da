"""One file as read: plain data, and for Markdown the body."""

from __future__ import annotations

from typing import Any, NamedTuple


class SectionHeading(NamedTuple):
    """A heading of a Markdown body. ``written`` says whether anything is said below it.

    One that is ``underlined`` is so because of the line of hyphens or equals signs below it.
    """

    title: str
    line: int
    level: int
    written: bool
    underlined: bool = False


class Document(NamedTuple):
    """A file whose bytes could be read as text and as YAML.

    ``data`` holds only dict, list, str, int, float, bool and None; dates stay text. ``headings`` are those of a
    Markdown body. ``blanks`` are the places, as line and column, where 【待填】 still stands. ``raw`` is kept so
    that lines and columns of values can be worked out when a finding needs them.
    """

    path: str
    blob: str
    raw: bytes
    data: dict[str, Any]
    headings: tuple[SectionHeading, ...] = ()
    blanks: tuple[tuple[int, int], ...] = ()

"""A Markdown record: front matter, and the headings of its body. Headings by a scan (CommonMark 4.2, 4.3)."""

from __future__ import annotations

import re
from typing import NamedTuple

from dangwu.model.document import SectionHeading

_ATX_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t](.*))?")
_SETEXT_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


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


def find_headings(body: list[str], body_line: int) -> tuple[SectionHeading, ...]:
    """Return the headings of a body; a heading is written when text stands below it or below its own sub-headings."""
    found: list[SectionHeading] = []
    fence = ""
    lines = blank_comments(body)
    rows = iter(range(len(lines)))
    for row in rows:
        line = lines[row]
        first = line.lstrip(" ")[:1]
        if not first:
            continue
        opened = _FENCE.match(line) if first in "`~" else None
        if fence:
            fence = "" if opened and opened[1].startswith(fence) and not line.strip(" `~") else fence
        elif opened:
            fence = opened[1]
        elif first == "#" and (atx := _ATX_HEADING.fullmatch(line)):
            found.append(
                SectionHeading(_strip_closing_hashes(atx[2] or ""), row + body_line, len(atx[1]), written=False)
            )
            continue
        elif rule := _find_underline_level(lines, row + 1):
            found.append(SectionHeading(line.strip(), row + body_line, rule, written=False))
            next(rows)
            continue
        if found and not found[-1].written:
            found[-1] = found[-1]._replace(written=True)
    return tuple(_mark_written_parents(found))


def _strip_closing_hashes(text: str) -> str:
    """Return a heading's text without the hash signs that may close it."""
    text = text.strip()
    bare = text.rstrip("#")
    return bare.rstrip() if bare[-1:] in {"", " ", "\t"} else text


def _find_underline_level(lines: list[str], row: int) -> int:
    """Return the level of the heading that a line of = or - makes of the line above it, 0 if it makes none."""
    if row >= len(lines) or lines[row].lstrip(" ")[:1] not in {"=", "-"}:
        return 0
    rule = _SETEXT_UNDERLINE.fullmatch(lines[row])
    return 0 if rule is None else 1 if rule[1][0] == "=" else 2


def _mark_written_parents(found: list[SectionHeading]) -> list[SectionHeading]:
    """Count what is written below sub-headings for the headings above them."""
    # From the end: whether anything is written in the part below, by the lowest level that the part may have.
    below = [False] * 8
    for at in range(len(found) - 1, -1, -1):
        level = found[at].level
        written = found[at].written or below[level + 1]
        found[at] = found[at]._replace(written=written)
        below = [(each or written) if lowest <= level else False for lowest, each in enumerate(below)]
    return found


def blank_comments(body: list[str]) -> list[str]:
    """Return the lines of a body with comments blanked; lines keep their numbers."""
    text = "\n".join(body)
    if "<!--" not in text:
        return body
    # Beyond the last end no comment closes, and looking for one at every beginning would take hours.
    end = text.rfind("-->") + len("-->")
    return (_COMMENT.sub(lambda match: "\n" * match.group().count("\n"), text[:end]) + text[end:]).split("\n")

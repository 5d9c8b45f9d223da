"""The body of a Markdown record → titles, paragraphs, points and tables. Marks that are not understood stay text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dangwu.model.body import Minute, Point, Rows, Title, Words
from dangwu.parse import markdown
from dangwu.parse.encoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

_POINT = re.compile(r"( *)(?:[-*+]|(\d{1,9})[.)])[ \t]+(.*)")
_RULE = frozenset("|:- \t")
_BREAK = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_BAR = re.compile(r"(?<!\\)\|")
_STRONG = re.compile(r"(\*\*|__|\*|`)(?=\S)([^*_`\n]{1,500}?)(?<=\S)\1")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\s]{0,500}\)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_WIDE = "\u2e80"


def minutes(raw: bytes) -> tuple[Minute, ...]:
    """Return what the body of a record's file says, without the heading of the whole document; nothing of no text."""
    text, _ = decode(raw)
    if text is None:
        return ()
    body = markdown.without_comments(markdown.split(text).body)
    found = list(_minutes(body))
    whole = found and isinstance(found[0], Title) and found[0].level == 1
    return tuple(found[1:] if whole else found)


def _minutes(lines: list[str]) -> Iterator[Minute]:
    titles = {each.line: each for each in markdown.headings(lines, 0)}
    held: Words | Point | None = None
    row = 0
    while row < len(lines):
        line, title = lines[row], titles.get(row)
        fence = _FENCE.match(line)
        if title is not None or fence or _table_begins(lines, row) or not line.strip() or _BREAK.fullmatch(line):
            if held is not None:
                yield _finished(held)
            held = None
        if title is not None:
            yield Title(_plain(title.title), title.level)
            row += 1 if line.lstrip().startswith("#") else 2
        elif fence:
            end = _closing(lines, row, fence[1])
            yield Words("\n".join(lines[row + 1 : end]))
            row = end + 1
        elif _table_begins(lines, row):
            end = next((at for at in range(row + 2, len(lines)) if "|" not in lines[at]), len(lines))
            yield _table([lines[row], *lines[row + 2 : end]])
            row = end
        else:
            if line.strip() and not _BREAK.fullmatch(line):
                point = _POINT.fullmatch(line)
                if point and held is not None:
                    yield _finished(held)
                held = _begun(point) if point else _longer(held, line)
            row += 1
    if held is not None:
        yield _finished(held)


def _begun(point: re.Match[str]) -> Point:
    return Point(point[3].strip(), f"{point[2]}." if point[2] else "", len(point[1]) // 2)


def _longer(held: Words | Point | None, line: str) -> Words | Point:
    """Add a line to what it continues: Chinese without a space, other scripts with one."""
    line = line.strip().removeprefix(">").strip()
    if held is None:
        return Words(line)
    close = held.text[-1:] >= _WIDE or line[:1] >= _WIDE or not held.text
    return held._replace(text=f"{held.text}{'' if close else ' '}{line}")


def _finished(held: Words | Point) -> Words | Point:
    return held._replace(text=_plain(held.text))


def _closing(lines: list[str], row: int, fence: str) -> int:
    """Return the line that closes a fence, or the end."""
    ends = (at for at in range(row + 1, len(lines)) if lines[at].strip().startswith(fence))
    return next(ends, len(lines))


def _table_begins(lines: list[str], row: int) -> bool:
    if "|" not in lines[row] or row + 1 >= len(lines):
        return False
    rule = lines[row + 1]
    return "|" in rule and "-" in rule and _RULE.issuperset(rule)


def _table(lines: list[str]) -> Rows:
    rows = [[_plain(cell.strip()) for cell in _BAR.split(line.strip().strip("|"))] for line in lines]
    wide = max(len(row) for row in rows)
    return Rows(tuple(tuple(row + [""] * (wide - len(row))) for row in rows))


def _plain(text: str) -> str:
    """Return text without marks of emphasis, code and links."""
    text = _LINK.sub(r"\1", text)
    text = _STRONG.sub(r"\2", text)
    return _ESCAPED.sub(r"\1", text)

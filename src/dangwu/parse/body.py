"""The body of a Markdown record → titles, paragraphs, points and tables. Marks that are not understood stay text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dangwu.model.body import BodyBlock, BodyHeading, BodyListItem, BodyParagraph, BodyTable
from dangwu.parse import markdown
from dangwu.parse.encoding import decode_text

if TYPE_CHECKING:
    from collections.abc import Iterator

_LIST_ITEM = re.compile(r"( *)(?:[-*+]|(\d{1,9})[.)])[ \t]+(.*)")
_TABLE_RULE_CHARACTERS = frozenset("|:- \t")
_THEMATIC_BREAK = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_UNESCAPED_BAR = re.compile(r"(?<!\\)\|")
_EMPHASIS = re.compile(r"(\*\*|__|\*|`)(?=\S)([^*_`\n]{1,500}?)(?<=\S)\1")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\s]{0,500}\)")
_BACKSLASH_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_FIRST_CJK = "\u2e80"


def parse_body(raw: bytes) -> tuple[BodyBlock, ...]:
    """Return what the body of a record's file says, without the heading of the whole document; nothing of no text."""
    text, _ = decode_text(raw)
    if text is None:
        return ()
    body = markdown.blank_comments(markdown.split_front_matter(text).body)
    found = list(_parse_blocks(body))
    whole = found and isinstance(found[0], BodyHeading) and found[0].level == 1
    return tuple(found[1:] if whole else found)


def _parse_blocks(lines: list[str]) -> Iterator[BodyBlock]:
    titles = {each.line: each for each in markdown.find_headings(lines, 0)}
    held: BodyParagraph | BodyListItem | None = None
    row = 0
    while row < len(lines):
        line, title = lines[row], titles.get(row)
        fence = _FENCE.match(line)
        if (
            title is not None
            or fence
            or _is_table_start(lines, row)
            or not line.strip()
            or _THEMATIC_BREAK.fullmatch(line)
        ):
            if held is not None:
                yield _finish_block(held)
            held = None
        if title is not None:
            yield BodyHeading(_strip_markup(title.title), title.level)
            row += 1 if line.lstrip().startswith("#") else 2
        elif fence:
            end = _find_fence_end(lines, row, fence[1])
            yield BodyParagraph("\n".join(lines[row + 1 : end]))
            row = end + 1
        elif _is_table_start(lines, row):
            end = next((at for at in range(row + 2, len(lines)) if "|" not in lines[at]), len(lines))
            yield _parse_table([lines[row], *lines[row + 2 : end]])
            row = end
        else:
            if line.strip() and not _THEMATIC_BREAK.fullmatch(line):
                point = _LIST_ITEM.fullmatch(line)
                if point and held is not None:
                    yield _finish_block(held)
                held = _start_list_item(point) if point else _append_line(held, line)
            row += 1
    if held is not None:
        yield _finish_block(held)


def _start_list_item(point: re.Match[str]) -> BodyListItem:
    return BodyListItem(point[3].strip(), f"{point[2]}." if point[2] else "", len(point[1]) // 2)


def _append_line(held: BodyParagraph | BodyListItem | None, line: str) -> BodyParagraph | BodyListItem:
    """Add a line to what it continues: Chinese without a space, other scripts with one."""
    line = line.strip().removeprefix(">").strip()
    if held is None:
        return BodyParagraph(line)
    close = held.text[-1:] >= _FIRST_CJK or line[:1] >= _FIRST_CJK or not held.text
    return held._replace(text=f"{held.text}{'' if close else ' '}{line}")


def _finish_block(held: BodyParagraph | BodyListItem) -> BodyParagraph | BodyListItem:
    return held._replace(text=_strip_markup(held.text))


def _find_fence_end(lines: list[str], row: int, fence: str) -> int:
    """Return the line that closes a fence, or the end."""
    ends = (at for at in range(row + 1, len(lines)) if lines[at].strip().startswith(fence))
    return next(ends, len(lines))


def _is_table_start(lines: list[str], row: int) -> bool:
    if "|" not in lines[row] or row + 1 >= len(lines):
        return False
    rule = lines[row + 1]
    return "|" in rule and "-" in rule and _TABLE_RULE_CHARACTERS.issuperset(rule)


def _parse_table(lines: list[str]) -> BodyTable:
    rows = [[_strip_markup(cell.strip()) for cell in _UNESCAPED_BAR.split(line.strip().strip("|"))] for line in lines]
    wide = max(len(row) for row in rows)
    return BodyTable(tuple(tuple(row + [""] * (wide - len(row))) for row in rows))


def _strip_markup(text: str) -> str:
    """Return text without marks of emphasis, code and links."""
    text = _LINK.sub(r"\1", text)
    text = _EMPHASIS.sub(r"\2", text)
    return _BACKSLASH_ESCAPE.sub(r"\1", text)

"""Text in columns of half-width characters: its width, its lines, and how table columns share the room."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from unicodedata import category, east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ZERO_WIDTH_CATEGORIES = {"Mn", "Me", "Cf", "Cc"}
"""Unicode general categories whose characters take no column."""
_NOT_AT_LINE_START = "，。；：、！？）》」』】〉”’…·,.;:!?)]}%"
_NOT_AT_LINE_END = "（《「『【〈“‘(["


def measure_width(text: str) -> int:
    """Return the width of a text in columns: Chinese characters take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(measure_character(char) for char in text)


def measure_character(char: str) -> int:
    """Return the width of one character in columns."""
    if east_asian_width(char) in "WF":
        return 2
    return 0 if category(char) in _ZERO_WIDTH_CATEGORIES else 1


def wrap_text(text: str, room: int) -> list[str]:
    """Return the text in lines of at most ``room`` columns, at least one.

    No line begins with a closing mark; a word longer than a line is cut. ``room`` below 2 counts as 2.
    """
    room = max(room, 2)
    lines, used = [""], 0
    for piece in _split_pieces(text, room):
        width = measure_width(piece)
        if used + width > room and lines[-1]:
            lines[-1] = lines[-1].rstrip(" ")
            lines.append("")
            used = 0
            if piece.isspace():
                continue
        lines[-1] += piece
        used += width
    lines[-1] = lines[-1].rstrip(" ")
    return lines


def _split_pieces(text: str, room: int) -> Iterator[str]:
    """Yield the unbreakable pieces of a text, cut where they are longer than a line."""
    for match in _compile_piece().finditer(text):
        piece = match.group()
        while measure_width(piece) > room:
            at = _count_fitting(piece, room)
            yield piece[:at]
            piece = piece[at:]
        yield piece


@cache
def _compile_piece() -> re.Pattern[str]:
    """Return the pattern of an unbreakable piece; it takes milliseconds to compile, and many commands wrap nothing."""
    return re.compile(
        rf"\s+|[{re.escape(_NOT_AT_LINE_END)}]*(?:[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]"
        rf"|[^\s\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]+|[^\s])"
        rf"[{re.escape(_NOT_AT_LINE_START)}]*"
    )


def _count_fitting(text: str, room: int) -> int:
    """Return the number of leading characters that fit, at least one; a path is cut after one of its parts."""
    used = 0
    for number, char in enumerate(text):
        used += measure_character(char)
        if used > room:
            parts = [at + 1 for at in range(number // 2, number) if text[at] in "/-_."]
            return parts[-1] if parts else max(1, number)
    return len(text)


def share_width(
    least: Sequence[int], full: Sequence[int], room: int, need: Sequence[int] | None = None
) -> list[int] | None:
    """Return a width for each column within ``room``; None when the least widths do not fit.

    Columns grow from ``least`` to ``full``, evenly or in proportion to ``need``.
    """
    widths = list(least)
    free = room - sum(widths)
    if free < 0:
        return None
    while free:
        growing = [number for number, width in enumerate(widths) if width < full[number]]
        if not growing:
            break
        smallest = min(growing, key=lambda number: widths[number] / (need[number] if need else 1))
        widths[smallest] += 1
        free -= 1
    return widths

"""The measures of official paper (GB/T 9704-2012), for PDF and Word alike, and how a table is fitted onto it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dangwu.formats.column_widths import shared
from dangwu.formats.safe_text import one_line
from dangwu.formats.text_width import width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dangwu.pages.page import Grid, Table

PAGE = (210.0, 297.0)
"""A4, in millimetres."""
MARGINS = (37.0, 26.0, 35.0, 28.0)
"""Top, right, bottom, left in millimetres: a type area of 156 by 225 (GB/T 9704-2012, 5.2)."""
TITLE, TEXT, NUMBER, FORM = 22.0, 16.0, 14.0, 12.0
"""Sizes in points: title 二号, text 三号, page number 四号 (7.3.1, 5.2.2, 7.5); fields of forms 小四."""
PITCH = 29.0
"""From line to line of the text, in points: 22 lines on a page (5.2.3)."""
SIZES = (10.5, 9.0, 7.5)
"""五号, 小五, 六号: the largest in which a table fits is taken."""

POINTS = 72 / 25.4
"""In a millimetre."""
_PADDING = 2
"""What the margins of a column take, in half-width characters."""
_SHORTER, _LOW = 0.7, 120.0
_NARROW, _TIGHT = 10, 5
_HIGH, LOW = 11, 4
"""In lines of the text: a row higher than the first may run over a page, two below the second are kept together."""
_WORDS = re.compile(r"[!-~]+|[^\s!-~]{1,4}")
_LONG = re.compile(r"[!-~]{15,}", re.ASCII)
_STOPS = re.compile(r"(?<=[/_.@-])(?=[!-~])", re.ASCII)
_PIECE = re.compile(r"[!-~]{24}(?=[!-~])", re.ASCII)


class Laid(NamedTuple):
    """Each column's width in half-width characters, its margins included, and the size of the text in points.

    With ``whole`` it is short enough to stand on one page undivided. Where it is ``divided`` not even single words fit.
    """

    widths: tuple[int, ...]
    size: float
    whole: bool = False
    divided: bool = False
    high: float = 0
    """Of a form, about how high it is, in points."""


def text_width(*, wide: bool) -> float:
    """Return the width of the type area in millimetres."""
    top, right, bottom, left = MARGINS
    return PAGE[1] - top - bottom if wide else PAGE[0] - left - right


def laid_table(table: Table, *, wide: bool) -> Laid:
    """Return how a table stands on the paper: in the largest size, unless a smaller one makes it much shorter.

    Where even the smallest size is too wide, every column may wrap and words are divided.
    """
    heads = [one_line(column.title) for column in table.columns]
    rows = [[one_line(cell.text) for cell in row] for row in table.rows]
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(heads)
    full = [max(map(width, (longest(head), *texts))) for head, texts in zip(heads, columns, strict=True)]
    least = [
        whole if column.short else max(min(whole, _NARROW), *(width(longest(text)) for text in (head, *texts)))
        for column, whole, head, texts in zip(table.columns, full, heads, columns, strict=True)
    ]
    need = [1 + sum(map(width, texts)) for texts in columns]
    # At last heads are divided, and if that is not enough everything is.
    words = [max((width(longest(text)) for text in texts), default=1) for texts in columns]
    tight = [max(word, min(width(longest(head)), _TIGHT)) for word, head in zip(words, heads, strict=True)]
    loose = [min(whole, _TIGHT // 2) for whole in full]
    best: tuple[float, Laid] | None = None
    for size, few in (*((size, least) for size in SIZES), (SIZES[-1], tight)):
        widths = shared(few, full, _room(size, len(heads), wide=wide), need)
        if widths is None:
            continue
        height = size * sum(_lines(row, widths) for row in (heads, *rows))
        if best is None or (best[0] > _LOW and height < best[0] * _SHORTER):
            whole = _is_whole(len(rows), height)
            best = (height, Laid(_padded(widths), size, whole=whole, divided=few is tight))
    if best is not None:
        return best[1]
    widths = shared(loose, full, _room(SIZES[-1], len(heads), wide=wide), need) or loose
    return Laid(_padded(widths), SIZES[-1], divided=True)


def _lines(row: Sequence[str], widths: Sequence[int]) -> int:
    """Count the lines of a row."""
    return max(-(-width(text) // max(one, 1)) for text, one in zip(row, widths, strict=True))


def _padded(widths: Iterable[int]) -> tuple[int, ...]:
    return tuple(each + _PADDING for each in widths)


def longest(text: str) -> str:
    """Return the part of a text that no line may divide: its longest word, of Chinese some characters."""
    return max((part for run in breakable(text).split("\u200b") for part in _WORDS.findall(run)), key=width, default="")


def laid_grid(grid: Grid, *, wide: bool) -> Laid:
    """Return how a calendar stands on the paper: the labels take what they need, up to two fifths."""
    labels = [one_line(row.label) + "  " * row.inner for row in grid.rows if row.cells]
    size = SIZES[1]
    room = _room(size, len(grid.columns) + 1, wide=wide)
    first = min(max(map(width, (grid.corner, *labels))), room * 2 // 5)
    month = max(1, (room - first) // len(grid.columns)) + _PADDING
    whole = _is_whole(len(grid.rows), len(grid.rows) * 2 * size)
    return Laid((first + _PADDING, *[month] * len(grid.columns)), size, whole=whole)


def _is_whole(rows: int, height: float) -> bool:
    """Tell whether rows, of a height in points without their padding, take less than two fifths of a page."""
    return height * 1.4 + rows * SIZES[0] < PITCH * 9


def _room(size: float, columns: int, *, wide: bool) -> int:
    return int(text_width(wide=wide) * POINTS / (size / 2)) - _PADDING * columns


def is_long(cells: Iterable[tuple[str, float]], size: float, *, wide: bool) -> bool:
    """Tell whether a row is so high that it must be allowed to run over a page; cells come with their share of it."""
    return _height(cells, size, wide=wide) > PITCH * _HIGH


def is_low(cells: Iterable[tuple[str, float]], size: float, *, wide: bool) -> bool:
    """Tell whether a row is so low that it is kept with the one before it: the last of a table never stands alone."""
    return _height(cells, size, wide=wide) <= PITCH * LOW


def _height(cells: Iterable[tuple[str, float]], size: float, *, wide: bool) -> float:
    across = text_width(wide=wide) * POINTS / (size / 2)
    lines = max((sum(1 + len(part) * 2 / (across * share) for part in text.split("\n")) for text, share in cells))
    return lines * size * 1.5


def breakable(text: str) -> str:
    """Return text in which long runs of letters and digits may break: an address or a path in a narrow column."""
    return _LONG.sub(lambda run: _PIECE.sub(r"\g<0>" + "\u200b", _STOPS.sub("\u200b", run[0])), text)

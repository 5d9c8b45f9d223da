"""The measures of official documents (GB/T 9704-2012) for PDF and Word, and the layout of tables on them."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple

from dangwu.formats.safe_text import make_one_line
from dangwu.formats.text_layout import measure_width, share_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dangwu.pages.page import Grid, Table

PAGE_SIZE = (210.0, 297.0)
"""A4, in millimetres."""
PAGE_MARGINS = (37.0, 26.0, 35.0, 28.0)
"""Top, right, bottom, left in millimetres: a type area of 156 by 225 (GB/T 9704-2012, 5.2)."""
TITLE_SIZE, TEXT_SIZE, NUMBER_SIZE, FORM_SIZE = 22.0, 16.0, 14.0, 12.0
"""Sizes in points: title 二号, text 三号, page number 四号 (7.3.1, 5.2.2, 7.5); fields of forms 小四."""
LINE_PITCH = 28.95
"""From line to line of the text, in points: 22 lines fill the 225 mm of a page (5.2.3)."""
CHARACTER_ADVANCE = 15.75
"""From one Chinese character of the text to the next, in points: 28 fill the 156 mm of a line (5.2.3)."""
MAX_KEPT_LENGTH = 500
"""In characters: a longer paragraph is not kept with what follows, since some programs would move it as a whole."""
TABLE_SIZES = (10.5, 9.0, 7.5)
"""五号, 小五, 六号, in points, tried from the largest."""

POINTS_PER_MM = 72 / 25.4
"""Points in a millimetre."""
_COLUMN_PADDING = 2
"""The margins of a column in half-width characters."""
_MUCH_SHORTER, _LOW_TABLE_HEIGHT = 0.7, 120.0
_NARROW_WIDTH, _TIGHT_WIDTH = 10, 5
_HIGH_ROW_LINES, LOW_ROW_LINES = 11, 4
"""In lines of the text: a row higher than the first may run over a page, two below the second are kept together."""
_DAY = (
    r"\d{4}-\d\d(?:-\d\d)?|\d{4}年\d{1,2}月(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日)?"
    r"|\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}"
)
_WHOLE_DAY = re.compile(rf"(?<![0-9A-Za-z-])(?:{_DAY})(?![0-9A-Za-z-])", re.ASCII)
_UNBROKEN_WORD = re.compile(rf"{_DAY}|[!-~]+|[^\s!-~]{{1,4}}")
_SEAMS = re.compile("(?<=[0-9A-Za-z])(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])(?=[0-9A-Za-z])")
_FIGURES_A_COLUMN = 6
"""So many figures beside Chinese are together about one half-width character wider than their half-widths."""
KEPT = "\u2060"
"""Stands before and after what is not broken over lines, for typst, which replaces it; see ``keep_days``."""
_LONG_RUN = re.compile(r"[!-~]{15,}", re.ASCII)
_BREAK_PLACES = re.compile(r"(?<=[/_.@-])(?=[!-~])", re.ASCII)
_LONGEST_PIECE = re.compile(r"[!-~]{24}(?=[!-~])", re.ASCII)


class BlockLayout(NamedTuple):
    """Each column's width in half-width characters, margins included, and the size of the text in points.

    A ``whole`` block is short enough to be kept on one page. In a ``divided`` one even words are broken.
    """

    widths: tuple[int, ...]
    size: float
    whole: bool = False
    divided: bool = False
    high: float = 0
    """The estimated height of a form in points."""


def compute_text_width(*, wide: bool) -> float:
    """Return the width of the type area in millimetres."""
    top, right, bottom, left = PAGE_MARGINS
    return PAGE_SIZE[1] - top - bottom if wide else PAGE_SIZE[0] - left - right


def lay_out_table(table: Table, *, across: float) -> BlockLayout:
    """Return the layout of a table: in the largest text size, unless a smaller one makes it much lower.

    The type area is so many millimetres ``across``. Where even the smallest size is too wide, every column may wrap
    and words are divided.
    """
    heads = [make_one_line(column.title) for column in table.columns]
    rows = [[make_one_line(cell.text) for cell in row] for row in table.rows]
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(heads)
    full = [
        max(map(_measure_whole, (find_longest_word(head), *texts))) for head, texts in zip(heads, columns, strict=True)
    ]
    least = [
        whole
        if column.short
        else max(min(whole, _NARROW_WIDTH), *(_measure_whole(find_longest_word(text)) for text in (head, *texts)))
        for column, whole, head, texts in zip(table.columns, full, heads, columns, strict=True)
    ]
    need = [1 + sum(map(measure_width, texts)) for texts in columns]
    # In the smallest size heads may be divided; if that is not enough, all words are.
    words = [max((_measure_whole(find_longest_word(text)) for text in texts), default=1) for texts in columns]
    tight = [
        max(word, min(measure_width(find_longest_word(head)), _TIGHT_WIDTH))
        for word, head in zip(words, heads, strict=True)
    ]
    loose = [min(whole, _TIGHT_WIDTH // 2) for whole in full]
    best: tuple[float, BlockLayout] | None = None
    for size, few in (*((size, least) for size in TABLE_SIZES), (TABLE_SIZES[-1], tight)):
        widths = share_width(few, full, _compute_room(size, len(heads), across=across), need)
        if widths is None:
            continue
        height = size * sum(_count_lines(row, widths) for row in (heads, *rows))
        if best is None or (best[0] > _LOW_TABLE_HEIGHT and height < best[0] * _MUCH_SHORTER):
            whole = _is_whole(len(rows), height)
            best = (height, BlockLayout(_add_padding(widths), size, whole=whole, divided=few is tight))
    if best is not None:
        return best[1]
    widths = share_width(loose, full, _compute_room(TABLE_SIZES[-1], len(heads), across=across), need) or loose
    return BlockLayout(_add_padding(widths), TABLE_SIZES[-1], divided=True)


def _count_lines(row: Sequence[str], widths: Sequence[int]) -> int:
    """Count the lines of a row."""
    return max(-(-measure_width(text) // max(one, 1)) for text, one in zip(row, widths, strict=True))


def _add_padding(widths: Iterable[int]) -> tuple[int, ...]:
    return tuple(width + _COLUMN_PADDING for width in widths)


def find_longest_word(text: str) -> str:
    """Return the longest part of a text that is not divided: a word, or up to four Chinese characters."""
    return max(
        (part for run in make_breakable(text).split("\u200b") for part in _UNBROKEN_WORD.findall(run)),
        key=measure_width,
        default="",
    )


def lay_out_grid(grid: Grid, *, across: float) -> BlockLayout:
    """Return the layout of a calendar: the labels get the width they need, up to two fifths."""
    labels = [make_one_line(row.label) + "  " * row.inner for row in grid.rows if row.cells]
    size = TABLE_SIZES[1]
    room = _compute_room(size, len(grid.columns) + 1, across=across)
    first = min(max(map(measure_width, (grid.corner, *labels))), room * 2 // 5)
    month = max(1, (room - first) // len(grid.columns)) + _COLUMN_PADDING
    whole = _is_whole(len(grid.rows), len(grid.rows) * 2 * size)
    return BlockLayout((first + _COLUMN_PADDING, *[month] * len(grid.columns)), size, whole=whole)


def _is_whole(rows: int, height: float) -> bool:
    """Tell whether rows, whose height in points is given without padding, take less than two fifths of a page."""
    return height * 1.4 + rows * TABLE_SIZES[0] < LINE_PITCH * 9


def _compute_room(size: float, columns: int, *, across: float) -> int:
    return int(across * POINTS_PER_MM / (size / 2)) - _COLUMN_PADDING * columns


def is_long(cells: Iterable[tuple[str, float]], size: float, *, across: float) -> bool:
    """Tell whether a row is so high that it may break over pages; cells are texts with their share of the width."""
    return _estimate_height(cells, size, across=across) > LINE_PITCH * _HIGH_ROW_LINES


def is_low(cells: Iterable[tuple[str, float]], size: float, *, across: float) -> bool:
    """Tell whether a row is so low that it is kept with the one before it instead of alone on a page."""
    return _estimate_height(cells, size, across=across) <= LINE_PITCH * LOW_ROW_LINES


def _estimate_height(cells: Iterable[tuple[str, float]], size: float, *, across: float) -> float:
    room = across * POINTS_PER_MM / (size / 2)
    lines = max((sum(1 + len(part) * 2 / (room * share) for part in text.split("\n")) for text, share in cells))
    return lines * size * 1.5


def measure_text(text: str) -> float:
    """Return the half-width characters that a text takes, with the quarter of space between Chinese and Latin."""
    return measure_width(text) + len(_SEAMS.findall(text)) / 2


def _measure_whole(text: str) -> int:
    """Return the room that a word or a short cell needs; of many fonts the figures are wider than half a character."""
    figures = 0 if text.isascii() else sum(map(str.isdigit, text))
    return math.ceil(measure_text(text) + figures / _FIGURES_A_COLUMN)


def keep_days(text: str) -> str:
    """Return text in which no day or month is broken over lines: marked for typst, and never in another format."""
    return _WHOLE_DAY.sub(rf"{KEPT}\g<0>{KEPT}", text)


def make_breakable(text: str) -> str:
    """Return text in which long runs of letters and digits, such as paths, may break (zero-width spaces).

    The marks are for typst, which replaces them, and for measuring: in no document may one stand where people copy.
    """
    return _LONG_RUN.sub(lambda run: _LONGEST_PIECE.sub(r"\g<0>" + "\u200b", _BREAK_PLACES.sub("\u200b", run[0])), text)

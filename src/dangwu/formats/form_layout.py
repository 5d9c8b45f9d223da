"""Fit a ruled form onto paper: the widths of its columns, and titles and labels in lines of about equal length."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from dangwu.formats.paper_layout import (
    FORM_SIZE,
    LINE_PITCH,
    POINTS_PER_MM,
    TABLE_SIZES,
    BlockLayout,
    find_longest_word,
    measure_text,
)
from dangwu.formats.safe_text import make_one_line
from dangwu.formats.text_layout import measure_width, share_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dangwu.pages.paper import Form, FormCell

MAX_FORM_COLUMNS = 10
"""A form of more columns is set in 五号, with less room beside its lines."""

_MUCH_SHORTER, _LINE_PITCH, _ROW_GAP = 0.85, 1.45, 0.65
"""The factor by which another division of the width must make the form lower; line pitch and row gap, in text sizes."""
_SHORT_LENGTHS = (16, 10, 6)
"""In half-width characters: a name, a day or a label this short is not broken over lines, where there is room."""
_WHOLE_LINES = 9
"""In lines of the text: a list lower than this is not torn."""
_SPARE_WIDTH, _WIDTH_TO_WRITE = 0.5, 8
"""In half-width characters: the loss by rounding, and the width of an empty column to write in."""
_BONUS_AT_MARK, _PUNCTUATION = 0.3, "：，；。:,;"
"""The distance from the middle, as a share of the length, at which a line may end after a punctuation mark."""
_TOKENS = re.compile(r"[!-~]+ *|[^!-~][、，。；：？！）》」』”’… ]*")
"""The pieces between which a line may be broken."""


def lay_out_form(form: Form, *, across: float) -> BlockLayout:
    """Return the layout of a form: columns by their shares, but wide enough that short texts stay on one line.

    Where that makes the form much higher, fewer texts count as short.
    """
    size = FORM_SIZE if len(form.widths) <= MAX_FORM_COLUMNS else TABLE_SIZES[0]
    room = across * POINTS_PER_MM / (size / 2)
    padding = _compute_padding(form)
    best: tuple[float, BlockLayout] | None = None
    for least, shares in _propose_widths(form, room):
        widths = _fit_shares(shares, least)
        lines = sum(_count_lines(row, widths, padding) for row in form.rows)
        if best is None or lines < best[0] * _MUCH_SHORTER:
            high = (lines * _LINE_PITCH + len(form.rows) * _ROW_GAP) * size
            best = (lines, BlockLayout(tuple(round(width * 100) for width in widths), size, high=high))
    return best[1] if best else BlockLayout(form.widths, size, divided=True, high=1e6)


def is_kept_whole(form: Form, high: float) -> bool:
    """Tell whether a list, such as a sign-in sheet of a few rows, is so low that it stays on one page."""
    return form.head > 0 and high < LINE_PITCH * _WHOLE_LINES


def _propose_widths(form: Form, across: float) -> Iterator[tuple[list[float], Sequence[float]]]:
    """Yield the least width of each column, and the shares of the width: by the form, then by the amount of text."""
    shares = [across * width / sum(form.widths) for width in form.widths]
    ways = (
        way
        for short in _SHORT_LENGTHS
        for least in (_compute_least_widths(form, short),)
        for way in (_equalise_widths(form, least), least)
    )
    needs = [way for way in ways if sum(way) <= across]
    for least in needs:
        yield least, shares
    if needs and all(len(row) == len(form.widths) for row in form.rows):
        columns = [
            [measure_width(make_one_line(cell.text)) for cell in column] for column in zip(*form.rows, strict=False)
        ]
        least = needs[-1]
        full = [max(*each, math.ceil(few)) + 2 for each, few in zip(columns, least, strict=True)]
        grown = share_width(
            [math.ceil(each) for each in least], full, int(across), [1 + sum(column) for column in columns]
        )
        if grown and sum(grown) >= int(across):
            yield least, [each * across / sum(grown) for each in grown]


def _fit_shares(shares: Sequence[float], least: Sequence[float]) -> list[float]:
    """Return the shares with each at its least width or more, taken from the wider ones in proportion."""
    wanted = [max(pair) for pair in zip(shares, least, strict=True)]
    free = sum(wanted) - sum(least)
    rest = (sum(shares) - sum(least)) / free if free else 1
    return [few + (each - few) * rest for each, few in zip(wanted, least, strict=True)]


def _compute_least_widths(form: Form, short: int) -> list[float]:
    """Return the least width of each column in half-width characters: its short texts, else its longest word."""
    least = [_compute_padding(form) + 1.0] * len(form.widths)
    for row in form.rows:
        for cell, at in _place_cells(row):
            if cell.span == 1:
                lines = (make_one_line(each) for each in cell.text.split("\n"))
                need = max(
                    measure_text(line) if measure_width(line) <= short else measure_text(find_longest_word(line))
                    for line in lines
                )
                least[at] = max(least[at], need + _compute_padding(form))
    if form.head and len(least) <= MAX_FORM_COLUMNS:
        for at, column in enumerate(zip(*form.rows[form.head :], strict=False)):
            least[at] = max(least[at], 0 if any(each.text for each in column) else _WIDTH_TO_WRITE)
    return least


def _equalise_widths(form: Form, least: list[float]) -> list[float]:
    """Return one width for columns of one share, in a table of many columns (months) or of two equal halves (names)."""
    half = len(least) // 2
    if len(least) <= MAX_FORM_COLUMNS and not (form.head and form.widths[:half] == form.widths[half:]):
        return least
    same = {
        share: max(few for few, one in zip(least, form.widths, strict=True) if one == share) for share in form.widths
    }
    return [same[share] for share in form.widths]


def _place_cells(row: Sequence[FormCell]) -> Iterator[tuple[FormCell, int]]:
    """Yield each cell of a row with its first column."""
    at = 0
    for cell in row:
        yield cell, at
        at += cell.span


def _compute_padding(form: Form) -> float:
    """Return the half-width characters that the margins of a column take."""
    return 2 if len(form.widths) <= MAX_FORM_COLUMNS else 1.2


def _count_lines(row: Sequence[FormCell], widths: Sequence[float], padding: float) -> int:
    """Count the lines of a row in columns of these widths, with the room that it has to write in."""

    def high(cell: FormCell, room: float) -> int:
        lines = sum(max(1, math.ceil(measure_width(part) / max(room, 1))) for part in cell.text.split("\n"))
        return max(cell.lines, lines)

    return max(high(cell, sum(widths[at : at + cell.span]) - padding) for cell, at in _place_cells(row))


def find_cell_shares(widths: Sequence[int], row: Sequence[FormCell]) -> list[tuple[str, float]]:
    """Return the text of each cell of a form's row with its share of the width."""
    return [(cell.text, sum(widths[at : at + cell.span]) / sum(widths)) for cell, at in _place_cells(row)]


def balance_lines(text: str, size: float, *, share: float = 1, padding: int = 0, across: float) -> str:
    """Return text in lines of about equal length, so that no single character is left on the last line.

    A line ends after a punctuation mark or a word where possible.
    """
    room = across * POINTS_PER_MM / (size / 2) * share - padding
    return "\n".join(_split_balanced(text, max(room + _SPARE_WIDTH, 2)))


def _split_balanced(text: str, room: float) -> Iterator[str]:
    lines = math.ceil(measure_width(text) / room)
    ends = [each.end() for each in _TOKENS.finditer(text)][:-1]
    fits = [at for at in ends if measure_width(text[:at].rstrip()) <= room]
    if lines <= 1 or not fits:
        yield text
        return
    aim = measure_width(text) / lines

    def off(at: int) -> float:
        return abs(measure_width(text[:at]) - aim) - (
            aim * _BONUS_AT_MARK if text[:at].rstrip()[-1:] in _PUNCTUATION else 0
        )

    enough = [at for at in fits if measure_width(text[at:]) <= room * (lines - 1)]
    best = min(enough or fits, key=off)
    yield text[:best].rstrip()
    yield from _split_balanced(text[best:], room)


def format_label(cell: FormCell, share: float, size: float, *, across: float) -> str:
    """Return the text of a form's cell; a Chinese label in lines of about equal length."""
    if not cell.label or cell.text.isascii():
        return cell.text
    return balance_lines(make_one_line(cell.text), size, share=share, padding=2, across=across)

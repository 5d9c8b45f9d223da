"""How a ruled form is fitted onto paper: widths of its columns, and titles and labels in lines of about one length."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from dangwu.formats.column_widths import shared
from dangwu.formats.paper_layout import FORM, POINTS, SIZES, Laid, longest, text_width
from dangwu.formats.safe_text import one_line
from dangwu.formats.text_width import width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dangwu.pages.paper import Form, FormCell

MOST_COLUMNS = 10
"""A form of more columns is set in 五号, with less room beside its lines."""

_MUCH, _PITCH, _BETWEEN = 0.85, 1.45, 0.65
"""A way to share the width is better only when it makes the form so much lower; from line to line and between rows."""
_SHORT = (16, 10, 6)
"""In half-width characters: a name, a day or a label this short is not broken over lines, where there is room."""
_SPARE, _TO_WRITE = 0.5, 8
"""In half-width characters: what rounding takes, and what an empty column needs to be written in."""
_MARK, _MARKS = 0.3, "：，；。:,;"
"""How far from the middle a line may end, in shares of its length, to end after a mark."""
_SEAMS = re.compile("(?<=[0-9A-Za-z])(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])(?=[0-9A-Za-z])")
_TOKENS = re.compile(r"[!-~]+ *|[^!-~][、，。；：？！）》」』”’… ]*")
"""What a line may be broken between."""


def laid_form(form: Form, *, wide: bool) -> Laid:
    """Return how a form stands on the paper: by its shares, but what is short on one line, at the cost of the rest.

    Where that makes it much higher, less counts as short.
    """
    size = FORM if len(form.widths) <= MOST_COLUMNS else SIZES[0]
    across = text_width(wide=wide) * POINTS / (size / 2)
    padding = _padding(form)
    best: tuple[float, Laid] | None = None
    for least, shares in _ways(form, across):
        widths = _fitted(shares, least)
        lines = sum(_lines(row, widths, padding) for row in form.rows)
        if best is None or lines < best[0] * _MUCH:
            high = (lines * _PITCH + len(form.rows) * _BETWEEN) * size
            best = (lines, Laid(tuple(round(each * 100) for each in widths), size, high=high))
    return best[1] if best else Laid(form.widths, size, divided=True, high=1e6)


def _ways(form: Form, across: float) -> Iterator[tuple[list[float], Sequence[float]]]:
    """Yield what the columns need and how they would share the width: by the form, then by how much is in each."""
    shares = [across * each / sum(form.widths) for each in form.widths]
    ways = (way for short in _SHORT for least in (_least(form, short),) for way in (_alike(form, least), least))
    needs = [way for way in ways if sum(way) <= across]
    for least in needs:
        yield least, shares
    if needs and all(len(row) == len(form.widths) for row in form.rows):
        columns = [[width(one_line(cell.text)) for cell in column] for column in zip(*form.rows, strict=False)]
        least = needs[-1]
        full = [max(*each, math.ceil(few)) + 2 for each, few in zip(columns, least, strict=True)]
        grown = shared([math.ceil(each) for each in least], full, int(across), [1 + sum(each) for each in columns])
        if grown and sum(grown) >= int(across):
            yield least, [each * across / sum(grown) for each in grown]


def _fitted(shares: Sequence[float], least: Sequence[float]) -> list[float]:
    """Return the shares, none below its least; those with more than that pay for it."""
    wanted = [max(pair) for pair in zip(shares, least, strict=True)]
    free = sum(wanted) - sum(least)
    rest = (sum(shares) - sum(least)) / free if free else 1
    return [few + (each - few) * rest for each, few in zip(wanted, least, strict=True)]


def _least(form: Form, short: int) -> list[float]:
    """Return what each column needs, in half-width characters: whole what is short, else its longest word."""
    least = [_padding(form) + 1.0] * len(form.widths)
    for row in form.rows:
        for cell, at in _placed(row):
            if cell.span == 1:
                lines = (one_line(each) for each in cell.text.split("\n"))
                need = max(_wide(each) if width(each) <= short else _wide(longest(each)) for each in lines)
                least[at] = max(least[at], need + _padding(form))
    if form.head and len(least) <= MOST_COLUMNS:
        for at, column in enumerate(zip(*form.rows[form.head :], strict=False)):
            least[at] = max(least[at], 0 if any(each.text for each in column) else _TO_WRITE)
    return least


def _alike(form: Form, least: list[float]) -> list[float]:
    """Give columns of one share the same width in a table of many columns or of two halves: months, names and names."""
    half = len(least) // 2
    if len(least) <= MOST_COLUMNS and not (form.head and form.widths[:half] == form.widths[half:]):
        return least
    same = {
        share: max(few for few, one in zip(least, form.widths, strict=True) if one == share) for share in form.widths
    }
    return [same[share] for share in form.widths]


def _placed(row: Sequence[FormCell]) -> Iterator[tuple[FormCell, int]]:
    """Yield each cell of a row with its first column."""
    at = 0
    for cell in row:
        yield cell, at
        at += cell.span


def _padding(form: Form) -> float:
    """Return the half-width characters that the margins of a column take."""
    return 2 if len(form.widths) <= MOST_COLUMNS else 1.2


def _wide(text: str) -> float:
    """Return the half-width characters that a text takes, with the quarter of space between Chinese and Latin."""
    return width(text) + len(_SEAMS.findall(text)) / 2


def _lines(row: Sequence[FormCell], widths: Sequence[float], padding: float) -> int:
    """Count the lines of a row in columns of these widths, with the room that it has to write in."""

    def high(cell: FormCell, room: float) -> int:
        lines = sum(max(1, math.ceil(width(part) / max(room, 1))) for part in cell.text.split("\n"))
        return max(cell.lines, lines)

    return max(high(cell, sum(widths[at : at + cell.span]) - padding) for cell, at in _placed(row))


def form_shares(widths: Sequence[int], row: Sequence[FormCell]) -> list[tuple[str, float]]:
    """Return the text of each cell of a form's row with its share of the width."""
    return [(cell.text, sum(widths[at : at + cell.span]) / sum(widths)) for cell, at in _placed(row)]


def balanced(text: str, size: float, *, share: float = 1, padding: int = 0, wide: bool) -> str:
    """Return text with its lines about as long as each other: a title or a label leaves no single character behind.

    A line ends after a mark or a word rather than in the middle of one.
    """
    room = text_width(wide=wide) * POINTS / (size / 2) * share - padding
    return "\n".join(_balanced(text, max(room + _SPARE, 2)))


def _balanced(text: str, room: float) -> Iterator[str]:
    lines = math.ceil(width(text) / room)
    ends = [each.end() for each in _TOKENS.finditer(text)][:-1]
    fits = [at for at in ends if width(text[:at].rstrip()) <= room]
    if lines <= 1 or not fits:
        yield text
        return
    aim = width(text) / lines

    def off(at: int) -> float:
        return abs(width(text[:at]) - aim) - (aim * _MARK if text[:at].rstrip()[-1:] in _MARKS else 0)

    enough = [at for at in fits if width(text[at:]) <= room * (lines - 1)]
    best = min(enough or fits, key=off)
    yield text[:best].rstrip()
    yield from _balanced(text[best:], room)


def label(cell: FormCell, share: float, size: float, *, wide: bool) -> str:
    """Return the text of a cell of a form; a Chinese label in lines of about one length."""
    if not cell.label or cell.text.isascii():
        return cell.text
    return balanced(one_line(cell.text), size, share=share, padding=2, wide=wide)

"""A calendar drawn with plain characters, each cell as wide as its months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.formats.safe_text import one_line
from dangwu.formats.text_width import width
from dangwu.formats.wrap import wrapped
from dangwu.pages.tone import Tone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dangwu.pages.page import Grid, GridCell, GridRow

_LEAST = 5
_MOST = 9
_LABEL_LEAST = 14
_INDENT = "  "


def grid_lines(grid: Grid, columns: int) -> Iterator[list[tuple[str, Tone]]]:
    """Yield the lines of a calendar, in halves where the console is too narrow for all its columns."""
    for line in wrapped(one_line(grid.caption), columns):
        yield [(line, Tone.STRONG)]
    label = max((width(_label(row)) for row in grid.rows), default=0)
    count = len(grid.columns)
    if columns < _LABEL_LEAST + _least(grid) * count + 1 and count > 1:
        middle = count // 2
        yield from _part(grid, 0, middle, columns, label)
        yield []
        yield from _part(grid, middle, count, columns, label)
    else:
        yield from _part(grid, 0, count, columns, label)
    if grid.legend:
        yield from _legend(grid, columns)


def _legend(grid: Grid, columns: int) -> Iterator[list[tuple[str, Tone]]]:
    parts: list[tuple[str, Tone]] = []
    used = 0
    for each in grid.legend:
        mark, words = one_line(each.mark), f" {one_line(each.words)}   "
        wide = width(mark) + width(words)
        if parts and used + wide > columns:
            yield parts
            parts, used = [], 0
        parts.extend([(mark, each.tone), (words, Tone.QUIET)])
        used += wide
    yield parts


def _part(grid: Grid, first: int, end: int, columns: int, label: int) -> Iterator[list[tuple[str, Tone]]]:
    count = end - first
    cell = max(_least(grid), min(_MOST, (columns - label - 1) // count))
    left = max(1, min(label, columns - cell * count - 1))
    heads = [_centred(one_line(each), cell - 1) for each in grid.columns[first:end]]
    yield [(_filled(wrapped(one_line(grid.corner), left)[0], left) + "|" + "|".join(heads) + "|", Tone.QUIET)]
    yield [("-" * left + ("+" + "-" * (cell - 1)) * count + "+", Tone.QUIET)]
    notes = all(
        width(f"{each.mark} {each.note}") < cell
        for row in grid.rows
        for each in row.cells
        if each.note and each.span == 1
    )
    for row in grid.rows:
        indent = _INDENT if row.inner else ""
        lines = [indent + line for line in wrapped(one_line(row.label), left - len(indent))]
        tone = Tone.PLAIN if row.inner else Tone.STRONG
        parts: list[tuple[str, Tone]] = [(_filled(lines[0], left), tone)]
        for shown, span in _within(row.cells, first, end):
            parts.append(("|", Tone.QUIET))
            parts.append((_centred(_content(shown, span * cell - 1, notes=notes), span * cell - 1), shown.tone))
        if row.cells:
            parts.append(("|", Tone.QUIET))
        yield parts
        for more in lines[1:]:
            yield [(_filled(more, left), tone)]


def _least(grid: Grid) -> int:
    """Return how wide a month is at least: no mark is ever cut."""
    return max([_LEAST, *(width(one_line(each.mark)) + 1 for row in grid.rows for each in row.cells)])


def _label(row: GridRow) -> str:
    return (_INDENT if row.inner else "") + one_line(row.label)


def _within(cells: Sequence[GridCell], first: int, end: int) -> Iterator[tuple[GridCell, int]]:
    """Yield the cells that reach into the columns from ``first`` to ``end``, with their share of them."""
    at = 0
    for cell in cells:
        share = min(at + cell.span, end) - max(at, first)
        at += cell.span
        if share > 0:
            yield cell, share


def _content(cell: GridCell, room: int, *, notes: bool) -> str:
    """Return mark and note; the notes of single months are shown where all of them have room, or none."""
    mark, note = one_line(cell.mark), one_line(cell.note)
    both = f"{mark} {note}".strip()
    return both if width(both) <= room and (notes or cell.span > 1) else mark


def _centred(text: str, room: int) -> str:
    free = room - width(text)
    return " " * (free // 2) + text + " " * (free - free // 2) if free >= 0 else wrapped(text, room)[0]


def _filled(text: str, room: int) -> str:
    return text + " " * (room - width(text))

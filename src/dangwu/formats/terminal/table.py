"""Tables drawn with plain characters, or as stacked lines where the console is too narrow for columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from dangwu.formats.column_widths import shared
from dangwu.formats.safe_text import one_line
from dangwu.formats.text_width import width
from dangwu.formats.wrap import wrapped
from dangwu.pages.page import Align
from dangwu.pages.tone import Tone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dangwu.pages.page import Column, Table

Line: TypeAlias = list[tuple[str, Tone]]

GAP = 2
_NARROW = 10
"""A column that may wrap is made no narrower than this, unless its text is."""


def table_lines(table: Table, columns: int) -> Iterator[Line]:
    """Yield the lines of a table within a number of columns."""
    for line in wrapped(one_line(table.caption), columns):
        yield [(line, Tone.STRONG)]
    heads = [one_line(column.title) for column in table.columns]
    rows = [[(one_line(cell.text), cell.tone) for cell in row] for row in table.rows]
    wide = _widths(table.columns, heads, rows, columns - GAP * (len(heads) - 1))
    if wide is None:
        for row in rows:
            yield from _stacked(row, heads, columns)
        return
    yield from _row([(head, Tone.QUIET) for head in heads], table.columns, wide)
    yield [("-" * (sum(wide) + GAP * (len(wide) - 1)), Tone.QUIET)]
    for row in rows:
        yield from _row(row, table.columns, wide)


def _widths(
    columns: Sequence[Column], heads: Sequence[str], rows: Sequence[Sequence[tuple[str, Tone]]], room: int
) -> list[int] | None:
    """Return the width of each column, None when they do not fit. Wrapping columns share what short ones leave."""
    cells = [max((width(row[number][0]) for row in rows), default=0) for number in range(len(columns))]
    full = [max(cell, width(head)) for cell, head in zip(cells, heads, strict=True)]
    least = [whole if column.short else min(whole, _NARROW) for column, whole in zip(columns, full, strict=True)]
    return shared(least, full, room)


def _row(cells: Sequence[tuple[str, Tone]], columns: Sequence[Column], wide: Sequence[int]) -> Iterator[Line]:
    broken = [wrapped(text, room) for (text, _), room in zip(cells, wide, strict=True)]
    for number in range(max(len(each) for each in broken)):
        line: Line = []
        for lines, (_, tone), column, room in zip(broken, cells, columns, wide, strict=True):
            text = lines[number] if number < len(lines) else ""
            line.extend([(_aligned(text, column.align, room), tone if text else Tone.PLAIN), (" " * GAP, Tone.PLAIN)])
        yield line


def _aligned(text: str, align: Align, room: int) -> str:
    free = max(0, room - width(text))
    before = {Align.START: 0, Align.CENTER: free // 2, Align.END: free}[align]
    return " " * before + text + " " * (free - before)


def _stacked(row: Sequence[tuple[str, Tone]], heads: Sequence[str], columns: int) -> Iterator[Line]:
    yield [(line, Tone.STRONG) for line in wrapped(row[0][0], columns)[:1]]
    line: Line = []
    used = 0
    for head, (text, tone) in zip(heads[1:], row[1:], strict=True):
        if not text:
            continue
        wide = width(head) + width(text) + 1
        if line and used + wide > columns - 4:
            yield [("    ", Tone.PLAIN), *line]
            line, used = [], 0
        if wide > columns - 4:
            yield from ([("    ", Tone.PLAIN), (each, tone)] for each in wrapped(f"{head} {text}", columns - 4))
            continue
        line.extend([(f"{head} ", Tone.QUIET), (text, tone), ("  ", Tone.PLAIN)])
        used += wide + GAP
    if line:
        yield [("    ", Tone.PLAIN), *line]

"""Tables of plain characters, or stacked lines where the console is too narrow for columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from dangwu.formats.safe_text import make_one_line
from dangwu.formats.text_layout import measure_width, share_width, wrap_text
from dangwu.pages.page import Align, Tone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dangwu.pages.page import Column, Table

TableLine: TypeAlias = list[tuple[str, Tone]]

COLUMN_GAP = 2
_NARROW_WIDTH = 10
"""A column that may wrap is made no narrower than this, unless its text is."""


def render_table_lines(table: Table, columns: int) -> Iterator[TableLine]:
    """Yield the lines of a table within a number of columns."""
    for line in wrap_text(make_one_line(table.caption), columns):
        yield [(line, Tone.STRONG)]
    heads = [make_one_line(column.title) for column in table.columns]
    rows = [[(make_one_line(cell.text), cell.tone) for cell in row] for row in table.rows]
    width = _compute_widths(table.columns, heads, rows, columns - COLUMN_GAP * (len(heads) - 1))
    if width is None:
        for row in rows:
            yield from _render_stacked(row, heads, columns)
        return
    yield from _render_row([(head, Tone.QUIET) for head in heads], table.columns, width)
    yield [("-" * (sum(width) + COLUMN_GAP * (len(width) - 1)), Tone.QUIET)]
    for row in rows:
        yield from _render_row(row, table.columns, width)


def _compute_widths(
    columns: Sequence[Column], heads: Sequence[str], rows: Sequence[Sequence[tuple[str, Tone]]], room: int
) -> list[int] | None:
    """Return the width of each column; None when they do not fit. Columns that wrap share what short ones leave."""
    cells = [max((measure_width(row[number][0]) for row in rows), default=0) for number in range(len(columns))]
    full = [max(cell, measure_width(head)) for cell, head in zip(cells, heads, strict=True)]
    least = [whole if column.short else min(whole, _NARROW_WIDTH) for column, whole in zip(columns, full, strict=True)]
    return share_width(least, full, room)


def _render_row(
    cells: Sequence[tuple[str, Tone]], columns: Sequence[Column], width: Sequence[int]
) -> Iterator[TableLine]:
    broken = [wrap_text(text, room) for (text, _), room in zip(cells, width, strict=True)]
    for number in range(max(len(lines) for lines in broken)):
        line: TableLine = []
        for lines, (_, tone), column, room in zip(broken, cells, columns, width, strict=True):
            text = lines[number] if number < len(lines) else ""
            line.extend(
                [(_align_text(text, column.align, room), tone if text else Tone.PLAIN), (" " * COLUMN_GAP, Tone.PLAIN)]
            )
        yield line


def _align_text(text: str, align: Align, room: int) -> str:
    free = max(0, room - measure_width(text))
    before = {Align.START: 0, Align.CENTER: free // 2, Align.END: free}[align]
    return " " * before + text + " " * (free - before)


def _render_stacked(row: Sequence[tuple[str, Tone]], heads: Sequence[str], columns: int) -> Iterator[TableLine]:
    yield [(line, Tone.STRONG) for line in wrap_text(row[0][0], columns)[:1]]
    line: TableLine = []
    used = 0
    for head, (text, tone) in zip(heads[1:], row[1:], strict=True):
        if not text:
            continue
        width = measure_width(head) + measure_width(text) + 1
        if line and used + width > columns - 4:
            yield [("    ", Tone.PLAIN), *line]
            line, used = [], 0
        if width > columns - 4:
            yield from ([("    ", Tone.PLAIN), (part, tone)] for part in wrap_text(f"{head} {text}", columns - 4))
            continue
        line.extend([(f"{head} ", Tone.QUIET), (text, tone), ("  ", Tone.PLAIN)])
        used += width + COLUMN_GAP
    if line:
        yield [("    ", Tone.PLAIN), *line]

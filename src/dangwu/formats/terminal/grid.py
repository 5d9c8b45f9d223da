"""A calendar of plain characters, each cell as wide as its months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.formats.safe_text import make_one_line
from dangwu.formats.text_layout import measure_width, wrap_text
from dangwu.pages.page import Tone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dangwu.pages.page import Grid, GridCell, GridRow

_LEAST_CELL_WIDTH = 5
_MAX_CELL_WIDTH = 9
_LEAST_LABEL_WIDTH = 14
_INDENT = "  "


def render_grid_lines(grid: Grid, columns: int) -> Iterator[list[tuple[str, Tone]]]:
    """Yield the lines of a calendar, in two halves where the console is too narrow for all columns."""
    for line in wrap_text(make_one_line(grid.caption), columns):
        yield [(line, Tone.STRONG)]
    label = max((measure_width(_format_label(row)) for row in grid.rows), default=0)
    count = len(grid.columns)
    if columns < _LEAST_LABEL_WIDTH + _find_least_cell_width(grid) * count + 1 and count > 1:
        middle = count // 2
        yield from _render_part(grid, 0, middle, columns, label)
        yield []
        yield from _render_part(grid, middle, count, columns, label)
    else:
        yield from _render_part(grid, 0, count, columns, label)
    if grid.legend:
        yield from _render_legend(grid, columns)


def _render_legend(grid: Grid, columns: int) -> Iterator[list[tuple[str, Tone]]]:
    parts: list[tuple[str, Tone]] = []
    used = 0
    for cell in grid.legend:
        mark, words = make_one_line(cell.mark), f" {make_one_line(cell.words)}   "
        width = measure_width(mark) + measure_width(words)
        if parts and used + width > columns:
            yield parts
            parts, used = [], 0
        parts.extend([(mark, cell.tone), (words, Tone.QUIET)])
        used += width
    yield parts


def _render_part(grid: Grid, first: int, end: int, columns: int, label: int) -> Iterator[list[tuple[str, Tone]]]:
    count = end - first
    cell = max(_find_least_cell_width(grid), min(_MAX_CELL_WIDTH, (columns - label - 1) // count))
    left = max(1, min(label, columns - cell * count - 1))
    heads = [_center_text(make_one_line(column), cell - 1) for column in grid.columns[first:end]]
    yield [(_pad_text(wrap_text(make_one_line(grid.corner), left)[0], left) + "|" + "|".join(heads) + "|", Tone.QUIET)]
    yield [("-" * left + ("+" + "-" * (cell - 1)) * count + "+", Tone.QUIET)]
    notes = all(
        measure_width(f"{each.mark} {each.note}") < cell
        for row in grid.rows
        for each in row.cells
        if each.note and each.span == 1
    )
    for row in grid.rows:
        indent = _INDENT if row.inner else ""
        lines = [indent + line for line in wrap_text(make_one_line(row.label), left - len(indent))]
        tone = Tone.PLAIN if row.inner else Tone.STRONG
        parts: list[tuple[str, Tone]] = [(_pad_text(lines[0], left), tone)]
        for shown, span in _find_cells_within(row.cells, first, end):
            parts.append(("|", Tone.QUIET))
            parts.append((_center_text(_format_cell(shown, span * cell - 1, notes=notes), span * cell - 1), shown.tone))
        if row.cells:
            parts.append(("|", Tone.QUIET))
        yield parts
        for more in lines[1:]:
            yield [(_pad_text(more, left), tone)]


def _find_least_cell_width(grid: Grid) -> int:
    """Return the least width of a month, so that no mark is cut."""
    return max(
        [_LEAST_CELL_WIDTH, *(measure_width(make_one_line(cell.mark)) + 1 for row in grid.rows for cell in row.cells)]
    )


def _format_label(row: GridRow) -> str:
    return (_INDENT if row.inner else "") + make_one_line(row.label)


def _find_cells_within(cells: Sequence[GridCell], first: int, end: int) -> Iterator[tuple[GridCell, int]]:
    """Yield the cells that reach into the columns from ``first`` to ``end``, with their share of them."""
    at = 0
    for cell in cells:
        share = min(at + cell.span, end) - max(at, first)
        at += cell.span
        if share > 0:
            yield cell, share


def _format_cell(cell: GridCell, room: int, *, notes: bool) -> str:
    """Return mark and note; the notes of single months are shown only where all of them fit."""
    mark, note = make_one_line(cell.mark), make_one_line(cell.note)
    both = f"{mark} {note}".strip()
    return both if measure_width(both) <= room and (notes or cell.span > 1) else mark


def _center_text(text: str, room: int) -> str:
    free = room - measure_width(text)
    return " " * (free // 2) + text + " " * (free - free // 2) if free >= 0 else wrap_text(text, room)[0]


def _pad_text(text: str, room: int) -> str:
    return text + " " * (room - measure_width(text))

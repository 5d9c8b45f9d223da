"""What a picture shows, as numbers: written the same wherever they stand, and as a table for who would rather read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.pages.page import Align, Cell, Column, Table
from dangwu.pages.tone import Tone

if TYPE_CHECKING:
    from dangwu.pages.page import Bars, Trend


def format_figure(value: float | None) -> str:
    """Return a value with as many decimals as it has, two at most; a dash for none."""
    return "-" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


def build_number_table(picture: Bars | Trend) -> Table:
    """Return the values of a picture: a row for each category, a column for each series."""
    unit = f" ({picture.unit})" if picture.unit else ""
    heads = (Column(""), *(Column(each.name + unit, Align.END, short=True) for each in picture.series))
    rows = tuple(
        (Cell(name), *(_build_number_cell(each.values[number]) for each in picture.series))
        for number, name in enumerate(picture.categories)
    )
    return Table(picture.caption, heads, rows)


def _build_number_cell(value: float | None) -> Cell:
    return Cell(format_figure(value), Tone.PLAIN if value else Tone.QUIET)

"""Bars of plain characters, a different one for each series, with the values behind them."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from dangwu.formats.safe_text import make_one_line
from dangwu.formats.text_layout import measure_width, wrap_text
from dangwu.pages.page import Tone
from dangwu.pages.wording.values import format_figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.pages.page import Bars

_BAR_CHARACTERS = {Tone.GOOD: "#", Tone.WAIVED: "/", Tone.BAD: "!"}
_OTHER_CHARACTER = "="
_REFERENCE_MARK = "|"
_BAR_ROOM = (10, 60)
_ROOM_BESIDE = 24
"""Columns kept free for the values."""


def render_bar_lines(bars: Bars, columns: int) -> Iterator[list[tuple[str, Tone]]]:
    """Yield a line for each category, then the legend."""
    for line in wrap_text(make_one_line(bars.caption), columns):
        yield [(line, Tone.STRONG)]
    names = [make_one_line(category) for category in bars.categories]
    width = max((measure_width(name) for name in names), default=0)
    room = max(_BAR_ROOM[0], min(_BAR_ROOM[1], columns - width - _ROOM_BESIDE))
    unit = max(1, ceil(max([*bars.totals, bars.reference[1] if bars.reference else 0], default=0) / room))
    mark = ceil(bars.reference[1] / unit) if bars.reference else 0
    for number, name in enumerate(names):
        parts = [(" " * (width - measure_width(name)) + name + "  ", Tone.QUIET)]
        lengths = [ceil((series.values[number] or 0) / unit) for series in bars.series]
        parts.extend(
            (_BAR_CHARACTERS.get(series.tone, _OTHER_CHARACTER) * length, series.tone)
            for series, length in zip(bars.series, lengths, strict=True)
        )
        free = mark - sum(lengths)
        parts.append((" " * (free - 1) + _REFERENCE_MARK if free > 0 else "", Tone.QUIET))
        values = [series.values[number] for series in bars.series]
        shown = "" if values == [None] * len(values) else "/".join(format_figure(value) for value in values)
        yield [*parts, (f"  {shown}", Tone.QUIET)]
    yield [
        (f"{_BAR_CHARACTERS.get(series.tone, _OTHER_CHARACTER)} {make_one_line(series.name)}   ", series.tone)
        for series in bars.series
    ]
    if bars.reference:
        name = f"{_REFERENCE_MARK} {make_one_line(bars.reference[0])}: {format_figure(bars.reference[1])}"
        yield from ([(line, Tone.QUIET)] for line in wrap_text(name, columns))

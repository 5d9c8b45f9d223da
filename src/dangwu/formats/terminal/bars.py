"""Bars drawn with plain characters, each series with one of its own, and the values behind them."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from dangwu.formats.safe_text import one_line
from dangwu.formats.text_width import width
from dangwu.formats.wrap import wrapped
from dangwu.pages.charts.numbers import figure
from dangwu.pages.tone import Tone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.pages.page import Bars

_BAR = {Tone.GOOD: "#", Tone.WAIVED: "/", Tone.BAD: "!"}
_OTHER = "="
_REFERENCE = "|"
_ROOM = (10, 60)
_BESIDE = 24
"""What is kept free for the values."""


def bar_lines(bars: Bars, columns: int) -> Iterator[list[tuple[str, Tone]]]:
    """Yield a line for each category, then what the characters mean."""
    for line in wrapped(one_line(bars.caption), columns):
        yield [(line, Tone.STRONG)]
    names = [one_line(each) for each in bars.categories]
    wide = max((width(name) for name in names), default=0)
    room = max(_ROOM[0], min(_ROOM[1], columns - wide - _BESIDE))
    unit = max(1, ceil(max([*bars.totals, bars.reference[1] if bars.reference else 0], default=0) / room))
    mark = ceil(bars.reference[1] / unit) if bars.reference else 0
    for number, name in enumerate(names):
        parts = [(" " * (wide - width(name)) + name + "  ", Tone.QUIET)]
        lengths = [ceil((each.values[number] or 0) / unit) for each in bars.series]
        parts.extend(
            (_BAR.get(each.tone, _OTHER) * length, each.tone) for each, length in zip(bars.series, lengths, strict=True)
        )
        free = mark - sum(lengths)
        parts.append((" " * (free - 1) + _REFERENCE if free > 0 else "", Tone.QUIET))
        values = [each.values[number] for each in bars.series]
        shown = "" if values == [None] * len(values) else "/".join(figure(each) for each in values)
        yield [*parts, (f"  {shown}", Tone.QUIET)]
    yield [(f"{_BAR.get(each.tone, _OTHER)} {one_line(each.name)}   ", each.tone) for each in bars.series]
    if bars.reference:
        name = f"{_REFERENCE} {one_line(bars.reference[0])}: {figure(bars.reference[1])}"
        yield from ([(line, Tone.QUIET)] for line in wrapped(name, columns))

"""Charts as static SVG for an HTML page (SVG 2, WAI-ARIA graphics), without scripts and links, with text as text.

Horizontal lengths are in per cent, so that a chart fills any width while its letters keep the size of the page's.
Fills differ by pattern and lines by dashes and marks, so that a print without colour is as clear.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

from dangwu.formats.safe_text import make_one_line
from dangwu.formats.svg.lines import draw_lines
from dangwu.formats.text_layout import measure_width
from dangwu.pages.page import Bars, Tone
from dangwu.pages.wording.values import format_figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dangwu.pages.page import Series, Trend

MAX_CATEGORIES = 18
"""The most bars in one SVG; more are drawn in several, so that a print can break between them."""
_ROW_HEIGHT, _BAR_HEIGHT, _HEAD_HEIGHT = 22, 13, 26
_LONG_NAME_WIDTH = 15
_LEAST_BAR_ROOM = 20.0
_FULL_WIDTH = 100.0
_PATTERN_PATHS = {
    Tone.WAIVED: ("M-1 7 7 -1M-1 1 1 -1M5 7 7 5",),
    Tone.WARN: ("M0 1.5H6M0 4.5H6",),
    Tone.OPEN: ("M1.5 0V6M4.5 0V6",),
    Tone.BAD: ("M-1 7 7 -1M-1 1 1 -1M5 7 7 5", "M-1 -1 7 7M5 -1 7 1M-1 5 1 7"),
    Tone.QUIET: ("M2 3H4",),
}
"""Strokes within a square of 6 by 6. Other tones fill their area evenly."""


class _BarLayout(NamedTuple):
    """The start and the room of all bars in per cent, and the value of the longest.

    With ``above``, the names are above their bars, since they are too long to be beside them.
    """

    left: float
    room: float
    most: float
    above: bool

    def long(self, value: float) -> float:
        """Return the length of a value."""
        return self.room * value / self.most


def render_charts(picture: Bars | Trend, name: str) -> Iterator[str]:
    """Yield the SVG elements of a chart; ``name`` is the prefix of every id in them."""
    if not isinstance(picture, Bars):
        canvas = _build_canvas(picture.caption, picture.alternative, 0, name)
        draw_lines(canvas, picture)
        yield tostring(canvas, encoding="unicode")
        return
    across = _lay_out_bars(picture)
    parts = range(0, len(picture.categories), MAX_CATEGORIES)
    for number, first in enumerate(parts, 1):
        own = name if len(parts) == 1 else f"{name}-{number}"
        yield _render_bars(picture, range(first, min(first + MAX_CATEGORIES, len(picture.categories))), across, own)


def _lay_out_bars(bars: Bars) -> _BarLayout:
    longest = max((measure_width(make_one_line(category)) for category in bars.categories), default=0)
    values = max((measure_width(_format_bar_values(bars, at)) for at in range(len(bars.categories))), default=0)
    left = 0.0 if longest > _LONG_NAME_WIDTH else 3 + 2.1 * longest
    most = max(*bars.totals, bars.reference[1] if bars.reference else 0, 1)
    return _BarLayout(
        left, max(_LEAST_BAR_ROOM, _FULL_WIDTH - left - 4 - 2.1 * values), most, above=longest > _LONG_NAME_WIDTH
    )


def _build_canvas(title: str, desc: str, height: int, name: str) -> Element:
    labels = f"{name}-title {name}-desc"
    canvas = Element("svg", {"role": "img", "aria-labelledby": labels, "width": "100%", "height": str(height)})
    SubElement(canvas, "title", {"id": f"{name}-title"}).text = make_one_line(title)
    SubElement(canvas, "desc", {"id": f"{name}-desc"}).text = make_one_line(desc)
    return canvas


def _render_bars(bars: Bars, indexes: Sequence[int], across: _BarLayout, name: str) -> str:
    row = _ROW_HEIGHT + (_ROW_HEIGHT - 4) * across.above
    canvas = _build_canvas(bars.caption, bars.alternative, _HEAD_HEIGHT + row * len(indexes) + 4, name)
    define_patterns(canvas, name, [series.tone for series in bars.series])
    _draw_legend(canvas, bars.series, name)
    tops = [_HEAD_HEIGHT + row * (number + 1) - (_ROW_HEIGHT + _BAR_HEIGHT) // 2 for number in range(len(indexes))]
    for top, at in zip(tops, indexes, strict=True):
        end = across.left
        for series in bars.series:
            long = across.long(series.values[at] or 0)
            if long:
                place = {"x": _format_percent(end), "y": str(top), "width": _format_percent(long)}
                SubElement(canvas, "rect", {**place, "height": str(_BAR_HEIGHT), **build_fill(name, series.tone)})
            end += long
    if bars.reference:
        _draw_reference(
            canvas, _format_percent(across.left + across.long(bars.reference[1])), format_figure(bars.reference[1])
        )
    # Text is drawn last, so that no line crosses it.
    for top, at in zip(tops, indexes, strict=True):
        _draw_text(canvas, 0, top - 5 if across.above else top + 11, make_one_line(bars.categories[at]))
        _draw_text(
            canvas, across.left + across.long(bars.totals[at]), top + 11, _format_bar_values(bars, at), {"dx": "6"}
        )
    return tostring(canvas, encoding="unicode")


def _format_bar_values(bars: Bars, at: int) -> str:
    """Return the values of a bar in the order of the series; empty where there are none."""
    values = [series.values[at] for series in bars.series]
    return "" if values == [None] * len(values) else "/".join(format_figure(value) for value in values)


def _draw_legend(canvas: Element, series: Sequence[Series], name: str) -> None:
    if len(series) == 1:
        return
    for number, one_series in enumerate(series):
        at = number * _FULL_WIDTH / len(series)
        SubElement(
            canvas,
            "rect",
            {"x": _format_percent(at), "y": "2", "width": "14", "height": "14", **build_fill(name, one_series.tone)},
        )
        _draw_text(canvas, at, 14, make_one_line(one_series.name), {"dx": "20"})


def _draw_reference(canvas: Element, at: str, value: str) -> None:
    SubElement(canvas, "line", {"x1": at, "x2": at, "y1": "18", "y2": "100%", "class": "reference"})
    SubElement(canvas, "text", {"x": at, "y": "13", "text-anchor": "middle"}).text = value


def _draw_text(canvas: Element, x: float, y: float, text: str, more: dict[str, str] | None = None) -> None:
    SubElement(canvas, "text", {"x": _format_percent(x), "y": f"{y:g}", **(more or {})}).text = text


def _format_percent(value: float) -> str:
    return f"{value:.2f}%"


def define_patterns(canvas: Element, name: str, tones: Iterable[Tone]) -> None:
    """Add the patterns of some tones to an SVG whose ids have the prefix ``name``."""
    drawn = [tone for tone in dict.fromkeys(tones) if tone in _PATTERN_PATHS]
    parent = SubElement(canvas, "defs") if drawn else canvas
    for tone in drawn:
        square = {"width": "6", "height": "6", "patternUnits": "userSpaceOnUse"}
        pattern = SubElement(parent, "pattern", {"id": f"{name}-{tone}", **square})
        SubElement(pattern, "rect", {"width": "6", "height": "6", "class": f"under-{tone}"})
        for path in _PATTERN_PATHS[tone]:
            SubElement(pattern, "path", {"d": path, "class": f"stroke-{tone}"})


def build_fill(name: str, tone: Tone) -> dict[str, str]:
    """Return the attributes of an area with a tone."""
    if tone in _PATTERN_PATHS:
        return {"class": f"edge-{tone}", "fill": f"url(#{name}-{tone})"}
    return {"class": f"fill-{tone} edge-{tone}"}

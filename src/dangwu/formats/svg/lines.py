"""Line charts over years as SVG: each line with its own dashes and marks, and values beside the marks."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from dangwu.formats.safe_text import make_one_line
from dangwu.pages.wording.values import format_figure

if TYPE_CHECKING:
    from dangwu.pages.page import Series, Trend

_TOP_EDGE, _BOTTOM_EDGE, _CHART_HEIGHT = 44, 124, 148
_LEGEND_HEIGHT = 26
"""The height of the legend, which a single line does not need."""
_SIDE_ROOM = 9.0
_LETTER_HEIGHT = 15
_DASH_PATTERNS = ("", "6 4", "2 3")


def draw_lines(canvas: Element, trend: Trend) -> None:
    """Draw a trend into an empty SVG and set its height."""
    if len(trend.series) == 1:
        canvas.set("height", str(_CHART_HEIGHT - _LEGEND_HEIGHT))
        canvas = SubElement(canvas, "g", {"transform": f"translate(0 -{_LEGEND_HEIGHT})"})
    else:
        canvas.set("height", str(_CHART_HEIGHT))
        _draw_legend(canvas, trend)
    most = max((value for series in trend.series for value in series.values if value is not None), default=0) or 1
    for number, series in enumerate(trend.series):
        heights = [
            None if value is None else _BOTTOM_EDGE - (_BOTTOM_EDGE - _TOP_EDGE) * value / most
            for value in series.values
        ]
        places = [(_format_year_place(at, len(heights)), height) for at, height in enumerate(heights)]
        for (before, one), (after, two) in pairwise(places):
            if one is not None and two is not None:
                ends = {"x1": before, "y1": f"{one:.1f}", "x2": after, "y2": f"{two:.1f}"}
                SubElement(canvas, "line", {**ends, **_build_stroke(number, series)})
        for x, height in places:
            if height is not None:
                _draw_mark(canvas, number, series, x, height)
    base = str(_BOTTOM_EDGE)
    SubElement(canvas, "line", {"x1": "0", "x2": "100%", "y1": base, "y2": base, "class": "axis"})
    for at, name in enumerate(trend.categories):
        _draw_text(canvas, _format_year_place(at, len(trend.categories)), _BOTTOM_EDGE + 18, make_one_line(name))
        _draw_values(canvas, trend, at, most)


def _draw_values(canvas: Element, trend: Trend, at: int, most: float) -> None:
    """Draw the values of a year: the highest above its mark, the others below, without overlap."""
    values = sorted({series.values[at] or 0 for series in trend.series if series.values[at] is not None}, reverse=True)
    heights = [_BOTTOM_EDGE - (_BOTTOM_EDGE - _TOP_EDGE) * value / most for value in values]
    places = [height + 18 if number else height - 9 for number, height in enumerate(heights)]
    lowest = _BOTTOM_EDGE - 9.0
    for number in reversed(range(len(places))):
        places[number] = min(places[number], lowest)
        lowest = places[number] - _LETTER_HEIGHT
    for value, place in zip(values, places, strict=True):
        _draw_text(canvas, _format_year_place(at, len(trend.categories)), place, format_figure(value))


def _draw_legend(canvas: Element, trend: Trend) -> None:
    for number, series in enumerate(trend.series):
        at = f"{number * 100 / len(trend.series):.2f}%"
        sample = SubElement(canvas, "svg", {"x": at, "width": "34", "height": "20"})
        SubElement(sample, "line", {"x1": "0", "y1": "10", "x2": "32", "y2": "10", **_build_stroke(number, series)})
        _draw_mark(sample, number, series, "16", 10)
        SubElement(canvas, "text", {"x": at, "y": "14", "dx": "40"}).text = make_one_line(series.name)


def _draw_mark(canvas: Element, number: int, series: Series, x: str, y: float) -> None:
    """Draw a mark: a full disc for the first line, an empty square for the second, an empty disc for the third."""
    if number % len(_DASH_PATTERNS) == 1:
        where = {"x": x, "y": f"{y - 4:.1f}", "width": "8", "height": "8", "transform": "translate(-4)"}
        SubElement(canvas, "rect", {**where, "class": f"paper edge-{series.tone}"})
        return
    kind = "paper" if number % len(_DASH_PATTERNS) else f"fill-{series.tone}"
    SubElement(canvas, "circle", {"cx": x, "cy": f"{y:.1f}", "r": "4.5", "class": f"{kind} edge-{series.tone}"})


def _build_stroke(number: int, series: Series) -> dict[str, str]:
    dashes = _DASH_PATTERNS[number % len(_DASH_PATTERNS)]
    return {"class": f"stroke-{series.tone}", **({"stroke-dasharray": dashes} if dashes else {})}


def _format_year_place(at: int, count: int) -> str:
    """Return the horizontal place of a year in per cent, with room for the text of the first and last."""
    return f"{_SIDE_ROOM + (100 - 2 * _SIDE_ROOM) * at / max(1, count - 1):.2f}%"


def _draw_text(canvas: Element, x: str, y: float, text: str) -> None:
    SubElement(canvas, "text", {"x": x, "y": f"{y:.1f}", "text-anchor": "middle"}).text = text

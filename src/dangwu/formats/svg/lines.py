"""Lines over years in an SVG: each with dashes and marks of its own, and its values beside its marks."""

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
"""How much less is above a single line, which needs no key."""
_SIDE_ROOM = 9.0
_LETTER_HEIGHT = 15
_DASH_PATTERNS = ("", "6 4", "2 3")


def draw_lines(made: Element, trend: Trend) -> None:
    """Draw a trend into an empty picture and give it its height."""
    if len(trend.series) == 1:
        made.set("height", str(_CHART_HEIGHT - _LEGEND_HEIGHT))
        made = SubElement(made, "g", {"transform": f"translate(0 -{_LEGEND_HEIGHT})"})
    else:
        made.set("height", str(_CHART_HEIGHT))
        _draw_legend(made, trend)
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
                SubElement(made, "line", {**ends, **_build_stroke(number, series)})
        for x, height in places:
            if height is not None:
                _draw_mark(made, number, series, x, height)
    base = str(_BOTTOM_EDGE)
    SubElement(made, "line", {"x1": "0", "x2": "100%", "y1": base, "y2": base, "class": "axis"})
    for at, name in enumerate(trend.categories):
        _draw_text(made, _format_year_place(at, len(trend.categories)), _BOTTOM_EDGE + 18, make_one_line(name))
        _draw_values(made, trend, at, most)


def _draw_values(made: Element, trend: Trend, at: int, most: float) -> None:
    """Write the values of a year: the highest above its mark, the others below, none over another or the axis."""
    values = sorted({series.values[at] or 0 for series in trend.series if series.values[at] is not None}, reverse=True)
    heights = [_BOTTOM_EDGE - (_BOTTOM_EDGE - _TOP_EDGE) * value / most for value in values]
    places = [height + 18 if number else height - 9 for number, height in enumerate(heights)]
    lowest = _BOTTOM_EDGE - 9.0
    for number in reversed(range(len(places))):
        places[number] = min(places[number], lowest)
        lowest = places[number] - _LETTER_HEIGHT
    for value, place in zip(values, places, strict=True):
        _draw_text(made, _format_year_place(at, len(trend.categories)), place, format_figure(value))


def _draw_legend(made: Element, trend: Trend) -> None:
    for number, series in enumerate(trend.series):
        at = f"{number * 100 / len(trend.series):.2f}%"
        sample = SubElement(made, "svg", {"x": at, "width": "34", "height": "20"})
        SubElement(sample, "line", {"x1": "0", "y1": "10", "x2": "32", "y2": "10", **_build_stroke(number, series)})
        _draw_mark(sample, number, series, "16", 10)
        SubElement(made, "text", {"x": at, "y": "14", "dx": "40"}).text = make_one_line(series.name)


def _draw_mark(made: Element, number: int, series: Series, x: str, y: float) -> None:
    """Draw a full disc for the first line, an empty square for the second, an empty disc for the third."""
    if number % len(_DASH_PATTERNS) == 1:
        where = {"x": x, "y": f"{y - 4:.1f}", "width": "8", "height": "8", "transform": "translate(-4)"}
        SubElement(made, "rect", {**where, "class": f"paper edge-{series.tone}"})
        return
    kind = "paper" if number % len(_DASH_PATTERNS) else f"fill-{series.tone}"
    SubElement(made, "circle", {"cx": x, "cy": f"{y:.1f}", "r": "4.5", "class": f"{kind} edge-{series.tone}"})


def _build_stroke(number: int, series: Series) -> dict[str, str]:
    dashes = _DASH_PATTERNS[number % len(_DASH_PATTERNS)]
    return {"class": f"stroke-{series.tone}", **({"stroke-dasharray": dashes} if dashes else {})}


def _format_year_place(at: int, count: int) -> str:
    """Return the place of a year in per cent; the outer ones keep room for their words."""
    return f"{_SIDE_ROOM + (100 - 2 * _SIDE_ROOM) * at / max(1, count - 1):.2f}%"


def _draw_text(made: Element, x: str, y: float, text: str) -> None:
    SubElement(made, "text", {"x": x, "y": f"{y:.1f}", "text-anchor": "middle"}).text = text

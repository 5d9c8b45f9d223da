"""Pictures as static SVG for an HTML page (SVG 2, WAI-ARIA graphics): no script, no address, text that stays text.

Lengths across are in per cent, so that a picture fills a phone and a desk while its letters stay as the page's. Fills
are told apart by pattern and lines by dashes and marks, so that paper without colour shows the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

from dangwu.formats.safe_text import one_line
from dangwu.formats.svg.fills import define, fill
from dangwu.formats.svg.lines import draw_lines
from dangwu.formats.text_width import width
from dangwu.pages.charts.numbers import figure
from dangwu.pages.page import Bars

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dangwu.pages.page import Series, Trend

MOST = 18
"""How many bars stand in one picture; more are drawn in several, so that they can be broken over pages."""
_ROW, _BAR, _HEAD = 22, 13, 26
_LONG = 15
_LEAST = 20.0
_FULL = 100.0


class _Across(NamedTuple):
    """Where bars begin, how much room they have, in per cent, and what the longest stands for: the same for all.

    ``above`` says that the names stand above their bars, for want of room beside them.
    """

    left: float
    room: float
    most: float
    above: bool

    def long(self, value: float) -> float:
        """Return the length of a value."""
        return self.room * value / self.most


def pictures(picture: Bars | Trend, name: str) -> Iterator[str]:
    """Yield the SVG elements of a picture; ``name`` begins every id in them."""
    if not isinstance(picture, Bars):
        made = _canvas(picture.caption, picture.alternative, 0, name)
        draw_lines(made, picture)
        yield tostring(made, encoding="unicode")
        return
    across = _across(picture)
    parts = range(0, len(picture.categories), MOST)
    for number, first in enumerate(parts, 1):
        own = name if len(parts) == 1 else f"{name}-{number}"
        yield _bars(picture, range(first, min(first + MOST, len(picture.categories))), across, own)


def _across(bars: Bars) -> _Across:
    longest = max((width(one_line(each)) for each in bars.categories), default=0)
    values = max((width(_value(bars, at)) for at in range(len(bars.categories))), default=0)
    left = 0.0 if longest > _LONG else 3 + 2.1 * longest
    most = max(*bars.totals, bars.reference[1] if bars.reference else 0, 1)
    return _Across(left, max(_LEAST, _FULL - left - 4 - 2.1 * values), most, above=longest > _LONG)


def _canvas(title: str, desc: str, height: int, name: str) -> Element:
    labels = f"{name}-title {name}-desc"
    made = Element("svg", {"role": "img", "aria-labelledby": labels, "width": "100%", "height": str(height)})
    SubElement(made, "title", {"id": f"{name}-title"}).text = one_line(title)
    SubElement(made, "desc", {"id": f"{name}-desc"}).text = one_line(desc)
    return made


def _bars(bars: Bars, chosen: Sequence[int], across: _Across, name: str) -> str:
    row = _ROW + (_ROW - 4) * across.above
    made = _canvas(bars.caption, bars.alternative, _HEAD + row * len(chosen) + 4, name)
    define(made, name, [each.tone for each in bars.series])
    _legend(made, bars.series, name)
    tops = [_HEAD + row * (number + 1) - (_ROW + _BAR) // 2 for number in range(len(chosen))]
    for top, at in zip(tops, chosen, strict=True):
        end = across.left
        for each in bars.series:
            long = across.long(each.values[at] or 0)
            if long:
                place = {"x": _percent(end), "y": str(top), "width": _percent(long)}
                SubElement(made, "rect", {**place, "height": str(_BAR), **fill(name, each.tone)})
            end += long
    if bars.reference:
        _reference(made, _percent(across.left + across.long(bars.reference[1])), figure(bars.reference[1]))
    # Words come last, so that no line runs through them.
    for top, at in zip(tops, chosen, strict=True):
        _text(made, 0, top - 5 if across.above else top + 11, one_line(bars.categories[at]))
        _text(made, across.left + across.long(bars.totals[at]), top + 11, _value(bars, at), {"dx": "6"})
    return tostring(made, encoding="unicode")


def _value(bars: Bars, at: int) -> str:
    """Return the numbers behind a bar, in the order of the series; nothing where there are none."""
    values = [each.values[at] for each in bars.series]
    return "" if values == [None] * len(values) else "/".join(figure(each) for each in values)


def _legend(made: Element, series: Sequence[Series], name: str) -> None:
    if len(series) == 1:
        return
    for number, each in enumerate(series):
        at = number * _FULL / len(series)
        SubElement(made, "rect", {"x": _percent(at), "y": "2", "width": "14", "height": "14", **fill(name, each.tone)})
        _text(made, at, 14, one_line(each.name), {"dx": "20"})


def _reference(made: Element, at: str, value: str) -> None:
    SubElement(made, "line", {"x1": at, "x2": at, "y1": "18", "y2": "100%", "class": "reference"})
    SubElement(made, "text", {"x": at, "y": "13", "text-anchor": "middle"}).text = value


def _text(made: Element, x: float, y: float, text: str, more: dict[str, str] | None = None) -> None:
    SubElement(made, "text", {"x": _percent(x), "y": f"{y:g}", **(more or {})}).text = text


def _percent(value: float) -> str:
    return f"{value:.2f}%"

"""How a tone fills an area of a picture: a pattern of its own for each, drawn in the colours of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from dangwu.pages.tone import Tone

if TYPE_CHECKING:
    from collections.abc import Iterable

_PATTERN_PATHS = {
    Tone.WAIVED: ("M-1 7 7 -1M-1 1 1 -1M5 7 7 5",),
    Tone.WARN: ("M0 1.5H6M0 4.5H6",),
    Tone.OPEN: ("M1.5 0V6M4.5 0V6",),
    Tone.BAD: ("M-1 7 7 -1M-1 1 1 -1M5 7 7 5", "M-1 -1 7 7M5 -1 7 1M-1 5 1 7"),
    Tone.QUIET: ("M2 3H4",),
}
"""Strokes in a square of six. The tones that are not here fill their area whole."""


def define_patterns(made: Element, name: str, tones: Iterable[Tone]) -> None:
    """Put the patterns of some tones into a picture whose ids begin with ``name``."""
    drawn = [tone for tone in dict.fromkeys(tones) if tone in _PATTERN_PATHS]
    place = SubElement(made, "defs") if drawn else made
    for tone in drawn:
        square = {"width": "6", "height": "6", "patternUnits": "userSpaceOnUse"}
        pattern = SubElement(place, "pattern", {"id": f"{name}-{tone}", **square})
        SubElement(pattern, "rect", {"width": "6", "height": "6", "class": f"under-{tone}"})
        for path in _PATTERN_PATHS[tone]:
            SubElement(pattern, "path", {"d": path, "class": f"stroke-{tone}"})


def build_fill(name: str, tone: Tone) -> dict[str, str]:
    """Return the attributes of an area of a tone."""
    if tone in _PATTERN_PATHS:
        return {"class": f"edge-{tone}", "fill": f"url(#{name}-{tone})"}
    return {"class": f"fill-{tone} edge-{tone}"}

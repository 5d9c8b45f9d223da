"""How many columns of a terminal a text takes."""

from __future__ import annotations

from unicodedata import category, east_asian_width

_ZERO_WIDTH_CATEGORIES = {"Mn", "Me", "Cf", "Cc"}


def measure_width(text: str) -> int:
    """Return the columns that the text takes: Chinese characters two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(measure_character(char) for char in text)


def measure_character(char: str) -> int:
    """Return the columns of one character."""
    if east_asian_width(char) in "WF":
        return 2
    return 0 if category(char) in _ZERO_WIDTH_CATEGORIES else 1

"""How many columns of a terminal a text takes."""

from __future__ import annotations

from unicodedata import category, east_asian_width

_NO_COLUMN = {"Mn", "Me", "Cf", "Cc"}


def width(text: str) -> int:
    """Return the columns that the text takes: Chinese characters two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(char_width(char) for char in text)


def char_width(char: str) -> int:
    """Return the columns of one character."""
    if east_asian_width(char) in "WF":
        return 2
    return 0 if category(char) in _NO_COLUMN else 1

"""How well one colour can be read on another."""

from __future__ import annotations


def contrast(one: str, two: str) -> float:
    """Return the contrast of two colours as in #b5151b (WCAG 2, relative luminance)."""
    bright, dim = sorted((_light(one), _light(two)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _light(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(each * 2 for each in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

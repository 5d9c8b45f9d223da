"""Escape text that a spreadsheet program would take for a formula or a character code, and unescape it on import."""

from __future__ import annotations

import re

# Programs set to an East Asian language read the full-width signs as the plain ones.
_FORMULA_START = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_CODE_START = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_CHARACTER_CODE = re.compile("_x(?![Dd][89A-Fa-f])([0-9A-Fa-f]{4})_")


def guard_formula(text: str) -> str:
    """Return a text with an apostrophe before it where it would begin a formula (OWASP, CSV injection).

    A text that begins with such apostrophes gets one more, so that ``unguard_formula`` is the exact inverse.
    """
    return f"'{text}" if _FORMULA_START.match(text) else text


def unguard_formula(text: str) -> str:
    """Return the argument of ``guard_formula`` from its result; any other apostrophe stays."""
    return text[1:] if text.startswith("'") and _FORMULA_START.match(text, 1) else text


def escape_character_codes(text: str) -> str:
    """Return a text for a workbook's cell in which a sequence such as ``_x000A_`` stays text.

    ECMA-376-1, 22.9.2.19, ST_Xstring: its underline is written as a character code.
    """
    return _CODE_START.sub("_x005F_", text)


def unescape_character_codes(text: str) -> str:
    """Return the text of a workbook's cell with its character codes decoded: the inverse of ``escape_character_codes``.

    Codes of surrogates are no characters and stay as they are.
    """
    return _CHARACTER_CODE.sub(lambda match: chr(int(match[1], 16)), text)

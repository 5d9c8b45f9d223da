"""Text that a spreadsheet program would take for something else, kept as it is, and brought back on import."""

from __future__ import annotations

import re

# Programs set to an East Asian language read the full-width signs as the plain ones.
_FORMULA_START = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_CODE_START = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_CHARACTER_CODE = re.compile("_x(?![Dd][89A-Fa-f])([0-9A-Fa-f]{4})_")


def guard_formula(text: str) -> str:
    """Return a text with an apostrophe before it where it would begin a formula (OWASP, CSV injection).

    A text that has such apostrophes of its own gets one more, so that ``unguard_formula`` always finds the way back.
    """
    return f"'{text}" if _FORMULA_START.match(text) else text


def unguard_formula(text: str) -> str:
    """Return the text that ``guard_formula`` was given; any other apostrophe stays."""
    return text[1:] if text.startswith("'") and _FORMULA_START.match(text, 1) else text


def escape_character_codes(text: str) -> str:
    """Return a text for a workbook's cell, with what would there be the code of a character (``_x000A_``) kept text.

    ECMA-376-1, 22.9.2.19, ST_Xstring: the underline before it is itself written as a code.
    """
    return _CODE_START.sub("_x005F_", text)


def unescape_character_codes(text: str) -> str:
    """Return the text that a workbook's cell shows; of one that was ``escape_character_codes``, that which was given.

    Programs write carriage returns as codes too. Halves of surrogate pairs are no characters, and stay as they are.
    """
    return _CHARACTER_CODE.sub(lambda match: chr(int(match[1], 16)), text)

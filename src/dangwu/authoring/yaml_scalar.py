"""Single values as YAML that readers of YAML 1.1 and 1.2 read back as the same value."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import Any

_RESERVED_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "nan", "inf"})
_match_word = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*", re.ASCII).fullmatch
_match_date = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII).fullmatch
# Forms that begin with a digit and that no reader of YAML 1.1 or 1.2 reads as a number or a date.
_match_digits_first = re.compile(
    r"\d\d:\d\d-\d\d:\d\d|\d{4}-\d\d-\d\d-[a-z][a-z0-9-]*|\d{4}-(?:\d\d|Q\d|H\d)|\d+(?:\.\d+)*[a-z]?(?:/[A-Za-z0-9-]+)+",
    re.ASCII,
).fullmatch
_LAST_SHORT_ESCAPE = 0xFFFF
_ALLOWED_IN_FLOW = frozenset(" _-./()+·'\"（）【】、，。；：？！“”‘’《》〈〉「」…—％%~&*=")
_ALLOWED_IN_BLOCK = frozenset(",;!?")
_OPENING_CHARACTERS = frozenset("（【《“‘「")
_SHORT_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def render_scalar(value: Any, *, flow: bool = False, is_date: bool = False) -> str:
    """Return one value as YAML; ``flow`` inside brackets, ``is_date`` where the schema requires a day."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    if is_date and _match_date(text):
        return text
    return text if _is_plain(text, flow=flow) else quote_scalar(text)


def quote_scalar(text: str) -> str:
    """Return a string in double quotes, on one line, with invisible characters escaped."""
    return '"' + "".join(_SHORT_ESCAPES.get(char) or _escape_character(char) for char in text) + '"'


def _escape_character(char: str) -> str:
    if " " <= char <= "~":
        return char
    category = unicodedata.category(char)
    if category[0] in "LMNPS" or char == "\u3000":
        return char
    code = ord(char)
    return f"\\U{code:08x}" if code > _LAST_SHORT_ESCAPE else f"\\u{code:04x}"


@lru_cache(maxsize=4096)
def _is_plain(text: str, *, flow: bool) -> bool:
    if _match_word(text):
        return text.lower() not in _RESERVED_WORDS
    if not text or text != text.strip():
        return False
    if text[0].isascii() and text[0].isdigit() and not any("\u4e00" <= char <= "\u9fff" for char in text):
        return _match_digits_first(text) is not None and not (flow and ":" in text)
    if not (text[0] in _OPENING_CHARACTERS or unicodedata.category(text[0])[0] in "LN"):
        return False
    if text.lower() in _RESERVED_WORDS or _is_number_elsewhere(text):
        return False
    allowed = _ALLOWED_IN_FLOW if flow else _ALLOWED_IN_FLOW | _ALLOWED_IN_BLOCK
    return all(char in allowed or unicodedata.category(char)[0] in "LN" for char in text)


def _is_number_elsewhere(text: str) -> bool:
    """Tell whether a text begins with a digit of another script, which some Python readers take for a number."""
    return unicodedata.category(text[0])[0] == "N" and not text[0].isascii()

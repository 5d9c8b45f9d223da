"""Plain scalars of YAML → values: the few words and numbers that have a type; everything else is text."""

from __future__ import annotations

import re
from typing import Any

_WORD_VALUES: dict[str, Any] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_WORD_BEGINNINGS = frozenset(word[:1] for word in _WORD_VALUES)
_NUMBER_BEGINNINGS = frozenset("-0123456789")
_match_number = re.compile(r"-?(?:0|[1-9][0-9]{0,15})(\.[0-9]{1,15})?", re.ASCII).fullmatch


def resolve_scalar(value: str) -> Any:
    """Return what a scalar without quotation marks comes to."""
    first = value[:1]
    if first in _NUMBER_BEGINNINGS and (found := _match_number(value)):
        return float(value) if found[1] else int(value)
    return _WORD_VALUES.get(value, value) if first in _WORD_BEGINNINGS else value

"""Values as JSON text that is the same for the same values, and harmless on a terminal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dangwu.formats.safe_text import UNSAFE_CHARACTER

if TYPE_CHECKING:
    import re


def format_json(value: Any) -> str:
    """Return one document ending in a line feed; invisible characters and lone surrogates are written as escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    return "\n".join(escape_json_line(line) for line in text.split("\n")) + "\n"


def escape_json_line(line: str) -> str:
    """Return a line of JSON with invisible characters and lone surrogates as escapes: the same value."""
    return UNSAFE_CHARACTER.sub(_escape_character, line)


def _escape_character(match: re.Match[str]) -> str:
    return json.dumps(match.group())[1:-1]

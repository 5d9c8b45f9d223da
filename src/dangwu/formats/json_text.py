"""Values as JSON text, deterministic and without characters that a terminal would interpret."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dangwu.formats.safe_text import UNSAFE_CHARACTER

if TYPE_CHECKING:
    import re


def format_json(value: Any) -> str:
    """Return a document ending in a line feed; invisible characters and lone surrogates are escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    return "\n".join(escape_json_line(line) for line in text.split("\n")) + "\n"


def escape_json_line(line: str) -> str:
    """Return a line of JSON with the same value, invisible characters and lone surrogates escaped."""
    return UNSAFE_CHARACTER.sub(_escape_character, line)


def _escape_character(match: re.Match[str]) -> str:
    return json.dumps(match.group())[1:-1]

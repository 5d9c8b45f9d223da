"""Values as JSON text that is the same for the same values, and harmless on a terminal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dangwu.formats.safe_text import UNSAFE

if TYPE_CHECKING:
    import re


def json_text(value: Any) -> str:
    """Return one document ending in a line feed; invisible characters and lone surrogates are written as escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    return "\n".join(harmless(line) for line in text.split("\n")) + "\n"


def harmless(line: str) -> str:
    """Return a line of JSON with invisible characters and lone surrogates as escapes: the same value."""
    return UNSAFE.sub(_escape, line)


def _escape(match: re.Match[str]) -> str:
    return json.dumps(match.group())[1:-1]

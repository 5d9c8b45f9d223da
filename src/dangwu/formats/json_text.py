"""Values as JSON text, deterministic and without characters that a terminal would interpret."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dangwu.formats.safe_text import UNSAFE_CHARACTER

if TYPE_CHECKING:
    import re


def format_json(value: Any) -> str:
    """Return a document ending in a line feed; invisible characters are escaped.

    A lone surrogate, which stands for a byte of a name that is no text, is shown as in text: strict readers of JSON
    refuse its escape.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    return "\n".join(escape_json_line(line) for line in text.split("\n")) + "\n"


def escape_json_line(line: str) -> str:
    """Return a line of JSON with the same value, invisible characters escaped and lone surrogates shown."""
    return UNSAFE_CHARACTER.sub(_escape_character, line)


def _escape_character(match: re.Match[str]) -> str:
    escaped = json.dumps(match.group())[1:-1]
    return f"\\{escaped}" if "\ud800" <= match.group() <= "\udfff" else escaped

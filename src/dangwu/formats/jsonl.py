"""A sheet as JSON lines: an object for each row, with the machines' names, days in ISO form and codes as codes."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from dangwu.formats.json_text import harmless

if TYPE_CHECKING:
    from dangwu.sheets.write.sheet import Content, Spread


def jsonl_bytes(spread: Spread) -> bytes:
    """Return the rows in their order, each with all keys of the columns in theirs; blanks are null."""
    keys = [each.key for each in spread.columns]
    rows = (dict(zip(keys, (_plain(value) for value in row), strict=True)) for row in spread.rows)
    lines = (harmless(json.dumps(row, ensure_ascii=False, allow_nan=False)) + "\n" for row in rows)
    return "".join(lines).encode()


def _plain(value: Content) -> str | float | None:
    return value.isoformat() if isinstance(value, date) else value

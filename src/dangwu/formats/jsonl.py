"""A sheet as JSON lines: an object for each row, with keys, days in ISO form and codes."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from dangwu.formats.json_text import escape_json_line

if TYPE_CHECKING:
    from dangwu.sheets.write.sheet import CellContent, Sheet


def render_jsonl(sheet: Sheet) -> bytes:
    """Return a line for each row with the keys of all columns in their order; empty cells are null."""
    keys = [column.key for column in sheet.columns]
    rows = (dict(zip(keys, (_export_value(value) for value in row), strict=True)) for row in sheet.rows)
    lines = (escape_json_line(json.dumps(row, ensure_ascii=False, allow_nan=False)) + "\n" for row in rows)
    return "".join(lines).encode()


def _export_value(value: CellContent) -> str | float | None:
    return value.isoformat() if isinstance(value, date) else value

"""A sheet as CSV for Excel and WPS: UTF-8 with a byte order mark, CRLF (RFC 4180), formulas escaped."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING

from dangwu.formats.safe_text import make_safe_text
from dangwu.sheets.formula_guard import guard_formula

if TYPE_CHECKING:
    from dangwu.sheets.write.sheet import CellContent, Sheet

_BYTE_ORDER_MARK = "\ufeff"


def render_csv(sheet: Sheet, *, tidy: bool = False) -> bytes:
    """Return the sheet with its titles as head; with ``tidy`` the head has keys and there is no byte order mark."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_format_field(column.key if tidy else column.title) for column in sheet.columns])
    writer.writerows([_format_field(value) for value in row] for row in sheet.rows)
    return (("" if tidy else _BYTE_ORDER_MARK) + out.getvalue()).encode()


def _format_field(value: CellContent) -> str:
    if isinstance(value, str):
        return guard_formula(make_safe_text(value, lines=True))
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else format_number(value)


def format_number(value: float) -> str:
    """Return a number without a fraction of 0: 45, 12.5."""
    return str(int(value)) if value == int(value) else repr(value)

"""A sheet as CSV that Excel and WPS open as it is: UTF-8 with a mark, CRLF (RFC 4180), nothing taken for a formula."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING

from dangwu.formats.safe_text import safe_text
from dangwu.sheets.formula_guard import guard

if TYPE_CHECKING:
    from dangwu.sheets.write.sheet import Content, Spread

_MARK = "\ufeff"


def csv_bytes(spread: Spread, *, tidy: bool = False) -> bytes:
    """Return the sheet with its titles as head; ``tidy`` has the machines' names there, and no mark before them."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_field(each.key if tidy else each.title) for each in spread.columns])
    writer.writerows([_field(value) for value in row] for row in spread.rows)
    return (("" if tidy else _MARK) + out.getvalue()).encode()


def _field(value: Content) -> str:
    if isinstance(value, str):
        return guard(safe_text(value, lines=True))
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else number(value)


def number(value: float) -> str:
    """Return a number without a fraction that says nothing: 45, 12.5."""
    return str(int(value)) if value == int(value) else repr(value)

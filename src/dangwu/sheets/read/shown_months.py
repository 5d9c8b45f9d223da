"""Months that only a cell's number format makes: 3 shown as 3月, and a day of which only the month is shown."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from dangwu.sheets.read import day_cells

if TYPE_CHECKING:
    from dangwu.sheets.read.cell_grid import RawValue

_NUMBER_AS_MONTH = re.compile(r'(?:General|G/通用格式|0{1,2}|#+|@)[ ]?(?:"月份?"|\\?月份?)(?:;.*)?')
_LITERALS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_BUILT_IN_MONTHS = frozenset({27, 36, 50, 52, 57})
"""Formats that show year and month in Chinese programs, by number alone (ECMA-376, part 1, 18.8.30)."""
_LAST_MONTH = 12


def read_shown_month(value: RawValue, number_format: str, number: int, *, mac: bool) -> RawValue:
    """Return the month as text, or the day of which only the month is shown; None for every other cell."""
    words = str(number_format)
    if isinstance(value, datetime | date):
        return value if _shows_only_month(words) else None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if not isinstance(value, str) and number in _BUILT_IN_MONTHS:
        day = day_cells.parse_day_cell(value, mac=mac)
        return day if isinstance(day, date) else None
    text = str(int(value)) if isinstance(value, float) and value == int(value) else str(value)
    is_month = text.isascii() and text.isdigit() and 1 <= int(text[:3]) <= _LAST_MONTH
    return f"{text}月" if is_month and _NUMBER_AS_MONTH.fullmatch(words) else None


def _shows_only_month(number_format: str) -> bool:
    letters = set(_LITERALS.sub("", number_format).lower())
    return "m" in letters and letters.isdisjoint("dhs")

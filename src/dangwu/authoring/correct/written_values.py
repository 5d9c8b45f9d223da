"""Days, hours, months, numbers and yes or no as people write them → as records have them, or None if uncertain."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import partial

from dangwu.model.message import Text, say

_DAY = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d{2})(\d{2}))", re.ASCII)
_TWO_WAYS = re.compile(r"\d{1,2}([-/.])\d{1,2}\1(?:\d{2}|\d{4})", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{2}年\d{1,2}月\d{1,2}日", re.ASCII)
_HOURS = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})(?:[-/](\d{1,2})|\.(\d{2})|年(\d{1,2})月)", re.ASCII)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?", re.ASCII)
_WHOLE = re.compile(r"0*(\d{1,15})", re.ASCII)
_DASHES = re.compile(r"\s*[-~\u2010-\u2015\u2212\u301c\u223c至到]+\s*")
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_DAWN, _HOURS_OF_DAY, _MINUTES, _MONTHS = 7, 24, 60, 12
_YES_AND_NO = {
    "true": True, "yes": True, "on": True, "是": True, "false": False, "no": False, "off": False, "否": False,
}  # fmt: skip


def plain_form(written: str) -> str:
    """Return a text in half-width signs, without blanks around it."""
    return unicodedata.normalize("NFKC", written).strip()


def write_day(written: str) -> str | Text | None:
    """Return 2026-03-12 for 2026/3/12, 2026年3月12日 and the like; a reason where a day can be read in two ways."""
    text = re.sub(r"\s*([年月日])\s*", r"\1", _write_hyphens(plain_form(written)))
    match = _DAY.fullmatch(text)
    if match is None:
        if _SHORT_YEAR.fullmatch(text):
            return say("The year has two digits only: {text}", text=written.strip())
        unclear = _TWO_WAYS.fullmatch(text)
        return say("{text}: which is the month, and which the day?", text=written.strip()) if unclear else None
    numbers = (int(match[1]), int(match[3] or match[5] or match[7]), int(match[4] or match[6] or match[8]))
    try:
        day = date(*numbers)
    except ValueError:
        return None
    return day.isoformat() if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def write_hours(written: str) -> str | Text | None:
    """Return 15:00-16:10 for 15：00－16：10 and the like; a reason where it may be before or after noon."""
    match = _HOURS.fullmatch(_write_hyphens(plain_form(written)))
    if match is None:
        return None
    hours, minutes = (int(match[1]), int(match[3])), (int(match[2]), int(match[4]))
    if any(len(word) == 1 and 0 < int(word) < _DAWN for word in (match[1], match[3])):
        return say("{text}: before or after noon?", text=written.strip())
    if max(hours) >= _HOURS_OF_DAY or max(minutes) >= _MINUTES:
        return None
    return f"{hours[0]:02}:{minutes[0]:02}-{hours[1]:02}:{minutes[1]:02}"


def write_month(written: str) -> str | None:
    """Return 2026-03 for 2026年3月, 2026/3 and 2026.03; 2026.1 may be October."""
    match = _MONTH.fullmatch(re.sub(r"\s*([年月])\s*", r"\1", _write_hyphens(plain_form(written))))
    if match is None:
        return None
    month = int(match[2] or match[3] or match[4])
    return f"{match[1]}-{month:02}" if 1 <= month <= _MONTHS else None


def write_number(written: str) -> tuple[str, int | float] | None:
    """Return a number in half-width digits, and its value; the digits behind the point stay as they are."""
    text = plain_form(written)
    if _NUMBER.fullmatch(text):
        return text, float(text) if "." in text else int(text)
    match = _WHOLE.fullmatch(text)
    return (str(int(match[1])), int(match[1])) if match else None


def write_yes_or_no(written: str) -> bool | None:
    """Return the truth value of yes, no, on, off, 是 and 否."""
    return _YES_AND_NO.get(plain_form(written).lower())


_write_hyphens = partial(_DASHES.sub, "-")

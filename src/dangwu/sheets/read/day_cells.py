"""Days, months and years as people write them → values, or a sentence why they are ambiguous or wrong.

Days: 2026-03-15, 2026/3/15, 2026.3.15, 20260315, 2026年3月15日(星期日), 二〇二六年三月十五日, full-width digits,
cells that hold a day, and the day numbers of spreadsheet programs (ECMA-376, part 1, 18.17.4).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from dangwu.model.message import Text, say

if TYPE_CHECKING:
    from dangwu.sheets.read.cell_grid import RawValue

_HANDWRITTEN = "〇一二三四五六七八九"
_DIGITS = {**{char: str(at) for at, char in enumerate(_HANDWRITTEN)}, "零": "0", "○": "0", "元": "1"}
_WEEKDAY_NUMERALS = "一二三四五六日"
_CLOCK = r"(?:(?:[T ]|(?<=[日号)）]))\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_WEEKDAY = r"(?:[ ,]*[(（]?(?:星期|周|礼拜)([一二三四五六日天])[)）]?)?"
_DAY = re.compile(
    rf"(\d{{4}})(?:([-/.])(\d{{1,2}})\2(\d{{1,2}})|年(\d{{1,2}})月(\d{{1,2}})[日号]?|(\d{{2}})(\d{{2}})){_WEEKDAY}{_CLOCK}",
    re.ASCII,
)
_MONTH = re.compile(r"(\d{4})(?:[-/.](\d{1,2})|年(\d{1,2})月份?|(\d{2}))", re.ASCII)
_ONLY_MONTH = re.compile(r"(\d{1,2})月份?", re.ASCII)
_YEAR = re.compile(r"(\d{4})(?:年度?)?", re.ASCII)
_SHORT_YEAR = re.compile(r"'?\d{2}(?:[-/.]\d{1,2}[-/.]\d{1,2}|年\d{1,2}月(?:\d{1,2}[日号]?)?)", re.ASCII)
_NO_YEAR = re.compile(r"\d{1,2}(?:[-/.]\d{1,2}|月\d{1,2}[日号]?)", re.ASCII)
_HAN_NUMERALS = "〇零○元一二三四五六七八九十廿卅"
_HAN_NUMBER = re.compile(f"(?<![0-9{_HAN_NUMERALS}])[{_HAN_NUMERALS}]+(?=[年月日号])")
FIRST_YEAR, LAST_YEAR = 1900, 2199
_FIRST_DAY_NUMBER, _LAST_DAY_NUMBER = 7_306, 109_574
"""Day numbers of 1920 and 2199: smaller numbers are years or amounts in the wrong column, larger ones no days."""

HOW_TO_WRITE_DAY = say("Write the day with its year: 2026-03-15 or 2026年3月15日.")
HOW_TO_WRITE_MONTH = say("Write the month with its year, as 2026-03 or 2026年3月, or say which year it is: --year 2026")


def parse_day_cell(value: RawValue, *, mac: bool = False) -> date | Text:
    """Return the day in a cell, or why there is none for certain."""
    if isinstance(value, datetime):
        return _refuse_unlikely_year(value.date())
    if isinstance(value, date):
        return _refuse_unlikely_year(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return say("This cannot be read as a day: {text}", text=str(value))
    if not isinstance(value, str):
        return _convert_day_number(value, mac=mac)
    return _parse_written_day(normalise_digits(value))


def normalise_digits(text: str) -> str:
    """Return a text with full-width digits and Chinese numerals as digits, without blanks around it."""
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = plain.replace("—", "-").replace("–", "-")
    return _HAN_NUMBER.sub(
        lambda match: _convert_numeral(match.group()), re.sub(r"\s*([年月日号/.\-])\s*", r"\1", plain)
    )


def _convert_numeral(word: str) -> str:
    """Return a Chinese numeral as digits: digit by digit as in years (二〇二六), or by tens (二十一)."""
    if not set("十廿卅") & set(word):
        return "".join(_DIGITS[char] for char in word)
    word = word.replace("廿", "二十").replace("卅", "三十")
    tens, _, ones = word.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        return word
    return str(int(_DIGITS.get(tens, "1")) * 10 + int(_DIGITS.get(ones, "0")))


def _parse_written_day(text: str) -> date | Text:
    match = _DAY.fullmatch(text)
    if match is None:
        return _explain_no_day(text)
    year = int(match[1])
    month, number = (int(group) for group in (match[3] or match[5] or match[7], match[4] or match[6] or match[8]))
    try:
        day = date(year, month, number)
    except ValueError:
        return say("There is no such day: {text}", text=text)
    weekday = match[9]
    if weekday and _WEEKDAY_NUMERALS[day.weekday()] != weekday.replace("天", "日"):
        return say("{day} is no {weekday}; one of the two is wrong.", day=day, weekday=f"星期{weekday}")
    return _refuse_unlikely_year(day)


def _explain_no_day(text: str) -> Text:
    if _SHORT_YEAR.fullmatch(text):
        return say("The year has two digits only: {text}", text=text)
    if _NO_YEAR.fullmatch(text):
        return say("The year is missing: {text}", text=text)
    if _MONTH.fullmatch(text) or _YEAR.fullmatch(text):
        return say("The day is missing: {text}", text=text)
    return say("This cannot be read as a day: {text}", text=text)


def _refuse_unlikely_year(day: date) -> date | Text:
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else say("The year {year} cannot be right.", year=day.year)


def _convert_day_number(value: float, *, mac: bool) -> date | Text:
    """Return the day of a spreadsheet day number; eight digits are a day without its hyphens."""
    whole = int(value)
    if value == whole and len(str(whole)) == len("20260315"):
        return _parse_written_day(str(whole))
    start = date(1904, 1, 1) if mac else date(1899, 12, 30)
    number = whole + (start - date(1899, 12, 30)).days
    if not _FIRST_DAY_NUMBER <= number <= _LAST_DAY_NUMBER:
        return say("The number {number} is no day.", number=str(value))
    return start + timedelta(days=whole)


def parse_month_cell(value: RawValue, year: int | None = None) -> str | Text:
    """Return the month in a cell as 2026-03, or why there is none; ``year`` is the year of a month without one."""
    if isinstance(value, datetime | date):
        # Spreadsheet programs keep a month that was typed as its first day.
        return f"{value:%Y-%m}" if value.day == 1 else say("This is a day, not a month: {day}", day=_strip_time(value))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return say("This cannot be read as a month: {text}", text=str(value))
    if isinstance(value, float) and value != int(value):
        return say("{number} may be January or October: a number loses its last 0.", number=str(value))
    text = normalise_digits(value) if isinstance(value, str) else str(int(value))
    match = _MONTH.fullmatch(text)
    if match:
        return _format_month(int(match[1]), int(match[2] or match[3] or match[4]), text)
    alone = _ONLY_MONTH.fullmatch(text) or re.fullmatch(r"(\d{1,2})", text, re.ASCII)
    if alone is None:
        return say("This cannot be read as a month: {text}", text=text)
    return _format_month(year, int(alone[1]), text) if year else say("The year is missing: {text}", text=text)


def _format_month(year: int, number: int, text: str) -> str | Text:
    if FIRST_YEAR <= year <= LAST_YEAR and 1 <= number <= 12:  # noqa: PLR2004 - months of a year
        return f"{year}-{number:02d}"
    return say("There is no such month: {text}", text=text)


def describe_month_head(value: RawValue) -> str:
    """Return the head of a column of a month as people see it."""
    return f"{value:%Y-%m}" if isinstance(value, datetime | date) else str(value)


def _strip_time(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def parse_year_cell(value: RawValue) -> int | Text:
    """Return the year in a cell, or why there is none."""
    text = normalise_digits(value) if isinstance(value, str) else str(value)
    if isinstance(value, float) and value == int(value):
        text = str(int(value))
    match = None if isinstance(value, bool | date) else _YEAR.fullmatch(re.sub("年度$", "年", text))
    if match and FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        return int(match[1])
    return say("This cannot be read as a year: {text}", text=text)

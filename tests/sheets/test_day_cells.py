"""Days, months and years as people write them, against an oracle that tries every day of two centuries."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dangwu.model.message import Text
from dangwu.sheets.read.day_cells import parse_day_cell, parse_month_cell, parse_year_cell

DIGITS = "〇一二三四五六七八九"
WIDE = str.maketrans("0123456789-/.:()", "０１２３４５６７８９－／．：（）")


def han(number: int) -> str:
    """Count in Chinese, the slow way: 1 to 31."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十") + (DIGITS[ones] if ones else "")


def ways(each: date) -> list[str]:
    """Write one day in every way that is read."""
    y, m, d = each.year, each.month, each.day
    weekday = "一二三四五六日"[each.weekday()]
    numbers = "".join(DIGITS[int(char)] for char in str(y))
    return [
        f"{y}-{m:02d}-{d:02d}",
        f"{y}/{m}/{d}",
        f"{y}.{m}.{d}",
        f"{y}.{m:02d}.{d:02d}",
        f"{y}{m:02d}{d:02d}",
        f"{y}年{m}月{d}日",
        f"{y}年{m:02d}月{d:02d}日(星期{weekday})",
        f"{y}年{m}月{d}日（周{weekday}）",
        f"{y} 年 {m} 月 {d} 日 星期{weekday}",
        f"{y}年{m}月{d}号",
        f"{numbers}年{han(m)}月{han(d)}日",
        f"{numbers.replace('〇', '零')}年{han(m)}月{han(d)}日",
        f"{numbers.replace('〇', '○')}年{han(m)}月{han(d)}日星期{weekday}",
        f"{y}-{m:02d}-{d:02d} 00:00:00",
        f"{y}/{m}/{d} 14:30",
        f"  {y}-{m}-{d}  ",
    ]


@cache
def every_way() -> dict[str, date]:
    """Return every way to write every seventeenth day of two centuries, and the days around each end of month."""
    first = date(1900, 1, 1)
    days = [first + timedelta(days=at) for at in range(0, 73_000, 17)]
    days += [date(2024, 2, 29), date(2026, 2, 28), date(2026, 12, 31), date(2000, 2, 29)]
    return {way: each for each in days for way in ways(each)}


def test_every_way_means_its_day() -> None:
    wrong = {way: parse_day_cell(way) for way, each in every_way().items() if parse_day_cell(way) != each}
    assert wrong == {}


def test_full_width_is_the_same() -> None:
    each = date(2026, 3, 15)
    assert {parse_day_cell(way.translate(WIDE)) for way in ways(each)} == {each}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("26-03-15", "The year has two digits only: {text}"),
        ("26年3月15日", "The year has two digits only: {text}"),
        ("03-15", "The year is missing: {text}"),
        ("3月15日", "The year is missing: {text}"),
        ("三月十五日", "The year is missing: {text}"),
        ("2026年3月", "The day is missing: {text}"),
        ("2026", "The day is missing: {text}"),
        ("2026-02-29", "There is no such day: {text}"),
        ("2026-13-01", "There is no such day: {text}"),
        ("二〇二六年二月三十日", "There is no such day: {text}"),
        ("2026-03-15（星期一）", "{day} is no {weekday}; one of the two is wrong."),
        ("2026-3/15", "This cannot be read as a day: {text}"),
        ("15/3/2026", "This cannot be read as a day: {text}"),
        ("2026-03-151:00", "This cannot be read as a day: {text}"),
        ("昨天", "This cannot be read as a day: {text}"),
        ("46096", "This cannot be read as a day: {text}"),
        ("0026-03-15", "The year {year} cannot be right."),
        (2026, "The number {number} is no day."),
        (202603, "The number {number} is no day."),
        (-5, "The number {number} is no day."),
        (1e300, "The number {number} is no day."),
        (True, "This cannot be read as a day: {text}"),
        (timedelta(1), "This cannot be read as a day: {text}"),
    ],
)
def test_what_leaves_anything_open_is_said(text: Any, why: str) -> None:
    made = parse_day_cell(text)
    assert isinstance(made, Text)
    assert made.template == why


@pytest.mark.parametrize(
    ("value", "mac", "expected"),
    [
        (46096, False, date(2026, 3, 15)),
        (46096.6, False, date(2026, 3, 15)),
        (44634, True, date(2026, 3, 15)),
        (20260315, False, date(2026, 3, 15)),
        (datetime(2026, 3, 15, 8, 30), False, date(2026, 3, 15)),  # noqa: DTZ001 - cells have no zone
        (date(2026, 3, 15), False, date(2026, 3, 15)),
    ],
)
def test_cells_that_hold_days_and_their_numbers(value: Any, mac: bool, expected: date) -> None:
    assert parse_day_cell(value, mac=mac) == expected


COUNTED = {han(number): number for number in range(1, 32)} | {"廿": 20, "廿一": 21, "元": 1, "卅": 30, "卅一": 31}


def numbers(text: str) -> list[int]:
    """Return the numbers in a text, one after the other, read char by char."""
    runs: list[str] = [""]
    for char in unicodedata.normalize("NFKC", text):
        runs[-1] += char if char in f"0123456789{DIGITS}零○元十廿卅" else ""
        if runs[-1] and not runs[-1].endswith(char):
            runs.append("")
    spelt = str.maketrans(f"{DIGITS}零○", "012345678900")
    found = [
        COUNTED.get(run) or int(run.translate(spelt))
        for run in runs
        if COUNTED.get(run) or run.translate(spelt).isdigit()
    ]
    return [found[0] // 10000, found[0] // 100 % 100, found[0] % 100] if found and found[0] > 10**7 else found


@st.composite
def nearly(draw: st.DrawFn) -> str:
    """Return a day as somebody might mistype it."""
    text = draw(st.sampled_from(ways(draw(st.dates(date(1900, 1, 1), date(2199, 12, 31))))))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        cut = draw(st.integers(0, 2))
        text = (
            text[:at]
            + draw(st.sampled_from(["", *"0123456789〇一二十廿年月日号/-. (（星期)）T:２／"]))
            + text[at + cut :]
        )
    return text


@given(nearly())
@example("20十年1月1号")
@example("20二十年1月1号")
@settings(max_examples=500)
def test_what_is_read_as_a_day_has_its_three_numbers(text: str) -> None:
    made = parse_day_cell(text)
    if isinstance(made, date):
        assert numbers(text)[:3] == [made.year, made.month, made.day], text
    else:
        assert isinstance(made, Text)


@given(st.text())
def test_any_text_is_a_day_or_a_sentence(text: str) -> None:
    assert isinstance(parse_day_cell(text), date | Text)
    assert isinstance(parse_month_cell(text, 2026), str | Text)
    assert isinstance(parse_year_cell(text), int | Text)


@pytest.mark.parametrize(
    ("value", "year_", "expected"),
    [
        ("2026-03", None, "2026-03"),
        ("2026/3", None, "2026-03"),
        ("2026.10", None, "2026-10"),
        ("2026年3月", None, "2026-03"),
        ("2026年3月份", None, "2026-03"),
        ("二〇二六年十二月", None, "2026-12"),
        ("202603", None, "2026-03"),
        (202603, None, "2026-03"),
        ("3月", 2026, "2026-03"),
        ("三月", 2026, "2026-03"),
        ("十一月份", 2026, "2026-11"),
        (3, 2026, "2026-03"),
        (3.0, 2026, "2026-03"),
        (datetime(2026, 3, 1), None, "2026-03"),  # noqa: DTZ001 - cells have no zone
    ],
)
def test_months(value: Any, year_: int | None, expected: str) -> None:
    assert parse_month_cell(value, year_) == expected


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("3月", "The year is missing: {text}"),
        (2026.1, "{number} may be January or October: a number loses its last 0."),
        ("2026-13", "There is no such month: {text}"),
        (date(2026, 3, 15), "This is a day, not a month: {day}"),
        ("春季", "This cannot be read as a month: {text}"),
        (False, "This cannot be read as a month: {text}"),
    ],
)
def test_months_that_are_none(value: Any, why: str) -> None:
    made = parse_month_cell(value)
    assert isinstance(made, Text)
    assert made.template == why


def test_years() -> None:
    assert [
        parse_year_cell(each) for each in (2026, 2026.0, "2026", "2026年", "2026年度", "二〇二六年", "２０２６")
    ] == [2026] * 7
    assert all(isinstance(parse_year_cell(each), Text) for each in ("26", 1, True, "明年", date(2026, 1, 1), 2026.5))

"""Numbers, texts, ids and codes as they stand in cells."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangwu.model.message import Bilingual, Text
from dangwu.sheets.read import cell_values

WORDS = {"illness": Bilingual("病假", "sick leave"), "present": Bilingual("实到", "Present")}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (45, 45),
        (45.0, 45),
        (12.5, 12.5),
        (10.1 + 20.2, 30.3),
        ("45", 45),
        ("４５．５", 45.5),
        ("1,234.50", 1234.5),
        ("１，２３４元", 1234),
        ("￥12.50", 12.5),
        (" 20 分 ", 20),
        ("0", 0),
    ],
)
def test_numbers(value: Any, expected: float) -> None:
    made = cell_values.parse_number(value)
    assert made == expected
    assert type(made) is type(expected)


@pytest.mark.parametrize(
    "value",
    ["", "约45", "-5", -5, "1,23", "12,345,6", "1e3", "四十五", True, float("nan"), 1e15, date(2026, 1, 1), "45%"],
)
def test_what_is_no_number(value: Any) -> None:
    assert isinstance(cell_values.parse_number(value), Text)


def test_a_percentage_is_not_its_fraction() -> None:
    assert isinstance(cell_values.parse_number(0.95, percent=True), Text)


@given(st.decimals(0, 10**6, places=2))
def test_amounts_come_back_from_any_way_to_write_them(amount: Any) -> None:
    for text in (
        f"{amount}",
        f"{amount:,}",
        f"{amount}元",
        f"{amount:,}".translate(str.maketrans("0123456789,.", "０１２３４５６７８９，．")),
    ):
        assert cell_values.parse_number(text) == float(amount)
    assert cell_values.parse_number(float(amount)) == float(amount)


def test_texts_keep_what_is_theirs() -> None:
    assert cell_values.parse_text("  䶮㛃 𬭎，（一）\r\n二 ") == "䶮㛃 𬭎，（一）\n二"
    assert cell_values.parse_text(18) == "18"
    assert isinstance(cell_values.parse_text("甲\u202e乙"), Text)
    assert isinstance(cell_values.parse_text("甲\x07"), Text)


@pytest.mark.parametrize(
    "number", [1e15, 12345678901234567890, 1.2345678901234567e19, -1e20, "1.23457E+19", "1E+20", " 3.1E+15 "]
)
def test_a_long_number_has_lost_its_digits(number: Any) -> None:
    """Spreadsheet programs keep 15 digits; those that a conversion adds were never written by anybody."""
    for parse in (cell_values.parse_text, cell_values.parse_name, cell_values.parse_id):
        assert isinstance(parse(number), Text), parse


def test_numbers_in_a_column_of_texts_are_as_shown() -> None:
    written = (0.1 + 0.2, 999999999999999, 123456789012345, 12.5, 45.0, -3, "12345678901234567890", "1E5")
    shown = ["0.3", "999999999999999", "123456789012345", "12.5", "45", "-3", "12345678901234567890", "1E5"]
    assert [cell_values.parse_text(number) for number in written] == shown


@pytest.mark.parametrize("name", ["沈?", "何？", "欧阳□", "〓", "沈\ufffd", "沈■", "?", 123, "12", "-", "（）"])
def test_what_is_no_name(name: Any) -> None:
    assert isinstance(cell_values.parse_name(name), Text)


@pytest.mark.parametrize("text", ["怎样落实？", "□ 已核实", "沈㛃"])
def test_marks_outside_a_name_are_text(text: str) -> None:
    assert cell_values.parse_text(text) == text
    assert isinstance(cell_values.parse_text(f"{text}\ufffd"), Text)


def test_names_lose_the_blanks_they_are_lined_up_with() -> None:
    assert cell_values.parse_name("张　三") == "张三"
    assert cell_values.parse_name("Anna  Li") == "Anna  Li"
    assert cell_values.normalise_words("扎西•多吉") == cell_values.normalise_words("扎西·多吉 ")


def test_ids() -> None:
    written = ("m003", " M003 ", "ｍ００３", 1001, 1001.0)
    assert [cell_values.parse_id(each) for each in written] == ["m003"] * 3 + ["1001"] * 2
    assert all(isinstance(cell_values.parse_id(each), Text) for each in ("../x", "张三", "", True, 1.5))


def test_codes() -> None:
    assert [
        cell_values.parse_code(each, WORDS) for each in ("illness", "病 假", "Sick Leave", "√", "实到", "到会")
    ] == ["illness"] * 3 + ["present"] * 3
    assert isinstance(cell_values.parse_code("×", WORDS), Text)

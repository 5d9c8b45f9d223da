"""What is done to a text for a spreadsheet is undone exactly."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dangwu.sheets.formula_guard import escape_character_codes, guard_formula, unescape_character_codes, unguard_formula

ANY = st.text(st.sampled_from("'=+-@\t\r\n＝＋a1党 ") | st.characters(), max_size=12)
CODED = st.text(st.sampled_from("_xX0A5F41党"), max_size=24)


@given(ANY)
@example("'=1")
@example("''=1+1")
@example("'已退休")
def test_guard_is_undone(text: str) -> None:
    assert unguard_formula(guard_formula(text)) == text
    assert guard_formula(text)[:1] not in {"=", "+", "-", "@", "\t", "\r"}


@pytest.mark.parametrize("text", ["=1+1", "+86 138", "-x", "@SUM(A1)", "\tx", "\rx", "＝1", '=HYPERLINK("x")'])
def test_what_begins_a_formula_gets_one_apostrophe(text: str) -> None:
    assert guard_formula(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "'", "'已退休", "1-2", "周=", " =1", "a+b"])
def test_nothing_else_is_touched(text: str) -> None:
    assert guard_formula(text) == text
    assert unguard_formula(text) == text


@given(ANY | CODED)
@example("_x005F_x0041_")
@example("_x005F_x005F_x0041_")
def test_codes_of_characters_are_kept_text(text: str) -> None:
    assert unescape_character_codes(escape_character_codes(text)) == text


@pytest.mark.parametrize(
    ("cell", "shown"),
    [("甲_x000D_\n乙", "甲\r\n乙"), ("_x0041__x0042_", "AB"), ("_xd83d__xDE00_", "_xd83d__xDE00_"), ("_x41_", "_x41_")],
)
def test_codes_that_programs_write_are_read(cell: str, shown: str) -> None:
    assert unescape_character_codes(cell) == shown


def test_only_codes_are_sheltered() -> None:
    assert escape_character_codes("a_x000A_b") == "a_x005F_x000A_b"
    assert escape_character_codes("a_x00_b _y") == "a_x00_b _y"

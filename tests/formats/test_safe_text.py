from __future__ import annotations

import sys
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangwu.formats.safe_text import UNSAFE_CHARACTER, make_one_line, make_safe_text

ANY_TEXT = st.text(st.characters())


def test_every_invisible_character_is_caught() -> None:
    wanted = {chr(code) for code in range(sys.maxunicode + 1) if category(chr(code)) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
    assert not {hex(ord(char)) for char in wanted if not UNSAFE_CHARACTER.match(char)}


def test_visible_characters_stay() -> None:
    text = "䶮㛃𬭎 阿依古丽·买买提：“三会一课”（2026）①—…·★ Ünïcode"
    assert make_safe_text(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m", "\\u001b[31m"),
        ("张\u202e三", "张\\u202e三"),
        ("\ud800", "\\ud800"),
        ("a\u2028b", "a\\u2028b"),
        ("\U000e0041", "\\U000e0041"),
        ("\x9b0m", "\\u009b0m"),
    ],
)
def test_shown_as_escapes(text: str, shown: str) -> None:
    assert make_safe_text(text) == shown


def test_line_feeds_stay_only_when_asked() -> None:
    assert make_safe_text("a\nb\r", lines=True) == "a\nb\\u000d"
    assert make_safe_text("a\nb") == "a\\u000ab"
    assert make_one_line(" 第一行 \n\n第二行\r\n") == "第一行 第二行"


@given(ANY_TEXT)
def test_nothing_unsafe_is_left_and_the_rest_is_kept(text: str) -> None:
    safe = make_safe_text(text)
    assert not UNSAFE_CHARACTER.search(safe)
    assert not UNSAFE_CHARACTER.search(make_one_line(text))
    assert not UNSAFE_CHARACTER.search(make_safe_text(text, lines=True).replace("\n", ""))
    safe.encode("utf-8")
    assert make_safe_text(safe) == safe
    if not UNSAFE_CHARACTER.search(text):
        assert safe == text

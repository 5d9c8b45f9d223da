from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from dangwu.formats.text_layout import measure_width, wrap_text


def test_width_agrees_with_rich_on_the_text_of_records() -> None:
    for text in ("欧阳䶮", "林㛃", "钱𬭎", "阿依古丽·买买提", "15:00-16:10", "（补开）", "é"):
        assert measure_width(text) == cell_len(text)


def test_chinese_breaks_between_characters_but_never_before_a_closing_mark() -> None:
    assert wrap_text("学习好文件，讨论问题。", 10) == ["学习好文", "件，讨论问", "题。"]
    assert all(line[0] not in "，。；）" for line in wrap_text("一二三四，五六七八；九十（甲乙）。" * 3, 8))


def test_words_and_paths_stay_whole_where_they_can() -> None:
    assert wrap_text("hold it late", 7) == ["hold it", "late"]
    assert wrap_text("meetings/2026/2026-03-12-group-meeting-g1.md", 20) == [
        "meetings/2026/2026-",
        "03-12-group-meeting-",
        "g1.md",
    ]


@given(st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" ")), st.integers(2, 30))
def test_lines_fit_and_nothing_but_blanks_is_lost(text: str, room: int) -> None:
    lines = wrap_text(text, room)
    assert lines
    assert all(measure_width(line) <= room for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")

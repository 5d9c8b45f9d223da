from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangwu.formats.code_frame import format_finding_text, format_summary_text
from dangwu.formats.safe_text import UNSAFE_CHARACTER
from dangwu.formats.text_layout import measure_width
from dangwu.language import load_language
from dangwu.model.finding import Source
from dangwu.model.message import say
from tests.support import values
from tests.support.change import replace

EN = load_language("en")
RECORD = """---
schema: 1
place: 三车间会议室
topics: [学习, 讨论：分工]
\tnote: x
---
"""


def finding(line: int, column: int, text: str = "Something is wrong.") -> str:
    each = replace(values.findings()[0], source=Source("a.md", (), line, column), message=say(text))
    return format_finding_text(each, EN, RECORD.encode(), 60)


def caret(shown: str) -> tuple[str, str]:
    """Return the character that the caret stands under, and the carets."""
    lines = shown.split("\n")
    number = next(at for at, line in enumerate(lines) if line.startswith(">"))
    under = lines[number + 1]
    column = under.index("^")
    used = 0
    for char in lines[number]:
        if used == column:
            return char, under.strip(" |")
        used += measure_width(char)
    return "", under.strip(" |")


@pytest.mark.parametrize(
    ("line", "column", "char", "carets"),
    [(2, 1, "s", "^"), (3, 8, "三", "^^"), (3, 13, "室", "^^"), (4, 16, "：", "^^"), (4, 17, "分", "^^")],
)
def test_the_caret_stands_under_the_character(line: int, column: int, char: str, carets: str) -> None:
    assert caret(finding(line, column)) == (char, carets)


def test_a_tab_is_as_wide_below_as_above() -> None:
    assert caret(finding(5, 2))[0] == "n"


def test_every_part_is_there() -> None:
    each = values.findings()[1]
    shown = format_finding_text(each, EN, "---\nschema: 1\nkind: x\ntime: 15：00-16：10\n".encode())
    assert shown.split("\n") == [
        "meetings/2026/2026-05-13-group-meeting-g1.md:4:7: error DW104 value-unfit",
        "  The time cannot be read: 15：00-16：10",
        "  3 | kind: x",
        "> 4 | time: 15：00-16：10",
        "    |       ^",
        "  = next step: Write it as 15:00-16:10.",
        "  = see also: meetings/2026/2026-03-12-group-meeting-g1.md:5:1: here it is right",
    ]


def test_a_long_line_is_cut_around_the_column() -> None:
    row = "前" * 400 + "错" + "后" * 400
    each = replace(values.findings()[0], source=Source("a.md", (), 1, 401))
    shown = format_finding_text(each, EN, row.encode(), 80)
    assert caret(shown) == ("错", "^^")
    framed = [line for line in shown.split("\n") if " | " in line]
    assert framed
    assert all(measure_width(line) <= 80 for line in framed)
    assert framed[0].count("...") == 2


def test_a_line_as_long_as_its_file_is_shown_at_once() -> None:
    row = "{" + "a: b, " * 150_000
    each = replace(values.findings()[0], source=Source("a.yaml", (), 1, 600_002))
    shown = format_finding_text(each, EN, row.encode(), 80)
    assert caret(shown)[0] == "a"
    assert all(measure_width(line) <= 80 for line in shown.split("\n") if line.startswith("> "))


def test_a_cut_at_the_very_start_and_end() -> None:
    row = "甲" + "乙" * 200 + "丙"
    for column, char in ((1, "甲"), (202, "丙")):
        shown = format_finding_text(
            replace(values.findings()[0], source=Source("a", (), 1, column)), EN, row.encode(), 60
        )
        assert caret(shown) == (char, "^^")
        assert next(line for line in shown.split("\n") if line.startswith(">")).count("...") == 1


def test_lines_are_counted_as_editors_do() -> None:
    each = replace(values.findings()[0], source=Source("a.md", (), 2, 1))
    assert "> 2 | b" in format_finding_text(each, EN, b"\xef\xbb\xbfa\r\nb\r\nc")
    assert "> 2 | b" in format_finding_text(each, EN, b"a\rb\rc")


def test_no_frame_without_bytes_or_place() -> None:
    each = values.findings()[0]
    assert ">" not in format_finding_text(each, EN)
    assert ">" not in format_finding_text(replace(each, source=Source("a.md")), EN, b"x")
    assert ">" not in format_finding_text(each, EN, b"only one line")


def test_the_summary_counts() -> None:
    assert format_summary_text(values.checked(), EN) == "Records checked: 412.  error 2, warning 1, note 1, accepted 1"


@given(st.binary(max_size=300), st.integers(0, 6), st.integers(0, 40))
def test_any_bytes_at_any_place(raw: bytes, line: int, column: int) -> None:
    each = replace(values.findings()[0], source=Source("\x1b]8;;x\x07.md", (), line, column))
    assert not UNSAFE_CHARACTER.search(format_finding_text(each, EN, raw, 40).replace("\n", ""))

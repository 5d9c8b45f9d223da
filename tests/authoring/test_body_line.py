"""A typed line is the text of its section, whatever it begins with."""

from __future__ import annotations

import pytest

from dangwu.authoring.body_line import escape_line
from dangwu.parse.headings import find_headings


@pytest.mark.parametrize("line", ["# 一", "###", "---", "===", "***", "```", "~~~", "<!-- 注"])
def test_no_mark_hides_what_was_typed(line: str) -> None:
    escaped = escape_line(line)
    assert escaped == f"\\{line}"
    headings = find_headings(f"## 会议内容\n\n{escaped}\n\n## 其他\n\n话\n".split("\n"), 1)
    assert [(heading.title, heading.written) for heading in headings] == [("会议内容", True), ("其他", True)]


@pytest.mark.parametrize("line", ["1. 学习", "- 一条", "> 引文", "#学习", "-1 度", "**决议：**通过", "十二月四日慰问"])
def test_other_lines_stay(line: str) -> None:
    assert escape_line(line) == line

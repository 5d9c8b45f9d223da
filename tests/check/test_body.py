"""Sections of a body: which are missing or empty, and what became of words above a line of hyphens."""

from __future__ import annotations

import pytest

from dangwu.language import load_language
from tests.support.changed import found
from tests.support.examples import overlay

PATH = "meetings/2026/2026-06-11-group-meeting-g1.md"
EN = load_language("en")
SWALLOWED = "Line {} is a heading, because hyphens or equals signs stand right below it: put an empty line between."
PLAIN = "Write what was said and done; if there was nothing, say so in a sentence."


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("## 会议内容\n照常。\n", []),
        ("## 会议内容\n", [(1, PLAIN)]),
        ("## 会议内容\n照常。\n---\n", [(1, SWALLOWED)]),
        ("## 会议内容\n照常。\n===\n", [(1, SWALLOWED)]),
        ("## 会议内容\n\n---\n", [(1, PLAIN)]),
        ("会议内容\n---\n", [(1, PLAIN)]),
        ("会议内容\n---\n## 其他\n照常。\n", [(1, PLAIN)]),
        ("以前\n---\n## 会议内容\n## 其他\n照常。\n", [(3, PLAIN)]),
        ("## 会议内容\n## 其他\n照常。\n---\n", [(1, PLAIN)]),
    ],
)
def test_a_section_without_words_says_where_they_went(body: str, told: list[tuple[int, str]]) -> None:
    """Only the very next heading can have taken the words of a section."""
    head = (overlay("DW503", "bad") / PATH).read_text(encoding="utf-8").partition("\n---\n")[0]
    before = head.count("\n") + 2
    findings = found({PATH: f"{head}\n---\n{body}"}, code="DW503")
    hints = [(each.source.line - before, EN.text(each.hint) if each.hint else "") for each in findings]
    assert hints == [(line, hint.format(before + line + 1)) for line, hint in told]

"""Where the sections of a body begin, and what is no part of their text."""

from __future__ import annotations

import pytest

from dangwu.facts.passages import split_sections
from dangwu.workspace.load import load_workspace
from tests.support.branches import base_file, base_files
from tests.support.memory import MemoryTree

PATH = "meetings/2026/2026-03-27-general-meeting.md"


def split(body: str) -> list[tuple[int, str]]:
    """Return the sections of a body, each with its line counted from the first after the front matter."""
    head = base_file(PATH).decode().partition("\n---\n")[0]
    files = {**base_files(), PATH: f"{head}\n---\n{body}"}
    document = load_workspace(MemoryTree(files)).corpus.documents[PATH]
    return [(line - head.count("\n") - 2, text) for line, text in split_sections(document)]


@pytest.mark.parametrize(
    ("body", "sections"),
    [
        ("甲", [(1, "甲")]),
        ("甲\n乙\n", [(1, "甲\n乙\n")]),
        ("\n\n甲\n", [(3, "甲\n")]),
        ("", []),
        ("## 一\n", []),
        ("## 一\n甲\n## 二\n乙\n", [(2, "甲"), (4, "乙\n")]),
        ("# 一\n甲\n## 二\n乙\n", [(2, "甲"), (4, "乙\n")]),
        ("甲\n\n## 二\n\n乙", [(1, "甲\n"), (5, "乙")]),
        ("## 一\n甲\n### 小\n乙", [(2, "甲\n\n乙")]),
        ("## 一\n### 小\n乙\n#### 更小\n丙", [(3, "乙\n\n丙")]),
        ("甲\n\n---\n\n乙", [(1, "甲\n\n---\n\n乙")]),
        ("## 一\n\n甲<!-- 两行\n说明 -->乙<!-- 未完", [(3, "甲\n乙<!-- 未完")]),
        ("甲 --> 乙", [(1, "甲 --> 乙")]),
        ("<!-- 甲", [(1, "<!-- 甲")]),
    ],
)
def test_a_section_begins_with_its_first_words_and_ends_at_the_next_heading(
    body: str, sections: list[tuple[int, str]]
) -> None:
    """Headings of level three and lower leave an empty line, comments as many as they had: the lines stay those."""
    assert split(body) == sections

"""Which lines of a body are headings: as CommonMark has it, on the line where they stand, however much there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dangwu.data import resources
from dangwu.language import load_language
from dangwu.model.tree import MAX_FILE_BYTES
from dangwu.parse import headings as module
from dangwu.parse.document import parse_document
from dangwu.parse.headings import find_headings
from dangwu.parse.markdown import split_front_matter
from dangwu.workspace.catalogue import load_kinds
from tests.support.examples import EXAMPLES
from tests.support.steps import LINEAR, growth, steps

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dangwu.model.document import SectionHeading
    from dangwu.model.finding import Finding

# Each is the text of a body, and its headings as line, level, title; ~ behind a title says that nothing is below it.
CASES = {
    "plain": ("# 会议\n\n## 议题\n\n话\n", ["1 1 会议", "3 2 议题"]),
    "no space": ("##议题\n\n话\n", []),
    "a full-width space is none": ("##\u3000议题\n", []),
    "seven": ("####### 议题\n", []),
    "closed": ("## 议题 ##\n\n话\n## 议题#\n话", ["1 2 议题", "4 2 议题#"]),
    "a full-width sign": ("＃ 议题\n", []),
    "indented by three": ("   ## 议题\n话\n", ["1 2 议题"]),
    "indented code": ("话\n\n    ## 议题\n", []),
    "a tab is four": ("\t## 议题\n", []),
    "a tab behind": ("##\t议题\t\n话", ["1 2 议题"]),
    "marked": ("## **工作**报告 `一`\n话\n", ["1 2 工作报告 一"]),
    "escaped": ("\\## 议题\n## 1\\. 议题\n话\n", ["2 2 1. 议题"]),
    "entity": ("## A&amp;B\n话\n", ["1 2 A&B"]),
    "blanks around": ("## \u3000议题\u3000 \n话\n", ["1 2 议题"]),
    "fence": ("```\n## 议题\n```\n", []),
    "tildes": ("~~~ md\n## 议题\n```\n~~~\n## 决议\n话", ["5 2 决议"]),
    "longer fence": ("````\n```\n## 议题\n````\n", []),
    "a fence that is not closed": ("## 一\n```\n## 议题\n", ["1 2 一"]),
    "no fence": ("``` a`b\n## 议题\n话\n", ["2 2 议题"]),
    "comment": ("<!--\n## 议题\n-->\n## 决议\n\n<!-- 待补 -->\n", ["4 2 决议~"]),
    "comment in a line": ("话 <!-- 注\n## 议题\n-->\n", ["2 2 议题"]),
    "a comment that is not closed": ("## 决议\n<!--\n## 议题\n", ["1 2 决议"]),
    "HTML": ("<div>\n## 议题\n</div>\n\n## 决议\n话\n", ["5 2 决议"]),
    "script": ("<script>\n\n## 议题\n</script>\n", []),
    "underlined by equals signs": ("议题\n===\n话\n", ["1 1 议题_"]),
    "underlined by a hyphen": ("议题\n-\n话\n", ["1 2 议题_"]),
    "a rule": ("## 一\n话\n\n---\n\n## 二\n话\n", ["1 2 一", "6 2 二"]),
    "a rule after a heading": ("## 一\n---\n## 二\n话\n", ["1 2 一~", "3 2 二"]),
    "text above a rule": ("## 一\n话说完了，\n散会。\n---\n## 二\n话\n",
                          ["1 2 一~", "2 2 话说完了，散会。_~", "5 2 二"]),
    "a rule of stars": ("## 一\n话\n***\n## 二\n话\n", ["1 2 一", "4 2 二"]),
    "hyphens apart": ("话\n- - -\n", []),
    "a list above a rule": ("## 一\n- 话\n---\n## 二\n话", ["1 2 一", "4 2 二"]),
    "in a list": ("## 一\n- ## 议题\n\n  ## 又\n", ["1 2 一"]),
    "after a list": ("- 甲\n## 议题\n话\n", ["2 2 议题"]),
    "quoted": ("## 一\n> ## 议题\n> 话\n## 二\n话", ["1 2 一", "4 2 二"]),
    "a table": ("## 一\n| 甲 | 乙 |\n|---|---|\n| 一 | 二 |\n## 二\n话", ["1 2 一", "5 2 二"]),
    "a heading is no head of a table": ("## 甲 | 乙\n--- | ---\n", ["1 2 甲 | 乙"]),
    "empty": ("##\n\n## \n话", ["1 2 ~", "3 2 "]),
    "an empty point": ("## 一\n-\n", ["1 2 一~"]),
    "an empty quotation": ("## 一\n>\n", ["1 2 一~"]),
    "below its own": ("# 甲\n## 一\n### 议题\n话\n## 二\n", ["1 1 甲", "2 2 一", "3 3 议题", "5 2 二~"]),
    "two versions": ("## 一\n<<<<<<< 甲\n话\n=======\n话话\n>>>>>>> 乙\n", ["1 2 一"]),
    "a definition is text": ("## 一\n[注]: 财务提供\n## 二\n话", ["1 2 一", "3 2 二"]),
}  # fmt: skip


def told(found: Sequence[SectionHeading]) -> list[str]:
    return [f"{each.line} {each.level} {each.title}{'_' * each.underlined}{'~' * (not each.written)}" for each in found]


@pytest.mark.parametrize("name", CASES)
def test_headings_are_those_of_commonmark(name: str) -> None:
    text, expected = CASES[name]
    assert told(find_headings(text.split("\n"), 1)) == expected


PIECES = st.sampled_from([
    "# ", "## ", "##", "#", "###### ", "####### ", "甲", "a", "1", "- ", "* ", "+ ", "1. ", "2) ", "10. ", "-", "*",
    "_", "**", "__", "`", "```", "~~~", "~", "|", "|-|", "-|-", "---", "***", "___", "===", "=", "--", "> ", ">", " ",
    "  ", "    ", "\t", "\u3000", "<!--", "-->", "<div>", "</div>", "<b>", "[a]: /b", "[a]", "](b)", "![", "\\",
    "&amp;", "。", "：", "！", "【待填】", "“", "(", ")", ":", "\u200b", "\x0b", "\x0c", "\x85", "\u2028", "\x00",
    " ##", "\ufeff",
])  # fmt: skip
LINES = st.lists(st.lists(PIECES, max_size=4).map("".join), max_size=10)
often = settings(deadline=None, max_examples=800)


@often
@given(LINES)
def test_the_scan_agrees_with_the_reader(lines: list[str]) -> None:
    scanned = module._scan_headings(lines, 1)
    assert scanned is None or scanned == module._read_headings(lines, 1)


@often
@given(LINES)
def test_the_reader_agrees_with_commonmark(lines: list[str]) -> None:
    """Where there is neither a table nor a definition of a link, which are read otherwise on purpose."""
    if any("|" in line or "]: " in line for line in lines):
        return
    tokens = MarkdownIt("commonmark").parse("\n".join(lines))
    wanted = [
        (each.map[0] + 1, int(each.tag[1])) for each in tokens
        if each.type == "heading_open" and each.level == 0 and each.map
    ]  # fmt: skip
    assert [(each.line, each.level) for each in find_headings(lines, 1)] == wanted


def test_the_scan_is_enough_for_what_people_write() -> None:
    """Else every check would load the library."""
    bodies = [split_front_matter(path.read_text(encoding="utf-8")).body for path in (EXAMPLES / "base").rglob("*.md")]
    assert len(bodies) > 5
    assert all(module._scan_headings(body, 1) is not None for body in bodies)
    assert module._scan_headings(
        ["## 一", "**决议：**通过", "2026-03-12 收到", "  1. “甲”", "", "---", "***", "（完）"], 1
    )


def read(
    body: str, begin: str = "---\nschema: 1\n---\n", path: str = "meetings/2026/x.md"
) -> tuple[SectionHeading, ...]:
    made, _ = parse_document(path, "", (begin + body).encode())
    assert made is not None
    return made.headings


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("fenced", ["", "~~~\n# 无\n~~~\n"])
def test_lines_are_those_of_the_file(end: str, fenced: str) -> None:
    text = f"{fenced}\n# 会议\n\n议题\n---\n\n话\n"
    found = read(text.replace("\n", end), "---\nschema: 1\nkind: x\n---\n".replace("\n", end))
    first = 6 + 3 * bool(fenced)
    assert [(each.line, each.title) for each in found] == [(first, "会议"), (first + 2, "议题")]


def test_front_matter_is_none_of_it() -> None:
    """The lines of hyphens around it underline nothing."""
    assert told(read("话\n", "---\nschema: 1\n# 一\n---\n")) == []
    assert told(read("---\n## 一\n话\n")) == ["5 2 一"]


def test_headings_are_of_markdown_alone() -> None:
    assert read("", "schema: 1\n# 一\n", path="members/x.yaml") == ()


def test_a_placeholder_stays_where_it_is_found() -> None:
    made, _ = parse_document("meetings/2026/x.md", "", "---\na: 【待填】\n---\n## 一\n```\n【待填】\n```\n".encode())
    assert made is not None
    assert made.blanks == ((2, 4), (6, 1))
    # It is text: nobody is told that the section is empty too.
    assert told(made.headings) == ["4 2 一"]


@pytest.mark.parametrize("kind", sorted(name for name, each in load_kinds().items() if each.headings))
def test_a_scaffold_has_its_sections(kind: str) -> None:
    wanted = [each.zh for each in load_kinds()[kind].headings]
    text = "\n".join(f"## {title}\n\n【待填】\n" for title in wanted)
    assert [each.title for each in read(text)] == wanted
    assert resources.load_schema(kind)["x-headings"]


HOSTILE = {
    "quotations": "> ", "lists": "- ", "numbers": "1. ", "both": "> - ", "lines of quotations": "> 甲\n",
    "points": "- 甲\n", "loose points": "- 甲\n\n", "lazy": "> 甲\n乙\n", "rows": "|甲|\n", "rules": "|-|\n",
    "tables": "|甲|\n|-|\n", "fences": "```\n", "comments": "<!--\n", "tags": "<b>\n", "divs": "<div>\n\n",
    "brackets": "[甲\n", "definitions": "[a]: /b\n", "underlined": "甲\n---\n", "headings": "# 甲\n", "hashes": "# ",
    "marked headings": "# *`[<&\n", "rules of stars": "* * *\n", "blanks": " \t", "empty": "\n", "code": "\t甲\n",
}  # fmt: skip


def reading(unit: str) -> Callable[[int], Callable[[], object]]:
    """Return what makes the reading of a body of a number of characters."""
    return lambda size: lambda: find_headings((unit * (size // len(unit)) + "\n## 末\n话").split("\n"), 1)


@pytest.mark.parametrize("name", HOSTILE)
def test_twice_as_much_takes_twice_as_long(name: str) -> None:
    assert growth(reading(HOSTILE[name]), 1000) < LINEAR


@pytest.mark.parametrize("name", HOSTILE)
def test_much_takes_few_steps_for_each_character(name: str) -> None:
    """Beyond some ten thousand lines or marks a body is taken as it is typed."""
    steps(reading(HOSTILE[name])(MAX_FILE_BYTES // 4), 12 * MAX_FILE_BYTES // 4)


def test_what_is_nested_too_deep_hides_no_section() -> None:
    deep = "\n".join("  " * at + "- 甲" for at in range(60))
    for bomb in (deep, "> " * 500 + "甲", "- " * 500 + "甲", "> - " * 300 + "甲"):
        found = find_headings(f"## 一\n\n{bomb}\n\n## 二\n\n话".split("\n"), 1)
        assert [(each.title, each.written) for each in found] == [("一", True), ("二", True)]


def test_who_underlined_a_section_away_is_told_so() -> None:
    def findings(text: str) -> list[Finding]:
        from tests.support.branches import GROUP_MEETING, base_file, base_files  # noqa: PLC0415
        from tests.support.forms import AS_OF, workspace  # noqa: PLC0415

        raw = base_file(GROUP_MEETING).decode()
        begin, _, _ = raw.partition("\n## ")
        body = "".join(f"\n## {each.zh}\n\n{text}\n" for each in load_kinds()["group-meeting"].headings)
        checked = workspace({**base_files(), GROUP_MEETING: f"{begin}{body}"}).check(AS_OF)
        return [each for each in checked.findings if each.code.id == "DW503"]

    assert findings("话。\n\n---") == []
    found = findings("话。\n---")
    assert len(found) == len(load_kinds()["group-meeting"].headings)
    for each in found:
        assert each.hint is not None
        assert load_language("en").text(each.hint).startswith(f"Line {each.source.line + 2} is a heading")
        assert "空一行" in load_language("zh").text(each.hint)
    assert all("Line" not in load_language("en").text(each.hint) for each in findings("") if each.hint)

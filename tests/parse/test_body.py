"""What a body says, mark by mark; that no word of it is lost, and that nothing in it can act."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dangwu.model.body import (
    BodyHeading,
    BodyListItem,
    BodyParagraph,
    BodyTable,
    Code,
    Parts,
    Points,
    Quote,
    Span,
    flatten_parts,
    flatten_spans,
    has_look,
    split_spans,
)
from dangwu.model.tree import MAX_FILE_BYTES
from dangwu.parse.body import read_body, read_field
from tests.support.steps import LINEAR, growth, steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from dangwu.model.body import Part


def said(text: str) -> Parts:
    return read_body(b"---\nkind: x\n---\n\n" + text.encode("utf-8", "surrogatepass"))


def words(*spans: Span | str) -> BodyParagraph:
    return BodyParagraph(tuple(Span(each) if isinstance(each, str) else each for each in spans))


def strong(text: str) -> Span:
    return Span(text, strong=True)


def emphasis(text: str) -> Span:
    return Span(text, emphasis=True)


def points(*texts: str | tuple[Part, ...], first: int | None = None) -> Points:
    parts = [(words(each),) if isinstance(each, str) else each for each in texts]
    return Points(tuple(BodyListItem(each, None if first is None else first + at) for at, each in enumerate(parts)))


def row(*cells: str) -> tuple[tuple[Span, ...], ...]:
    return tuple((Span(cell),) if cell else () for cell in cells)


CASES: dict[str, tuple[str, tuple[Part, ...]]] = {
    "title of the whole": ("# 标题\n\n## 一\n话\n接着\n", (BodyHeading("一", 2), words("话接着"))),
    "title underlined": ("标题\n===\n\n小\n---\n文\n", (BodyHeading("小", 2), words("文"))),
    "no title": ("## 一\n# 二\n", (BodyHeading("一", 2), BodyHeading("二", 1))),
    "lines are joined": ("one\ntwo  three\n", (words("one two  three"),)),
    "Chinese and other": ("甲\none\n乙\n", (words("甲one乙"),)),
    "indented by hand": ("\u3000\u3000甲\u3000\n\u3000\u3000乙\n", (words("甲乙"),)),
    "a tab": ("甲\t乙\n", (words("甲 乙"),)),
    "breaks": ("甲  \n乙\\\n丙\n", (words("甲\n乙\n丙"),)),
    "strong and emphasis": ("**甲***乙*_c_ __丁__", (words(strong("甲"), emphasis("乙c"), " ", strong("丁")),)),
    "strong before Chinese": ("**决议：**通过", (words(strong("决议："), "通过"),)),
    "strong in quotation marks": ("他说**“好”**吧", (words("他说", strong("“好”"), "吧"),)),
    "strong in English": ("a **b.**c", (words("a **b.**c"),)),
    "one in the other": ("**甲*乙*丙**", (words(strong("甲"), Span("乙", strong=True, emphasis=True), strong("丙")),)),
    "the same in the same": ("**甲 **乙** 丙**", (words(strong("甲 乙 丙")),)),
    "no pair": ("3*4 *甲 ** _x", (words("3*4 *甲 ** _x"),)),
    "names of files": ("2026_03_12_会议.md", (words("2026_03_12_会议.md"),)),
    "struck": ("~~同意~~反对，3~5月，~不~", (words(Span("同意", struck=True), "反对，3~5月，~不~"),)),
    "code": ("`a*b*` 和 ``c`d``", (words(Span("a*b*", code=True), " 和 ", Span("c`d", code=True)),)),
    "escaped": ("\\*甲\\* \\# 5\\. A&amp;B&#20250;", (words("*甲* # 5. A&B会"),)),
    "link": ('[办法](http://a.cn/中?x=1 "题")看', (words("办法（http://a.cn/中?x=1）看"),)),
    "link in English": ("[rules](r.md)", (words("rules (r.md)"),)),
    "link that is its address": ("<http://a.cn> <a@b.cn> [http://a.cn](http://a.cn)",
                                 (words("http://a.cn a@b.cn http://a.cn"),)),
    "link without words": ("[](http://a.cn)", (words("http://a.cn"),)),
    "marked link": ("[**甲**](x)", (words(strong("甲"), "（x）"),)),
    "no link": ("[甲](javascript:alert(1)) [乙](data:text/html,x) [丙] [ ] [x]",
                (words("[甲](javascript:alert(1)) [乙](data:text/html,x) [丙] [ ] [x]"),)),
    "picture": ("![照*片*](http://a.cn/x.png)！", (words("照", emphasis("片"), "！"),)),
    "picture without words": ("![](http://a.cn/x.png)", ()),
    "definition": ("[注]: 财务提供\n", (words("[注]: 财务提供"),)),
    "bullets": ("- 甲\n- 乙\n", (points("甲", "乙"),)),
    "bullets of two kinds": ("- 甲\n* 乙\n", (points("甲"), points("乙"))),
    "empty headings": ("话\n\n##\n# <!-- x -->\n> #", (words("话"), Quote(()))),
    "numbers": ("3. 丙\n4. 丁\n", (points("丙", "丁", first=3),)),
    "one number": ("1. 甲\n1. 乙\n1. 丙", (points("甲", "乙", "丙", first=1),)),
    "numbers as written": ("1. 甲\n3. 丙", (
        Points((BodyListItem((words("甲"),), 1), BodyListItem((words("丙"),), 3))),)),
    "a year is no number": ("今年\n2026. 开始", (words("今年2026. 开始"),)),
    "nested": ("- 甲\n  1. 乙\n     话\n- \n", (Points((
        BodyListItem((words("甲"), points("乙话", first=1))), BodyListItem(()))),)),
    "paragraphs of a point": ("- 甲\n\n  乙\n丙", (points((words("甲"), words("乙丙"))),)),
    "task list": ("- [ ] 甲\n- [x] 乙", (points("[ ] 甲", "[x] 乙"),)),
    "quotation": ("> 引文\n> 又\n\n***\n\n后", (Quote((words("引文又"),)), words("后"))),
    "quoted heading": ("> ## 一\n> - 甲", (Quote((BodyHeading("一", 2), points("甲"))),)),
    "table": ("| a | b |\n|:--|:-:|\n| **1** | 2 |\n| 3 |\n\n完", (
        BodyTable(row("a", "b"), (((strong("1"),), (Span("2"),)), row("3", "")), ("start", "center")), words("完"))),
    "table without edges": ("甲 | 乙\n--- | --:\n1 | 2", (
        BodyTable(row("甲", "乙"), (row("1", "2"),), ("start", "end")),)),
    "table in a list": ("- | 甲 |\n  |---|\n  | 1 | 2 |", (
        points((BodyTable(row("甲", ""), (row("1", "2"),), ("start", "start")),)),)),
    "more cells than the head has": ("| 甲 |\n|---|\n| 1 | 2 **3** | \\| |\n> | 4 |", (
        BodyTable(row("甲", "", ""), (((Span("1"),), (Span("2 "), strong("3")), (Span("|"),)),), ("start",) * 3),
        Quote((words("| 4 |"),)))),
    "fence": ("```py\n# no\n\t- no\n```\n", (Code("# no\n    - no"),)),
    "empty fence": ("~~~\n~~~\n", (Code(""),)),
    "indented code": ("话\n\n    **x**\n      y\n", (words("话"), Code("**x**\n  y"))),
    "comment": ("<!-- 批注 -->\n\n话<!-- 注 -->和", (words("话和"),)),
    "a comment that is not closed": ("话\n\n<!-- 批注\n\n又", (words("话"), words("<!-- 批注\n又"))),
    "HTML": ("<div>\n**甲**\n</div>\n\n<b>乙</b><br>{{7*7}}", (
        words("<div>\n**甲**\n</div>"), words("<b>乙</b><br>{{7*7}}"))),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_body_says(name: str) -> None:
    text, expected = CASES[name]
    assert said(text) == expected


def test_a_body_in_any_encoding_and_with_any_line_ends() -> None:
    text = "---\nkind: x\n---\n## 一\n- **甲**\n- 乙\n"
    wanted = read_body(text.encode())
    assert wanted
    for raw in (text.replace("\n", "\r\n").encode(), text.encode("gb18030"), text.encode("utf-8-sig")):
        assert read_body(raw) == wanted
    assert read_body(b"\x00\xff\x80" * 9) == read_body(b"") == ()


LINES = [
    "# a", "## b", "- c", "  - d", "1. e", "", "|f|g|", "|-|-|", "|k|l|m|n|", "```", "---", "===", "> h", "<!--", "-->",
    "**i", "[j](", "\\", "䶮 㛃", "***", "    o", "<p>", "</p>", "~~q~~", "`r`", "[s]: t", "* * u", ">> - v",
]  # fmt: skip


@settings(deadline=None, max_examples=400)
@given(st.lists(st.sampled_from(LINES), max_size=30))
def test_no_letter_is_lost(lines: list[str]) -> None:
    """But those of comments, of tags of fences, and of the heading of the whole document."""
    text = "\n".join(lines)
    if "<!--" in text or "# a" in lines or "===" in lines:
        return
    letters = "".join(flatten_parts(said(text)))
    for letter in "bcdefghijklmnoqrstuv䶮":
        assert letters.count(letter) == text.count(letter), letter


@pytest.mark.parametrize("bomb", [
    "\n".join("  " * at + "- 甲" for at in range(100)), "> " * 5000 + "甲", "- " * 5000 + "甲", "> - " * 300 + "甲",
    "1. " * 300 + "甲", "*" * 5000 + "甲", "[" * 5000 + "甲", "![" * 3000 + "甲", "**a *b" * 3000 + "甲",
])  # fmt: skip
def test_what_is_nested_too_deep_is_shown_as_it_is_typed(bomb: str) -> None:
    made = said(f"## 一\n{bomb}\n\n**末**\n")
    assert "".join(flatten_parts(made)).count("甲") == bomb.count("甲")
    assert any("末" in line for line in flatten_parts(made))


def test_nine_lists_in_each_other_are_read() -> None:
    made = said("\n".join("  " * at + f"- 第{at}" for at in range(9)))
    for at in range(9):
        (part,) = made
        assert isinstance(part, Points)
        assert part.points[0].parts[0] == words(f"第{at}")
        made = part.points[0].parts[1:]
    assert made == ()


HOSTILE = (
    "[", "![", "[甲](", "[甲](b)", "[[甲](b)", "*", "*甲", "甲*", "_", "**a*", "~~", "`", "`甲", "<", "<a ", "<!--",
    "<?", "<![CDATA[", '<a b="', "&", "&#1", "&amp;", "\\", "!", "甲  \n", "a\n", "- ", "1. ", "> ", "|-", "|\n",
    "> - 甲\n", "|甲|\n|-|\n", "-\n", "```\n", "# *`[<&\n", "<b>\n",
)  # fmt: skip


def reading(unit: str) -> Callable[[int], Callable[[], object]]:
    return lambda size: lambda: said(unit * (size // 2 // len(unit)))


@pytest.mark.parametrize("unit", HOSTILE)
def test_twice_as_much_takes_twice_as_long(unit: str) -> None:
    assert growth(reading(unit), 800) < LINEAR


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_body_that_would_be_slow_is_not(unit: str) -> None:
    """Steps alone would not tell of texts that are copied again and again; those would not end within the suite."""
    reading(unit)(2 * MAX_FILE_BYTES)()


def test_much_is_taken_as_it_is_typed() -> None:
    assert said("**甲** " * 30_000) == (words(("**甲** " * 30_000).strip()),)
    lines = said("- 甲\n" * 20_000)
    assert lines == (words("- 甲"),) * 20_000
    long = said(f"**甲**\n\n{'长' * 60_000} **乙**")
    assert long == (words(strong("甲")), words(f"{'长' * 60_000} **乙**"))
    steps(lambda: said("- 甲\n" * 20_000), 5_000_000)


FIELDS: dict[str, tuple[str, tuple[Part, ...]]] = {
    "a line is a paragraph": ("一、甲\r\n二、乙\n\n\n三\n", (words("一、甲"), words("二、乙"), words("三"))),
    "points": ("一\n- 甲\n* 乙\n• 丙\n· 丁\n二", (words("一"), points("甲", "乙", "丙", "丁"), words("二"))),
    "no points": ("-5 度\n*甲", (words("-5 度"), words("*甲"))),
    "points in full width": ("-\u3000甲\n•\u3000乙", (points("甲", "乙"),)),
    "numbers": ("1. 甲\n2. 乙\n三、丙", (points("甲", "乙", first=1), words("三、丙"))),
    "looks": ("**一**\n**二：**三", (words(strong("一")), words(strong("二："), "三"))),
    "nothing is underlined": ("甲\n---\n乙\n===\n丙", (words("甲"), words("乙"), words("==="), words("丙"))),
    "heading": ("# 一\n甲\n## 二", (BodyHeading("一", 1), words("甲"), BodyHeading("二", 2))),
    "a point of two lines": ("- 甲\n  乙", (points("甲乙"),)),
    "table": ("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n后", (BodyTable(row("甲", "乙"), (row("1", "2"),), ("start",) * 2),
                                                words("后"))),
    "table without edges": ("甲 | 乙\n--- | ---\n1 | 2", (
        BodyTable(row("甲", "乙"), (row("1", "2"),), ("start",) * 2),)),
    "fence": ("```\n甲\n乙\n```", (Code("甲\n乙"),)),
    "HTML and entities are text": ("<!-- 甲 -->&lt;&#20250;\n<div>\n乙", (
        words("<!-- 甲 -->&lt;&#20250;"), words("<div>"), words("乙"))),
    "nothing": (" \n", ()),
}  # fmt: skip


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_says(name: str) -> None:
    text, expected = FIELDS[name]
    assert read_field(text) == expected


@settings(deadline=None)
@given(st.text(st.characters(), max_size=80))
def test_any_text_is_a_field(text: str) -> None:
    for part in read_field(text):
        assert [*flatten_parts((part,))]


def test_plain_text_says_what_is_struck_out() -> None:
    spans = (Span("同意", struck=True), Span("不"), strong("同\n意"))
    assert flatten_spans(spans) == "~~同意~~不同\n意"
    assert split_spans(spans) == [(*spans[:2], strong("同")), (strong("意"),)]
    assert [has_look((each,)) for each in (*spans, Span("甲\n乙"))] == [True, False, True, True]
    assert Span("x", strong=True, code=True).looks == ("strong", "code")


def test_plain_lines_are_those_of_all_parts() -> None:
    made = said("## 一\n甲\\\n乙\n\n1. 丙\n   - 丁\n2. \n\n> 戊\n\n|己|庚|\n|-|-|\n|~~1~~|2|\n\n```\n辛\n壬\n```\n")
    wanted = ["一", "甲", "乙", "1. 丙", "丁", "2.", "戊", "己  庚", "~~1~~  2", "辛", "壬"]
    assert [*flatten_parts(made)] == wanted
    assert not re.search(r"[#>`|]", "".join(wanted))

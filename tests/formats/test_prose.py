"""What people wrote in their own words keeps its looks in every format that has any, and is text in the others."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from rich.console import Console

from dangwu.data import resources
from dangwu.formats.docx.document import render_docx
from dangwu.formats.html import render_html
from dangwu.formats.markdown import render_markdown
from dangwu.formats.pdf import render_pdf
from dangwu.formats.terminal.page import show_page
from dangwu.language import load_language
from dangwu.pages.body_blocks import build_body_blocks
from dangwu.pages.page import Heading, Page, Paragraph, Prose, Table
from dangwu.pages.paper import Paper, Signatures
from dangwu.parse.body import read_body
from tests.formats.test_html import assert_harmless
from tests.support.paper import docx_text, joined, needs_chinese, needs_poppler, parts, pdf_lines, pdf_text, press

if TYPE_CHECKING:
    from dangwu.pages.page import Block

ZH = load_language("zh")
DAY = date(2026, 3, 12)
SIGNED = Signatures((("主持人（签字）", ""), ("记录人（签字）", "")))
TEXT = """
# 会议

## 议题

一般的话。

**决议：**通过，*很*重要，*very*；~~删~~ `x = 1` <b>x</b> [办法](http://a.cn) ![图](http://a.cn/x.png)\\
第二行

- 甲
  1. 乙
  3. 丙

     丙二
- ```
  x
  ```

> 引文
>
> - 引中点

| 项目 | 数 |
|------|--:|
| **设备** | 12 |

```
第一行   对齐
    {{7*7}} #eval("1+1")
```

2. 末
"""


def blocks(text: str = TEXT) -> tuple[Block, ...]:
    return tuple(build_body_blocks(read_body(f"---\nkind: x\n---\n{text}".encode())))


def page(text: str = TEXT) -> Page:
    return Page("题", "", blocks(text))


def paper(text: str = TEXT) -> Paper:
    return Paper("题", "", (*blocks(text), SIGNED))


def shown_html(made: Page) -> str:
    return render_html(made, ZH, resources.read_package_text)


def word(made: Paper) -> Any:
    return Document(BytesIO(render_docx(made, ZH, press(DAY))))


def test_what_has_no_look_is_a_block_as_any_other() -> None:
    kinds = [type(each) for each in blocks()]
    assert kinds == [Heading, Paragraph, Prose, Prose, Prose, Table, Prose, Prose]
    assert blocks("## 一\n话\n\n|甲|\n|-|\n|乙|\n")[:2] == (Heading("一"), Paragraph("话"))
    (table,) = blocks("|甲|\n|-:|\n|乙|\n")
    assert isinstance(table, Table)
    assert not table.rows[0][0].spans


def test_in_html() -> None:
    text = shown_html(page())
    assert_harmless(text)
    for each in (
        "<p><strong>决议：</strong>通过，<em>很</em>重要，<em>very</em>；<s>删</s> <code>x = 1</code>",
        "&lt;b&gt;x&lt;/b&gt; 办法（http://a.cn） 图<br>第二行</p>",
        '<ul>\n<li>甲<ol>\n<li value="1">乙</li>\n<li value="3">丙<p>丙二</p>\n</li>\n</ol>\n</li>\n<li><pre>\nx\n',
        "<blockquote>\n<p>引文</p>\n<ul>\n<li>引中点</li>\n</ul>\n</blockquote>",
        "<strong>设备</strong></th>",
        "<pre>\n第一行   对齐\n    {{7*7}} #eval(&#34;1+1&#34;)\n</pre>",
        '<ol>\n<li value="2">末</li>\n</ol>',
        '<p class="plain">一般的话。</p>',
        "em:lang(zh)",
    ):
        assert each in text, each
    assert "em:lang(zh)" not in shown_html(page("一般的话。"))
    assert "em:lang(zh)" in shown_html(page("|甲|\n|-|\n|**乙**|"))


HOSTILE = (
    "**<script>alert(1)</script>**", "`</code><script>`", "```\n</pre><script>\n```", "> <img src=x onerror=alert(1)>",
    "|<b>|\n|-|\n|**</td><script>**|", "[x](javascript:alert(1)) **x**", "![x](javascript:alert(1)) **x**",
    "1. </ol><iframe src=//evil.example>", "**\u202e\u200b\x07甲**", "- \u2028\n- **\x1b[31m**",
    "**{{ 7*7 }} {% x %}**", '**" onmouseover=alert(1) x="**', "<http://evil.example/**>",
    "~~&lt;script&gt;&#x202e;~~", '*#eval("1") $x$*',
)  # fmt: skip
UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028\u202e]")


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_acts_in_html_and_nothing_invisible_is_left(text: str) -> None:
    made = shown_html(page(text))
    assert_harmless(made)
    assert not UNSAFE.search(made)
    assert not UNSAFE.search(docx_text(word(paper(text))).replace("\t", ""))


def runs(document: Any) -> dict[str, set[str]]:
    """Return how each piece of text looks, by the names of the properties of its run."""
    made: dict[str, set[str]] = {}
    for run in document.element.body.iter(qn("w:r")):
        text = "".join(each.text or "" for each in run.iter(qn("w:t")))
        look = {each.tag.rpartition("}")[2] for each in run.iter() if each.getparent().tag == qn("w:rPr")}
        look -= {"sz", "rFonts"}
        look |= {"code"} & {"code" for each in run.iter(qn("w:rFonts")) if each.get(qn("w:ascii")) == "Courier New"}
        made.setdefault(text, set()).update(look)
    return made


def test_in_word() -> None:
    document = word(paper())
    looks = runs(document)
    assert looks["决议："] == {"b"}
    # Chinese has no italics: it gets dots.
    assert looks["很"] == {"em"}
    assert looks["very"] == {"i"}
    assert looks["删"] == {"strike"}
    assert looks["x = 1"] == {"code"}
    assert looks["设备"] == {"b"}
    assert looks["通过，"] == set()
    assert "<b>x</b>" in docx_text(document)
    assert "办法（http://a.cn） 图" in docx_text(document)
    assert not [each for each in document.part.rels.values() if each.is_external]
    broken = next(each for each in document.paragraphs if "第二行" in each.text)
    assert broken.text.endswith("图\n第二行")


def test_lists_in_word_are_lists() -> None:
    """Word itself counts, so that people can go on in it; where a number is left out another list begins."""
    document = word(paper())
    listed = []
    numbering = next(
        each.target_part.element for each in document.part.rels.values() if each.reltype.endswith("/numbering")
    )
    starts = {
        each.get(qn("w:numId")): [one.get(qn("w:val")) for one in each.iter(qn("w:startOverride"))]
        for each in numbering.findall(qn("w:num"))
    }
    kinds = {each.get(qn("w:numId")): each[0].get(qn("w:val")) for each in numbering.findall(qn("w:num"))}
    for each in document.paragraphs:
        number = each._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if number is not None:
            level, id_ = (number.find(qn(name)).get(qn("w:val")) for name in ("w:ilvl", "w:numId"))
            listed.append((each.text, level, kinds[id_], starts[id_]))
    assert listed == [
        ("甲", "0", "0", []), ("乙", "1", "1", ["1"]), ("丙", "1", "1", ["3"]), ("", "0", "0", []),
        ("引中点", "0", "0", []), ("末", "0", "1", ["2"]),
    ]  # fmt: skip
    (same, again, then) = (
        next(each for each in word(paper(text)).paragraphs if each.text == "乙")._p.xpath(
            "w:pPr/w:numPr/w:numId/@w:val"
        )
        for text in ("1. 甲\n2. 乙", "- 甲\n- 乙", "1. 甲\n3. 乙")
    )
    assert (same, again, then) == (["2"], ["1"], ["3"])


def test_a_word_file_without_lists_has_no_numbering() -> None:
    assert "word/numbering.xml" not in parts(render_docx(paper("**话**"), ZH, press(DAY)))


@pytest.mark.parametrize("text", ["- 甲\n- 乙\n", "**甲乙**", "> 甲\n> - 乙\n", "```\n甲\n乙\n```", "1. 甲\n   乙"])
def test_places_to_sign_follow_the_last_words(text: str) -> None:
    document = word(paper(text))
    keep = [bool(each._p.xpath("w:pPr/w:keepNext")) for each in document.paragraphs if "乙" in each.text]
    assert keep == [True]
    if "\n" in text:
        assert not [each for each in document.paragraphs if each.text == "甲" and each._p.xpath("w:pPr/w:keepNext")]


def printed(made: Paper, lang: str = "zh") -> bytes:
    return render_pdf(made, load_language(lang), press(DAY))


@needs_poppler
@needs_chinese
def test_in_a_pdf() -> None:
    raw = printed(paper())
    lines = pdf_lines(raw)
    assert [re.sub(r"\s+", " ", each) for each in lines[2:]][:1] == ["一般的话。"]
    text = joined(pdf_text(raw))
    for each in (
        "决议：通过，很重要，very；删x=1<b>x</b>办法（http://a.cn）图第二行",
        "•甲1.乙3.丙丙二•x引文•引中点项目数设备12", '第一行对齐{{7*7}}#eval("1+1")2.末主持人（签字）',
    ):  # fmt: skip
        assert each in text, each
    assert printed(paper()) == raw


@needs_poppler
@needs_chinese
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "text",
    ["\n".join("  " * at + f"- 第{at}层" for at in range(9)),
     "\n".join(">" * at + f" 第{at}层\n" for at in range(1, 19)), "##\n\n- \n- #\n\n>\n",
     "```\n```\n\n||\n|-|", "> - " * 6 + "第一层",
     "> " * 9 + "|第一层|\n" + "> " * 9 + "|-|", *HOSTILE],
)  # fmt: skip
def test_whatever_is_nested_or_said_can_be_printed(text: str, lang: str) -> None:
    raw = printed(paper(text), lang)
    assert raw.startswith(b"%PDF")
    assert pdf_text(raw).count("层") == str(blocks(text)).count("层")
    assert b"/URI" not in raw


@needs_poppler
@needs_chinese
def test_the_last_point_is_never_far_from_the_places_to_sign() -> None:
    """As the last line of a paragraph does, it goes with them to the next page."""
    for count in range(10, 24):
        raw = printed(paper("\n".join(f"- 第{at}点" for at in range(count)) + "\n- 最后一点\n"))
        pages = pdf_text(raw).split("\f")
        signed = next(each for each in pages if "主持人" in each)
        assert "最后一点" in signed, count


def test_as_markdown_and_on_a_terminal_it_is_text() -> None:
    wanted = [
        "决议：通过，很重要，very；~~删~~ x = 1 <b>x</b> 办法（http://a.cn） 图", "第二行", "甲", "1. 乙", "3. 丙",
        "丙二", "x", "引文", "引中点", "2. 末",
    ]  # fmt: skip
    console = Console(width=200, color_system=None)
    with console.capture() as captured:
        show_page(page(), console)
    lines = [line.strip() for line in captured.get().splitlines()]
    assert [line for line in lines if line in wanted] == wanted
    assert "\\*\\*" not in render_markdown(page(), ZH)
    assert "\\~\\~删\\~\\~" in render_markdown(page(), ZH)
    assert "\n\n1\\. 乙\n\n" in render_markdown(page(), ZH)

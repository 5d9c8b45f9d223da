"""Word reads properties only in the order of the schema (ECMA-376, part 1, annex A), and else calls a file broken."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from dangwu.formats.docx.document import render_docx
from dangwu.language import load_language
from dangwu.pages.page import Heading, Paragraph
from dangwu.pages.paper import Break, Form, FormCell, Paper, Signatures
from dangwu.workspace.catalogue import load_kinds
from tests.support import canary
from tests.support.forms import AS_OF, form, unmistakable
from tests.support.paper import parts, press

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "tblCellMar": "top start left bottom end right",
    "tcBorders": "top start left bottom end right insideH insideV tl2br tr2bl",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "tbl": "bookmarkStart tblPr tblGrid tr bookmarkEnd",
    "tc": "tcPr p",
    "tr": "tblPrEx trPr tc",
}
"""The children of each element in their order. Those of trPr may stand in any."""
EVERY = Paper(
    "一份标题长到一行放不下的文件：关于进一步做好党费收缴和公示工作的情况说明",
    "某某党支部",
    (
        Heading("一、情况"),
        Paragraph("正文。"),
        Form("表", (1, 2), ((FormCell("姓名", label=True), FormCell("张三")), (FormCell("注", span=2, lines=3),)), 1),
        Signatures((("主持人（签字）", "李四"), ("记录人（签字）", ""), ("本人（签字）", ""))),
        Break("第二份", "某某党支部"),
        Paragraph("正文。"),
        Break(),
        Heading("签到表"),
    ),
    origin="x",
)


def find_disorder(raw: bytes) -> Iterator[str]:
    for name, part in parts(raw).items():
        if not name.startswith("word/") or not name.endswith(".xml"):
            continue
        for element in parse_xml(part).iter():
            tag = element.tag.removeprefix(PREFIX)
            order = ORDER.get(tag, "").split()
            children = [each.tag.removeprefix(PREFIX) for each in element]
            known = [order.index(each) if each in order else -1 for each in children]
            if order and (-1 in known or known != sorted(known)):
                yield f"{name}: {tag}: {' '.join(children)}"
            if tag in {"pPr", "rPr", "tblPr", "tcPr", "trPr"} and len({*children}) < len(children):
                yield f"{name}: {tag} twice: {' '.join(children)}"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_properties_stand_in_the_order_of_the_schema(lang: str) -> None:
    assert [*find_disorder(render_docx(EVERY, load_language(lang), press(AS_OF)))] == []


@pytest.mark.parametrize(
    "name", sorted(each for each in canary.records() if each in load_kinds() and each != "complainant")
)
def test_of_every_kind(name: str) -> None:
    made = form(unmistakable(), canary.records()[name][0])
    assert [*find_disorder(render_docx(made, load_language("zh"), press(AS_OF)))] == []


def test_styles_and_parts_that_are_named_are_there() -> None:
    raw = render_docx(EVERY, load_language("zh"), press(AS_OF))
    styles = parse_xml(parts(raw)["word/styles.xml"])
    there = {each.get(f"{PREFIX}styleId") for each in styles.iter(f"{PREFIX}style")}
    places = [parse_xml(part) for name, part in parts(raw).items() if name.startswith("word/") and name.endswith("xml")]
    named = {
        each.get(f"{PREFIX}val")
        for place in places
        for tag in ("basedOn", "next", "link", "pStyle", "rStyle", "tblStyle")
        for each in place.iter(f"{PREFIX}{tag}")
    }
    assert named - there == set()


def test_titles_are_headings_and_pages_begin_with_them() -> None:
    document: Any = Document(BytesIO(render_docx(EVERY, load_language("zh"), press(AS_OF))))
    heads = [each for each in document.paragraphs if each.style.name.startswith("Heading")]
    assert [(each.style.name, each.paragraph_format.page_break_before) for each in heads] == [
        ("Heading 1", None), ("Heading 2", None), ("Heading 1", True), ("Heading 2", None),
    ]  # fmt: skip
    first, second = heads[0].text.split("\n")
    assert abs(len(first) - len(second)) <= 2
    empty = [each for each in document.paragraphs if each.paragraph_format.page_break_before and not each.text]
    assert len(empty) == 1


def test_places_to_sign_stay_with_the_last_row_and_have_a_line() -> None:
    document: Any = Document(BytesIO(render_docx(EVERY, load_language("zh"), press(AS_OF))))
    ruled, signed = document.tables
    last = list(ruled._tbl.iter(qn("w:tr")))[-1]
    assert last.find(f".//{qn('w:keepNext')}") is not None
    lines = signed._tbl.findall(f".//{qn('w:tcBorders')}/{qn('w:bottom')}")
    assert len(lines) == 3
    assert [cell.text for cell in signed.rows[0].cells if cell.text] == ["主持人（签字）", "李四", "记录人（签字）"]

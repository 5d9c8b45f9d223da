"""Paper as PDF and as a Word document: official measures, safe text, whole rows, the same bytes."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dangwu.errors import CannotRunError
from dangwu.formats.docx.document import render_docx
from dangwu.formats.fonts import choose_fonts
from dangwu.formats.pdf import render_pdf
from dangwu.language import load_language
from dangwu.pages.page import (
    Align,
    Bars,
    Cell,
    Column,
    Grid,
    GridCell,
    GridRow,
    Heading,
    Item,
    Items,
    KeyValues,
    Paragraph,
    Series,
    Table,
    Tone,
    Trend,
)
from dangwu.pages.paper import Break, Form, FormCell, Paper, PaperBlock, Signatures
from tests.support.paper import docx_text, joined, needs_chinese, needs_poppler, parts, pdf_lines, pdf_text, press

ZH, EN = load_language("zh"), load_language("en")
DAY = date(2026, 11, 23)
POPPLER_INFO = str(shutil.which("pdfinfo"))
RARE = "䶮㛃𬭎"
ORIGIN, FOOT = "meetings/2026/x.md", "meetings/2026/x.md，截至 2026-11-23"
HOSTILE = '#read("/etc/hostname") *x* _y_ $z$ {{7*7}} {%x%} </w:t><w:t> <script>&amp; \\ @label `raw` //c'


def paper(*blocks: PaperBlock, title: str = "会议记录", wide: bool = False) -> Paper:
    return Paper(title, "某某公司党支部", blocks, wide=wide, origin=FOOT)


EVERY = paper(
    Heading("一、基本情况"),
    Heading("（一）小标题", 3),
    Paragraph("正文一。\n正文二。"),
    Paragraph("说明", Tone.QUIET),
    Table("表", (Column("姓名"), Column("数", Align.END, short=True)), ((Cell(RARE), Cell("3", Tone.BAD)),)),
    Grid(
        "历",
        "事项",
        ("1月", "2月"),
        (GridRow("系统"), GridRow("党小组会", (GridCell(2, "完", "3-12", "已办"),), inner=True)),
        (GridCell(mark="完", words="已办"),),
    ),
    Bars(
        "柱",
        ("一月",),
        (Series("实到", Tone.GOOD, (5,)), Series("缺席", Tone.BAD, (None,))),
        "一月五人",
        "人",
        ("应到", 6),
    ),
    Trend("势", ("2025", "2026"), (Series("会议", Tone.GOOD, (60, None)),), "两年", "次"),
    Items((Item("逾期", "党费", Tone.BAD, "10.1(6)m", ("说明一",)),)),
    Items((), "没有逾期。"),
    KeyValues((("已办", Cell("7")),), figures=True),
    KeyValues((("期限", Cell("2026-12-31")),)),
    Form(
        "登记表",
        (1, 2, 1, 2),
        ((FormCell("姓名", label=True), FormCell("张三", span=3)), tuple(FormCell("空") for _ in range(4))),
        1,
    ),
    Break(),
    Signatures((("主持人", "李四"), ("记录人", ""), ("本人", ""))),
)
WORDS = (
    "会议记录",
    "某某公司党支部",
    "一、基本情况",
    "（一）小标题",
    "正文一。",
    "正文二。",
    "说明",
    "表",
    RARE,
    "历",
    "党小组会",
    "完",
    "3-12",
    "柱",
    "实到",
    "缺席",
    "势",
    "2025",
    "60",
    "逾期",
    "党费",
    "10.1(6)m",
    "说明一",
    "没有逾期。",
    "已办",
    "期限",
    "2026-12-31",
    "登记表",
    "张三",
    "主持人",
    "李四",
    "本人",
    ORIGIN,
)


@needs_poppler
@needs_chinese
def test_every_block_is_in_the_pdf() -> None:
    text = joined(pdf_text(render_pdf(EVERY, ZH, press(DAY))))
    assert [word for word in WORDS if word not in text] == []


def test_every_block_is_in_the_word_document() -> None:
    document = Document(BytesIO(render_docx(EVERY, ZH, press(DAY))))
    text = docx_text(document)
    assert [word for word in WORDS if word not in text] == [ORIGIN]
    section = document.sections[0]
    assert [each.paragraphs[1].text for each in (section.footer, section.even_page_footer)] == [FOOT, FOOT]


@needs_chinese
def test_a_pdf_says_of_itself_what_it_is() -> None:
    made = render_pdf(EVERY, ZH, press(DAY))
    assert made == render_pdf(EVERY, ZH, press(DAY))
    assert re.search(rb"<pdfaid:part>2</pdfaid:part>\s*<pdfaid:conformance>A<", made)
    assert b"<pdfuaid:part>1<" in made
    assert b"zh" in re.findall(rb"/Lang\s*\(([^)]*)\)", made)[0]
    pages = re.findall(rb"/MediaBox\s*\[([^\]]*)\]", made)
    assert {tuple(round(float(each)) for each in page.split()) for page in pages} == {(0, 0, 595, 842)}
    assert b"/home" not in made
    assert b"/tmp" not in made


@needs_chinese
def test_a_turned_sheet_is_landscape() -> None:
    made = render_pdf(paper(Paragraph("一"), wide=True), ZH, press(DAY))
    assert re.search(rb"/MediaBox\s*\[0 0 841\.\d+ 595\.\d+\]", made)
    section: Any = Document(BytesIO(render_docx(paper(wide=True), ZH, press(DAY)))).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert section.page_width.mm - section.left_margin.mm - section.right_margin.mm == pytest.approx(225, abs=0.5)


@needs_poppler
@needs_chinese
def test_text_is_text_and_never_markup() -> None:
    block = Form("表", (1, 1), ((FormCell(HOSTILE), FormCell("\x1b[31m\u202e二\x00")),))
    made = paper(Heading(HOSTILE), Paragraph(HOSTILE), block, title=HOSTILE)
    for text in (
        pdf_text(render_pdf(made, ZH, press(DAY))),
        docx_text(Document(BytesIO(render_docx(made, ZH, press(DAY))))),
    ):
        assert joined(text).count(joined(HOSTILE)) == 4
        assert joined(r"\u001b[31m\u202e二\u0000") in joined(text)


@needs_poppler
@needs_chinese
def test_a_character_that_no_font_has_is_printed_as_its_number() -> None:
    """PDF/A allows no empty boxes, and one rare character must not stop the printing."""
    text = joined(pdf_text(render_pdf(paper(Paragraph("王\ue81e和\U0003fffd，\ue000")), ZH, press(DAY))))
    assert "王〔U+E81E〕和〔U+3FFFD〕，〔U+E000〕" in text


def test_without_a_chinese_font_it_says_so() -> None:
    with pytest.raises(CannotRunError) as caught:
        choose_fonts(["Arial", "Libertinus Serif"], "党支部", chinese=True)
    assert "FangSong" in ZH.text(caught.value.message)
    assert caught.value.hint is not None
    assert "--font-dir" in ZH.text(caught.value.hint)
    assert choose_fonts(["Libertinus Serif"], "plain English", chinese=False)["text"] == ["Libertinus Serif"]


def test_fonts_of_official_paper_come_first() -> None:
    there = ["Noto Serif CJK SC", "simhei", "FangSong", "KaiTi", "SimSun"]
    assert choose_fonts(there, "党", chinese=True) == {
        "title": ["SimSun", "Noto Serif CJK SC"],
        "text": ["FangSong", "SimSun", "Noto Serif CJK SC"],
        "black": ["simhei", "SimSun", "Noto Serif CJK SC"],
        "script": ["KaiTi", "SimSun", "Noto Serif CJK SC"],
        "song": ["SimSun", "Noto Serif CJK SC"],
        "code": ["SimSun", "Noto Serif CJK SC"],
        "slanted": ["SimSun", "Noto Serif CJK SC"],
    }


_CLOSING = "、，。；：？！）》」』”’…"


@needs_poppler
@needs_chinese
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet="党员会议记录学习、，。；：？！（）《》“”", min_size=60, max_size=400))
def test_no_line_begins_with_punctuation(text: str) -> None:
    text = re.sub(rf"[{_CLOSING}（《“]+", lambda run: run[0][0], "党" + text)
    lines = pdf_lines(render_pdf(paper(Paragraph(text), title="记"), ZH, press(DAY)))
    assert [line for line in lines if line[0] in _CLOSING] == []


@needs_poppler
@needs_chinese
def test_a_long_table_repeats_its_head_and_tears_no_row() -> None:
    rows = tuple((Cell(f"行{number}始 " + "内容" * 30 + f" 行{number}终"), Cell(str(number))) for number in range(120))
    made = render_pdf(paper(Table("长表", (Column("列名甲"), Column("列名乙", short=True)), rows)), ZH, press(DAY))
    pages = [joined(page) for page in pdf_text(made).split("\f") if joined(page)]
    assert len(pages) > 3
    assert all("列名甲" in page for page in pages)
    for number in range(120):
        assert sum(f"行{number}始" in page and f"行{number}终" in page for page in pages) == 1
    assert [page.replace(joined(FOOT), "")[-3:] for page in pages[:3]] == ["—1—", "—2—", "—3—"]
    assert all(page.count(joined(FOOT)) == 1 for page in pages)


def _pages(*blocks: PaperBlock, wide: bool = False) -> list[str]:
    made = render_pdf(paper(*blocks, wide=wide), ZH, press(DAY))
    return [joined(page) for page in pdf_text(made).split("\f") if joined(page)]


SIGNED = Signatures((("主持人（签字）", "李四"), ("记录人（签字）", "")))


@needs_poppler
@needs_chinese
@pytest.mark.parametrize("wide", [False, True])
def test_places_to_sign_and_a_last_row_never_stand_alone(wide: bool) -> None:
    head = (FormCell("序号", label=True), FormCell("事项", label=True))
    for count in (*range(6, 13), *range(18, 30)):
        rows = tuple((FormCell(str(number)), FormCell(f"行{number}")) for number in range(count))
        *_, last = _pages(Form("", (1, 5), (head, *rows), 1), SIGNED, wide=wide)
        assert "主持人" in last
        assert "序号" in last
        assert last.count("行") >= 2
    for lines in range(14, 24):
        *_, last = _pages(Paragraph("\n".join(["正文"] * lines)), SIGNED, wide=wide)
        assert "主持人" in last
        assert "正文" in last


@needs_poppler
@needs_chinese
def test_what_would_leave_little_on_its_last_page_is_set_tight() -> None:
    def form(rows: int) -> Form:
        written = tuple(
            (FormCell(f"项{number}", label=True), FormCell(f"行{number}", lines=2)) for number in range(rows)
        )
        return Form("", (1, 5), written)

    sizes = [len(_pages(form(rows), SIGNED)) for rows in range(8, 24)]
    assert sizes[0] == 1
    assert sizes == sorted(sizes)
    # Loose, twelve rows of two lines with the title and the places to sign take more than a page.
    assert sizes[12 - 8] == 1
    assert sizes[-1] == 2


@needs_poppler
@needs_chinese
@needs_poppler
@needs_chinese
def test_a_list_of_a_few_rows_stays_on_its_page() -> None:
    """Wherever on a page it begins: a sign-in sheet that goes round the table is one sheet."""
    rows = tuple((FormCell(f"签到者{number}"), FormCell("")) for number in range(6))
    sheet = Form("", (1, 3), ((FormCell("姓名", label=True), FormCell("签名", label=True)), *rows), 1)
    for above in range(10, 22, 2):
        pages = [joined(page) for page in _pages(Paragraph("\n".join("行" * above)), sheet)]
        assert sorted({page.count("签到者") for page in pages}) in ([6], [0, 6]), above


@needs_poppler
@needs_chinese
def test_a_tab_is_a_gap() -> None:
    made = paper(Paragraph("甲\t乙"), Table("表", (Column("头"),), ((Cell("丙\t丁"),),)))
    word = docx_text(Document(BytesIO(render_docx(made, ZH, press(DAY)))))
    pdf = pdf_text(render_pdf(made, ZH, press(DAY)))
    for text in (word, pdf):
        assert "u0009" not in text
        assert re.search(r"甲\s+乙", text)
    assert "丙 丁" in word


def test_a_document_within_a_document_has_its_title() -> None:
    first, second = _pages(Paragraph("一"), Break("第二份文件", "某某公司第二党支部"), Paragraph("二"))
    assert "第二份文件" not in first
    assert second.startswith("第二份文件某某公司第二党支部二")


@needs_poppler
@needs_chinese
def test_a_cell_longer_than_a_page_runs_on() -> None:
    text = "".join(f"第{number}句。" for number in range(900))
    form = Form("", (1, 5), ((FormCell("内容", label=True), FormCell(text, lines=5)),))
    printed = joined(pdf_text(render_pdf(paper(form), ZH, press(DAY)))).replace(joined(FOOT), "")
    assert text in re.sub(r"—\d+—", "", printed)


def test_a_thousand_paths_break_and_leave_nothing_behind() -> None:
    path = "meetings/2026/2026-03-12-group-meeting-g1.md"
    paths = "、".join([path] * 1_200)
    form = Form("", (1, 5), ((FormCell("内容", label=True), FormCell(paths, lines=5)),))
    for block in (form, Paragraph(paths), Table(path, (Column(path), Column("")), ((Cell(paths), Cell(path)),))):
        printed = pdf_text(render_pdf(paper(block), ZH, press(DAY)))
        assert not re.search("[\u00ad\u200b-\u200f\u2060]", printed)
        # At the end of a line pdftotext takes a hyphen for its own, and leaves it out.
        assert joined(printed).replace("-", "").count(path.replace("-", "")) >= 1_000


def _document(made: Paper) -> Any:
    return Document(BytesIO(render_docx(made, ZH, press(DAY))))


def test_a_word_document_has_the_measures_and_fonts_of_official_paper() -> None:
    document = _document(EVERY)
    section = document.sections[0]
    assert [round(each.mm) for each in (section.page_width, section.page_height)] == [210, 297]
    assert [round(each.mm) for each in (section.top_margin, section.left_margin)] == [37, 28]
    named = {
        name: document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Normal", "Heading 1", "Heading 2", "Heading 3")
    }
    assert named == {"Normal": "仿宋", "Heading 1": "方正小标宋简体", "Heading 2": "黑体", "Heading 3": "楷体"}
    assert [document.styles[name].font.size.pt for name in ("Normal", "Heading 1")] == [16, 22]
    assert not document.styles.element.findall(f".//{qn('w:rFonts')}[@{qn('w:eastAsiaTheme')}]")


def test_rows_stay_whole_and_heads_come_again() -> None:
    long = Form("", (1, 1), ((FormCell("头", label=True, span=2),), (FormCell("字" * 3000), FormCell("乙"))), head=1)
    rows = list(_document(paper(long)).element.body.iter(qn("w:tr")))
    assert [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows] == [True, False]
    assert [row.find(f".//{qn('w:cantSplit')}") is not None for row in rows] == [True, False]
    assert rows[0].find(f".//{qn('w:gridSpan')}").get(qn("w:val")) == "2"


def test_a_word_document_is_the_same_bytes_and_names_nobody() -> None:
    made = render_docx(EVERY, ZH, press(DAY))
    assert made == render_docx(EVERY, ZH, press(DAY))
    about = parts(made)["docProps/core.xml"].decode()
    assert "2026-11-23T00:00:00Z" in about
    assert "python-docx" not in about
    assert re.findall(r"<dc:creator>(.*?)</dc:creator>", about) in ([], [""])
    assert len(made) < 150_000


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80), st.booleans())
def test_any_text_makes_a_word_document(text: str, english: bool) -> None:
    blocks = (Heading(text), Paragraph(text), Form(text, (1,), ((FormCell(text),),)), Items((Item(text, text),)))
    made = Paper(text, text, blocks, origin=text)
    assert Document(BytesIO(render_docx(made, EN if english else ZH, press(DAY)))).paragraphs


@needs_poppler
@needs_chinese
def test_a_page_has_22_lines_of_28_characters() -> None:
    """GB/T 9704-2012, 5.2.3, measured in the made file."""
    made = render_pdf(paper(Paragraph("支部党员大会每季度召开一次" * 150)), ZH, press(DAY))
    second = pdf_text(made, "-layout").split("\f")[1]
    lines = [line.strip() for line in second.splitlines() if line.strip() and FOOT not in line]
    assert [len(line) for line in lines] == [28] * 22


def test_a_page_of_a_word_document_has_room_for_22_lines_of_28_characters() -> None:
    """The same in twentieths of a point: a program sets as many lines and characters as there is room for."""
    document: Any = Document(BytesIO(render_docx(paper(Paragraph("一")), ZH, press(DAY))))
    section, body = document.sections[0], document.paragraphs[-1].style.element
    (line,) = body.xpath("w:pPr/w:spacing[@w:lineRule='exact']/@w:line")
    (closer,), (half_points,) = body.xpath("w:rPr/w:spacing/@w:val"), body.xpath("w:rPr/w:sz/@w:val")
    down = section.page_height.twips - section.top_margin.twips - section.bottom_margin.twips
    across = section.page_width.twips - section.left_margin.twips - section.right_margin.twips
    assert down // int(line) == 22
    assert across // (int(half_points) * 10 + int(closer)) == 28
    # A foot that is higher than the margin pushes the text up, and a line is lost.
    number, origin = (document.styles[name].element for name in ("footer", "Origin"))
    (size,), (low,) = number.xpath("w:rPr/w:sz/@w:val"), origin.xpath("w:pPr/w:spacing/@w:line")
    assert section.footer_distance.twips + int(size) * 10 * 1.3 + int(low) < section.bottom_margin.twips


@needs_poppler
@needs_chinese
def test_what_is_there_for_the_layout_is_no_column_to_a_screen_reader() -> None:
    """A table has its columns and their heads; a form without a head is no table."""
    fields = ((FormCell("姓名", label=True), FormCell("张三")), (FormCell("日期", label=True), FormCell("今日")))
    register = ((FormCell("序号", label=True), FormCell("内容", label=True)), *[(FormCell("1"), FormCell("甲"))] * 3)
    signed = Signatures((("主持人", "李四"),))
    table = Table("表", (Column("姓名"), Column("数"), Column("日")), tuple((Cell("甲"),) * 3 for _ in range(4)))
    made = render_pdf(
        paper(table, Form("栏目", (1, 1), fields), signed, Form("簿", (1, 1), register, 1)), ZH, press(DAY)
    )
    done = subprocess.run([POPPLER_INFO, "-struct", "-"], input=made, capture_output=True, check=True)
    words = [
        line.split()[0].rstrip(":") for line in done.stdout.decode("utf-8", "replace").splitlines() if line.strip()
    ]
    assert words.count("Table") == 2
    rows = " ".join(word for word in words if word in {"TR", "TH", "TD"}).split("TR")[1:]
    assert [row.split() for row in rows] == [["TH"] * 3, *[["TD"] * 3] * 4, ["TH"] * 2, *[["TD"] * 2] * 3]

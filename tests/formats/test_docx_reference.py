"""Styles stand in a Word file: dangwu's own, or one that a committee brings, of which only the looks are taken."""

from __future__ import annotations

import re
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from dangwu.data import resources
from dangwu.errors import CannotRunError
from dangwu.formats.docx.document import render_docx
from dangwu.formats.docx.page import build_element
from dangwu.formats.docx.reference import list_reference_notes
from dangwu.formats.docx.styles import PAPER_STYLES, STYLE_FILES, TABLE_GRID, find_style
from dangwu.language import load_language
from dangwu.pages.page import Align, Cell, Column, Grid, GridCell, GridRow, Heading, Item, Items, Paragraph, Table, Tone
from dangwu.pages.paper import Break, Form, FormCell, Paper, Signatures
from tests.formats.test_docx_schema import find_disorder
from tests.support.forms import AS_OF
from tests.support.paper import docx_text, parts, press
from tools import paper_file

if TYPE_CHECKING:
    from collections.abc import Callable

ZH, EN = load_language("zh"), load_language("en")
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c6360000000020001e221bc33"
    "0000000049454e44ae426082"
)
"""A picture of one point."""
PRIVATE = "某人不想给人看的话"
EVERY = Paper(
    "党员大会会议记录",
    "某某公司党支部",
    (
        Heading("一、情况"),
        Heading("（一）出席", 3),
        Paragraph("正文。"),
        Paragraph("说明。", Tone.QUIET),
        Table("表", (Column("姓名"), Column("数", Align.END)), ((Cell("张三"), Cell("3", Tone.BAD)),)),
        Grid(
            "历",
            "事项",
            ("1月",),
            (GridRow("例会", (GridCell(1, "完", "3-12"),)),),
            (GridCell(mark="完", words="已办"),),
        ),
        Items((Item("逾期", "党费", Tone.BAD, "10.1", ("说明一",)),)),
        Form("", (1, 2), ((FormCell("姓名", label=True), FormCell("张三")),)),
        Signatures((("主持人（签字）", "李四"), ("记录人（签字）", ""))),
        Break("第二份", "某某党支部"),
    ),
    origin="meetings/2026/x.md",
)


def own(lang: str = "zh") -> bytes:
    return resources.read_package_bytes(STYLE_FILES[lang])


def made(reference: bytes | None = None, paper: Paper = EVERY, lang: str = "zh") -> bytes:
    return render_docx(paper, load_language(lang), press(AS_OF, lang, reference))


def opened(raw: bytes) -> Any:
    return Document(BytesIO(raw))


def saved(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def foreign(change: Callable[[Any], None] = lambda _document: None) -> bytes:
    """Return a Word file that knows nothing of dangwu."""
    document: Any = Document()
    document.add_paragraph(PRIVATE)
    change(document)
    return saved(document)


def rebuilt(raw: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """Return a Word file whose parts were changed."""
    contents = parts(raw)
    change(contents)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return out.getvalue()


def renamed(raw: bytes) -> bytes:
    """Return a Word file with the ids that Word in Chinese gives to styles: a, 1, 2, …"""

    def change(contents: dict[str, bytes]) -> None:
        ids = re.findall(rb'w:styleId="([^"]*)"', contents["word/styles.xml"])
        for name in [each for each in contents if each.startswith("word/") and each.endswith(".xml")]:
            for number, each in enumerate(ids, 10):
                for place in (b"styleId", b"val"):
                    contents[name] = contents[name].replace(
                        b'w:%s="%s"' % (place, each), b'w:%s="%d"' % (place, number)
                    )
        # The names of styles look like their ids in places.
        for number, each in enumerate(ids, 10):
            contents["word/styles.xml"] = contents["word/styles.xml"].replace(
                b'<w:name w:val="%d"/>' % number, b'<w:name w:val="%s"/>' % each
            )

    return rebuilt(raw, change)


def notes(reference: bytes, lang: str = "en") -> list[str]:
    return [load_language(lang).text(note) for note in list_reference_notes(own(lang), reference)]


def named_styles(raw: bytes) -> set[str]:
    """Return the ids of styles that the text, the footers and the styles of a Word file ask for."""
    found = set()
    for name, part in parts(raw).items():
        if name.startswith("word/") and name.endswith(".xml"):
            for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"):
                found |= {each.get(qn("w:val")) for each in parse_xml(part).iter(qn(f"w:{tag}"))}
    return found


def style_ids(raw: bytes) -> list[str]:
    return [each.get(qn("w:styleId")) for each in parse_xml(parts(raw)["word/styles.xml"]).iter(qn("w:style"))]


def foot(raw: bytes) -> list[str]:
    section = opened(raw).sections[0]
    return [each.text for each in section.footer.paragraphs]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_files_with_our_styles_are_what_their_script_makes(lang: str) -> None:
    assert own(lang) == paper_file.build_file(lang), "run python3 -m tools.paper_file"
    assert paper_file.FILES[lang].name == Path(STYLE_FILES[lang]).name


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_style_stands_in_our_files_with_a_line_of_text_in_it(lang: str) -> None:
    document = opened(own(lang))
    ids = {each: find_style(document.styles.element, each) for each in PAPER_STYLES}
    assert [each for each, style in ids.items() if style is None] == []
    shown = named_styles(own(lang))
    assert {each.english for each, style in ids.items() if style.styleId not in shown} == {"Item Tag"}
    assert [*find_disorder(own(lang))] == []
    assert document.element.body.xpath(".//w:t")


def test_text_looks_as_its_style_has_it() -> None:
    """What is set beside the styles is what depends on the text: sizes in tables, and what is important."""
    document = opened(made())
    for paragraph in document.paragraphs:
        assert not paragraph._p.xpath(".//w:rFonts | .//w:sz | .//w:ind | .//w:color | .//w:jc"), paragraph.text
    names = {each.style.name for each in document.paragraphs}
    assert names == {
        "Heading 1", "Subtitle", "Heading 2", "Heading 3", "Body Text", "Note Text", "Caption", "Table Legend", "Item",
        "Item Detail", "Normal",
    }  # fmt: skip
    cells = {style for table in document.tables for style in table._tbl.xpath(".//w:pStyle/@w:val")}
    assert cells == {"TableText", "TableHead", "FormLabel"}
    assert not [each for table in document.tables for each in table._tbl.xpath(".//w:rFonts")]


def test_a_changed_style_changes_the_paper() -> None:
    document = opened(made())
    document.styles["Heading 1"].font.size = Pt(30)
    document.styles["Body Text"].font.name = "Arial"
    again = opened(made(saved(document)))
    assert again.paragraphs[0].style.font.size == Pt(30)
    (text,) = [each for each in again.paragraphs if each.text == "正文。"]
    assert text.style.font.name == "Arial"
    assert docx_text(again) == docx_text(opened(made()))


def test_a_file_made_before_serves_as_a_reference() -> None:
    first = made()
    assert notes(first) == []
    again = made(first, EVERY._replace(origin="dues/2026.yaml"))
    assert foot(again) == ["—  —", "dues/2026.yaml"]
    assert foot(made(first, EVERY._replace(origin=""))) == ["—  —"]
    assert foot(first) == ["—  —", "meetings/2026/x.md"]
    assert docx_text(opened(again)) == docx_text(opened(first))


def test_of_a_file_without_our_styles_its_own_are_kept_and_ours_are_lent() -> None:
    raw = foreign(lambda document: setattr(document.styles["Normal"].font, "name", "Georgia"))
    missing = "Note Text, Table Text, Table Head, Form Label, Table Legend, Item, Item Tag, Item Detail, Origin"
    assert notes(raw) == [
        f"The reference file has no style for {missing}: those of dangwu are used.",
        "The reference file has no footer: that of dangwu is used.",
    ]
    styles, footer = notes(raw, "zh")
    assert "表内文字、表头文字" in styles
    assert footer == "参照文件没有页脚，用 dangwu 自带的。"
    document = opened(made(raw))
    assert document.styles["Normal"].font.name == "Georgia"
    assert document.styles["Table Text"].base_style.name == "Normal"
    assert document.styles["Table Head"].base_style.name == "Table Text"
    assert document.paragraphs[0].style.font.size == Pt(14)
    assert foot(made(raw)) == ["—  —", "meetings/2026/x.md"]


@pytest.mark.parametrize(
    "reference",
    [renamed(made()), renamed(foreign()), foreign(), made(lang="en")],
    ids=["ours renamed", "foreign renamed", "foreign", "English"],
)
def test_styles_are_found_by_their_names_whatever_their_ids(reference: bytes) -> None:
    raw = made(reference)
    ids = style_ids(raw)
    assert len({each.casefold() for each in ids}) == len(ids)
    assert named_styles(raw) <= set(ids)
    document = opened(raw)
    assert document.paragraphs[0].style.name == "Heading 1"
    assert {table.style.name for table in document.tables} == {TABLE_GRID.english, "Normal Table"}
    assert [*find_disorder(raw)] == []
    assert "张三" in docx_text(document)


def test_a_file_saved_by_another_program_is_as_good() -> None:
    """Our own file, opened and saved again by LibreOffice, which adds a Caption of its own to ours."""
    raw = (Path(__file__).parent / "saved-by-libreoffice.docx").read_bytes()
    assert notes(raw) == []
    made_again = opened(made(raw))
    fonts = [
        [each.style.element.xpath("string(w:rPr/w:rFonts/@w:eastAsia)") for each in document.paragraphs[:3]]
        for document in (made_again, opened(made()))
    ]
    assert fonts[0] == fonts[1] == ["方正小标宋简体", "楷体", "黑体"]
    (caption, *_) = [each for each in made_again.paragraphs if each.text == "表"]
    assert (caption.style.font.bold, caption.style.font.italic, caption.style.font.size) == (True, None, Pt(12))
    assert foot(made(raw))[1:] == ["meetings/2026/x.md"]
    assert widths(made_again) == {156}


def test_names_in_the_language_of_the_menus_are_known() -> None:
    def change(contents: dict[str, bytes]) -> None:
        for old, new in (("heading 1", "标题 1"), ("Body Text", "正文文本"), ("Table Text", "某某表,表内文字")):
            contents["word/styles.xml"] = contents["word/styles.xml"].replace(
                f'<w:name w:val="{old}"/>'.encode(), f'<w:name w:val="{new}"/>'.encode()
            )

    assert notes(rebuilt(own(), change)) == []


def test_nothing_of_the_text_and_of_the_persons_of_a_reference_is_taken_over() -> None:
    def change(document: Any) -> None:
        about = document.core_properties
        about.author = about.last_modified_by = about.keywords = about.category = about.title = PRIVATE
        document.add_comment(document.paragraphs[-1].runs, text=PRIVATE, author=PRIVATE)
        document.settings.element.append(build_element("w:documentProtection", **{"w:edit": "readOnly"}))

    raw = rebuilt(
        foreign(change), lambda contents: contents.update({"customXml/item1.xml": f"<x>{PRIVATE}</x>".encode()})
    )
    contents = parts(made(raw))
    assert not [name for name, part in contents.items() if PRIVATE.encode() in part]
    assert {name for name in contents if not name.startswith("word/")} == {
        "[Content_Types].xml", "_rels/.rels", "docProps/core.xml",
    }  # fmt: skip
    assert not [name for name in contents if "comments" in name or "media" in name]
    assert b"documentProtection" not in contents["word/settings.xml"]


def test_headers_and_footers_are_those_of_the_reference() -> None:
    def change(document: Any) -> None:
        section = document.sections[0]
        section.header.paragraphs[0].text = "中共某某镇委员会"
        section.header.paragraphs[0].add_run().add_picture(BytesIO(DOT))
        document.paragraphs[0].add_run().add_picture(BytesIO(DOT + b"of the text"))
        section.footer.paragraphs[0].text = "第 页"
        section.footer.paragraphs[0].alignment = 1
        # A section of its own at the end takes over what the first one has.
        document.add_section()

    raw = made(foreign(change))
    assert [part for name, part in parts(raw).items() if "/media/" in name] == [DOT]
    document = opened(raw)
    (section,) = document.sections
    assert section.header.paragraphs[0].text == "中共某某镇委员会"
    number, origin = section.footer.paragraphs
    assert (number.text, origin.text, origin.style.name) == ("第 页", "meetings/2026/x.md", "Origin")
    assert origin.alignment == number.alignment


def test_a_header_without_a_footer_keeps_all_its_pages() -> None:
    raw = made(foreign(lambda document: setattr(document.sections[0].header.paragraphs[0], "text", "中共某某镇委员会")))
    document = opened(raw)
    assert not document.settings.odd_and_even_pages_header_footer
    assert document.sections[0].header.paragraphs[0].text == "中共某某镇委员会"
    assert foot(raw) == ["—  —", "meetings/2026/x.md"]


def widths(document: Any) -> set[int]:
    """Return how wide the ruled tables are, in millimetres."""
    ruled = [table for table in document.tables if table.style.name == TABLE_GRID.english]
    return {round(sum(each.width.mm for each in table.columns)) for table in ruled}


def test_the_page_is_that_of_the_reference_and_tables_fill_it() -> None:
    def change(document: Any) -> None:
        section = document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(20)
        section.top_margin, section.bottom_margin, section.footer_distance = Mm(30), Mm(25), Mm(15)

    reference = foreign(change)
    upright = opened(made(reference))
    assert widths(upright) == {170}
    turned = opened(made(reference, EVERY._replace(wide=True)))
    section = turned.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert [round(each.mm) for each in margins] == [20, 30, 20, 25]
    assert round(section.footer_distance.mm) == 10
    assert widths(turned) == {297 - 30 - 25}
    assert widths(opened(made())) == {156}


def test_a_page_that_says_nothing_is_ours() -> None:
    def change(document: Any) -> None:
        for each in document.element.body.xpath("w:sectPr"):
            document.element.body.remove(each)

    assert "page" in notes(foreign(change))[1]
    assert widths(opened(made(foreign(change)))) == {156}


def narrow(document: Any) -> None:
    document.sections[0].left_margin = Mm(150)


def linked(contents: dict[str, bytes]) -> None:
    name = "word/_rels/document.xml.rels"
    added = '<Relationship Id="r77" Type="http://x/attachedTemplate" Target="http://x/t.dotm" TargetMode="External"/>'
    contents[name] = contents[name].replace(b"</Relationships>", f"{added}</Relationships>".encode())


def typed(contents: dict[str, bytes]) -> None:
    contents["word/styles.xml"] = b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'


def strict(contents: dict[str, bytes]) -> None:
    contents["_rels/.rels"] = contents["_rels/.rels"].replace(
        b"schemas.openxmlformats.org/officeDocument/2006", b"purl.oclc.org/ooxml/officeDocument"
    )


@pytest.mark.parametrize(
    ("raw", "named"),
    [
        (b"%PDF-1.7", "no Word file"),
        (b"PK\x03\x04", "no Word file"),
        (b"x" * (20 * 1024 * 1024 + 1), "20 MB"),
        (rebuilt(foreign(), lambda contents: contents.update({"word/vbaProject.bin": b"x"})), "macros"),
        (rebuilt(foreign(), linked), "elsewhere"),
        (rebuilt(foreign(), typed), "document type"),
        (rebuilt(foreign(), strict), "Strict Open XML"),
        (rebuilt(foreign(), lambda contents: contents.update({"word/document.xml": b"<x/>"})), "no Word file"),
        (foreign(narrow), "34 mm"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_not_used(raw: bytes, named: str) -> None:
    with pytest.raises(CannotRunError) as caught:
        made(raw)
    said = EN.text(caught.value.message)
    assert named in said, said
    assert said.startswith("The reference file is not used: ")
    assert "\n" not in said
    assert ZH.text(caught.value.message).startswith("没有采用参照文件：")


def test_any_cut_of_a_reference_is_one_line() -> None:
    raw = foreign()
    for at in range(0, len(raw), 3001):
        flipped = bytearray(raw)
        flipped[at] ^= 0xFF
        with pytest.raises(CannotRunError) as caught:
            made(raw[:at])
        assert "\n" not in EN.text(caught.value.message)
        with suppress(CannotRunError):
            made(bytes(flipped))


def test_the_same_reference_gives_the_same_bytes() -> None:
    for reference in (foreign(), made()):
        assert made(reference) == made(reference)

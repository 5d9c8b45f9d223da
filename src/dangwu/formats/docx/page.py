"""The page of a Word document: measures, styles with their East Asian fonts, page numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.formats import paper_layout
from dangwu.formats.safe_text import make_one_line

if TYPE_CHECKING:
    from dangwu.language import Language
    from dangwu.pages.paper import Paper

_FANG, _HEI, _KAI, _SONG, _TITLE = "仿宋", "黑体", "楷体", "宋体", "方正小标宋简体"
_LATIN = "Times New Roman"
_STYLES = frozenset({
    "Normal", "Heading 1", "Heading 2", "Heading 3", "Table Grid", "Default Paragraph Font", "Normal Table", "No List",
    "Footer",
})  # fmt: skip
_PARTS = ("stylesWithEffects", "customXml", "thumbnail", "numbering", "webSettings")


def prepare_document(document: Any, paper: Paper, lang: Language) -> None:
    """Set paper, styles and page numbers (GB/T 9704-2012, 5.2, 7)."""
    _slim(document)
    _section(document.sections[0], wide=paper.wide)
    chinese = lang.code == "zh"
    normal = document.styles["Normal"]
    _styled(normal, _FANG, paper_layout.TEXT_SIZE, lang)
    _spaced(normal, paper_layout.LINE_PITCH)
    heads = (
        ("Heading 1", _TITLE, paper_layout.TITLE_SIZE),
        ("Heading 2", _HEI, paper_layout.TEXT_SIZE),
        ("Heading 3", _KAI, paper_layout.TEXT_SIZE),
    )
    for name, font, size in heads:
        style = document.styles[name]
        _styled(style, font, size, lang, bold=not chinese)
        _spaced(style, size * 1.6)
        style.paragraph_format.keep_with_next = True
    document.settings.odd_and_even_pages_header_footer = True
    from docx.enum.text import WD_ALIGN_PARAGRAPH as AT  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    section = document.sections[0]
    for footer, side in ((section.footer, AT.RIGHT), (section.even_page_footer, AT.LEFT)):
        footer.is_linked_to_previous = False
        _numbered(footer.paragraphs[0], side)
        if paper.origin:
            origin = footer.add_paragraph()
            origin.alignment = side
            origin.add_run(make_one_line(paper.origin)).font.size = Pt(paper_layout.TABLE_SIZES[-1])


def _slim(document: Any) -> None:
    """Leave out what python-docx's own template carries and nobody needs: a picture, 160 styles, lists."""
    from docx.oxml.ns import qn  # noqa: PLC0415

    styles = document.styles.element
    set_fonts(styles.xpath("w:docDefaults/w:rPrDefault/w:rPr")[0], _FANG)
    for style in list(styles.style_lst):
        if style.name_val not in _STYLES and style.name_val.lower() not in {each.lower() for each in _STYLES}:
            styles.remove(style)
    there = {style.styleId for style in styles.style_lst}
    for link in styles.xpath("w:style/w:link"):
        if link.get(qn("w:val")) not in there:
            link.getparent().remove(link)
    for part in (document.part, document.part.package):
        for key, relation in list(part.rels.items()):
            if relation.reltype.rpartition("/")[2] in _PARTS:
                del part.rels[key]


def _section(section: Any, *, wide: bool) -> None:
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    across, down = paper_layout.PAGE_SIZE
    top, right, bottom, left = paper_layout.PAGE_MARGINS
    if wide:
        # Turned, the sheet keeps its binding edge: what was the top is now at the right.
        across, down = down, across
        top, right, bottom, left = left, top, right, bottom
        section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(across), Mm(down)
    section.top_margin, section.right_margin = Mm(top), Mm(right)
    section.bottom_margin, section.left_margin = Mm(bottom), Mm(left)
    section.footer_distance = Mm(max(bottom - 14, 8))


def _styled(style: Any, font: str, size: float, lang: Language, *, bold: bool = False) -> None:
    from docx.shared import Pt, RGBColor  # noqa: PLC0415

    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    set_fonts(style.element.get_or_add_rPr(), font)
    tongue = build_element("w:lang", **{"w:val": "en-GB", "w:eastAsia": "zh-CN" if lang.code == "zh" else "en-GB"})
    style.element.rPr.append(tongue)


def set_fonts(properties: Any, chinese: str, latin: str = _LATIN) -> None:
    """Name the fonts of some text, the East Asian one too: without it Word takes whatever it has."""
    from docx.oxml.ns import qn  # noqa: PLC0415

    named = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        named.attrib.pop(qn(f"w:{theme}"), None)
    for place, name in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", chinese)):
        named.set(qn(f"w:{place}"), name)


def _spaced(style: Any, points: float) -> None:
    from docx.enum.text import WD_LINE_SPACING  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    spacing = style.paragraph_format
    spacing.space_before = spacing.space_after = Pt(0)
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.AT_LEAST, Pt(points)


def _numbered(paragraph: Any, side: Any) -> None:
    from docx.shared import Pt  # noqa: PLC0415

    paragraph.alignment = side
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(paper_layout.NUMBER_SIZE)
    run = paragraph.add_run("— ")
    run._r.append(build_element("w:fldChar", **{"w:fldCharType": "begin"}))  # noqa: SLF001
    code = build_element("w:instrText", **{"xml:space": "preserve"})
    code.text = " PAGE "
    run._r.append(code)  # noqa: SLF001
    run._r.append(build_element("w:fldChar", **{"w:fldCharType": "end"}))  # noqa: SLF001
    last = paragraph.add_run(" —")
    for each in (run, last):
        each.font.size = Pt(paper_layout.NUMBER_SIZE)
        set_fonts(each._r.get_or_add_rPr(), _SONG)  # noqa: SLF001


def build_element(name: str, /, **attributes: str) -> Any:
    """Return an XML element of the document with its attributes, both with their prefixes."""
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(key), value)
    return made

"""The styles of printed paper, as Word keeps them (ECMA-376, part 1, 17.7); ``paper_file.py`` makes files with them.

Measures: GB/T 9704-2012, 5.2, 7. Lengths are in points unless a name says otherwise.
"""

from __future__ import annotations

from typing import NamedTuple

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LATIN = "Times New Roman"
FANG, HEI, KAI, SONG, TITLE = "仿宋", "黑体", "楷体", "宋体", "方正小标宋简体"
PITCH = 28.95
"""22 lines on a page (5.2.3)."""
CLOSER = -0.25
"""How much closer than their size of 16 the characters of Chinese text stand: 28 on a line (5.2.3)."""


class Style(NamedTuple):
    """A style by the name that Word knows; ``chinese`` is a second name where Word has no name of its own for it."""

    id: str
    name: str
    paragraph: str = ""
    run: str = ""
    chinese: str = ""
    based: str = "Normal"
    follows: str = ""
    kind: str = "paragraph"


def convert_points(points: float) -> int:
    """Return a length in Word's measure, a twentieth of a point."""
    return round(points * 20)


def convert_millimetres(length: float) -> int:
    """Return a length in millimetres in Word's measure."""
    return round(length * 1440 / 25.4)


def build_spacing(points: float, rule: str = "exact", *, before: float = 0, after: float = 0) -> str:
    """Return the distance from line to line, and the space above and below."""
    space = f'w:before="{convert_points(before)}" w:after="{convert_points(after)}"'
    return f'<w:spacing {space} w:line="{convert_points(points)}" w:lineRule="{rule}"/>'


def build_indent(left: float = 0, *, right: float = 0, first: float = 0) -> str:
    """Return how far the text stands in; its first line by two characters where that is said."""
    characters = 200 if first else 0
    first_line = f'w:firstLineChars="{characters}" w:firstLine="{convert_points(first)}"'
    return f'<w:ind w:left="{convert_points(left)}" w:right="{convert_points(right)}" {first_line}/>'


def build_fonts(chinese: str) -> str:
    """Return the fonts of a style: without the East Asian one Word takes whatever it has."""
    return f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{chinese}" w:cs="{LATIN}"/>'


def build_size(points: float) -> str:
    """Return the size of text, which Word counts in half points."""
    half = int(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


BOLD, CENTRED, FREE = "<w:b/><w:bCs/>", '<w:jc w:val="center"/>', '<w:snapToGrid w:val="0"/>'


def list_styles(lang: str) -> tuple[Style, ...]:
    """Return the styles of paper. English paper has bold heads and no indented first lines."""
    return (*_list_text_styles(zh=lang == "zh"), *_list_part_styles())


def _list_text_styles(*, zh: bool) -> tuple[Style, ...]:
    """Return the styles of titles, headings and running text."""
    bold = "" if zh else BOLD
    tongue = f'<w:lang w:val="en-GB" w:eastAsia="{"zh-CN" if zh else "en-GB"}"/>'
    body, small = (build_indent(first=points if zh else 0) for points in (32, 24))
    closer = f'<w:spacing w:val="{convert_points(CLOSER)}"/>' if zh else ""
    keep = "<w:keepNext/><w:keepLines/>"
    text = "BodyText"
    return (
        Style(
            "Normal",
            "Normal",
            build_spacing(PITCH, "atLeast"),
            build_fonts(FANG) + '<w:color w:val="000000"/>' + build_size(16) + tongue,
            based="",
        ),
        Style(
            "Heading1",
            "heading 1",
            f'{keep}{build_spacing(35.2, "atLeast")}{CENTRED}<w:outlineLvl w:val="0"/>',
            build_fonts(TITLE) + bold + build_size(22),
            follows=text,
        ),
        Style(
            "Subtitle",
            "Subtitle",
            build_spacing(PITCH, "atLeast", after=12) + build_indent() + CENTRED,
            build_fonts(KAI),
            follows=text,
        ),
        Style(
            "Heading2",
            "heading 2",
            f'{keep}{build_spacing(PITCH, "atLeast")}<w:outlineLvl w:val="1"/>',
            build_fonts(HEI) + bold + build_size(16),
            follows=text,
        ),
        Style(
            "Heading3",
            "heading 3",
            f'{keep}{build_spacing(PITCH, "atLeast")}<w:outlineLvl w:val="2"/>',
            build_fonts(KAI) + bold + build_size(16),
            follows=text,
        ),
        Style("BodyText", "Body Text", build_spacing(PITCH) + body, closer + build_size(16)),
        Style("NoteText", "Note Text", build_spacing(21.75) + small, build_size(12), "说明文字"),
    )


def _list_part_styles() -> tuple[Style, ...]:
    """Return the styles of tables, lists and feet."""
    tabs = '<w:tabs><w:tab w:val="center" w:pos="4680"/><w:tab w:val="right" w:pos="9360"/></w:tabs>'
    plain = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    return (
        Style(
            "Caption",
            "caption",
            "<w:keepNext/>" + build_spacing(18, before=7.2) + build_indent(),
            BOLD + build_size(12),
        ),
        # Each table has the size of text in which it fits, so none stands here.
        Style("TableText", "Table Text", FREE + build_spacing(13.1, "atLeast") + build_indent(), "", "表内文字"),
        Style("TableHead", "Table Head", CENTRED, BOLD, "表头文字", based="TableText"),
        Style("FormLabel", "Form Label", CENTRED, build_fonts(HEI), "栏目名称", based="TableText"),
        Style("TableLegend", "Table Legend", FREE + build_spacing(13.5) + build_indent(), build_size(9), "图例说明"),
        Style("Item", "Item", build_spacing(18, before=4) + build_indent(), build_size(12), "事项"),
        Style("ItemDetail", "Item Detail", build_spacing(15.75) + build_indent(24), build_size(10.5), "事项说明"),
        Style("ItemTag", "Item Tag", "", build_size(9), "事项标记", based="DefaultParagraphFont", kind="character"),
        Style("Footer", "footer", tabs + plain + build_indent(14, right=14), build_fonts(SONG) + build_size(14)),
        Style("Origin", "Origin", build_spacing(10, "atLeast") + build_indent(), build_size(7.5), "出处"),
    )


def build_style(style: Style) -> str:
    """Return a style as Word keeps it: what is named first is shown first."""
    properties = [f'<w:name w:val="{style.name}"/>']
    if style.chinese:
        properties.append(f'<w:aliases w:val="{style.chinese}"/>')
    if style.based:
        properties.append(f'<w:basedOn w:val="{style.based}"/>')
    if style.follows:
        properties.append(f'<w:next w:val="{style.follows}"/>')
    properties.append('<w:uiPriority w:val="1"/><w:qFormat/>')
    if style.paragraph:
        properties.append(f"<w:pPr>{style.paragraph}</w:pPr>")
    if style.run:
        properties.append(f"<w:rPr>{style.run}</w:rPr>")
    default = "" if style.based else ' w:default="1"'
    default += ' w:customStyle="1"' if style.chinese else ""
    return f'<w:style w:type="{style.kind}"{default} w:styleId="{style.id}">{"".join(properties)}</w:style>'


HIDDEN = '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>'
CELL_MARGINS = "".join(
    f'<w:{side} w:w="{width}" w:type="dxa"/>'
    for side, width in (("top", 0), ("left", 108), ("bottom", 0), ("right", 108))
)
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
TABLE = f'<w:tblInd w:w="0" w:type="dxa"/>{{borders}}<w:tblCellMar>{CELL_MARGINS}</w:tblCellMar>'
STANDARD = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    f'<w:name w:val="Default Paragraph Font"/>{HIDDEN}</w:style>'
    f'<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>{HIDDEN}'
    f"<w:tblPr>{TABLE.format(borders='')}</w:tblPr></w:style>"
    f'<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>{HIDDEN}</w:style>'
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
    '<w:uiPriority w:val="59"/><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
    f"<w:tblPr>{TABLE.format(borders=f'<w:tblBorders>{BORDERS}</w:tblBorders>')}</w:tblPr></w:style>"
)
"""What every Word file has, and the ruled table."""


def build_styles_part(lang: str) -> str:
    """Return the part with all styles."""
    tongue = '<w:lang w:val="en-GB" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{build_fonts(FANG)}{build_size(11)}{tongue}</w:rPr></w:rPrDefault>"
        "<w:pPrDefault/></w:docDefaults>"
    )
    latent = (
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1"'
        ' w:defQFormat="0" w:count="376"/>'
    )
    own = "".join(map(build_style, list_styles(lang)))
    return f'<w:styles xmlns:w="{MAIN}">{defaults}{latent}{own}{STANDARD}</w:styles>'

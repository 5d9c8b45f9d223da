"""Make the Word files in which the styles of printed paper stand, one for each language of the text.

    python3 -m tools.paper_file

They are ordinary Word files (ECMA-376): open one in Word or WPS to see every style with a line of text in it. Whoever
changes a measure changes it in ``paper_styles.py`` and runs this again; a committee's own styles come by
``--reference`` (docs/site/en/forms.md).
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from tools.paper_styles import MAIN, build_styles_part, convert_millimetres

FOLDER = Path(__file__).parents[1] / "src" / "dangwu" / "data" / "templates"
FILES = {"zh": FOLDER / "paper.docx", "en": FOLDER / "paper-en.docx"}
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SETTING = "http://schemas.microsoft.com/office/word"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PAGE_MM, MARGINS_MM, FOOTER_MM = (210, 297), (37, 26, 35, 28), 18
"""A4; top, right, bottom, left: a type area of 156 by 225 (GB/T 9704-2012, 5.2); the foot, from the edge."""

SAMPLES: dict[str, tuple[tuple[str, str], ...]] = {
    "zh": (
        ("Heading1", "文件标题（标题 1）"),
        ("Subtitle", "支部名称（副标题）"),
        ("Heading2", "一、小标题（标题 2）"),
        ("Heading3", "（一）下一级小标题（标题 3）"),
        ("BodyText", "正文（正文文本）：党员大会每季度召开一次。"),
        ("NoteText", "较小的说明（说明文字）：统计截至上一日。"),
        ("Caption", "表的名称（题注）"),
        ("TableLegend", "表下的图例（图例说明）"),
        ("Item", "一件事项（事项）"),
        ("ItemDetail", "事项的说明（事项说明）"),
    ),
    "en": (
        ("Heading1", "Title of the document (Heading 1)"),
        ("Subtitle", "Name of the branch (Subtitle)"),
        ("Heading2", "Heading (Heading 2)"),
        ("Heading3", "Heading below it (Heading 3)"),
        ("BodyText", "Text (Body Text): a general meeting is held every quarter."),
        ("NoteText", "Smaller text (Note Text): counted up to the day before."),
        ("Caption", "Name of a table (Caption)"),
        ("TableLegend", "Below a table (Table Legend)"),
        ("Item", "One thing of a list (Item)"),
        ("ItemDetail", "What is said of it (Item Detail)"),
    ),
}
CELLS = {
    "zh": (("TableHead", "表头（表头文字）"), ("FormLabel", "栏目（栏目名称）"), ("TableText", "内容（表内文字）")),
    "en": (("TableHead", "Table Head"), ("FormLabel", "Form Label"), ("TableText", "Table Text")),
}
ORIGINS = {"zh": "出处：打印时换成文件和日期", "en": "Origin: file and day stand here when printed"}


def build_paragraph(style: str, text: str, more: str = "") -> str:
    """Return a paragraph in a style; ``more`` are properties of its own."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr><w:r><w:t>{escape(text)}</w:t></w:r></w:p>'


def build_document_part(lang: str) -> str:
    """Return the document: a line of text in each style, and the page."""
    width = (
        convert_millimetres(PAGE_MM[0]) - convert_millimetres(MARGINS_MM[1]) - convert_millimetres(MARGINS_MM[3])
    ) // 3
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{build_paragraph(*cell)}</w:tc>'
        for cell in CELLS[lang]
    )
    grid = "<w:tblGrid>" + f'<w:gridCol w:w="{width}"/>' * 3 + "</w:tblGrid>"
    table = (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
        f"{grid}<w:tr>{cells}</w:tr></w:tbl>"
    )
    blocks = [build_paragraph(*each) for each in SAMPLES[lang]]
    blocks.insert([style for style, _ in SAMPLES[lang]].index("Caption") + 1, table)
    top, right, bottom, left = map(convert_millimetres, MARGINS_MM)
    across, down = map(convert_millimetres, PAGE_MM)
    section = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:footerReference w:type="even" r:id="rId4"/>'
        f'<w:pgSz w:w="{across}" w:h="{down}"/><w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}"'
        f' w:left="{left}" w:header="720" w:footer="{convert_millimetres(FOOTER_MM)}" w:gutter="0"/>'
        '<w:cols w:space="720"/><w:docGrid w:linePitch="360"/></w:sectPr>'
    )
    body = f"<w:body>{''.join(blocks)}{section}</w:body>"
    return f'<w:document xmlns:w="{MAIN}" xmlns:r="{RELATIONS}">{body}</w:document>'


def build_footer_part(lang: str, side: str) -> str:
    """Return the foot of a page: its number between dashes (7.5), and where the paper is from."""
    place = f'<w:jc w:val="{side}"/>'
    field = (
        '<w:fldChar w:fldCharType="begin"/><w:instrText xml:space="preserve"> PAGE </w:instrText>'
        '<w:fldChar w:fldCharType="end"/>'
    )
    number = (
        f'<w:p><w:pPr><w:pStyle w:val="Footer"/>{place}</w:pPr><w:r><w:t xml:space="preserve">— </w:t>{field}</w:r>'
        '<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p>'
    )
    return f'<w:ftr xmlns:w="{MAIN}">{number}{build_paragraph("Origin", ORIGINS[lang], place)}</w:ftr>'


def build_settings_part() -> str:
    """Return the settings: odd and even pages differ, and lines break as in Chinese text."""
    compatible = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{SETTING}" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 14),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
        )
    )
    return (
        f'<w:settings xmlns:w="{MAIN}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:evenAndOddHeaders/>'
        f'<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:useFELayout/>{compatible}</w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
        "</w:settings>"
    )


def build_relations(*targets: tuple[str, str]) -> str:
    """Return a list of relations, of the kinds that end in these words, to these parts."""
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def build_types(**kinds: str) -> str:
    """Return what kind of part each part of the document is."""
    listed = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{WORD}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def build_file(lang: str) -> bytes:
    """Return the Word file of a language, the same bytes each time."""
    parts = {
        "[Content_Types].xml": build_types(
            document="document.main", styles="styles", settings="settings", footer1="footer", footer2="footer"
        ),
        "_rels/.rels": build_relations(("officeDocument", "word/document.xml")),
        "word/document.xml": build_document_part(lang),
        "word/_rels/document.xml.rels": build_relations(
            ("styles", "styles.xml"), ("settings", "settings.xml"), ("footer", "footer1.xml"), ("footer", "footer2.xml")
        ),
        "word/styles.xml": build_styles_part(lang),
        "word/settings.xml": build_settings_part(),
        "word/footer1.xml": build_footer_part(lang, "right"),
        "word/footer2.xml": build_footer_part(lang, "left"),
    }
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for name, text in parts.items():
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, (HEAD + text).encode())
    return out.getvalue()


if __name__ == "__main__":
    for code, path in FILES.items():
        path.write_bytes(build_file(code))
        print(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path.name)

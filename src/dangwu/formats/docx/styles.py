"""The styles that paper is written in: their names in a Word document, and what is lent to a file that lacks some."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.model.message import Bilingual

if TYPE_CHECKING:
    from collections.abc import Mapping


STYLE_FILES = {"zh": "templates/paper.docx", "en": "templates/paper-en.docx"}
"""The Word files with dangwu's own styles, in the package data, by the language of the text."""


class PaperStyle(NamedTuple):
    """A style by its name in Word files, and by the one that Word and WPS show in Chinese; ``kind`` as in ECMA-376."""

    english: str
    chinese: str
    kind: str = "paragraph"

    @property
    def name(self) -> Bilingual:
        """Return what people call it."""
        return Bilingual(self.chinese, self.english[:1].upper() + self.english[1:])


TITLE = PaperStyle("heading 1", "标题 1")
SUBTITLE = PaperStyle("Subtitle", "副标题")
HEADING = PaperStyle("heading 2", "标题 2")
LOWER_HEADING = PaperStyle("heading 3", "标题 3")
BODY_TEXT = PaperStyle("Body Text", "正文文本")
NOTE_TEXT = PaperStyle("Note Text", "说明文字")
CAPTION = PaperStyle("caption", "题注")
TABLE_TEXT = PaperStyle("Table Text", "表内文字")
TABLE_HEAD = PaperStyle("Table Head", "表头文字")
FORM_LABEL = PaperStyle("Form Label", "栏目名称")
TABLE_LEGEND = PaperStyle("Table Legend", "图例说明")
ITEM = PaperStyle("Item", "事项")
ITEM_TAG = PaperStyle("Item Tag", "事项标记", "character")
ITEM_DETAIL = PaperStyle("Item Detail", "事项说明")
FOOTER = PaperStyle("footer", "页脚")
ORIGIN = PaperStyle("Origin", "出处")
TABLE_GRID = PaperStyle("Table Grid", "网格型", "table")
PAPER_STYLES = (
    TITLE, SUBTITLE, HEADING, LOWER_HEADING, BODY_TEXT, NOTE_TEXT, CAPTION, TABLE_TEXT, TABLE_HEAD, FORM_LABEL,
    TABLE_LEGEND, ITEM, ITEM_TAG, ITEM_DETAIL, FOOTER, ORIGIN, TABLE_GRID,
)  # fmt: skip
"""Each stands below those that it may be based on."""
_LINKS = "w:basedOn | w:next | w:link"
_OWN_PREFIX = "Dangwu"
_HALF_POINTS = 2


def find_style(styles: Any, wanted: PaperStyle) -> Any:
    """Return a style by one of its names, or by another name that somebody gave it; None where there is none.

    Programs write the built-in names in English, some with a capital, a few in the language of their menus.
    """
    known, alike = {wanted.english.casefold(), wanted.chinese.casefold()}, None
    for style in styles.xpath(f"w:style[@w:type='{wanted.kind}'][@w:styleId]"):
        names = style.xpath("w:name/@w:val | w:aliases/@w:val")
        if wanted.english in names:
            return style
        if alike is None and known & {part.strip().casefold() for name in names for part in name.split(",")}:
            alike = style
    return alike


def lend_styles(styles: Any, own: Any) -> tuple[PaperStyle, ...]:
    """Give a document the styles that it has not, out of dangwu's own, and return which these were."""
    missing = tuple(wanted for wanted in PAPER_STYLES if find_style(styles, wanted) is None)
    taken = {style_id.casefold() for style_id in styles.xpath("w:style/@w:styleId")}
    lent = [deepcopy(find_style(own, wanted)) for wanted in missing]
    for style in lent:
        if style.styleId.casefold() in taken:
            style.styleId = _OWN_PREFIX + style.styleId
        styles.append(style)
    for link in (link for style in lent for link in style.xpath(_LINKS)):
        target = _find_counterpart(own.get_by_id(link.val), styles, own)
        if target is None:
            link.getparent().remove(link)
        else:
            link.val = target.styleId
    return missing


def _find_counterpart(source: Any, styles: Any, own: Any) -> Any:
    """Return what a document has for a style of dangwu's file: its default of the kind, or that of the same name."""
    if source.default:
        return styles.default_for(source.type)
    wanted = next(each for each in PAPER_STYLES if find_style(own, each) is source)
    return find_style(styles, wanted)


def list_style_ids(styles: Any) -> Mapping[PaperStyle, str]:
    """Return by which id paragraphs, runs and tables of a document name each style of paper."""
    return {wanted: find_style(styles, wanted).styleId for wanted in PAPER_STYLES}


def find_text_size(styles: Any, style_id: str) -> float | None:
    """Return the size in points of text in a style, from what it is based on too; None where nothing says it."""
    seen: set[str] = set()
    style = styles.get_by_id(style_id)
    while style is not None and style.styleId not in seen:
        seen.add(style.styleId)
        for size in style.xpath("w:rPr/w:sz/@w:val"):
            return float(size) / _HALF_POINTS
        style = style.base_style
    return next((float(size) / _HALF_POINTS for size in styles.xpath("w:docDefaults//w:rPr/w:sz/@w:val")), None)

"""The page of a Word document: turned where it is wide, and where the paper is from at its foot."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEAST_FOOT_MM = 8


def turn_page(section: Any) -> None:
    """Turn an upright page. It keeps its binding edge: what was the top is now at the right."""
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    if section.page_width >= section.page_height:
        return
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    above_foot = section.bottom_margin - (section.footer_distance or 0)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = (
        section.left_margin, section.top_margin, section.right_margin, section.bottom_margin,
    )  # fmt: skip
    section.footer_distance = max(section.bottom_margin - above_foot, Mm(_LEAST_FOOT_MM))


def write_origin(section: Any, style_id: str, origin: str) -> None:
    """Say at the foot of every page where the paper is from: in the place kept for it, or below all else."""
    for footer in _list_footers(section):
        places = footer.xpath(f".//w:p[w:pPr/w:pStyle/@w:val='{style_id}']")
        last = footer.xpath("w:p")[-1:]
        if origin and not places:
            places = [_append_like(footer, last, style_id)]
        for paragraph in places[:1] if origin else ():
            _replace_text(paragraph, origin)
        for paragraph in places[1:] if origin else places:
            _remove_paragraph(paragraph)


def _list_footers(section: Any) -> Iterator[Any]:
    for footer in (section.footer, section.even_page_footer, section.first_page_footer):
        if not footer.is_linked_to_previous:
            yield footer._element  # noqa: SLF001 - nothing public leads to it


def _append_like(footer: Any, last: list[Any], style_id: str) -> Any:
    """Return a new last paragraph of a footer, on the side on which the one before it stands."""
    paragraph = build_element("w:p")
    paragraph.get_or_add_pPr().style = style_id
    for side in last[0].xpath("w:pPr/w:jc") if last else ():
        paragraph.pPr.append(deepcopy(side))
    footer.append(paragraph)
    return paragraph


def _replace_text(paragraph: Any, text: str) -> None:
    for child in list(paragraph):
        if child is not paragraph.pPr:
            paragraph.remove(child)
    run = build_element("w:r")
    words = build_element("w:t", **{"xml:space": "preserve"})
    words.text = text
    run.append(words)
    paragraph.append(run)


def _remove_paragraph(paragraph: Any) -> None:
    """Remove a paragraph, or only its text where its place must hold one."""
    parent = paragraph.getparent()
    if len(parent.xpath("w:p")) > 1:
        parent.remove(paragraph)
    else:
        _replace_text(paragraph, "")


def build_element(name: str, /, **attributes: str) -> Any:
    """Return an XML element of the document with its attributes, both with their prefixes."""
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(key), value)
    return made

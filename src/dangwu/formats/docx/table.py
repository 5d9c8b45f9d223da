"""Tables of a Word document: fixed widths, merged cells, rows that stay whole, a head that is repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.formats.docx.page import build_element
from dangwu.formats.docx.styles import FORM_LABEL, TABLE_GRID, TABLE_TEXT
from dangwu.formats.docx.text_run import build_runs
from dangwu.model.body import Span, split_spans
from dangwu.pages.page import Align

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dangwu.formats.docx.reference import PaperDocument
    from dangwu.formats.docx.styles import PaperStyle
    from dangwu.model.body import Spans

_SIDES = {Align.START: "left", Align.CENTER: "center", Align.END: "right"}


class TableCell(NamedTuple):
    """A cell: its text, ready to print, and how it stands; ``fill`` is a colour as RRGGBB.

    Without ``align`` it stands as its style has it.
    """

    text: str
    span: int = 1
    bold: bool = False
    align: Align | None = Align.START
    fill: str = ""
    lines: int = 1
    style: PaperStyle = TABLE_TEXT
    low: bool = False
    """It stands at the bottom of its row."""
    line: bool = False
    """There is a line below it, to sign on."""
    spans: Spans = ()
    """The text as it looks, where it has a look."""


class TableRow(NamedTuple):
    """A row; with ``torn`` it may run over a page."""

    places: tuple[TableCell, ...]
    torn: bool = False


def write_table(
    target: PaperDocument,
    widths: Sequence[int],
    rows: Sequence[TableRow],
    *,
    size: float,
    head: int = 0,
    ruled: bool = True,
    whole: bool = False,
    follows: bool = False,
) -> None:
    """Write a table; the shares of ``widths`` fill the type area, the first ``head`` rows come again on each page.

    A ``whole`` table stands on one page; the last row of any stays with the one before it, and where something
    ``follows``, with that.
    """
    from docx.shared import Mm  # noqa: PLC0415

    made = target.document.add_table(rows=0, cols=0)
    if ruled:
        made._tbl.tblStyle_val = target.styles[TABLE_GRID]  # noqa: SLF001 - python-docx knows styles by English names
    made.autofit = False
    columns = [Mm(target.across * each / sum(widths)) for each in widths]
    made._tbl.tblPr.insert_element_before(_margins(), "w:tblLook", "w:tblCaption", "w:tblDescription")  # noqa: SLF001
    grid = made._tbl.tblGrid  # noqa: SLF001
    for each in columns:
        grid.append(build_element("w:gridCol", **{"w:w": str(each.twips)}))
    for number, row in enumerate(rows):
        last = number == len(rows) - 1
        keeps = follows if last else whole or number < head or (number == len(rows) - 2 and not row.torn)
        made._tbl.append(_row(row, columns, size, target.styles, heads=number < head, keeps=keeps))  # noqa: SLF001
    after = target.document.add_paragraph()
    after.paragraph_format.space_before = after.paragraph_format.space_after = Mm(0)
    after.paragraph_format.line_spacing = Mm(2)
    after.paragraph_format.keep_with_next = follows or None


def _margins() -> Any:
    """Return the margins of every cell; Word's own take a third of a narrow column, and leave none above the text."""
    made = build_element("w:tblCellMar")
    for side, twips in (("top", "40"), ("left", "60"), ("bottom", "40"), ("right", "60")):
        made.append(build_element(f"w:{side}", **{"w:w": twips, "w:type": "dxa"}))
    return made


def _row(
    row: TableRow,
    columns: Sequence[Any],
    size: float,
    styles: Mapping[PaperStyle, str],
    *,
    heads: bool,
    keeps: bool,
) -> Any:
    made = build_element("w:tr")
    properties = build_element("w:trPr")
    if not row.torn:
        properties.append(build_element("w:cantSplit"))
    lines = max((place.lines for place in row.places), default=1)
    if lines > 1:
        height = str(int(lines * size * 1.5 * 20))
        properties.append(build_element("w:trHeight", **{"w:val": height, "w:hRule": "atLeast"}))
    if heads:
        properties.append(build_element("w:tblHeader"))
    made.append(properties)
    at = 0
    for place in row.places:
        width = sum(each.twips for each in columns[at : at + place.span])
        made.append(_cell(place, width, size, styles, keeps=keeps))
        at += place.span
    return made


def _cell(place: TableCell, width: int, size: float, styles: Mapping[PaperStyle, str], *, keeps: bool) -> Any:
    cell = build_element("w:tc")
    properties = build_element("w:tcPr")
    properties.append(build_element("w:tcW", **{"w:w": str(width), "w:type": "dxa"}))
    if place.span > 1:
        properties.append(build_element("w:gridSpan", **{"w:val": str(place.span)}))
    if place.line:
        borders = build_element("w:tcBorders")
        borders.append(
            build_element("w:bottom", **{"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "000000"})
        )
        properties.append(borders)
    if place.fill:
        properties.append(build_element("w:shd", **{"w:val": "clear", "w:color": "auto", "w:fill": place.fill}))
    tall = place.lines > 2 and place.style is not FORM_LABEL  # noqa: PLR2004 - room to write begins at the top
    side = "bottom" if place.low else "top" if tall else "center"
    properties.append(build_element("w:vAlign", **{"w:val": side}))
    cell.append(properties)
    for line in split_spans(place.spans or (Span(place.text),)):
        cell.append(_paragraph(line, place, size, styles[place.style], keeps=keeps))
    return cell


def _paragraph(spans: Spans, place: TableCell, size: float, style_id: str, *, keeps: bool) -> Any:
    """Return a line of a cell. Its size is what the table was fitted with, whatever the style says."""
    paragraph = build_element("w:p")
    properties = build_element("w:pPr")
    properties.append(build_element("w:pStyle", **{"w:val": style_id}))
    if keeps:
        properties.append(build_element("w:keepNext"))
    line = str(int(size * 1.25 * 20))
    properties.append(build_element("w:spacing", **{"w:line": line, "w:lineRule": "atLeast"}))
    if place.align is not None:
        properties.append(build_element("w:jc", **{"w:val": _SIDES[place.align]}))
    paragraph.append(properties)
    for run in build_runs(spans, size, bold=place.bold):
        paragraph.append(run)
    return paragraph

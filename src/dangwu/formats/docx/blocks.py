"""The blocks of a paper written into a Word document, one function for each kind of block."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.formats import paper_layout
from dangwu.formats.docx.body_text import make_printable, write_body_part
from dangwu.formats.docx.styles import (
    BODY_TEXT,
    CAPTION,
    FORM_LABEL,
    HEADING,
    ITEM,
    ITEM_DETAIL,
    ITEM_TAG,
    LOWER_HEADING,
    NOTE_TEXT,
    SUBTITLE,
    TABLE_HEAD,
    TABLE_LEGEND,
    TABLE_TEXT,
    TITLE,
)
from dangwu.formats.docx.table import TableCell, TableRow, write_table
from dangwu.formats.form_layout import balance_lines, find_cell_shares, format_label, is_kept_whole, lay_out_form
from dangwu.formats.paper_layout import MAX_KEPT_LENGTH, is_long, lay_out_grid, lay_out_table
from dangwu.formats.safe_text import make_one_line, make_safe_text
from dangwu.formats.text_layout import measure_width
from dangwu.model.message import say
from dangwu.pages.page import (
    Align,
    Bars,
    Grid,
    Heading,
    Items,
    KeyValues,
    Paragraph,
    Prose,
    Table,
    Tone,
    Trend,
    build_number_table,
)
from dangwu.pages.paper import Break, Form, Signatures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from dangwu.formats.docx.reference import PaperDocument
    from dangwu.formats.docx.styles import PaperStyle
    from dangwu.language import Language
    from dangwu.pages.paper import Paper

_HEADINGS = {1: TITLE, 2: HEADING}
_GAP = 6.0
"""Millimetres between two places to sign."""
_HEAD, _TINTS = "EAEAEA", {Tone.BAD: "C8C8C8", Tone.WARN: "E0E0E0", Tone.WAIVED: "F0F0F0"}
_STRONG = frozenset({Tone.BAD, Tone.WARN, Tone.STRONG})


class BlockTarget(NamedTuple):
    """Where the blocks are written: the document with its styles, and the line for a date."""

    paper: PaperDocument
    day: str
    follows: bool = False
    """What is written now stays with what comes after it."""


def write_paper(target: PaperDocument, paper: Paper, lang: Language) -> None:
    """Write title, subtitle and all blocks."""
    sheet = BlockTarget(target, lang.text(say("Date: ____ / ____ / ____")))
    _titled(sheet, paper.title, paper.subtitle)
    for each, after in zip_longest(paper.blocks, paper.blocks[1:]):
        _WRITERS[type(each)](sheet._replace(follows=isinstance(after, Signatures)), each)


def _titled(sheet: BlockTarget, title: str, subtitle: str) -> Any:
    """Write a title in lines of about one length, and return its paragraph."""
    lines = balance_lines(make_one_line(title), sheet.paper.title_size, across=sheet.paper.across)
    head = _add_paragraph(sheet, TITLE, lines)
    if subtitle:
        _add_paragraph(sheet, SUBTITLE, make_one_line(subtitle))
    return head


def _break(sheet: BlockTarget, each: Break) -> None:
    """Begin a page with its title; without one a line of no height does, which leaves no empty page behind."""
    from docx.shared import Pt  # noqa: PLC0415

    if each.title:
        first = _titled(sheet, each.title, each.subtitle)
    else:
        first = sheet.paper.document.add_paragraph()
        first.paragraph_format.space_before = first.paragraph_format.space_after = Pt(0)
        first.paragraph_format.line_spacing = Pt(1)
    first.paragraph_format.page_break_before = True


def _add_paragraph(
    sheet: BlockTarget, style: PaperStyle, text: str = "", *, bold: bool = False, follows: bool = False
) -> Any:
    made = sheet.paper.document.add_paragraph()
    made._p.get_or_add_pPr().style = sheet.paper.styles[style]  # noqa: SLF001 - python-docx knows styles by English names
    if text:
        made.add_run(text).bold = bold or None
    made.paragraph_format.keep_with_next = (follows and len(text) <= MAX_KEPT_LENGTH) or None
    return made


def _add_tag(sheet: BlockTarget, paragraph: Any, text: str, *, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run._r.get_or_add_rPr().style = sheet.paper.styles[ITEM_TAG]  # noqa: SLF001
    run.bold = bold or None


def _heading(sheet: BlockTarget, each: Heading) -> None:
    _add_paragraph(sheet, _HEADINGS.get(each.level, LOWER_HEADING), make_one_line(each.text))


def _paragraph(sheet: BlockTarget, each: Paragraph) -> None:
    style = NOTE_TEXT if each.tone is Tone.QUIET else BODY_TEXT
    for text in _lines(each.text).split("\n"):
        _add_paragraph(sheet, style, text, bold=each.tone in _STRONG, follows=sheet.follows)


def _prose(sheet: BlockTarget, each: Prose) -> None:
    def write_table(made: Table) -> None:
        _table(sheet, made)

    write_body_part(sheet.paper, each.part, write_table, follows=sheet.follows)


def _caption(sheet: BlockTarget, text: str) -> None:
    if text:
        _add_paragraph(sheet, CAPTION, make_one_line(text), follows=True)


def _table(sheet: BlockTarget, each: Table) -> None:
    _caption(sheet, each.caption)
    widths, size, whole, *_ = lay_out_table(each, across=sheet.paper.across)
    shares = [one / sum(widths) for one in widths]
    head = TableRow(
        tuple(TableCell(_flat(column.title), align=None, fill=_HEAD, style=TABLE_HEAD) for column in each.columns)
    )
    rows = [
        TableRow(
            tuple(
                TableCell(
                    _flat(cell.text), bold=cell.tone in _STRONG, align=column.align, spans=make_printable(cell.spans)
                )
                for cell, column in zip(row, each.columns, strict=True)
            ),
            torn=is_long(zip((cell.text for cell in row), shares, strict=True), size, across=sheet.paper.across),
        )
        for row in each.rows
    ]
    write_table(sheet.paper, widths, [head, *rows], size=size, head=1, whole=whole)


def _grid(sheet: BlockTarget, each: Grid) -> None:
    _caption(sheet, each.caption)
    widths, size, whole, *_ = lay_out_grid(each, across=sheet.paper.across)
    head = TableRow(
        tuple(TableCell(_flat(t), align=None, fill=_HEAD, style=TABLE_HEAD) for t in (each.corner, *each.columns))
    )
    write_table(sheet.paper, widths, [head, *_grid_rows(each)], size=size, head=1, whole=whole)
    legend = "    ".join(f"[{make_one_line(one.mark)}] {make_one_line(one.words)}" for one in each.legend)
    if legend:
        _add_paragraph(sheet, TABLE_LEGEND, legend)


def _grid_rows(each: Grid) -> Iterator[TableRow]:
    for row in each.rows:
        label = "  " * row.inner + make_one_line(row.label)
        if not row.cells:
            yield TableRow((TableCell(label, span=len(each.columns) + 1, bold=True, fill="F4F4F4"),))
            continue
        cells = (
            TableCell(
                "\n".join(filter(None, (make_one_line(cell.mark), make_one_line(cell.note)))),
                span=cell.span,
                bold=cell.tone in _STRONG,
                align=Align.CENTER,
                fill=_TINTS.get(cell.tone, ""),
            )
            for cell in row.cells
        )
        yield TableRow((TableCell(label), *cells))


def _items(sheet: BlockTarget, each: Items) -> None:
    from docx.shared import Pt  # noqa: PLC0415

    if not each.items:
        _add_paragraph(sheet, ITEM, make_one_line(each.empty)).paragraph_format.space_before = Pt(0)
    for item in each.items:
        first = _add_paragraph(sheet, ITEM, follows=bool(item.details))
        _add_tag(sheet, first, f"[{make_one_line(item.tag)}] ", bold=item.tone in _STRONG)
        first.add_run(make_one_line(item.title)).bold = True
        if item.code:
            _add_tag(sheet, first, "  " + make_one_line(item.code))
        for detail in item.details:
            _add_paragraph(sheet, ITEM_DETAIL, make_one_line(detail))


def _values(sheet: BlockTarget, each: KeyValues) -> None:
    size = paper_layout.FORM_SIZE if each.figures else paper_layout.TABLE_SIZES[0]
    if each.figures:
        names = TableRow(tuple(TableCell(_flat(name), align=Align.CENTER) for name, _ in each.pairs))
        numbers_ = TableRow(tuple(TableCell(_flat(cell.text), bold=True, align=Align.CENTER) for _, cell in each.pairs))
        write_table(sheet.paper, [1] * len(each.pairs), [numbers_, names], size=size, ruled=False)
        return
    rows = [
        TableRow((TableCell(_flat(name)), TableCell(_flat(cell.text), bold=cell.tone in _STRONG)))
        for name, cell in each.pairs
    ]
    write_table(sheet.paper, [2, 3], rows, size=size, ruled=False)


def _form(sheet: BlockTarget, each: Form) -> None:
    _caption(sheet, each.caption)
    widths, size, *_, high = lay_out_form(each, across=sheet.paper.across)
    shares = [find_cell_shares(widths, row) for row in each.rows]
    rows = [
        TableRow(
            tuple(
                TableCell(
                    _lines(format_label(cell, share, size, across=sheet.paper.across)),
                    span=cell.span,
                    align=None if cell.label else cell.align,
                    lines=cell.lines,
                    style=FORM_LABEL if cell.label else TABLE_TEXT,
                )
                for cell, (_, share) in zip(row, texts, strict=True)
            ),
            torn=is_long(texts, size, across=sheet.paper.across),
        )
        for row, texts in zip(each.rows, shares, strict=True)
    ]
    whole = is_kept_whole(each, high)
    write_table(sheet.paper, widths, rows, size=size, head=each.head, whole=whole, follows=sheet.follows)


def _signatures(sheet: BlockTarget, each: Signatures) -> None:
    """Write two places to sign beside each other: the words, a line with the name small on it, and a date below."""
    across = sheet.paper.across
    longest = max((measure_width(make_one_line(words)) for words, _ in each.parties), default=0) + 2
    words = min(longest * paper_layout.FORM_SIZE / 2 / paper_layout.POINTS_PER_MM, across / 3)
    line = across / 2 - words - _GAP
    rows = []
    for at in range(0, len(each.parties), 2):
        above, below = list[TableCell](), list[TableCell]()
        for one, name in each.parties[at : at + 2]:
            above += [
                TableCell(make_one_line(one), lines=2, low=True),
                TableCell(make_one_line(name), align=Align.CENTER, low=True, line=True),
                TableCell(""),
            ]
            below += [TableCell(sheet.day, span=2, align=Align.END), TableCell("")]
        missing = [] if len(each.parties[at : at + 2]) > 1 else [TableCell("", span=3)]
        rows += [TableRow((*above, *missing)), TableRow((*below, *missing))]
    widths = [round(each * 100) for each in (words, line, _GAP, words, line, _GAP)]
    write_table(sheet.paper, widths, rows, size=paper_layout.FORM_SIZE, ruled=False, whole=True)


def _lines(text: str) -> str:
    return make_safe_text(text.replace("\r", ""), lines=True).strip("\n")


def _flat(text: str) -> str:
    return make_one_line(text)


_WRITERS: Mapping[type, Callable[[BlockTarget, Any], None]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Prose: _prose,
    Table: _table,
    Grid: _grid,
    Bars: lambda sheet, each: _table(sheet, build_number_table(each)),
    Trend: lambda sheet, each: _table(sheet, build_number_table(each)),
    Items: _items,
    KeyValues: _values,
    Form: _form,
    Signatures: _signatures,
    Break: _break,
}

"""The blocks of a paper written into a Word document, one function for each kind of block."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.formats import paper_layout
from dangwu.formats.docx.page import set_fonts
from dangwu.formats.docx.prose import ready, write_prose
from dangwu.formats.docx.table import TableCell, TableRow, write_table
from dangwu.formats.form_layout import balance_lines, find_cell_shares, format_label, lay_out_form
from dangwu.formats.paper_layout import make_breakable, is_long, lay_out_grid, lay_out_table
from dangwu.formats.safe_text import make_one_line, make_safe_text
from dangwu.formats.text_width import measure_width
from dangwu.model.message import say
from dangwu.pages.charts.numbers import build_number_table
from dangwu.pages.page import Align, Bars, Grid, Heading, Items, KeyValues, Paragraph, Prose, Table, Trend
from dangwu.pages.paper import Break, Form, Signatures
from dangwu.pages.tone import Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from dangwu.language import Language
    from dangwu.pages.paper import Paper

_SMALL = 9.0
_GAP = 6.0
"""Millimetres between two places to sign."""
_HEAD, _TINTS = "EAEAEA", {Tone.BAD: "C8C8C8", Tone.WARN: "E0E0E0", Tone.WAIVED: "F0F0F0"}
_STRONG = frozenset({Tone.BAD, Tone.WARN, Tone.STRONG})


class BlockTarget(NamedTuple):
    """Where the blocks are written: the document, how wide it is, and its words."""

    document: Any
    wide: bool
    chinese: bool
    day: str
    follows: bool = False
    """What is written now stays with what comes after it."""


def write_paper(document: Any, paper: Paper, lang: Language) -> None:
    """Write title, subtitle, all blocks, and where it is from."""
    sheet = BlockTarget(document, paper.wide, lang.code == "zh", lang.text(say("Date: ____ / ____ / ____")))
    _titled(sheet, paper.title, paper.subtitle)
    for each, after in zip_longest(paper.blocks, paper.blocks[1:]):
        _WRITERS[type(each)](sheet._replace(follows=isinstance(after, Signatures)), each)


def _titled(sheet: BlockTarget, title: str, subtitle: str) -> Any:
    """Write a title in lines of about one length, and return its paragraph."""
    from docx.shared import Pt  # noqa: PLC0415

    head = sheet.document.add_heading(balance_lines(make_one_line(title), paper_layout.TITLE_SIZE, wide=sheet.wide), 1)
    center_paragraph(head)
    if subtitle:
        line = sheet.document.add_paragraph()
        _run(line, make_one_line(subtitle), font="楷体")
        center_paragraph(line)
        line.paragraph_format.space_after = Pt(paper_layout.FORM_SIZE)
    return head


def _break(sheet: BlockTarget, each: Break) -> None:
    """Begin a page with its title; without one a line of no height does, which leaves no empty page behind."""
    from docx.shared import Pt  # noqa: PLC0415

    if each.title:
        first = _titled(sheet, each.title, each.subtitle)
    else:
        first = sheet.document.add_paragraph()
        first.paragraph_format.line_spacing = Pt(1)
    first.paragraph_format.page_break_before = True


def center_paragraph(paragraph: Any) -> None:
    """Put a paragraph into the middle."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _run(paragraph: Any, text: str, *, size: float | None = None, bold: bool = False, font: str = "") -> None:
    from docx.shared import Pt  # noqa: PLC0415

    run = paragraph.add_run(text)
    run.bold = bold or None
    if size is not None:
        run.font.size = Pt(size)
    if font:
        set_fonts(run._r.get_or_add_rPr(), font)  # noqa: SLF001


def _line(
    document: Any, text: str, *, size: float, bold: bool = False, before: float = 0, follows: bool = False
) -> Any:
    from docx.shared import Pt  # noqa: PLC0415

    made = document.add_paragraph()
    _run(made, text, size=size, bold=bold)
    made.paragraph_format.line_spacing = Pt(size * 1.5)
    made.paragraph_format.space_before = Pt(before)
    made.paragraph_format.keep_with_next = follows or None
    return made


def _paragraph(sheet: BlockTarget, each: Paragraph) -> None:
    from docx.shared import Pt  # noqa: PLC0415

    size = paper_layout.FORM_SIZE if each.tone is Tone.QUIET else paper_layout.TEXT_SIZE
    for text in _lines(each.text).split("\n"):
        made = _line(sheet.document, text, size=size, bold=each.tone in _STRONG)
        made.paragraph_format.line_spacing = Pt(paper_layout.LINE_PITCH * size / paper_layout.TEXT_SIZE)
        made.paragraph_format.keep_with_next = sheet.follows or None
        if sheet.chinese:
            made.paragraph_format.first_line_indent = Pt(size * 2)


def _prose(sheet: BlockTarget, each: Prose) -> None:
    def write_table(made: Table) -> None:
        _table(sheet, made)

    write_prose(sheet.document, each.part, write_table, chinese=sheet.chinese, follows=sheet.follows)


def _caption(document: Any, text: str) -> None:
    if text:
        _line(
            document,
            make_one_line(text),
            size=paper_layout.FORM_SIZE,
            bold=True,
            before=paper_layout.FORM_SIZE * 0.6,
            follows=True,
        )


def _table(sheet: BlockTarget, each: Table) -> None:
    _caption(sheet.document, each.caption)
    widths, size, whole, *_ = lay_out_table(each, wide=sheet.wide)
    shares = [one / sum(widths) for one in widths]
    head = TableRow(
        tuple(TableCell(_flat(column.title), bold=True, align=Align.CENTER, fill=_HEAD) for column in each.columns)
    )
    rows = [
        TableRow(
            tuple(
                TableCell(_flat(cell.text), bold=cell.tone in _STRONG, align=column.align, spans=ready(cell.spans))
                for cell, column in zip(row, each.columns, strict=True)
            ),
            torn=is_long(zip((cell.text for cell in row), shares, strict=True), size, wide=sheet.wide),
        )
        for row in each.rows
    ]
    write_table(sheet.document, widths, [head, *rows], size=size, head=1, wide=sheet.wide, whole=whole)


def _grid(sheet: BlockTarget, each: Grid) -> None:
    _caption(sheet.document, each.caption)
    widths, size, whole, *_ = lay_out_grid(each, wide=sheet.wide)
    head = TableRow(
        tuple(TableCell(_flat(t), bold=True, align=Align.CENTER, fill=_HEAD) for t in (each.corner, *each.columns))
    )
    write_table(sheet.document, widths, [head, *_grid_rows(each)], size=size, head=1, wide=sheet.wide, whole=whole)
    legend = "    ".join(f"[{make_one_line(one.mark)}] {make_one_line(one.words)}" for one in each.legend)
    if legend:
        _line(sheet.document, legend, size=size)


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
        _line(sheet.document, make_one_line(each.empty), size=paper_layout.FORM_SIZE)
    for item in each.items:
        first = sheet.document.add_paragraph()
        _run(first, f"[{make_one_line(item.tag)}] ", size=_SMALL, bold=item.tone in _STRONG)
        _run(first, make_breakable(make_one_line(item.title)), size=paper_layout.FORM_SIZE, bold=True)
        if item.code:
            _run(first, "  " + make_breakable(make_one_line(item.code)), size=_SMALL)
        first.paragraph_format.space_before = Pt(4)
        first.paragraph_format.line_spacing = Pt(paper_layout.FORM_SIZE * 1.5)
        first.paragraph_format.keep_with_next = bool(item.details) or None
        for detail in item.details:
            made = _line(sheet.document, make_breakable(make_one_line(detail)), size=paper_layout.TABLE_SIZES[0])
            made.paragraph_format.left_indent = Pt(paper_layout.FORM_SIZE * 2)


def _values(sheet: BlockTarget, each: KeyValues) -> None:
    size = paper_layout.FORM_SIZE if each.figures else paper_layout.TABLE_SIZES[0]
    if each.figures:
        names = TableRow(tuple(TableCell(_flat(name), align=Align.CENTER) for name, _ in each.pairs))
        numbers_ = TableRow(tuple(TableCell(_flat(cell.text), bold=True, align=Align.CENTER) for _, cell in each.pairs))
        write_table(sheet.document, [1] * len(each.pairs), [numbers_, names], size=size, ruled=False, wide=sheet.wide)
        return
    rows = [
        TableRow((TableCell(_flat(name)), TableCell(_flat(cell.text), bold=cell.tone in _STRONG)))
        for name, cell in each.pairs
    ]
    write_table(sheet.document, [2, 3], rows, size=size, ruled=False, wide=sheet.wide)


def _form(sheet: BlockTarget, each: Form) -> None:
    _caption(sheet.document, each.caption)
    widths, size, *_ = lay_out_form(each, wide=sheet.wide)
    shares = [find_cell_shares(widths, row) for row in each.rows]
    rows = [
        TableRow(
            tuple(
                TableCell(
                    _lines(format_label(cell, share, size, wide=sheet.wide)),
                    span=cell.span,
                    align=Align.CENTER if cell.label else cell.align,
                    lines=cell.lines,
                    font="黑体" if cell.label else "",
                )
                for cell, (_, share) in zip(row, texts, strict=True)
            ),
            torn=is_long(texts, size, wide=sheet.wide),
        )
        for row, texts in zip(each.rows, shares, strict=True)
    ]
    write_table(sheet.document, widths, rows, size=size, head=each.head, wide=sheet.wide, follows=sheet.follows)


def _signatures(sheet: BlockTarget, each: Signatures) -> None:
    """Write two places to sign beside each other: the words, a line with the name small on it, and a date below."""
    across = paper_layout.compute_text_width(wide=sheet.wide)
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
    write_table(sheet.document, widths, rows, size=paper_layout.FORM_SIZE, ruled=False, wide=sheet.wide, whole=True)


def _lines(text: str) -> str:
    return make_breakable(make_safe_text(text.replace("\r", ""), lines=True).strip("\n"))


def _flat(text: str) -> str:
    return make_breakable(make_one_line(text))


_WRITERS: Mapping[type, Callable[[BlockTarget, Any], None]] = {
    Heading: lambda sheet, each: sheet.document.add_heading(make_one_line(each.text), each.level),
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

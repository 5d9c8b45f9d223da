"""The blocks of a paper written into a Word document, one function for each kind of block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.model.text import say
from dangwu.report import layout
from dangwu.report.docx_page import fonts
from dangwu.report.docx_table import Place, Row, table
from dangwu.report.layout import breakable, form_shares, is_long, laid_grid, laid_table
from dangwu.report.numbers import numbers
from dangwu.report.page import Align, Bars, Grid, Heading, Items, KeyValues, Paragraph, Table, Trend
from dangwu.report.paper import Break, Form, Signatures
from dangwu.report.safe import one_line, safe_text
from dangwu.report.tone import Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from dangwu.lang import Language
    from dangwu.report.paper import Paper

_SMALL = 9.0
_HEAD, _TINTS = "EAEAEA", {Tone.BAD: "C8C8C8", Tone.WARN: "E0E0E0", Tone.WAIVED: "F0F0F0"}
_STRONG = frozenset({Tone.BAD, Tone.WARN, Tone.STRONG})


class Sheet(NamedTuple):
    """Where the blocks are written: the document, how wide it is, and its words."""

    document: Any
    wide: bool
    chinese: bool
    day: str


def write(document: Any, paper: Paper, lang: Language) -> None:
    """Write title, subtitle, all blocks, and where it is from."""
    from docx.shared import Pt  # noqa: PLC0415

    sheet = Sheet(document, paper.wide, lang.code == "zh", lang.text(say("Date: ____ / ____ / ____")))
    centred(document.add_heading(one_line(paper.title), 1))
    if paper.subtitle:
        line = document.add_paragraph()
        _run(line, one_line(paper.subtitle), font="楷体")
        centred(line)
        line.paragraph_format.space_after = Pt(layout.FORM)
    for each in paper.blocks:
        _WRITERS[type(each)](sheet, each)


def centred(paragraph: Any) -> None:
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
        fonts(run._r.get_or_add_rPr(), font)  # noqa: SLF001


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


def _paragraph(sheet: Sheet, each: Paragraph) -> None:
    from docx.shared import Pt  # noqa: PLC0415

    size = layout.FORM if each.tone is Tone.QUIET else layout.TEXT
    for text in safe_text(each.text.replace("\r", ""), lines=True).strip("\n").split("\n"):
        made = _line(sheet.document, breakable(text), size=size, bold=each.tone in _STRONG)
        made.paragraph_format.line_spacing = Pt(layout.PITCH * size / layout.TEXT)
        if sheet.chinese:
            made.paragraph_format.first_line_indent = Pt(size * 2)


def _caption(document: Any, text: str) -> None:
    if text:
        _line(document, one_line(text), size=layout.FORM, bold=True, before=layout.FORM * 0.6, follows=True)


def _table(sheet: Sheet, each: Table) -> None:
    _caption(sheet.document, each.caption)
    widths, size, whole = laid_table(each, wide=sheet.wide)
    shares = [one / sum(widths) for one in widths]
    head = Row(tuple(Place(_flat(column.title), bold=True, align=Align.CENTER, fill=_HEAD) for column in each.columns))
    rows = [
        Row(
            tuple(
                Place(_flat(cell.text), bold=cell.tone in _STRONG, align=column.align)
                for cell, column in zip(row, each.columns, strict=True)
            ),
            torn=is_long(zip((cell.text for cell in row), shares, strict=True), size, wide=sheet.wide),
        )
        for row in each.rows
    ]
    table(sheet.document, widths, [head, *rows], size=size, head=1, wide=sheet.wide, whole=whole)


def _grid(sheet: Sheet, each: Grid) -> None:
    _caption(sheet.document, each.caption)
    widths, size, whole = laid_grid(each, wide=sheet.wide)
    head = Row(tuple(Place(_flat(t), bold=True, align=Align.CENTER, fill=_HEAD) for t in (each.corner, *each.columns)))
    table(sheet.document, widths, [head, *_grid_rows(each)], size=size, head=1, wide=sheet.wide, whole=whole)
    legend = "    ".join(f"[{one_line(one.mark)}] {one_line(one.words)}" for one in each.legend)
    if legend:
        _line(sheet.document, legend, size=size)


def _grid_rows(each: Grid) -> Iterator[Row]:
    for row in each.rows:
        label = "  " * row.inner + one_line(row.label)
        if not row.cells:
            yield Row((Place(label, span=len(each.columns) + 1, bold=True, fill="F4F4F4"),))
            continue
        cells = (
            Place(
                "\n".join(filter(None, (one_line(cell.mark), one_line(cell.note)))),
                span=cell.span,
                bold=cell.tone in _STRONG,
                align=Align.CENTER,
                fill=_TINTS.get(cell.tone, ""),
            )
            for cell in row.cells
        )
        yield Row((Place(label), *cells))


def _items(sheet: Sheet, each: Items) -> None:
    from docx.shared import Pt  # noqa: PLC0415

    if not each.items:
        _line(sheet.document, one_line(each.empty), size=layout.FORM)
    for item in each.items:
        first = sheet.document.add_paragraph()
        _run(first, f"[{one_line(item.tag)}] ", size=_SMALL, bold=item.tone in _STRONG)
        _run(first, breakable(one_line(item.title)), size=layout.FORM, bold=True)
        if item.code:
            _run(first, "  " + breakable(one_line(item.code)), size=_SMALL)
        first.paragraph_format.space_before = Pt(4)
        first.paragraph_format.line_spacing = Pt(layout.FORM * 1.5)
        first.paragraph_format.keep_with_next = bool(item.details) or None
        for detail in item.details:
            made = _line(sheet.document, breakable(one_line(detail)), size=layout.SIZES[0])
            made.paragraph_format.left_indent = Pt(layout.FORM * 2)


def _values(sheet: Sheet, each: KeyValues) -> None:
    size = layout.FORM if each.figures else layout.SIZES[0]
    if each.figures:
        names = Row(tuple(Place(_flat(name), align=Align.CENTER) for name, _ in each.pairs))
        numbers_ = Row(tuple(Place(_flat(cell.text), bold=True, align=Align.CENTER) for _, cell in each.pairs))
        table(sheet.document, [1] * len(each.pairs), [numbers_, names], size=size, ruled=False, wide=sheet.wide)
        return
    rows = [Row((Place(_flat(name)), Place(_flat(cell.text), bold=cell.tone in _STRONG))) for name, cell in each.pairs]
    table(sheet.document, [2, 3], rows, size=size, ruled=False, wide=sheet.wide)


def _form(sheet: Sheet, each: Form) -> None:
    _caption(sheet.document, each.caption)
    size = layout.FORM if len(each.widths) <= layout.MOST_COLUMNS else layout.SIZES[0]
    rows = [
        Row(
            tuple(
                Place(
                    breakable(safe_text(cell.text.replace("\r", ""), lines=True).strip("\n")),
                    span=cell.span,
                    align=Align.CENTER if cell.label else cell.align,
                    lines=cell.lines,
                    font="黑体" if cell.label else "",
                )
                for cell in row
            ),
            torn=is_long(form_shares(each.widths, row), size, wide=sheet.wide),
        )
        for row in each.rows
    ]
    table(sheet.document, each.widths, rows, size=size, head=each.head, wide=sheet.wide)


def _signatures(sheet: Sheet, each: Signatures) -> None:
    places = [
        Place(f"\n{one_line(label)} ______________\n{f'({one_line(name)})' if name else ''}\n{sheet.day}")
        for label, name in each.parties
    ]
    if len(places) % 2:
        places.append(Place(""))
    rows = [Row(tuple(places[at : at + 2])) for at in range(0, len(places), 2)]
    table(sheet.document, [1, 1], rows, size=layout.FORM, ruled=False, wide=sheet.wide, whole=True)


def _flat(text: str) -> str:
    return breakable(one_line(text))


_WRITERS: Mapping[type, Callable[[Sheet, Any], None]] = {
    Heading: lambda sheet, each: sheet.document.add_heading(one_line(each.text), each.level),
    Paragraph: _paragraph,
    Table: _table,
    Grid: _grid,
    Bars: lambda sheet, each: _table(sheet, numbers(each)),
    Trend: lambda sheet, each: _table(sheet, numbers(each)),
    Items: _items,
    KeyValues: _values,
    Form: _form,
    Signatures: _signatures,
    Break: lambda sheet, _each: sheet.document.add_page_break(),
}

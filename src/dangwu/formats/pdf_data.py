"""A document as plain data for typst, with computed measures and shares and safe texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.formats import paper_layout
from dangwu.formats.form_layout import balance_lines, find_cell_shares, format_label, is_kept_whole, lay_out_form
from dangwu.formats.paper_layout import compute_text_width, is_long, is_low, lay_out_grid, lay_out_table
from dangwu.formats.safe_text import make_one_line, make_safe_text
from dangwu.model.body import BodyHeading, BodyParagraph, BodyTable, Code, Points, Quote
from dangwu.model.message import say
from dangwu.pages.body_blocks import build_body_table
from dangwu.pages.wording.values import format_figure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dangwu.language import Language
    from dangwu.model.body import Part, Spans
    from dangwu.pages.page import Bars, Cell, Grid, GridCell, Heading, Items, KeyValues, Paragraph, Prose, Table, Trend
    from dangwu.pages.paper import Form, Paper, PaperBlock, Signatures

_WIDE = "\u2e80"


def build_pdf_data(paper: Paper, lang: Language) -> dict[str, Any]:
    """Return the data that the typst program ``templates/paper.typ`` reads as ``paper``."""
    top, right, bottom, left = paper_layout.PAGE_MARGINS
    return {
        "title": make_one_line(paper.title),
        "lines": _balance_title(paper.title, paper.wide),
        "subtitle": make_one_line(paper.subtitle),
        "origin": make_one_line(paper.origin),
        "lang": lang.code,
        "wide": paper.wide,
        "margins": {"top": top, "right": right, "bottom": bottom, "left": left},
        "sizes": {
            "title": paper_layout.TITLE_SIZE,
            "text": paper_layout.TEXT_SIZE,
            "number": paper_layout.NUMBER_SIZE,
            "form": paper_layout.FORM_SIZE,
            "table": paper_layout.TABLE_SIZES[0],
            "pitch": paper_layout.LINE_PITCH,
            "advance": paper_layout.CHARACTER_ADVANCE,
        },
        "words": {"day": lang.text(say("Date: ____ / ____ / ____"))},
        "blocks": [build_block_data(block, wide=paper.wide) for block in paper.blocks],
    }


def build_block_data(each: PaperBlock, *, wide: bool) -> dict[str, Any]:
    """Return one block with its kind."""
    kind = type(each).__name__
    return {"kind": kind, **_BLOCK_BUILDERS[kind](each, wide)}


def _balance_title(text: str, wide: bool) -> list[str]:
    return balance_lines(make_one_line(text), paper_layout.TITLE_SIZE, across=compute_text_width(wide=wide)).split("\n")


def _clean_line(text: str) -> str:
    return paper_layout.keep_days(paper_layout.make_breakable(make_one_line(text)))


def _clean_lines(text: str) -> str:
    return paper_layout.keep_days(
        paper_layout.make_breakable(make_safe_text(text.replace("\r", ""), lines=True).strip("\n"))
    )


def _build_cell_data(cell: Cell, *, divided: bool = False) -> dict[str, Any]:
    """Return a cell; where even words are divided, a day may be too narrow a column's only way."""
    looked = {"spans": _spans(cell.spans)} if cell.spans else {}
    text = _clean_line(cell.text)
    return {"text": text.replace(paper_layout.KEPT, "") if divided else text, "tone": cell.tone.value, **looked}


def _spans(spans: Spans) -> list[dict[str, Any]]:
    return [
        {
            "text": paper_layout.keep_days(paper_layout.make_breakable(make_safe_text(each.text, lines=True))),
            "looks": [_look(name, each.text) for name in each.looks],
        }
        for each in spans
    ]


def _look(name: str, text: str) -> str:
    """Return how a look is set: Chinese is emphasised by dots, since its fonts have no italics."""
    return "dotted" if name == "emphasis" and max(text) >= _WIDE else name


def _build_heading_data(each: Heading, _wide: bool) -> dict[str, Any]:
    return {"text": _clean_line(each.text), "level": each.level}


def _build_paragraph_data(each: Paragraph, _wide: bool) -> dict[str, Any]:
    return {"text": _clean_lines(each.text), "tone": each.tone.value}


def _prose(each: Prose, wide: bool) -> dict[str, Any]:
    return {"part": _part(each.part, wide)}


def _part(part: Part, wide: bool) -> dict[str, Any]:
    made: dict[str, Any] = {"kind": type(part).__name__}
    match part:
        case BodyParagraph():
            made["spans"] = _spans(part.spans)
        case BodyHeading():
            made["text"] = _clean_line(part.text)
        case Code():
            made["text"] = make_safe_text(part.text.replace("\r", ""), lines=True).strip("\n")
        case Quote():
            made["parts"] = [_part(each, wide) for each in part.parts]
        case Points():
            made["points"] = [
                {"number": point.number, "parts": [_part(each, wide) for each in point.parts]} for point in part.points
            ]
        case BodyTable():
            made |= _build_table_data(build_body_table(part), wide)
    return made


def _build_table_data(each: Table, wide: bool) -> dict[str, Any]:
    across = compute_text_width(wide=wide)
    widths, size, whole, divided, _ = lay_out_table(each, across=across)
    shares = [one / sum(widths) for one in widths]
    rows = [[(cell.text, share) for cell, share in zip(row, shares, strict=True)] for row in each.rows]
    return {
        "caption": _clean_line(each.caption),
        "widths": widths,
        "size": size,
        "whole": whole,
        "divided": divided,
        "columns": [{"title": _clean_line(column.title), "align": column.align.value} for column in each.columns],
        "rows": [
            {
                "cells": [_build_cell_data(cell, divided=divided) for cell in row],
                "long": is_long(texts, size, across=across),
                "low": is_low(texts, size, across=across),
            }
            for row, texts in zip(each.rows, rows, strict=True)
        ],
    }


def _build_grid_data(each: Grid, wide: bool) -> dict[str, Any]:
    widths, size, whole, *_ = lay_out_grid(each, across=compute_text_width(wide=wide))
    return {
        "caption": _clean_line(each.caption),
        "corner": _clean_line(each.corner),
        "columns": [_clean_line(title) for title in each.columns],
        "widths": widths,
        "size": size,
        "whole": whole,
        "rows": [
            {
                "label": _clean_line(row.label),
                "inner": row.inner,
                "cells": [_build_grid_cell_data(cell) for cell in row.cells],
            }
            for row in each.rows
        ],
        "legend": [_build_grid_cell_data(cell) for cell in each.legend],
    }


def _build_grid_cell_data(cell: GridCell) -> dict[str, Any]:
    return {
        "span": cell.span,
        "mark": make_one_line(cell.mark),
        "note": make_one_line(cell.note),
        "words": make_one_line(cell.words),
        "tone": cell.tone.value,
    }


def _build_bars_data(each: Bars, _wide: bool) -> dict[str, Any]:
    rows = [
        {
            "category": _clean_line(category),
            "values": [one.values[at] or 0 for one in each.series],
            "texts": [format_figure(one.values[at]) for one in each.series],
        }
        for at, category in enumerate(each.categories)
    ]
    name, value = each.reference or ("", 0)
    return {
        **_build_chart_data(each),
        "longest": max((*each.totals, value), default=0),
        "reference": {"name": _clean_line(f"{name} {format_figure(value)}{each.unit}"), "value": value}
        if name
        else None,
        "rows": rows,
    }


def _build_trend_data(each: Trend, _wide: bool) -> dict[str, Any]:
    known = [value for one in each.series for value in one.values if value is not None]
    return {
        **_build_chart_data(each),
        "categories": [_clean_line(category) for category in each.categories],
        "highest": max(known, default=0),
        "series": [
            {
                "name": _clean_line(one.name),
                "values": one.values,
                "texts": [format_figure(value) for value in one.values],
            }
            for one in each.series
        ],
    }


def _build_chart_data(each: Bars | Trend) -> dict[str, Any]:
    unit = f" ({make_one_line(each.unit)})" if each.unit else ""
    return {
        "caption": _clean_line(each.caption) + unit,
        "alternative": make_one_line(each.alternative),
        "series": [{"name": _clean_line(one.name), "tone": one.tone.value} for one in each.series],
    }


def _build_items_data(each: Items, _wide: bool) -> dict[str, Any]:
    return {
        "empty": _clean_line(each.empty),
        "items": [
            {
                "tag": _clean_line(item.tag),
                "title": _clean_line(item.title),
                "tone": item.tone.value,
                "code": _clean_line(item.code),
                "details": [_clean_line(detail) for detail in item.details],
            }
            for item in each.items
        ],
    }


def _build_key_values_data(each: KeyValues, _wide: bool) -> dict[str, Any]:
    return {
        "figures": each.figures,
        "pairs": [[_clean_line(name), _build_cell_data(cell)] for name, cell in each.pairs],
    }


def _build_form_data(each: Form, wide: bool) -> dict[str, Any]:
    across = compute_text_width(wide=wide)
    widths, size, _, divided, high = lay_out_form(each, across=across)
    shares = [find_cell_shares(widths, row) for row in each.rows]
    return {
        "caption": _clean_line(each.caption),
        "widths": widths,
        "head": each.head,
        "size": size,
        "divided": divided,
        "high": high,
        "whole": is_kept_whole(each, high),
        "rows": [
            {
                "long": is_long(texts, size, across=across),
                "low": is_low(texts, size, across=across)
                and max(cell.lines for cell in row) <= paper_layout.LOW_ROW_LINES,
                "cells": [
                    {
                        "text": _clean_lines(format_label(cell, share, size, across=across)),
                        "span": cell.span,
                        "label": cell.label,
                        "align": cell.align.value,
                        "lines": cell.lines,
                    }
                    for cell, (_, share) in zip(row, texts, strict=True)
                ],
            }
            for row, texts in zip(each.rows, shares, strict=True)
        ],
    }


def _build_signatures_data(each: Signatures, _wide: bool) -> dict[str, Any]:
    return {"parties": [{"label": _clean_line(label), "name": _clean_line(name)} for label, name in each.parties]}


_BLOCK_BUILDERS: Mapping[str, Callable[[Any, bool], dict[str, Any]]] = {
    "Heading": _build_heading_data,
    "Paragraph": _build_paragraph_data,
    "Prose": _prose,
    "Table": _build_table_data,
    "Grid": _build_grid_data,
    "Bars": _build_bars_data,
    "Trend": _build_trend_data,
    "Items": _build_items_data,
    "KeyValues": _build_key_values_data,
    "Form": _build_form_data,
    "Signatures": _build_signatures_data,
    "Break": lambda each, wide: {"lines": _balance_title(each.title, wide), "subtitle": make_one_line(each.subtitle)},
}

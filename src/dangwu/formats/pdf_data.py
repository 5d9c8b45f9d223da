"""A paper as plain data for typst: measures and shares worked out, every text made harmless."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.formats import paper_layout
from dangwu.formats.form_layout import balanced, form_shares, label, laid_form
from dangwu.formats.paper_layout import breakable, is_long, is_low, laid_grid, laid_table
from dangwu.formats.safe_text import one_line, safe_text
from dangwu.model.body import Code, Points, Quote, Rows, Title, Words
from dangwu.model.message import say
from dangwu.pages.charts.numbers import figure
from dangwu.pages.own_words import table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dangwu.language import Language
    from dangwu.model.body import Part, Spans
    from dangwu.pages.page import Bars, Cell, Grid, GridCell, Heading, Items, KeyValues, Paragraph, Prose, Table, Trend
    from dangwu.pages.paper import Form, Paper, PaperBlock, Signatures

_WIDE = "\u2e80"


def data(paper: Paper, lang: Language) -> dict[str, Any]:
    """Return what the typst program ``templates/paper.typ`` reads as ``paper``."""
    top, right, bottom, left = paper_layout.MARGINS
    return {
        "title": one_line(paper.title),
        "lines": _title(paper.title, paper.wide),
        "subtitle": one_line(paper.subtitle),
        "origin": one_line(paper.origin),
        "lang": lang.code,
        "wide": paper.wide,
        "margins": {"top": top, "right": right, "bottom": bottom, "left": left},
        "sizes": {
            "title": paper_layout.TITLE,
            "text": paper_layout.TEXT,
            "number": paper_layout.NUMBER,
            "form": paper_layout.FORM,
            "table": paper_layout.SIZES[0],
            "pitch": paper_layout.PITCH,
        },
        "words": {"day": lang.text(say("Date: ____ / ____ / ____"))},
        "blocks": [block(each, wide=paper.wide) for each in paper.blocks],
    }


def block(each: PaperBlock, *, wide: bool) -> dict[str, Any]:
    """Return one block with its kind."""
    kind = type(each).__name__
    return {"kind": kind, **_BLOCKS[kind](each, wide)}


def _title(text: str, wide: bool) -> list[str]:
    return balanced(one_line(text), paper_layout.TITLE, wide=wide).split("\n")


def _line(text: str) -> str:
    return breakable(one_line(text))


def _lines(text: str) -> str:
    return breakable(safe_text(text.replace("\r", ""), lines=True).strip("\n"))


def _cell(cell: Cell) -> dict[str, Any]:
    looked = {"spans": _spans(cell.spans)} if cell.spans else {}
    return {"text": _line(cell.text), "tone": cell.tone.value, **looked}


def _spans(spans: Spans) -> list[dict[str, Any]]:
    return [
        {"text": breakable(safe_text(each.text, lines=True)), "looks": [_look(name, each.text) for name in each.looks]}
        for each in spans
    ]


def _look(name: str, text: str) -> str:
    """Return how a look is set: Chinese is emphasised by dots, since its fonts have no italics."""
    return "dotted" if name == "emphasis" and max(text) >= _WIDE else name


def _heading(each: Heading, _wide: bool) -> dict[str, Any]:
    return {"text": _line(each.text), "level": each.level}


def _paragraph(each: Paragraph, _wide: bool) -> dict[str, Any]:
    return {"text": _lines(each.text), "tone": each.tone.value}


def _prose(each: Prose, wide: bool) -> dict[str, Any]:
    return {"part": _part(each.part, wide)}


def _part(part: Part, wide: bool) -> dict[str, Any]:
    made: dict[str, Any] = {"kind": type(part).__name__}
    match part:
        case Words():
            made["spans"] = _spans(part.spans)
        case Title():
            made["text"] = _line(part.text)
        case Code():
            made["text"] = _lines(part.text)
        case Quote():
            made["parts"] = [_part(each, wide) for each in part.parts]
        case Points():
            made["points"] = [
                {"number": point.number, "parts": [_part(each, wide) for each in point.parts]} for point in part.points
            ]
        case Rows():
            made |= _table(table_of(part), wide)
    return made


def _table(each: Table, wide: bool) -> dict[str, Any]:
    widths, size, whole, divided, _ = laid_table(each, wide=wide)
    shares = [one / sum(widths) for one in widths]
    rows = [[(cell.text, share) for cell, share in zip(row, shares, strict=True)] for row in each.rows]
    return {
        "caption": _line(each.caption),
        "widths": widths,
        "size": size,
        "whole": whole,
        "divided": divided,
        "columns": [{"title": _line(column.title), "align": column.align.value} for column in each.columns],
        "rows": [
            {
                "cells": [_cell(cell) for cell in row],
                "long": is_long(texts, size, wide=wide),
                "low": is_low(texts, size, wide=wide),
            }
            for row, texts in zip(each.rows, rows, strict=True)
        ],
    }


def _grid(each: Grid, wide: bool) -> dict[str, Any]:
    widths, size, whole, *_ = laid_grid(each, wide=wide)
    return {
        "caption": _line(each.caption),
        "corner": _line(each.corner),
        "columns": [_line(title) for title in each.columns],
        "widths": widths,
        "size": size,
        "whole": whole,
        "rows": [
            {"label": _line(row.label), "inner": row.inner, "cells": [_grid_cell(cell) for cell in row.cells]}
            for row in each.rows
        ],
        "legend": [_grid_cell(cell) for cell in each.legend],
    }


def _grid_cell(cell: GridCell) -> dict[str, Any]:
    return {
        "span": cell.span,
        "mark": one_line(cell.mark),
        "note": one_line(cell.note),
        "words": one_line(cell.words),
        "tone": cell.tone.value,
    }


def _bars(each: Bars, _wide: bool) -> dict[str, Any]:
    rows = [
        {
            "category": _line(category),
            "values": [one.values[at] or 0 for one in each.series],
            "texts": [figure(one.values[at]) for one in each.series],
        }
        for at, category in enumerate(each.categories)
    ]
    name, value = each.reference or ("", 0)
    return {
        **_picture(each),
        "longest": max((*each.totals, value), default=0),
        "reference": {"name": _line(f"{name} {figure(value)}{each.unit}"), "value": value} if name else None,
        "rows": rows,
    }


def _trend(each: Trend, _wide: bool) -> dict[str, Any]:
    known = [value for one in each.series for value in one.values if value is not None]
    return {
        **_picture(each),
        "categories": [_line(category) for category in each.categories],
        "highest": max(known, default=0),
        "series": [
            {"name": _line(one.name), "values": one.values, "texts": [figure(value) for value in one.values]}
            for one in each.series
        ],
    }


def _picture(each: Bars | Trend) -> dict[str, Any]:
    unit = f" ({one_line(each.unit)})" if each.unit else ""
    return {
        "caption": _line(each.caption) + unit,
        "alternative": one_line(each.alternative),
        "series": [{"name": _line(one.name), "tone": one.tone.value} for one in each.series],
    }


def _items(each: Items, _wide: bool) -> dict[str, Any]:
    return {
        "empty": _line(each.empty),
        "items": [
            {
                "tag": _line(item.tag),
                "title": _line(item.title),
                "tone": item.tone.value,
                "code": _line(item.code),
                "details": [_line(detail) for detail in item.details],
            }
            for item in each.items
        ],
    }


def _values(each: KeyValues, _wide: bool) -> dict[str, Any]:
    return {"figures": each.figures, "pairs": [[_line(name), _cell(cell)] for name, cell in each.pairs]}


def _form(each: Form, wide: bool) -> dict[str, Any]:
    widths, size, _, divided, high = laid_form(each, wide=wide)
    shares = [form_shares(widths, row) for row in each.rows]
    return {
        "caption": _line(each.caption),
        "widths": widths,
        "head": each.head,
        "size": size,
        "divided": divided,
        "high": high,
        "rows": [
            {
                "long": is_long(texts, size, wide=wide),
                "low": is_low(texts, size, wide=wide) and max(cell.lines for cell in row) <= paper_layout.LOW,
                "cells": [
                    {
                        "text": _lines(label(cell, share, size, wide=wide)),
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


def _signatures(each: Signatures, _wide: bool) -> dict[str, Any]:
    return {"parties": [{"label": _line(label), "name": _line(name)} for label, name in each.parties]}


_BLOCKS: Mapping[str, Callable[[Any, bool], dict[str, Any]]] = {
    "Heading": _heading,
    "Paragraph": _paragraph,
    "Prose": _prose,
    "Table": _table,
    "Grid": _grid,
    "Bars": _bars,
    "Trend": _trend,
    "Items": _items,
    "KeyValues": _values,
    "Form": _form,
    "Signatures": _signatures,
    "Break": lambda each, wide: {"lines": _title(each.title, wide), "subtitle": one_line(each.subtitle)},
}

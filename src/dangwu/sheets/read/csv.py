"""A CSV text → a grid (RFC 4180, and the separators that spreadsheet programs use elsewhere)."""

from __future__ import annotations

import csv
from io import StringIO

from dangwu.model.message import say
from dangwu.sheets.formula_guard import unguard_formula
from dangwu.sheets.read.cell_grid import SheetCell, SheetGrid, refuse_large_extent
from dangwu.sheets.read.xlsx_safety import build_refusal

_SEPARATORS = (",", "\t", ";", "，", "；")
_LINES_COMPARED = 10
_SEPARATOR_LINE = "sep="


def read_csv_grid(text: str, title: str) -> SheetGrid:
    """Read a CSV text; ``title`` is the sheet in the addresses of its cells. CannotRunError for broken quotation."""
    text = text.removeprefix("\ufeff")
    first, _, rest = text.partition("\n")
    separator = ""
    if first.lower().startswith(_SEPARATOR_LINE) and len(first) == len(_SEPARATOR_LINE) + 1:
        separator, text = first[-1], "\n" + rest
    rows: list[tuple[SheetCell, ...]] = []
    width = 0
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator or _find_separator(text), strict=True)
    try:
        for number, values in enumerate(reader, 1):
            if any(value.strip() for value in values):
                width = max(width, len(values))
                refuse_large_extent(number, width)
                rows += [() for _ in range(number - 1 - len(rows))]
                rows.append(
                    tuple(SheetCell(number, column, unguard_formula(value)) for column, value in enumerate(values, 1))
                )
    except csv.Error as error:
        hint = say("See the quotation marks in that line, or save the sheet as .xlsx.")
        raise build_refusal(say("Line {line} of the CSV file cannot be read.", line=reader.line_num), hint) from error
    return SheetGrid(title, _pad_rows(rows, width))


def _find_separator(text: str) -> str:
    """Return the separator found in most of the first lines; a comma where there is none."""
    lines = [line for line in text.split("\n", 200)[:200] if line.strip()][:_LINES_COMPARED]
    counts = {separator: [line.count(separator) for line in lines] for separator in _SEPARATORS}
    return max(
        _SEPARATORS, key=lambda separator: (sum(count > 0 for count in counts[separator]), sum(counts[separator]))
    )


def _pad_rows(rows: list[tuple[SheetCell, ...]], width: int) -> tuple[tuple[SheetCell, ...], ...]:
    """Return the rows padded with empty cells to one width."""
    return tuple(
        (*row, *(SheetCell(number, column, None) for column in range(len(row) + 1, width + 1)))
        for number, row in enumerate(rows, 1)
    )

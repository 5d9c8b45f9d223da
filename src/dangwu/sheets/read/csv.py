"""A CSV text → a grid (RFC 4180, and the separators that spreadsheet programs use elsewhere)."""

from __future__ import annotations

import csv
from io import StringIO

from dangwu.model.message import say
from dangwu.sheets.formula_guard import unguard
from dangwu.sheets.read.cell_grid import Grid, Spot, within
from dangwu.sheets.read.xlsx_safety import refuse

_SEPARATORS = (",", "\t", ";", "，", "；")
_SEEN = 10
_NAMED = "sep="


def grid(text: str, title: str) -> Grid:
    """Read a CSV text; ``title`` is what its cells are named after. CannotRunError where it cannot be a list."""
    text = text.removeprefix("\ufeff")
    first, _, rest = text.partition("\n")
    separator = ""
    if first.lower().startswith(_NAMED) and len(first) == len(_NAMED) + 1:
        separator, text = first[-1], "\n" + rest
    rows: list[tuple[Spot, ...]] = []
    width = 0
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator or _separator(text), strict=True)
    try:
        for number, values in enumerate(reader, 1):
            if any(value.strip() for value in values):
                width = max(width, len(values))
                within(number, width)
                rows += [() for _ in range(number - 1 - len(rows))]
                rows.append(tuple(Spot(number, at, unguard(value)) for at, value in enumerate(values, 1)))
    except csv.Error as error:
        hint = say("See the quotation marks in that line, or save the sheet as .xlsx.")
        raise refuse(say("Line {line} of the CSV file cannot be read.", line=reader.line_num), hint) from error
    return Grid(title, _even(rows, width))


def _separator(text: str) -> str:
    """Return what separates most of the first lines most evenly; a comma where nothing does."""
    lines = [line for line in text.split("\n", 200)[:200] if line.strip()][:_SEEN]
    counts = {each: [line.count(each) for line in lines] for each in _SEPARATORS}
    return max(_SEPARATORS, key=lambda each: (sum(count > 0 for count in counts[each]), sum(counts[each])))


def _even(rows: list[tuple[Spot, ...]], width: int) -> tuple[tuple[Spot, ...], ...]:
    """Make all rows equally long."""
    return tuple(
        (*row, *(Spot(number, column, None) for column in range(len(row) + 1, width + 1)))
        for number, row in enumerate(rows, 1)
    )

"""Leave out the rows that close a list: sums, signatures, seals, page numbers, “the rest is blank”.

What such a row says differs from branch to branch; that it is no entry shows in its shape. Sums and signatures with
usual words are known anywhere, all others only at the end of the list, after the last entry.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.message import Text
from dangwu.sheets.columns import CellType
from dangwu.sheets.read import day_cells
from dangwu.sheets.read.cell_values import is_closing, normalise_words, parse_id
from dangwu.sheets.read.header_row import repeats_header

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from dangwu.sheets.columns import SheetColumn
    from dangwu.sheets.read.cell_grid import SheetCell, SheetGrid
    from dangwu.sheets.read.header_row import HeaderRow

_PERSON_KEYS = ("id", "member", "name")
_NO_NAME = re.compile(r"[:：]|^[(（\[【].*[)）\]】]$|\d+(?:人|名|元|笔|份|条|页|次)|第\d+页|共\d+", re.DOTALL)
_REMARK = re.compile(r"[(（\[【].*?[)）\]】]")
_LONGEST_NAME = 40
_COUNTING = re.compile(r"[0-9]+[.、]?", re.ASCII)


class EntryRows(NamedTuple):
    """A grid without the rows that close the list, and these by their number, each with its first text.

    Rows that have a running number and nothing else, as at the end of a form, are left out without a word.
    """

    grid: SheetGrid
    closing: Mapping[int, str]


def split_closing_rows(
    grid: SheetGrid, header: HeaderRow, columns: Sequence[SheetColumn], people: Collection[str]
) -> EntryRows:
    """Separate entries from closing rows. ``people`` are known ids and names, normalised: they are never closing."""
    head, body = grid.rows[header.row - 1], grid.rows[header.row :]
    shape = _ListShape(header.places, columns, people, _find_counting_columns(body, header.places))
    closing: dict[int, str] = {}
    left_out: set[int] = set()
    open_end = True
    for cells in reversed(body):
        if all(cell.blank for cell in cells) or repeats_header(cells, head, header.places):
            continue
        if shape.is_known_closing(cells) or (open_end and shape.closes(cells)):
            left_out.add(cells[0].row)
            if not shape.is_only_numbered(cells):
                filled = next((cell for cell in cells if not _is_empty(cell)), cells[0])
                closing[cells[0].row] = str(filled.value).strip()
        else:
            open_end = False
    rows = tuple(cells for cells in body if not cells or cells[0].row not in left_out)
    return EntryRows(grid._replace(rows=(*grid.rows[: header.row], *rows)), dict(sorted(closing.items())))


def _find_counting_columns(body: Sequence[Sequence[SheetCell]], places: Mapping[str, int]) -> frozenset[int]:
    """Return the columns before those of people in which entries have running numbers."""
    first = min((places[key] for key in _PERSON_KEYS if key in places), default=0)
    filled = {at: [cells[at] for cells in body if not _is_empty(cells[at])] for at in range(first)}
    return frozenset(at for at, cells in filled.items() if cells and _counts_rows(cells))


def _counts_rows(cells: Sequence[SheetCell]) -> bool:
    """Tell whether the cells of a column count: they begin with 1, or most are numbers; a long foot has none."""
    begins = isinstance(cells[0].value, str | int | float) and normalise_words(str(cells[0].value)) in {
        "1",
        "1.0",
        "1.",
        "1、",
    }
    return begins or sum(_is_counting(cell) for cell in cells) * 2 > len(cells)


def _is_counting(cell: SheetCell) -> bool:
    return isinstance(cell.value, int | float) or (
        isinstance(cell.value, str) and _COUNTING.fullmatch(normalise_words(cell.value)) is not None
    )


def _is_empty(cell: SheetCell) -> bool:
    """Tell whether nothing is written in a cell; one that lies under a merged one has nothing of its own."""
    return cell.blank or cell.value is None


class _ListShape(NamedTuple):
    """What entries of a list look like: where people, days and running numbers stand, and who is known."""

    places: Mapping[str, int]
    columns: Sequence[SheetColumn]
    people: Collection[str]
    counting: frozenset[int]

    def is_only_numbered(self, cells: Sequence[SheetCell]) -> bool:
        """Tell whether a row has its running number and is empty otherwise."""
        filled = [at for at, cell in enumerate(cells) if not _is_empty(cell)]
        return len(filled) == 1 and filled[0] in self.counting and _is_counting(cells[filled[0]])

    def is_known_closing(self, cells: Sequence[SheetCell]) -> bool:
        """Tell whether a row is a sum or a signature by its words, wherever it stands."""
        first = next((cell for cell in cells if not _is_empty(cell)), cells[0])
        value = _REMARK.sub("", first.value) if isinstance(first.value, str) else first.value
        if not (is_closing(first.value) or is_closing(value)):
            return False
        person = next((cells[self.places[key]] for key in _PERSON_KEYS if key in self.places), first)
        return _is_empty(person) or person is first or self._is_no_person(person)

    def closes(self, cells: Sequence[SheetCell]) -> bool:
        """Tell whether a row behind the last entry is no entry, by its shape."""
        filled = [cell for cell in cells if not _is_empty(cell)]
        people = [cells[self.places[key]] for key in _PERSON_KEYS if key in self.places]
        named = [cell for cell in people if not _is_empty(cell)]
        if any(self._is_known(cell) for cell in people):
            return False
        if len(filled) == 1 and named:
            # A name or an id alone says who is meant, but nothing about anybody.
            return "joined_on" not in {column.key for column in self.columns} or self._is_no_person(named[0])
        odd = any(isinstance(cells[at].value, str) and not _is_counting(cells[at]) for at in self.counting)
        if any(not self._is_no_person(cell) for cell in named):
            return odd and not self._says_when(cells)
        return odd or len(filled) <= 1 or not self._says_when(cells)

    def _is_known(self, cell: SheetCell) -> bool:
        return isinstance(cell.value, str) and normalise_words(cell.value) in self.people

    def _is_no_person(self, cell: SheetCell) -> bool:
        """Tell whether a cell has what nobody is called: a sentence, a sum, a count, words in brackets."""
        if self._is_known(cell):
            return False
        if not isinstance(cell.value, str):
            return cell.value is not None and isinstance(parse_id(cell.value), Text)
        words = normalise_words(cell.value)
        return is_closing(cell.value) or _NO_NAME.search(words) is not None or len(words) > _LONGEST_NAME

    def _says_when(self, cells: Sequence[SheetCell]) -> bool:
        """Tell whether a row has a day or a month in a column of days or months, as only entries have."""
        for column in self.columns:
            cell = cells[self.places[column.key]] if column.key in self.places else None
            if cell is None or cell.blank:
                continue
            if column.form is CellType.DAY and not isinstance(day_cells.parse_day_cell(cell.value), Text):
                return True
            is_month = column.form is CellType.MONTH or column.takes_month
            if is_month and not isinstance(day_cells.parse_month_cell(cell.value, 2000), Text):
                return True
        return False

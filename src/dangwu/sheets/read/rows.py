"""The rows of a sheet below its heads, each cell made a value; every problem names its cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dangwu.model.import_plan import SheetProblem
from dangwu.model.message import Text, say
from dangwu.sheets.columns import CellType
from dangwu.sheets.read import cell_values, day_cells
from dangwu.sheets.read.header_row import is_closing_row, repeats_header

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from dangwu.model.corpus import Corpus
    from dangwu.model.message import Bilingual
    from dangwu.sheets.columns import SheetColumn
    from dangwu.sheets.read.cell_grid import SheetCell, SheetGrid
    from dangwu.sheets.read.header_row import HeaderRow

_HINTS = {
    CellType.DAY: day_cells.HOW_TO_WRITE_DAY,
    CellType.MONTH: day_cells.HOW_TO_WRITE_MONTH,
    CellType.YEAR: say("Write the year as 2026."),
    CellType.NUMBER: say("Write the number alone, as in 45 or 12.5."),
}
_TYPE_AGAIN = say("Type it again.")
_MAY_BE_CROSSED_OUT = frozenset({CellType.DAY, CellType.NUMBER, CellType.CODE, CellType.GROUP})


@dataclass(frozen=True, kw_only=True)
class ImportContext:
    """What is known beside the sheet: the records, the words of its codes, the day, and what was said on the line."""

    corpus: Corpus
    columns: Sequence[SheetColumn]
    words: Mapping[str, Mapping[str, Bilingual]]
    as_of: date
    paths: frozenset[str]
    year: int | None = None
    collector: str | None = None

    def title(self, key: str) -> Bilingual:
        """Return what people call a column."""
        return next(column.title for column in self.columns if column.key == key)

    def shown(self, key: str, value: Any) -> Any:
        """Return a value of a column as people see it."""
        return self.words.get(key, {}).get(value, value)


@dataclass
class SheetRow:
    """A row with something in it. ``values`` has the fields that are not blank, days and months as records write them.

    ``held`` is why this row may change nothing; it is a problem only if the row would.
    """

    number: int
    spots: Mapping[str, SheetCell]
    values: dict[str, Any] = field(default_factory=dict)
    member: str = ""
    held: SheetProblem | None = None

    def get(self, key: str) -> Any:
        """Return a value, None where the cell is blank or there is no such column."""
        return self.values.get(key)


class RowReader:
    """Reads the rows of one sheet; problems are kept, with the place they have in the sheet."""

    def __init__(self, grid: SheetGrid, heads: HeaderRow, known: ImportContext) -> None:
        self.grid, self.heads, self.known = grid, heads, known
        self._troubles: list[tuple[int, int, SheetProblem]] = []
        self._columns = {column.key: column for column in known.columns if column.key in heads.places}
        self._bad: set[int] = set()
        self.read = 0
        """How many rows had something in them."""
        self.closing: dict[int, str] = {}
        """Rows that are no entries but close the list, with their first words."""

    @property
    def troubles(self) -> tuple[SheetProblem, ...]:
        """The problems so far, as they stand in the sheet."""
        return tuple(trouble for _, _, trouble in sorted(self._troubles, key=lambda trouble: trouble[:2]))

    def note(self, row: SheetRow, key: str, message: Text, hint: Text | None = None) -> None:
        """Keep a problem with a cell of a row; without such a column, with the row's first cell."""
        spot = row.spots.get(key) or next(iter(row.spots.values()))
        self.keep(row, spot, SheetProblem(self.grid.address(spot), message, hint))

    def keep(self, row: SheetRow, spot: SheetCell, trouble: SheetProblem) -> None:
        """Keep a problem; nothing is done with its row."""
        self._bad.add(row.number)
        self._troubles.append((spot.row, spot.column, trouble))

    def cell(self, row: SheetRow, key: str) -> str:
        """Return the address of a cell."""
        spot = row.spots.get(key) or next(iter(row.spots.values()))
        return self.grid.address(spot)

    def good(self, row: SheetRow) -> bool:
        """Tell whether no problem was found in a row."""
        return row.number not in self._bad

    def rows(self) -> list[SheetRow]:
        """Return the rows that have something in a column that is read, but for repeated heads and sums."""
        places = self.heads.places
        found = []
        for spots in self.grid.rows[self.heads.row :]:
            mine = {key: spots[at] for key, at in places.items()}
            if all(spot.blank for spot in mine.values()) or repeats_header(
                spots, self.grid.rows[self.heads.row - 1], places
            ):
                continue
            if is_closing_row(spots, places):
                first = next(spot for spot in spots if not spot.blank)
                self.closing[first.row] = str(first.value).strip()
            else:
                found.append(self._row(mine))
        self.read = len({row.number for row in found})
        return found

    def _row(self, spots: dict[str, SheetCell]) -> SheetRow:
        row = SheetRow(next(iter(spots.values())).row, spots)
        for key, column in self._columns.items():
            spot = spots[key]
            if column.form in _MAY_BE_CROSSED_OUT and not column.needed and cell_values.is_crossed_out(spot.value):
                spots[key] = spot = spot._replace(value=None)
            if spot.flaw is not None:
                hint = say("Write the value itself into this cell.")
                self.note(row, key, spot.flaw, hint)
            elif not spot.blank:
                value = self._value(column, spot)
                if isinstance(value, Text):
                    self.note(row, key, value, self._hint(column))
                else:
                    row.values[key] = value
        return row

    def _value(self, column: SheetColumn, spot: SheetCell) -> Any:
        raw, form = spot.value, column.form
        if form is CellType.DAY:
            made = day_cells.parse_day_cell(raw, mac=self.grid.mac)
            return made if isinstance(made, Text) else made.isoformat()
        if form is CellType.NUMBER:
            return cell_values.parse_number(raw, percent=spot.percent)
        if form is CellType.CODE:
            return cell_values.parse_code(raw, self.known.words[column.key])
        readers = {
            CellType.MONTH: lambda value: day_cells.parse_month_cell(value, self.known.year),
            CellType.YEAR: day_cells.parse_year_cell,
            CellType.GROUP: self._group,
            CellType.NAME: cell_values.parse_name,
        }
        # An id may be given by a name that only one member has; who that is, is worked out for the whole row.
        return readers.get(form, cell_values.parse_text)(raw)

    def _group(self, raw: Any) -> str | Text:
        said = cell_values.parse_text(raw)
        branch = self.known.corpus.branch
        if isinstance(said, Text) or branch is None:
            return said
        wanted = cell_values.normalise_words(said)
        found = [
            group.id
            for group in branch.groups
            if wanted in {cell_values.normalise_words(group.id), cell_values.normalise_words(group.name)}
        ]
        return found[0] if len(found) == 1 else say("branch.yaml has no group {id}.", id=said)

    def _hint(self, column: SheetColumn) -> Text:
        if column.form is CellType.CODE:
            return say("The words are: {words}.", words=tuple(self.known.words[column.key].values()))
        groups = self.known.corpus.branch.groups if self.known.corpus.branch else ()
        if column.form is CellType.GROUP:
            return say("The groups are: {ids}.", ids=tuple(f"{group.id} {group.name}" for group in groups))
        return _HINTS.get(column.form, _TYPE_AGAIN)

    def lacking(self, row: SheetRow, *keys: str) -> bool:
        """Note the fields that a row needs and has not; True when there are any."""
        # A cell with something unreadable in it has its problem already.
        gone = [key for key in keys if key not in row.values and (key not in row.spots or row.spots[key].blank)]
        for key in gone:
            message = say("{field} is missing here.", field=self.known.title(key))
            there = say("Fill the cell in, or delete the row.")
            self.note(row, key, message, there if key in row.spots else say("Add this column to the sheet."))
        return bool(gone)

    def whole(self, row: SheetRow, *keys: str) -> bool:
        """Tell whether a row has all these fields; note those that are missing."""
        return not self.lacking(row, *keys) and all(row.get(key) is not None for key in keys)

"""Read the rows below the header row into values; every problem names its cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from dangwu.model.import_plan import SheetProblem
from dangwu.model.message import Text, say
from dangwu.sheets.columns import CellType
from dangwu.sheets.read import cell_values, day_cells
from dangwu.sheets.read.header_row import repeats_header

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dangwu.model.corpus import Corpus
    from dangwu.model.message import Bilingual
    from dangwu.model.roster_answers import RosterAnswers
    from dangwu.sheets.columns import SheetColumn
    from dangwu.sheets.read.cell_grid import SheetCell, SheetGrid
    from dangwu.sheets.read.header_row import HeaderRow

_HINTS = {
    CellType.DAY: day_cells.HOW_TO_WRITE_DAY,
    CellType.MONTH: day_cells.HOW_TO_WRITE_MONTH,
    CellType.YEAR: say("Write the year as 2026."),
    CellType.NUMBER: say("Write the number alone, as in 45 or 12.5."),
    CellType.MONEY: say("Write yuan, with at most two digits behind the point, as in 45 or 12.50."),
    CellType.ID: say("Ids have lower-case letters, digits and hyphens, as in m003."),
    CellType.NAME: say("Write the name alone, in Chinese characters or letters."),
}
HOW_TO_WRITE_TEXT = say(
    "Write plain text without invisible characters; long numbers in a cell that is formatted as text."
)
_MAY_BE_CROSSED_OUT = frozenset({CellType.DAY, CellType.NUMBER, CellType.MONEY, CellType.CODE, CellType.GROUP})


@dataclass(frozen=True, kw_only=True)
class ImportContext:
    """What an import knows beside the sheet: the records, the words of the codes, the day, the command's options.

    ``words`` has by column the words of its codes, ``paths`` are the files of the tree. ``year`` is the year of months
    written without one, ``collector`` the member who collects dues, for a new ledger. ``paid_on`` has by month the day
    on which all of it was collected, for payments without a day; ``drafts`` are records in which 【待填】 alone is
    wrong. With ``whole_year`` a sheet has one assessed amount a year; from ``assessed_from`` on a new one holds.
    ``answers`` are what was decided about a roster.
    """

    corpus: Corpus
    columns: Sequence[SheetColumn]
    words: Mapping[str, Mapping[str, Bilingual]]
    as_of: date
    paths: frozenset[str]
    year: int | None = None
    collector: str | None = None
    paid_on: Mapping[str, date] = field(default_factory=dict)
    drafts: frozenset[str] = frozenset()
    whole_year: bool = False
    assessed_from: str | None = None
    answers: RosterAnswers | None = None

    def title(self, key: str) -> Bilingual:
        """Return the title of a column."""
        return next(column.title for column in self.columns if column.key == key)

    def format_value(self, key: str, value: Any) -> Any:
        """Return a value of a column, a code as its word."""
        return self.words.get(key, {}).get(value, value)


@dataclass
class SheetRow:
    """A row that is not empty. ``values`` has the fields that are not blank, days and months as in records.

    ``blocker`` is a problem that counts only if the row would change something.
    """

    number: int
    cells: Mapping[str, SheetCell]
    values: dict[str, Any] = field(default_factory=dict)
    member: str = ""
    blocker: SheetProblem | None = None

    def cells_are_blank(self, *keys: str) -> bool:
        """Tell whether nothing is written in some columns; a cell that could not be read has something."""
        return all(key not in self.cells or self.cells[key].blank for key in keys)

    def get(self, key: str) -> Any:
        """Return a value, None where the cell is blank or there is no such column."""
        return self.values.get(key)


class RowReader:
    """Reads the rows of one sheet and collects their problems."""

    def __init__(self, grid: SheetGrid, header: HeaderRow, context: ImportContext) -> None:
        self.grid, self.header, self.context = grid, header, context
        self._problems: list[tuple[int, int, SheetProblem]] = []
        self._columns = {column.key: column for column in context.columns if column.key in header.places}
        self._bad: set[int] = set()
        self.read = 0
        """The number of rows that were not empty."""
        self.remarks: list[Text] = []
        """What is to be said about the sheet and keeps nothing from being written."""

    @property
    def problems(self) -> tuple[SheetProblem, ...]:
        """The problems so far, in the order of the sheet."""
        return tuple(problem for _, _, problem in sorted(self._problems, key=lambda problem: problem[:2]))

    def note(self, row: SheetRow, key: str, message: Text, hint: Text | None = None) -> None:
        """Add a problem with a cell of a row; without such a column, with the row's first cell.

        Without a hint it says what the column takes.
        """
        cell, column = self.find_cell(row, key), self._columns.get(key)
        hint = hint or (self._hint(column) if column else None)
        found = cell.written if key in row.cells else ""
        self.keep_problem(row, cell, SheetProblem(self.grid.address(cell), message, hint, found=found))

    def keep_problem(self, row: SheetRow, cell: SheetCell, problem: SheetProblem) -> None:
        """Add a problem, with what stands in its cell; its row changes nothing."""
        self._bad.add(row.number)
        if problem.found is None:
            written = (each.written for each in row.cells.values() if self.grid.address(each) == problem.cell)
            problem = problem._replace(found=next(written, ""))
        self._problems.append((cell.row, cell.column, problem))

    def find_address(self, row: SheetRow, key: str) -> str:
        """Return the address of a cell."""
        return self.grid.address(self.find_cell(row, key))

    def find_cell(self, row: SheetRow, key: str) -> SheetCell:
        """Return the cell of a field; without such a column, the row's first cell."""
        return row.cells.get(key) or next(iter(row.cells.values()))

    def is_good(self, row: SheetRow) -> bool:
        """Tell whether a row has no problem."""
        return row.number not in self._bad

    def rows(self) -> list[SheetRow]:
        """Return the rows with a value in a column that is read, without repeated heads."""
        places = self.header.places
        rows = []
        for cells in self.grid.rows[self.header.row :]:
            row_cells = {key: cells[at] for key, at in places.items()}
            if all(cell.blank for cell in row_cells.values()) or repeats_header(
                cells, self.grid.rows[self.header.row - 1], places
            ):
                continue
            rows.append(self._row(row_cells))
        self.read = len({row.number for row in rows})
        return rows

    def _row(self, cells: dict[str, SheetCell]) -> SheetRow:
        row = SheetRow(next(iter(cells.values())).row, cells)
        for key, column in self._columns.items():
            cell = cells[key]
            if column.form in _MAY_BE_CROSSED_OUT and not column.needed and cell_values.is_crossed_out(cell.value):
                cells[key] = cell = cell._replace(value=None)
            if cell.flaw is not None:
                hint = say("Write the value itself into this cell.")
                self.note(row, key, cell.flaw, hint)
            elif not cell.blank:
                value = self._value(column, cell)
                if isinstance(value, Text):
                    self.note(row, key, value, self._hint(column))
                else:
                    row.values[key] = value
        return row

    def _value(self, column: SheetColumn, cell: SheetCell) -> Any:
        raw, form = cell.value, column.form
        if form is CellType.DAY:
            day = day_cells.parse_day_cell(raw, mac=self.grid.mac)
            return day if isinstance(day, Text) else day.isoformat()
        if form is CellType.NUMBER:
            return cell_values.parse_number(raw, percent=cell.percent)
        if form is CellType.MONEY:
            return cell_values.parse_money(raw, percent=cell.percent)
        if form is CellType.CODE:
            return cell_values.parse_code(raw, self.context.words[column.key])
        if form is CellType.MONTH and cell.month_shown and isinstance(raw, date):
            raw = raw.replace(day=1)
        readers = {
            CellType.MONTH: lambda value: day_cells.parse_month_cell(value, self.context.year),
            CellType.YEAR: day_cells.parse_year_cell,
            CellType.GROUP: self._group,
            CellType.NAME: cell_values.parse_name,
        }
        # A cell of ids may hold a unique name instead; ``identify_rows`` looks at the whole row.
        return readers.get(form, cell_values.parse_text)(raw)

    def _group(self, raw: Any) -> str | Text:
        text = cell_values.parse_text(raw)
        branch = self.context.corpus.branch
        if isinstance(text, Text) or branch is None:
            return text
        wanted = cell_values.normalise_words(text)
        ids = [
            group.id
            for group in branch.groups
            if wanted in {cell_values.normalise_words(group.id), cell_values.normalise_words(group.name)}
        ]
        return ids[0] if len(ids) == 1 else say("branch.yaml has no group {id}.", id=text)

    def _hint(self, column: SheetColumn) -> Text:
        if column.form is CellType.CODE:
            return say("The words are: {words}.", words=tuple(self.context.words[column.key].values()))
        groups = self.context.corpus.branch.groups if self.context.corpus.branch else ()
        if column.form is CellType.GROUP:
            return say("The groups are: {ids}.", ids=tuple(f"{group.id} {group.name}" for group in groups))
        return _HINTS.get(column.form, HOW_TO_WRITE_TEXT)

    def note_missing(self, row: SheetRow, *keys: str) -> bool:
        """Note the needed fields that a row does not have; True where there are any."""
        # A cell that could not be read has its problem already.
        missing = [key for key in keys if key not in row.values and (key not in row.cells or row.cells[key].blank)]
        for key in missing:
            message = say("{field} is missing here.", field=self.context.title(key))
            hint = say("Fill the cell in, or delete the row.")
            self.note(row, key, message, hint if key in row.cells else say("Add this column to the sheet."))
        return bool(missing)

    def has_all(self, row: SheetRow, *keys: str) -> bool:
        """Tell whether a row has all of some fields; note those that are missing."""
        return not self.note_missing(row, *keys) and all(row.get(key) is not None for key in keys)

"""Read the rows of a roster: months without a day, Party groups that are new, people who are no members yet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dangwu.model.import_plan import SheetProblem
from dangwu.model.message import Text, say
from dangwu.model.roster_answers import MONTHS_FIRST, RosterAnswers
from dangwu.sheets.columns import CellType
from dangwu.sheets.read import cell_values, day_cells
from dangwu.sheets.read.rows import RowReader

if TYPE_CHECKING:
    from dangwu.sheets.columns import SheetColumn
    from dangwu.sheets.read.cell_grid import RawValue, SheetCell
    from dangwu.sheets.read.rows import SheetRow

_ONLY_MONTH = say("Only the month is given here, not the day.")
_ABOUT_MONTHS = say(
    "Write the day; or decide for all of them: --months first records the first day of the month, --months leave-out"
    " records no day."
)
_RECORD_FIRST = say("--months first")
_YEAR_FIRST = re.compile(r"[0-9]{4}[^0-9]?[0-9]")
_NUMERALS = str.maketrans("一二三四五六七八九", "123456789")
_GROUP_WORDS = re.compile("[第党小支部号()（）]|^在")
_NO_MEMBERS = re.compile("(?:入党)?积极分子|发展对象|(?:入党)?申请人|群众|共青团员|团员")
_SAMPLE = frozenset({"示例", "例", "样例", "example"})
"""The first cell of a row that only shows how to fill in the others."""


class RosterReader(RowReader):
    """Reads a roster; a month without a day stays one where the record takes it, and is asked about elsewhere."""

    @property
    def answers(self) -> RosterAnswers:
        """What was decided about the roster."""
        return self.context.answers or RosterAnswers()

    def _value(self, column: SheetColumn, cell: SheetCell) -> Any:
        if column.form is CellType.DAY and (month := _read_month(cell.value)) is not None:
            if isinstance(month, Text) or column.takes_month:
                return month
            if self.answers.months is None:
                return _ONLY_MONTH
            return f"{month}-01" if self.answers.months == MONTHS_FIRST else None
        if column.key == "status" and isinstance(cell.value, str) and is_outsider(cell.value):
            return None
        return super()._value(column, cell)

    def note(self, row: SheetRow, key: str, message: Text, hint: Text | None = None) -> None:
        """Add a problem with a cell of a row; a month without a day is one question for the whole roster."""
        if message != _ONLY_MONTH:
            super().note(row, key, message, hint)
            return
        problem = SheetProblem(self.find_address(row, key), message, _ABOUT_MONTHS, (_RECORD_FIRST,))
        self.keep_problem(row, row.cells[key], problem)

    def rows(self) -> list[SheetRow]:
        """Return the rows about people, without those that show how to fill in the others."""
        rows = super().rows()
        # By their numbers: rows that close the list are no longer in the grid.
        first = {
            cells[0].row: next((cell.value for cell in cells if not cell.blank), None)
            for cells in self.grid.rows
            if cells
        }
        kept = [row for row in rows if not is_sample(first.get(row.number))]
        self.read = len({row.number for row in kept})
        return kept

    def _group(self, raw: Any) -> str | Text:
        """Return the id of a Party group of the branch, by any usual spelling of its name; else the new name."""
        text = cell_values.parse_text(raw)
        branch = self.context.corpus.branch
        if isinstance(text, Text) or branch is None:
            return text
        exact = cell_values.normalise_words(text)
        for form, wanted in ((cell_values.normalise_words, exact), (normalise_group, normalise_group(text))):
            ids = [group.id for group in branch.groups if wanted in {form(group.id), form(group.name)}]
            if ids:
                return ids[0] if len(ids) == 1 else super()._group(raw)
        return text


def normalise_group(name: str) -> str:
    """Return a group's name for comparison: 第一党小组, 第1小组 and 一组 are one."""
    return _GROUP_WORDS.sub("", cell_values.normalise_words(name)).translate(_NUMERALS)


def is_outsider(value: RawValue) -> bool:
    """Tell whether a person's category says that the person is not a member yet."""
    return isinstance(value, str) and _NO_MEMBERS.fullmatch(cell_values.normalise_words(value)) is not None


def is_sample(value: RawValue) -> bool:
    """Tell whether the first cell of a row says that the row is an example."""
    return isinstance(value, str) and cell_values.normalise_words(value).rstrip(":") in _SAMPLE


def _read_month(value: RawValue) -> str | Text | None:
    """Return the month of a cell that has a month and no day, a Text where it may be January or October, else None."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if isinstance(value, str):
        text = day_cells.normalise_digits(value)
    elif value == int(value):
        text = str(int(value)) if len(str(int(value))) == len("200106") else ""
    else:
        text = f"{value:.2f}" if value == round(value, 2) else ""
        if text.endswith("0") and day_cells.FIRST_YEAR <= value <= day_cells.LAST_YEAR:
            return day_cells.parse_month_cell(value)
    month = day_cells.parse_month_cell(text) if _YEAR_FIRST.match(text) else None
    return month if isinstance(month, str) else None

"""A dues ledger with columns for each month, as most branches keep it → a row for each payment.

Under a month stands the day of payment, the amount or a tick; or two columns under one month have amount and day.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.import_plan import MatchedColumn, SheetProblem
from dangwu.model.message import Text, say
from dangwu.sheets.read import cell_values, day_cells
from dangwu.sheets.read.cell_grid import SheetCell, format_column_letters
from dangwu.sheets.read.header_row import find_field, is_mapped, read_heads, repeats_header

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from dangwu.sheets.columns import SheetColumn
    from dangwu.sheets.read.cell_grid import SheetGrid
    from dangwu.sheets.read.header_row import HeaderRow

_FEWEST_MONTHS = 2
_ANY_YEAR = 2000
_HOW_TO_WRITE_PAYMENTS = say(
    "Write the day of payment with its year (2026-03-05), the amount, or √ into the cells, and nothing where nothing is"
    " paid yet; or fill in what dangwu export dues writes."
)
_PAYMENT_KEYS = ("month", "date", "amount")


class _MonthColumns(NamedTuple):
    """The columns of one month: its head, and where days and amounts stand; one place for both if there is no other."""

    head: SheetCell
    days: int | None
    amounts: int | None


class MonthLayout(NamedTuple):
    """Where a ledger has its months, with the row of heads without them; ``paid_on`` is the row of days for all."""

    header: HeaderRow
    heads: tuple[SheetCell, ...]
    months: tuple[_MonthColumns, ...]
    paid_on: tuple[SheetCell, ...] | None


def find_month_layout(
    grid: SheetGrid, header: HeaderRow, columns: Sequence[SheetColumn], mapping: Mapping[str, str | None]
) -> MonthLayout | None:
    """Return the layout of a ledger whose columns are months; None for any other sheet."""
    for first in (header.row - 1, header.row):
        row = grid.rows[first - 1] if first else ()
        starts = [at for at, cell in enumerate(row) if _is_month(cell) and not is_mapped(cell, mapping)]
        below = grid.rows[first] if len(grid.rows) > first else ()
        months = [_find_month_columns(row, below, at, columns, mapping) for at in starts]
        paired = any(month.days != month.amounts for month in months)
        # The heads of two rows belong together only where the months need the lower one.
        if not months or (len(months) < _FEWEST_MONTHS and not paired) or (first < header.row and not paired):
            continue
        spans = {at for month in months for at in _list_span(row, row.index(month.head))}
        heads = tuple(
            cell._replace(value=None, flaw=None)
            if at in spans
            else below[at]
            if paired and (cell.value is None or cell.blank)
            else cell
            for at, cell in enumerate(row)
        )
        read = read_heads(heads, columns, mapping)._replace(row=first + paired)
        if "month" in read.places:
            return None
        if not {"member", "name"} & set(read.places):
            continue
        return MonthLayout(read, heads, tuple(months), _find_row_of_days(grid, read, months, columns))
    return None


def _find_month_columns(
    row: Sequence[SheetCell],
    below: Sequence[SheetCell],
    start: int,
    columns: Sequence[SheetColumn],
    mapping: Mapping[str, str | None],
) -> _MonthColumns:
    fields = {find_field(below[at], columns, mapping): at for at in reversed(_list_span(row, start)) if at < len(below)}
    days, amounts = fields.get("date"), fields.get("amount")
    return _MonthColumns(row[start], start, start) if days == amounts else _MonthColumns(row[start], days, amounts)


def _list_span(row: Sequence[SheetCell], start: int) -> list[int]:
    """Return the columns that a head covers: its own, and those without a head of their own right of it."""
    end = start + 1
    while end < len(row) and row[end].value is None:
        end += 1
    return list(range(start, end))


def _is_month(cell: SheetCell) -> bool:
    if isinstance(cell.value, datetime | date):
        return cell.value.day == 1 or cell.month_shown
    # A bare number may mean anything.
    is_text = isinstance(cell.value, str) and not cell.value.strip().isdigit()
    return is_text and isinstance(day_cells.parse_month_cell(cell.value, _ANY_YEAR), str)


def _find_row_of_days(
    grid: SheetGrid, header: HeaderRow, months: Sequence[_MonthColumns], columns: Sequence[SheetColumn]
) -> tuple[SheetCell, ...] | None:
    """Return the row that says for each month on which day was collected: its first text is a head of days."""
    for cells in grid.rows[header.row :]:
        first = next((cell for cell in cells if not cell.blank), None)
        if first is None or find_field(first, columns, {}) != "date":
            continue
        said = [cells[place] for month in months for place in {month.days, month.amounts} if place is not None]
        if all(_is_empty(cell) or _is_day(cell, grid) for cell in said):
            return cells
    return None


def _is_empty(cell: SheetCell) -> bool:
    return cell.blank or cell_values.is_crossed_out(cell.value)


def _is_day(cell: SheetCell, grid: SheetGrid) -> bool:
    return isinstance(day_cells.parse_day_cell(cell.value, mac=grid.mac), date)


def unfold_months(
    grid: SheetGrid, layout: MonthLayout, columns: Sequence[SheetColumn], year: int | None
) -> tuple[SheetGrid, HeaderRow] | SheetProblem:
    """Return a grid with a row for each payment; ``year`` is the year of months written without one.

    A ledger without a year, or with something else than days, amounts and ticks, is a problem.
    """
    labels: list[str] = []
    for month in layout.months:
        value = month.head.value
        label = day_cells.parse_month_cell(value.replace(day=1) if isinstance(value, date) else value, year)
        if isinstance(label, Text):
            retry = () if year else (say("--year YEAR"),)
            found, hint = month.head.written, day_cells.HOW_TO_WRITE_MONTH
            return SheetProblem(grid.address(month.head), label, hint, retry, found=found)
        labels.append(label)
    unfolder = _Unfolder(grid, layout, labels)
    entries = [cells for cells in grid.rows[layout.header.row :] if not unfolder.says_nothing(cells)]
    paid = [cell for cells in entries for cell in unfolder.list_payment_cells(cells)]
    if paid and not any(unfolder.can_read(cell) for cell in paid):
        message = say("This is neither a day of payment nor an amount: {text}", text=str(paid[0].value))
        return SheetProblem(grid.address(paid[0]), message, _HOW_TO_WRITE_PAYMENTS)
    long_rows = [row for cells in entries for row in unfolder.unfold_row(cells)]
    width = len(layout.heads)
    head = (*layout.heads, *(SheetCell(layout.header.row, width + more, None) for more in (1, 2, 3)))
    long_grid = grid._replace(rows=(*grid.rows[: layout.header.row - 1], head, *long_rows))
    amounts = {cell.column for cell in paid if not _is_day(cell, grid)} - {
        cell.column for cell in paid if _is_day(cell, grid)
    }
    return long_grid, _extend_header_row(layout, columns, width, amounts)


class _Unfolder(NamedTuple):
    """Turns the row of a member into rows with month, day and amount behind its cells."""

    grid: SheetGrid
    layout: MonthLayout
    labels: Sequence[str]

    def says_nothing(self, cells: Sequence[SheetCell]) -> bool:
        """Tell whether a row repeats the heads, is the row of days, or is empty in all columns that are read."""
        places = [*self.layout.header.places.values(), *self._list_places()]
        return (
            cells is self.layout.paid_on
            or repeats_header(cells, self.layout.heads, self.layout.header.places)
            or all(cells[at].blank for at in places)
        )

    def _list_places(self) -> Iterator[int]:
        for month in self.layout.months:
            yield from (at for at in dict.fromkeys((month.days, month.amounts)) if at is not None)

    def list_payment_cells(self, cells: Sequence[SheetCell]) -> list[SheetCell]:
        """Return the cells of a row in which payments may stand."""
        return [cells[at] for at in self._list_places() if not _is_empty(cells[at])]

    def can_read(self, cell: SheetCell) -> bool:
        """Tell whether a cell has a day, an amount or a tick."""
        return _is_day(cell, self.grid) or _is_amount(cell) or cell_values.is_tick(cell.value)

    def unfold_row(self, cells: Sequence[SheetCell]) -> Iterator[tuple[SheetCell, ...]]:
        """Yield a row for each payment; a member who has paid nothing yet has one without a day."""
        paid = False
        for month, label in zip(self.layout.months, self.labels, strict=True):
            day, amount = self._read_payment(cells, month)
            if not _is_empty(day) or not _is_empty(amount):
                paid = True
                yield (*cells, SheetCell(day.row, day.column, label), day, amount)
        if not paid:
            first = self.layout.months[0].head
            blank = SheetCell(cells[0].row, first.column, None)
            yield (*cells, blank._replace(value=self.labels[0]), blank, blank)

    def _read_payment(self, cells: Sequence[SheetCell], month: _MonthColumns) -> tuple[SheetCell, SheetCell]:
        """Return the cells of day and amount; a tick is the amount that is due, nought is nothing paid."""
        nothing = cells[month.days if month.days is not None else month.amounts or 0]._replace(value=None, flaw=None)
        if month.days == month.amounts:
            cell = cells[month.days or 0]
            is_amount = not _is_day(cell, self.grid) and (_is_amount(cell) or cell_values.is_tick(cell.value))
            day, amount = (nothing, cell) if is_amount else (cell, nothing)
        else:
            day = nothing if month.days is None else cells[month.days]
            amount = nothing if month.amounts is None else cells[month.amounts]
        if cell_values.is_tick(amount.value):
            due = (
                cells[self.layout.header.places["assessed"]].value if "assessed" in self.layout.header.places else None
            )
            amount = amount._replace(value=due) if due is not None else amount
        elif cell_values.parse_money(amount.value) == 0 and _is_empty(day):
            amount = nothing
        if _is_empty(day) and not _is_empty(amount) and self.layout.paid_on is not None:
            place = month.amounts if month.days is None or month.days == month.amounts else month.days
            said = self.layout.paid_on[place or 0]
            day = day._replace(value=said.value)
        return day, amount


def _is_amount(cell: SheetCell) -> bool:
    return not isinstance(cell_values.parse_money(cell.value), Text)


def _extend_header_row(
    layout: MonthLayout, columns: Sequence[SheetColumn], width: int, amounts: Collection[int]
) -> HeaderRow:
    """Return the header row with the fields of payments; what the sheet has of them beside the months is not read.

    ``amounts`` are the columns, from 1, that have amounts alone.
    """
    titles = {column.key: column.title for column in columns}
    kept = {key: at for key, at in layout.header.places.items() if key not in {*_PAYMENT_KEYS, "reason"}}
    matched = [
        column._replace(key=None, field=None) if column.key in {*_PAYMENT_KEYS, "reason"} else column
        for column in layout.header.columns
    ]
    for month in layout.months:
        places = {"date": month.days, "amount": month.amounts}
        if month.days == month.amounts:
            places["amount" if month.head.column not in amounts else "date"] = None
        for key, at in places.items():
            if at is not None:
                shown = day_cells.describe_month_head(month.head.value)
                matched.append(MatchedColumn(format_column_letters(at + 1), shown, key, titles[key]))
    long_places = {**kept, **{key: width + at for at, key in enumerate(_PAYMENT_KEYS)}}
    return layout.header._replace(places=long_places, columns=tuple(matched))

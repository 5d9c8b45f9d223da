"""A dues ledger with a column for each month, as most branches keep it → a row for each payment."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from dangwu.model.import_plan import SheetProblem
from dangwu.model.message import Text, say
from dangwu.sheets.read import cell_values, day_cells
from dangwu.sheets.read.cell_grid import SheetCell, format_column_letters
from dangwu.sheets.read.header_row import is_closing_row, is_mapped, repeats_header

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dangwu.sheets.columns import SheetColumn
    from dangwu.sheets.read.cell_grid import SheetGrid
    from dangwu.sheets.read.header_row import HeaderRow

_FEWEST_MONTHS = 2
_ANY_YEAR = 2000
_HOW_TO_WRITE_PAYMENTS = say(
    "Write the day of payment with its year into the cells (2026-03-05), and nothing where nothing is paid yet; or fill"
    " in what dangwu export dues writes."
)


def unfold_months(
    grid: SheetGrid,
    header: HeaderRow,
    columns: Sequence[SheetColumn],
    mapping: Mapping[str, str | None],
    year: int | None,
) -> tuple[SheetGrid, HeaderRow] | SheetProblem | None:
    """Return a ledger whose columns are months as a grid with a row for each payment; None for any other sheet.

    The cells under a month hold the days of payment; ``year`` is the year of months written without one. A ledger
    without a year, or with amounts or ticks instead of days, is a problem.
    """
    row = grid.rows[header.row - 1]
    month_cells = {at: spot for at, spot in enumerate(row) if _is_month(spot) and not is_mapped(spot, mapping)}
    if len(month_cells) < _FEWEST_MONTHS or {"month", "date"} & set(header.places):
        return None
    months: dict[int, str] = {}
    for at, spot in month_cells.items():
        month = day_cells.parse_month_cell(spot.value, year)
        if isinstance(month, Text):
            return SheetProblem(grid.address(spot), month, day_cells.HOW_TO_WRITE_MONTH)
        months[at] = month
    entries = [cells for cells in grid.rows[header.row :] if not _says_nothing(cells, row, header, months)]
    payment_cells = [cells[at] for cells in entries if not is_closing_row(cells, header.places) for at in months]
    paid = [cell for cell in payment_cells if not _is_empty(cell)]
    if paid and not any(isinstance(day_cells.parse_day_cell(cell.value, mac=grid.mac), date) for cell in paid):
        message = say("The columns of the months do not say on which day was paid.")
        return SheetProblem(grid.address(paid[0]), message, _HOW_TO_WRITE_PAYMENTS)
    return _build_long_grid(grid, header, entries, months), _extend_header_row(
        header, month_cells.values(), columns, len(row)
    )


def _is_month(cell: SheetCell) -> bool:
    if isinstance(cell.value, datetime | date):
        return cell.value.day == 1
    # A bare number may mean anything.
    is_text = isinstance(cell.value, str) and not cell.value.strip().isdigit()
    return is_text and isinstance(day_cells.parse_month_cell(cell.value, _ANY_YEAR), str)


def _says_nothing(
    cells: Sequence[SheetCell], row: Sequence[SheetCell], header: HeaderRow, months: Mapping[int, str]
) -> bool:
    return repeats_header(cells, row, header.places) or all(
        cells[at].blank for at in (*header.places.values(), *months)
    )


def _is_empty(cell: SheetCell) -> bool:
    return cell.blank or cell_values.is_crossed_out(cell.value)


def _build_long_grid(
    grid: SheetGrid, header: HeaderRow, entries: Sequence[Sequence[SheetCell]], months: Mapping[int, str]
) -> SheetGrid:
    """Return the rows with month and day appended; a member who has paid nothing yet has one row without a day."""
    row = grid.rows[header.row - 1]
    long_rows: list[tuple[SheetCell, ...]] = []
    for cells in entries:
        paid = [at for at in months if not _is_empty(cells[at])]
        long_rows += [
            (*cells, SheetCell(cells[at].row, cells[at].column, months[at]), cells[at])
            for at in paid or list(months)[:1]
        ]
    head = (*row, *(SheetCell(header.row, len(row) + more, None) for more in (1, 2)))
    return grid._replace(rows=(*grid.rows[: header.row - 1], head, *long_rows))


def _extend_header_row(
    header: HeaderRow, months: Iterable[SheetCell], columns: Sequence[SheetColumn], width: int
) -> HeaderRow:
    """Return the header row with month and date added; the month columns are reported as days of payment."""
    title = next(column.title for column in columns if column.key == "date")
    taken = {format_column_letters(cell.column) for cell in months}
    matched = tuple(
        column._replace(key="date", field=title) if column.letter in taken else column for column in header.columns
    )
    return header._replace(places={**header.places, "month": width, "date": width + 1}, columns=matched)

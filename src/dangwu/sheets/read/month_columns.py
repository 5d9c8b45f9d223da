"""A ledger of dues with a column for each month, as most branches keep it → a row for each payment."""

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
    grid: SheetGrid, heads: HeaderRow, columns: Sequence[SheetColumn], said: Mapping[str, str | None], year: int | None
) -> tuple[SheetGrid, HeaderRow] | SheetProblem | None:
    """Return a ledger whose months are columns as one with a row for each payment; None where it is none.

    The cells under a month hold the days of payment; ``year`` is that of months written without one. A ledger that
    says no year, or has amounts or ticks in the place of days, is a problem.
    """
    row = grid.rows[heads.row - 1]
    found = {at: spot for at, spot in enumerate(row) if _is_month(spot) and not is_mapped(spot, said)}
    if len(found) < _FEWEST_MONTHS or {"month", "date"} & set(heads.places):
        return None
    months: dict[int, str] = {}
    for at, spot in found.items():
        month = day_cells.parse_month_cell(spot.value, year)
        if isinstance(month, Text):
            return SheetProblem(grid.address(spot), month, day_cells.HOW_TO_WRITE_MONTH)
        months[at] = month
    entries = [spots for spots in grid.rows[heads.row :] if not _says_nothing(spots, row, heads, months)]
    cells = [spots[at] for spots in entries if not is_closing_row(spots, heads.places) for at in months]
    paid = [cell for cell in cells if not _is_empty(cell)]
    if paid and not any(isinstance(day_cells.parse_day_cell(cell.value, mac=grid.mac), date) for cell in paid):
        message = say("The columns of the months do not say on which day was paid.")
        return SheetProblem(grid.address(paid[0]), message, _HOW_TO_WRITE_PAYMENTS)
    return _build_long_grid(grid, heads, entries, months), _extend_header_row(heads, found.values(), columns, len(row))


def _is_month(spot: SheetCell) -> bool:
    if isinstance(spot.value, datetime | date):
        return spot.value.day == 1
    # A number alone may be anything.
    said = isinstance(spot.value, str) and not spot.value.strip().isdigit()
    return said and isinstance(day_cells.parse_month_cell(spot.value, _ANY_YEAR), str)


def _says_nothing(
    spots: Sequence[SheetCell], row: Sequence[SheetCell], heads: HeaderRow, months: Mapping[int, str]
) -> bool:
    return repeats_header(spots, row, heads.places) or all(spots[at].blank for at in (*heads.places.values(), *months))


def _is_empty(spot: SheetCell) -> bool:
    return spot.blank or cell_values.is_crossed_out(spot.value)


def _build_long_grid(
    grid: SheetGrid, heads: HeaderRow, entries: Sequence[Sequence[SheetCell]], months: Mapping[int, str]
) -> SheetGrid:
    """Return the rows with month and day at their end; who has paid nothing yet has one without a day."""
    row = grid.rows[heads.row - 1]
    below: list[tuple[SheetCell, ...]] = []
    for spots in entries:
        paid = [at for at in months if not _is_empty(spots[at])]
        below += [
            (*spots, SheetCell(spots[at].row, spots[at].column, months[at]), spots[at])
            for at in paid or list(months)[:1]
        ]
    head = (*row, *(SheetCell(heads.row, len(row) + more, None) for more in (1, 2)))
    return grid._replace(rows=(*grid.rows[: heads.row - 1], head, *below))


def _extend_header_row(
    heads: HeaderRow, months: Iterable[SheetCell], columns: Sequence[SheetColumn], width: int
) -> HeaderRow:
    """Return the heads with the columns of months shown as days of payment."""
    title = next(column.title for column in columns if column.key == "date")
    taken = {format_column_letters(spot.column) for spot in months}
    matched = tuple(
        column._replace(key="date", field=title) if column.letter in taken else column for column in heads.columns
    )
    return heads._replace(places={**heads.places, "month": width, "date": width + 1}, columns=matched)

"""A ledger of dues with a column for each month, as most branches keep it → a row for each payment."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from dangwu.model.import_plan import Trouble
from dangwu.model.message import Text, say
from dangwu.sheets.read import cell_values, day_cells
from dangwu.sheets.read.cell_grid import Spot, letters
from dangwu.sheets.read.header_row import closes, repeats, spoken_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dangwu.sheets.columns import SheetColumn
    from dangwu.sheets.read.cell_grid import Grid
    from dangwu.sheets.read.header_row import Heads

_FEWEST = 2
_ANY_YEAR = 2000
_HOW = say(
    "Write the day of payment with its year into the cells (2026-03-05), and nothing where nothing is paid yet; or fill"
    " in what dangwu export dues writes."
)


def unfolded(
    grid: Grid, heads: Heads, columns: Sequence[SheetColumn], said: Mapping[str, str | None], year: int | None
) -> tuple[Grid, Heads] | Trouble | None:
    """Return a ledger whose months are columns as one with a row for each payment; None where it is none.

    The cells under a month hold the days of payment; ``year`` is that of months written without one. A ledger that
    says no year, or has amounts or ticks in the place of days, is a problem.
    """
    row = grid.rows[heads.row - 1]
    found = {at: spot for at, spot in enumerate(row) if _is_month(spot) and not spoken_of(spot, said)}
    if len(found) < _FEWEST or {"month", "date"} & set(heads.places):
        return None
    months: dict[int, str] = {}
    for at, spot in found.items():
        month = day_cells.month(spot.value, year)
        if isinstance(month, Text):
            return Trouble(grid.address(spot), month, day_cells.HOW_MONTH)
        months[at] = month
    entries = [spots for spots in grid.rows[heads.row :] if not _says_nothing(spots, row, heads, months)]
    cells = [spots[at] for spots in entries if not closes(spots, heads.places) for at in months]
    paid = [each for each in cells if not _empty(each)]
    if paid and not any(isinstance(day_cells.day(each.value, mac=grid.mac), date) for each in paid):
        message = say("The columns of the months do not say on which day was paid.")
        return Trouble(grid.address(paid[0]), message, _HOW)
    return _long(grid, heads, entries, months), _taken(heads, found.values(), columns, len(row))


def _is_month(spot: Spot) -> bool:
    if isinstance(spot.value, datetime | date):
        return spot.value.day == 1
    # A number alone may be anything.
    said = isinstance(spot.value, str) and not spot.value.strip().isdigit()
    return said and isinstance(day_cells.month(spot.value, _ANY_YEAR), str)


def _says_nothing(spots: Sequence[Spot], row: Sequence[Spot], heads: Heads, months: Mapping[int, str]) -> bool:
    return repeats(spots, row, heads.places) or all(spots[at].blank for at in (*heads.places.values(), *months))


def _empty(spot: Spot) -> bool:
    return spot.blank or cell_values.nothing(spot.value)


def _long(grid: Grid, heads: Heads, entries: Sequence[Sequence[Spot]], months: Mapping[int, str]) -> Grid:
    """Return the rows with month and day at their end; who has paid nothing yet has one without a day."""
    row = grid.rows[heads.row - 1]
    below: list[tuple[Spot, ...]] = []
    for spots in entries:
        paid = [at for at in months if not _empty(spots[at])]
        below += [
            (*spots, Spot(spots[at].row, spots[at].column, months[at]), spots[at]) for at in paid or list(months)[:1]
        ]
    head = (*row, *(Spot(heads.row, len(row) + more, None) for more in (1, 2)))
    return grid._replace(rows=(*grid.rows[: heads.row - 1], head, *below))


def _taken(heads: Heads, months: Iterable[Spot], columns: Sequence[SheetColumn], width: int) -> Heads:
    """Return the heads with the columns of months shown as days of payment."""
    title = next(each.title for each in columns if each.key == "date")
    taken = {letters(spot.column) for spot in months}
    matched = tuple(each._replace(key="date", field=title) if each.letter in taken else each for each in heads.columns)
    return heads._replace(places={**heads.places, "month": width, "date": width + 1}, columns=matched)

"""The month, the year and the day of payment that a sheet states above its list, on its tab, or in the file's name."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from dangwu.model.message import Text, say
from dangwu.sheets.read import day_cells
from dangwu.sheets.read.cell_values import normalise_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from dangwu.sheets.read.cell_grid import SheetGrid

_Found = TypeVar("_Found")
_SPAN = r"[-~、,至到和及]"
_YEAR = re.compile(rf"(?<![0-9])(?<![0-9]{_SPAN})([12][0-9]{{3}})年(?![0-9]{{1,2}}月[0-9]{{1,2}}[日号])", re.ASCII)
_YEAR_SPAN = re.compile(rf"[0-9]{{4}}年?度?{_SPAN}[0-9]{{4}}年", re.ASCII)
_MONTH = re.compile(
    rf"(?<![0-9])(?<!{_SPAN})(?:([12][0-9]{{3}})年度?)?([0-9]{{1,2}})月(?!{_SPAN}|[0-9]{{1,2}}[日号]|份?{_SPAN}[0-9])",
    re.ASCII,
)
_DAY_OF_PAYMENT = re.compile("(?:党费)?(?:交纳|收交|交费|收款|交款)(?:日期|时间)[:：](.+)")


class StatedPeriod(NamedTuple):
    """What a sheet states of the time of its rows, as far as only one is stated; ``place`` is where."""

    year: int | None = None
    month: str | None = None
    paid_on: date | None = None
    place: str = ""


def read_stated_period(grid: SheetGrid, above: int, stem: str, year: int | None) -> StatedPeriod:
    """Return what is stated above the row of heads ``above``, else on the tab, else in the file's name.

    ``year`` is the year of a month that is stated without one. Two different years or months are none.
    """
    sources = [*_list_texts(grid, above), (grid.title, grid.title), (stem, stem)]
    found_year, _ = _find_only((text, place, _find_years(text)) for text, place in sources)
    default = year or found_year
    month, place = _find_only((text, place, _find_months(text, default)) for text, place in sources)
    days = [day for text, _ in _list_texts(grid, above) if (day := _find_day_of_payment(text)) is not None]
    return StatedPeriod(found_year, month, days[0] if len(set(days)) == 1 else None, place)


def _list_texts(grid: SheetGrid, above: int) -> Iterator[tuple[str, str]]:
    for row in grid.rows[: above - 1]:
        for cell in row:
            if isinstance(cell.value, str) and cell.value.strip() and cell.flaw is None:
                yield day_cells.normalise_digits(cell.value), grid.address(cell)


def _find_only(stated: Iterable[tuple[str, str, Collection[_Found]]]) -> tuple[_Found | None, str]:
    """Return the one value of the first source that has any, and that source; None where it has several."""
    for _, place, found in stated:
        if found:
            return (next(iter(found)), place) if len(found) == 1 else (None, "")
    return None, ""


def _find_years(text: str) -> set[int]:
    plain = day_cells.normalise_digits(normalise_words(text))
    return set() if _YEAR_SPAN.search(plain) else {int(match[1]) for match in _YEAR.finditer(plain)}


def _find_months(text: str, year: int | None) -> set[str]:
    plain = day_cells.normalise_digits(normalise_words(text))
    written = ((match[1] or year, match[0]) for match in _MONTH.finditer(plain))
    months = {
        day_cells.parse_month_cell(word if "年" in word else f"{known}年{word}") for known, word in written if known
    }
    return {month for month in months if not isinstance(month, Text)}


def _find_day_of_payment(text: str) -> date | None:
    match = _DAY_OF_PAYMENT.fullmatch(normalise_words(text).replace("缴", "交"))
    day = day_cells.parse_day_cell(match[1]) if match else None
    return day if isinstance(day, date) else None


def describe_stated(period: StatedPeriod, value: str) -> Text:
    """Return the note that says from where a month or a year was taken."""
    return say("{value} is taken from {place}, as no column says it.", value=value, place=period.place)

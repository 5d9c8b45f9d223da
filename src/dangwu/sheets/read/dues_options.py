"""The options of an import of dues: the month of all rows, days of payment, the month of a new amount."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dangwu.errors import UsageError
from dangwu.model.message import Text, say
from dangwu.sheets.read import day_cells

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date


class DuesOptions(NamedTuple):
    """The options as values; ``paid_on`` has "" for a day of all months."""

    month: str | None
    paid_on: Mapping[str, date]
    assessed_from: str | None


def read_dues_options(sheet: str, month: str | None, paid_on: Sequence[str], assessed_from: str | None) -> DuesOptions:
    """Return the options as values; UsageError for one that is not understood, or that its list does not have."""
    if sheet != "dues" and (month is not None or paid_on or assessed_from is not None):
        hint = say("Leave them out, or import the sheet as dues: dangwu import dues FILE")
        raise UsageError(say("--month, --paid-on and --assessed-from are for dues."), hint)
    days: dict[str, date] = {}
    for word in paid_on:
        first, equals, last = word.partition("=")
        day = day_cells.parse_day_cell(last if equals else first)
        if isinstance(day, Text):
            hint = say("Write --paid-on 2026-03=2026-03-05, or --paid-on 2026-03-05 for all rows.")
            raise UsageError(say("--paid-on {text}: this is no month with a day of payment.", text=word), hint)
        days[_read_month("--paid-on", first) if equals else ""] = day
    return DuesOptions(
        None if month is None else _read_month("--month", month),
        days,
        None if assessed_from is None else _read_month("--assessed-from", assessed_from),
    )


def _read_month(flag: str, word: str) -> str:
    month = day_cells.parse_month_cell(word)
    if isinstance(month, Text):
        raise UsageError(say("{flag}: {text} is no month as in 2026-03.", flag=flag, text=word), month)
    return month

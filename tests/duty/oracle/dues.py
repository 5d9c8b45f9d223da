"""The dues of one member for one month: when they were paid in full, and by when they had to be (10.1(6))."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tests.duty.oracle.days import Raw, calendar, day_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tests.duty.oracle.books import Books
    from tests.duty.oracle.days import Stretch


def paid_on(ledger: Raw, member: str | None, month: str, as_of: date) -> date | None:
    """Return the day on which what was paid for the month reached what was assessed, as known on a day.

    Who is assessed at nothing has nothing to pay: it is reached when the month begins.
    """
    first = day_of(f"{month}-01")
    if first.year != ledger["year"]:
        return None
    for row in ledger["members"]:
        if row["member"] != member:
            continue
        owed = _yuan(row["assessed"])
        if not owed and first <= as_of:
            return first
        for paid in sorted(row["paid"], key=lambda each: str(each["date"])):
            if paid["month"] == month and day_of(paid["date"]) <= as_of:
                owed -= _yuan(paid.get("amount", row["assessed"]))
                if owed <= 0:
                    return day_of(paid["date"])
    return None


def agreed_day(books: Books, stretch: Stretch, member: str | None, as_of: date) -> date | None:
    """Return the day agreed for the month by a deferral that was approved by then."""
    return next(_agreed_days(books, stretch, member, as_of), None)


def _agreed_days(books: Books, stretch: Stretch, member: str | None, as_of: date) -> Iterator[date]:
    for _path, ledger in books.of_kind("dues"):
        if not stretch.label.startswith(f"{ledger['year']}-"):
            continue
        for row in ledger["members"]:
            for each in row.get("deferrals", []) if row["member"] == member else []:
                if each["from"] <= stretch.label <= each["to"] and day_of(each["approved_on"]) <= as_of:
                    yield day_of(each["pay_by"]) if "pay_by" in each else _last_day(each["to"])


def _last_day(month: str) -> date:
    return next(each.last for each in calendar("month", int(month[:4])) if each.label == month)


def _yuan(amount: float) -> Fraction:
    """Read an amount as it is written, so that ten times 0.1 is 1."""
    return Fraction(str(amount))

"""The dues ledger read month by month (form 2.7; 10.1(6)). Amounts are yuan, compared in fen; no salary anywhere."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.model.period import Every, Period, periods

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dangwu.model.finding import Pointer
    from dangwu.model.record import Sheet


class Deferral(NamedTuple):
    """Months for which later payment was approved, with the reason's code, and the last day to pay."""

    first: Period
    last: Period
    reason: str
    approved_by: str
    approved_on: date
    pay_by: date


class MonthPaid(NamedTuple):
    """One member's month: assessed and paid in fen; ``full_on`` is the day on which the whole was paid.

    Where nothing is assessed, nothing is owed from the first day on.
    """

    member: str
    month: Period
    assessed: int
    paid: int
    full_on: date | None
    deferral: Deferral | None
    reason: str | None
    pointer: Pointer

    @property
    def due(self) -> date:
        """The last day on which payment is in time."""
        return self.deferral.pay_by if self.deferral else self.month.last


def fen(yuan: float) -> int:
    """Return an amount in fen."""
    return round(yuan * 100)


def yuan(amount: int) -> str:
    """Return an amount in fen as people write it: 45, 12.50."""
    return f"{amount // 100}.{amount % 100:02d}" if amount % 100 else str(amount // 100)


def months(ledger: Sheet) -> Iterator[MonthPaid]:
    """Yield the twelve months of every member in a year's ledger, in the ledger's order."""
    year = ledger.names or Period.parse(str(ledger.data["year"]))
    labelled = [(each.label, each) for each in periods(Every.MONTH, year.start, year.end)]
    for row, member in enumerate(ledger.data["members"]):
        deferrals = [_deferral(each) for each in member.get("deferrals", ())]
        paid: dict[str, list[Mapping[str, Any]]] = {}
        for each in sorted(member["paid"], key=lambda each: str(each["date"])):
            paid.setdefault(each["month"], []).append(each)
        for label, month in labelled:
            yield _month(member, month, paid.get(label, []), deferrals, ("members", row))


def _month(
    member: Mapping[str, Any],
    month: Period,
    rows: list[Mapping[str, Any]],
    deferrals: list[Deferral],
    pointer: Pointer,
) -> MonthPaid:
    assessed = fen(member["assessed"])
    paid, reason = 0, None
    full_on = None if assessed else month.start
    for each in rows:
        paid += fen(each.get("amount", member["assessed"]))
        reason = each.get("reason", reason)
        if full_on is None and paid >= assessed:
            full_on = date.fromisoformat(each["date"])
    return MonthPaid(
        member=member["member"],
        month=month,
        assessed=assessed,
        paid=paid,
        full_on=full_on,
        deferral=next((each for each in deferrals if each.first.start <= month.start < each.last.end), None),
        reason=reason,
        pointer=pointer,
    )


def _deferral(data: Mapping[str, Any]) -> Deferral:
    last = Period.parse(data["to"])
    pay_by = data.get("pay_by")
    return Deferral(
        first=Period.parse(data["from"]),
        last=last,
        reason=data["reason"],
        approved_by=data["approved_by"],
        approved_on=date.fromisoformat(data["approved_on"]),
        pay_by=date.fromisoformat(pay_by) if pay_by else last.last,
    )

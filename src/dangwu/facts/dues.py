"""The dues ledger read month by month (form 2.7; 10.1(6)). Amounts are yuan, compared in fen; no salary anywhere."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.model.period import Period, PeriodLength, list_periods

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dangwu.model.finding import Pointer
    from dangwu.model.record import GenericRecord


class Deferral(NamedTuple):
    """Months for which later payment was approved, with the reason's code, and the last day to pay."""

    first: Period
    last: Period
    reason: str
    approved_by: str
    approved_on: date
    pay_by: date


class MonthPayment(NamedTuple):
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


def convert_to_fen(yuan: float) -> int:
    """Return an amount in fen."""
    return round(yuan * 100)


def format_yuan(amount: int) -> str:
    """Return an amount in fen as people write it: 45, 12.50."""
    return f"{amount // 100}.{amount % 100:02d}" if amount % 100 else str(amount // 100)


def read_month_payments(ledger: GenericRecord) -> Iterator[MonthPayment]:
    """Yield the twelve months of every member in a year's ledger, in the ledger's order."""
    year = ledger.period or Period.parse(str(ledger.data["year"]))
    labelled = [(period.label, period) for period in list_periods(PeriodLength.MONTH, year.start, year.end)]
    for row, member in enumerate(ledger.data["members"]):
        deferrals = [_read_deferral(deferral) for deferral in member.get("deferrals", ())]
        paid: dict[str, list[Mapping[str, Any]]] = {}
        for each in sorted(member["paid"], key=lambda each: str(each["date"])):
            paid.setdefault(each["month"], []).append(each)
        for label, month in labelled:
            yield _build_month_payment(member, month, paid.get(label, []), deferrals, ("members", row))


def _build_month_payment(
    member: Mapping[str, Any],
    month: Period,
    rows: list[Mapping[str, Any]],
    deferrals: list[Deferral],
    pointer: Pointer,
) -> MonthPayment:
    assessed = convert_to_fen(member["assessed"])
    paid, reason = 0, None
    full_on = None if assessed else month.start
    for row in rows:
        paid += convert_to_fen(row.get("amount", member["assessed"]))
        reason = row.get("reason", reason)
        if full_on is None and paid >= assessed:
            full_on = date.fromisoformat(row["date"])
    return MonthPayment(
        member=member["member"],
        month=month,
        assessed=assessed,
        paid=paid,
        full_on=full_on,
        deferral=next(
            (deferral for deferral in deferrals if deferral.first.start <= month.start < deferral.last.end), None
        ),
        reason=reason,
        pointer=pointer,
    )


def _read_deferral(data: Mapping[str, Any]) -> Deferral:
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

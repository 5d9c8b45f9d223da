"""The dues ledger month by month (form 2.7; 10.1(6)). Amounts are in fen; salaries are never recorded."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.model.period import Period, PeriodLength, list_periods

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dangwu.model.finding import Pointer
    from dangwu.model.record import GenericRecord


_BINARY_DUST = 1e-6


class Deferral(NamedTuple):
    """Months for which later payment was approved, with the code of the reason and the last day to pay."""

    first: Period
    last: Period
    reason: str
    approved_by: str
    approved_on: date
    pay_by: date


class MonthPayment(NamedTuple):
    """One member's month: the amounts assessed and paid, in fen.

    ``full_on`` is the day on which the whole amount was paid, None if it was not; the first of the month where nothing
    is assessed. ``reason`` is a recorded reason for paying less, ``pointer`` the place of the row in the ledger.
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
    """Return an amount of yuan in fen."""
    return round(yuan * 100)


def is_less_than_fen(yuan: float) -> bool:
    """Tell whether an amount of yuan has a part that is less than a fen, beyond what binary numbers cannot hold."""
    return abs(yuan * 100 - round(yuan * 100)) > _BINARY_DUST


def find_assessed(member: Mapping[str, Any], month: str) -> Any:
    """Return the amount assessed for a month, as 2026-03, in a member's row: that of the last change up to it."""
    changes = [change for change in member.get("adjustments", ()) if change["from"] <= month]
    return max(changes, key=lambda change: str(change["from"]))["assessed"] if changes else member["assessed"]


def format_yuan(amount: int) -> str:
    """Return an amount in fen as yuan: 45, 12.50."""
    return f"{amount // 100}.{amount % 100:02d}" if amount % 100 else str(amount // 100)


def read_month_payments(ledger: GenericRecord) -> Iterator[MonthPayment]:
    """Yield the twelve months of every member in a year's ledger, in the ledger's order."""
    year = ledger.period or Period.parse(str(ledger.data["year"]))
    labelled = [(period.label, period) for period in list_periods(PeriodLength.MONTH, year.start, year.end)]
    for row, member in enumerate(ledger.data["members"]):
        deferrals = [_read_deferral(deferral) for deferral in member.get("deferrals", ())]
        payments: dict[str, list[Mapping[str, Any]]] = {}
        for payment in sorted(member["paid"], key=lambda payment: str(payment["date"])):
            payments.setdefault(payment["month"], []).append(payment)
        for label, month in labelled:
            yield _build_month_payment(member, month, payments.get(label, []), deferrals, ("members", row))


def _build_month_payment(
    member: Mapping[str, Any],
    month: Period,
    payments: list[Mapping[str, Any]],
    deferrals: list[Deferral],
    pointer: Pointer,
) -> MonthPayment:
    assessed = convert_to_fen(find_assessed(member, month.label))
    paid, reason = 0, None
    full_on = None if assessed else month.start
    for payment in payments:
        paid += convert_to_fen(payment["amount"]) if "amount" in payment else assessed
        reason = payment.get("reason", reason)
        if full_on is None and paid >= assessed:
            full_on = date.fromisoformat(payment["date"])
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

"""Dues that were paid for a month → the ledger with a row for each payment; everything else in the file stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.authoring.edit.edits import AddEdit, apply_edits
from dangwu.errors import UsageError
from dangwu.facts.dues import read_month_payments
from dangwu.model.message import say
from dangwu.workspace.edit_record import plan_edit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

    from dangwu.facts.dues import MonthPayment
    from dangwu.model.corpus import Corpus
    from dangwu.model.file_change import FileChange
    from dangwu.model.message import Text
    from dangwu.model.period import Period
    from dangwu.model.record import GenericRecord


class Payment(NamedTuple):
    """What was paid for a month: by whom, on which day, and the amount in yuan, None for the whole."""

    month: Period
    paid_on: date
    members: Sequence[str]
    amount: float | None = None


class PlannedPayments(NamedTuple):
    """The changed ledger, who is entered in it, and why others are not."""

    change: FileChange
    entered: tuple[str, ...]
    left_out: tuple[Text, ...]


def list_unpaid(corpus: Corpus, month: Period) -> Iterator[MonthPayment]:
    """Yield those of the ledger who belonged to the branch in the month and have paid nothing of what is due for it."""
    present = {member.id for member in corpus.find_members_during(month)}
    for row in read_month_payments(find_ledger(corpus, month)):
        if row.month == month and row.member in present and row.full_on is None:
            yield row


def find_ledger(corpus: Corpus, month: Period) -> GenericRecord:
    """Return the ledger of the month's year; UsageError where there is none, or none that can be read."""
    year = month.start.year
    ledger = corpus.by_year("dues").get(year)
    if ledger is None:
        path = f"dues/{year}.yaml"
        if any(file.path == path for file in corpus.unread):
            raise UsageError(
                say("{path} cannot be read as a record.", path=path),
                say("See what is wrong with it: dangwu check {path}", path=path),
            )
        message = say("There is no dues ledger for {year} yet.", year=year)
        raise UsageError(message, say("Write it first: dangwu new dues --year {year}", year=str(year)))
    return ledger


def plan_payments(corpus: Corpus, payment: Payment) -> PlannedPayments:
    """Return the ledger with the payments; UsageError where nobody is to be entered, or the file cannot be edited."""
    ledger = find_ledger(corpus, payment.month)
    rows = {row.member: row for row in read_month_payments(ledger) if row.month == payment.month}
    reasons = {member: _find_obstacle(corpus, rows.get(member), member) for member in payment.members}
    entered = tuple(member for member, reason in reasons.items() if reason is None)
    left_out = tuple(reason for reason in reasons.values() if reason is not None)
    if not entered:
        raise UsageError(left_out[0] if left_out else say("Everybody has paid for {month}.", month=payment.month.label))
    item: dict[str, Any] = {"month": payment.month.label, "date": payment.paid_on.isoformat()}
    if payment.amount is not None:
        item["amount"] = int(payment.amount) if payment.amount == int(payment.amount) else payment.amount
    edits = [AddEdit((*rows[member].pointer, "paid"), item) for member in entered]
    (change,) = plan_edit(corpus, ledger.path, apply_edits(corpus.documents[ledger.path].data, edits))
    return PlannedPayments(change, entered, left_out)


def _find_obstacle(corpus: Corpus, row: MonthPayment | None, member: str) -> Text | None:
    """Return why no payment can be entered for a member; None where it can."""
    name = corpus.name_of(member)
    if row is None:
        return say("{name} ({id}) has no row in the ledger of the year.", name=name, id=member)
    if row.full_on is not None:
        return say("{name} ({id}) has paid for {month} already.", name=name, id=member, month=row.month.label)
    return None


def split_amounts(rows: Collection[MonthPayment]) -> tuple[tuple[MonthPayment, ...], tuple[MonthPayment, ...]]:
    """Return those who owe the whole month now, and those who have paid a part or were allowed to pay later."""
    later = tuple(row for row in rows if row.paid or row.deferral is not None)
    return tuple(row for row in rows if row not in later), later

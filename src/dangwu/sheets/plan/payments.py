"""The payments of one member in one month, in a sheet and in the record → edits, or one question.

The whole amount written out is the same as none; a payment that is there twice is asked about, never added.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.authoring.edit.edits import AddEdit, PutEdit
from dangwu.facts.dues import convert_to_fen, format_yuan
from dangwu.model.import_plan import SheetProblem
from dangwu.model.message import say
from dangwu.sheets.plan.dues_account import PAYMENT_FIELDS, has_payment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dangwu.model.finding import Pointer
    from dangwu.model.message import Text
    from dangwu.sheets.plan.changes import RecordEditor
    from dangwu.sheets.plan.dues_account import DuesAccount
    from dangwu.sheets.read.rows import SheetRow

    Payments = Sequence[Mapping[str, Any]]

_KEYS_BEFORE = {"date": ("month",), "amount": ("date", "month"), "reason": ("amount", "date", "month")}


def match_payments(
    account: DuesAccount, month: str, rows: Sequence[SheetRow], place: Pointer, payments: Payments
) -> None:
    """Match the rows of a month with the payments in the ledger.

    Equal ones need no change. One row and one payment that differ are a correction, if they are the only ones of the
    month; where no payment is left, the rows are new payments. Anything else is ambiguous, and a problem.
    """
    in_month = [at for at, payment in enumerate(payments) if payment["month"] == month]
    unmatched, new_rows = list(in_month), []
    for row in sorted(rows, key=_count_blanks):
        match = next((at for at in unmatched if _agrees(account, row, payments[at])), None)
        if match is not None:
            unmatched.remove(match)
        elif has_payment(row):
            new_rows.append(row)
    if not unmatched:
        for row in find_new_payments(account, month, new_rows, [payments[at] for at in in_month]):
            account.editor(row).add_edit(AddEdit(place, build_payment(account, row)))
            show_payment(account, row)
    elif len(in_month) == len(new_rows) == 1:
        _correct_payment(account, new_rows[0], (*place, unmatched[0]), payments[unmatched[0]])
    elif new_rows:
        message = say("The record has other payments for {month}; it is not clear which one is meant.", month=month)
        hint = say("Correct {path} by hand, or give every payment of the month in the sheet.", path=account.path)
        _ask(account, new_rows, "month", message, hint)


def find_new_payments(account: DuesAccount, month: str, rows: Sequence[SheetRow], recorded: Payments) -> list[SheetRow]:
    """Return the rows that are new payments, with their days; what is there twice, or too much, is one question."""
    rows = sorted((row for row in rows if has_payment(row)), key=lambda row: row.number)
    hint = say("Delete the row that is one too many; if it was paid twice, write one row with the sum.")
    known = [(payment["date"], payment.get("amount", account.find_amount(month))) for payment in recorded]
    written: dict[tuple[Any, Any], SheetRow] = {}
    for row in rows:
        payment = (row.get("date"), _find_amount_paid(account, row))
        if payment[0] is None:
            continue
        first = written.setdefault(payment, row)
        if payment in known or first is not row:
            message = say(
                "The same payment is in the sheet twice: rows {rows}.", rows=(str(first.number), str(row.number))
            )
            if payment in known:
                message = say("{path} has this payment already, and the sheet has it once more.", path=account.path)
            _ask(account, [row], "date", message, hint)
            return []
    if not _is_too_much(account, month, rows, recorded):
        undated = [row for row in rows if row.get("date") is None and row.cells_are_blank("date")]
        account.undated.extend(row for row in undated if account.collector.may_change(row))
        return [row for row in rows if row not in undated]
    amount = account.find_amount(month)
    count = len(rows) + len(recorded)
    message = say(
        "{month} would be paid in {count} payments, more than the {assessed} yuan assessed in all.",
        month=month,
        count=count,
        assessed=format_yuan(convert_to_fen(amount)),
    )
    _ask(account, rows[-1:], "month", message, hint)
    return []


def _is_too_much(account: DuesAccount, month: str, rows: Sequence[SheetRow], recorded: Payments) -> bool:
    """Tell whether several payments are more than is due; one alone may be."""
    due = account.find_amount(month)
    if due is None or len(rows) + len(recorded) <= 1 or not rows:
        return False
    amounts = [*(_find_amount_paid(account, row) for row in rows), *(each.get("amount", due) for each in recorded)]
    return sum(convert_to_fen(amount) for amount in amounts) > convert_to_fen(due)


def _ask(account: DuesAccount, rows: Sequence[SheetRow], key: str, message: Text, hint: Text) -> None:
    """Note one problem for the rows of a month, at the first of them."""
    reader, first = account.collector.reader, rows[0]
    first.blocker = first.blocker or SheetProblem(reader.find_address(first, key), message, hint)
    account.collector.may_change(first)


def _find_amount_paid(account: DuesAccount, row: SheetRow) -> Any:
    amount = row.get("amount")
    return account.find_amount(row.get("month")) if amount is None else amount


def _count_blanks(row: SheetRow) -> int:
    """Return the number of blank fields: rows with fewer are matched first."""
    return sum(row.get(key) is None for key in PAYMENT_FIELDS)


def _agrees(account: DuesAccount, row: SheetRow, payment: Mapping[str, Any]) -> bool:
    return not list(_find_differences(account, row, payment))


def _find_differences(
    account: DuesAccount, row: SheetRow, payment: Mapping[str, Any]
) -> Iterator[tuple[str, Any, Any]]:
    """Yield the fields in which a row says something else than a payment, with both values."""
    for key in PAYMENT_FIELDS:
        value, old = row.get(key), payment.get(key)
        whole = account.find_amount(row.get("month")) if key == "amount" and old is None else old
        if value not in {None, whole}:
            yield key, value, old


def build_payment(account: DuesAccount, row: SheetRow) -> dict[str, Any]:
    """Return a row as a payment; the whole amount is left out, as the ledger has it."""
    fields = {key: row.get(key) for key in ("month", *PAYMENT_FIELDS)}
    if fields["amount"] == account.find_amount(row.get("month")):
        fields["amount"] = None
    return {key: value for key, value in fields.items() if value is not None}


def show_payment(account: DuesAccount, row: SheetRow) -> None:
    """Add the fields of a new payment to the preview."""
    for key, value in build_payment(account, row).items():
        account.editor(row).add_change(key, value)


def _correct_payment(account: DuesAccount, row: SheetRow, place: Pointer, payment: Mapping[str, Any]) -> None:
    editor: RecordEditor = account.editor(row)
    dated_editor = editor._replace(who=f"{editor.who} {payment['month']}")
    for key, value, old in _find_differences(account, row, payment):
        dated_editor.add_edit(PutEdit((*place, key), value, _KEYS_BEFORE[key]))
        dated_editor.add_change(key, value, old)

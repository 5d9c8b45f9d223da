"""The dues ledger, a row for each payment → changes of dues/<year>.yaml."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dangwu.authoring.edit.edits import AddEdit, PutEdit
from dangwu.model.import_plan import SheetProblem
from dangwu.model.message import say
from dangwu.sheets.plan.changes import RecordEditor
from dangwu.sheets.read.people import identify_rows, name_agrees

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dangwu.model.finding import Pointer
    from dangwu.sheets.plan.changes import ChangeCollector
    from dangwu.sheets.read.rows import RowReader, SheetRow

    Payments = Sequence[Mapping[str, Any]]

_PAYMENT_FIELDS = ("date", "amount", "reason")
_KEYS_BEFORE = {"date": ("month",), "amount": ("date", "month"), "reason": ("amount", "date", "month")}


@dataclass
class _DuesAccount:
    """The rows of one member in one year, and those of them with a month by that month."""

    collector: ChangeCollector
    year: int
    member: str
    path: str
    rows: list[SheetRow] = field(default_factory=list)
    months: dict[str, list[SheetRow]] = field(default_factory=dict)

    def editor(self, row: SheetRow) -> RecordEditor:
        return RecordEditor(self.collector, row, self.path, self.collector.context.corpus.name_of(self.member))

    @property
    def assessed(self) -> Any:
        """The assessed amount of the first row that has one; None where there is none."""
        return next((row.get("assessed") for row in self.rows if row.get("assessed") is not None), None)


def plan_dues(collector: ChangeCollector) -> None:
    """Plan the changes of a dues ledger, by year and member."""
    reader = collector.reader
    rows = [row for row in identify_rows(reader, reader.rows(), "member") if name_agrees(reader, row)]
    single_year = _find_only_year(reader, rows)
    accounts: dict[tuple[int, str], _DuesAccount] = {}
    for row in rows:
        month = row.get("month")
        year = int(month[:4]) if month else single_year
        if year is None or (month is None and _has_payment(row)):
            reader.note_missing(row, "month")
            continue
        ledgers = (ledger.path for ledger in collector.context.corpus.of("dues") if ledger.data["year"] == year)
        path = next(ledgers, f"dues/{year}.yaml")
        account = accounts.setdefault((year, row.member), _DuesAccount(collector, year, row.member, path))
        account.rows.append(row)
        if month:
            account.months.setdefault(month, []).append(row)
    for account in accounts.values():
        _note_unequal_amounts(account)
        ledger = _find_ledger(account)
        if ledger is not None:
            _plan_account(account, ledger)


def _find_only_year(reader: RowReader, rows: Sequence[SheetRow]) -> int | None:
    """Return the year for rows without a month (nothing paid yet): the ``--year`` option, or the sheet's only year."""
    years = {int(row.get("month")[:4]) for row in rows if row.get("month")}
    return reader.context.year or (years.pop() if len(years) == 1 else None)


def _note_unequal_amounts(account: _DuesAccount) -> None:
    """Note the rows of a member whose assessed amount differs from the first one."""
    assessed_rows = [row for row in account.rows if row.get("assessed") is not None]
    for row in assessed_rows:
        if row.get("assessed") != account.assessed:
            message = say("Row {row} has another amount for this member.", row=assessed_rows[0].number)
            account.editor(row).note("assessed", message, say("Write the same in all rows of the member."))


def _find_ledger(account: _DuesAccount) -> Mapping[str, Any] | None:
    """Return the ledger of the year: the record, or a new one; note a problem and return None otherwise."""
    context, editor = account.collector.context, account.editor(account.rows[0])
    if account.path in context.corpus.documents and any(
        known_ledger.path == account.path for known_ledger in context.corpus.of("dues")
    ):
        return context.corpus.documents[account.path].data
    if account.path in context.paths:
        message = say("{path} has problems of its own.", path=account.path)
        editor.note("month", message, say("Run dangwu check and correct it first."))
    elif context.collector is None:
        message = say("There is no dues ledger for {year} yet.", year=account.year)
        editor.note("month", message, say("Name who collects: --collector ID"))
    else:
        new_ledger = {"schema": 1, "kind": "dues", "year": account.year, "collector": context.collector, "members": []}
        return editor.add_record(new_ledger)
    return None


def _plan_account(account: _DuesAccount, ledger: Mapping[str, Any]) -> None:
    places = [at for at, row in enumerate(ledger["members"]) if row["member"] == account.member]
    if not places:
        _add_member(account, ledger)
        return
    place: Pointer = ("members", places[0])
    entry, first = ledger["members"][places[0]], account.rows[0]
    if account.assessed not in {None, entry["assessed"]}:
        row = next((row for row in account.rows if row.get("assessed") is not None), first)
        account.editor(row).add_edit(PutEdit((*place, "assessed"), account.assessed, ("member",)))
        account.editor(row).add_change("assessed", account.assessed, entry["assessed"])
    for month, rows in account.months.items():
        _match_payments(account, month, rows, (*place, "paid"), entry["paid"])


def _add_member(account: _DuesAccount, ledger: Mapping[str, Any]) -> None:
    """Add a member who is not in the ledger of the year yet."""
    collector, first = account.collector, account.rows[0]
    if not collector.may_change(first):
        return
    if account.assessed is None:
        collector.reader.note_missing(first, "assessed")
        return
    rows = [row for month in account.months.values() for row in month if _has_payment(row)]
    paying = [row for row in rows if not collector.reader.note_missing(row, "date")]
    entry = {"member": account.member, "assessed": account.assessed, "paid": [_build_payment(row) for row in paying]}
    if account.path in collector.new_records:
        ledger["members"].append(entry)
    else:
        account.editor(first).add_edit(AddEdit(("members",), entry))
    account.editor(first).add_change("assessed", account.assessed)
    for row in paying:
        _show_payment(account.editor(row))


def _match_payments(
    account: _DuesAccount, month: str, rows: Sequence[SheetRow], place: Pointer, payments: Payments
) -> None:
    """Match the rows of a month with the payments in the ledger.

    Equal ones need no change. One row and one payment that differ are a correction, if they are the only ones of the
    month; where no payment is left, the rows are new payments. Anything else is ambiguous, and a problem.
    """
    in_month = [at for at, payment in enumerate(payments) if payment["month"] == month]
    unmatched, new_rows = list(in_month), []
    for row in sorted(rows, key=_count_blanks):
        match = next((at for at in unmatched if _agrees_with_payment(row, payments[at])), None)
        if match is not None:
            unmatched.remove(match)
        elif _has_payment(row):
            new_rows.append(row)
    if not unmatched:
        _add_payments(account, place, new_rows)
    elif len(in_month) == len(new_rows) == 1:
        _correct_payment(account.editor(new_rows[0]), (*place, unmatched[0]), payments[unmatched[0]])
    else:
        for row in new_rows:
            message = say("The record has other payments for {month}; it is not clear which one is meant.", month=month)
            hint = say("Correct {path} by hand, or give every payment of the month in the sheet.", path=account.path)
            row.blocker = row.blocker or SheetProblem(
                account.collector.reader.find_address(row, "month"), message, hint
            )
            account.collector.may_change(row)


def _count_blanks(row: SheetRow) -> int:
    """Return the number of blank fields: rows with fewer are matched first."""
    return sum(row.get(key) is None for key in _PAYMENT_FIELDS)


def _has_payment(row: SheetRow) -> bool:
    return any(row.get(key) is not None for key in _PAYMENT_FIELDS)


def _agrees_with_payment(row: SheetRow, payment: Mapping[str, Any]) -> bool:
    return all(row.get(key) in {None, payment.get(key)} for key in _PAYMENT_FIELDS)


def _add_payments(account: _DuesAccount, place: Pointer, rows: Sequence[SheetRow]) -> None:
    added: list[dict[str, Any]] = []
    for row in sorted(rows, key=lambda row: row.number):
        if account.collector.reader.note_missing(row, "date"):
            continue
        editor, payment = account.editor(row), _build_payment(row)
        if payment in added:
            message = say("The same payment is in the sheet twice.")
            editor.note("date", message, say("Delete one of the rows, or write one row with the sum."))
        added.append(payment)
        editor.add_edit(AddEdit(place, payment))
        _show_payment(editor)


def _build_payment(row: SheetRow) -> dict[str, Any]:
    fields = {key: row.get(key) for key in ("month", *_PAYMENT_FIELDS)}
    return {key: value for key, value in fields.items() if value is not None}


def _show_payment(editor: RecordEditor) -> None:
    for key, value in _build_payment(editor.row).items():
        editor.add_change(key, value)


def _correct_payment(editor: RecordEditor, place: Pointer, payment: Mapping[str, Any]) -> None:
    dated_editor = editor._replace(who=f"{editor.who} {payment['month']}")
    for key in _PAYMENT_FIELDS:
        value, old = editor.row.get(key), payment.get(key)
        if value is not None and value != old:
            dated_editor.add_edit(PutEdit((*place, key), value, _KEYS_BEFORE[key]))
            dated_editor.add_change(key, value, old)

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
    """The rows of one member in one year, and those that name a payment by its month."""

    draft: ChangeCollector
    year: int
    member: str
    path: str
    rows: list[SheetRow] = field(default_factory=list)
    months: dict[str, list[SheetRow]] = field(default_factory=dict)

    def desk(self, row: SheetRow) -> RecordEditor:
        return RecordEditor(self.draft, row, self.path, self.draft.known.corpus.name_of(self.member))

    @property
    def assessed(self) -> Any:
        """The assessed amount on which the rows agree, None where none says it."""
        return next((row.get("assessed") for row in self.rows if row.get("assessed") is not None), None)


def plan_dues(draft: ChangeCollector) -> None:
    """Go through the payments, year by year and member by member."""
    reader = draft.reader
    rows = [row for row in identify_rows(reader, reader.rows(), "member") if name_agrees(reader, row)]
    only = _find_only_year(reader, rows)
    accounts: dict[tuple[int, str], _DuesAccount] = {}
    for row in rows:
        month = row.get("month")
        year = int(month[:4]) if month else only
        if year is None or (month is None and _has_payment(row)):
            reader.lacking(row, "month")
            continue
        ledgers = (ledger.path for ledger in draft.known.corpus.of("dues") if ledger.data["year"] == year)
        path = next(ledgers, f"dues/{year}.yaml")
        account = accounts.setdefault((year, row.member), _DuesAccount(draft, year, row.member, path))
        account.rows.append(row)
        if month:
            account.months.setdefault(month, []).append(row)
    for account in accounts.values():
        _note_unequal_amounts(account)
        ledger = _find_ledger(account)
        if ledger is not None:
            _plan_account(account, ledger)


def _find_only_year(reader: RowReader, rows: Sequence[SheetRow]) -> int | None:
    """Return the year of rows without a month, which say that nothing was paid: the sheet's, if it has one only."""
    years = {int(row.get("month")[:4]) for row in rows if row.get("month")}
    return reader.known.year or (years.pop() if len(years) == 1 else None)


def _note_unequal_amounts(account: _DuesAccount) -> None:
    """Note the rows of a member that do not agree on the assessed amount."""
    said = [row for row in account.rows if row.get("assessed") is not None]
    for row in said:
        if row.get("assessed") != account.assessed:
            message = say("Row {row} has another amount for this member.", row=said[0].number)
            account.desk(row).note("assessed", message, say("Write the same in all rows of the member."))


def _find_ledger(account: _DuesAccount) -> Mapping[str, Any] | None:
    """Return the ledger of the year: the record, or a new one."""
    known, desk = account.draft.known, account.desk(account.rows[0])
    if account.path in known.corpus.documents and any(
        known_ledger.path == account.path for known_ledger in known.corpus.of("dues")
    ):
        return known.corpus.documents[account.path].data
    if account.path in known.paths:
        message = say("{path} has problems of its own.", path=account.path)
        desk.note("month", message, say("Run dangwu check and correct it first."))
    elif known.collector is None:
        message = say("There is no dues ledger for {year} yet.", year=account.year)
        desk.note("month", message, say("Say who collects: --collector ID"))
    else:
        fresh = {"schema": 1, "kind": "dues", "year": account.year, "collector": known.collector, "members": []}
        return desk.new(fresh)
    return None


def _plan_account(account: _DuesAccount, ledger: Mapping[str, Any]) -> None:
    found = [at for at, row in enumerate(ledger["members"]) if row["member"] == account.member]
    if not found:
        _add_member(account, ledger)
        return
    place: Pointer = ("members", found[0])
    entry, first = ledger["members"][found[0]], account.rows[0]
    if account.assessed not in {None, entry["assessed"]}:
        row = next((row for row in account.rows if row.get("assessed") is not None), first)
        account.desk(row).edit(PutEdit((*place, "assessed"), account.assessed, ("member",)))
        account.desk(row).show("assessed", account.assessed, entry["assessed"])
    for month, rows in account.months.items():
        _match_payments(account, month, rows, (*place, "paid"), entry["paid"])


def _add_member(account: _DuesAccount, ledger: Mapping[str, Any]) -> None:
    """Add a member who is not in the ledger of the year yet."""
    draft, first = account.draft, account.rows[0]
    if not draft.may(first):
        return
    if account.assessed is None:
        draft.reader.lacking(first, "assessed")
        return
    rows = [row for month in account.months.values() for row in month if _has_payment(row)]
    paying = [row for row in rows if not draft.reader.lacking(row, "date")]
    entry = {"member": account.member, "assessed": account.assessed, "paid": [_build_payment(row) for row in paying]}
    if account.path in draft.fresh:
        ledger["members"].append(entry)
    else:
        account.desk(first).edit(AddEdit(("members",), entry))
    account.desk(first).show("assessed", account.assessed)
    for row in paying:
        _show_payment(account.desk(row))


def _match_payments(
    account: _DuesAccount, month: str, rows: Sequence[SheetRow], place: Pointer, payments: Payments
) -> None:
    """Match the rows of a month with the payments that are there.

    What agrees needs nothing. One row and one payment that differ are a correction, if they are the only ones of the
    month; rows without any payment left are new payments. Anything else would be a guess.
    """
    there = [at for at, payment in enumerate(payments) if payment["month"] == month]
    left, new = list(there), []
    for row in sorted(rows, key=_count_blanks):
        same = next((at for at in left if _agrees_with_payment(row, payments[at])), None)
        if same is not None:
            left.remove(same)
        elif _has_payment(row):
            new.append(row)
    if not left:
        _add_payments(account, place, new)
    elif len(there) == len(new) == 1:
        _correct_payment(account.desk(new[0]), (*place, left[0]), payments[left[0]])
    else:
        for row in new:
            message = say("The record has other payments for {month}; which is meant cannot be told.", month=month)
            hint = say("Correct {path} by hand, or give every payment of the month in the sheet.", path=account.path)
            row.held = row.held or SheetProblem(account.draft.reader.cell(row, "month"), message, hint)
            account.draft.may(row)


def _count_blanks(row: SheetRow) -> int:
    """Rows that say more choose first."""
    return sum(row.get(key) is None for key in _PAYMENT_FIELDS)


def _has_payment(row: SheetRow) -> bool:
    return any(row.get(key) is not None for key in _PAYMENT_FIELDS)


def _agrees_with_payment(row: SheetRow, payment: Mapping[str, Any]) -> bool:
    return all(row.get(key) in {None, payment.get(key)} for key in _PAYMENT_FIELDS)


def _add_payments(account: _DuesAccount, place: Pointer, rows: Sequence[SheetRow]) -> None:
    seen: list[dict[str, Any]] = []
    for row in sorted(rows, key=lambda row: row.number):
        if account.draft.reader.lacking(row, "date"):
            continue
        desk, payment = account.desk(row), _build_payment(row)
        if payment in seen:
            message = say("The same payment stands in the sheet twice.")
            desk.note("date", message, say("Delete one of the rows, or write one row with the sum."))
        seen.append(payment)
        desk.edit(AddEdit(place, payment))
        _show_payment(desk)


def _build_payment(row: SheetRow) -> dict[str, Any]:
    said = {key: row.get(key) for key in ("month", *_PAYMENT_FIELDS)}
    return {key: value for key, value in said.items() if value is not None}


def _show_payment(desk: RecordEditor) -> None:
    for key, value in _build_payment(desk.row).items():
        desk.show(key, value)


def _correct_payment(desk: RecordEditor, place: Pointer, payment: Mapping[str, Any]) -> None:
    dated = desk._replace(who=f"{desk.who} {payment['month']}")
    for key in _PAYMENT_FIELDS:
        said, old = desk.row.get(key), payment.get(key)
        if said is not None and said != old:
            dated.edit(PutEdit((*place, key), said, _KEYS_BEFORE[key]))
            dated.show(key, said, old)

"""The dues ledger, a row for each payment → changes of dues/<year>.yaml."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dangwu.authoring.edit.edits import Add, Put
from dangwu.model.import_plan import Trouble
from dangwu.model.message import say
from dangwu.sheets.plan.changes import Desk
from dangwu.sheets.read.people import agrees, people

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dangwu.model.finding import Pointer
    from dangwu.sheets.plan.changes import Draft
    from dangwu.sheets.read.rows import Reader, Row

    Payments = Sequence[Mapping[str, Any]]

_FIELDS = ("date", "amount", "reason")
_AFTER = {"date": ("month",), "amount": ("date", "month"), "reason": ("amount", "date", "month")}


@dataclass
class _Account:
    """The rows of one member in one year, and those that name a payment by its month."""

    draft: Draft
    year: int
    member: str
    path: str
    rows: list[Row] = field(default_factory=list)
    months: dict[str, list[Row]] = field(default_factory=dict)

    def desk(self, row: Row) -> Desk:
        return Desk(self.draft, row, self.path, self.draft.known.corpus.name_of(self.member))

    @property
    def assessed(self) -> Any:
        """The assessed amount on which the rows agree, None where none says it."""
        return next((row.get("assessed") for row in self.rows if row.get("assessed") is not None), None)


def dues(draft: Draft) -> None:
    """Go through the payments, year by year and member by member."""
    reader = draft.reader
    rows = [row for row in people(reader, reader.rows(), "member") if agrees(reader, row)]
    only = _only_year(reader, rows)
    accounts: dict[tuple[int, str], _Account] = {}
    for row in rows:
        month = row.get("month")
        year = int(month[:4]) if month else only
        if year is None or (month is None and _pays(row)):
            reader.lacking(row, "month")
            continue
        ledgers = (each.path for each in draft.known.corpus.of("dues") if each.data["year"] == year)
        path = next(ledgers, f"dues/{year}.yaml")
        account = accounts.setdefault((year, row.member), _Account(draft, year, row.member, path))
        account.rows.append(row)
        if month:
            account.months.setdefault(month, []).append(row)
    for account in accounts.values():
        _one_amount(account)
        ledger = _ledger(account)
        if ledger is not None:
            _enter(account, ledger)


def _only_year(reader: Reader, rows: Sequence[Row]) -> int | None:
    """Return the year of rows without a month, which say that nothing was paid: the sheet's, if it has one only."""
    years = {int(row.get("month")[:4]) for row in rows if row.get("month")}
    return reader.known.year or (years.pop() if len(years) == 1 else None)


def _one_amount(account: _Account) -> None:
    """Note the rows of a member that do not agree on the assessed amount."""
    said = [row for row in account.rows if row.get("assessed") is not None]
    for row in said:
        if row.get("assessed") != account.assessed:
            message = say("Row {row} has another amount for this member.", row=said[0].number)
            account.desk(row).note("assessed", message, say("Write the same in all rows of the member."))


def _ledger(account: _Account) -> Mapping[str, Any] | None:
    """Return the ledger of the year: the record, or a new one."""
    known, desk = account.draft.known, account.desk(account.rows[0])
    if account.path in known.corpus.documents and any(each.path == account.path for each in known.corpus.of("dues")):
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


def _enter(account: _Account, ledger: Mapping[str, Any]) -> None:
    found = [at for at, each in enumerate(ledger["members"]) if each["member"] == account.member]
    if not found:
        _open(account, ledger)
        return
    place: Pointer = ("members", found[0])
    entry, first = ledger["members"][found[0]], account.rows[0]
    if account.assessed not in {None, entry["assessed"]}:
        row = next((row for row in account.rows if row.get("assessed") is not None), first)
        account.desk(row).edit(Put((*place, "assessed"), account.assessed, ("member",)))
        account.desk(row).show("assessed", account.assessed, entry["assessed"])
    for month, rows in account.months.items():
        _match(account, month, rows, (*place, "paid"), entry["paid"])


def _open(account: _Account, ledger: Mapping[str, Any]) -> None:
    """Add a member who is not in the ledger of the year yet."""
    draft, first = account.draft, account.rows[0]
    if not draft.may(first):
        return
    if account.assessed is None:
        draft.reader.lacking(first, "assessed")
        return
    rows = [row for each in account.months.values() for row in each if _pays(row)]
    paying = [row for row in rows if not draft.reader.lacking(row, "date")]
    entry = {"member": account.member, "assessed": account.assessed, "paid": [_payment(row) for row in paying]}
    if account.path in draft.fresh:
        ledger["members"].append(entry)
    else:
        account.desk(first).edit(Add(("members",), entry))
    account.desk(first).show("assessed", account.assessed)
    for row in paying:
        _show(account.desk(row))


def _match(account: _Account, month: str, rows: Sequence[Row], place: Pointer, payments: Payments) -> None:
    """Match the rows of a month with the payments that are there.

    What agrees needs nothing. One row and one payment that differ are a correction, if they are the only ones of the
    month; rows without any payment left are new payments. Anything else would be a guess.
    """
    there = [at for at, each in enumerate(payments) if each["month"] == month]
    left, new = list(there), []
    for row in sorted(rows, key=_blanks):
        same = next((at for at in left if _agrees(row, payments[at])), None)
        if same is not None:
            left.remove(same)
        elif _pays(row):
            new.append(row)
    if not left:
        _add(account, place, new)
    elif len(there) == len(new) == 1:
        _correct(account.desk(new[0]), (*place, left[0]), payments[left[0]])
    else:
        for row in new:
            message = say("The record has other payments for {month}; which is meant cannot be told.", month=month)
            hint = say("Correct {path} by hand, or give every payment of the month in the sheet.", path=account.path)
            row.held = row.held or Trouble(account.draft.reader.cell(row, "month"), message, hint)
            account.draft.may(row)


def _blanks(row: Row) -> int:
    """Rows that say more choose first."""
    return sum(row.get(key) is None for key in _FIELDS)


def _pays(row: Row) -> bool:
    return any(row.get(key) is not None for key in _FIELDS)


def _agrees(row: Row, payment: Mapping[str, Any]) -> bool:
    return all(row.get(key) in {None, payment.get(key)} for key in _FIELDS)


def _add(account: _Account, place: Pointer, rows: Sequence[Row]) -> None:
    seen: list[dict[str, Any]] = []
    for row in sorted(rows, key=lambda each: each.number):
        if account.draft.reader.lacking(row, "date"):
            continue
        desk, payment = account.desk(row), _payment(row)
        if payment in seen:
            message = say("The same payment stands in the sheet twice.")
            desk.note("date", message, say("Delete one of the rows, or write one row with the sum."))
        seen.append(payment)
        desk.edit(Add(place, payment))
        _show(desk)


def _payment(row: Row) -> dict[str, Any]:
    said = {key: row.get(key) for key in ("month", *_FIELDS)}
    return {key: value for key, value in said.items() if value is not None}


def _show(desk: Desk) -> None:
    for key, value in _payment(desk.row).items():
        desk.show(key, value)


def _correct(desk: Desk, place: Pointer, payment: Mapping[str, Any]) -> None:
    dated = desk._replace(who=f"{desk.who} {payment['month']}")
    for key in _FIELDS:
        said, old = desk.row.get(key), payment.get(key)
        if said is not None and said != old:
            dated.edit(Put((*place, key), said, _AFTER[key]))
            dated.show(key, said, old)

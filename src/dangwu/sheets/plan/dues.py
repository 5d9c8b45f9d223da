"""The dues ledger, a row for each payment → changes of dues/<year>.yaml."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.authoring.edit.edits import AddEdit, PutEdit
from dangwu.model.document import PLACEHOLDER
from dangwu.model.import_plan import ImportChange, SheetProblem
from dangwu.model.message import Bilingual, say
from dangwu.sheets.plan.dues_account import DuesAccount, has_payment
from dangwu.sheets.plan.dues_amounts import plan_amounts
from dangwu.sheets.plan.payments import build_payment, find_new_payments, match_payments, show_payment
from dangwu.sheets.read.people import identify_rows, name_agrees

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dangwu.sheets.plan.changes import ChangeCollector
    from dangwu.sheets.read.rows import RowReader, SheetRow

_COLLECTOR = Bilingual("收缴人", "Collector")


def plan_dues(collector: ChangeCollector) -> None:
    """Plan the changes of a dues ledger, by year and member."""
    reader = collector.reader
    rows = [row for row in identify_rows(reader, reader.rows(), "member") if name_agrees(reader, row)]
    single_year = _find_only_year(reader, rows)
    accounts: dict[tuple[int, str], DuesAccount] = {}
    undated: list[SheetRow] = []
    for row in rows:
        month = row.get("month")
        year = int(month[:4]) if month else single_year
        if year is None or (month is None and has_payment(row)):
            reader.note_missing(row, "month")
            continue
        ledgers = (ledger.path for ledger in collector.context.corpus.of("dues") if ledger.data["year"] == year)
        path = next(ledgers, f"dues/{year}.yaml")
        account = accounts.setdefault((year, row.member), DuesAccount(collector, year, row.member, path, undated))
        account.rows.append(row)
        if month:
            account.months.setdefault(month, []).append(row)
    _fill_days_of_payment(collector, [row for account in accounts.values() for row in account.rows])
    first_accounts: dict[str, DuesAccount] = {}
    for account in accounts.values():
        _plan_account(account, _find_ledger(first_accounts.setdefault(account.path, account)))
    _note_undated(collector, undated)
    for account in first_accounts.values():
        _note_missing_ledger(account)


def _find_only_year(reader: RowReader, rows: Sequence[SheetRow]) -> int | None:
    """Return the year for rows without a month (nothing paid yet): the ``--year`` option, or the sheet's only year."""
    years = {int(row.get("month")[:4]) for row in rows if row.get("month")}
    return reader.context.year or (years.pop() if len(years) == 1 else None)


def _fill_days_of_payment(collector: ChangeCollector, rows: Sequence[SheetRow]) -> None:
    """Fill in the day on which all of a month was collected, where payments have no day of their own."""
    paid_on = collector.context.paid_on
    for row in rows:
        day = paid_on.get(row.get("month") or "") or paid_on.get("")
        if day is not None and has_payment(row) and row.cells_are_blank("date"):
            row.values["date"] = day.isoformat()


def _find_ledger(account: DuesAccount) -> Mapping[str, Any]:
    """Return the ledger of the year: the record, a draft of it, or a new one, which is recorded if it can be."""
    context, path = account.collector.context, account.path
    whole = any(known.path == path for known in context.corpus.of("dues"))
    if path in context.corpus.documents and (whole or path in context.drafts):
        return context.corpus.documents[path].data
    new_ledger = {"schema": 1, "kind": "dues", "year": account.year, "collector": context.collector, "members": []}
    if path in context.paths or context.collector is None:
        return new_ledger
    return account.collector.new_records.setdefault(path, new_ledger)


def _note_missing_ledger(account: DuesAccount) -> None:
    """Note a ledger that cannot be read, or a new one without a collector, once for a year; fill in that of a draft."""
    context, row, reader = account.collector.context, account.rows[0], account.collector.reader
    path = account.path
    if any(known.path == path for known in context.corpus.of("dues")) or path in account.collector.new_records:
        return
    if path in context.drafts:
        if context.corpus.documents[path].data.get("collector") == PLACEHOLDER and context.collector is not None:
            account.editor(row).add_edit(PutEdit(("collector",), context.collector))
            who, cell = context.corpus.name_of(context.collector), reader.find_address(row, "month")
            account.collector.changes.append(ImportChange(path, str(account.year), _COLLECTOR, None, who, cell))
        return
    message = say("There is no dues ledger for {year} yet.", year=account.year)
    cell = reader.find_address(row, "month")
    problem = SheetProblem(cell, message, say("Name who collects: --collector ID"), (say("--collector ID"),))
    if path in context.paths:
        message = say("{path} has problems of its own.", path=path)
        problem = SheetProblem(cell, message, say("Run dangwu check and correct it first."))
    reader.keep_problem(row, reader.find_cell(row, "month"), problem)


def _plan_account(account: DuesAccount, ledger: Mapping[str, Any]) -> None:
    places = [at for at, row in enumerate(ledger["members"]) if row["member"] == account.member]
    if not places:
        _add_member(account)
        return
    entry = ledger["members"][places[0]]
    plan_amounts(account, entry, ("members", places[0]))
    for month, rows in account.months.items():
        match_payments(account, month, rows, ("members", places[0], "paid"), entry["paid"])


def _add_member(account: DuesAccount) -> None:
    """Add a member who is not in the ledger of the year yet."""
    collector, first = account.collector, account.rows[0]
    if not collector.may_change(first):
        return
    plan_amounts(account, None, ())
    if account.amounts is None:
        collector.reader.note_missing(first, "assessed")
        return
    rows = [row for month, rows in account.months.items() for row in find_new_payments(account, month, rows, ())]
    entry: dict[str, Any] = {"member": account.member, **account.amounts.as_fields()}
    entry["paid"] = [build_payment(account, row) for row in rows]
    if account.path in collector.new_records:
        collector.new_records[account.path]["members"].append(entry)
    else:
        account.editor(first).add_edit(AddEdit(("members",), entry))
    account.editor(first).add_change("assessed", account.amounts.base)
    for row in rows:
        show_payment(account, row)


def _note_undated(collector: ChangeCollector, rows: Sequence[SheetRow]) -> None:
    """Ask once for the days of payment that are missing, with the months for which one day may be given."""
    if not rows:
        return
    first, reader = rows[0], collector.reader
    months = sorted({row.get("month") for row in rows})
    message = say("No day of payment is given for {count} payments; this is the first of them.", count=len(rows))
    hint = say(
        "Fill the days in. If all of a month was collected on one day, say which: {option}",
        option=f"--paid-on {months[0]}={months[0]}-05",
    )
    retry = tuple(say("--paid-on {month}=DAY", month=month) for month in months)
    problem = SheetProblem(reader.find_address(first, "date"), message, hint, retry)
    reader.keep_problem(first, reader.find_cell(first, "date"), problem)

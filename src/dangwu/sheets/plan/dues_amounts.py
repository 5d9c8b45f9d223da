"""The amounts that are assessed by month, in a sheet and in the record → the edits that make the record agree.

A row's amount is that of its month: what the record says of other months stays as it is, so that a reduction from July
on does not change what was paid in January.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from dangwu.authoring.edit.edits import AddEdit, PutEdit
from dangwu.facts.dues import find_assessed
from dangwu.model.document import PLACEHOLDER
from dangwu.model.import_plan import SheetProblem
from dangwu.model.message import say
from dangwu.sheets.plan.dues_account import YearAmounts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from dangwu.model.finding import Pointer
    from dangwu.sheets.plan.dues_account import DuesAccount
    from dangwu.sheets.read.rows import SheetRow

_MONTHS = range(1, 13)


def plan_amounts(account: DuesAccount, entry: Mapping[str, Any] | None, place: Pointer) -> None:
    """Work out the amounts of a member's year, and plan the edits of the ledger's entry, if there is one."""
    stated = _read_stated_amounts(account)
    before = _read_recorded_amounts(account, entry)
    paid = {payment["month"] for payment in entry["paid"]} if entry else set()
    if entry is not None and stated and _speaks_of_year(account):
        stated = _limit_to_months(account, stated, before, entry)
    after = _merge_amounts(before, {month: row.get("assessed") for month, row in stated.items()}, paid)
    if after[_label(account, 1)] is None:
        return
    account.amounts = _summarise(after)
    if entry is not None:
        _plan_edits(account, entry, place, stated)


def _speaks_of_year(account: DuesAccount) -> bool:
    """Tell whether the sheet has one amount for the year: its months are columns, or the member's row has no month."""
    return account.collector.context.whole_year or all(row.get("month") is None for row in account.rows)


def _limit_to_months(
    account: DuesAccount, stated: Mapping[str, SheetRow], before: Mapping[str, Any], entry: Mapping[str, Any]
) -> dict[str, SheetRow]:
    """Return for which months the one amount of a sheet is meant, where the record has another one.

    Whole payments are counted with the recorded amount; so where there are any, people say from when the new one holds.
    """
    row = next(iter(stated.values()))
    amount, since = row.get("assessed"), account.collector.context.assessed_from
    if amount in before.values():
        return {}
    if since is not None and since[:4] == str(account.year):
        return {month: row for month in before if month >= since}
    if set(before.values()) == {None} or not any("amount" not in payment for payment in entry["paid"]):
        return dict.fromkeys(before, row)
    reader = account.collector.reader
    message = say(
        "The record has {old} yuan a month, and payments that were counted with it; the sheet has {new}.",
        old=" / ".join(f"{known:g}" for known in dict.fromkeys(before.values()) if known is not None),
        new=f"{amount:g}",
    )
    hint = say("Say from which month the new amount holds, or 01 for the whole year: --assessed-from 2026-07")
    problem = SheetProblem(reader.find_address(row, "assessed"), message, hint, (say("--assessed-from MONTH"),))
    reader.keep_problem(row, reader.find_cell(row, "assessed"), problem)
    return {}


def _label(account: DuesAccount, number: int) -> str:
    return f"{account.year}-{number:02d}"


def _read_stated_amounts(account: DuesAccount) -> dict[str, SheetRow]:
    """Return the first row with an amount for each month; a row without a month speaks of the year, if no other does.

    Two amounts for one month are a problem.
    """
    stated: dict[str, SheetRow] = {}
    with_amount = [row for row in account.rows if row.get("assessed") is not None]
    by_month = [row for row in with_amount if row.get("month") is not None]
    for row in by_month or with_amount:
        first = stated.setdefault(row.get("month") or _label(account, 1), row)
        if row.get("assessed") != first.get("assessed"):
            message = say("Row {row} has another amount for this member.", row=first.number)
            account.editor(row).note("assessed", message, say("Write one amount for each month."))
    return stated


def _read_recorded_amounts(account: DuesAccount, entry: Mapping[str, Any] | None) -> dict[str, Any]:
    if entry is None:
        return dict.fromkeys(_label(account, number) for number in _MONTHS)
    found = {_label(account, number): find_assessed(entry, _label(account, number)) for number in _MONTHS}
    return {month: None if amount == PLACEHOLDER else amount for month, amount in found.items()}


def _merge_amounts(before: Mapping[str, Any], stated: Mapping[str, Any], paid: Collection[str]) -> dict[str, Any]:
    """Return the amount of each month: as stated, else as recorded.

    Another amount than the recorded one holds on, until a month with recorded payments.
    """
    after: dict[str, Any] = {}
    earliest, last = min(stated, default=""), ""
    for month, recorded in before.items():
        after[month] = stated.get(month, recorded)
        if month not in stated and last:
            if recorded is None or (after[last] != before[last] and month not in paid):
                after[month] = after[last]
        elif after[month] is None and stated:
            after[month] = stated[earliest]
        last = month if month >= earliest and stated else ""
    return after


def _summarise(amounts: Mapping[str, Any]) -> YearAmounts:
    months = sorted(amounts)
    changes = [(month, amounts[month]) for earlier, month in pairwise(months) if amounts[month] != amounts[earlier]]
    return YearAmounts(amounts[months[0]], tuple(changes))


def _plan_edits(account: DuesAccount, entry: Mapping[str, Any], place: Pointer, stated: Mapping[str, SheetRow]) -> None:
    amounts = account.amounts
    if amounts is None or not stated:
        return
    first = stated[min(stated)]
    if amounts.base != entry["assessed"]:
        editor, old = account.editor(first), entry["assessed"]
        editor.add_edit(PutEdit((*place, "assessed"), amounts.base, ("member",)))
        editor.add_change("assessed", amounts.base, None if old == PLACEHOLDER else old)
    recorded = {change["from"]: at for at, change in enumerate(entry.get("adjustments", ()))}
    for month, at in recorded.items():
        _plan_change(
            account, (*place, "adjustments", at, "assessed"), month, entry["adjustments"][at]["assessed"], first
        )
    for month, amount in amounts.changes:
        if month not in recorded:
            editor = account.editor(stated.get(month, first))
            item = {"from": month, "assessed": amount}
            editor.add_edit(AddEdit((*place, "adjustments"), item, ("assessed", "member")))
            editor._replace(who=f"{editor.who} {month}").add_change("assessed", amount)


def _plan_change(account: DuesAccount, place: Pointer, month: str, old: Any, row: SheetRow) -> None:
    """Plan the correction of a recorded change of the amount."""
    amount, editor = account.find_amount(month), account.editor(row)
    if amount != old:
        editor.add_edit(PutEdit(place, amount))
        editor._replace(who=f"{editor.who} {month}").add_change("assessed", amount, old)

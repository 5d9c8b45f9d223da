"""The rows of a dues ledger: months, days and amounts that cannot be right, and members without a row (10.1(6))."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.facts.dues import convert_to_fen, find_assessed, format_yuan, is_less_than_fen
from dangwu.model.finding import FindingCode, Severity, build_finding
from dangwu.model.message import say
from dangwu.model.period import Period, PeriodLength, list_periods
from dangwu.model.record import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dangwu.check.context import Context
    from dangwu.model.finding import Finding, Pointer
    from dangwu.model.message import Text
    from dangwu.model.record import GenericRecord, Member

_ERROR = Severity.ERROR
DUES_ROWS = FindingCode("DW907", "dues-rows", _ERROR, say("A row of the dues ledger that cannot be right"), "10.1(6)")
DUES_ROW_MISSING = FindingCode(
    "DW908", "dues-row-missing", _ERROR, say("A member without a row in the dues ledger"), "10.1(6)"
)
CODES = (DUES_ROWS, DUES_ROW_MISSING)


def owes_dues(member: Member, month: Period, *, whole: bool) -> bool:
    """Tell whether a full or probationary member was in the branch for the whole month, or for at least half of it."""
    days, all_days = member.days_as(Standing.FULL, Standing.PROBATIONARY), (month.end - month.start).days
    held = days.count(month.start, month.end)
    return held == all_days if whole else held * 2 >= all_days


def check_ledger_rows(context: Context) -> Iterator[Finding]:
    """Check months, days and amounts of every row of a ledger."""
    for ledger in context.corpus.of("dues"):
        seen: set[str] = set()
        for index, row in enumerate(ledger.data["members"]):
            pointer, member = ("members", index), row["member"]
            if member in seen:
                message = say("{name} ({id}) has two rows.", name=context.corpus.name_of(member), id=member)
                yield build_finding(DUES_ROWS, ledger, pointer, message, say("Put both into one."), subject=member)
            seen.add(member)
            for place, fault, hint in (
                *_find_payment_faults(context, ledger, row),
                *_find_double_payments(row),
                *_find_deferral_faults(row),
                *_find_adjustment_faults(ledger, row),
                *_find_uneven_amounts(row),
            ):
                yield build_finding(DUES_ROWS, ledger, (*pointer, *place), fault, hint, subject=member)


def _find_payment_faults(
    context: Context, ledger: GenericRecord, row: Mapping[str, Any]
) -> Iterator[tuple[Pointer, Text, Text]]:
    year, member = ledger.data["year"], context.corpus.member_by_id.get(row["member"])
    for index, paid in enumerate(row["paid"]):
        place, month = ("paid", index), Period.parse(paid["month"])
        if month.start.year != year:
            hint = say("Enter it in the ledger of its own year.")
            yield (*place, "month"), say("The month {month} is not of this ledger's year.", month=month.label), hint
        elif member and not member.days_in_branch.count(month.start, month.end):
            message = say("{name} was not in the branch in {month}.", name=member.name, month=month.label)
            yield (*place, "month"), message, say("Correct the month, or the dates in {path}.", path=member.path)
        if int(paid["date"][:4]) < year - 1:
            message = say("Paid on {day}, more than a year before the ledger's.", day=paid["date"])
            yield (*place, "date"), message, say("Correct the day.")


def _find_double_payments(row: Mapping[str, Any]) -> Iterator[tuple[Pointer, Text, Text]]:
    """Find months paid in several rows that together exceed the assessed amount; one larger payment is allowed."""
    sums: dict[str, int] = {}
    for index, paid in enumerate(row["paid"]):
        before, assessed = sums.get(paid["month"]), find_assessed(row, paid["month"])
        sums[paid["month"]] = (before or 0) + convert_to_fen(paid.get("amount", assessed))
        if before and sums[paid["month"]] > convert_to_fen(assessed):
            message = say(
                "{month} is paid more than once: {paid} in all, assessed {assessed} (yuan).",
                month=paid["month"],
                paid=format_yuan(sums[paid["month"]]),
                assessed=format_yuan(convert_to_fen(assessed)),
            )
            yield ("paid", index), message, say("One of the rows belongs to another month, or is there twice.")


def _find_deferral_faults(row: Mapping[str, Any]) -> Iterator[tuple[Pointer, Text, Text]]:
    for index, deferral in enumerate(row.get("deferrals", ())):
        if deferral["to"] < deferral["from"]:
            message = say("Later payment ends before it begins.")
            yield ("deferrals", index, "to"), message, say("Correct one of the two months.")
        elif deferral.get("pay_by", deferral["to"]) < deferral["to"]:
            message = say("The day to pay by lies before the last month begins.")
            yield (
                ("deferrals", index, "pay_by"),
                message,
                say("Correct the day, or leave it out: then it is the last month's last day."),
            )


def _find_adjustment_faults(ledger: GenericRecord, row: Mapping[str, Any]) -> Iterator[tuple[Pointer, Text, Text]]:
    """Find changes of the assessed amount in a month of another year, and two of one month."""
    seen: set[str] = set()
    for index, change in enumerate(row.get("adjustments", ())):
        place, month = ("adjustments", index, "from"), change["from"]
        if int(month[:4]) != ledger.data["year"]:
            hint = say("Enter it in the ledger of its own year.")
            yield place, say("The month {month} is not of this ledger's year.", month=month), hint
        elif month in seen:
            message = say("The assessed amount changes twice from {month} on.", month=month)
            yield place, message, say("Keep the one that holds.")
        seen.add(month)


def _find_uneven_amounts(row: Mapping[str, Any]) -> Iterator[tuple[Pointer, Text, Text]]:
    """Find amounts with a part that is less than a fen, which nobody can have paid."""
    places = [
        (("assessed",), row["assessed"]),
        *((("adjustments", at, "assessed"), each["assessed"]) for at, each in enumerate(row.get("adjustments", ()))),
        *((("paid", at, "amount"), each["amount"]) for at, each in enumerate(row["paid"]) if "amount" in each),
    ]
    for place, amount in places:
        if is_less_than_fen(amount):
            message = say("{amount} yuan has a part that is less than a fen.", amount=str(amount))
            yield place, message, say("Write the amount with at most two digits behind the point, as receipts have it.")


def check_missing_rows(context: Context) -> Iterator[Finding]:
    """Find members who were in the branch in a month that is over, and have no row in that year's ledger."""
    for ledger in context.corpus.of("dues"):
        listed = {row["member"] for row in ledger.data["members"]}
        year = Period.parse(str(ledger.data["year"]))
        over = [
            period for period in list_periods(PeriodLength.MONTH, year.start, year.end) if period.last < context.as_of
        ]
        for id_, member in sorted(context.corpus.member_by_id.items()):
            months_in = [month.label for month in over if owes_dues(member, month, whole=False)]
            if months_in and id_ not in listed:
                message = say(
                    "{name} ({id}) has no row, and was in the branch in {month}.",
                    name=member.name,
                    id=id_,
                    month=months_in[0],
                )
                hint = say("Add a row with the assessed amount; later payment that was agreed goes under deferrals.")
                yield build_finding(DUES_ROW_MISSING, ledger, ("members",), message, hint, subject=id_, at_key=True)

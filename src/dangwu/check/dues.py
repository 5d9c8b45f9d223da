"""Dues: months running unpaid, as a note for people who first ask for the reason (10.1(6)), and the ledger's rows.

Never mixed with absences: each note speaks of one thing only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.check.absences import SIX_MONTHS
from dangwu.facts.dues import MonthPayment, convert_to_fen, format_yuan, read_month_payments
from dangwu.model.finding import Finding, FindingCode, RelatedPlace, Severity, Source, build_finding
from dangwu.model.message import Text, say
from dangwu.model.period import Period, PeriodLength, list_periods
from dangwu.model.record import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dangwu.check.context import Context
    from dangwu.model.finding import Pointer
    from dangwu.model.record import GenericRecord, Member

_ERROR = Severity.ERROR
DUES_RUNNING = FindingCode(
    "DW906", "dues-running", Severity.NOTE, say("Dues not paid in full several months running"), "10.1(6)"
)
DUES_ROWS = FindingCode("DW907", "dues-rows", _ERROR, say("A row of the dues ledger that cannot be right"), "10.1(6)")
DUES_ROW_MISSING = FindingCode(
    "DW908", "dues-row-missing", _ERROR, say("A member without a row in the dues ledger"), "10.1(6)"
)
CODES = (DUES_RUNNING, DUES_ROWS, DUES_ROW_MISSING)


def check_unpaid_runs(context: Context) -> Iterator[Finding]:
    """Show each run of months that reaches the clause's number and is still unpaid, at the ledger's row.

    A month counts when it is over, or its agreed day when later payment was approved, and it is still not paid in
    full on the as-of day. Payment, also a late one, a recorded reason, or a month without dues breaks a run.
    """
    clause = context.rulebook.clause("10.1(6)")
    if clause is None or clause.threshold is None:
        return
    for member, rows in _group_by_member(context).items():
        run: list[tuple[GenericRecord, MonthPayment]] = []
        for sheet, month in rows:
            follows = bool(run) and run[-1][1].month.end == month.month.start
            counts = _is_unpaid(context, member, month)
            if run and not (counts and follows):
                yield from _check_run(context, run, clause.threshold)
                run = []
            if counts:
                run.append((sheet, month))
        yield from _check_run(context, run, clause.threshold)


def _group_by_member(context: Context) -> Mapping[str, list[tuple[GenericRecord, MonthPayment]]]:
    """Return everyone's months in order, over all years; of two rows for one member in a year the first."""
    rows: dict[str, dict[Period, tuple[GenericRecord, MonthPayment]]] = {}
    for sheet in sorted(context.corpus.of("dues"), key=lambda each: each.data["year"]):
        for month in read_month_payments(sheet):
            rows.setdefault(month.member, {}).setdefault(month.month, (sheet, month))
    return {member: list(each.values()) for member, each in rows.items()}


def _is_unpaid(context: Context, member: str, month: MonthPayment) -> bool:
    paid = month.full_on is not None and month.full_on <= context.as_of
    if paid or month.assessed == 0 or month.reason is not None:
        return False
    deferral = month.deferral
    last = deferral.pay_by if deferral and deferral.approved_on <= context.as_of else month.month.last
    known = context.corpus.member_by_id.get(member)
    return last < context.as_of and known is not None and _owes_dues(known, month.month, whole=True)


def _owes_dues(member: Member, month: Period, *, whole: bool) -> bool:
    """Tell whether a member belonged to the branch, full or probationary, all month or at least half of it."""
    days, all_days = member.days_as(Standing.FULL, Standing.PROBATIONARY), (month.end - month.start).days
    held = days.count(month.start, month.end)
    return held == all_days if whole else held * 2 >= all_days


def _check_run(context: Context, run: list[tuple[GenericRecord, MonthPayment]], threshold: int) -> Iterator[Finding]:
    if len(run) < threshold:
        return
    sheet, last = run[-1]
    message = say(
        "{name} ({id}): dues not paid in full {count} months running: {months}. For people to consider.",
        name=context.corpus.name_of(last.member),
        id=last.member,
        count=len(run),
        months=tuple(month.month.label for _, month in run),
    )
    related = tuple(RelatedPlace(Source(each.path, month.pointer), _describe_month(month)) for each, month in run)
    finding = build_finding(DUES_RUNNING, sheet, last.pointer, message, _build_hint(len(run)), subject=last.member)
    yield finding._replace(related=related)


def _describe_month(month: MonthPayment) -> Text:
    return say(
        "{month}: assessed {assessed}, paid {paid} (yuan)",
        month=month.month.label,
        assessed=format_yuan(month.assessed),
        paid=format_yuan(month.paid),
    )


def _build_hint(count: int) -> Text:
    if count >= SIX_MONTHS:
        return say(
            "First ask for the reason, and see whether later payment was agreed; dangwu decides nothing about a "
            "person. Beside it stands Art. 9 of the Party Constitution on six months running without good reason: "
            "what follows is for the general meeting and the body above, after hearing the member."
        )
    return say(
        "First ask for the reason, and see whether later payment was agreed; dangwu decides nothing about a person."
    )


def check_ledger_rows(context: Context) -> Iterator[Finding]:
    """Check months, days and amounts of every row of a ledger."""
    for sheet in context.corpus.of("dues"):
        seen: set[str] = set()
        for index, row in enumerate(sheet.data["members"]):
            pointer, member = ("members", index), row["member"]
            if member in seen:
                message = say("{name} ({id}) has two rows.", name=context.corpus.name_of(member), id=member)
                yield build_finding(DUES_ROWS, sheet, pointer, message, say("Put both into one."), subject=member)
            seen.add(member)
            for place, fault, hint in (
                *_find_payment_faults(context, sheet, row),
                *_find_double_payments(row),
                *_find_deferral_faults(row),
            ):
                yield build_finding(DUES_ROWS, sheet, (*pointer, *place), fault, hint, subject=member)


def _find_payment_faults(
    context: Context, sheet: GenericRecord, row: Mapping[str, Any]
) -> Iterator[tuple[Pointer, Text, Text]]:
    year, member = sheet.data["year"], context.corpus.member_by_id.get(row["member"])
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
    """Find months paid in several rows that together exceed the amount; paying more at once is a member's right."""
    sums: dict[str, int] = {}
    for index, paid in enumerate(row["paid"]):
        before = sums.get(paid["month"])
        sums[paid["month"]] = (before or 0) + convert_to_fen(paid.get("amount", row["assessed"]))
        if before and sums[paid["month"]] > convert_to_fen(row["assessed"]):
            message = say(
                "{month} is paid more than once: {paid} in all, assessed {assessed} (yuan).",
                month=paid["month"],
                paid=format_yuan(sums[paid["month"]]),
                assessed=format_yuan(convert_to_fen(row["assessed"])),
            )
            yield ("paid", index), message, say("One of the rows belongs to another month, or is there twice.")


def _find_deferral_faults(row: Mapping[str, Any]) -> Iterator[tuple[Pointer, Text, Text]]:
    for index, each in enumerate(row.get("deferrals", ())):
        if each["to"] < each["from"]:
            message = say("Later payment ends before it begins.")
            yield ("deferrals", index, "to"), message, say("Correct one of the two months.")
        elif each.get("pay_by", each["to"]) < each["to"]:
            message = say("The day to pay by lies before the last month begins.")
            yield (
                ("deferrals", index, "pay_by"),
                message,
                say("Correct the day, or leave it out: then it is the last month's last day."),
            )


def check_missing_rows(context: Context) -> Iterator[Finding]:
    """Find members who belonged to the branch in a month that is over, and have no row in that year's ledger."""
    for sheet in context.corpus.of("dues"):
        listed = {row["member"] for row in sheet.data["members"]}
        year = Period.parse(str(sheet.data["year"]))
        over = [
            period for period in list_periods(PeriodLength.MONTH, year.start, year.end) if period.last < context.as_of
        ]
        for id_, member in sorted(context.corpus.member_by_id.items()):
            months_in = [each.label for each in over if _owes_dues(member, each, whole=False)]
            if months_in and id_ not in listed:
                message = say(
                    "{name} ({id}) has no row, and was in the branch in {month}.",
                    name=member.name,
                    id=id_,
                    month=months_in[0],
                )
                hint = say("Add a row with the assessed amount; later payment that was agreed goes under deferrals.")
                yield build_finding(DUES_ROW_MISSING, sheet, ("members",), message, hint, subject=id_, at_key=True)

"""Dues: consecutive unpaid months, noted for people to consider (10.1(6)), and the rows of the ledger.

Dues and absences are never combined: each note is about one of them.
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
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from dangwu.check.context import Context
    from dangwu.model.finding import Pointer
    from dangwu.model.message import Argument
    from dangwu.model.record import GenericRecord, Member

_ERROR = Severity.ERROR
DUES_RUNNING = FindingCode(
    "DW906", "dues-running", Severity.NOTE, say("Dues not paid in full several months running"), "10.1(6)"
)
DUES_LATE = FindingCode(
    "DW912", "dues-late", Severity.NOTE, say("Dues paid late several months running, settled"), "10.1(6)"
)
DUES_ROWS = FindingCode("DW907", "dues-rows", _ERROR, say("A row of the dues ledger that cannot be right"), "10.1(6)")
DUES_ROW_MISSING = FindingCode(
    "DW908", "dues-row-missing", _ERROR, say("A member without a row in the dues ledger"), "10.1(6)"
)
DUES_MONTH_NOT_ENTERED = FindingCode(
    "DW911",
    "dues-month-not-entered",
    Severity.NOTE,
    say("A month of the dues ledger that nobody has entered"),
    "10.1(6)",
)
CODES = (DUES_RUNNING, DUES_LATE, DUES_ROWS, DUES_ROW_MISSING, DUES_MONTH_NOT_ENTERED)


def check_unpaid_runs(context: Context) -> Iterator[Finding]:
    """Yield a note for each run of unpaid months that reaches the clause's threshold, at the ledger's row.

    A month counts once it is over, or the agreed day where later payment was approved, if it is not paid in full by
    the as-of day. Payment, even late, a recorded reason, a month without dues, or one that the ledger has for nobody
    ends a run.
    """
    for run in _find_runs(context, _is_unpaid):
        message = say(
            "{name} ({id}): dues not paid in full {count} months running: {months}. For people to consider.",
            **_describe_run(context, run),
        )
        months = [_describe_month(month) for _, month in run]
        yield _build_run_finding(run, DUES_RUNNING, message, months, _build_hint(len(run)))


def check_late_runs(context: Context) -> Iterator[Finding]:
    """Yield a note for each run of months that were paid in full, but after the day to pay by.

    Such months are settled, so they stand apart from those still unpaid; a month paid in time, one that is still unpaid
    and one with a recorded reason end a run.
    """
    hint = say("It is settled. First ask for the reason, and agree on a day that suits; nothing is decided here.")
    for run in _find_runs(context, _is_settled_late):
        message = say(
            "{name} ({id}): dues paid late {count} months running, settled: {months}. For people to consider.",
            **_describe_run(context, run),
        )
        months = [_describe_late_month(context, month) for _, month in run]
        yield _build_run_finding(run, DUES_LATE, message, months, hint)


def _find_runs(
    context: Context, counts: Callable[[Context, str, MonthPayment], bool]
) -> Iterator[list[tuple[GenericRecord, MonthPayment]]]:
    """Yield each member's runs of consecutive months that count, from the clause's threshold on."""
    clause = context.rulebook.clause("10.1(6)")
    if clause is None or clause.threshold is None:
        return
    entered = _find_entered_months(context)
    for member, rows in _group_by_member(context).items():
        run: list[tuple[GenericRecord, MonthPayment]] = []
        for ledger, month in rows:
            follows = bool(run) and run[-1][1].month.end == month.month.start
            counted = month.month in entered and counts(context, member, month)
            if run and not (counted and follows):
                if len(run) >= clause.threshold:
                    yield run
                run = []
            if counted:
                run.append((ledger, month))
        if len(run) >= clause.threshold:
            yield run


def check_months_entered(context: Context) -> Iterator[Finding]:
    """Yield one note for the months of a ledger that are over and owed, and for which nobody has an entry."""
    entered = _find_entered_months(context)
    for ledger in context.corpus.of("dues"):
        payments = read_month_payments(ledger)
        months = {row.month for row in payments if row.month not in entered and _is_unpaid(context, row.member, row)}
        if months:
            message = say(
                "No payment of any member is entered for {months}: whether dues were paid is not known.",
                months=tuple(month.label for month in sorted(months, key=lambda month: month.start)),
            )
            hint = say("Enter who paid and when. Nobody is noted as unpaid for a month that is not entered.")
            yield build_finding(DUES_MONTH_NOT_ENTERED, ledger, ("members",), message, hint, at_key=True)


def _find_entered_months(context: Context) -> set[Period]:
    """Return the months for which a ledger has an entry of at least one member."""
    ledgers = context.corpus.of("dues")
    rows = (row for ledger in ledgers for row in ledger.data["members"])
    return {Period.parse(payment["month"]) for row in rows for payment in row["paid"]}


def _group_by_member(context: Context) -> Mapping[str, list[tuple[GenericRecord, MonthPayment]]]:
    """Return the months of each member in order, over all years; of two rows for a member in a year the first."""
    rows: dict[str, dict[Period, tuple[GenericRecord, MonthPayment]]] = {}
    for ledger in sorted(context.corpus.of("dues"), key=lambda ledger: ledger.data["year"]):
        for month in read_month_payments(ledger):
            rows.setdefault(month.member, {}).setdefault(month.month, (ledger, month))
    return {member: list(months.values()) for member, months in rows.items()}


def _is_unpaid(context: Context, member: str, month: MonthPayment) -> bool:
    paid = month.full_on is not None and month.full_on <= context.as_of
    return not paid and _find_last_day(context, month) < context.as_of and _is_owed(context, member, month)


def _is_settled_late(context: Context, member: str, month: MonthPayment) -> bool:
    paid = month.full_on
    late = paid is not None and _find_last_day(context, month) < paid <= context.as_of
    return late and _is_owed(context, member, month)


def _find_last_day(context: Context, month: MonthPayment) -> date:
    """Return the last day to pay, as far as later payment had been approved by the as-of day."""
    deferral = month.deferral
    return deferral.pay_by if deferral and deferral.approved_on <= context.as_of else month.month.last


def _is_owed(context: Context, member: str, month: MonthPayment) -> bool:
    """Tell whether a member of the whole month owed something for it, and no reason for less is recorded."""
    known = context.corpus.member_by_id.get(member)
    owed = month.assessed != 0 and month.reason is None
    return owed and known is not None and _owes_dues(known, month.month, whole=True)


def _owes_dues(member: Member, month: Period, *, whole: bool) -> bool:
    """Tell whether a full or probationary member was in the branch for the whole month, or for at least half of it."""
    days, all_days = member.days_as(Standing.FULL, Standing.PROBATIONARY), (month.end - month.start).days
    held = days.count(month.start, month.end)
    return held == all_days if whole else held * 2 >= all_days


def _describe_run(context: Context, run: list[tuple[GenericRecord, MonthPayment]]) -> dict[str, Argument]:
    """Return whose run it is, and its months, as arguments of a message."""
    member = run[0][1].member
    months = tuple(month.month.label for _, month in run)
    return {"name": context.corpus.name_of(member), "id": member, "count": len(run), "months": months}


def _build_run_finding(
    run: list[tuple[GenericRecord, MonthPayment]], code: FindingCode, message: Text, months: list[Text], hint: Text
) -> Finding:
    """Return the finding at the last month of a run, with a text for each month at its place."""
    last_ledger, last = run[-1]
    places = (Source(ledger.path, month.pointer) for ledger, month in run)
    related = tuple(RelatedPlace(place, text) for place, text in zip(places, months, strict=True))
    return build_finding(code, last_ledger, last.pointer, message, hint, subject=last.member)._replace(related=related)


def _describe_late_month(context: Context, month: MonthPayment) -> Text:
    due = _find_last_day(context, month)
    return say(
        "{month}: due by {due}, paid in full on {day}", month=month.month.label, due=due, day=month.full_on or due
    )


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
            "First ask for the reason, and see whether later payment was agreed; nothing is decided here about a "
            "person. Beside it stands Art. 9 of the Party Constitution on six months running without good reason: "
            "what follows is for the general meeting and the body above, after hearing the member."
        )
    return say(
        "First ask for the reason, and see whether later payment was agreed; nothing is decided here about a person."
    )


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


def check_missing_rows(context: Context) -> Iterator[Finding]:
    """Find members who were in the branch in a month that is over, and have no row in that year's ledger."""
    for ledger in context.corpus.of("dues"):
        listed = {row["member"] for row in ledger.data["members"]}
        year = Period.parse(str(ledger.data["year"]))
        over = [
            period for period in list_periods(PeriodLength.MONTH, year.start, year.end) if period.last < context.as_of
        ]
        for id_, member in sorted(context.corpus.member_by_id.items()):
            months_in = [month.label for month in over if _owes_dues(member, month, whole=False)]
            if months_in and id_ not in listed:
                message = say(
                    "{name} ({id}) has no row, and was in the branch in {month}.",
                    name=member.name,
                    id=id_,
                    month=months_in[0],
                )
                hint = say("Add a row with the assessed amount; later payment that was agreed goes under deferrals.")
                yield build_finding(DUES_ROW_MISSING, ledger, ("members",), message, hint, subject=id_, at_key=True)

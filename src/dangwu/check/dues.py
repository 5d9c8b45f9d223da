"""Dues: consecutive unpaid months, noted for people to consider (10.1(6)).

Dues and absences are never combined: each note is about one of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.check.absences import SIX_MONTHS
from dangwu.check.dues_rows import owes_dues
from dangwu.facts.dues import MonthPayment, format_yuan, read_month_payments
from dangwu.model.finding import Finding, FindingCode, RelatedPlace, Severity, Source, build_finding
from dangwu.model.message import Text, say
from dangwu.model.period import Period

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from dangwu.check.context import Context
    from dangwu.model.message import Argument
    from dangwu.model.record import GenericRecord

DUES_RUNNING = FindingCode(
    "DW906", "dues-running", Severity.NOTE, say("Dues not paid in full several months running"), "10.1(6)"
)
DUES_LATE = FindingCode(
    "DW912", "dues-late", Severity.NOTE, say("Dues paid late several months running, settled"), "10.1(6)"
)
DUES_MONTH_NOT_ENTERED = FindingCode(
    "DW911",
    "dues-month-not-entered",
    Severity.NOTE,
    say("A month of the dues ledger that nobody has entered"),
    "10.1(6)",
)
CODES = (DUES_RUNNING, DUES_LATE, DUES_MONTH_NOT_ENTERED)


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
    return owed and known is not None and owes_dues(known, month.month, whole=True)


def _describe_run(context: Context, run: list[tuple[GenericRecord, MonthPayment]]) -> dict[str, Argument]:
    """Return whose run it is, and its months, as arguments of a message."""
    (_, first), *_ = run
    months = tuple(month.month.label for _, month in run)
    return {"name": context.corpus.name_of(first.member), "id": first.member, "count": len(run), "months": months}


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

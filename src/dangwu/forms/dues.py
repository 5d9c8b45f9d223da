"""The dues ledger of a year (form 2.7): what each member owes a month, what was paid in which, and what is left."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from dangwu.facts.dues import format_yuan, read_month_payments
from dangwu.forms.cells import BLANK_ROWS, ListHead, build_number_head, build_ruled_list, build_signatures, number_rows
from dangwu.model.message import say
from dangwu.model.record import GenericRecord, Standing
from dangwu.pages.page import Align, Paragraph, Tone
from dangwu.pages.paper import Paper
from dangwu.pages.wording.values import MONTH_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dangwu.facts.dues import MonthPayment
    from dangwu.forms.field_text import FieldText
    from dangwu.model.form_input import FormRecord

_MONTHS_OF_YEAR = 12


def build_dues_form(filled: FormRecord, pen: FieldText) -> Paper:
    """Return the ledger, a row for each member by group and id.

    Arrears count what is left of whole months of belonging to the branch whose last day to pay has passed.
    """
    paid: dict[str, list[MonthPayment]] = defaultdict(list)
    if isinstance(filled.record, GenericRecord):
        for payment in read_month_payments(filled.record):
            paid[payment.member].append(payment)
    people = sorted(paid, key=pen.order())
    rows = [_build_member_row(pen, person, paid[person]) for person in people]
    sums = [_build_sum_row(pen, [paid[person] for person in people])] if rows else []
    heads = (
        build_number_head(pen, 75), ListHead(pen(say("Name")), 180), ListHead(pen(say("A month")), 125, Align.END),
        *(ListHead(pen(name), 118, Align.END) for name in MONTH_NAMES),
        ListHead(pen(say("Paid")), 150, Align.END), ListHead(pen(say("Arrears")), 125, Align.END),
        ListHead(pen(say("Remark")), 180),
    )  # fmt: skip
    collector = pen.name(filled.data.get("collector"))
    blocks = (
        Paragraph(pen(say("Amounts in yuan; arrears as of {day}.", day=pen.day(pen.forms.as_of))), Tone.QUIET),
        build_ruled_list(heads, (*number_rows(rows), *sums), room=0 if rows else BLANK_ROWS),
        build_signatures(pen, ((say("Collector (signature)"), collector), (say("Secretary (signature)"), ""))),
    )
    title = pen(say("Dues ledger, {year}", year=str(filled.data.get("year", "____"))))
    return Paper(title, pen.branch, blocks, wide=True)


def _build_member_row(pen: FieldText, member: str, year: Sequence[MonthPayment]) -> tuple[str, ...]:
    return (
        pen.name(member),
        _format_amount(year[0].assessed),
        *(_format_month(pen, each) for each in year),
        format_yuan(sum(each.paid for each in year)),
        format_yuan(_compute_arrears(pen, year)),
        pen.lang.value(tuple(_describe_deferrals(pen, year))),
    )


def _format_amount(fen: int) -> str:
    """Write an amount in the room of a month: 22.5 for 22.50."""
    text = format_yuan(fen)
    return text.rstrip("0") if "." in text else text


def _compute_arrears(pen: FieldText, year: Sequence[MonthPayment]) -> int:
    over = (each for each in year if each.due < pen.forms.as_of)
    owed = (each for each in over if _count_member_days(pen, each) == (each.month.end - each.month.start).days)
    return sum(max(0, each.assessed - each.paid) for each in owed)


def _format_month(pen: FieldText, each: MonthPayment) -> str:
    """Write what was paid for a month, a line where the member did not belong to the branch."""
    if each.paid:
        return _format_amount(each.paid)
    return "" if _count_member_days(pen, each) else "—"


def _count_member_days(pen: FieldText, each: MonthPayment) -> int:
    """Count the days of a month on which the member belonged to the branch; only a whole month is owed for."""
    member = pen.corpus.member_by_id.get(each.member)
    return member.days_as(Standing.FULL, Standing.PROBATIONARY).count(each.month.start, each.month.end) if member else 0


def _describe_deferrals(pen: FieldText, year: Sequence[MonthPayment]) -> Iterator[str]:
    """Yield what was approved to be paid later, without the reason: on paper everybody at the desk reads it."""
    for fromkey in dict.fromkeys(month.deferral for month in year if month.deferral):
        yield pen(
            say("deferred until {day}, by {who}", day=pen.short(fromkey.pay_by), who=pen.name(fromkey.approved_by))
        )


def _build_sum_row(pen: FieldText, everybody: Sequence[Sequence[MonthPayment]]) -> tuple[str, ...]:
    by_month = (sum(year[at].paid for year in everybody) for at in range(_MONTHS_OF_YEAR))
    return (
        "",
        pen(say("Sum")),
        _format_amount(sum(year[0].assessed for year in everybody)),
        *(_format_amount(each) if each else "" for each in by_month),
        format_yuan(sum(each.paid for year in everybody for each in year)),
        format_yuan(sum(_compute_arrears(pen, year) for year in everybody)),
        "",
    )


FORM_BUILDERS = {"dues": build_dues_form}

"""The dues ledger of a year (form 2.7): each member's monthly amount, the payments by month, and the arrears."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from dangwu.facts.dues import format_yuan, read_month_payments
from dangwu.forms.cells import BLANK_ROWS, ListHead, build_number_head, build_ruled_list, build_signatures, number_rows
from dangwu.model.message import say
from dangwu.model.record import GenericRecord, Standing
from dangwu.pages.page import Align, Paragraph, Tone
from dangwu.pages.paper import Paper
from dangwu.pages.wording.values import MONTH_NAMES, NO_VALUE_MARK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dangwu.facts.dues import MonthPayment
    from dangwu.forms.field_text import FieldText
    from dangwu.model.form_input import FormRecord

_MONTHS_OF_YEAR = 12


def build_dues_form(form: FormRecord, text: FieldText) -> Paper:
    """Return the ledger, a row for each member by Party group and id.

    Arrears are the unpaid rest of whole months in the branch whose last day to pay has passed.
    """
    paid: dict[str, list[MonthPayment]] = defaultdict(list)
    if isinstance(form.record, GenericRecord):
        for payment in read_month_payments(form.record):
            paid[payment.member].append(payment)
    people = sorted(paid, key=text.people_order())
    approvers = {
        (member["member"], change["from"]): change["approved_by"]
        for member in form.data.get("members") or ()
        for change in member.get("adjustments", ())
        if "approved_by" in change
    }
    rows = [_build_member_row(text, person, paid[person], approvers) for person in people]
    sums = [_build_sum_row(text, [paid[person] for person in people])] if rows else []
    heads = (
        build_number_head(text, 75), ListHead(text(say("Name")), 180), ListHead(text(say("A month")), 125, Align.END),
        *(ListHead(text(name), 118, Align.END) for name in MONTH_NAMES),
        ListHead(text(say("Paid")), 150, Align.END), ListHead(text(say("Arrears")), 125, Align.END),
        ListHead(text(say("Remark")), 180),
    )  # fmt: skip
    collector = text.name(form.data.get("collector"))
    blocks = (
        Paragraph(text(say("Amounts in yuan; arrears as of {day}.", day=text.day(text.forms.as_of))), Tone.QUIET),
        build_ruled_list(heads, (*number_rows(rows), *sums), room=0 if rows else BLANK_ROWS),
        build_signatures(text, ((say("Collector (signature)"), collector), (say("Secretary (signature)"), ""))),
    )
    title = text(say("Dues ledger, {year}", year=str(form.data.get("year", "____"))))
    return Paper(title, text.branch, blocks, wide=True)


def _build_member_row(
    text: FieldText, member: str, months: Sequence[MonthPayment], approvers: Mapping[tuple[str, str], str]
) -> tuple[str, ...]:
    """Return a row of the ledger; ``approvers`` has who approved another amount, by member and first month."""
    return (
        text.name(member),
        _format_amount(months[0].assessed),
        *(_format_month(text, month) for month in months),
        format_yuan(sum(month.paid for month in months)),
        format_yuan(_compute_arrears(text, months)),
        text.lang.value((*_describe_adjustments(text, months, approvers), *_describe_deferrals(text, months))),
    )


def _format_amount(fen: int) -> str:
    """Return an amount for a narrow column: 22.5 for 22.50."""
    text = format_yuan(fen)
    return text.rstrip("0") if "." in text else text


def _compute_arrears(text: FieldText, months: Sequence[MonthPayment]) -> int:
    past_due = (month for month in months if month.due < text.forms.as_of)
    payable = (
        month for month in past_due if _count_member_days(text, month) == (month.month.end - month.month.start).days
    )
    return sum(max(0, month.assessed - month.paid) for month in payable)


def _format_month(text: FieldText, month: MonthPayment) -> str:
    """Return the amount paid for a month; a dash where the member did not belong to the branch."""
    if month.paid:
        return _format_amount(month.paid)
    return "" if _count_member_days(text, month) else NO_VALUE_MARK


def _count_member_days(text: FieldText, month: MonthPayment) -> int:
    """Return the days of a month on which the member belonged to the branch; dues are owed for whole months only."""
    member = text.corpus.member_by_id.get(month.member)
    return (
        member.days_as(Standing.FULL, Standing.PROBATIONARY).count(month.month.start, month.month.end) if member else 0
    )


def _describe_adjustments(
    text: FieldText, months: Sequence[MonthPayment], approvers: Mapping[tuple[str, str], str]
) -> Iterator[str]:
    """Yield the amounts that were assessed from a later month on, and who approved each."""
    for before, month in pairwise((months[0], *months)):
        who = approvers.get((month.member, month.month.label))
        if before.assessed != month.assessed or who:
            name, amount = MONTH_NAMES[month.month.start.month - 1], _format_amount(month.assessed)
            yield text(
                say("from {month} on {amount} a month, approved by {who}", month=name, amount=amount, who=who)
                if who
                else say("from {month} on {amount} a month", month=name, amount=amount)
            )


def _describe_deferrals(text: FieldText, months: Sequence[MonthPayment]) -> Iterator[str]:
    """Yield the approved deferrals without their reasons, since the paper ledger is seen by others."""
    for deferral in dict.fromkeys(month.deferral for month in months if month.deferral):
        yield text(
            say(
                "deferred until {day}, by {who}",
                day=text.short_day(deferral.pay_by),
                who=text.name(deferral.approved_by),
            )
        )


def _build_sum_row(text: FieldText, accounts: Sequence[Sequence[MonthPayment]]) -> tuple[str, ...]:
    by_month = (sum(account[at].paid for account in accounts) for at in range(_MONTHS_OF_YEAR))
    return (
        "",
        text(say("Sum")),
        _format_amount(sum(account[0].assessed for account in accounts)),
        *(_format_amount(amount) if amount else "" for amount in by_month),
        format_yuan(sum(month.paid for account in accounts for month in account)),
        format_yuan(sum(_compute_arrears(text, account) for account in accounts)),
        "",
    )


FORM_BUILDERS = {"dues": build_dues_form}

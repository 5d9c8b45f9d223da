"""The dues ledger of a year (form 2.7): what each member owes a month, what was paid in which, and what is left."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from dangwu.facts.dues import months, yuan
from dangwu.forms.cells import ROOM, Head, listed, number_head, numbered, signed
from dangwu.model.message import say
from dangwu.model.record import Sheet, Standing
from dangwu.pages.page import Align, Paragraph
from dangwu.pages.paper import Paper
from dangwu.pages.tone import Tone
from dangwu.pages.wording.states import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dangwu.facts.dues import MonthPaid
    from dangwu.forms.field_text import Pen
    from dangwu.model.form_input import Filled

_YEAR = 12


def dues(filled: Filled, pen: Pen) -> Paper:
    """Return the ledger, a row for each member by group and id.

    Arrears count what is left of whole months of belonging to the branch whose last day to pay has passed.
    """
    paid: dict[str, list[MonthPaid]] = defaultdict(list)
    if isinstance(filled.record, Sheet):
        for each in months(filled.record):
            paid[each.member].append(each)
    people = sorted(paid, key=pen.order())
    rows = [_row(pen, each, paid[each]) for each in people]
    sums = [_sums(pen, [paid[each] for each in people])] if rows else []
    heads = (
        number_head(pen, 75), Head(pen(say("Name")), 180), Head(pen(say("A month")), 125, Align.END),
        *(Head(pen(each), 118, Align.END) for each in MONTHS),
        Head(pen(say("Paid")), 150, Align.END), Head(pen(say("Arrears")), 125, Align.END),
        Head(pen(say("Remark")), 180),
    )  # fmt: skip
    collector = pen.name(filled.data.get("collector"))
    blocks = (
        Paragraph(pen(say("Amounts in yuan; arrears as of {day}.", day=pen.day(pen.forms.as_of))), Tone.QUIET),
        listed(heads, (*numbered(rows), *sums), room=0 if rows else ROOM),
        signed(pen, ((say("Collector (signature)"), collector), (say("Secretary (signature)"), ""))),
    )
    title = pen(say("Dues ledger, {year}", year=str(filled.data.get("year", "____"))))
    return Paper(title, pen.branch, blocks, wide=True)


def _row(pen: Pen, member: str, year: Sequence[MonthPaid]) -> tuple[str, ...]:
    return (
        pen.name(member),
        _amount(year[0].assessed),
        *(_month(pen, each) for each in year),
        yuan(sum(each.paid for each in year)),
        yuan(_arrears(pen, year)),
        pen.lang.value(tuple(_remarks(pen, year))),
    )


def _amount(fen: int) -> str:
    """Write an amount in the room of a month: 22.5 for 22.50."""
    text = yuan(fen)
    return text.rstrip("0") if "." in text else text


def _arrears(pen: Pen, year: Sequence[MonthPaid]) -> int:
    over = (each for each in year if each.due < pen.forms.as_of)
    owed = (each for each in over if _days(pen, each) == (each.month.end - each.month.start).days)
    return sum(max(0, each.assessed - each.paid) for each in owed)


def _month(pen: Pen, each: MonthPaid) -> str:
    """Write what was paid for a month, a line where the member did not belong to the branch."""
    if each.paid:
        return _amount(each.paid)
    return "" if _days(pen, each) else "—"


def _days(pen: Pen, each: MonthPaid) -> int:
    """Count the days of a month on which the member belonged to the branch; only a whole month is owed for."""
    member = pen.corpus.member_by_id.get(each.member)
    return member.days_as(Standing.FULL, Standing.PROBATIONARY).count(each.month.start, each.month.end) if member else 0


def _remarks(pen: Pen, year: Sequence[MonthPaid]) -> Iterator[str]:
    """Yield what was approved to be paid later, without the reason: on paper everybody at the desk reads it."""
    for each in dict.fromkeys(month.deferral for month in year if month.deferral):
        yield pen(say("deferred until {day}, by {who}", day=pen.short(each.pay_by), who=pen.name(each.approved_by)))


def _sums(pen: Pen, everybody: Sequence[Sequence[MonthPaid]]) -> tuple[str, ...]:
    by_month = (sum(year[at].paid for year in everybody) for at in range(_YEAR))
    return (
        "",
        pen(say("Sum")),
        _amount(sum(year[0].assessed for year in everybody)),
        *(_amount(each) if each else "" for each in by_month),
        yuan(sum(each.paid for year in everybody for each in year)),
        yuan(sum(_arrears(pen, year) for year in everybody)),
        "",
    )


MAKERS = {"dues": dues}

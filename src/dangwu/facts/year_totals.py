"""Totals of a year that wider audiences may see than the records that they sum up (docs/site/en/privacy.md)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dangwu.facts.dues import read_month_payments
from dangwu.model.year_sums import GRADES, DuesTotal, LetterCounts, MonthDues, YearTotals

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from dangwu.facts.dues import MonthPayment
    from dangwu.model.corpus import Corpus
    from dangwu.model.record import GenericRecord


def is_of_year(record: GenericRecord, year: int, as_of: date) -> bool:
    """Tell whether a record is for a year, or is dated in it where it is for no period, by the as-of day."""
    if record.day is not None and record.day > as_of:
        return False
    start = record.period.start if record.period else record.day
    return start is not None and start.year == year


def compute_year_totals(corpus: Corpus, year: int, as_of: date) -> YearTotals:
    """Return the totals of a year on the as-of day."""
    appraisals = [appraisal for appraisal in corpus.of("appraisal") if is_of_year(appraisal, year, as_of)]
    results = [row for appraisal in appraisals for row in appraisal.data["results"]]
    counts = Counter(row["grade"] for row in results)
    begun = _find_begun_months(corpus, year, as_of)
    return YearTotals(
        dues=_sum_dues(begun),
        dues_by_month=tuple(_sum_by_month(begun)),
        grades=tuple((grade, counts[grade]) for grade in GRADES) if results else (),
        excellent=tuple(sorted({row["member"] for row in results if row["grade"] == "excellent"})),
        letters=_count_letters(corpus, year, as_of),
    )


def _find_begun_months(corpus: Corpus, year: int, as_of: date) -> list[MonthPayment]:
    """Return the payments of all months of a year that have begun by the as-of day."""
    return [
        payment
        for ledger in corpus.of("dues")
        if is_of_year(ledger, year, as_of)
        for payment in read_month_payments(ledger)
        if payment.month.start <= as_of
    ]


def _sum_by_month(begun: Sequence[MonthPayment]) -> Iterator[MonthDues]:
    for month in sorted({payment.month.start.month for payment in begun}):
        payments = [payment for payment in begun if payment.month.start.month == month]
        yield MonthDues(
            month=month,
            assessed=sum(payment.assessed for payment in payments),
            paid=sum(payment.paid for payment in payments),
            open=sum(max(0, payment.assessed - payment.paid) for payment in payments),
        )


def _sum_dues(begun: Sequence[MonthPayment]) -> DuesTotal | None:
    if not begun:
        return None
    return DuesTotal(
        people=len({payment.member for payment in begun}),
        assessed=sum(payment.assessed for payment in begun),
        paid=sum(payment.paid for payment in begun),
    )


def _count_letters(corpus: Corpus, year: int, as_of: date) -> LetterCounts | None:
    letters = [letter for letter in corpus.of("letter") if is_of_year(letter, year, as_of)]
    replies = [letter.data["replied_on"] for letter in letters if "replied_on" in letter.data]
    answered = sum(day <= as_of.isoformat() for day in replies)
    return LetterCounts(len(letters), answered) if letters else None

"""Sums of a year that more people may see than the records they are made of (privacy.md)."""

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


def is_of_year(sheet: GenericRecord, year: int, as_of: date) -> bool:
    """Tell whether a record is for a year, or where it is for no period was made in it, by the as-of day."""
    if sheet.day is not None and sheet.day > as_of:
        return False
    of = sheet.period.start if sheet.period else sheet.day
    return of is not None and of.year == year


def compute_year_totals(corpus: Corpus, year: int, as_of: date) -> YearTotals:
    """Work out the sums of a year."""
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
    return [
        payment
        for ledger in corpus.of("dues")
        if is_of_year(ledger, year, as_of)
        for payment in read_month_payments(ledger)
        if payment.month.start <= as_of
    ]


def _sum_by_month(begun: Sequence[MonthPayment]) -> Iterator[MonthDues]:
    for month in sorted({each.month.start.month for each in begun}):
        own = [each for each in begun if each.month.start.month == month]
        yield MonthDues(
            month=month,
            assessed=sum(each.assessed for each in own),
            paid=sum(each.paid for each in own),
            open=sum(max(0, each.assessed - each.paid) for each in own),
        )


def _sum_dues(begun: Sequence[MonthPayment]) -> DuesTotal | None:
    if not begun:
        return None
    return DuesTotal(
        len({each.member for each in begun}), sum(each.assessed for each in begun), sum(each.paid for each in begun)
    )


def _count_letters(corpus: Corpus, year: int, as_of: date) -> LetterCounts | None:
    came = [letter for letter in corpus.of("letter") if is_of_year(letter, year, as_of)]
    days = [each.data["replied_on"] for each in came if "replied_on" in each.data]
    answered = sum(day <= as_of.isoformat() for day in days)
    return LetterCounts(len(came), answered) if came else None

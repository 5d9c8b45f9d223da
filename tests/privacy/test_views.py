"""Sums that would tell of one person are not told to those who know the others."""

from __future__ import annotations

from datetime import date

import pytest

from dangwu.model.audience import Audience
from dangwu.model.corpus import Corpus
from dangwu.model.year_sums import GRADES, DuesTotal, YearTotals
from dangwu.privacy import views
from dangwu.privacy.viewer import Viewer
from dangwu.workspace.catalogue import load_kinds


def told(totals: YearTotals, audience: Audience) -> YearTotals:
    sight = Viewer(audience=audience, as_of=date(2026, 6, 30), kinds=load_kinds(), corpus=Corpus())
    return views.redact_totals(totals, sight)


def graded(*counts: int) -> YearTotals:
    return YearTotals(grades=tuple(zip(GRADES, counts, strict=True)), excellent=("m001",))


@pytest.mark.parametrize(("people", "shown"), [(1, False), (2, False), (3, True), (60, True)])
def test_dues_of_a_few_are_the_committees(people: int, *, shown: bool) -> None:
    totals = YearTotals(dues=DuesTotal(people, 1200, 1100))
    assert (told(totals, Audience.MEMBERS).dues is not None) == shown
    assert told(totals, Audience.COMMITTEE).dues == totals.dues
    assert told(totals, Audience.EMPLOYEES).dues is None


@pytest.mark.parametrize(
    ("counts", "whole"),
    [
        ((1, 8, 0, 0), True),
        ((0, 9, 3, 0), True),
        ((9, 0, 0, 0), True),
        ((2, 5, 1, 0), False),
        ((2, 5, 0, 2), False),
        ((2, 2, 0, 0), False),
        ((5, 0, 0, 4), False),
        ((2, 0, 5, 3), True),
        ((2, 6, 0, 3), True),
    ],
)
def test_the_grades_of_a_few_are_the_committees(counts: tuple[int, ...], *, whole: bool) -> None:
    totals = graded(*counts)
    seen_by_members = told(totals, Audience.MEMBERS)
    assert seen_by_members.grades == (totals.grades if whole else totals.grades[:1])
    assert seen_by_members.excellent == ("m001",)
    assert told(totals, Audience.COMMITTEE).grades == totals.grades
    assert told(YearTotals(), Audience.MEMBERS) == YearTotals()

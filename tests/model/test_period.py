"""Periods against a table of months written by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangwu.model.period import Period, PeriodLength, find_day_of_month, list_periods

# the number of the period in its year, month by month
NAIVE = {
    PeriodLength.MONTH: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
    PeriodLength.QUARTER: (1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4),
    PeriodLength.HALF: (1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2),
    PeriodLength.YEAR: (1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1),
}
LETTER = {PeriodLength.MONTH: "-{:02d}", PeriodLength.QUARTER: "-Q{}", PeriodLength.HALF: "-H{}", PeriodLength.YEAR: ""}

days = st.dates(date(1921, 7, 1), date(2199, 12, 31))
lengths = st.sampled_from(PeriodLength)


def naive_label(every: PeriodLength, day: date) -> str:
    return f"{day.year}" + LETTER[every].format(NAIVE[every][day.month - 1])


@given(lengths, days)
def test_the_period_of_a_day_is_the_one_in_the_table(every: PeriodLength, day: date) -> None:
    period = Period.containing(every, day)
    assert day in period
    assert period.every is every
    assert period.label == naive_label(every, day)
    assert (period.start.year, period.last.year) == (day.year, day.year)


@given(lengths, days)
def test_a_period_has_exactly_the_days_of_its_label(every: PeriodLength, day: date) -> None:
    period = Period.containing(every, day)
    around = [date(day.year, 1, 1) + timedelta(days=number) for number in range(-3, 370)]
    assert [each for each in around if each in period] == [
        each for each in around if naive_label(every, each) == period.label
    ]


@given(lengths, days)
def test_a_label_leads_back_to_its_period(every: PeriodLength, day: date) -> None:
    period = Period.containing(every, day)
    assert Period.parse(period.label) == period


@given(lengths, days)
def test_the_following_period_leaves_no_gap_and_no_overlap(every: PeriodLength, day: date) -> None:
    period = Period.containing(every, day)
    following = period.following()
    assert following.start == period.end == period.last + timedelta(days=1)
    assert following.every is every
    assert following.label == naive_label(every, following.start) != period.label


@given(lengths, days, st.integers(min_value=0, max_value=800))
def test_the_periods_of_a_span_cover_each_of_its_days_once(every: PeriodLength, start: date, length: int) -> None:
    end = start + timedelta(days=length)
    found = list(list_periods(every, start, end))
    for number in range(length):
        assert sum(start + timedelta(days=number) in period for period in found) == 1
    assert [before.end for before in found[:-1]] == [after.start for after in found[1:]]
    assert all(period.last >= start and period.start < end for period in found)


@given(days, st.integers(min_value=1, max_value=800))
def test_a_span_that_ends_before_it_begins_has_no_period(start: date, back: int) -> None:
    assert not list(list_periods(PeriodLength.MONTH, start, start - timedelta(days=back)))


@given(lengths, days, st.integers(min_value=1, max_value=12))
def test_the_months_of_a_period_are_its_calendar_months_in_order(every: PeriodLength, day: date, number: int) -> None:
    period = Period.containing(every, day)
    months = sorted(
        {
            f"{each.year}-{each.month:02d}"
            for each in (period.start + timedelta(days=n) for n in range(366))
            if each in period
        }
    )
    assert period.month(number).label == (months[number - 1] if number <= len(months) else months[-1])


@given(days, st.integers(min_value=1, max_value=31))
def test_a_day_past_the_end_of_a_month_is_its_last_day(day: date, wanted: int) -> None:
    month = Period.containing(PeriodLength.MONTH, day)
    found = find_day_of_month(month, wanted)
    assert found in month
    assert found.day == wanted or (found == month.last and found.day < wanted)


def test_the_leap_day_belongs_to_its_month() -> None:
    february = Period.parse("2024-02")
    assert february.last == date(2024, 2, 29)
    assert Period.parse("2023-02").last == date(2023, 2, 28)
    assert Period.parse("2100-02").last == date(2100, 2, 28)
    assert find_day_of_month(february, 31) == date(2024, 2, 29)


@pytest.mark.parametrize(
    "number", ["26-01", "2026-13", "2026-00", "2026-3", "2026-01-01", "２０２６-01", "0000", "-2026"]
)
@pytest.mark.parametrize("rest", ["", "\n", " "])
def test_what_is_no_month_or_year_is_refused(number: str, rest: str) -> None:
    with pytest.raises(ValueError, match=number):
        Period.parse(number + rest)


@pytest.mark.parametrize(
    "text", ["", " ", "2026-", "2026-Q", "2026-Q0", "2026-Q5", "2026-q1", "2026-Q１", "2026-H3", "2026-h1"]
)
def test_what_is_no_label_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the label itself is the message
        Period.parse(text)

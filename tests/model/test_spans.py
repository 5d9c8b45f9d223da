"""Sets of days against Python sets of days."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dangwu.model.spans import FOREVER, Days, Span

FIRST = date(2024, 2, 20)
LENGTH = 40
WINDOW = [FIRST + timedelta(days=number) for number in range(LENGTH)]

inside = st.integers(min_value=0, max_value=LENGTH).map(lambda number: FIRST + timedelta(days=number))
ends = st.one_of(inside, st.just(FOREVER))
# ends before starts too: what people write need not be in order
spans = st.builds(Span, inside, ends)
lists = st.lists(spans, max_size=8)


def plain(listed: list[Span]) -> set[date]:
    return {day for day in WINDOW for span in listed if span.start <= day < span.end}


def seen(days: Days) -> set[date]:
    return {day for day in WINDOW if day in days}


@given(lists)
def test_a_set_has_the_days_of_its_spans(listed: list[Span]) -> None:
    assert seen(Days(listed)) == plain(listed)
    assert all((day in Days(listed)) == any(day in span for span in listed) for day in WINDOW)


@given(lists, lists)
def test_and_is_the_common_days(left: list[Span], right: list[Span]) -> None:
    assert seen(Days(left) & Days(right)) == plain(left) & plain(right)


@given(lists, lists)
def test_or_is_the_days_of_either(left: list[Span], right: list[Span]) -> None:
    assert seen(Days(left) | Days(right)) == plain(left) | plain(right)


@given(lists, inside, inside)
def test_count_is_the_number_of_days_in_the_range(listed: list[Span], start: date, end: date) -> None:
    assert Days(listed).count(start, end) == len({day for day in plain(listed) if start <= day < end})


@given(lists, lists)
def test_sets_are_equal_when_their_days_are(left: list[Span], right: list[Span]) -> None:
    endless = [any(span.end == FOREVER for span in listed) for listed in (left, right)]
    same = plain(left) == plain(right) and endless[0] == endless[1]
    assert (Days(left) == Days(right)) == same
    if same:
        assert hash(Days(left)) == hash(Days(right))


@given(lists, lists, lists)
def test_and_or_keep_the_laws_of_sets(a: list[Span], b: list[Span], c: list[Span]) -> None:
    x, y, z = Days(a), Days(b), Days(c)
    assert x & (y | z) == (x & y) | (x & z)
    assert x & x == x | x == x
    assert x & Days() == Days()
    assert x | Days() == x


@given(inside, st.integers(min_value=0, max_value=LENGTH))
def test_from_and_to_are_both_included(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    span = Span.inclusive(first, last)
    assert [day for day in WINDOW if day in span] == [day for day in WINDOW if first <= day <= last]
    assert Days([span]).count(first, FOREVER) == length + 1


@given(inside)
def test_without_a_last_day_it_holds_until_further_notice(first: date) -> None:
    span = Span.inclusive(first, None)
    assert span.end == FOREVER
    assert date(2999, 12, 31) in span
    assert first - timedelta(days=1) not in span

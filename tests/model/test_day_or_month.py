"""A day, or a month of which the day is not known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dangwu.model.day_or_month import DayOrMonth


def known(text: str) -> DayOrMonth:
    found = DayOrMonth.parse(text)
    assert found is not None
    assert found.label == text
    return found


def test_a_month_is_each_of_its_days_and_none() -> None:
    month, day = known("2024-02"), known("2024-02-29")
    assert (month.first, month.last, month.day) == (date(2024, 2, 1), date(2024, 2, 29), None)
    assert day.day == date(2024, 2, 29)
    assert month.may_be(day)
    assert day.may_be(month)
    assert not month.may_be(known("2024-03-01"))


@pytest.mark.parametrize(
    "text", ["2024-13", "2024-00", "2024-2", "2024", "2024-Q1", "2024-02-30", "", None, 2024, "２０２４-02"]
)
def test_other_values_are_neither(text: object) -> None:
    assert DayOrMonth.parse(text) is None


def test_a_month_lies_before_a_day_only_if_each_of_its_days_does() -> None:
    month = known("2024-02")
    for number in range(-3, 40):
        day = date(2024, 2, 1) + timedelta(days=number)
        days = [known((month.first + timedelta(days=at)).isoformat()) for at in range(29)]
        assert month.is_before(day) is all(one.is_before(day) for one in days)
        assert month.is_after(day) is all(one.is_after(day) for one in days)

"""Amounts of dues in fen and in yuan."""

from __future__ import annotations

from datetime import date

import pytest

from dangwu.facts.dues import convert_to_fen, format_yuan, read_month_payments
from dangwu.model.period import Period
from dangwu.model.record import GenericRecord


@pytest.mark.parametrize(
    ("fen", "yuan"),
    [
        (0, "0"), (1, "0.01"), (5, "0.05"), (50, "0.50"), (99, "0.99"), (100, "1"), (101, "1.01"), (1250, "12.50"),
        (4500, "45"), (9999, "99.99"), (10000, "100"), (10100, "101"), (20200, "202"), (1234567, "12345.67"),
    ],
)  # fmt: skip
def test_an_amount_is_written_in_yuan_and_read_back(fen: int, yuan: str) -> None:
    assert format_yuan(fen) == yuan
    assert convert_to_fen(float(yuan)) == fen


def read_january(assessed: float, *paid: tuple[str, float | None]) -> tuple[int, date | None]:
    """Return what was paid for January 2026, in fen, and the day on which it was the whole."""
    payments = [
        {"month": "2026-01", "date": day, **({} if amount is None else {"amount": amount})} for day, amount in paid
    ]
    member = {"member": "m001", "assessed": assessed, "paid": payments}
    ledger = GenericRecord(
        "dues/2026.yaml", "dues", "2026", {"year": 2026, "members": [member]}, None, Period.parse("2026")
    )
    january, *others = read_month_payments(ledger)
    assert [month.paid for month in others] == [0] * 11
    return january.paid, january.full_on


@pytest.mark.parametrize(
    ("assessed", "paid", "sum_and_day"),
    [
        (20, [], (0, None)),
        (0, [], (0, date(2026, 1, 1))),
        (20, [("2026-01-05", None)], (2000, date(2026, 1, 5))),
        (20, [("2026-01-05", 19.99)], (1999, None)),
        (20, [("2026-01-05", 19.99), ("2026-02-03", 0.01)], (2000, date(2026, 2, 3))),
        (20, [("2026-02-03", 12), ("2026-01-05", 8)], (2000, date(2026, 2, 3))),
        (20, [("2026-01-05", 25), ("2026-02-03", 5)], (3000, date(2026, 1, 5))),
        (0.01, [("2026-01-05", 0)], (0, None)),
    ],
)
def test_a_month_is_paid_in_full_on_the_day_of_the_payment_that_makes_up_the_sum(
    assessed: float, paid: list[tuple[str, float | None]], sum_and_day: tuple[int, date | None]
) -> None:
    assert read_january(assessed, *paid) == sum_and_day

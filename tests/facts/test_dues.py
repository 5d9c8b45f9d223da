"""Amounts of dues in fen and in yuan."""

from __future__ import annotations

import pytest

from dangwu.facts.dues import convert_to_fen, format_yuan


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

"""What is said of waivers and amendments, case by case."""

from __future__ import annotations

import pytest

from tests.support.changed import changed, good, says

Change = tuple[str, str]
LECTURE = "rules/lecture-quarterly.yaml"
WAIVER = "waivers/2026/2026-06-05-g2-may.yaml"


@pytest.mark.parametrize(
    ("code", "change", "said"),
    [
        ("DW701", ("3.1/2026-05/g2", "1.4/2026-05"), ["1.4 is no duty of the rulebook."]),
        (
            "DW701",
            ("3.1/2026-05/g2", "3.1/2026-Q2/g2"),
            ["3.1 is not owed by 2026-Q2; write a period as 2026-04."],
        ),
        ("DW701", ("3.1/2026-05/g2", "3.1/2026-05"), ["3.1 is owed by each group: add /g1 or another group."]),
        ("DW701", ("3.1/2026-05/g2", "3.1/2026-05/g7"), ["branch.yaml has no group with the id g7."]),
        ("DW701", ("3.1/2026-05/g2", "3.2/2026-05/g2"), ["3.2 is owed once; leave g2 out."]),
        ("DW702", ("until: 2026-06-20", "until: 2026-06-01"), []),
        (
            "DW702",
            ("until: 2026-06-20", "until: 2026-05-31"),
            ["The new day 2026-05-31 does not lie after the period of 3.1/2026-05/g2."],
        ),
        ("DW702", ("outcome: deferred", "outcome: waived"), ["Only a deferred duty has a new day."]),
        ("DW702", ("outcome: deferred\nuntil: 2026-06-20", "outcome: missed"), []),
    ],
)
def test_waivers(code: str, change: Change, said: list[str]) -> None:
    assert says(code, changed(code, WAIVER, change)) == said


def test_what_is_not_over_cannot_be_called_missed() -> None:
    for day, said in (
        ("2026-05-31", ["The period of 3.1/2026-05/g2 was not over when it was called missed."]),
        ("2026-06-01", []),
    ):
        assert says("DW702", changed("DW701", WAIVER, ("date: 2026-06-05", f"date: {day}"))) == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([], []),
        ([('"3.4"', '"1.4"')], ["1.4 is no duty of the rulebook."]),
        ([('"3.4"', '"99"')], ["99 is no duty of the rulebook."]),
        ([("every: quarter\n", "")], ["Nothing is changed: add off, every, count or due."]),
        ([("every: quarter", "off: true")], []),
        (
            [("every: quarter", "every: quarter\nnew: {title: 党课, record: lecture}")],
            ["3.4 is in the rulebook already; leave new out to change it."],
        ),
    ],
)
def test_amendments(changes: list[Change], said: list[str]) -> None:
    assert says("DW703", changed("DW703", LECTURE, *changes)) == said


def test_two_amendments_of_a_clause_from_one_day() -> None:
    text = good("DW703", LECTURE)
    twice = {LECTURE: text, "rules/z.yaml": text}
    assert says("DW703", twice) == [f"{LECTURE} amends 3.4 from the same day."]
    assert says("DW703", {**twice, "rules/z.yaml": text.replace("2026-07-01", "2026-08-01")}) == []

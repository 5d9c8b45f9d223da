"""What is said of waivers and amendments, case by case."""

from __future__ import annotations

import pytest

from tests.support.branches import base_file
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
        ("DW701", ("3.1/2026-05/g2", "10.1(6)m/2026-05/m008"), []),
        (
            "DW701",
            ("3.1/2026-05/g2", "10.1(6)m/2026-05"),
            ["10.1(6)m is owed by each person: add the id, as in /m001."],
        ),
        ("DW701", ("3.1/2026-05/g2", "10.1(6)m/2026-05/m099"), ["There is no member m099 in members/."]),
        ("DW701", ("3.1/2026-05/g2", "9.2(5)/2026/m001"), []),
        (
            "DW701",
            ("3.1/2026-05/g2", "8.2(1)/2026"),
            ["8.2(1) follows from an event: add its id, as dangwu due shows it."],
        ),
        ("DW701", ("3.1/2026-05/g2", "9.2(7)/2026/l009"), ["No record has the id l009, or one that it begins with."]),
        ("DW702", ("until: 2026-06-20", "until: 2026-06-01"), []),
        (
            "DW702",
            ("until: 2026-06-20", "until: 2026-05-31"),
            ["3.1/2026-05/g2 is due by 2026-05-31: the new day 2026-05-31 does not lie after it."],
        ),
        ("DW702", ("outcome: deferred", "outcome: waived"), ["Only a deferred duty has a new day."]),
        ("DW702", ("outcome: deferred\nuntil: 2026-06-20", "outcome: missed"), []),
    ],
)
def test_waivers(code: str, change: Change, said: list[str]) -> None:
    assert says(code, changed(code, WAIVER, change)) == said


@pytest.mark.parametrize(
    ("duty", "fault"),
    [
        ("1.1/2026/m001", "1.1 is no duty of the rulebook."),
        ("9.2(7)/2026/l001", None),
        ("9.2(7)/2026/l001-2", None),
        ("9.2(7)/2026/l0012", "No record has the id l0012, or one that it begins with."),
        ("8.2(1)/2026/2026-03-27-general-meeting-1", None),
        ("8.2(1)/2026/2026-03-28-general-meeting-1",
         "No record has the id 2026-03-28-general-meeting-1, or one that it begins with."),
        ("9.2(7)/2026-03/l001", "9.2(7) is not owed by 2026-03; write a period as 2026."),
        ("3.1/2026-05/g1", None),
        ("3.1/2026-05/g3", "branch.yaml has no group with the id g3."),
        ("3.1/2026-05/m001", "branch.yaml has no group with the id m001."),
        ("5.2/2026/m003", None),
        ("9.2(5)/2026/w01", None),
        ("9.2(5)/2026/w02", "There is no member w02 in members/."),
        ("3.2/2026-05", None),
    ],
)  # fmt: skip
def test_which_duty_a_waiver_may_name(duty: str, fault: str | None) -> None:
    """That of a group, of a member or one of the staff, of the branch, or of an event by the id of its record."""
    letter = "supervision/2026/letter-l001.yaml"
    staff = "staff:\n  - {id: w01, name: 邓青, department: 生产部}\n"
    files = {letter: good("DW892", letter), "branch.yaml": base_file("branch.yaml").decode() + staff}
    files |= changed("DW701", WAIVER, ("3.1/2026-05/g2", duty))
    assert says("DW701", files) == ([fault] if fault else [])


def test_what_is_not_over_cannot_be_called_missed() -> None:
    for day, said in (
        ("2026-05-31", ["3.1/2026-05/g2 is due by 2026-05-31: on 2026-05-31 it was not yet missed."]),
        ("2026-06-01", []),
    ):
        assert says("DW702", changed("DW701", WAIVER, ("date: 2026-06-05", f"date: {day}"))) == said


@pytest.mark.parametrize(
    ("duty", "day", "missed"),
    [
        ("1.4a/2026", "2026-01-31", False),
        ("1.4a/2026", "2026-02-01", True),
        ("8.2(4)/2025", "2026-01-31", False),
        ("8.2(4)/2025", "2026-02-01", True),
        ("5.5b/2025/m003", "2026-02-01", True),
    ],
)
def test_a_duty_is_missed_after_its_due_day(duty: str, day: str, *, missed: bool) -> None:
    """The due day may lie before the end of the period, or after it."""
    changes = (("date: 2026-06-05", f"date: {day}"), ("3.1/2026-05/g2", duty))
    assert (not says("DW702", changed("DW701", WAIVER, *changes))) == missed


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([], []),
        ([('"3.4"', '"1.4"')], ["1.4 is no duty of the rulebook."]),
        ([('"3.4"', '"99"')], ["99 is no duty of the rulebook."]),
        ([("every: quarter\n", "")], ["Nothing is changed: add off, every, count or due."]),
        ([("every: quarter", "off: true")], []),
        ([("every: quarter", "count: 2")], []),
        ([("every: quarter", "due: {day: 20}")], []),
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


def test_two_files_add_one_duty() -> None:
    """Only the first of them adds it; what comes later can change it."""
    new = "every: quarter\nnew: {title: 党课, record: lecture}"
    text = good("DW703", LECTURE).replace('"3.4"', "x.1").replace("every: quarter", new)
    assert says("DW703", {"rules/a.yaml": text}) == []
    later = text.replace("2026-07-01", "2026-08-01")
    told = ["x.1 is in the rulebook already; leave new out to change it."]
    assert says("DW703", {"rules/a.yaml": text, "rules/b.yaml": later}) == told
    assert says("DW703", {"rules/a.yaml": text, "rules/b.yaml": later.replace(new, "every: month")}) == []

"""Hours of study are compared only of those who were members all year and exempt for less than half of it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.branches import base_file
from tests.support.changed import says
from tests.support.examples import overlay

PLAN, M008 = "plans/2026/education.yaml", "members/m008.yaml"
AFTER = date(2027, 1, 11)
EXEMPTION = "  - {{from: {}, to: {}, reason: away, approved_by: m001}}\n"


@pytest.mark.parametrize(
    ("exempt", "compared"),
    [
        ([], True),
        # Of the 365 days of 2026 these are 182, 183 and 182 again; a day of two exemptions counts once.
        ([("2026-01-01", "2026-07-01")], True),
        ([("2026-01-01", "2026-07-02")], False),
        ([("2026-07-03", "2027-06-30")], True),
        ([("2026-01-01", "2026-07-01"), ("2025-01-01", "2025-12-31")], True),
        ([("2026-01-01", "2026-05-01"), ("2026-01-01", "2026-05-01")], True),
        ([("2026-01-01", "2026-05-01"), ("2026-04-01", "2026-07-01")], True),
        ([("2026-01-01", "2026-05-01"), ("2026-04-01", "2026-07-02")], False),
        ([("2025-06-01", "2026-03-31"), ("2026-10-01", "2027-03-31")], True),
        ([("2025-06-01", "2026-04-01"), ("2026-10-01", "2027-03-31")], False),
    ],
)
def test_who_is_exempt_for_half_a_year_is_not_compared(exempt: list[tuple[str, str]], *, compared: bool) -> None:
    rows = "".join(EXEMPTION.format(*days) for days in exempt)
    member = base_file(M008).decode() + (f"exemptions:\n{rows}" if rows else "")
    plan = (overlay("DW863", "bad") / PLAN).read_text(encoding="utf-8")
    (told,) = says("DW863", {PLAN: plan, M008: member}, AFTER)
    assert ("梁安" in told) is compared
    assert "苏禾" in told


@pytest.mark.parametrize(("last", "compared"), [("2028-06-30", True), ("2028-07-01", False)])
def test_half_of_a_leap_year_is_183_days(last: str, *, compared: bool) -> None:
    member = f"{base_file(M008).decode()}exemptions:\n{EXEMPTION.format('2028-01-01', last)}"
    path = PLAN.replace("2026", "2028")
    plan = (overlay("DW863", "bad") / PLAN).read_text(encoding="utf-8").replace("2026", "2028")
    (told,) = says("DW863", {path: plan, M008: member}, date(2029, 1, 11))
    assert ("梁安" in told) is compared


@pytest.mark.parametrize(("day", "count"), [(date(2026, 12, 31), 0), (date(2027, 1, 1), 1)])
def test_hours_are_compared_once_the_year_is_over(day: date, count: int) -> None:
    plan = (overlay("DW863", "bad") / PLAN).read_text(encoding="utf-8")
    assert len(says("DW863", {PLAN: plan}, day)) == count


FACILITIES = "inspections/2026/2026-06-10-facility-check.yaml"


@pytest.mark.parametrize(
    ("day", "as_of", "count"),
    [
        ("2026-06-09", date(2026, 6, 30), 1),
        ("2026-06-11", date(2026, 6, 30), 0),
        ("2026-06-30", date(2026, 6, 30), 0),
        ("2026-06-30", date(2026, 6, 29), 1),
        ("2026-06-11", date(2026, 6, 10), 1),
        ("2026-06-11", date(2026, 6, 9), 0),
    ],
)
def test_what_a_later_check_found_there_is_missing_no_more(day: str, as_of: date, count: int) -> None:
    """What is dated after the as-of day is not known yet."""
    bad = (overlay("DW866", "bad") / FACILITIES).read_text(encoding="utf-8")
    later = bad.replace("2026-06-10", day).replace("kit: false", "kit: true")
    assert "kit: false" in bad
    files = {FACILITIES: bad, FACILITIES.replace("2026-06-10", day): later}
    assert len(says("DW866", files, as_of)) == count


def test_of_two_checks_on_one_day_neither_is_the_later() -> None:
    bad = (overlay("DW866", "bad") / FACILITIES).read_text(encoding="utf-8")
    files = {FACILITIES: bad, FACILITIES.replace(".yaml", "-2.yaml"): bad.replace("kit: false", "kit: true")}
    assert len(says("DW866", files)) == 1


@pytest.mark.parametrize(
    ("day", "count"),
    [("2024-12-31", 1), ("2025-01-01", 0), ("2025-12-31", 0), ("2026-01-09", 0), ("2026-01-10", 1)],
)
def test_study_is_checked_from_the_first_day_of_the_year_to_the_last_assessment(day: str, count: int) -> None:
    """The last assessment of 2025 was decided on 9 January 2026."""
    good = overlay("DW864", "good")
    check = (good / "inspections/2025/2025-12-10-study-check.yaml").read_text(encoding="utf-8")
    assessment = (good / "appraisals/2025/m006.yaml").read_text(encoding="utf-8")
    assert "decided_on: 2026-01-09" in assessment
    files = {
        f"inspections/{day[:4]}/{day}-study-check.yaml": check.replace("2025-12-10", day),
        "appraisals/2025/m006.yaml": assessment,
    }
    assert len(says("DW864", files)) == count

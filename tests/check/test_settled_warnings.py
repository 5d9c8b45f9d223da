"""Warnings on readings that are settled: who approves, grades that differ, cases left lying, stages on one day."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.changed import changed, found, good, laid, says
from tests.support.examples import BASE, overlay

PLAN, ASSESSMENT = "plans/2026/annual.yaml", "appraisals/2025/m006.yaml"
CASE, ITEM = "supervision/2025/case-c001.yaml", "disclosures/2026/2026-04-03-zeren-qu.yaml"
TARGET = "targets/2026/m006.yaml"
BRANCH = (BASE / "branch.yaml").read_text(encoding="utf-8")
WITHOUT_COMMITTEE = BRANCH.replace("committee: true", "committee: false").replace(
    """      - {post: organization, member: m002, from: 2024-03-15}
      - {post: publicity, member: m003, from: 2024-03-15}
      - {post: discipline-inspection, member: m004, from: 2024-03-15}
""",
    "",
)
APPEALED = "verified_on: 2026-03-02\nresult: 属实\nclosed_on: 2026-03-05\nshown_on: 2026-03-06\nstatement: 不服\n"
NOT_IN_CHARGE = "Approved by {}; on {} it was for {} to approve."


@pytest.mark.parametrize(
    ("branch", "by", "said"),
    [
        (BRANCH, "committee", []),
        (BRANCH, "general-meeting", [NOT_IN_CHARGE.format("the general meeting", "2026-01-12", "the committee")]),
        (BRANCH, "superior", [NOT_IN_CHARGE.format("the superior", "2026-01-12", "the committee")]),
        (WITHOUT_COMMITTEE, "general-meeting", []),
        (WITHOUT_COMMITTEE, "committee", [NOT_IN_CHARGE.format("the committee", "2026-01-12", "the general meeting")]),
    ],
)
def test_who_approves_a_plan(branch: str, by: str, said: list[str]) -> None:
    files = changed("DW815", PLAN, ("approved_by: committee", f"approved_by: {by}"))
    assert says("DW815", {"branch.yaml": branch, **files}) == said


def test_a_plan_of_the_term_before_the_committee() -> None:
    later = BRANCH.replace("  - from: 2024-03-15", "  - from: 2026-02-01")
    assert says("DW815", {"branch.yaml": later, **changed("DW815", PLAN)}) != []


@pytest.mark.parametrize(
    ("branch", "by", "codes"),
    [
        (BRANCH, "committee", []),
        (BRANCH, "general-meeting", ["DW815"]),
        (WITHOUT_COMMITTEE, "general-meeting", []),
        (WITHOUT_COMMITTEE, "committee", ["DW854"]),
    ],
)
def test_who_approves_a_target_is_told_once(branch: str, by: str, codes: list[str]) -> None:
    text = good("DW853", TARGET).replace("approved_by: committee", f"approved_by: {by}")
    findings = found({"branch.yaml": branch, TARGET: text})
    told = [each for each in findings if each.code.id in {"DW815", "DW854"}]
    assert [each.code.id for each in told] == codes
    assert [each.cited_clause for each in told] == ["5.2" for _ in codes]


def graded(*changes: tuple[str, str]) -> dict[str, str]:
    files = {name: raw.decode() for name, raw in laid(overlay("DW860", "good")).items() if isinstance(raw, bytes)}
    return {**files, **changed("DW860", ASSESSMENT, *changes)}


def test_grades_that_differ_are_shown_side_by_side() -> None:
    findings = found(graded(("grade: qualified", "grade: unqualified\ndisposal: 镇党委〔2026〕3号")), code="DW860")
    paths = [finding.source.path for finding in findings]
    assert paths == ["appraisals/2025/appraisal.yaml", ASSESSMENT]
    assert [place.source.path for finding in findings for place in finding.related] == paths[::-1]
    assert {(finding.subject, finding.severity.value) for finding in findings} == {("m006", "warning")}


@pytest.mark.parametrize(
    "changes",
    [
        (),
        (("grade: qualified\n", ""),),
        (("member: m006", "member: m009"), ("grade: qualified\n", "")),
    ],
)
def test_one_grade_alone_differs_from_nothing(changes: tuple[tuple[str, str], ...]) -> None:
    assert says("DW860", graded(*changes)) == []


@pytest.mark.parametrize(
    ("more", "as_of", "is_told"),
    [
        ("", date(2026, 5, 10), False),
        ("", date(2026, 5, 11), True),
        ("verified_on: 2026-03-02\n", date(2026, 9, 2), False),
        ("verified_on: 2026-03-02\n", date(2026, 9, 3), True),
        ("verified_on: 2026-03-02\nresult: 查无实据\nclosed_on: 2026-03-05\n", date(2027, 3, 3), False),
        (
            f"{APPEALED}appeal: {{lodged_on: 2026-03-10}}\n",
            date(2026, 9, 11),
            True,
        ),
        (
            f"{APPEALED}appeal: {{lodged_on: 2026-03-10, answered_on: 2026-04-10, answer: 维持}}\n",
            date(2027, 9, 11),
            False,
        ),
    ],
)
def test_a_case_left_lying(more: str, as_of: date, *, is_told: bool) -> None:
    text = good("DW898", CASE).partition("verified_on")[0] + more
    findings = found({CASE: text}, as_of, "DW898")
    assert bool(findings) == is_told
    assert all(not finding.message.arguments for finding in findings), "nothing of the case is quoted"


@pytest.mark.parametrize(
    ("days", "is_told"),
    [
        (("2026-03-27", "2026-03-27"), True),
        (("2026-03-26", "2026-03-27"), False),
        (("2026-03-27", "2026-04-03"), False),
    ],
)
def test_three_stages_on_one_day(days: tuple[str, str], *, is_told: bool) -> None:
    before, result = days
    changes = (
        ("published_on: 2026-03-18", f"published_on: {before}"),
        ("published_on: 2026-04-03", f"published_on: {result}"),
    )
    told = says("DW884", changed("DW884", ITEM, *changes))
    assert told == (["All three stages lie on 2026-03-27: nobody could give an opinion before."] if is_told else [])

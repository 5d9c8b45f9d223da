"""What a check says in each of its cases: the examples show one case of a code, here are others."""

from __future__ import annotations

import pytest

from tests.support.branches import base_file
from tests.support.changed import changed, good, says

Change = tuple[str, str]
APPRAISAL = "appraisals/2025/appraisal.yaml"
DEVELOPMENT = "plans/2026/development.yaml"
DUES = "dues/2026.yaml"
GENERAL = "meetings/2026/2026-06-25-general-meeting.md"
GROUP = "meetings/2026/2026-06-12-group-meeting-g2.md"
LIFE = "meetings/2026/2026-05-20-organizational-life-meeting.md"
PARTICIPATION = "inspections/2025/2025-h2-participation-check.yaml"
RECTIFICATION = "rectifications/2026/2026-05-25-rectification.yaml"
RESULT = "  - {member: m008, tally: {qualified: 2, basically_qualified: 6}"
DEFERRED = """    deferrals:
      - {from: 2026-03, to: 2026-02, reason: quarterly, approved_by: 支委会, approved_on: 2026-01-05}
"""
ROW = "  - {member: m009, due: 1, present: 1, leave: 0, absent: 0}\n"


@pytest.mark.parametrize(
    ("code", "change", "said"),
    [
        ("DW872", ("ballots: 8", "ballots: 9"), ["Ballots: 9; voters: 8."]),
        ("DW872", ("ballots: 8", "ballots: 7"), 8 * ["Votes for one member: 8; ballots: 7."]),
        (
            "DW873",
            (RESULT, RESULT.replace("m008", "m009")),
            ["梁安 (m008) has no result.", "苏禾 (m009) was probationary when it was decided: no grade is given."],
        ),
        (
            "DW873",
            (RESULT, RESULT.replace("m008", "m007")),
            ["梁安 (m008) has no result.", "秦立夏 (m007) has more than one result."],
        ),
        ("DW873", (RESULT, RESULT.replace("m008", "m077")), ["梁安 (m008) has no result."]),
    ],
)
def test_appraisals(code: str, change: Change, said: list[str]) -> None:
    assert says(code, changed(code, APPRAISAL, change)) == said


def test_a_result_of_who_had_left_when_it_was_decided() -> None:
    status = "  - {from: 2024-03-01, status: full}\n"
    text = base_file("members/m008.yaml").decode()
    gone = text.replace(status, f"{status}  - {{from: 2026-01-05, status: transferred}}\n")
    assert gone != text
    said = says("DW873", {APPRAISAL: good("DW873", APPRAISAL), "members/m008.yaml": gone})
    assert said == ["梁安 (m008) was no full member when it was decided."]


@pytest.mark.parametrize(
    ("code", "change", "said"),
    [
        ("DW406", ("due: 2026-07-31", "due: 2026-06-25"), []),
        ("DW406", ("due: 2026-07-31", "due: 2026-06-24"), ["The due day 2026-06-24 lies before the meeting."]),
        ("DW406", ("    due: 2026-07-31\n", ""), ["The resolution has no due day."]),
        ("DW406", ("    owner: m002\n", ""), ["Nobody is named to carry the resolution out."]),
        ("DW405", ("yes: 4, no: 1", "yes: 5, no: 0"), ["Yes: 5 of 8 due carries the resolution."]),
        (
            "DW405",
            ("    passed: false\n", ""),
            ["Yes: 4; more than half of the full members due is needed, that is 5 of 8."],
        ),
    ],
)
def test_resolutions(code: str, change: Change, said: list[str]) -> None:
    assert says(code, changed(code, GENERAL, change)) == said


@pytest.mark.parametrize(
    ("code", "path", "change", "said"),
    [
        (
            "DW407",
            GROUP,
            ("makes_up: 2026-05", "makes_up: 2026-06"),
            ["The meeting lies in 2026-06 itself, so it makes up for nothing."],
        ),
        (
            "DW407",
            GROUP,
            ("makes_up: 2026-05", "makes_up: 2026-07"),
            ["The period 2026-07 begins only after the meeting."],
        ),
        (
            "DW816",
            DEVELOPMENT,
            ("stage: candidate", "stage: applicant"),
            ["1 are to be admitted; candidates for development in the list: 0."],
        ),
        (
            "DW907",
            DUES,
            (
                "    assessed: 60\n",
                f"    assessed: 60\n{DEFERRED}",
            ),
            ["Later payment ends before it begins."],
        ),
    ],
)
def test_other_records(code: str, path: str, change: Change, said: list[str]) -> None:
    assert says(code, changed(code, path, change)) == said


def test_a_member_twice_in_a_table() -> None:
    meeting = "meetings/2025/2025-10-16-general-meeting.md"
    files = {meeting: good("DW893", meeting), **changed("DW893", PARTICIPATION, (ROW, ROW * 2))}
    assert says("DW893", files) == ["苏禾 (m009) stands in the table more than once."]


def test_an_applicant_whom_nobody_has_talked_to() -> None:
    """A month after the application; before that nothing is said."""
    applied = [
        ("stage: candidate", "stage: applicant"),
        ("    talked_on: 2024-05-20\n    activist_on: 2024-09-10\n    candidate_on: 2025-10-10\n", ""),
        ("target: 1", "target: 0"),
    ]
    for day, said in (
        ("2025-12-11", ["江小满 applied on 2025-12-11; no talk is recorded, and generally it is within a month."]),
        ("2025-12-12", []),
    ):
        assert says("DW816", changed("DW816", DEVELOPMENT, *applied, ("2024-05-06", day))) == said


@pytest.mark.parametrize(
    ("path", "change", "said"),
    [
        (
            LIFE,
            (
                "[m001, m002, m003, m004, m005, m006, m007, m008, m009]\nleave",
                "[m001, m002, m003, m004, m005, m006, m007, m008]\nleave",
            ),
            ["苏禾 (m009) is among those who spoke and was not there."],
        ),
        (RECTIFICATION, ("date: 2026-05-25", "date: 2026-05-20"), []),
        (
            RECTIFICATION,
            ("date: 2026-05-25", "date: 2026-05-19"),
            ["The list is older than its meeting, held on 2026-05-20."],
        ),
    ],
)
def test_life_meetings(path: str, change: Change, said: list[str]) -> None:
    files = {each: good("DW865", each) for each in (LIFE, RECTIFICATION)}
    assert change[0] in files[path]
    code = {LIFE: "DW865", RECTIFICATION: "DW843"}[path]
    files[path] = files[path].replace(*change)
    assert says(code, files) == said


def test_a_rectification_list_of_a_meeting_that_could_not_be_read() -> None:
    """Nothing is said of such a meeting; one that is not there at all is no life meeting."""
    files = {RECTIFICATION: good("DW865", RECTIFICATION)}
    assert says("DW843", {**files, LIFE: "broken: ["}) == []
    assert says("DW843", files) == [
        "2026-05-20-organizational-life-meeting is no democratic and no organizational life meeting."
    ]

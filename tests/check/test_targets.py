"""Steps, targets, assessments and appraisals: their boundaries, and that no grade follows from points."""

from __future__ import annotations

from itertools import product

import pytest

from dangwu.facts.scores import ScoreWeights, compute_total, format_points
from tests.support.changed import changed, found, good, said
from tests.support.examples import BASE, overlay

TARGET = "targets/2026/m006.yaml"
ASSESSMENT = "appraisals/2025/m006.yaml"
APPRAISAL = "appraisals/2025/appraisal.yaml"
CASE = "supervision/2026/case-c001.yaml"
LETTER = "supervision/2026/letter-l001.yaml"
TALK = "admonitions/2026/a001.yaml"
GRADES = ("excellent", "qualified", "basically-qualified", "unqualified")


def test_steps_may_fall_on_one_day() -> None:
    same = changed("DW851", TARGET, ("reviewed_on: 2026-01-14", "reviewed_on: 2026-01-08"))
    assert found(same, code="DW851") == ()


def test_a_step_not_filled_in_is_passed_over() -> None:
    files = changed(
        "DW891", CASE, ("verified_on: 2026-03-02\n", ""), ("closed_on: 2026-03-20", "closed_on: 2026-02-01")
    )
    (finding,) = found(files, code="DW891")
    assert finding.source.pointer == ("closed_on",)


@pytest.mark.parametrize(
    ("old", "new", "pointer"),
    [
        ("date: 2026-03-12\n", "date: 2026-03-09\n", ("date",)),
        ("deadline: 2026-04-30", "deadline: 2026-03-12", ("deadline",)),
        ("shown_on: 2026-03-12", "shown_on: 2026-03-11", ("shown_on",)),
        ("date: 2026-04-16, finding", "date: 2026-03-01, finding", ("checks", 0, "date")),
        ("outcome: {date: 2026-05-08", "outcome: {date: 2026-03-11", ("outcome", "date")),
        (
            "outcome: {date: 2026-05-08, state: improved",
            "outcome: {date: 2026-04-29, state: unchanged",
            ("outcome", "date"),
        ),
        ("kept:", "appeal: {lodged_on: 2026-03-10}\nkept:", ("appeal", "lodged_on")),
    ],
)
def test_each_step_of_a_talk(old: str, new: str, pointer: tuple[str | int, ...]) -> None:
    assert pointer in {each.source.pointer for each in found(changed("DW901", TALK, (old, new)), code="DW901")}


@pytest.mark.parametrize(("code", "path"), [("DW891", CASE), ("DW892", LETTER), ("DW901", TALK)])
def test_days_of_confidential_records_are_not_quoted(code: str, path: str) -> None:
    text = (overlay(code, "bad") / path).read_text(encoding="utf-8")
    (finding,) = found({path: text}, code=code)
    assert "2026" not in said(finding)
    assert "…" not in said(finding), "nothing is left out of the sentence: it is one without days"


@pytest.mark.parametrize(("reviewer", "count"), [("g1", 0), ("m003", 0), ("g2", 1), ("m006", 1), ("nobody", 1)])
def test_who_may_review(reviewer: str, count: int) -> None:
    files = changed("DW854", TARGET, ("reviewed_by: g1", f"reviewed_by: {reviewer}"))
    assert len(found(files, code="DW854")) == count


@pytest.mark.parametrize(
    ("groups", "count"),
    [
        ("{from: 2024-04-01, group: g1}", 0),
        ("{from: 2026-01-13, group: g1}", 0),
        ("{from: 2026-01-14, group: g1}", 0),
        ("{from: 2026-01-15, group: g1}", 1),
        ("{from: 2024-04-01, group: g1}, {from: 2026-01-14, group: g2}", 1),
        ("{from: 2024-04-01, group: g1}, {from: 2026-01-15, group: g2}", 0),
        ("{from: 2024-04-01, group: g2}, {from: 2026-01-14, group: g1}", 0),
        ("{from: 2024-04-01, group: g1}, {from: 2025-01-01, group: null}", 1),
    ],
)
def test_the_group_that_reviews_is_that_of_the_day(groups: str, count: int) -> None:
    member = (BASE / "members/m006.yaml").read_text(encoding="utf-8").partition("groups:")[0]
    files = changed("DW854", TARGET)
    assert "reviewed_on: 2026-01-14" in files[TARGET]
    assert len(found({**files, "members/m006.yaml": f"{member}groups: [{groups}]\n"}, code="DW854")) == count


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        ("2024-03-15", "2027-03-14", 0),
        ("2026-01-19", "2027-03-14", 0),
        ("2026-01-20", "2027-03-14", 0),
        ("2026-01-21", "2027-03-14", 1),
        ("2024-03-15", "2026-01-20", 0),
        ("2024-03-15", "2026-01-19", 1),
    ],
)
def test_the_committee_that_approves_is_in_office_on_the_day(first: str, last: str, count: int) -> None:
    branch = (BASE / "branch.yaml").read_text(encoding="utf-8")
    branch = branch.replace("- from: 2024-03-15\n    to: 2027-03-14", f"- from: {first}\n    to: {last}")
    files = changed("DW854", TARGET)
    assert "approved_on: 2026-01-20\napproved_by: committee" in files[TARGET]
    assert len(found({**files, "branch.yaml": branch}, code="DW854")) == count


def test_no_committee_cannot_approve() -> None:
    branch = (BASE / "branch.yaml").read_text(encoding="utf-8").replace("committee: true", "committee: false")
    files = {"branch.yaml": branch, TARGET: good("DW854", TARGET)}
    (finding,) = found(files, code="DW854")
    assert finding.source.pointer == ("approved_by",)
    files[TARGET] = files[TARGET].replace("approved_by: committee", "approved_by: general-meeting")
    assert found(files, code="DW854") == ()


@pytest.mark.parametrize(("work", "discipline", "right"), [("30.1", "14.9", True), ("30.01", "14.98", False)])
def test_points_are_counted_in_hundredths(work: str, discipline: str, *, right: bool) -> None:
    changes = (("points: 30", f"points: {work}"), ("一件不放, points: 15", f"一件不放, points: {discipline}"))
    assert (found(changed("DW853", TARGET, *changes), code="DW853") == ()) is right


def test_a_total_is_weighted_and_rounded_once() -> None:
    items = [{"self": 33.33, "peer": 33.33, "branch": 33.34}, {"self": 10, "peer": 0, "branch": 0.01}]
    assert compute_total(items, ScoreWeights(20, 30, 50)) == 3534
    assert [format_points(each) for each in (9150, 9100, 9125, 0)] == ["91.5", "91", "91.25", "0"]


@pytest.mark.parametrize(("own", "peer", "total"), [(49, 51, 0), (50, 50, 1), (51, 49, 1), (66, 34, 1), (33, 67, 0)])
def test_half_a_hundredth_is_rounded_up(own: int, peer: int, total: int) -> None:
    items = [{"self": 0.01, "peer": 0, "branch": 0}]
    assert compute_total(items, ScoreWeights(own, peer, 0)) == total


@pytest.mark.parametrize(
    ("weights", "whole"), [((20, 30, 50), True), ((20, 30, 49), False), ((20, 30, 51), False), ((100, 0, 0), True)]
)
def test_weights_are_whole_that_sum_to_a_hundred(weights: tuple[int, int, int], *, whole: bool) -> None:
    assert ScoreWeights(*weights).whole is whole


@pytest.mark.parametrize(
    ("code", "old", "new", "count"),
    [
        ("DW855", "self: 19,", "self: 20,", 1),
        ("DW855", "self: 19,", "self: 20.01,", 2),
        ("DW855", "total: 91.5\n", "", 0),
        ("DW855", "total: 91.5", "total: 91.51", 1),
        ("DW855", "total: 91.5", "total: 91.50", 0),
        ("DW859", "employees: 6, departments: 2", "employees: 1, departments: 0", 0),
        ("DW859", "employees: 6, departments: 2", "employees: 0, departments: 1", 0),
        ("DW859", "employees: 6, departments: 2", "employees: 0, departments: 0", 1),
    ],
)
def test_scores_and_opinions_at_their_edges(code: str, old: str, new: str, count: int) -> None:
    """A changed score changes the total too."""
    assert len(found(changed("DW855", ASSESSMENT, (old, new)), code=code)) == count


@pytest.mark.parametrize(
    ("score", "subject"), [("self: 19,", "1-self"), ("peer: 27,", "2-peer"), ("branch: 18}\ntotal", "5-branch")]
)
def test_a_score_too_high_is_named_by_its_item_and_view(score: str, subject: str) -> None:
    key = score.partition(":")[0]
    rest = "}\n" if "}" in score else ","
    files = changed("DW855", ASSESSMENT, (score, f"{key}: 30.01{rest}" + ("total" if "}" in score else "")))
    assert subject in [each.subject for each in found(files, code="DW855")]


def test_assessed_is_what_was_set() -> None:
    target = good("DW851", TARGET).replace("2026", "2025").replace("points: 30", "points: 31")
    files = {"targets/2025/m006.yaml": target, ASSESSMENT: good("DW855", ASSESSMENT)}
    (finding,) = found(files, code="DW855")
    assert finding.subject == "items"
    assert finding.related[0].source.path == "targets/2025/m006.yaml"


def test_a_full_member_gets_a_grade() -> None:
    (finding,) = found(changed("DW855", ASSESSMENT, ("grade: qualified\n", "")), code="DW857")
    assert finding.source.pointer == ("decided_on",)


@pytest.mark.parametrize(("grade", "share"), [*product(GRADES, (0, 1))])
def test_no_grade_is_ever_expected_of_points(grade: str, share: int) -> None:
    """Full marks with the worst grade, none with the best: what people decided is never doubted."""
    items = [("attendance", 20), ("work-goals", 30), ("self-improvement", 15), ("discipline", 15), ("vanguard", 20)]
    rows = "".join(
        f"  - {{head: {head}, points: {most}, self: {most * share}, peer: {most * share}, branch: {most * share}}}\n"
        for head, most in items
    )
    text = good("DW855", ASSESSMENT)
    start, end = text.index("  - {head"), text.index("self_summary_on")
    text = f"{text[:start]}{rows}total: {100 * share}\n{text[end:]}".replace("grade: qualified", f"grade: {grade}")
    expected = {"DW858"} if grade == "unqualified" else set()
    assert {each.code.id for each in found({ASSESSMENT: text}) if each.code.id.startswith(("DW85", "DW87"))} == expected


def test_who_joined_after_the_vote_needs_no_result() -> None:
    member = (BASE / "members/m008.yaml").read_text(encoding="utf-8")
    appraisal = (overlay("DW873", "bad") / APPRAISAL).read_text(encoding="utf-8")
    late = member.replace("2024-03-01", "2025-12-20").replace("2024-04-01", "2025-12-20")
    subjects = [each.subject for each in found({APPRAISAL: appraisal, "members/m008.yaml": late}, code="DW873")]
    assert subjects == ["m009"]


def test_a_second_result_is_found() -> None:
    text = good("DW873", APPRAISAL).replace("member: m008", "member: m007")
    assert sorted(each.subject or "" for each in found({APPRAISAL: text}, code="DW873")) == ["m007", "m008"]


def test_one_third_of_the_full_members_is_not_many() -> None:
    text = good("DW874", APPRAISAL)
    assert text.count("grade: excellent") == 2
    assert found({APPRAISAL: text}, code="DW874") == ()


@pytest.mark.parametrize(
    ("grades", "days", "marked"),
    [
        ("qqqq", "9999", None),
        ("eeqq", "9999", None),
        ("eeeq", "9999", "m004"),
        ("eeeq", "8987", "m003"),
        ("qeee", "9988", "m003"),
        ("eeee", "9999", "m005"),
    ],
)
def test_more_than_a_third_of_assessments_are_noted_at_the_one_decided_last(
    grades: str, days: str, marked: str | None
) -> None:
    """Of eight full members two may be excellent without a note; of two on one day the last by path has it."""
    files = {}
    for number, (grade, day) in enumerate(zip(grades, days, strict=True), 2):
        text = good("DW855", ASSESSMENT).replace("member: m006", f"member: m00{number}")
        text = text.replace("decided_on: 2026-01-09", f"decided_on: 2026-01-0{day}")
        path = f"appraisals/2025/m00{number}.yaml"
        files[path] = text.replace("grade: qualified", "grade: excellent") if grade == "e" else text
    notes = found(files, code="DW874")
    assert [each.source.path for each in notes] == ([f"appraisals/2025/{marked}.yaml"] if marked else [])
    assert all(str(grades.count("e")) in said(each) for each in notes)


@pytest.mark.parametrize(("full", "excellent", "many"), [(8, 3, True), (9, 3, False), (9, 4, True), (6, 2, False)])
def test_a_third_is_of_those_who_were_full_members_when_it_was_decided(
    full: int, excellent: int, *, many: bool
) -> None:
    text = good("DW874", APPRAISAL).replace("grade: qualified", "grade: excellent", excellent - 2)
    probationary = (BASE / "members/m009.yaml").read_text(encoding="utf-8")
    status = "  - {from: 2024-03-01, status: full}\n"
    gone = f"{status}  - {{from: 2026-01-09, status: transferred}}\n"
    files = {APPRAISAL: text}
    if full > 8:
        files["members/m009.yaml"] = probationary.replace("probationary", "full")
    for number in range(full, 8):
        path = f"members/m00{number}.yaml"
        files[path] = (BASE / path).read_text(encoding="utf-8").replace(status, gone)
    notes = found(files, code="DW874")
    assert bool(notes) is many
    assert all(f"full members: {full}; generally one third at most, that is {full // 3}." in said(n) for n in notes)

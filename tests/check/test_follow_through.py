"""Edges of the checks of plans, life meetings, study and accountability that the examples do not show."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dangwu.facts.study_hours import sum_study_hours
from dangwu.workspace.load import load_workspace
from tests.support.examples import AS_OF, BASE, EXAMPLES
from tests.support.memory import MemoryTree

if TYPE_CHECKING:
    from dangwu.workspace.workspace import Workspace

ANNUAL = "plans/2026/annual.yaml"
BRANCH = "branch.yaml"
DEVELOPMENT = "plans/2026/development.yaml"
LECTURE = "meetings/2026/2026-04-10-lecture.md"
SUMMARY = "summaries/2026/mid-year.md"
EDUCATION = "plans/2026/education.yaml"
INSPECTION = "inspections/2026/2026-01-08-plan-inspection.yaml"
ACCOUNTABILITY = "accountability/2026/c01.yaml"
LIFE = "meetings/2026/2026-06-24-democratic-life-meeting.md"
RECTIFICATION = "rectifications/2026/2026-06-26-rectification.yaml"
EXCELLENCE = "summaries/2026/excellence.md"
TWICE = "  - {member: m006, share: direct, shown_on: 2026-05-15, statement: 无}\n  - member: m006\n"
INSPECTED = """schema: 1
kind: plan-inspection
date: 2026-01-08
inspector: m001
tasks:
  - {task: t77, state: done}
findings: 上年任务都已收尾
"""


def good(code: str) -> dict[str, str]:
    layer = EXAMPLES / code / "good"
    return {
        path.relative_to(layer).as_posix(): path.read_text(encoding="utf-8")
        for path in layer.rglob("*")
        if path.is_file() and path.name != "as_of"
    }


def space(files: dict[str, str]) -> Workspace:
    base = {path.relative_to(BASE).as_posix(): path.read_bytes() for path in BASE.rglob("*") if path.is_file()}
    return load_workspace(MemoryTree({**base, **files}))


def found(files: dict[str, str], as_of: date = AS_OF) -> list[tuple[str, str | None]]:
    return [(each.code.id, each.subject) for each in space(files).check(as_of).findings]


def changed(code: str, path: str, old: str, new: str) -> dict[str, str]:
    files = good(code)
    assert old in files[path]
    return {**files, path: files[path].replace(old, new)}


@pytest.mark.parametrize(
    ("code", "path", "old", "new", "wanted"),
    [
        ("DW811", ANNUAL, "owner: m002", "owner: w01", [("DW204", "w01")]),
        ("DW812", ANNUAL, "section: clean-conduct", "section: style", [("DW821", None)]),
        ("DW814", SUMMARY, "task: t4, state", "task: t3, state", [("DW814", "t3"), ("DW814", None)]),
        ("DW816", DEVELOPMENT, "target: 1", "target: 2", [("DW816", None)]),
        ("DW816", DEVELOPMENT, "talked_on: 2024-05-20", "talked_on: 2024-06-06", []),
        ("DW816", DEVELOPMENT, "talked_on: 2024-05-20", "talked_on: 2024-06-07", [("DW816", "d01")]),
        ("DW816", DEVELOPMENT, "candidate_on: 2025-10-10", "candidate_on: 2025-09-10", []),
        ("DW816", DEVELOPMENT, "candidate_on: 2025-10-10", "candidate_on: 2025-09-09", [("DW816", "d01")]),
        ("DW816", DEVELOPMENT, "candidate_on: 2025-10-10", "candidate_on: 2024-09-10", [("DW816", "d01")]),
        ("DW817", EXCELLENCE, "who: m006", "who: quality team", []),
        ("DW823", ACCOUNTABILITY, "event_on: 2026-03-06", "event_on: 2026-05-13", [("DW823", None)]),
        ("DW825", ACCOUNTABILITY, "  - member: m006\n", TWICE, [("DW825", None)]),
        ("DW841", LIFE, "self_checks: [m001", "self_checks: [m005, m001", [("DW841", "m005")]),
        ("DW841", LIFE, "chair: m001", "chair: m003", [("DW849", "m003")]),
        ("DW841", LIFE, "chair: m001", "chair: m003\ndelegated_by: m001", [("DW849", "m003")]),
        ("DW842", LIFE, "reported_up: {sent_on: 2026-06-12", "reported_up: {sent_on: 2026-06-25",
         [("DW842", "reported_up")]),
        ("DW843", RECTIFICATION, "meeting: 2026-06-24-democratic-life-meeting", "meeting: 2026-03-27-general-meeting",
         [("DW843", "2026-03-27-general-meeting")]),
        ("DW846", RECTIFICATION, "date: 2026-06-26", "date: 2026-06-26 ", []),
        ("DW862", EDUCATION, "month: 9", "month: 6", []),
        ("DW862", EDUCATION, "month: 9", "month: 3", [("DW862", None)]),
        ("DW862", EDUCATION, "form: study-session, hours: 2, month: 9", "form: visit, hours: 2, month: 3", []),
    ],
)  # fmt: skip
def test_at_the_edge(code: str, path: str, old: str, new: str, wanted: list[tuple[str, str | None]]) -> None:
    assert sorted(found(changed(code, path, old, new)), key=str) == wanted


def test_staff_may_own_a_task() -> None:
    files = changed("DW811", ANNUAL, "owner: m002", "owner: w01")
    branch = (BASE / BRANCH).read_text(encoding="utf-8")
    staff = "staff:\n  - {id: w01, name: 邓青, department: 生产部}\n"
    assert found({**files, BRANCH: branch + staff}) == []


def test_an_inspection_before_the_new_plan_looks_at_the_old_one() -> None:
    plan = good("DW812")[ANNUAL]
    old = plan.replace("2026", "2025").replace("id: t1,", "id: t77,")
    files = {ANNUAL: plan, "plans/2025/annual.yaml": old, INSPECTION: INSPECTED}
    assert found(files) == []
    assert found({ANNUAL: plan, INSPECTION: INSPECTED}) == [("DW813", "t77")]


def test_without_a_plan_nothing_is_broken() -> None:
    assert found({INSPECTION: INSPECTED}) == []


def test_an_appeal_is_judged_for_each_person_apart() -> None:
    second = "  - {member: m005, share: leading, shown_on: 2026-06-01, statement: 无}\n"
    appeal = "    appeal: {lodged_on: 2026-05-20, answered_on: 2026-05-30}\n"
    files = changed("DW825", ACCOUNTABILITY, "body: 云栖镇党委", f"{appeal}{second}body: 云栖镇党委")
    assert found(files) == []
    text = files[ACCOUNTABILITY].replace("lodged_on: 2026-05-20", "lodged_on: 2026-05-14")
    assert found({ACCOUNTABILITY: text}) == [("DW823", None)]


def test_a_confidential_decision_is_not_quoted() -> None:
    for code in ("DW823", "DW824", "DW825"):
        files = {ACCOUNTABILITY: (EXAMPLES / code / "bad" / ACCOUNTABILITY).read_text(encoding="utf-8")}
        for finding in space(files).check(AS_OF).findings:
            for secret in ("m006", "许㛃", "采购", "2026-0", "书面检查"):
                assert secret not in repr((finding.message, finding.hint, finding.subject))


@pytest.mark.parametrize(("day", "wanted"), [(date(2026, 6, 19), []), (date(2026, 6, 20), ["DW844"])])
def test_a_life_meeting_waits_thirty_days_for_its_list(day: date, wanted: list[str]) -> None:
    files = {path: text for path, text in good("DW844").items() if path.startswith("meetings/")}
    assert [code for code, _ in found(files, day) if code == "DW844"] == wanted


def test_a_branch_without_committee_has_its_secretary_for_clean_conduct() -> None:
    branch = (BASE / BRANCH).read_text(encoding="utf-8").replace("committee: true", "committee: false")
    branch = branch.replace("post: discipline-inspection", "post: deputy-secretary")
    assert "DW822" not in {code for code, _ in found({BRANCH: branch})}
    nobody = branch.replace("post: secretary", "post: organization")
    assert ("DW822", "secretary") in found({BRANCH: nobody})


def test_hours_are_of_sessions_lectures_and_trainings() -> None:
    lecture = (BASE / LECTURE).read_text(encoding="utf-8").replace("lecturer:", "hours: 1.5\nlecturer:", 1)
    corpus = space({**good("DW862"), **good("DW863"), LECTURE: lecture}).corpus
    there = next(each for each in corpus.meetings if each.kind == "lecture").present
    sums = sum_study_hours(corpus, 2026)
    assert sums == {f"m00{n}": 34 + 1.5 * (f"m00{n}" in there) for n in range(1, 10)}
    assert set(sum_study_hours(corpus, 2025).values()) == {0}
    assert sum_study_hours(corpus, 2023) == {}


STAND_IN = ("supervisors:", "discipline_stand_in:\n  - {member: m003, from: 2024-03-15}\nsupervisors:")


@pytest.mark.parametrize(
    ("entry", "subject"),
    [
        ("post: secretary, member: m001", "secretary"),
        ("post: discipline-inspection, member: m004", "discipline-inspection"),
        ("  - {member: m003", "discipline-inspection"),
    ],
)
@pytest.mark.parametrize(
    ("days", "held"),
    [("from: 2026-06-30", True), ("from: 2026-07-01", False), ("from: 2024-03-15, to: 2026-06-30", True),
     ("from: 2024-03-15, to: 2026-06-29", False)],
)  # fmt: skip
def test_who_is_responsible_is_in_office_from_the_first_day_of_the_entry_to_the_last(
    entry: str, subject: str, days: str, *, held: bool
) -> None:
    branch = (BASE / BRANCH).read_text(encoding="utf-8")
    if "m003" in entry:
        branch = branch.replace("post: discipline-inspection", "post: committee-member").replace(*STAND_IN)
    assert f"{entry}, from: 2024-03-15" in branch
    branch = branch.replace(f"{entry}, from: 2024-03-15", f"{entry}, {days}")
    missing = [subject_ for code, subject_ in found({BRANCH: branch}) if code == "DW822"]
    assert missing == ([] if held else [subject])


@pytest.mark.parametrize(
    ("as_of", "missing"),
    [
        (date(2024, 2, 29), []),
        (date(2024, 3, 1), ["secretary"]),
        (date(2024, 3, 14), ["secretary"]),
        (date(2024, 3, 15), ["discipline-inspection"]),
        (date(2027, 3, 14), ["discipline-inspection"]),
        (date(2027, 3, 15), []),
    ],
)
def test_somebody_is_responsible_from_the_founding_to_the_end_of_the_last_term(as_of: date, missing: list[str]) -> None:
    bad = (EXAMPLES / "DW822" / "bad" / BRANCH).read_text(encoding="utf-8")
    assert [subject for code, subject in found({BRANCH: bad}, as_of) if code == "DW822"] == missing


def test_a_lecture_that_gives_no_hours_adds_none() -> None:
    corpus = space({}).corpus
    assert "lecture" in {meeting.kind for meeting in corpus.meetings}
    assert set(sum_study_hours(corpus, 2026).values()) == {0}


def test_hours_are_only_asked_of_those_who_were_there_all_year() -> None:
    training = "trainings/2026/2026-05-11-members.yaml"
    files = changed("DW863", training, "m008, m009]", "m008]")
    member = (BASE / "members/m009.yaml").read_text(encoding="utf-8")
    day = date(2027, 1, 11)
    assert found(files, day) == [("DW863", None)]
    exempt = "exemptions:\n  - {from: 2026-03-01, to: 2026-10-31, reason: seconded, approved_by: 云栖镇党委}\n"
    assert "DW863" not in {code for code, _ in found({**files, "members/m009.yaml": member + exempt}, day)}
    later = member.replace("2025-09-18", "2026-02-01")
    assert "DW863" not in {code for code, _ in found({**files, "members/m009.yaml": later}, day)}
    assert "DW863" not in {code for code, _ in found(files, date(2026, 12, 31))}

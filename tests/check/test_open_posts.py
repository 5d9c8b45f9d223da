"""What is said when the holder of a post leaves or is suspended: one finding for the entry, and nothing beside it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.branches import base_file
from tests.support.changed import found, says
from tests.support.examples import AS_OF

Change = tuple[str, str]
BRANCH = "branch.yaml"
FULL = "  - {from: 2024-03-01, status: full}\n"
SECRETARY = "      - {post: secretary, member: m001, from: 2024-03-15}\n"
PUBLICITY = "      - {post: publicity, member: m003, from: 2024-03-15}\n"
DISCIPLINE = "      - {post: discipline-inspection, member: m004, from: 2024-03-15}\n"
LEADER = "      - {member: m007, from: 2024-04-01}\n"
WORKERS = "workers:\n  - {member: m003, from: 2024-04-01}\n"
GENERAL = """---
schema: 1
kind: general-meeting
date: 2026-06-25
time: 14:00-15:00
place: 二楼会议室
chair: CHAIR
recorder: m002
present: [PRESENT]
leave: []
absent: []
topics: [报告工作]
---

## 工作报告

报告了上半年的工作。

## 传达学习

学习了文件。

## 讨论与决议

下半年开展岗位练兵。
"""


def status(member: str, *rows: str) -> dict[str, str]:
    """Return the file of a member with further statuses, each written ``day status``."""
    path = f"members/{member}.yaml"
    text = base_file(path).decode()
    assert FULL in text
    added = "".join(f"  - {{from: {row.partition(' ')[0]}, status: {row.partition(' ')[2]}}}\n" for row in rows)
    return {path: text.replace(FULL, FULL + added)}


def branch(*changes: Change) -> dict[str, str]:
    text = base_file(BRANCH).decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return {BRANCH: text}


def codes(files: dict[str, str], as_of: date = AS_OF) -> list[tuple[str, str, str | None]]:
    return [(each.code.id, each.source.path, each.subject) for each in found(files, as_of)]


def line(text: str, wanted: str) -> int:
    return text.splitlines().index(wanted.rstrip("\n")) + 1


@pytest.mark.parametrize(
    ("member", "entry", "office"),
    [
        ("m001", SECRETARY, "secretary"),
        ("m003", PUBLICITY, "publicity member"),
        ("m004", DISCIPLINE, "discipline-inspection member"),
        ("m007", LEADER, "leader of 第二党小组"),
    ],
)
@pytest.mark.parametrize("gone", ["transferred", "left"])
def test_one_finding_names_the_entry(member: str, entry: str, office: str, gone: str) -> None:
    files = status(member, f"2026-06-01 {gone}")
    (finding,) = found(files)
    assert (finding.code.id, finding.code.clause, finding.source.path) == ("DW605", "1.1", BRANCH)
    assert finding.source.line == line(base_file(BRANCH).decode(), entry)
    assert finding.related[0].source.path == f"members/{member}.yaml"
    assert says("DW605", files)[0].endswith(f"left the branch on 2026-06-01, and by this entry is still {office}.")


@pytest.mark.parametrize(
    ("to", "open_"),
    [(", to: 2026-05-31", False), (", to: 2026-06-01", False), (", to: 2026-06-02", True), (", to: null", True)],
)
def test_the_entry_may_end_on_the_day_of_the_departure(to: str, *, open_: bool) -> None:
    files = status("m003", "2026-06-01 left") | branch((PUBLICITY, PUBLICITY.replace("15}", f"15{to}}}")))
    assert [code for code, _, _ in codes(files)] == (["DW605"] if open_ else [])


@pytest.mark.parametrize(("as_of", "open_"), [(date(2026, 5, 31), False), (date(2026, 6, 1), True)])
def test_a_departure_to_come_is_none_yet(as_of: date, *, open_: bool) -> None:
    found_codes = [code for code, _, _ in codes(status("m003", "2026-06-01 transferred"), as_of)]
    assert found_codes == (["DW605"] if open_ else [])


def test_each_entry_of_one_person_is_named() -> None:
    files = status("m003", "2026-06-01 transferred")
    files |= {BRANCH: base_file(BRANCH).decode() + WORKERS + WORKERS.replace("workers", "discipline_stand_in")}
    said = says("DW605", files)
    assert [each.rpartition("still ")[2] for each in said] == [
        "publicity member.",
        "Party worker.",
        "stand-in for the discipline-inspection member.",
    ]
    assert len(found(files)) == 3


def test_a_successor_beside_an_entry_left_open_is_no_second_secretary() -> None:
    files = status("m001", "2026-06-01 transferred")
    files |= branch((SECRETARY, SECRETARY + SECRETARY.replace("m001", "m002").replace("2024-03-15", "2026-06-01")))
    assert codes(files) == [("DW605", BRANCH, "m001")]
    early = files | branch(
        (SECRETARY, SECRETARY + SECRETARY.replace("m001", "m002").replace("2024-03-15", "2026-05-31"))
    )
    assert sorted(code for code, _, _ in codes(early)) == ["DW601", "DW605"]


def test_a_leader_after_an_entry_left_open_is_no_second_leader() -> None:
    files = status("m007", "2026-06-01 left")
    files |= branch((LEADER, LEADER + LEADER.replace("m007", "m008").replace("2024-04-01", "2026-06-01")))
    assert codes(files) == [("DW605", BRANCH, "m007")]


def test_who_returns_takes_nothing_up_again() -> None:
    back = status("m003", "2026-05-20 left", "2026-06-10 full")
    assert codes(back) == [("DW605", BRANCH, "m003")]
    again = PUBLICITY.replace("2024-03-15", "2026-06-10")
    assert codes(back | branch((PUBLICITY, PUBLICITY + again))) == [("DW605", BRANCH, "m003")]
    closed = PUBLICITY.replace("15}", "15, to: 2026-05-19}")
    assert codes(back | branch((PUBLICITY, closed + again))) == []


@pytest.mark.parametrize("entry", [SECRETARY, SECRETARY.replace("15}", "15, to: 2026-06-01}")])
@pytest.mark.parametrize("chair", ["m002", "m003", "m008"])
def test_true_minutes_after_the_secretary_left(entry: str, chair: str) -> None:
    """Closing the entry, as the finding asks, makes no minutes wrong."""
    rest = ", ".join(f"m00{number}" for number in range(2, 10))
    meeting = GENERAL.replace("CHAIR", chair).replace("PRESENT", rest)
    files = status("m001", "2026-06-02 transferred") | branch((SECRETARY, entry))
    files |= {"meetings/2026/2026-06-25-general-meeting.md": meeting}
    wanted = "DW605" if entry == SECRETARY else "DW822"
    assert [code for code, _, _ in codes(files)] == [wanted]


def test_the_secretary_who_left_that_day_can_no_longer_chair() -> None:
    everyone = ", ".join(f"m00{number}" for number in range(1, 10))
    files = {
        "meetings/2026/2026-06-25-general-meeting.md": GENERAL.replace("CHAIR", "m001").replace("PRESENT", everyone)
    }
    assert {code for code, _, _ in codes(files | status("m001", "2026-06-25 left"))} == {"DW304", "DW605"}
    assert {code for code, _, _ in codes(files | status("m001", "2026-06-26 left"))} == {"DW605"}


@pytest.mark.parametrize(
    ("rows", "as_of", "rests"),
    [
        (["2026-06-01 suspended"], date(2026, 5, 31), False),
        (["2026-06-01 suspended"], date(2026, 6, 1), True),
        (["2026-06-01 suspended", "2026-06-20 full"], date(2026, 6, 19), True),
        (["2026-06-01 suspended", "2026-06-20 full"], date(2026, 6, 20), False),
    ],
)
def test_a_post_rests_while_its_holder_is_suspended(rows: list[str], as_of: date, *, rests: bool) -> None:
    for member in ("m001", "m003", "m004", "m007"):
        files = status(member, *rows)
        assert [code for code, _, _ in codes(files, as_of)] == (["DW606"] if rests else [])


def test_suspended_and_then_left() -> None:
    assert codes(status("m003", "2026-05-20 suspended", "2026-06-01 left")) == [("DW605", BRANCH, "m003")]
    closed = branch((PUBLICITY, PUBLICITY.replace("15}", "15, to: 2026-05-19}")))
    assert codes(closed | status("m003", "2026-05-20 suspended")) == []


def test_a_holder_without_a_readable_file_holds_the_post() -> None:
    files = {"members/m001.yaml": "schema: 1\nkind: member\nid: [\n"}
    assert not {code for code, _, _ in codes(files)} & {"DW306", "DW605", "DW606", "DW822"}


def test_the_last_of_a_committee_left() -> None:
    files: dict[str, str] = {}
    for number in range(1, 5):
        files |= status(f"m00{number}", "2026-06-01 transferred")
    for number in range(10, 14):
        text = (
            base_file("members/m008.yaml").decode().replace("m008", f"m0{number}").replace("2024-03-01", "2026-06-01")
        )
        files[f"members/m0{number}.yaml"] = text.replace("2024-04-01", "2026-06-01")
    assert [code for code, _, _ in codes(files)] == ["DW605"] * 4

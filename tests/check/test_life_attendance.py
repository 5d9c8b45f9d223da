"""Who attends and who presides at a democratic life meeting (4.2), room, kit and papers (6.6), and talks (10.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.branches import base_file
from tests.support.changed import changed, found, good, says
from tests.support.examples import AS_OF

if TYPE_CHECKING:
    from datetime import date

LIFE = "meetings/2026/2026-06-24-democratic-life-meeting.md"
PRESENT = "present: [m001, m002, m003, m004]"
FACILITY = "inspections/2026/2026-06-10-facility-check.yaml"
TALK = "admonitions/2026/a001.yaml"
Change = tuple[str, str]


def life(*changes: Change) -> dict[str, str]:
    return changed("DW847", LIFE, *changes)


def codes(files: dict[str, str], as_of: date = AS_OF) -> list[tuple[str, str | None]]:
    return sorted((each.code.id, each.subject) for each in found(files, as_of))


ON_LEAVE = "leave: [{member: m004, reason: family, approved_by: m001}]"
DELEGATED_TO_NOBODY = ["Chair: 陆文静 chaired, but the secretary was 沈怀远 and delegated to nobody."]


@pytest.mark.parametrize(
    ("present", "leave", "absent", "wanted"),
    [
        ("m001, m002, m003, m004", "leave: []", "", []),
        ("m001, m002, m003", "leave: []", "m004", [("DW847", "m004")]),
        ("m001", ON_LEAVE, "m002, m003", [("DW847", "m002"), ("DW847", "m003"), ("DW848", "m004")]),
        # in two lists: what counts is that the person was there
        ("m001, m002, m003, m004", "leave: []", "m004", [("DW303", "m004")]),
        ("m001, m002, m003", ON_LEAVE, "m004", [("DW303", "m004"), ("DW848", "m004")]),
        # in no list
        ("m001, m002, m003", "leave: []", "", [("DW301", "m004")]),
        # not due
        ("m001, m002, m003, m004", "leave: []", "m008", [("DW302", "m008")]),
    ],
)
def test_everyone_due_attends(present: str, leave: str, absent: str, wanted: list[tuple[str, str]]) -> None:
    files = life(
        (PRESENT, f"present: [{present}]"),
        ("leave: []", leave),
        ("absent: []", f"absent: [{absent}]"),
        ("recorder: m002", "recorder: m001"),
        ("self_checks: [m001, m002, m003, m004]", f"self_checks: [{present}{', m004' * (leave == ON_LEAVE)}]"),
    )
    assert codes(files) == wanted


def test_all_of_it_is_of_4_2() -> None:
    files = life((PRESENT, "present: [m001, m002]"), ("absent: []", "absent: [m004]"), ("chair: m001", "chair: m002"))
    files[LIFE] = files[LIFE].replace("leave: []", "leave: [{member: m003, reason: family, approved_by: m001}]")
    clauses = {each.code.id: each.code.clause for each in found(files)}
    assert clauses == {"DW847": "4.2", "DW848": "4.2", "DW849": "4.2"}


@pytest.mark.parametrize(
    ("chair", "secretary_there", "said"),
    [
        ("chair: m001\n", True, []),
        ("chair: m002\n", True, DELEGATED_TO_NOBODY),
        ("chair: m002\ndelegated_by: m001\n", True, ["Chair: the secretary 沈怀远 was present, and 陆文静 presided."]),
        ("chair: m002\ndelegated_by: m001\n", False, []),
        ("chair: m002\n", False, DELEGATED_TO_NOBODY),
        ("chair: m002\ndelegated_by: m003\n", True, DELEGATED_TO_NOBODY),
    ],
)
def test_the_secretary_presides(chair: str, said: list[str], *, secretary_there: bool) -> None:
    files = life(("chair: m001\n", chair))
    if not secretary_there:
        files[LIFE] = (
            files[LIFE]
            .replace(PRESENT, "present: [m002, m003, m004]")
            .replace("leave: []", "leave: [{member: m001, reason: family, approved_by: m001}]")
        )
    assert says("DW849", files) == said
    assert not says("DW306", files)


def test_other_meetings_keep_3_5() -> None:
    meeting = "meetings/2026/2026-03-05-committee-meeting.md"
    text = base_file(meeting).decode().replace("chair: m001\n", "chair: m002\ndelegated_by: m001\n")
    assert codes({meeting: text}) == []
    assert [code for code, _ in codes({meeting: text.replace("delegated_by: m001\n", "")})] == ["DW306"]


def test_without_a_committee_all_members_are_meant() -> None:
    everyone = ", ".join(f"m00{number}" for number in range(1, 10))
    branch = base_file("branch.yaml").decode().replace("committee: true", "committee: false")
    files = life((PRESENT, f"present: [{everyone}]".replace(", m008", "")), ("absent: []", "absent: [m008]"))
    (said,) = says("DW847", {**files, "branch.yaml": branch})
    assert said.endswith("Without a committee all members attend a democratic life meeting (assumed).")


@pytest.mark.parametrize(
    ("room", "kit", "papers", "missing"),
    [
        ("true", "true", "[人民日报]", []),
        ("false", "true", "[人民日报]", ["room"]),
        ("true", "false", "[人民日报]", ["kit"]),
        ("true", "true", "[]", ["subscriptions"]),
        ("false", "false", "[]", ["room", "kit", "subscriptions"]),
    ],
)
def test_each_thing_missing_is_a_finding(room: str, kit: str, papers: str, missing: list[str]) -> None:
    changes = ("room: true", f"room: {room}"), ("kit: true", f"kit: {kit}")
    files = changed("DW866", FACILITY, *changes, ("subscriptions: [人民日报, 党建研究]", f"subscriptions: {papers}"))
    assert [each.source.pointer for each in found(files)] == [(field,) for field in missing]
    assert {each.code.clause for each in found(files)} <= {"6.6"}


def test_papers_to_be_filled_in_are_not_yet_missing() -> None:
    files = changed("DW866", FACILITY, ("subscriptions: [人民日报, 党建研究]", "subscriptions: [【待填】]"))
    assert [each.code.id for each in found(files)] == ["DW502"]


@pytest.mark.parametrize(
    ("day", "wanted"), [("2026-06-09", 1), ("2026-06-11", 0), ("2026-06-30", 0), ("2026-07-01", 1)]
)
def test_a_later_check_finds_it_there(day: str, wanted: int) -> None:
    files = changed("DW866", FACILITY, ("kit: true", "kit: false"))
    files[f"inspections/2026/{day}-facility-check.yaml"] = good("DW866", FACILITY).replace("2026-06-10", day)
    assert len(found(files, code="DW866")) == wanted


OUTCOME = "outcome: {date: 2026-05-08, state: improved"


@pytest.mark.parametrize(
    ("outcome", "wrong"),
    [
        ("outcome: {date: 2026-03-11, state: improved", True),
        ("outcome: {date: 2026-03-12, state: improved", False),
        ("outcome: {date: 2026-04-29, state: improved", False),
        ("outcome: {date: 2026-05-08, state: improved", False),
        ("outcome: {date: 2026-03-11, state: unchanged", True),
        ("outcome: {date: 2026-03-12, state: unchanged", True),
        ("outcome: {date: 2026-04-29, state: unchanged", True),
        ("outcome: {date: 2026-04-30, state: unchanged", False),
    ],
)
def test_only_what_is_unchanged_waits_for_the_deadline(outcome: str, *, wrong: bool) -> None:
    findings = found(changed("DW901", TALK, (OUTCOME, outcome)))
    assert [(each.code.id, each.source.pointer) for each in findings] == wrong * [("DW901", ("outcome", "date"))]


def test_a_check_may_follow_an_early_affirmation() -> None:
    assert found(changed("DW901", TALK, (OUTCOME, "outcome: {date: 2026-04-01, state: improved"))) == ()


@pytest.mark.parametrize("code", ["DW901", "DW909"])
def test_no_finding_asks_for_another_day_than_the_true_one(code: str) -> None:
    files = {TALK: changed("DW901", TALK, (OUTCOME, "outcome: {date: 2026-04-01, state: unchanged"))[TALK]}
    if code == "DW909":
        files = {path: good(code, path).replace("06-15", "06-01") for path in (TALK, "members/m008.yaml")}
    (finding,) = found(files, code=code)
    assert finding.hint is not None
    assert "wrong" in finding.hint.template


@pytest.mark.parametrize(
    ("member", "status", "wanted"),
    [
        ("m008", "2026-06-10, status: transferred", ["member"]),
        ("m008", "2026-06-11, status: transferred", []),
        ("m008", "2026-06-10, status: left", ["member"]),
        ("m008", "2026-06-10, status: suspended", []),
        ("m004", "2026-06-10, status: left", ["follower"]),
        ("m001", "2026-06-01, status: left", ["talker"]),
        ("m002", "2026-06-01, status: transferred", ["recorder"]),
    ],
)
def test_whoever_has_a_part_in_a_talk_is_of_the_branch(member: str, status: str, wanted: list[str]) -> None:
    full = "  - {from: 2024-03-01, status: full}\n"
    path = f"members/{member}.yaml"
    files = {TALK: good("DW909", TALK), path: base_file(path).decode().replace(full, f"{full}  - {{from: {status}}}\n")}
    findings = found(files, code="DW909")
    assert [each.subject for each in findings] == wanted
    for finding in findings:
        assert "2026" not in repr(finding.message)
        assert member not in repr((finding.message, finding.hint, finding.subject))


def test_who_had_not_come_yet() -> None:
    later = (
        base_file("members/m008.yaml").decode().replace("2024-03-01", "2026-06-11").replace("2024-04-01", "2026-06-11")
    )
    findings = found({TALK: good("DW909", TALK), "members/m008.yaml": later}, code="DW909")
    assert [each.subject for each in findings] == ["member"]

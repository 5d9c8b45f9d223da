"""Who is due at a meeting and why not, who may chair it, approve leave and write its record."""

from __future__ import annotations

import pytest

from tests.support.branches import base_file
from tests.support.changed import found, good, says

COMMITTEE = "meetings/2026/2026-03-05-committee-meeting.md"
GROUP = "meetings/2026/2026-06-11-group-meeting-g1.md"
FULL = "  - {from: 2024-03-01, status: full}\n"
IN_GROUP = "groups:\n  - {from: 2024-04-01, group: g1}\n"
EXEMPT = "exemptions:\n  - {{from: 2026-06-01, to: {last}, reason: maternity, approved_by: 支部委员会}}\n"


def change(path: str, *changes: tuple[str, str], code: str = "") -> dict[str, str]:
    text = good(code, path) if code else base_file(path).decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return {path: text}


@pytest.mark.parametrize(
    ("member", "reason"),
    [
        ([], None),
        ([(FULL, f"{FULL}  - {{from: 2026-06-11, status: suspended}}\n")], "membership was suspended"),
        ([(FULL, f"{FULL}  - {{from: 2026-06-12, status: suspended}}\n")], None),
        ([(IN_GROUP, IN_GROUP + EXEMPT.format(last="2026-06-11"))], "exempt from attending on that day"),
        ([(IN_GROUP, IN_GROUP + EXEMPT.format(last="2026-06-10"))], None),
        ([(IN_GROUP, f"{IN_GROUP}  - {{from: 2026-06-11, group: g2}}\n")], "in the group 第二党小组 on that day"),
        ([(IN_GROUP, f"{IN_GROUP}  - {{from: 2026-06-12, group: g2}}\n")], None),
        ([(IN_GROUP, f"{IN_GROUP}  - {{from: 2026-06-11, group: null}}\n")], "in no group on that day"),
    ],
)
def test_why_somebody_is_not_due_at_a_group_meeting(member: list[tuple[str, str]], reason: str | None) -> None:
    meeting = change(
        GROUP, ("leave:\n  - {member: m006, reason: illness, approved_by: m005}\n", "leave: []\n"), code="DW305"
    )
    meeting = {path: text.replace("m005, m009]", "m005, m006, m009]") for path, text in meeting.items()}
    told = [f"许㛃 (m006) was not due on 2026-06-11: {reason}."] if reason else []
    assert says("DW302", {**meeting, **change("members/m006.yaml", *member)}) == told


def test_why_somebody_is_not_due_at_a_committee_meeting() -> None:
    files = change(COMMITTEE, ("m003, m004]", "m003, m004, m008]"))
    assert says("DW302", files) == ["梁安 (m008) was not due on 2026-03-05: not a committee member on that day."]


@pytest.mark.parametrize(
    ("by", "secretary", "told"),
    [("m005", False, []), ("m006", False, ["许㛃 approved their own leave."]), ("m006", True, [])],
)
def test_only_the_secretary_may_approve_the_own_leave(by: str, *, secretary: bool, told: list[str]) -> None:
    files = change(GROUP, ("approved_by: m005", f"approved_by: {by}"), code="DW305")
    if secretary:
        files |= change("branch.yaml", ("post: secretary, member: m001", "post: secretary, member: m006"))
    assert says("DW305", files) == told


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ([], []),
        ([("recorder: m003", "recorder: m008")], ["DW307"]),
        ([("recorder: m003", "recorder: m008"), ("absent: []", "absent: []\nin_attendance: [m008]")], []),
        ([("chair: m005", "chair: m006")], ["DW306", "DW306"]),
        ([("absent: []", "absent: []\nlate: [m003]")], []),
        ([("absent: []", "absent: []\nlate: [m006]")], ["DW311"]),
        ([("absent: []", "absent: [m009]")], ["DW303"]),
        ([("m005, m009]", "m005]")], ["DW301"]),
    ],
)
def test_the_lists_of_a_meeting(changes: list[tuple[str, str]], codes: list[str]) -> None:
    files = change(GROUP, *changes, code="DW305")
    assert [finding.code.id for finding in found(files)] == codes


LEADER, SECRETARY = "{member: m005, from: 2024-04-01", "{post: secretary, member: m001, from: 2024-03-15"
GENERAL = "meetings/2026/2026-06-25-general-meeting.md"


@pytest.mark.parametrize(
    ("chair", "last", "gone", "fault"),
    [
        ("m005", "", False, None),
        ("m006", "", False, "许㛃 chaired, but the leader of the group was 何䶮 and named nobody else"),
        ("m006\ndelegated_by: m005", "", False, None),
        (
            "m006\ndelegated_by: m003",
            "",
            False,
            "许㛃 chaired, but the leader of the group was 何䶮 and named nobody else",
        ),
        ("m006", ", to: 2026-06-11", False, "许㛃 chaired, but the leader of the group was 何䶮 and named nobody else"),
        ("m006", ", to: 2026-06-10", False, "the group 第一党小组 had no leader on 2026-06-11"),
        ("m006", "", True, None),
    ],
)
def test_who_chairs_a_group_meeting(chair: str, last: str, fault: str | None, *, gone: bool) -> None:
    files = change(
        GROUP, ("chair: m005", f"chair: {chair}"), ("present: [m001,", "present: [m001, m006,"), code="DW305"
    )
    files |= change("branch.yaml", (LEADER, LEADER + last))
    if gone:
        files |= change("members/m005.yaml", (FULL, f"{FULL}  - {{from: 2026-06-11, status: transferred}}\n"))
    assert says("DW306", files) == ([f"Chair: {fault}."] if fault else [])


@pytest.mark.parametrize(
    ("chair", "last", "gone", "fault"),
    [
        ("m001", "", False, None),
        ("m002", "", False, "陆文静 chaired, but the secretary was 沈怀远 and delegated to nobody"),
        ("m002\ndelegated_by: m001", "", False, None),
        ("m006\ndelegated_by: m001", "", False, "the secretary delegated to 许㛃, who held no post on 2026-06-25"),
        ("m002", ", to: 2026-06-24", False, "the branch had no secretary on 2026-06-25"),
        ("m002", "", True, None),
    ],
)
def test_who_chairs_a_general_meeting(chair: str, last: str, fault: str | None, *, gone: bool) -> None:
    files = change(GENERAL, ("chair: m001", f"chair: {chair}"), code="DW405")
    files |= change("branch.yaml", (SECRETARY, SECRETARY + last))
    if gone:
        files |= change("members/m001.yaml", (FULL, f"{FULL}  - {{from: 2026-06-25, status: transferred}}\n"))
    assert says("DW306", files) == ([f"Chair: {fault}."] if fault else [])

"""Who is named in a meeting or in branch.yaml: each place is looked at, for unknown ids and for days in the branch."""

from __future__ import annotations

import pytest

from tests.support.branches import base_file
from tests.support.changed import found, marks

PATH = "meetings/2026/2026-06-11-group-meeting-g1.md"
BRANCH = "branch.yaml"
MEETING = """---
schema: 1
kind: group-meeting
date: 2026-06-11
time: 15:00-16:10
group: {group}
place: 三楼党员活动室
chair: {chair}
delegated_by: {delegated_by}
recorder: {recorder}
present: [m001, {present}]
leave:
  - {{member: m009, reason: business-trip, approved_by: {approved_by}}}
  - {{member: {leave}, reason: business-trip}}
absent:
  - {absent}
late: [m001, {late}]
topics:
  - 传达支部六月工作安排
resolutions:
  - {{text: 清点工具, due: 2026-07-01}}
  - {{text: 换锁, owner: {owner}, due: 2026-07-01}}
---

## 会议内容

组长传达支部六月工作安排，逐项说明车间安全月的分工，大家认领了各自的任务。
"""
NAMED = {
    "chair": "m005",
    "delegated_by": "m005",
    "recorder": "m003",
    "present": "m003",
    "approved_by": "m005",
    "leave": "m006",
    "absent": "m008",
    "late": "m003",
    "owner": "m005",
}
NEWCOMER = "schema: 1\nkind: member\nid: m010\nname: 田野\nstatus:\n  - {from: 2026-06-12, status: full}\n"


def meeting(**named: str) -> dict[str, str]:
    return {
        PATH: MEETING.format(**{"group": "g1", **NAMED, **named}),
        "members/m010.yaml": NEWCOMER,
    }


@pytest.mark.parametrize("part", NAMED)
@pytest.mark.parametrize(("code", "id_"), [("DW204", "m050"), ("DW304", "m010")])
def test_every_part_of_a_meeting_is_looked_at(part: str, code: str, id_: str) -> None:
    """m050 is nobody, and m010 joins on the day after."""
    files = meeting(**{part: id_})
    (line,) = (row for row, text in enumerate(files[PATH].split("\n"), 1) if id_ in text)
    (mark,) = marks(code, files)
    assert mark.startswith(f"{line}: {id_}")
    assert [each.subject for each in found(files, code=code)] == [id_]
    assert found(meeting(**{part: NAMED[part]}), code=code) == ()


@pytest.mark.parametrize(("joined", "count"), [("2026-06-10", 0), ("2026-06-11", 0), ("2026-06-12", 1)])
def test_a_member_takes_part_from_the_day_of_joining(joined: str, count: int) -> None:
    files = {**meeting(present="m010"), "members/m010.yaml": NEWCOMER.replace("2026-06-12", joined)}
    assert len(found(files, code="DW304")) == count


def test_an_unknown_group_is_marked_where_it_is_named() -> None:
    assert marks("DW204", meeting(group="g9")) == ["6: g9"]
    groups = "groups:\n  - {from: 2026-06-12, group: null}\n  - {from: 2026-06-20, group: g9}\n"
    files = {"members/m010.yaml": NEWCOMER + groups}
    assert marks("DW204", files) == ["9: g9}"]


@pytest.mark.parametrize(
    ("row", "first"),
    [
        ("      - {post: publicity, member: m003, from: 2024-03-15}\n", "2024-03-15"),
        ("      - {member: m005, from: 2024-04-01}\n", "2024-04-01"),
        ("workers:\n  - {member: m006, from: 2025-05-01}\n", "2025-05-01"),
        ("discipline_stand_in:\n  - {member: m006, from: 2025-05-01}\n", "2025-05-01"),
    ],
)
def test_every_office_is_looked_at(row: str, first: str) -> None:
    text = base_file(BRANCH).decode()
    text = text if row in text else text + row
    holder = row.partition("member: ")[2][:4]
    changed = text.replace(row, row.replace(holder, "m010"))
    line = next(at for at, words in enumerate(changed.split("\n"), 1) if "m010" in words)
    late = {BRANCH: changed, "members/m010.yaml": NEWCOMER}
    assert marks("DW304", late) == [f"{line}: m010, from: {first}}}"]
    in_time = {BRANCH: changed, "members/m010.yaml": NEWCOMER.replace("2026-06-12", first)}
    assert found(in_time, code="DW304") == ()
    assert marks("DW204", {BRANCH: changed}) == [f"{line}: m010, from: {first}}}"]

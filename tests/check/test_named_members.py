"""Who is named in a meeting or in branch.yaml: each place is looked at, for unknown ids and for days in the branch."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from dangwu.check import fields
from dangwu.check.context import Context
from dangwu.model.corpus import Corpus
from dangwu.model.message import Bilingual
from dangwu.model.record import MEETING_KINDS, Branch, GenericRecord, Group, Member
from dangwu.model.spans import Span
from dangwu.workspace.catalogue import load_default_rulebook, load_kinds
from tests.support.branches import base_file
from tests.support.changed import found, marks

if TYPE_CHECKING:
    from dangwu.model.kind import FieldPath

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


OTHERS = {
    name: kind for name, kind in load_kinds().items() if name not in {*MEETING_KINDS, "branch", "member", "waiver"}
}
PEOPLE = [(name, path, staff) for name, kind in OTHERS.items() for path, staff in kind.people]
OURS = Branch(
    path=BRANCH,
    name=Bilingual("甲", "A"),
    superior=Bilingual("乙", "B"),
    founded=date(2024, 3, 1),
    groups=(Group("g1", "第一党小组", Span(date(2024, 4, 1))), Group("g2", "第二党小组", Span(date(2024, 4, 1)))),
    staff={"w01": "邓青"},
)


def context(kind: str, data: dict[str, Any], subject: str | None = None) -> Context:
    record = GenericRecord(f"{kind}/2026/r01.yaml", kind, "r01", data, date(2026, 4, 1), subject=subject)
    members = (Member("members/m001.yaml", "m001", "沈怀远", ()),)
    corpus = Corpus(branch=OURS, members=members, generic_records=(record,))
    return Context(corpus=corpus, as_of=date(2026, 6, 30), rulebook=load_default_rulebook(), kinds=load_kinds())


def nested(path: FieldPath, value: str) -> Any:
    """Return data with a value at a path."""
    if not path:
        return value
    inner = nested(path[1:], value)
    return [inner] if path[0] is None else {path[0]: inner}


@pytest.mark.parametrize(("kind", "path", "staff"), PEOPLE, ids=str)
def test_every_member_named_in_any_other_record_is_looked_at(kind: str, path: FieldPath, *, staff: bool) -> None:
    """Where work is given to somebody it may be one of the staff."""
    for id_, known in (("m001", True), ("w01", staff), ("m050", False), ("w02", False)):
        findings = [*fields.check_member_references(context(kind, nested(path, id_)))]
        assert [(each.code.id, each.subject) for each in findings] == ([] if known else [("DW204", id_)])
        assert all(each.source.pointer == tuple(part or 0 for part in path) for each in findings)


def test_work_is_what_staff_may_be_given() -> None:
    assert {kind for kind, _, staff in PEOPLE if staff} == {
        *("annual-plan", "quarter-plan", "month-plan", "education-plan", "rectification", "superior-inspection")
    }


@pytest.mark.parametrize("kind", OTHERS)
def test_a_record_of_a_group_is_of_one_that_exists(kind: str) -> None:
    grouped = OTHERS[kind].subject_field == "group"
    assert grouped == (kind in {"target-log", "target-report"})
    for group, known in (("g1", True), ("g2", True), ("g3", False)):
        findings = [*fields.check_groups(context(kind, {"group": group}, group))]
        assert [(each.code.id, each.subject) for each in findings] == ([("DW204", group)] if grouped > known else [])


@pytest.mark.parametrize("key", ["date", "sent_on", "approved_on"])
@pytest.mark.parametrize(("day", "count"), [("2026-06-29", 0), ("2026-06-30", 0), ("2026-07-01", 1)])
def test_what_was_done_was_done_by_the_as_of_day(key: str, day: str, count: int) -> None:
    for data in ({key: day}, {"rows": [{key: day}]}, {"part": {key: day}}):
        assert len([*fields.check_future_days(context("letter", data))]) == count
    assert [*fields.check_future_days(context("letter", {"due": "2026-12-31", "until": "2026-12-31"}))] == []

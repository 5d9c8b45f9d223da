"""The data of a record before and after become edits of its text: what is not concerned stays, byte for byte."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dangwu.authoring.edit.marked_text import MarkedText, PatchError
from dangwu.authoring.edit.rewrite import rewrite_record
from dangwu.data import resources
from dangwu.parse.markdown import split_front_matter
from dangwu.parse.yaml import find_positions, parse_yaml
from dangwu.sample import Size, make_sample


def rewrite(text: str, after: dict[str, Any], kind: str) -> str:
    data, problems = parse_yaml(text)
    assert not problems
    marks = MarkedText(text, *find_positions(text), text.count("\n") + 1)
    made = rewrite_record(marks, data, after, resources.load_schema(kind))
    again, problems = parse_yaml(made)
    assert not problems, made
    assert again == after, made
    return made


MEETING = """\
# yaml-language-server: $schema=../../.dangwu/schemas/group-meeting.json
schema: 1
kind: group-meeting
date: 2026-03-12          # 日期
time: "14:00-15:30"   # 时间
place: 党员活动室
group: g1
chair: m002  # 主持人 # 再一个井号
recorder: m003
present: [m002, m003, m004]  # 实到
leave:
  # 请假的人
  - {member: m005, reason: business, approved_by: m002}
  - {member: m006, reason: illness, approved_by: m002}   # 病假
topic: 本月工作

# 结尾的话
"""
LISTED = {"member": "m007", "reason": "family", "approved_by": "m002"}


def read(text: str) -> dict[str, Any]:
    data, problems = parse_yaml(text)
    assert not problems
    return dict(data)


def edited(text: str, **fields: Any) -> dict[str, Any]:
    return {**read(text), **fields}


def without(text: str, *names: str) -> dict[str, Any]:
    return {key: value for key, value in read(text).items() if key not in names}


@pytest.mark.parametrize(
    ("fields", "old", "new"),
    [
        ({"place": "三楼会议室：东侧"}, "place: 党员活动室", "place: 三楼会议室：东侧"),
        ({"date": "2026-03-13"}, "date: 2026-03-12 ", "date: 2026-03-13 "),
        ({"chair": "m003"}, "chair: m002  #", "chair: m003  #"),
        ({"present": ["m002", "m004"]}, "[m002, m003, m004]  # 实到", "[m002, m004]  # 实到"),
        ({"present": []}, "[m002, m003, m004]  # 实到", "[]  # 实到"),
        ({"time": "14:00-16:00"}, '"14:00-15:30"', "14:00-16:00"),
    ],
)
def test_a_value_is_replaced_and_nothing_else(fields: dict[str, Any], old: str, new: str) -> None:
    assert rewrite(MEETING, edited(MEETING, **fields), "group-meeting") == MEETING.replace(old, new)


def test_rows_are_put_in_taken_out_and_changed_where_they_stand() -> None:
    first, second = read(MEETING)["leave"]
    line = "  - {member: m006, reason: illness, approved_by: m002}   # 病假\n"
    new = "  - {member: m007, reason: family, approved_by: m002}\n"
    made = rewrite(MEETING, edited(MEETING, leave=[first, LISTED, second]), "group-meeting")
    assert made == MEETING.replace(line, f"{new}{line}")
    made = rewrite(MEETING, edited(MEETING, leave=[LISTED, first, second]), "group-meeting")
    assert made == MEETING.replace("  - {member: m005", f"{new}  - {{member: m005")
    made = rewrite(MEETING, edited(MEETING, leave=[first, {**second, "reason": "business"}]), "group-meeting")
    assert made == MEETING.replace("illness", "business")
    made = rewrite(MEETING, edited(MEETING, leave=[second]), "group-meeting")
    assert made == MEETING.replace("  - {member: m005, reason: business, approved_by: m002}\n", "")
    made = rewrite(MEETING, edited(MEETING, leave=[first]), "group-meeting")
    assert made == MEETING.replace(line, "  # 病假\n")


def test_fields_come_where_the_schema_has_them() -> None:
    made = rewrite(MEETING, edited(MEETING, absent=[{"member": "m007", "reason": "unknown"}]), "group-meeting")
    at = MEETING.index("topic:")
    assert made.startswith(MEETING[:at])
    assert made.endswith(MEETING[at:])
    assert rewrite(made, read(MEETING), "group-meeting") == MEETING


def test_a_comment_is_never_lost() -> None:
    """A list cannot become another kind of value while somebody's words stand in it."""
    with pytest.raises(PatchError):
        rewrite(MEETING, edited(MEETING, leave="无"), "group-meeting")
    gone = rewrite(MEETING, without(MEETING, "leave", "chair"), "group-meeting")
    assert [word for word in ("# 请假的人", "# 病假", "# 主持人 # 再一个井号", "# 结尾的话") if word not in gone] == []


@cache
def headers() -> list[tuple[str, str]]:
    """Return the kind and the fields, as text, of one record of each kind and form of the sample branch."""
    schemas = {kind: resources.load_schema(kind) for kind in resources.list_kinds()}
    made = make_sample(
        Size(members=10, groups=2, years=1),
        date(2026, 6, 30),
        language="zh",
        schemas=schemas,
        base=resources.build_template(),
    )
    files = {path: raw.decode() for commit in made.commits for path, raw in commit.changes.items() if raw}
    found: dict[tuple[str, int], tuple[str, str]] = {}
    for path, text in files.items():
        if path.endswith((".yaml", ".md")) and not path.startswith("."):
            header = split_front_matter(text).header if path.endswith(".md") else text
            data, problems = parse_yaml(header or "")
            if not problems and isinstance(data, dict) and data.get("kind") in schemas:
                found.setdefault((data["kind"], len(found) % 4), (data["kind"], header or ""))
    return [*found.values()]


def list_pointers(value: Any, pointer: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [pointer, *(below for key, item in pairs for below in list_pointers(item, (*pointer, key)))]


VALUES = [
    "m001", "新写的话：逗号，句号。", "带 # 号", "- 开头", "2026-03-01", 3, 2.5, True, None, "多行\n的话", [], {},
    ["m001", "m002"], [{"member": "m001", "reason": "病假"}], {"from": "2026-01-01", "note": "说明"},
]  # fmt: skip


def change_somewhere(data: dict[str, Any], random: Any) -> None:
    """Change, drop or add one value somewhere in the data."""
    pointer = random.choice([each for each in list_pointers(data) if each])
    holder: Any = data
    for part in pointer[:-1]:
        holder = holder[part]
    key, what = pointer[-1], random.randrange(4)
    if what == 0:
        del holder[key]
    elif what == 1:
        holder[key] = deepcopy(random.choice(VALUES))
    elif isinstance(holder, list):
        holder.insert(key + (what == 2), deepcopy(random.choice([holder[key], *VALUES])))
    else:
        holder[random.choice(["note", "topic", "新字段", "absent"])] = deepcopy(random.choice(VALUES))


@given(st.randoms(use_true_random=False), st.integers(1, 4))
@settings(max_examples=400, deadline=None)
def test_any_edit_comes_out_as_meant_and_leaves_the_rest(random: Any, count: int) -> None:
    kind, text = random.choice(headers())
    text = "".join(line + random.choice(["", "", "  # 说明"]) + "\n" for line in text.split("\n")[:-1])
    before = read(text)
    after = deepcopy(before)
    for _ in range(count):
        if after:
            change_somewhere(after, random)
    try:
        made = rewrite(text, after, kind)
    except PatchError:
        return
    comments = text.count("# 说明")
    assert made.count("# 说明") >= comments
    same = {key for key in before if key in after and repr(before[key]) == repr(after[key])}
    for key in same:
        (block,) = [part for part in split_fields(text) if part.startswith(f"{key}:")]
        assert block in split_fields(made)


def split_fields(text: str) -> list[str]:
    """Return the text of each field at the top, without lines that are blank or only a comment."""
    fields: list[str] = []
    for line in text.split("\n"):
        if line and line[0] not in " #-]}":
            fields.append(line)
        elif fields and line.strip() and not line.strip().startswith("#"):
            fields[-1] += f"\n{line}"
    return fields


def test_most_edits_of_what_dangwu_writes_can_be_made() -> None:
    """Without comments of a person every edit that keeps a field is possible."""
    random = Random(1)  # noqa: S311 - no secret
    refused = []
    for _ in range(600):
        kind, text = random.choice(headers())
        before = read(text)
        after = deepcopy(before)
        change_somewhere(after, random)
        try:
            rewrite(text, after, kind)
        except PatchError:
            refused.append((kind, before, after))
    assert len(refused) < 12, refused[0]

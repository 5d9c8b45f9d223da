"""Edits of data become edits of text: the data is what was meant, and every comment and every other line stays."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dangwu.authoring.edit.edits import AddEdit, DataEdit, DropEdit, PutEdit, apply_edits
from dangwu.authoring.edit.marked_text import MarkedText, PatchError
from dangwu.authoring.edit.splice import patch_text
from dangwu.authoring.record_text import render_record
from dangwu.data import resources
from dangwu.parse.yaml import find_positions, parse_yaml


def patch(text: str, *edits: DataEdit) -> str:
    data, problems = parse_yaml(text)
    assert not problems
    made = patch_text(MarkedText(text, *find_positions(text), text.count("\n") + 1), data, edits)
    again, problems = parse_yaml(made)
    assert not problems, made
    assert again == apply_edits(data, edits), made
    return made


MEMBER = """\
# 手写的话
schema: 1   # 版本
kind: member
id: 'm001'
name: "朱䶮"   # 姓名，㛃𬭎
joined_on: 2019-03-28     # 入党日期 # 再一个井号

# 状态在下面
status:
  # 第一条
  - {from: 2024-12-25, status: full}  # 转入
  - from: 2025-01-01
    status: suspended   # 停止

# 结尾
"""


def test_a_value_is_replaced_and_nothing_else() -> None:
    made = patch(MEMBER, PutEdit(("name",), "魏少华"), PutEdit(("joined_on",), "2020-01-02"))
    assert made == MEMBER.replace('"朱䶮"', "魏少华").replace("2019-03-28", "2020-01-02")


def test_a_missing_field_comes_below_its_neighbour() -> None:
    made = patch(MEMBER, PutEdit(("converted_on",), "2020-03-28", ("joined_on", "name")))
    line = "joined_on: 2019-03-28     # 入党日期 # 再一个井号\n"
    assert made == MEMBER.replace(line, f"{line}converted_on: 2020-03-28\n")


def test_an_entry_comes_below_the_last_one_and_a_new_list_below_it() -> None:
    entry = {"from": "2026-01-01", "status": "full"}
    made = patch(
        MEMBER, AddEdit(("status",), entry), AddEdit(("groups",), {"from": "2026-01-01", "group": "g1"}, ("status",))
    )
    below = "    status: suspended   # 停止\n"
    added = "  - {from: 2026-01-01, status: full}\ngroups:\n  - {from: 2026-01-01, group: g1}\n"
    assert made == MEMBER.replace(below, below + added)


def test_a_field_goes_into_brackets_and_into_lines() -> None:
    made = patch(
        MEMBER, PutEdit(("status", 0, "note"), "甲, 乙", ("status",)), PutEdit(("status", 1, "note"), "丙", ("from",))
    )
    expected = MEMBER.replace("status: full}", 'status: full, note: "甲, 乙"}')
    assert made == expected.replace("  - from: 2025-01-01\n", "  - from: 2025-01-01\n    note: 丙\n")


MEETING = """\
present: [                      # 实到
  m001, m002, m003,
  m004,   # 来得早
  m005, m006,
  ]
leave: []                       # 请假
absent:
- m007   # 没有说
- m008
late: [m001]
"""


def test_members_move_between_lists_of_every_form() -> None:
    made = patch(
        MEETING,
        DropEdit(("present", 0)),
        DropEdit(("present", 3)),
        DropEdit(("present", 5)),
        DropEdit(("absent", 0)),
        AddEdit(("leave",), {"member": "m001", "reason": "illness"}),
        AddEdit(("absent",), "m004"),
        AddEdit(("absent",), "m006"),
        AddEdit(("present",), "m007"),
    )
    assert made == (
        "present: [                      # 实到\n"
        "  m002, m003,\n"
        "  # 来得早\n"
        "  m005, m007,\n"
        "  ]\n"
        "leave:                       # 请假\n"
        "  - {member: m001, reason: illness}\n"
        "absent:\n"
        "# 没有说\n"
        "- m008\n"
        "- m004\n"
        "- m006\n"
        "late: [m001]\n"
    )


def test_the_words_beside_codes_outlive_every_edit() -> None:
    """They stand above a long list of choices, beside a short one, and name all, so no edit makes them wrong."""
    rows = [{"member": "m001", "reason": "illness"}, {"member": "m002", "reason": "study"}]
    meeting = {"kind": "group-meeting", "present": ["m003"], "leave": rows, "absent": []}
    text = render_record(resources.load_schema("group-meeting"), meeting, language="zh").split("---\n")[1]
    words = [line for line in text.splitlines() if line.startswith("#")]
    assert words
    for edits in (
        [PutEdit(("leave", 0, "reason"), "family")],
        [AddEdit(("leave",), {"member": "m004", "reason": "other"})],
        [DropEdit(("leave", 0)), DropEdit(("leave", 1)), AddEdit(("present",), "m001")],
    ):
        assert [line for line in patch(text, *edits).splitlines() if line.startswith("#")] == words
    item = {"kind": "disclosure", "class": 2, "timing": "major", "matter": "x"}
    text = render_record(resources.load_schema("disclosure"), item, language="en")
    made = patch(text, PutEdit(("class",), 3), PutEdit(("timing",), "routine"))
    assert made == text.replace("class: 2\n", "class: 3\n").replace("timing: major ", "timing: routine ")


def test_a_list_that_loses_all_is_an_empty_list() -> None:
    made = patch(MEETING, DropEdit(("absent", 0)), DropEdit(("absent", 1)), DropEdit(("late", 0)))
    assert made == MEETING.replace("absent:\n- m007   # 没有说\n- m008\nlate: [m001]", "absent: []\n# 没有说\nlate: []")


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("note: |\n  一\n  二\nname: 甲\n", PutEdit(("note",), "三")),
        ("note: >-\n  一\n", PutEdit(("note",), "三")),
        ("list: [m001, # 甲\n  m002]\n", DropEdit(("list", 1))),
        ("list: [m001, # 甲\n  m002 # 乙\n  ]\n", [DropEdit(("list", 0)), DropEdit(("list", 1))]),
    ],
)
def test_what_cannot_be_edited_is_refused(text: str, edit: Any) -> None:
    data, _ = parse_yaml(text)
    edits = edit if isinstance(edit, list) else [edit]
    with pytest.raises(PatchError):
        patch_text(MarkedText(text, *find_positions(text), text.count("\n") + 1), data, edits)


def test_a_new_list_in_a_mapping_in_brackets_stands_behind_its_last_field() -> None:
    assert patch("map: {}\n", AddEdit(("map", "list"), "x")) == "map: {list: [x]}\n"
    made = patch("map: {a: 1, b: [x]} # 甲\n", AddEdit(("map", "c"), {"d": 1}), AddEdit(("map", "c"), {"d": 2}))
    assert made == "map: {a: 1, b: [x], c: [{d: 1}, {d: 2}]} # 甲\n"


IDS = [f"m{number:03d}" for number in range(12)]
COMMENT = st.sampled_from(["", "", "  # 甲", " # 乙: [x], {y}", "   # 'q \""])


@st.composite
def lists(draw: st.DrawFn, name: str, ids: list[str], *, rows: bool) -> str:
    """Write a list as people and scaffolds do: in brackets, over several lines, or an item a line."""
    style = draw(st.sampled_from(["flow", "wrapped", "block", "indentless"]))
    items = [
        f"{{member: {each}, reason: 'illness'}}" if rows else draw(st.sampled_from([each, f'"{each}"'])) for each in ids
    ]
    if not items or style == "flow":
        return f"{name}: [{', '.join(items)}]{draw(COMMENT)}\n"
    if style == "wrapped":
        size = draw(st.integers(1, 4))
        chunks = [items[at : at + size] for at in range(0, len(items), size)]
        comma = draw(st.sampled_from([",", ""]))
        lines = [
            f"  {', '.join(each)}{',' if at < len(chunks) - 1 else comma}{draw(COMMENT)}"
            for at, each in enumerate(chunks)
        ]
        return f"{name}: [{draw(COMMENT)}\n" + "\n".join(lines) + f"\n  ]{draw(COMMENT)}\n"
    indent = "  " if style == "block" else ""
    return f"{name}:{draw(COMMENT)}\n" + "".join(f"{indent}- {each}{draw(COMMENT)}\n" for each in items)


@st.composite
def meetings(draw: st.DrawFn) -> tuple[str, list[DataEdit]]:
    """Return a meeting's lists and the moves of some members between them."""
    places = {each: draw(st.sampled_from(["present", "leave", "absent"])) for each in IDS}
    by_list = {name: [each for each in IDS if places[each] == name] for name in ("present", "leave", "absent")}
    text = "".join(
        draw(st.sampled_from(["", "# 一行\n", "\n"])) + draw(lists(name, ids, rows=name == "leave"))
        for name, ids in by_list.items()
    )
    edits: list[DataEdit] = []
    for each in draw(st.lists(st.sampled_from(IDS), unique=True)):
        target = draw(st.sampled_from([name for name in by_list if name != places[each]]))
        edits.append(DropEdit((places[each], by_list[places[each]].index(each))))
        edits.append(AddEdit((target,), {"member": each} if target == "leave" else each))
    return text + draw(st.sampled_from(["", "topics: [a]\n", "# 末行\n"])), edits


def comments(text: str) -> list[str]:
    return sorted(line[line.index("# ") :] for line in text.split("\n") if "# " in line)


@given(meetings())
@settings(max_examples=400)
def test_any_moves_give_the_data_and_keep_every_comment(made: tuple[str, list[DataEdit]]) -> None:
    text, edits = made
    try:
        new = patch(text, *edits)
    except PatchError:
        # Only a comment among the items of brackets stands in the way.
        assert "#" in text
        return
    assert comments(new) == comments(text)
    lost = set(text.split("\n")) - set(new.split("\n"))
    touched = {each for edit in edits for each in IDS if isinstance(edit, DropEdit)}
    names = ("present:", "leave:", "absent:")
    assert all(line.startswith(names) or any(each in line for each in touched) for line in lost)


VALUES = st.one_of(
    st.integers(0, 10**6),
    st.decimals(0, 1000, places=2).map(float),
    st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=20),
    st.sampled_from(["no", "010", "12:30", "- a", "# x", "{a: b}", "a: b", "2026-03-15", "䶮㛃𬭎", "第一行\n第二行"]),
)


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[str, list[DataEdit]]:
    """Return a ledger of several members, in lines or brackets, with new payments, corrections and members."""
    text = draw(st.sampled_from(["", "# 台账\n"])) + "year: 2026\nmembers:\n"
    edits: list[DataEdit] = []
    count = draw(st.integers(1, 4))
    for at in range(count):
        months = draw(st.integers(0, 3))
        text += f"  - member: m{at:03d}{draw(COMMENT)}\n    assessed: 12.5{draw(COMMENT)}\n"
        block = draw(st.booleans())
        if not months:
            text += f"    paid: []{draw(COMMENT)}\n"
        else:
            text += f"    paid:{draw(COMMENT)}\n"
        for month in range(months):
            if block:
                text += (
                    f"      - month: 2026-{month + 1:02d}{draw(COMMENT)}\n        date: '2026-05-01'{draw(COMMENT)}\n"
                )
            else:
                text += f"      - {{month: 2026-{month + 1:02d}, date: 2026-05-01}}{draw(COMMENT)}\n"
            if draw(st.booleans()):
                edits.append(PutEdit(("members", at, "paid", month, "date"), draw(VALUES), ("month",)))
            if draw(st.booleans()):
                edits.append(PutEdit(("members", at, "paid", month, "amount"), draw(VALUES), ("date",)))
        text += draw(st.sampled_from(["", "\n", "  # 隔开\n"]))
        if draw(st.booleans()):
            edits.append(PutEdit(("members", at, "assessed"), draw(VALUES), ("member",)))
        edits += [
            AddEdit(("members", at, "paid"), {"month": "2026-09", "x": draw(VALUES)})
            for _ in range(draw(st.integers(0, 2)))
        ]
    for at in range(draw(st.integers(0, 2))):
        edits.append(AddEdit(("members",), {"member": f"m9{at}", "assessed": 1, "paid": [{"month": "2026-01"}] * at}))
    return text, draw(st.permutations(edits))


@given(ledgers())
@settings(max_examples=300)
def test_any_payments_give_the_data_and_keep_every_line(made: tuple[str, list[DataEdit]]) -> None:
    text, edits = made
    new = patch(text, *edits)
    lines = new.split("\n")
    puts = [edit for edit in edits if isinstance(edit, PutEdit)]
    kept = [line for line in text.split("\n") if line in lines]
    assert len(text.split("\n")) - len(kept) <= len(puts) + sum(isinstance(edit, AddEdit) for edit in edits)
    assert [each for each in comments(text) if new.count(each) < text.count(each)] == []

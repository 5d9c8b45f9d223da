"""Two states of one record, said field by field and section by section."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dangwu.changes import field_changes, sections
from dangwu.changes.field_changes import find_field_changes
from dangwu.changes.records import FileState, build_record_change
from dangwu.changes.sections import find_line_changes
from dangwu.data import resources
from dangwu.language import LANGUAGES, load_language
from dangwu.model.corpus import Corpus
from dangwu.model.edit import Edit
from dangwu.model.message import Bilingual
from dangwu.model.record_change import FieldChange, RowField, WrittenValue
from dangwu.model.schema_node import resolve_node
from dangwu.pages.record_changes import ChangeText
from dangwu.parse.document import parse_document
from dangwu.parse.encoding import decode_text
from dangwu.workspace.catalogue import load_kinds
from dangwu.workspace.load import load_workspace
from tests.support.branches import base_files
from tests.support.memory import MemoryTree
from tests.support.steps import LINEAR, Watched, growth, steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from dangwu.model.record_change import RecordChange

quick = settings(
    derandomize=True, max_examples=150, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
MEETING = resources.load_schema("group-meeting")
NONE: dict[str, Any] = {}


def told(before: dict[str, Any], after: dict[str, Any], kind: str = "group-meeting") -> list[tuple[Any, ...]]:
    """Return pointer, edit and both values of every change."""
    return [
        (each.pointer, each.edit.value, each.before, each.after)
        for each in find_field_changes(before, after, resources.load_schema(kind))
    ]


def words(*corpora: Corpus) -> dict[str, ChangeText]:
    return {lang: ChangeText(load_language(lang), *corpora) for lang in LANGUAGES}


# --- every kind of value ---


@pytest.mark.parametrize(
    ("before", "after", "edit"),
    [
        ("二楼", "三楼", "changed"),
        (1, 2, "changed"),
        (1, True, "changed"),
        (0, False, "changed"),
        (1, 1.0, "changed"),
        (True, False, "changed"),
        ("1", 1, "changed"),
        ("", None, "removed"),
        (None, "", "added"),
        (None, False, "added"),
        ("二楼", ["二楼"], "changed"),
        (["二楼"], {"a": "二楼"}, "changed"),
        ({}, [], "changed"),
        (None, {}, "added"),
        ([], None, "removed"),
        ("é", "e\u0301", "changed"),
    ],
)
def test_one_value(before: Any, after: Any, edit: str) -> None:
    old, new = ({} if each is None else {"place": each} for each in (before, after))
    assert [each[:2] for each in told(old, new)] == [(("place",), edit)]
    assert told({"place": before}, {"place": before}) == []


def test_nothing_and_no_value_are_the_same() -> None:
    assert told({"place": None}, {}) == told({}, {"place": None}) == []
    assert told({"leave": [{"member": "m001", "reason": None}]}, {"leave": [{"member": "m001"}]}) == []


def test_ones_that_python_takes_for_equal() -> None:
    """``True == 1 == 1.0``: what is written in the record is not the same."""
    assert told({"x": [1]}, {"x": [True]}) == [(("x",), "removed", [1], None), (("x",), "added", None, [True])]
    assert told({"x": [{"id": "a", "n": 0}]}, {"x": [{"id": "a", "n": False}]}) == [
        (("x", 0, "n"), "changed", 0, False)
    ]
    assert told({"x": {"y": {"z": 1}}}, {"x": {"y": {"z": True}}}) == [(("x", "y", "z"), "changed", 1, True)]


def test_a_list_of_people() -> None:
    before, after = {"present": ["m001", "m003", "m005"]}, {"present": ["m005", "m001", "m009"]}
    assert told(before, after) == [
        (("present",), "removed", ["m003"], None),
        (("present",), "added", None, ["m009"]),
    ]


def test_another_order_is_said_whole() -> None:
    assert told({"present": ["m001", "m003"]}, {"present": ["m003", "m001"]}) == [
        (("present",), "changed", ["m001", "m003"], ["m003", "m001"])
    ]
    rows = [{"id": "a", "x": 1}, {"id": "b", "x": 2}]
    assert told({"items": rows}, {"items": rows[::-1]}) == [(("items",), "changed", rows, rows[::-1])]


def test_twice_is_not_once() -> None:
    assert told({"present": ["m001"]}, {"present": ["m001", "m001"]}) == [(("present",), "added", None, ["m001"])]
    assert told({"absent": ["m001", "m001"]}, {"absent": []}) == [(("absent",), "removed", ["m001", "m001"], None)]


@pytest.mark.parametrize(
    ("key", "rows"),
    [
        ("id", [{"id": "t1", "task": "学习", "due": "2026-03-01"}, {"id": "t2", "task": "学习", "due": "2026-04-01"}]),
        ("member", [{"member": "m001", "due": 3}, {"member": "m002", "due": 3}]),
        ("task", [{"task": "t1", "due": "2026-03-01"}, {"task": "t2", "due": "2026-03-01"}]),
        ("quarter", [{"quarter": "2026-Q1", "due": 1}, {"quarter": "2026-Q2", "due": 1}]),
        ("month", [{"month": "2026-01", "due": 5}, {"month": "2026-02", "due": 5}]),
        ("from", [{"from": "2026-01-01", "due": "full"}, {"from": "2026-02-01", "due": "left"}]),
        ("date", [{"date": "2026-01-01", "due": "x"}, {"date": "2026-02-01", "due": "x"}]),
        ("text", [{"text": "一", "due": "x"}, {"text": "二", "due": "x"}]),
        ("name", [{"name": "白芷兰", "due": "x"}, {"name": "石竹", "due": "x"}]),
    ],
)
def test_rows_are_told_from_each_other(key: str, rows: list[dict[str, Any]]) -> None:
    first, second = rows
    changed = {**second, "due": "另一个"}
    other = {**second, key: f"{second[key]}x"}
    assert told({"x": rows}, {"x": [changed, first]}) == [(("x", 0, "due"), "changed", second["due"], "另一个")]
    assert told({"x": rows}, {"x": [first]}) == [(("x", 1), "removed", second, None)]
    assert told({"x": rows}, {"x": [other, *rows]}) == [(("x", 0), "added", None, other)]
    (change,) = find_field_changes({"x": rows}, {"x": [changed, first]}, MEETING)
    assert change.place[1] == WrittenValue(str(second[key]))


def test_rows_of_several_words() -> None:
    rows = [
        {"post": "secretary", "member": "m001", "from": "2024-03-15"},
        {"post": "organization", "member": "m001", "from": "2024-03-15"},
    ]
    ended = [rows[0], {**rows[1], "to": "2026-01-01"}]
    (change,) = find_field_changes(
        {"terms": [{"from": "a", "posts": rows}]}, {"terms": [{"from": "a", "posts": ended}]}, MEETING
    )
    assert change.pointer == ("terms", 0, "posts", 1, "to")
    assert change.edit is Edit.ADDED


def test_rows_that_nothing_tells_apart_are_numbered() -> None:
    rows = [{"yes": 5, "no": 0}, {"yes": 5, "no": 0}, {"yes": 4, "no": 1}]
    assert told({"x": rows}, {"x": [rows[0], *rows]}) == [(("x", 2), "added", None, rows[0])]
    assert told({"x": rows}, {"x": [{"yes": 6, "no": 0}, *rows[1:]]}) == [(("x", 0, "yes"), "changed", 5, 6)]
    (change,) = find_field_changes({"x": rows}, {"x": rows[:2]}, MEETING)
    assert (change.pointer, change.edit, change.place[1]) == (("x", 2), Edit.REMOVED, 3)
    # An id that two rows bear tells nothing.
    twice = [{"id": "a", "n": 1}, {"id": "a", "n": 2}]
    assert told({"x": twice}, {"x": [twice[0], {"id": "a", "n": 3}]}) == [(("x", 1, "n"), "changed", 2, 3)]


def test_rows_and_words_mixed() -> None:
    assert told({"x": ["a", {"id": "b"}]}, {"x": [{"id": "b"}, {"id": "c"}]}) == [
        (("x",), "removed", ["a"], None),
        (("x",), "added", None, [{"id": "c"}]),
    ]


def test_mappings_inside_mappings() -> None:
    before = {"name": {"zh": "青禾", "en": "Qinghe"}, "settings": {"recorded_within_days": 15, "dues_day": 10}}
    after = {"name": {"en": "Qinghe Works", "zh": "青禾"}, "settings": {"dues_day": 10}}
    assert told(before, after, "branch") == [
        (("name", "en"), "changed", "Qinghe", "Qinghe Works"),
        (("settings", "recorded_within_days"), "removed", 15, None),
    ]


def test_kind_and_version_are_said_only_where_they_changed() -> None:
    head = {"schema": 1, "kind": "group-meeting"}
    assert told({}, {**head, "place": "二楼"}) == [(("place",), "added", None, "二楼")]
    assert told({**head, "place": "二楼"}, {}) == [(("place",), "removed", "二楼", None)]
    assert told(head, {**head, "kind": "committee-meeting"}) == [
        (("kind",), "changed", "group-meeting", "committee-meeting")
    ]
    assert told(head, {"schema": 1}) == [(("kind",), "removed", "group-meeting", None)]


def test_fields_stand_in_the_order_of_the_schema() -> None:
    data = {"own": 1, "absent": [], "place": "二楼", "date": "2026-03-12"}
    assert [each[0] for each in told({}, data)] == [("date",), ("place",), ("absent",), ("own",)]
    assert told({}, data) == told({}, dict(reversed(data.items())))


# --- titles and names ---


def test_titles_in_both_languages() -> None:
    before = {"date": "2026-03-12", "present": ["m001"], "unknown": "x"}
    after = {"date": "2026-03-13", "present": ["m001", "m002"], "unknown": "y", "leave": [{"member": "m003"}]}
    corpus = load_workspace(MemoryTree(base_files())).corpus
    changes = list(find_field_changes(before, after, MEETING))
    said = {lang: [each.field(change) for change in changes] for lang, each in words(corpus).items()}
    for lang, title in (("zh", "会议日期"), ("en", "Day of the meeting")):
        assert said[lang][0].startswith(title)
        assert said[lang][0].index("2026-03-12") < said[lang][0].index("2026-03-13")
        assert said[lang][-1].startswith("unknown")
        assert any(f"{corpus.name_of('m002')} (m002)" in line for line in said[lang])
        assert not [line for line in said[lang] if "{" in line]
    assert any("党员" in line and "(m003)" in line for line in said["zh"])


def test_every_schema_has_a_title_for_every_field() -> None:
    """What a reviewer reads is never the English key of a field in a Chinese sentence."""
    for name in load_kinds():
        schema = resources.load_schema(name)
        for change in find_field_changes({}, _some(schema, schema), schema):
            for step in change.place:
                assert isinstance(step, Bilingual)
                assert step.zh != step.en, (name, step)
            for part in _parts(change.told_after):
                assert part.title.zh != part.title.en, (name, part.title)


def _some(node: Any, schema: Any) -> Any:
    """Return a value with every field that a schema knows."""
    whole = resolve_node(node, schema)
    whole = resolve_node(whole["anyOf"][0], schema) if "anyOf" in whole else whole
    if "properties" in whole:
        return {key: _some(each, schema) for key, each in whole["properties"].items()}
    if "items" in whole:
        return [_some(whole["items"], schema)]
    return "x"


def _parts(said: Any) -> list[RowField]:
    if isinstance(said, WrittenValue) or said is None:
        return []
    if isinstance(said, RowField):
        return [said, *_parts(said.value)]
    return [one for each in said for one in _parts(each)]


def test_people_are_named_wherever_they_stand() -> None:
    corpus = load_workspace(MemoryTree(base_files())).corpus
    name = corpus.name_of("m005")
    assert name != "m005"
    cases: list[tuple[str, dict[str, Any]]] = [
        ("group-meeting", {"chair": "m005"}),
        ("group-meeting", {"present": ["m001", "m005"]}),
        ("group-meeting", {"leave": [{"member": "m001", "reason": "sick", "approved_by": "m005"}]}),
        ("dues", {"members": [{"member": "m005", "assessed": []}]}),
        ("branch", {"terms": [{"from": "2024-03-15", "posts": [{"post": "secretary", "member": "m005"}]}]}),
        ("month-plan", {"items": [{"task": "t1", "owner": "m005"}]}),
    ]
    for kind, data in cases:
        changes = list(find_field_changes({}, data, resources.load_schema(kind)))
        said = [one.field(each) for one in words(corpus).values() for each in changes]
        assert all(f"{name} (m005)" in each for each in said), (kind, said)
    rows = [{"member": "m001", "paid": []}, {"member": "m005", "paid": []}]
    changed = [rows[0], {**rows[1], "note": "补交"}]
    (change,) = find_field_changes({"members": rows}, {"members": changed}, resources.load_schema("dues"))
    assert f"{name} (m005)" in words(corpus)["zh"].field(change)


def test_who_is_not_known_any_more_is_still_said() -> None:
    (change,) = find_field_changes({"chair": "m005"}, {"chair": "m099"}, MEETING)
    corpus = load_workspace(MemoryTree(base_files())).corpus
    gone = Corpus(branch=corpus.branch)
    said = words(gone, corpus)["zh"].field(change)
    assert said.index(f"{corpus.name_of('m005')} (m005)") < said.index("m099")


# --- bodies ---

HEAD = "---\nschema: 1\nkind: group-meeting\ndate: 2026-03-12\n---\n"


def bodies(before: str | bytes | None, after: str | bytes | None, head: str = HEAD) -> RecordChange:
    """Compare two minutes that have one head."""
    made = []
    for number, body in enumerate((before, after)):
        raw = (head + body).encode() if isinstance(body, str) else body
        path = "meetings/2026/2026-03-12-group-meeting-g1.md"
        made.append(None if raw is None else FileState(path, str(number), parse_document(path, str(number), raw)[0]))
    return build_record_change(made[0], made[1], load_kinds())


def parts(before: str, after: str) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    change = bodies(before, after)
    assert not change.fields
    return [(each.title, each.edit.value, each.gone, each.come) for each in change.sections]


def test_sections() -> None:
    before = "\n开头\n\n## 会议内容\n\n一\n二\n\n## 其他\n\n无\n"
    assert parts(before, before) == []
    assert parts(before, before.replace("二", "二二")) == [("会议内容", "changed", ("二",), ("二二",))]
    assert parts(before, before.replace("开头", "")) == [("", "changed", ("开头",), ())]
    assert parts(before, before.replace("## 其他\n\n无\n", "")) == [("其他", "removed", ("无",), ())]
    assert parts(before, before + "\n## 决议\n\n同意\n") == [("决议", "added", (), ("同意",))]
    assert parts(before, before.replace("## 其他", "## 决议")) == [
        ("决议", "added", (), ("无",)),
        ("其他", "removed", ("无",), ()),
    ]


def test_a_heading_with_nothing_below_it_is_said() -> None:
    assert parts("## 一\n\n文\n", "## 一\n\n文\n\n## 二\n") == [("二", "added", (), ())]
    assert parts("## 一\n\n## 二\n\n文\n", "## 二\n\n文\n") == [("一", "removed", (), ())]


def test_sub_headings_are_lines_of_their_section() -> None:
    assert parts("## 一\n\n### 甲\n\n文\n", "## 一\n\n### 乙\n\n文\n") == [("一", "changed", ("### 甲",), ("### 乙",))]


def test_a_heading_in_a_fence_is_none() -> None:
    assert parts("## 一\n\n```\n## 二\n```\n", "## 一\n\n```\n## 三\n```\n") == [
        ("一", "changed", ("## 二",), ("## 三",))
    ]


def test_blank_lines_and_line_ends_are_no_change() -> None:
    before = "\n## 会议内容\n\n一\n二\n"
    assert parts(before, before.replace("\n", "\n\n")) == []
    assert parts(before, before.replace("一", "一  ")) == []
    assert not bodies(before, (HEAD + before).replace("\n", "\r\n").encode()).sections


def test_a_body_in_another_encoding_is_read_as_it_is_meant() -> None:
    text = HEAD + "\n## 会议内容\n\n组长传达工作安排，大家认领了各自的任务。\n"
    change = bodies(text.encode(), text.replace("大家", "三名同志").encode("gbk"))
    assert change.readable
    assert [(each.title, each.gone, each.come) for each in change.sections] == [
        (
            "会议内容",
            ("组长传达工作安排，大家认领了各自的任务。",),
            ("组长传达工作安排，三名同志认领了各自的任务。",),
        )
    ]
    same = bodies(text.encode(), b"\xef\xbb\xbf" + text.encode())
    assert not same.sections


def test_a_state_that_cannot_be_read_is_said_to_be_so() -> None:
    broken = (HEAD.replace("date:", "date: [") + "\n一\n").encode()
    change = bodies("\n一\n", broken)
    assert not change.readable
    assert not change.fields
    assert not change.sections
    assert change.takes_away
    for each in words().values():
        assert list(each.lines(change))


def test_only_the_layout_changed_is_said() -> None:
    raw = HEAD + "\n## 一\n\n文\n"
    path = "meetings/2026/2026-03-12-group-meeting-g1.md"
    noted = raw.replace("date:", "# 党小组会\ndate:")
    files = [FileState(path, each, parse_document(path, each, each.encode())[0]) for each in (raw, noted)]
    change = build_record_change(files[0], files[1], load_kinds())
    assert not change.fields
    assert not change.sections
    for each in words().values():
        assert len(list(each.lines(change))) == 1


# --- properties ---

scalars = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.sampled_from([0.0, 1.0, 2.5]),
    st.sampled_from(["", "a", "b", "m001", "m002", "2026-03", "二楼", "x\ny", "\ud800"]), st.text(max_size=4),
)  # fmt: skip
keys = st.sampled_from(["id", "member", "month", "text", "a", "b", "due", "日期"])
data = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(keys, inner, max_size=4)),
    max_leaves=12,
)
records = st.dictionaries(
    st.sampled_from(["present", "leave", "place", "chair", "x", "y", "topics", "name"]), data, max_size=4
)
rows = st.lists(st.dictionaries(keys, scalars, max_size=3), max_size=5)


def plain(value: Any) -> Any:
    """Return what is written, without what is said by nothing; a form that is equal only where it is the same."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items() if each is not None}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return [type(value).__name__, value]


def exact(value: Any) -> str:
    return json.dumps(plain(value), sort_keys=True)


def all_changes(before: dict[str, Any], after: dict[str, Any]) -> list[FieldChange]:
    return list(find_field_changes(before, after, MEETING))


@quick
@given(records)
def test_nothing_changes_between_a_state_and_itself(record: dict[str, Any]) -> None:
    assert all_changes(record, json.loads(json.dumps(record))) == []


@quick
@given(records, records)
@example({"x": [{"id": "a"}, {"id": "b"}]}, {"x": [{"id": "b"}, {"id": "a"}]})
@example({"x": [{}]}, {"x": [{"id": None}]})
@example({"x": {"a": None}}, {})
def test_something_is_said_exactly_where_something_changed(before: dict[str, Any], after: dict[str, Any]) -> None:
    changes = all_changes(before, after)
    assert (not changes) == (exact(before) == exact(after))
    back = all_changes(after, before)
    assert len(back) == len(changes)
    for each in changes:
        assert exact(each.before) != exact(each.after)
        assert (each.edit is Edit.ADDED) == (each.before is None)
        assert (each.edit is Edit.REMOVED) == (each.after is None)
    for one in words().values():
        for change in changes:
            assert "{field}" not in one.field(change)


@quick
@given(records, records, st.randoms(use_true_random=False))
def test_the_order_of_fields_does_not_matter(before: dict[str, Any], after: dict[str, Any], random: Any) -> None:
    mixed = list(after.items())
    random.shuffle(mixed)
    one, other = all_changes(before, after), all_changes(before, dict(mixed))
    assert sorted(map(repr, one)) == sorted(map(repr, other))


def applied(before: Any, changes: list[FieldChange]) -> Any:
    """Return what the changes make of a state; lists come out in some order."""
    made = json.loads(json.dumps(before))
    ways = sorted(changes, key=lambda each: (each.edit is not Edit.REMOVED, [str(step) for step in each.pointer]))
    for change in ways:
        _apply(made, change)
    return made


def _apply(made: dict[str, Any], change: FieldChange) -> None:
    *way, last = change.pointer
    at: Any = made
    for step in way:
        at = at[step]
    if change.edit is Edit.REMOVED:
        left = at.get(last)
        if isinstance(left, list) and isinstance(change.before, list) and exact(left) != exact(change.before):
            for each in change.before:
                left.remove(each)
        else:
            del at[last]
    elif isinstance(at.get(last), list) and change.edit is Edit.ADDED:
        at[last] += change.after
    else:
        at[last] = change.after


flat = st.dictionaries(
    st.sampled_from(["a", "b", "c"]),
    st.one_of(
        st.text("xy", max_size=2),
        st.lists(st.text("xyz", min_size=1, max_size=1), min_size=1, max_size=5),
        st.dictionaries(st.sampled_from(["p", "q"]), st.text("xy", max_size=2), min_size=1, max_size=2),
    ),
    max_size=3,
)


def counted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: counted(each) for key, each in value.items() if each not in ([], {})}
    return sorted(value) if isinstance(value, list) else value


@quick
@given(flat, flat)
def test_the_changes_make_the_new_out_of_the_old(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert counted(applied(before, all_changes(before, after))) == counted(after)


@quick
@given(rows, rows)
def test_rows_never_raise_and_are_said_both_ways(before: list[Any], after: list[Any]) -> None:
    changes = all_changes({"x": before}, {"x": after})
    assert (not changes) == (exact(before) == exact(after))
    for change in changes:
        number = change.pointer[1] if len(change.pointer) > 1 else 0
        assert 0 <= int(number) < max(len(before), len(after), 1)


text_lines = st.lists(st.sampled_from(["", "  ", "一", "二", "三", "## 题", "- x"]), max_size=12)


@quick
@given(text_lines, text_lines)
def test_lines_that_went_and_came(before: list[str], after: list[str]) -> None:
    gone, come = find_line_changes(before, after)
    old, new = ([each for each in rows_of if each.strip()] for rows_of in (before, after))
    assert sorted([*old, *come]) == sorted([*new, *gone])
    assert (not gone and not come) == (old == new)


@quick
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_bodies(before: str, after: str) -> None:
    change = bodies(before.encode("utf-8", "replace").decode(), after.encode("utf-8", "replace").decode())
    old, new = (
        (decode_text((HEAD + each).encode("utf-8", "replace"))[0] or "").split("\n") for each in (before, after)
    )
    if [line.rstrip() for line in old if line.strip()] == [line.rstrip() for line in new if line.strip()]:
        assert not change.sections
    for each in words().values():
        list(each.lines(change))


def _repeated(size: int) -> tuple[list[str], list[str]]:
    return ["x", "y"] * (size // 2), ["x", "z"] * (size // 2)


def _the_same(size: int) -> tuple[list[str], list[str]]:
    return ["x"] * size, ["x"] * (size - 1)


def _turned_round(size: int) -> tuple[list[str], list[str]]:
    return [str(number) for number in range(size)], [str(number) for number in range(size, 0, -1)]


@pytest.mark.parametrize("most", [20_000, 500])
@pytest.mark.parametrize("sides", [_repeated, _the_same, _turned_round])
def test_twice_as_many_lines_take_twice_the_steps(
    sides: Callable[[int], tuple[list[str], list[str]]], most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sections, "_MAX_EQUAL_PAIRS", most)
    monkeypatch.setattr(
        field_changes, "_serialise_exactly", lambda value, exact=field_changes._serialise_exactly: Watched(exact(value))
    )

    def in_a_text(size: int) -> Callable[[], object]:
        before, after = (list(map(Watched, side)) for side in sides(size))
        return lambda: find_line_changes(before, after)

    def in_rows(size: int) -> Callable[[], object]:
        before, after = ({"x": [{"a": each} for each in side]} for side in sides(size))
        return lambda: all_changes(before, after)

    def in_a_list(size: int) -> Callable[[], object]:
        before, after = ({"x": side} for side in sides(size))
        return lambda: all_changes(before, after)

    for work in (in_a_text, in_rows, in_a_list):
        assert work(1_000)()
        assert growth(work, 1_000) < LINEAR, work.__name__


@pytest.mark.parametrize(("size", "told"), [(400, 200), (8_000, 7_999)])
def test_lines_that_are_equal_one_by_one_are_compared_while_that_is_quick(size: int, told: int) -> None:
    before, after = ([f"{side} {at}" if at % 2 else str(at) for at in range(size)] for side in ("old", "new"))
    gone, come = find_line_changes(before, after)
    assert (len(gone), len(come)) == (told, told)
    assert steps(lambda: find_line_changes(before, after), 1_000 * size) < 1_000 * size

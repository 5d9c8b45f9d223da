"""Text of records: what is written is read back as the same data, by any reader of YAML 1.2."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from dangwu.authoring.record_comments import LINE_WIDTH
from dangwu.authoring.record_text import build_record_path, read_schema_title, render_record
from dangwu.authoring.yaml_scalar import quote_scalar, render_scalar
from dangwu.data import resources
from dangwu.model.document import PLACEHOLDER
from dangwu.model.schema_node import list_choices

GROUP = resources.load_schema("group-meeting")
MEETING: dict[str, Any] = {
    "topics": ["学习: 第一章", "质量 # 1"],
    "schema": 1,
    "kind": "group-meeting",
    "date": "2026-03-12",
    "time": "15:00-16:10",
    "group": "g1",
    "place": "三车间会议室",
    "chair": "m003",
    "recorder": "m007",
    "present": ["m003", "m005", "m007"],
    "leave": [{"member": "m009", "reason": "illness", "approved_by": "m003"}],
    "absent": [],
}


def read(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


def header(text: str) -> str:
    before, front, _body = text.split("---\n", 2)
    assert not before
    return front


def test_a_meeting_reads_as_a_person_would_write_it() -> None:
    assert render_record(GROUP, MEETING, language="zh", schema_line="../../s.json").splitlines() == [
        "---",
        "# yaml-language-server: $schema=../../s.json",
        "schema: 1                    # 记录格式版本",
        "kind: group-meeting          # 记录种类: 党小组会",
        "date: 2026-03-12             # 会议日期",
        "time: 15:00-16:10            # 起止时间",
        "group: g1                    # 党小组编号",
        "place: 三车间会议室          # 地点",
        "chair: m003                  # 主持人",
        "recorder: m007               # 记录人",
        "present: [m003, m005, m007]  # 实到",
        "# 请假; reason: illness=病假|personal=事假|business-trip=出差（公出）|study=学习培训|family=家事|",
        "#   other=其他",
        "leave:",
        "  - {member: m009, reason: illness, approved_by: m003}",
        "absent: []                   # 无故缺席",
        "topics:",
        '  - "学习: 第一章"',
        '  - "质量 # 1"',
        "---",
        "",
        "# 党小组会 2026-03-12",
        "",
        "## 会议内容",
        "",
        PLACEHOLDER,
        "",
        "## 批评与自我批评",
        "",
        PLACEHOLDER,
    ]


def test_english_comments_headings_and_sections() -> None:
    text = render_record(GROUP, MEETING, language="en", sections={"会议内容": "We met.\n"})
    assert "# Chair" in text
    assert "# Party group meeting 2026-03-12\n\n## Proceedings\n\nWe met.\n\n## Criticism and self-criticism" in text
    assert text.count(PLACEHOLDER) == 1


def test_beside_what_is_left_to_write_stand_the_words_to_choose_from() -> None:
    rows = [
        {"task": "t1", "state": PLACEHOLDER, "result": PLACEHOLDER},
        {"task": "t2", "state": "done", "result": "成"},
    ]
    data = {"schema": 1, "kind": "mid-year-summary", "year": 2026, "author": "m001", "results": rows}
    text = render_record(resources.load_schema("mid-year-summary"), data, language="en")
    assert "# Result of every task; state: done|on-track|behind|not-started\n" in text
    assert "done|on-track" not in render_record(
        resources.load_schema("mid-year-summary"), data, language="en", comments=False
    )
    notice = {"date": PLACEHOLDER, "time": PLACEHOLDER, "place": "一" * 20, "requirements": PLACEHOLDER}
    talk = {"kind": "admonition", "notice": notice, "signature": PLACEHOLDER}
    lines = render_record(resources.load_schema("admonition"), talk, language="zh").splitlines()
    assert any(line.endswith("# 签字: signed=已签字|refused=拒签") for line in lines)
    assert any(line.startswith("notice:") and line.endswith("# 事先通知") for line in lines)
    assert any(line.startswith("  date: ") and line.endswith("# 通知日期") for line in lines)
    assert f"  place: {'一' * 20}" in lines


def test_beside_numbers_and_english_codes_stand_all_their_words() -> None:
    """All of them and not the one that stands there: whoever writes another one leaves no wrong word behind."""
    disclosure = resources.load_schema("disclosure")
    item = {"kind": "disclosure", "class": 2, "scope": "employees", "form": PLACEHOLDER, "timing": "major"}
    zh = render_record(disclosure, item, language="zh").splitlines()
    classes = "1=重大决策|2=领导班子|3=干部廉洁自律|4=组织管理|5=党内监督|6=其他事项"
    assert f"class: 2          # 类别 (1)–(6): {classes}" in zh
    assert zh[zh.index("timing: major") - 1].startswith("# 时间类型: routine=常规性工作|"), (
        "too long to stand beside it"
    )
    assert any(
        re.fullmatch(r"scope: employees +# 公开范围: society=社会\|employees=职工\|members=党员", line) for line in zh
    )
    en = render_record(disclosure, item, language="en")
    assert "# Form: meeting|notice=notice board|internal-document|website\n" in en, "no word twice"
    assert not re.search("[一-鿿]", en.replace(PLACEHOLDER, ""))
    tasks = [{"id": "t1", "section": "ideology", "task": PLACEHOLDER}]
    plan = render_record(resources.load_schema("annual-plan"), {"kind": "annual-plan", "tasks": tasks}, language="zh")
    assert "section: ideology=思想建设|organization=组织建设|" in plan


def test_no_line_of_choices_is_too_long_and_none_is_lost() -> None:
    admonition = resources.load_schema("admonition")
    for language in ("zh", "en"):
        text = render_record(admonition, {"kind": "admonition", "ground": PLACEHOLDER}, language=language)
        above = [line for line in text.splitlines() if line.startswith("#")]
        assert len(above) > 2
        assert all(len(line.encode("gbk")) <= LINE_WIDTH for line in above)
        joined = "".join(line.removeprefix("#   ").removeprefix("# ") for line in above)
        assert all(choice in joined for choice in list_choices(admonition["properties"]["ground"], language))
        assert read(text) == {"kind": "admonition", "ground": PLACEHOLDER}


def test_without_comments_there_are_none() -> None:
    assert "#" not in header(render_record(GROUP, MEETING | {"topics": ["一"]}, language="zh", comments=False))


def test_long_lists_are_wrapped_by_ten() -> None:
    many = [f"m{number:03d}" for number in range(45)]
    text = render_record(GROUP, MEETING | {"present": many}, language="zh")
    rows = [line for line in text.splitlines() if line.startswith("  m0")]
    assert [row.count("m") for row in rows] == [10, 10, 10, 10, 5]
    assert read(header(text))["present"] == many
    assert "present: [" in text


def test_branch_terms_stand_in_blocks_and_their_posts_on_lines() -> None:
    posts = [{"post": "secretary", "member": "m001", "from": "2025-01-01"}]
    data = {
        "schema": 1,
        "kind": "branch",
        "name": {"zh": "砚溪精工机械有限公司党支部", "en": "Party Branch of Yanxi Co., Ltd."},
        "superior": "镇党委",
        "founded": "2020-02-29",
        "terms": [{"from": "2025-01-01", "to": None, "committee": True, "posts": posts}],
    }
    text = render_record(resources.load_schema("branch"), data, language="zh")
    assert "\nname:\n  zh: 砚溪精工机械有限公司党支部\n  en: Party Branch of Yanxi Co., Ltd.\n" in text
    assert "\nterms:\n  - from: 2025-01-01\n    to: null\n    committee: true\n    posts:\n" in text
    assert "\n      - {post: secretary, member: m001, from: 2025-01-01}\n" in text


def test_fields_that_the_schema_does_not_know_come_last_and_are_not_lost() -> None:
    text = render_record(GROUP, {"注": "x", **MEETING}, language="zh")
    assert list(read(header(text)))[-1] == "注"


@pytest.mark.parametrize(
    "word", ["no", "Yes", "null", "010", "14:30", "2026-03-12", "1e3", "0x1f", "~", "", "-", "a: b"]
)
def test_what_some_reader_would_change_is_quoted(word: str) -> None:
    assert render_scalar(word) == json.dumps(word)


@pytest.mark.parametrize(
    "word",
    [
        "m003",
        "三车间会议室",
        "15:00-16:10",
        "3.1/2026-03/g1",
        "2026-Q1",
        "2026-03-27-general-meeting",
        "3号楼",
        "何䶮",
        "𬭎",
    ],
)
def test_what_every_reader_takes_as_text_stays_plain(word: str) -> None:
    assert render_scalar(word) == word
    assert read(f"key: {word}")["key"] == word


def test_a_day_is_plain_only_where_the_schema_wants_a_day() -> None:
    assert render_scalar("2026-03-12", is_date=True) == "2026-03-12"
    assert render_scalar("12.3.2026", is_date=True) == '"12.3.2026"'


def test_invisible_characters_are_shown_by_their_number() -> None:
    assert quote_scalar("a\u202eb\ufeff\u2028\x1b\U000e0001") == '"a\\u202eb\\ufeff\\u2028\\u001b\\U000e0001"'


@settings(max_examples=300, deadline=None)
@given(st.text(), st.lists(st.text(), max_size=25), st.text(min_size=1))
def test_any_text_comes_back(text: str, topics: list[str], reason: str) -> None:
    data = MEETING | {"place": text, "topics": topics, "leave": [{"member": text, "reason": reason}], "extra": text}
    written = render_record(GROUP, data, language="zh", schema_line="x")
    assert "\n---\n" in written
    back = read(header(written))
    assert back.pop("date").isoformat() == "2026-03-12"
    assert back == {key: value for key, value in data.items() if key != "date"}


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.text(), st.text() | st.integers() | st.booleans() | st.none(), max_size=5), st.text())
def test_any_nested_text_comes_back(inner: dict[str, Any], key: str) -> None:
    data = {"totals": inner, "list": [inner, {"deep": [inner]}], f"x{key}": inner}
    assert read(header(render_record(GROUP, data, language="en"))) == data


@pytest.mark.parametrize(
    ("kind", "data", "slug", "path"),
    [
        ("group-meeting", MEETING, None, "meetings/2026/2026-03-12-group-meeting-g1.md"),
        ("lecture", MEETING, None, "meetings/2026/2026-03-12-lecture.md"),
        ("member", {"id": "m001"}, None, "members/m001.yaml"),
        ("waiver", {"date": "2026-07-02"}, "flood", "waivers/2026/2026-07-02-flood.yaml"),
        ("branch", {}, None, "branch.yaml"),
    ],
)
def test_a_record_has_its_place(kind: str, data: dict[str, Any], slug: str | None, path: str) -> None:
    assert build_record_path(resources.load_schema(kind), data, slug) == path


def test_the_second_and_third_of_a_name_are_numbered() -> None:
    first = build_record_path(GROUP, MEETING)
    second = build_record_path(GROUP, MEETING, taken={first})
    assert second == "meetings/2026/2026-03-12-group-meeting-g1-2.md"
    assert build_record_path(GROUP, MEETING, taken={first, second}).endswith("-g1-3.md")


def test_titles_are_in_both_languages() -> None:
    assert [read_schema_title(GROUP, code) for code in ("zh", "en")] == ["党小组会", "Party group meeting"]

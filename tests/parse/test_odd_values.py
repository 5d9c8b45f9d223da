"""What the text alone does not show: escapes, lost characters, values cut by a comment, blanks that are no space."""

from __future__ import annotations

from datetime import date

import pytest

from dangwu.language import load_language
from dangwu.parse.document import parse_document
from dangwu.workspace.load import load_workspace
from tests.support.branches import BASE_DAY, GROUP_MEETING, base_file, base_files
from tests.support.memory import MemoryTree

MEMBER = "members/m044.yaml"
ENGLISH = load_language("en")


def _found(text: str, path: str = MEMBER) -> list[tuple[str, int, int]]:
    """Return code, line and column of the findings of one file beside the clean branch."""
    workspace = load_workspace(MemoryTree({**base_files(), path: text}))
    findings = workspace.check(date.fromisoformat(BASE_DAY), lambda one: one == path).findings
    return [(finding.code.id, finding.source.line, finding.source.column) for finding in findings]


def _member(name: str = "甲", more: str = "") -> str:
    return f"schema: 1\nkind: member\nid: m044\nname: {name}\nstatus:\n  - {{from: 2026-06-29, status: full}}\n{more}"


@pytest.mark.parametrize(
    "escape", ["\\u202E", "\\u200b", "\\x9b", "\\e", "\\a", "\\b", "\\0", "\\N", "\\r", "\\uE81E", "\\ufeff",
               "\\U000E0041", "\\uFFFD"]
)  # fmt: skip
def test_a_forbidden_character_is_found_as_an_escape_too(escape: str) -> None:
    assert ("DW010", 4, 7) in _found(_member(f'"甲{escape}乙"'))


@pytest.mark.parametrize("escape", ["\\u2F25", "\\uF9E9"])
def test_a_compatibility_character_is_found_as_an_escape_too(escape: str) -> None:
    assert ("DW011", 4, 7) in _found(_member(f'"甲{escape}"'))


@pytest.mark.parametrize("text", ['"甲\\u4E59"', '"甲\\\\u202E"', "'甲\\u202E'", "甲\\u202E"])
def test_other_escapes_and_backslashes_are_fine(text: str) -> None:
    assert _found(_member(text)) == []


def test_an_escape_in_any_value_and_in_minutes() -> None:
    text = base_file(GROUP_MEETING).decode()
    assert "  - 批评与自我批评\n" in text
    escaped = text.replace("  - 批评与自我批评\n", '  - "批评\\u200f与自我批评"\n')
    assert _found(escaped, GROUP_MEETING) == [("DW010", 15, 5)]
    assert {code for code, *_ in _found(_member(more='"x\\u202ey": 1\n'))} == {"DW010", "DW103"}


@pytest.mark.parametrize("name", ["沈?", "何？", "欧阳□", "〓䶮", '"?"', '"沈?"'])
def test_a_mark_in_a_name_is_a_lost_character(name: str) -> None:
    assert _found(_member(name)) == [("DW010", 4, 7)]


@pytest.mark.parametrize("name", ["沈㛃", "何䶮", "欧阳𬭎", "Smith-Li", "阿卜杜拉·买买提"])
def test_rare_characters_and_dots_are_a_name(name: str) -> None:
    assert _found(_member(name)) == []


def test_names_of_groups_branches_and_staff_are_names_too() -> None:
    branch = base_file("branch.yaml").decode()
    for old, new in (("zh: 青禾精工党支部", "zh: '青禾?工党支部'"), ("name: 第二党小组", "name: 第?党小组")):
        assert old in branch
        assert [code for code, *_ in _found(branch.replace(old, new), "branch.yaml")] == ["DW010"]


def test_a_question_elsewhere_is_a_question() -> None:
    text = base_file(GROUP_MEETING).decode().replace("  - 批评与自我批评", "  - 批评与自我批评?")
    assert _found(text, GROUP_MEETING) == []


@pytest.mark.parametrize("value", ["老厂区 #2车间", "三楼  #B", "Hall #2", "一号楼\t#3", "a b #2"])
def test_a_comment_without_a_blank_may_have_cut_a_value(value: str) -> None:
    text = base_file(GROUP_MEETING).decode().replace("place: 三楼党员活动室", f"place: {value}")
    assert _found(text, GROUP_MEETING) == [("DW014", 7, 8)]


@pytest.mark.parametrize(
    "value", ["老厂区 # 2车间", '"老厂区 #2车间"', "'老厂区 #2'", "老厂区#2车间", "老厂区 ## x", "|\n  老厂区 #2"]
)
def test_a_comment_and_a_quoted_value_are_told_apart(value: str) -> None:
    text = base_file(GROUP_MEETING).decode().replace("place: 三楼党员活动室", f"place: {value}")
    assert _found(text, GROUP_MEETING) == []


def test_codes_and_lists_may_have_any_comment() -> None:
    text = base_file(GROUP_MEETING).decode()
    for old, new in (
        ("chair: m005", "chair: m005 #组长"),
        ("leave: []", "leave: [] #无人"),
        ("time: 15:00-16:10", "time: 15:00-16:10 #下午"),
    ):
        assert old in text
        assert _found(text.replace(old, new), GROUP_MEETING) == []


@pytest.mark.parametrize("blank", ["\u00a0", "\u3000", "\u2003", "\u202f"])
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("schema: 1\nkind: member\nid:_m044\nname: 甲\n", (3, 4)),
        ("schema: 1\nkind:_member\nid: m044\n", (2, 6)),
        ("schema: 1\nkind: member\nname: 甲\nstatus:\n  - from:_2020-01-01\n    status: full\n", (5, 10)),
        ("schema: 1\nkind: member\nstatus:\n  - {from: 2020-01-01, status:_full}\n", None),
        ("schema: 1\nkind: member\nid: m044\nname: 甲\nstatus:\n  - from:_2020-01-01\n", (6, 5)),
    ],
)  # fmt: skip
def test_a_blank_that_is_no_space_is_named_at_its_own_line(
    blank: str, text: str, place: tuple[int, int] | None
) -> None:
    _document, findings = parse_document(MEMBER, "", text.replace("_", blank).encode())
    said = [ENGLISH.text(finding.message) for finding in findings]
    assert any(f"U+{ord(blank):04X}" in message for message in said), said
    if place is not None:
        assert place in _places(text.replace("_", blank))


def _places(text: str) -> list[tuple[int, int]]:
    return [(line, column) for code, line, column in _found(text) if code == "DW006"]


def test_a_pointer_of_git_lfs_says_so() -> None:
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 120\n"
    for path in (MEMBER, GROUP_MEETING, "branch.yaml"):
        assert _found(pointer, path) == [("DW001", 1, 1)]
    _document, findings = parse_document(MEMBER, "", pointer.encode())
    assert "Git LFS" in ENGLISH.text(findings[0].message)
    assert "git lfs pull" in ENGLISH.text(findings[0].hint) if findings[0].hint else False


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("place: 三楼党员活动室", 'place: ""'),
        ("place: 三楼党员活动室", 'place: "  "'),
        ("date: 2026-03-12", "date: 2026-3-12"),
    ],
)
def test_one_value_is_wrong_once(old: str, new: str) -> None:
    text = base_file(GROUP_MEETING).decode().replace(old, new)
    codes = [code for code, *_ in _found(text, GROUP_MEETING)]
    assert codes.count("DW104") == 1


def test_a_number_in_words_says_what_is_expected() -> None:
    ledger = (
        "schema: 1\nkind: dues\nyear: 2026\ncollector: m003\nmembers:\n  - {member: m001, assessed: 四十五, paid: []}\n"
    )
    _document, _ = parse_document("dues/2026.yaml", "", ledger.encode())
    workspace = load_workspace(MemoryTree({**base_files(), "dues/2026.yaml": ledger}))
    (finding,) = [one for one in workspace.reading_findings if "assessed" in (one.subject or "")]
    assert "a number in digits, as 45 or 37.5" in ENGLISH.text(finding.message)
    assert "数字" in load_language("zh").text(finding.message)

"""``dangwu due``: duties with their states, and every way to look at a part of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.branches import BASE_DAY, base_repo
from tests.support.run import en, is_chinese, spoken, zh

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.branches import Demo

STATES = ["fulfilled", "late", "overdue", "open", "upcoming", "waived", "not-applicable"]
KEYS = [
    "id", "clause", "system", "title", "subject", "period", "opens", "due", "count", "state", "reason", "evidence",
    "near_misses", "waiver", "acknowledged", "held_on", "recorded_on", "recorded_late", "assumed", "what", "shares",
    "generally", "audience",
]  # fmt: skip


def _duties(demo: Demo, *words: str) -> list[dict[str, Any]]:
    duties: list[dict[str, Any]] = en("due", "--format", "json", *words, cwd=demo.path, code=0).json()["duties"]
    return duties


def test_json_has_the_shape_of_the_design(demo: Demo) -> None:
    one = en("due", "--format", "json", cwd=demo.path, code=0)
    document = one.json()
    keys = ["schema", "as_of", "revision", "audience", "branch", "records_from", "duties", "summary", "overdue_before",
            "recorded_unknown"]  # fmt: skip
    assert list(document) == keys
    assert document["schema"] == "dangwu/due/1"
    assert sorted(document["summary"]) == sorted(STATES)
    assert all(list(duty) == KEYS for duty in document["duties"])
    ids = [duty["id"] for duty in document["duties"]]
    assert len(set(ids)) == len(ids) > 40
    assert all(
        duty["id"] == "/".join(filter(None, (duty["clause"], duty["period"], duty["subject"])))
        for duty in document["duties"]
    )
    for state in STATES:
        assert document["summary"][state] == sum(duty["state"] == state for duty in document["duties"])
    assert one.out == en("due", "--format", "json", cwd=demo.path).out
    chinese = zh("due", "--format", "json", cwd=demo.path).json()
    assert [duty["id"] for duty in chinese["duties"]] == ids
    assert all(is_chinese(duty["title"]) for duty in chinese["duties"])


def test_work_tree_index_and_commit_owe_the_same(demo: Demo) -> None:
    documents = [
        en("due", *words, "--format", "json", cwd=demo.path, code=0).json()
        for words in ((), ("--staged",), ("--rev", "HEAD"))
    ]
    labels = [document.pop("revision") for document in documents]
    assert labels[:2] == [None, "index"]
    assert len(labels[2]) == 40
    assert documents[0] == documents[1] == documents[2]


def test_filters_keep_what_they_name(demo: Demo) -> None:
    every = _duties(demo)
    group = _duties(demo, "--group", "g2")
    assert group == [duty for duty in every if duty["subject"] == "g2"]
    assert group
    for system in (3, 4, 10):
        part = _duties(demo, "--system", str(system))
        assert part == [duty for duty in every if duty["system"] == system]
        assert part
    wanted = [duty for duty in every if duty["state"] in {"late", "waived"}]
    assert _duties(demo, "--state", "late", "--state", "waived") == wanted
    assert wanted
    quarter = _duties(demo, "--period", "2026-Q2", "--group", "g2")
    assert {duty["period"] for duty in quarter} == {"2026-04", "2026-05", "2026-06", "2026-H1"}
    whole = _duties(demo, "--period", "2026-H1")
    assert {"2026-Q1", "2026-Q2", "2026-H1", "2026-01"} <= {duty["period"] for duty in whole}
    before = _duties(demo, "--year", "2025")
    assert {duty["period"][:4] for duty in before} == {"2025"}


def test_a_member_sees_the_bodies_to_which_he_belongs(demo: Demo) -> None:
    planted = {str(fault["fault"]): fault for fault in demo.planted}
    person = en("check", "--format", "json", cwd=demo.path).json()["findings"]
    member = next(each["subject"] for each in person if each["code"] == planted["absences-running"]["code"])
    duties = _duties(demo, "--member", member)
    groups = {duty["subject"] for duty in duties if duty["clause"] == "3.1"}
    assert len(groups) == 1
    clauses = {duty["clause"] for duty in duties}
    assert {"3.1", "3.3", "3.4", "5.2", "5.3a", "6.3b", "6.5", "10.1(6)m"} <= clauses
    assert not clauses & {"1.4a", "1.4c", "3.2", "8.2(4)"}, "no post, so no committee; the branch owes its plans"
    own = {duty["subject"] for duty in duties if duty["clause"] in {"5.2", "5.5b", "10.1(6)m"}}
    assert own == {member}


def test_text_and_markdown_in_both_languages(demo: Demo) -> None:
    planted = next(str(fault["duty"]) for fault in demo.planted if fault["fault"] == "missed")
    for form in ("text", "md"):
        said = spoken("due", "--format", form, cwd=demo.path, code=0)
        assert all(planted in result.out for result in said.values())
        assert is_chinese(said["zh"].out)
        assert "overdue" in said["en"].out
        assert not said["en"].err


@pytest.mark.parametrize(
    "words",
    [("--period", "2026-13"), ("--period", "2026-Q5"), ("--state", "done"), ("--year", "1"), ("--year", "x"),
     ("--format", "html"), ("--system", "x"), ("too", "much"), ("--nosuch",)],
)  # fmt: skip
def test_usage_errors(clean: Path, words: tuple[str, ...]) -> None:
    said = spoken("due", *words, cwd=clean, code=2)
    assert not said["en"].out
    assert not is_chinese(said["en"].err)
    assert is_chinese(said["zh"].err)
    assert "Got unexpected" not in said["zh"].err
    assert "range" not in said["zh"].err.removeprefix("dangwu:")


@pytest.mark.parametrize("command", ["due", "calendar"])
@pytest.mark.parametrize(
    ("words", "there"),
    [
        (("--member", "m999"), "m0"),
        (("--member", "m0011"), "m001"),
        (("--member", ""), "m001"),
        (("--group", "g9"), "g1 "),
        (("--group", "m001"), "g1 "),
        (("--system", "11"), "from 1 to 10"),
        (("--system", "0"), "from 1 to 10"),
        (("--system", "-3"), "from 1 to 10"),
        (("--state", "lost"), "fulfilled"),
        (("--period", "2026-13"), "2026-Q1"),
    ],
)
def test_a_filter_that_names_nothing_is_a_usage_error(
    demo: Demo, command: str, words: tuple[str, ...], there: str
) -> None:
    """An empty list with exit code 0 would say that all is done."""
    said = spoken(command, *words, cwd=demo.path, code=2)
    assert there in said["en"].err
    assert is_chinese(said["zh"].err)
    assert not said["en"].out


def test_members_and_groups_go_by_id_or_name(demo: Demo) -> None:
    groups = (demo.path / "branch.yaml").read_text(encoding="utf-8").partition("\ngroups:")[2]
    name = groups.partition("name: ")[2].partition("\n")[0]
    assert _duties(demo, "--group", name) == _duties(demo, "--group", "g1") != []
    member = (demo.path / "members/m002.yaml").read_text(encoding="utf-8")
    person = next(
        line.partition(": ")[2].partition(" #")[0].rstrip() for line in member.splitlines() if line.startswith("name:")
    )
    assert _duties(demo, "--member", person) == _duties(demo, "--member", "m002") != []


def test_a_member_whose_file_cannot_be_read_owes_an_unknown_number(tmp_path: Path) -> None:
    repo = base_repo(tmp_path / "r", {"members/m002.yaml": "schema: 1\nkind: member\n"})
    said = spoken("due", "--member", "m002", cwd=repo.path, as_of=BASE_DAY, code=3)
    assert "members/m002.yaml cannot be read" in said["en"].err
    assert "dangwu check members/m002.yaml" in said["zh"].err


@pytest.mark.parametrize(
    "words",
    [
        ("due", "--year", "2001"),
        ("due", "--period", "2019-Q3"),
        ("calendar", "--year", "2001"),
        ("report", "--year", "2001"),
        ("export", "all", "--year", "2001", "--format", "csv", "-o", "out"),
    ],
    ids=" ".join,
)
def test_before_the_branch_was_founded_nothing_is_owed_and_that_is_said(demo: Demo, words: tuple[str, ...]) -> None:
    said = spoken(*words, cwd=demo.path, code=2)
    assert "The branch was founded on 2024-12-25" in said["en"].err
    assert "2024-12-25" in said["zh"].err
    assert not said["en"].out

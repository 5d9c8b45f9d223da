"""Two files of one record: the one whose name fits is the record, the other is the finding."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dangwu.workspace.load import load_workspace
from dangwu.workspace.workspace import build_year_span
from tests.support.branches import BASE_DAY, base_file, base_files, base_repo
from tests.support.memory import MemoryTree
from tests.support.run import en, spoken

if TYPE_CHECKING:
    from pathlib import Path

    from dangwu.workspace.workspace import Workspace

MEMBER = "members/m002.yaml"
WAIVER = "waivers/2026/2026-05-06-g2-april.yaml"
MARKS = (
    " (1)", "(1)", "（2）", "_(1)", " - 副本", " - 副本 (2)", "-副本", " 的副本", " 的副本 2", " - Copy", " - Copy (3)",
    " copy", " copy 2", " 2", " (张三的冲突副本 2026-03-12)", " (user's conflicted copy 2026-03-12)", "_[冲突文件]",
    ".sync-conflict-20260312-090000-ABCDEFG", "~conflict-1",
)  # fmt: skip


def _load(files: dict[str, str | bytes]) -> Workspace:
    return load_workspace(MemoryTree({**base_files(), **files}))


def _findings(workspace: Workspace) -> list[tuple[str, str]]:
    checked = workspace.check(date.fromisoformat(BASE_DAY))
    return [(finding.source.path, finding.code.id) for finding in checked.findings]


def _marked(path: str, mark: str) -> str:
    stem, _, ending = path.rpartition(".")
    return f"{stem}{mark}.{ending}"


@pytest.mark.parametrize("mark", [*MARKS, "x", "-neu", "1"])
def test_a_copy_is_the_finding_and_the_record_stays_as_it_is(mark: str) -> None:
    whole = _load({})
    copied: dict[str, str | bytes] = {_marked(MEMBER, mark): base_file(MEMBER).replace(b"name: ", "name: 另".encode())}
    workspace = _load(copied)
    assert workspace.corpus.members == whole.corpus.members
    assert _findings(workspace) == [(path, "DW201") for path in copied]


@pytest.mark.parametrize(
    "path", sorted(path for path in base_files() if path.endswith((".yaml", ".md")) and "/" in path)
)
def test_a_copy_of_a_record_of_any_kind_counts_for_nothing(path: str) -> None:
    copy = _marked(path, " (1)")
    workspace = _load({copy: base_file(path)})
    assert workspace.corpus.copies == {copy: path}
    assert workspace.corpus.records == _load({}).corpus.records
    assert _findings(workspace) == [(copy, "DW201")]
    day, year = date.fromisoformat(BASE_DAY), build_year_span(2026)
    assert workspace.duties(day, year) == _load({}).duties(day, year)


@pytest.mark.parametrize("mark", MARKS)
def test_where_the_name_says_more_than_the_content_the_mark_tells(mark: str) -> None:
    waiver = base_files().get(WAIVER, _WAIVER)
    workspace = _load({WAIVER: waiver, _marked(WAIVER, mark): waiver})
    assert workspace.corpus.copies == {_marked(WAIVER, mark): WAIVER}
    assert len(workspace.corpus.waivers) == 1


_WAIVER = """schema: 1
kind: waiver
date: 2026-05-06
duties: [3.1/2026-04/g2]
outcome: waived
reason: 当月集中外出施工
approved_by: 云栖镇党委
"""


def test_a_second_record_of_a_day_is_no_copy() -> None:
    meeting = "meetings/2026/2026-03-12-group-meeting-g1.md"
    workspace = _load({_marked(meeting, "-2"): base_file(meeting), _marked(WAIVER, "-may"): _WAIVER, WAIVER: _WAIVER})
    assert workspace.corpus.copies == {}


def test_a_copy_alone_is_the_record_under_a_wrong_name() -> None:
    files = base_files()
    workspace = load_workspace(
        MemoryTree(
            {**{path: raw for path, raw in files.items() if path != MEMBER}, _marked(MEMBER, " (1)"): files[MEMBER]}
        )
    )
    assert "m002" in workspace.corpus.member_by_id
    assert _findings(workspace) == [(_marked(MEMBER, " (1)"), "DW201")]


def test_a_copy_never_steps_in_for_a_broken_record() -> None:
    """Nobody chose the copy: what it says may be older than what cannot be read."""
    workspace = _load({MEMBER: "schema: 1\nkind: member\n", _marked(MEMBER, " (1)"): base_file(MEMBER)})
    assert "m002" not in workspace.corpus.member_by_id
    assert "m002" in workspace.corpus.unread_members


def test_every_command_speaks_of_the_record(tmp_path: Path) -> None:
    copy = _marked(MEMBER, " (1)")
    repo = base_repo(tmp_path / "r", {copy: base_file(MEMBER).replace(b"name: ", "name: 另".encode())})
    said = spoken("check", cwd=repo.path, as_of=BASE_DAY, code=1)
    assert f"{copy}:" in said["en"].out
    assert f"\n{MEMBER}:" not in said["en"].out
    assert f"按内容这是 {MEMBER}" in said["zh"].out
    assert "另" not in en("export", "members", "--format", "csv", cwd=repo.path, as_of=BASE_DAY, code=0).out
    two = spoken("log", "m002", cwd=repo.path, as_of=BASE_DAY, code=2)
    assert copy in two["en"].err
    assert MEMBER in two["zh"].err
    assert MEMBER in en("log", MEMBER, cwd=repo.path, as_of=BASE_DAY, code=0).out
    en("form", "m002", "-o", tmp_path / "m.docx", cwd=repo.path, as_of=BASE_DAY, code=0)
    assert "cannot be read" in en("form", copy, "-o", tmp_path / "c.docx", cwd=repo.path, as_of=BASE_DAY, code=3).err

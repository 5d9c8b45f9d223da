"""Commits and merges through the installed hooks: what is judged is what git is about to record, and nothing else."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.branches import GROUP_MEETING, base_files, base_repo
from tests.support.gitrepo import GitRepo, script
from tests.support.hooks import FOUND, attempt, git_only, recorded, refused
from tests.support.run import en, run

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the paths of these commands are POSIX")

GOOD, BAD, ALSO_GOOD = b"absent: []", b"absent: none", b"absent: [ ]"
WEIRD = '党 支部 "x" & (1)'
MEMBER = """\
schema: 1
kind: member
id: m010
name: 方知遥
status:
  - {from: 2026-06-01, status: full}
groups:
  - {from: 2026-06-01, group: g1}
"""
JUNE = "meetings/2026/2026-06-11-group-meeting-g1.md"
MEETING = """\
---
schema: 1
kind: group-meeting
date: 2026-06-11
time: 15:00-16:05
group: g1
place: 二楼会议室
chair: m005
recorder: m003
present: [m001, m003, m005, m006, m009]
leave: []
absent: []
topics:
  - 七一前走访老党员的分工
---

## 会议内容

商定七一前走访三位退休老党员，两人一组，各自约好时间。

## 批评与自我批评

苏禾说自己五月的学习笔记写得潦草；何䶮提醒她遇到不懂的地方及时问。
"""


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    made = base_repo(tmp_path / WEIRD)
    en("hook", "install", cwd=made.path, code=0)
    return made


def put(repo: GitRepo, text: bytes, *, prefix: str = "", stage: bool = False) -> None:
    """Write the line of the absent in one way or another, and stage it."""
    path = repo.path / prefix / GROUP_MEETING
    raw = path.read_bytes()
    old = next(each for each in (ALSO_GOOD, BAD, GOOD) if each + b"\n" in raw)
    path.write_bytes(raw.replace(old + b"\n", text + b"\n"))
    if stage:
        repo.git("add", "--", str(path))


def test_what_is_staged_counts_not_what_lies_in_the_folder(repo: GitRepo) -> None:
    put(repo, BAD, stage=True)
    put(repo, ALSO_GOOD)
    assert "DW1" in refused(repo, "commit", "-m", "bad in the index, good in the folder")
    put(repo, ALSO_GOOD, stage=True)
    put(repo, BAD)
    assert GROUP_MEETING in recorded(repo, "commit", "-m", "good in the index, bad in the folder")
    assert BAD in (repo.path / GROUP_MEETING).read_bytes(), "the folder is left alone"
    assert repo.git("show", f"HEAD:{GROUP_MEETING}").count(ALSO_GOOD.decode()) == 1


def test_a_file_staged_in_part(repo: GitRepo) -> None:
    """As ``git add -p`` leaves it: one change of the file is staged, the other is not."""
    path = repo.path / GROUP_MEETING
    raw = path.read_bytes()
    first = raw.replace("三楼党员活动室".encode(), "四楼".encode())
    path.write_bytes(first)
    patch = repo.git("diff", "--", GROUP_MEETING).encode() + b"\n"
    path.write_bytes(first.replace(GOOD, BAD))
    repo.git("apply", "--cached", "-", data=patch)
    recorded(repo, "commit", "-m", "the good part")
    assert "四楼" in repo.git("show", f"HEAD:{GROUP_MEETING}")
    refused(repo, "commit", "-a", "-m", "the other part")


def test_a_file_that_is_only_announced(repo: GitRepo) -> None:
    repo.write({"members/m010.yaml": "not: a member\n"})
    repo.git("add", "--intent-to-add", "members/m010.yaml")
    put(repo, ALSO_GOOD, stage=True)
    recorded(repo, "commit", "-m", "without it")
    refused(repo, "commit", "-a", "-m", "with it")
    refused(repo, "commit", "-m", "with it", "members/m010.yaml")
    repo.write({"members/m010.yaml": MEMBER})
    recorded(repo, "commit", "-m", "with it", "members/m010.yaml")


def test_commit_all_and_commit_path(repo: GitRepo) -> None:
    put(repo, BAD)
    repo.write({"members/m010.yaml": MEMBER, "notes.txt": "x"})
    refused(repo, "commit", "-a", "-m", "x")
    refused(repo, "commit", "-m", "x", GROUP_MEETING)
    repo.git("add", "members/m010.yaml")
    refused(repo, "commit", "-m", "x", "--include", GROUP_MEETING)
    # Alone the other path is good; what is wrong in the folder, or staged besides, is not part of this commit.
    recorded(repo, "commit", "-m", "x", "members/m010.yaml")
    put(repo, BAD, stage=True)
    repo.git("add", "notes.txt")
    recorded(repo, "commit", "-m", "x", "notes.txt")
    refused(repo, "commit", "--amend", "-a", "-m", "x")
    put(repo, ALSO_GOOD)
    recorded(repo, "-C", "members", "commit", "-a", "-m", "x")


def test_a_commit_that_only_deletes(repo: GitRepo) -> None:
    repo.git("rm", "-q", "members/m005.yaml")
    assert "m005" in refused(repo, "commit", "-m", "x")


def test_an_index_prepared_elsewhere(repo: GitRepo, tmp_path: Path) -> None:
    """Programs build a commit in an index of their own; that one is recorded, so that one is judged."""
    for index in (repo.path / ".git/prepared", tmp_path / "prepared"):
        index.write_bytes((repo.path / ".git/index").read_bytes())
        put(repo, BAD)
        repo.git("add", "--all", GIT_INDEX_FILE=str(index))
        put(repo, GOOD)
        refused(repo, "commit", "-m", "x", env={**FOUND, "GIT_INDEX_FILE": str(index)})
        repo.git("reset", "-q")
        recorded(repo, "commit", "--allow-empty", "-m", "x")


def _sides(repo: GitRepo, ours: dict[str, str | bytes], theirs: dict[str, str | bytes]) -> None:
    repo.git("checkout", "-q", "-b", "side")
    repo.write(theirs)
    repo.git("add", "--all")
    recorded(repo, "commit", "-m", "theirs")
    repo.git("checkout", "-q", "main")
    repo.write(ours)
    repo.git("add", "--all")
    recorded(repo, "commit", "-m", "ours")


def _conflict(repo: GitRepo) -> None:
    raw = (repo.path / GROUP_MEETING).read_text(encoding="utf-8")
    one, two = (raw.replace("三楼党员活动室", place) for place in ("四楼", "五楼"))
    notes = ({"notes.txt": one}, {"notes.txt": two})
    _sides(repo, {GROUP_MEETING: one, **notes[0]}, {GROUP_MEETING: two, **notes[1]})
    attempt(repo, "merge", "side", code=1)


def test_an_unfinished_merge_is_named_file_by_file(repo: GitRepo) -> None:
    _conflict(repo)
    found = en("check", "--staged", "--format", "json", cwd=repo.path, code=1).json()["findings"]
    assert [(each["code"], each["path"]) for each in found] == [("DW005", GROUP_MEETING), ("DW005", "notes.txt")]
    said = {lang: run("--lang", lang, "check", "--staged", cwd=repo.path, code=1) for lang in ("zh", "en")}
    assert f"git add {GROUP_MEETING}" in said["en"].out
    assert "合并还没有完成" in said["zh"].out


def test_one_side_deleted_what_the_other_changed(repo: GitRepo) -> None:
    path = "waivers/2026/2026-05-06-g2-april.yaml"
    text = (repo.path / path).read_text(encoding="utf-8")
    repo.git("checkout", "-q", "-b", "side")
    repo.git("rm", "-q", path)
    attempt(repo, "commit", "-m", "theirs")
    repo.git("checkout", "-q", "main")
    repo.write({path: f"{text}# x\n"})
    recorded(repo, "commit", "-a", "-m", "ours")
    attempt(repo, "merge", "side", code=1)
    found = en("check", "--staged", "--format", "json", cwd=repo.path, code=1).json()["findings"]
    assert [each["path"] for each in found if each["code"] == "DW005"] == [path]


def test_a_merge_finished_by_a_person(repo: GitRepo) -> None:
    _conflict(repo)
    repo.git("add", "--all")
    assert "DW005" in refused(repo, "commit", "-m", "with its markers"), "marked as resolved, but it is not"
    repo.git("checkout", "--ours", "--", "notes.txt")
    repo.git("checkout", "side", "--", GROUP_MEETING)
    put(repo, BAD, stage=True)
    refused(repo, "commit", "-m", "x")
    assert (repo.path / ".git/MERGE_HEAD").exists(), "the merge is still in progress"
    put(repo, GOOD)
    recorded(repo, "commit", "-a", "-m", "x")
    assert len(repo.git("log", "-1", "--format=%P").split()) == 2


def test_two_good_sides_that_are_wrong_together(repo: GitRepo) -> None:
    """A merge without a conflict asks pre-merge-commit, not pre-commit."""
    _sides(repo, {JUNE: MEETING}, {"members/m010.yaml": MEMBER})
    said = refused(repo, "merge", "--no-edit", "side")
    assert "DW301" in said
    assert "m010" in said
    refused(repo, "commit", "--no-edit")
    repo.write({JUNE: MEETING.replace("m006, m009]", "m006, m009, m010]")})
    recorded(repo, "commit", "-a", "--no-edit")
    assert len(repo.git("log", "-1", "--format=%P").split()) == 2


def test_two_sides_that_are_good_together(repo: GitRepo) -> None:
    _sides(repo, {JUNE: MEETING}, {"notes.txt": "x"})
    recorded(repo, "merge", "--no-edit", "side")


def test_a_linked_work_tree(repo: GitRepo, tmp_path: Path) -> None:
    linked = tmp_path / "另 一处"
    repo.git("worktree", "add", "-q", str(linked), "-b", "linked")
    en("hook", "status", cwd=linked, code=0)
    path = linked / GROUP_MEETING
    path.write_bytes(path.read_bytes().replace(GOOD, BAD))
    for words in (("commit", "-a", "-m", "x"), ("commit", "-m", "x", GROUP_MEETING)):
        attempt(repo, *words, code=1, cwd=linked)
    path.write_bytes(path.read_bytes().replace(BAD, ALSO_GOOD))
    attempt(repo, "commit", "-a", "-m", "x", cwd=linked)
    put(repo, BAD, stage=True)
    refused(repo, "commit", "-m", "x")


def test_records_in_folders_below_the_top(tmp_path: Path) -> None:
    """Two branches in one repository: each is judged, wherever the commit is made; other files are nobody's matter."""
    repo = GitRepo(tmp_path / WEIRD)
    folders = ("-a", f"镇 党委/{WEIRD} it's $HOME `x`")
    repo.commit({f"{each}/{path}": raw for each in folders for path, raw in base_files().items()})
    assert "branch.yaml" in en("hook", "install", cwd=repo.path, code=3).err
    for each in folders:
        en("hook", "install", cwd=repo.path / each, code=0)
        en("hook", "status", cwd=repo.path / each, code=0)
    for each in folders:
        put(repo, BAD, prefix=each)
        refused(repo, "commit", "-a", "-m", "x")
        refused(repo, "commit", "-m", "x", GROUP_MEETING, cwd=repo.path / each)
        repo.git("checkout", "--", ".")
    repo.write({"notes.yaml": "whatever\n"})
    repo.git("add", "notes.yaml")
    recorded(repo, "commit", "-m", "x")
    # A renamed folder is told, not passed over in silence; installing there again puts it right.
    repo.git("mv", "--", "-a", "b")
    assert "-a" in recorded(repo, "commit", "-m", "x")
    en("hook", "install", cwd=repo.path / "b", code=0)
    put(repo, BAD, prefix="b")
    assert "is not here" not in refused(repo, "commit", "-a", "-m", "x")
    assert "still checked" in en("hook", "uninstall", cwd=repo.path / folders[1], code=0).out
    refused(repo, "commit", "-a", "-m", "x")
    en("hook", "uninstall", cwd=repo.path / "b", code=0)
    recorded(repo, "commit", "-a", "-m", "x")


def test_the_python_that_installed_it_is_the_way_out(repo: GitRepo, tmp_path: Path) -> None:
    """Where dangwu is not on the path; and a module of the repository is not taken for Python's or for ours."""
    alone = git_only(tmp_path / "bin")
    put(repo, BAD)
    repo.write({f"{name}.py": "raise SystemExit(0)\n" for name in ("dangwu", "runpy", "typer", "json")})
    assert "DW1" in refused(repo, "commit", "-a", "-m", "x", env=alone)
    for name in ("pre-commit", "pre-merge-commit"):
        path = repo.path / ".git/hooks" / name
        text = path.read_text(encoding="utf-8")
        assert f"python='{sys.executable}'" in text
        path.write_text(text.replace(sys.executable, "/nowhere/python"), encoding="utf-8")
    put(repo, ALSO_GOOD)
    said = refused(repo, "commit", "-a", "-m", "x", env=alone)
    assert "请安装 dangwu" in said
    assert "Install it" in said


def test_the_hook_that_stood_there_goes_first(tmp_path: Path) -> None:
    """With the same arguments and environment; its exit code is the commit's, and it may still change the index."""
    repo = base_repo(tmp_path / WEIRD)
    seen, verdict = tmp_path / "seen", tmp_path / "verdict"
    text = f"""#!/bin/sh
echo "$# $GIT_INDEX_FILE $MINE" >> '{seen}'
git add branch.yaml
exit "$(cat '{verdict}')"
"""
    hook = script(repo.path / ".git/hooks/pre-commit", text)
    en("hook", "install", cwd=repo.path, code=0)
    mine = {**FOUND, "MINE": "yes"}
    verdict.write_text("7", encoding="utf-8")
    put(repo, ALSO_GOOD)
    assert "DW" not in refused(repo, "commit", "-a", "-m", "x", env=mine)
    told = seen.read_text(encoding="utf-8")
    assert told.startswith("0 ")
    assert told.endswith("/index.lock yes\n")
    verdict.write_text("0", encoding="utf-8")
    good = (repo.path / "branch.yaml").read_bytes()
    (repo.path / "branch.yaml").write_bytes(b"kind: nothing\n")
    refused(repo, "commit", "-m", "the earlier hook stages what is wrong", GROUP_MEETING)
    repo.git("reset", "-q")
    (repo.path / "branch.yaml").write_bytes(good)
    recorded(repo, "commit", "-a", "-m", "x")
    en("hook", "uninstall", cwd=repo.path, code=0)
    assert hook.read_text(encoding="utf-8") == text
    verdict.write_text("7", encoding="utf-8")
    refused(repo, "commit", "--allow-empty", "-m", "x")


@pytest.mark.parametrize("form", ["relative", "absolute", "home"])
@pytest.mark.parametrize("where", ["local", "global"])
def test_hooks_in_a_folder_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, form: str) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    monkeypatch.setenv("HOME", str(mine))
    settings = mine / ".gitconfig"
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    repo = base_repo(tmp_path / WEIRD)
    value, place = {
        "relative": ("tools/钩 子", repo.path / "tools/钩 子"),
        "absolute": (str(tmp_path / "钩 子"), tmp_path / "钩 子"),
        "home": ("~/钩 子", mine / "钩 子"),
    }[form]
    target = settings if where == "global" else repo.path / ".git/config"
    repo.git("config", "--file", str(target), "core.hooksPath", value)
    found = {**FOUND, "GIT_CONFIG_GLOBAL": str(settings)}
    # What lies outside this repository may be others' too; what lies inside is its own, whoever set it.
    shared = form != "relative"
    said = en("hook", "install", cwd=repo.path, code=3 if shared else 0)
    assert place.exists() is not shared
    if shared:
        assert str(place) in said.err
        assert "core.hooksPath" in said.err
        en("hook", "install", "--force", cwd=repo.path, code=0)
    assert not (repo.path / ".git/hooks/pre-commit").exists()
    assert (f"python='{sys.executable}'" in (place / "pre-commit").read_text(encoding="utf-8")) is shared
    en("hook", "status", cwd=repo.path, code=0)
    put(repo, BAD)
    refused(repo, "commit", "-a", "-m", "x", env=found)
    if shared:
        # Another repository with the same hooks, and no records in it, goes on as before.
        other = GitRepo(tmp_path / "other")
        other.commit({"a.txt": "x"})
        other.write({"a.txt": "y"})
        if where == "local":
            other.git("config", "core.hooksPath", value)
        assert not recorded(other, "commit", "-q", "-a", "-m", "x", env=found)
    en("hook", "uninstall", cwd=repo.path, code=0)
    assert [*place.iterdir()] == []
    recorded(repo, "commit", "-a", "-m", "x", env=found)

"""``dangwu doctor``: what is missing, each with the line that puts it right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.branches import base_repo
from tests.support.gitrepo import GitRepo
from tests.support.paper import CHINESE
from tests.support.run import en, is_chinese, spoken

if TYPE_CHECKING:
    from pathlib import Path


def test_a_new_repository_is_in_order(tmp_path: Path) -> None:
    en("init", tmp_path / "r", cwd=tmp_path, code=0)
    assert "--  git does not know who records" in en("doctor", cwd=tmp_path / "r", code=0).out
    en("doctor", "--name", "夏铁军", "--mail", "no address", cwd=tmp_path / "r", code=2)
    assert "who records: 夏铁军" in en(
        "doctor", "--name", "夏铁军", "--mail", "x@example.org", cwd=tmp_path / "r", code=0).out  # fmt: skip
    said = spoken("doctor", cwd=tmp_path / "r", code=0)
    # A machine may have no Chinese font, which only printing misses.
    marks = {line[:4] for line in said["en"].out.splitlines()}
    assert marks == ({"ok  "} if CHINESE else {"ok  ", "--  ", "    "})
    assert is_chinese(said["zh"].out)
    (tmp_path / "r/.dangwu/schema/member.json").write_text("{}", encoding="utf-8")
    (tmp_path / "r/.git/hooks/pre-commit").unlink()
    worse = en("doctor", cwd=tmp_path / "r", code=3)
    assert worse.out.count("!!  ") == 2
    assert "dangwu schema export" in worse.out
    en("schema", "export", cwd=tmp_path / "r", code=0)
    assert en("doctor", cwd=tmp_path / "r", code=3).out.count("!!  ") == 1


def test_a_repository_made_by_hand_lacks_hook_and_schemas(tmp_path: Path) -> None:
    said = spoken("doctor", cwd=base_repo(tmp_path / "r").path, code=3)
    assert said["en"].out.count("!!  ") == said["zh"].out.count("!!  ") == 2


@pytest.mark.parametrize(("key", "value"), [("core.bare", "true"), ("core.worktree", "/nowhere")])
def test_settings_under_which_git_commits_nothing_here_are_told(tmp_path: Path, key: str, value: str) -> None:
    en("init", "r", cwd=tmp_path, code=0)
    folder = tmp_path / "r"
    with (folder / ".git/config").open("a", encoding="utf-8") as stream:
        stream.write(f"[core]\n\t{key.partition('.')[2]} = {value}\n")
    for lang, said in spoken("doctor", cwd=folder, code=3).items():
        assert key in said.out, lang
        assert "git config" in said.out
        assert ".dangwu" in said.out or "schemas" in said.out or "格式" in said.out, "it goes on"
        assert not said.err
    for words in (["hook", "status"], ["hook", "install"]):
        assert key in en(*words, cwd=folder, code=3).err
    en("check", "--staged", cwd=folder, code=(0, 1))


def test_a_linked_work_tree_of_a_bare_repository_is_in_order(tmp_path: Path) -> None:
    repo = base_repo(tmp_path / "r")
    repo.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    GitRepo(tmp_path / "x").git(
        "-C", str(tmp_path / "bare.git"), "worktree", "add", "-q", str(tmp_path / "linked"), "main"
    )
    said = en("doctor", cwd=tmp_path / "linked", code=3)
    assert "core.bare" not in said.both
    en("hook", "install", cwd=tmp_path / "linked", code=0)

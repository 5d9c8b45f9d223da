"""``dangwu init``: a new repository, by flags or by answers, that is checked, committed and in order."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.support.branches import listing
from tests.support.gitrepo import GitRepo, script, surroundings
from tests.support.run import en, is_chinese, run, spoken, zh
from tests.support.terminal import talk

if TYPE_CHECKING:
    from pathlib import Path

FLAGS = ("--name", "青禾精工党支部", "--superior", "云栖镇党委", "--secretary", "朱䶮", "--founded", "2024-03-01")
terminal = pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals")


def test_every_flag(tmp_path: Path) -> None:
    folder = tmp_path / "党 支部"
    said = zh("init", folder, *FLAGS, cwd=tmp_path, code=0)
    assert not said.out
    assert is_chinese(said.err)
    branch = (folder / "branch.yaml").read_text(encoding="utf-8")
    for word in ("青禾精工党支部", "云栖镇党委", "2024-03-01", "language: zh"):
        assert word in branch
    assert "朱䶮" in (folder / "members/m001.yaml").read_text(encoding="utf-8")
    assert "【待填】" not in branch
    zh("check", cwd=folder, code=0)
    zh("due", cwd=folder, code=0)
    assert (folder / ".git/hooks/pre-commit").is_file()
    log = subprocess.run(["git", "-C", folder, "log"], capture_output=True, check=False)
    assert log.returncode == 128, "nothing is committed"


def test_without_flags_places_are_left_for_a_person(tmp_path: Path) -> None:
    en("init", "r", cwd=tmp_path, code=0)
    texts = [(tmp_path / "r" / path).read_text(encoding="utf-8") for path in ("branch.yaml", "members/m001.yaml")]
    assert [text.count("【待填】") for text in texts] == [2, 1]
    assert "founded: 2026-11-23" in texts[0]
    found = en("check", "--format", "json", cwd=tmp_path / "r", code=1).json()["findings"]
    assert {each["code"] for each in found} == {"DW502"} or {each["message"] for each in found}
    for path, text in zip(("branch.yaml", "members/m001.yaml"), texts, strict=True):
        (tmp_path / "r" / path).write_text(text.replace("【待填】", "朱䶮"), encoding="utf-8")
    en("check", cwd=tmp_path / "r", code=0)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "r"
    folder.mkdir()
    (folder / "mine.txt").write_text("x", encoding="utf-8")
    said = spoken("init", folder, cwd=tmp_path, code=2)
    assert "not empty" in said["en"].err
    assert is_chinese(said["zh"].err)
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]
    en("init", folder / "mine.txt", cwd=tmp_path, code=2)
    en("init", "new", "--founded", "yesterday", cwd=tmp_path, code=2)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "name", ["引号\"与'", "冒号: 井号 #", "- 连字符", "@a", "&a *b !c", "{x}", "no", "007", "a\\b", "尾 "]
)
def test_any_name_is_written_so_that_it_is_read_again(tmp_path: Path, name: str) -> None:
    en("init", "r", "--name", name, "--superior", "b", "--secretary", "c", cwd=tmp_path, code=0)
    due = en("due", "--format", "json", cwd=tmp_path / "r", code=0).json()
    assert due["branch"].strip() == name.strip()
    en("check", cwd=tmp_path / "r", code=0)


@terminal
def test_answers_on_a_terminal(tmp_path: Path) -> None:
    answers = ["", "青禾精工党支部", "", "2024-03-01", "", "朱䶮", "", "朱䶮", "zhu@example.org"]
    code, screen = talk("init", "r", cwd=tmp_path, answers=answers)
    assert code == 0, screen
    branch = (tmp_path / "r/branch.yaml").read_text(encoding="utf-8")
    assert "name: 青禾精工党支部" in branch
    assert branch.count("【待填】") == 1
    assert "朱䶮" in (tmp_path / "r/members/m001.yaml").read_text(encoding="utf-8")


@terminal
def test_no_input_asks_nothing(tmp_path: Path) -> None:
    code, _screen = talk("init", "r", "--no-input", cwd=tmp_path, answers=[])
    assert code == 0


def test_a_first_commit_passes_its_hook(tmp_path: Path) -> None:
    """The hook finds the command where people have it: on the path."""
    en("init", "r", *FLAGS, cwd=tmp_path, code=0)
    person = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "a",
              "GIT_COMMITTER_EMAIL": "a@example.org"}  # fmt: skip
    bin_ = os.path.dirname(__import__("sys").executable)  # noqa: PTH120
    env = {**os.environ, **person, "PATH": bin_ + os.pathsep + os.environ["PATH"]}
    for words in (("add", "-A"), ("commit", "-q", "-m", "建立支部记录")):
        subprocess.run(["git", *words], cwd=tmp_path / "r", env=env, check=True, capture_output=True, timeout=60)
    assert run("check", "--rev", "HEAD", cwd=tmp_path / "r", code=0).code == 0


def _git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", "-C", folder, *words], env=surroundings(), capture_output=True, check=True, encoding="utf-8"
    )
    return done.stdout


CLONES: dict[str, dict[str, str]] = {
    "nothing": {},
    "readme": {"README.md": "# 我们的\n", ".gitignore": "*.bak\n"},
    "everything a forge makes": {"README": "x", "LICENSE.txt": "x", ".gitattributes": "* -text\n", ".gitignore": ""},
}


@pytest.mark.parametrize("name", CLONES)
def test_an_empty_clone_is_added_to_and_nothing_in_it_touched(tmp_path: Path, name: str) -> None:
    upstream = GitRepo(tmp_path / "upstream")
    files = CLONES[name]
    if files:
        upstream.commit(files)
    _git(tmp_path, "clone", "-q", "upstream", "支 部")
    folder = tmp_path / "支 部"
    config = (folder / ".git/config").read_bytes()
    said = spoken("init", folder, *FLAGS, cwd=tmp_path)
    assert said["zh"].code == 0, said["zh"].err
    assert said["en"].code == 2, "it is a record repository now"
    assert is_chinese(said["zh"].err)
    for path, text in files.items():
        assert (folder / path).read_text(encoding="utf-8") == text
    assert (folder / ".git/config").read_bytes() == config
    assert (".dangwu-*.tmp" in said["zh"].err) is (".gitignore" in files)
    assert _git(folder, "status", "--porcelain", "-uno") == ""
    assert "branch.yaml" in _git(folder, "ls-files", "--others", "--exclude-standard")
    zh("check", cwd=folder, code=0)
    assert (folder / ".git/hooks/pre-commit").is_file()
    assert "!!" not in zh("doctor", cwd=folder).out


def test_a_linked_work_tree_is_a_clone_too(tmp_path: Path) -> None:
    main = GitRepo(tmp_path / "main")
    main.commit({"README.md": "x"})
    main.git("worktree", "add", "-q", "--detach", str(tmp_path / "linked"))
    said = en("init", "linked", *FLAGS, cwd=tmp_path, code=0)
    assert "dangwu hook install" in said.err
    assert not (tmp_path / "main/.git/hooks").exists() or not list((tmp_path / "main/.git/hooks").iterdir())
    en("check", cwd=tmp_path / "linked", code=0)


def test_hooks_of_a_clone_stay(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path / "r")
    hook = script(repo.path / ".git/hooks/pre-commit", "#!/bin/sh\nexit 0\n")
    said = en("init", "r", *FLAGS, cwd=tmp_path, code=0)
    assert "another hook" in said.err
    assert hook.read_text(encoding="utf-8") == "#!/bin/sh\nexit 0\n"
    assert (repo.path / ".git/hooks/pre-merge-commit").is_file()


@pytest.mark.parametrize("name", [".DS_Store", "desktop.ini", "Thumbs.db", "Desktop.ini"])
def test_what_systems_leave_in_a_folder_does_not_matter(tmp_path: Path, name: str) -> None:
    for command in ("init", "demo"):
        folder = tmp_path / command
        folder.mkdir()
        (folder / name).write_bytes(b"x")
        en(command, ".", cwd=folder, code=0)
        assert (folder / name).read_bytes() == b"x"
        assert (folder / "branch.yaml").is_file()


def test_a_folder_in_use_is_refused_by_name(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path / "r")
    repo.commit({"src/x.py": "", "公文.docx": "", **{f"f{number}": "" for number in range(9)}})
    for lang, said in spoken("init", ".", cwd=repo.path, code=2).items():
        assert "f0" in said.err, lang
        assert ".git," not in said.err
        assert said.err.count("\n") == 2
    assert not (repo.path / "branch.yaml").exists()


def test_a_record_repository_without_its_files_is_not_begun_again(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path / "r")
    repo.commit({"branch.yaml": "schema: 1\n"})
    repo.git("clone", "-q", "--no-checkout", ".", str(tmp_path / "empty"))
    assert "git checkout" in en("init", "empty", cwd=tmp_path, code=2).err
    assert not (tmp_path / "empty/branch.yaml").exists()


def test_a_git_init_that_was_killed_is_done_again(tmp_path: Path) -> None:
    (tmp_path / "outer").mkdir()
    outer = GitRepo(tmp_path / "outer")
    for folder in (tmp_path / "a", outer.path / "b"):
        (folder / ".git").mkdir(parents=True)
        (folder / ".git/config").write_text("[core]\n", encoding="utf-8")
        en("init", folder, *FLAGS, cwd=tmp_path, code=0)
        assert _git(folder, "rev-parse", "--git-dir") == ".git\n"


def test_a_repository_that_the_caller_names_plays_no_part(tmp_path: Path) -> None:
    """As where somebody keeps the settings of a home folder in git, and begins the records below it, or in it."""
    apart = GitRepo(tmp_path / "apart")
    apart.commit({"x": ""})
    before = listing(apart.path)
    env = {"GIT_DIR": str(apart.path / ".git"), "GIT_WORK_TREE": str(tmp_path)}
    en("init", "below", *FLAGS, cwd=tmp_path, env=env, code=0)
    assert (tmp_path / "below/.git/HEAD").is_file()
    en("check", cwd=tmp_path / "below", env=env, code=0)
    (tmp_path / "in").mkdir()
    en("init", ".", *FLAGS, cwd=tmp_path / "in", env={**env, "GIT_WORK_TREE": str(tmp_path / "in")}, code=0)
    assert (tmp_path / "in/.git/HEAD").is_file()
    assert listing(apart.path) == before


def test_a_clone_with_settings_that_keep_git_out_is_told(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path / "r")
    repo.git("config", "core.bare", "true")
    said = en("init", "r", *FLAGS, cwd=tmp_path, code=0)
    assert "core.bare" in said.err
    assert (repo.path / "branch.yaml").is_file()

"""What ``dangwu doctor`` wants to know of the surroundings."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from dangwu.files.doctor import differs, git_version, hook_installed
from dangwu.files.repository import find, needed
from dangwu.files.text import read_text_if_any
from dangwu.files.tree import MAX_BYTES
from support.gitrepo import GitRepo, script

if TYPE_CHECKING:
    from pathlib import Path

HOOK = "#!/bin/sh\nexec dangwu check --staged\n"


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    made = GitRepo(tmp_path / "张 三 & (1)")
    made.commit({"支部/branch.yaml": "", "branch.yaml": ""})
    return made


def installed(repo: GitRepo, folder: str = "") -> bool:
    return hook_installed(needed(find(repo.path / folder)))


def test_the_version_of_git() -> None:
    said = subprocess.run(["git", "version"], capture_output=True, check=True).stdout.decode()
    version = git_version()
    assert version is not None
    assert re.search(r"version " + r"\.".join(str(part) for part in version[:2]), said)


@pytest.mark.parametrize(
    "said", ["git version 2.51.0.windows.2", "git version 2.51", "git version 2.39.5 (Apple Git-154)"]
)
def test_every_shape_of_version(tmp_path: Path, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    script(tmp_path / "git", f"#!/bin/sh\necho '{said}'\n")
    monkeypatch.setenv("PATH", str(tmp_path))
    version = git_version()
    assert version is not None
    assert version[:2] in {(2, 51), (2, 39)}
    assert version >= (2, 39)


def test_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert git_version() is None


def test_a_hook_where_git_looks_for_it(repo: GitRepo, tmp_path: Path) -> None:
    assert not installed(repo)
    hook = script(repo.path / ".git" / "hooks" / "pre-commit", "#!/bin/sh\nmake lint\n")
    assert not installed(repo)
    script(hook, HOOK)
    assert installed(repo)
    assert installed(repo, "支部")
    repo.git("worktree", "add", "-q", str(tmp_path / "linked"))
    assert hook_installed(needed(find(tmp_path / "linked")))


@pytest.mark.skipif(os.name == "nt", reason="no such bit here")
def test_a_hook_that_git_would_pass_over(repo: GitRepo) -> None:
    hook = script(repo.path / ".git" / "hooks" / "pre-commit", HOOK)
    hook.chmod(0o644)
    assert not installed(repo)


@pytest.mark.parametrize("where", ["--local", "--global"])
@pytest.mark.parametrize("folder", ["", "支部"])
@pytest.mark.parametrize("form", ["relative", "absolute", "home"])
def test_a_hook_in_a_folder_of_its_own(
    repo: GitRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, where: str, folder: str, form: str
) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    monkeypatch.setenv("HOME", str(mine))
    places = {
        "relative": ("tools/钩 子", repo.path / "tools/钩 子"),
        "absolute": (str(tmp_path / "hooks"), tmp_path / "hooks"),
        "home": ("~/hooks", mine / "hooks"),
    }
    value, place = places[form]
    settings = repo.path / ".git" / "config" if where == "--local" else mine / ".gitconfig"
    repo.git("config", "--file", str(settings), "core.hooksPath", value)
    script(repo.path / ".git" / "hooks" / "pre-commit", HOOK)
    assert not installed(repo, folder), "git does not look into .git/hooks then"
    script(place / "pre-commit", HOOK)
    assert installed(repo, folder)


def test_a_hook_of_a_bare_repository(repo: GitRepo, tmp_path: Path) -> None:
    bare = tmp_path / "bare.git"
    repo.git("clone", "-q", "--bare", str(repo.path), str(bare))
    assert not hook_installed(needed(find(bare)))
    script(bare / "hooks" / "pre-commit", HOOK)
    assert hook_installed(needed(find(bare)))


def test_a_glance_at_a_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a")
    (tmp_path / "large").write_bytes(b"a" * (MAX_BYTES + 9))
    (tmp_path / "loop").symlink_to("loop")
    assert read_text_if_any(tmp_path / "a") == b"a"
    assert len(read_text_if_any(tmp_path / "large") or b"") == MAX_BYTES
    for name in ("gone", "loop", ".", "a/b", "长" * 100):
        assert read_text_if_any(tmp_path / name) is None
    assert not differs(tmp_path / "a", b"a")
    assert differs(tmp_path / "a", b"b")
    assert differs(tmp_path / "gone", b"")

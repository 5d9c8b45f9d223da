"""``dangwu send``: a push where there is a remote, else one file; never forced, and what it left out is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.branches import base_repo
from tests.support.gitrepo import GitRepo
from tests.support.run import en, zh

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2026-06-30"


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    return base_repo(tmp_path / "党 支部")


def test_without_a_remote_it_writes_a_file_that_the_committee_can_review(repo: GitRepo) -> None:
    repo.commit({"members/m030.yaml": "schema: 1\nkind: member\nid: m030\nname: 甲\n"})
    said = zh("send", cwd=repo.path, as_of=DAY, code=0).err
    target = repo.path.parent / "青禾精工党支部-2026-06-30.bundle"
    assert str(target) in said
    command = said[said.index("dangwu review ") :].split()[1:5]
    assert command[2] == "--quarantine"
    found = en("review", command[1], "--quarantine", target, "--format", "json", cwd=repo.path.parent, as_of=DAY)
    assert "members/m030.yaml" in found.out
    # A second file does not take the place of the first.
    assert "--force" in zh("send", cwd=repo.path, as_of=DAY, code=2).err
    zh("send", "--force", cwd=repo.path, as_of=DAY, code=0)


def test_the_range_begins_at_the_last_review(repo: GitRepo) -> None:
    seen = repo.git("rev-parse", "HEAD")
    repo.git("tag", "-a", f"dangwu/reviewed/2026-06-30-{seen[:12]}", "-m", "已审阅")
    repo.commit({"members/m030.yaml": "schema: 1\nkind: member\nid: m030\nname: 甲\n"})
    assert f"dangwu review {seen[:12]}..main" in en("send", cwd=repo.path, as_of=DAY, code=0).err


def test_a_push_goes_to_the_remote_and_says_when_nothing_is_new(repo: GitRepo, tmp_path: Path) -> None:
    other = GitRepo(tmp_path / "上级.git", "--bare")
    repo.git("remote", "add", "origin", str(other.path))
    assert "Sent to origin." in en("send", cwd=repo.path, as_of=DAY, code=0).err
    assert other.git("rev-parse", "main") == repo.git("rev-parse", "main")
    assert "origin has everything already." in en("send", cwd=repo.path, as_of=DAY, code=0).err


def test_what_is_newer_there_is_never_overwritten(repo: GitRepo, tmp_path: Path) -> None:
    other = GitRepo(tmp_path / "上级.git", "--bare")
    repo.git("remote", "add", "origin", str(other.path))
    en("send", cwd=repo.path, as_of=DAY, code=0)
    repo.commit()
    en("send", cwd=repo.path, as_of=DAY, code=0)
    theirs = other.git("rev-parse", "main")
    repo.git("reset", "-q", "--hard", "HEAD^")
    repo.commit(
        {"members/m030.yaml": "schema: 1\nkind: member\nid: m030\nname: 甲\n"}, when="2026-04-01T09:00:00+08:00"
    )
    said = en("send", cwd=repo.path, as_of=DAY, code=3).err
    assert "nothing was overwritten" in said
    assert "git fetch" in said
    assert other.git("rev-parse", "main") == theirs


def test_a_remote_that_is_not_there_is_one_line(repo: GitRepo) -> None:
    repo.git("remote", "add", "origin", "./nowhere")
    assert en("send", cwd=repo.path, as_of=DAY, code=3).err.startswith("dangwu: It was not sent: ")


def test_what_is_not_saved_is_said(repo: GitRepo) -> None:
    repo.write({"members/m030.yaml": "schema: 1\nkind: member\nid: m030\nname: 甲\n"})
    assert "Not saved yet, so not sent: 1 records" in en("send", cwd=repo.path, as_of=DAY, code=0).err

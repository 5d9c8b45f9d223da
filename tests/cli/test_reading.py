"""Reading commands leave a repository as it was, to the last byte and time."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.support.branches import BASE_DAY, GROUP_MEETING, base_repo, listing
from tests.support.run import en

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS = (
    ("check",), ("check", "--staged"), ("check", "--rev", "HEAD"), ("check", "--range", "HEAD~1..HEAD"), ("due",),
    ("due", "--staged"), ("report",), ("report", "--format", "html"), ("explain", "3.1/2026-03/g1"), ("rules",),
    ("doctor",), ("new", "member", "--name", "甲", "--dry-run"), ("form", "m001", "-o", "../m001.docx"),
    ("form", "member", "--blank", "-o", "../blank.docx"), ("export", "all", "-o", "../all.xlsx"),
    ("export", "members", "--format", "csv"), ("calendar",), ("calendar", "--rev", "HEAD"),
    ("report", "-o", "../report.docx"), ("report", "-o", "../report.xlsx"), ("report", "-o", "../report.html"),
    ("export", "all", "--format", "csv", "-o", "../tables"), ("calendar", "-o", "../duties.ics"),
    ("board", "-o", "../board"), ("import", "members", "../tables/members.csv"), ("import", "--undo"),
)  # fmt: skip


def test_nothing_is_written(tmp_path: Path) -> None:
    repo = base_repo(tmp_path / "r")
    repo.commit({"README.md": "说明\n"})
    # A file that was touched and not changed tempts git to refresh its index.
    os.utime(repo.path / GROUP_MEETING, (1_900_000_000, 1_900_000_000))
    (repo.path / "members/m001.yaml").write_bytes((repo.path / "members/m001.yaml").read_bytes() + b"# x\n")
    before = listing(repo.path)
    assert ".git/index" in before
    for words in COMMANDS:
        en(*words, cwd=repo.path, as_of=BASE_DAY)
        after = listing(repo.path)
        changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
        assert not changed, words


MAKERS = (
    ("report", "--format", "md"), ("form", "m001", "--format", "docx"), ("export", "members", "--format", "csv"),
    ("calendar",),
)  # fmt: skip
TAKEN = (
    "branch.yaml",
    "accepted.yaml",
    "meetings/2026/x.md",
    "Members/x.yaml",
    ".git/config",
    ".dangwu/x",
    "link/x.md",
)


@pytest.mark.parametrize("words", MAKERS)
def test_what_is_made_never_takes_the_place_of_a_record(tmp_path: Path, words: tuple[str, ...]) -> None:
    repo = base_repo(tmp_path / "r")
    (repo.path / "link").symlink_to("meetings", target_is_directory=True)
    before = listing(repo.path)
    for place in TAKEN:
        for folder in (repo.path, repo.path / "meetings"):
            said = en(*words, "--force", "--output", repo.path / place, cwd=folder, as_of=BASE_DAY, code=2)
            assert "lies among the records" in said.err, place
    assert listing(repo.path) == before
    en(*words, "--output", "out/x", cwd=repo.path, as_of=BASE_DAY, code=0)
    again = en(*words, "--output", "out/x", cwd=repo.path, as_of=BASE_DAY, code=2)
    assert "--force" in again.err
    en(*words, "--force", "--output", "out/x", cwd=repo.path, as_of=BASE_DAY, code=0)


def test_the_folder_of_a_bare_repository_and_of_a_second_work_tree(tmp_path: Path) -> None:
    repo = base_repo(tmp_path / "r")
    repo.git("clone", "-q", "--bare", ".", str(tmp_path / "bare"))
    repo.git("worktree", "add", "-q", str(tmp_path / "second"))
    en("report", "--rev", "HEAD", "--output", "HEAD", "--force", cwd=tmp_path / "bare", as_of=BASE_DAY, code=2)
    other = repo.path / ".git/worktrees/second/HEAD"
    en("report", "--output", other, "--force", cwd=tmp_path / "second", as_of=BASE_DAY, code=2)
    assert repo.git("-C", str(tmp_path / "second"), "rev-parse", "HEAD") == repo.git("rev-parse", "HEAD")
    assert repo.git("-C", str(tmp_path / "bare"), "rev-parse", "HEAD") == repo.git("rev-parse", "HEAD")


def test_a_folder_without_records_is_said_beside_what_is_made(tmp_path: Path) -> None:
    for words in (("report",), ("calendar",), ("export", "members", "--format", "csv"), ("board", "-o", "board")):
        assert "There is no branch.yaml here." in en(*words, cwd=tmp_path, code=0).err, words


def test_a_folder_that_may_only_be_read(tmp_path: Path) -> None:
    repo = base_repo(tmp_path / "r")
    folders = [repo.path, *(path for path in repo.path.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        for words in (
            ("check",),
            ("check", "--staged"),
            ("due",),
            ("report",),
            ("calendar",),
            ("export", "members", "--format", "csv"),
        ):
            en(*words, cwd=repo.path, as_of=BASE_DAY, code=0)
    finally:
        for folder in folders:
            folder.chmod(0o755)

"""Reading commands leave a repository as it was, to the last byte and time."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from support.branches import BASE_DAY, GROUP_MEETING, base_repo, listing
from support.run import en

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS = (
    ("check",), ("check", "--staged"), ("check", "--rev", "HEAD"), ("check", "--range", "HEAD~1..HEAD"), ("due",),
    ("due", "--staged"), ("report",), ("report", "--format", "html"), ("explain", "3.1/2026-03/g1"), ("rules",),
    ("doctor",), ("new", "member", "--name", "甲", "--dry-run"),
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


def test_a_folder_that_may_only_be_read(tmp_path: Path) -> None:
    repo = base_repo(tmp_path / "r")
    folders = [repo.path, *(path for path in repo.path.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        for words in (("check",), ("check", "--staged"), ("due",), ("report",)):
            en(*words, cwd=repo.path, as_of=BASE_DAY, code=0)
    finally:
        for folder in folders:
            folder.chmod(0o755)

"""Reading commands leave a repository as it was, to the last byte and time."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.support.branches import BASE_DAY, GROUP_MEETING, base_file, base_files, base_repo, listing
from tests.support.gitrepo import GitRepo
from tests.support.run import en, spoken

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


OUTSIDE = (
    ("check",), ("check", "members"), ("due",), ("report",), ("report", "-o", "r.docx"), ("calendar",),
    ("export", "all", "-o", "all.xlsx"), ("export", "members", "--format", "csv"), ("board", "-o", "board"),
    ("explain", "3.1/2026-03/g1"), ("migrate",), ("form", "m001", "-o", "m.docx"), ("import", "members", "x.csv"),
    ("adopt", "branch-regulation-2018"), ("new", "member", "--name", "甲"),
)  # fmt: skip
OF_HISTORY = (
    ("check", "--staged"), ("check", "--rev", "HEAD"), ("check", "--range", "HEAD..HEAD"), ("due", "--rev", "HEAD"),
    ("due", "--staged"), ("report", "--rev", "HEAD"), ("audit",), ("audit", "anchor"), ("log", "x"),
    ("review", "HEAD"), ("form", "m001", "--rev", "HEAD", "-o", "m.docx"),
)  # fmt: skip


def test_outside_a_record_repository_nothing_is_well(tmp_path: Path) -> None:
    """An empty answer with exit code 0 would say that nothing is owed and nothing is wrong."""
    plain = tmp_path / "plain"
    (plain / "rules").mkdir(parents=True)
    (plain / "rules/x.yaml").write_text("a: 1\n", encoding="utf-8")
    other = GitRepo(tmp_path / "other")
    other.commit({"rules/x.yaml": "a: 1\n", "README.md": "x\n"})
    for folder, commands in ((plain, OUTSIDE), (other.path, (*OUTSIDE, *OF_HISTORY))):
        before = sorted(folder.rglob("*"))
        for words in commands:
            for said in spoken(*words, cwd=folder, as_of=BASE_DAY, code=3).values():
                assert "branch.yaml" in said.err, words
                assert not said.out, words
        assert sorted(folder.rglob("*")) == before


def test_a_plain_folder_with_a_branch_is_a_record_repository(tmp_path: Path) -> None:
    for path, raw in base_files().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    for words in (("check",), ("due",), ("report",), ("calendar",)):
        en(*words, cwd=tmp_path / "meetings", as_of=BASE_DAY, code=0)


def test_a_deleted_branch_file_is_a_finding(tmp_path: Path) -> None:
    """Git still has it, so this is a record repository with a fault; what is owed cannot be said."""
    repo = base_repo(tmp_path / "r")
    (repo.path / "branch.yaml").unlink()
    for words in (("check",), ("check", "branch.yaml")):
        found = en(*words, "--format", "json", cwd=repo.path, as_of=BASE_DAY, code=1).json()["findings"]
        assert "DW206" in {finding["code"] for finding in found}
    assert "There is no branch.yaml here." in en("due", cwd=repo.path, as_of=BASE_DAY, code=3).err
    repo.git("add", "-A")
    (repo.path / "branch.yaml").write_bytes(base_file("branch.yaml"))
    staged = en("check", "--staged", "--format", "json", cwd=repo.path, as_of=BASE_DAY, code=1)
    assert "DW206" in {finding["code"] for finding in staged.json()["findings"]}
    en("due", "--staged", cwd=repo.path, as_of=BASE_DAY, code=3)


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

"""Real git repositories for tests, made without any setting of the machine."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DAY = "2026-03-12T09:00:00+08:00"
RECORDS: Mapping[str, str | bytes] = {
    "branch.yaml": "schema: 1\nkind: branch\n",
    "members/m001.yaml": "name: 朱䶮\n",
    "members/m002.yaml": "name: 㛃𬭎\n",
    "meetings/general/2026 第一季度（1）.md": "---\nkind: general-meeting\n---\n\n# 会议\n",
    "README.MD": "# 说明\n",
}


def surroundings(when: str = DAY, **extra: str) -> dict[str, str]:
    """Return an environment for git with fixed people and times."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    fixed = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_ATTR_NOSYSTEM": "1"}
    for role in ("AUTHOR", "COMMITTER"):
        fixed |= {f"GIT_{role}_NAME": "王小明", f"GIT_{role}_EMAIL": "w@example.invalid", f"GIT_{role}_DATE": when}
    return {**kept, **fixed, **extra}


# Newer git tidies up behind a commit, in the background, and takes folders away from under what comes next.
_ALONE = ("-c", "maintenance.auto=false", "-c", "gc.auto=0")


class GitRepo:
    """A repository with its work tree at ``path``."""

    def __init__(self, path: Path, *options: str) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main", "--template=", *options)

    def git(self, *arguments: str, data: bytes = b"", when: str = DAY, code: int = 0, **extra: str) -> str:
        """Run git as a person would, check its exit code, and return what it printed."""
        done = subprocess.run(
            ["git", *_ALONE, *arguments],
            cwd=self.path,
            input=data,
            env=surroundings(when, **extra),
            capture_output=True,
            check=False,
        )
        assert done.returncode == code, done.stderr.decode()
        return done.stdout.decode("utf-8", "surrogateescape").rstrip("\n")

    def write(self, files: Mapping[str, str | bytes]) -> None:
        """Write files below the work tree."""
        for path, text in files.items():
            target = self.path / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode() if isinstance(text, str) else text)

    def commit(self, files: Mapping[str, str | bytes] | None = None, *, when: str = DAY) -> str:
        """Write and record files, and return the commit's id."""
        self.write(files or {})
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "记录", when=when)
        return self.git("rev-parse", "HEAD")

    def tree(self, entries: str) -> str:
        """Record a tree written by hand in the form of ``git mktree``, whatever a file system thinks of it."""
        made = self.git("mktree", "--missing", "-z", data=entries.encode("utf-8", "surrogateescape"))
        return self.git("commit-tree", made, data=b"by hand")


def script(path: Path, text: str) -> Path:
    """Write a program that the system can run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return path


def names(folder: Path) -> list[str]:
    """Return what stands in a folder, in order."""
    return sorted(each.name for each in folder.iterdir())

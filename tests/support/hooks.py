"""Real commits through real hooks: the command on the path is the one under test, as people have it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.gitrepo import GitRepo, surroundings
from tests.support.run import compiled_once

if TYPE_CHECKING:
    from collections.abc import Mapping

BIN = str(Path(sys.executable).parent)
FOUND = {"PATH": BIN + os.pathsep + os.environ.get("PATH", os.defpath)}
"""The path on which ``dangwu`` is found."""


def git_only(folder: Path) -> dict[str, str]:
    """Return a path with what a hook needs of a system, and without ``dangwu``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("git", "sh", "cat", "env"):
        where = next(Path(each, name) for each in os.environ["PATH"].split(os.pathsep) if Path(each, name).exists())
        if not (folder / name).exists():
            (folder / name).symlink_to(where.resolve())
    return {"PATH": str(folder)}


def attempt(repo: GitRepo, *words: str, code: int = 0, env: Mapping[str, str] = FOUND, cwd: Path | None = None) -> str:
    """Run git in a repository with hooks, check its exit code, and return everything that was printed."""
    done = subprocess.run(
        ["git", *words],
        cwd=cwd or repo.path,
        env=surroundings(**{"DANGWU_LANG": "en", **compiled_once(), **env}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=60,
        check=False,
    )
    said = done.stdout.decode("utf-8", "replace")
    assert done.returncode == code, said
    assert "Traceback" not in said
    return said


def refused(repo: GitRepo, *words: str, env: Mapping[str, str] = FOUND, cwd: Path | None = None) -> str:
    """Run a commit or a merge that its hook stops: nothing is recorded."""
    before = repo.git("rev-parse", "HEAD")
    said = attempt(repo, *words, code=1, env=env, cwd=cwd)
    assert repo.git("rev-parse", "HEAD") == before
    return said


def recorded(repo: GitRepo, *words: str, env: Mapping[str, str] = FOUND, cwd: Path | None = None) -> str:
    """Run a commit or a merge that its hook lets pass."""
    before = repo.git("rev-parse", "HEAD")
    said = attempt(repo, *words, env=env, cwd=cwd)
    assert repo.git("rev-parse", "HEAD") != before
    return said

"""Record repositories that commands are tried on: the clean base of ``tests/examples``, and the demo."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.support.examples import BASE
from tests.support.gitrepo import GitRepo
from tests.support.run import DAY, read_ahead, run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

GROUP_MEETING = "meetings/2026/2026-03-12-group-meeting-g1.md"
BASE_DAY = "2026-06-30"


def base_files() -> dict[str, str | bytes]:
    """Return the files of a clean branch on which nothing is wrong on ``BASE_DAY``."""
    return {path.relative_to(BASE).as_posix(): path.read_bytes() for path in sorted(BASE.rglob("*")) if path.is_file()}


def base_file(path: str) -> bytes:
    """Return the bytes of one file of the clean branch."""
    return (BASE / path).read_bytes()


def base_repo(folder: Path, extra: Mapping[str, str | bytes] | None = None) -> GitRepo:
    """Return a repository with the clean branch and further files, all committed."""
    repo = GitRepo(folder)
    repo.commit({**base_files(), **(extra or {})})
    return repo


@dataclass(frozen=True)
class Demo:
    """A sample branch and what ``dangwu demo`` says it planted."""

    path: Path
    planted: tuple[dict[str, object], ...]


def make_demo(folder: Path, *words: str, lang: str = "en", as_of: str = DAY) -> Demo:
    """Make a sample branch with the command."""
    made = run("--lang", lang, "demo", folder, "--format", "json", *words, cwd=folder.parent, as_of=as_of, code=0)
    return Demo(folder, tuple(made.json()["planted"]))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Return one sample branch for all tests that only read."""
    made = make_demo(tmp_path_factory.mktemp("demo") / "branch")
    read_ahead(made.path)
    return made


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield the clean branch, committed, for all tests that only read."""
    repo = base_repo(tmp_path_factory.mktemp("clean") / "青禾 党支部")
    yield repo.path
    assert repo.git("status", "--porcelain") == "", "a test has written into the branch that all others read"


def listing(folder: Path) -> dict[str, tuple[int, int, int, bytes]]:
    """Return mode, size, time and bytes of every file and folder, ``.git`` included."""
    found = {}
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = os.path.join(place, name)  # noqa: PTH118 - beside os.walk
            facts = os.lstat(path)
            raw = b""
            if name in files and not os.path.islink(path):  # noqa: PTH114
                with open(path, "rb") as stream:  # noqa: PTH123
                    raw = stream.read()
            found[os.path.relpath(path, folder)] = (facts.st_mode, facts.st_size, facts.st_mtime_ns, raw)
    return found

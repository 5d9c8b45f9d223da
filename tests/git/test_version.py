"""What ``dangwu doctor`` wants to know of the surroundings."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from dangwu.files.peek import read_file_if_any
from dangwu.git.version import read_git_version
from dangwu.model.tree import MAX_FILE_BYTES
from tests.support.gitrepo import script

if TYPE_CHECKING:
    from pathlib import Path


def test_the_version_of_git() -> None:
    said = subprocess.run(["git", "version"], capture_output=True, check=True).stdout.decode()
    version = read_git_version()
    assert version is not None
    assert re.search(r"version " + r"\.".join(str(part) for part in version[:2]), said)


@pytest.mark.parametrize(
    "said", ["git version 2.51.0.windows.2", "git version 2.51", "git version 2.39.5 (Apple Git-154)"]
)
def test_every_shape_of_version(tmp_path: Path, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    script(tmp_path / "git", f"#!/bin/sh\necho '{said}'\n")
    monkeypatch.setenv("PATH", str(tmp_path))
    version = read_git_version()
    assert version is not None
    assert version[:2] in {(2, 51), (2, 39)}
    assert version >= (2, 39)


def test_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert read_git_version() is None


def test_a_glance_at_a_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a")
    (tmp_path / "large").write_bytes(b"a" * (MAX_FILE_BYTES + 9))
    (tmp_path / "loop").symlink_to("loop")
    assert read_file_if_any(tmp_path / "a") == b"a"
    assert len(read_file_if_any(tmp_path / "large") or b"") == MAX_FILE_BYTES
    for name in ("gone", "loop", ".", "a/b", "长" * 100):
        assert read_file_if_any(tmp_path / name) is None

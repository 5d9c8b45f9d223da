"""A file that nobody else can open, and what tells that a folder changed."""

from __future__ import annotations

import os
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from dangwu.files.folder_stamp import read_folder_stamp
from dangwu.files.private_file import write_private_file

if TYPE_CHECKING:
    from pathlib import Path

needs_modes = pytest.mark.skipif(os.name == "nt", reason="there a folder below the user's own is closed by the system")


@needs_modes
def test_folder_and_file_are_closed_whatever_the_system_would_give(tmp_path: Path) -> None:
    path = tmp_path / "desk" / "note.json"
    before = os.umask(0)
    try:
        for data in (b"one", b"two"):
            write_private_file(path, data)
            assert path.read_bytes() == data
            assert path.stat().st_mode & 0o777 == 0o600
            assert path.parent.stat().st_mode & 0o777 == 0o700
    finally:
        os.umask(before)
    assert os.listdir(path.parent) == ["note.json"]  # noqa: PTH208 - hidden files too


@needs_modes
def test_an_old_file_that_others_could_read_is_replaced_by_a_closed_one(tmp_path: Path) -> None:
    path = tmp_path / "desk" / "note.json"
    path.parent.mkdir(mode=0o755)
    path.write_bytes(b"old")
    path.chmod(0o644)
    write_private_file(path, b"new")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_what_the_system_refuses_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "desk" / "note.json"
    path.mkdir(parents=True)
    with pytest.raises(OSError, match="directory"):
        write_private_file(path, b"x")
    assert os.listdir(path.parent) == ["note.json"]  # noqa: PTH208


def test_a_stamp_changes_with_every_file_and_with_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    file = tmp_path / "a" / "x.yaml"
    file.write_bytes(b"1")
    seen = [read_folder_stamp(tmp_path)]
    assert read_folder_stamp(tmp_path) == seen[0]
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "index").write_bytes(b"1")
    assert read_folder_stamp(tmp_path) == seen[0]
    for change in (
        lambda: file.write_bytes(b"12"),
        lambda: os.utime(file, ns=(1, 1)),
        lambda: file.rename(tmp_path / "a" / "y.yaml"),
        lambda: (tmp_path / "a" / "z.yaml").write_bytes(b""),
        (tmp_path / "a" / "z.yaml").unlink,
    ):
        change()
        seen.append(read_folder_stamp(tmp_path))
    assert len(set(seen)) >= len(seen) - 1, "the last is that of before again"
    assert all(one != two for one, two in pairwise(seen))

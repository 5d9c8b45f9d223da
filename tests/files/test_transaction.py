"""Several files written as one, and the last such writing taken back."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from dangwu.errors import CannotRunError
from dangwu.files import transaction
from dangwu.files.transaction import read_last_import, take_back_import, write_changes
from dangwu.files.write import write_file
from dangwu.model.import_plan import FileChange
from dangwu.model.message import say

if TYPE_CHECKING:
    from pathlib import Path

FILES = {"a/甲.yaml": b"1\n", "a/b.yaml": b"2\n", "c.yaml": b"3\n"}
CHANGES = (
    FileChange("a/b.yaml", b"2\n", b"22\n"),
    FileChange("a/甲.yaml", b"1\n", b"11\n"),
    FileChange("c.yaml", b"3\n", b"33\n"),
    FileChange("d/e/new.yaml", None, b"4\n"),
)


def state(folder: Path) -> dict[str, bytes]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    root, git_dir = tmp_path / "记 录", tmp_path / "git dir"
    for path, raw in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(raw)
    git_dir.mkdir()
    return root, git_dir


@pytest.mark.parametrize("failing", range(4))
def test_a_failure_in_the_middle_leaves_everything_as_it_was(
    places: tuple[Path, Path], failing: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, git_dir = places
    calls: list[Path] = []

    def write(path: Path, data: bytes, **how: Any) -> None:
        calls.append(path)
        # The first call keeps what was there.
        if len(calls) == failing + 2:
            raise CannotRunError(say("the disk is full"))
        original(path, data, **how)

    original = write_file
    monkeypatch.setattr(transaction, "write_file", write)
    with pytest.raises(CannotRunError):
        write_changes(root, CHANGES, git_dir)
    assert state(root) == FILES
    assert sorted(each.name for each in root.iterdir()) == ["a", "c.yaml"]
    with pytest.raises(CannotRunError):
        read_last_import(root, git_dir)


@pytest.mark.parametrize("done", range(5))
def test_a_run_that_was_killed_can_be_taken_back(places: tuple[Path, Path], done: int) -> None:
    root, git_dir = places
    write_changes(root, CHANGES, git_dir)
    for change in CHANGES[done:]:
        if change.before is None:
            (root / change.path).unlink()
        else:
            (root / change.path).write_bytes(change.before)
    changes = read_last_import(root, git_dir)
    assert len(changes) == done
    take_back_import(root, changes, git_dir)
    assert state(root) == FILES


@pytest.mark.parametrize("others", [b"else\n", None])
def test_what_somebody_writes_meanwhile_stays(
    places: tuple[Path, Path], others: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, git_dir = places

    def write(path: Path, data: bytes, **how: Any) -> None:
        original(path, data, **how)
        if data == b"11\n":
            (root / "c.yaml").write_bytes(b"theirs\n")
            if others is not None:
                (root / "a" / "b.yaml").write_bytes(others)

    original = write_file
    monkeypatch.setattr(transaction, "write_file", write)
    with pytest.raises(CannotRunError, match="in the meantime"):
        write_changes(root, CHANGES, git_dir)
    assert state(root) == {**FILES, "c.yaml": b"theirs\n", "a/b.yaml": others or FILES["a/b.yaml"]}


@pytest.mark.skipif(os.name == "nt", reason="there are no such modes there")
def test_a_record_that_is_closed_to_others_stays_closed(places: tuple[Path, Path]) -> None:
    root, git_dir = places
    (root / "c.yaml").chmod(0o600)
    write_changes(root, CHANGES, git_dir)
    assert (root / "c.yaml").stat().st_mode & 0o777 == 0o600
    take_back_import(root, read_last_import(root, git_dir), git_dir)
    assert (root / "c.yaml").stat().st_mode & 0o777 == 0o600


def test_what_changed_since_it_was_read_is_not_written_over(places: tuple[Path, Path]) -> None:
    root, git_dir = places
    (root / "c.yaml").write_bytes(b"else\n")
    with pytest.raises(CannotRunError):
        write_changes(root, CHANGES, git_dir)
    assert state(root) == {**FILES, "c.yaml": b"else\n"}


@pytest.mark.parametrize(
    "path", ["../x.yaml", "/etc/x.yaml", "a/../x.yaml", ".git/x.yaml", "a//x.yaml", "C:\\x.yaml", "a/x.txt", 5]
)
def test_a_journal_that_somebody_prepared_reaches_nothing_outside(places: tuple[Path, Path], path: Any) -> None:
    root, git_dir = places
    write_changes(root, CHANGES[:1], git_dir)
    journal = git_dir / "dangwu" / "last-import.json"
    text = journal.read_text(encoding="utf-8")
    journal.write_text(text.replace('"a/b.yaml"', repr(path).replace("'", '"')), encoding="utf-8")
    with pytest.raises(CannotRunError):
        read_last_import(root, git_dir)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_linked_folder_is_not_written_through(places: tuple[Path, Path], tmp_path: Path) -> None:
    root, git_dir = places
    shutil.move(root / "a", tmp_path / "elsewhere")
    (root / "a").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    with pytest.raises(CannotRunError, match="cannot be read"):
        write_changes(root, CHANGES, git_dir)
    # Inside the root too: no record lies behind a link.
    shutil.move(tmp_path / "elsewhere", root / "elsewhere")
    (root / "a").unlink()
    (root / "a").symlink_to("elsewhere", target_is_directory=True)
    with pytest.raises(CannotRunError, match="cannot be read"):
        write_changes(root, CHANGES, git_dir)
    shutil.move(root / "elsewhere", tmp_path / "elsewhere")
    assert (tmp_path / "elsewhere" / "b.yaml").read_bytes() == b"2\n"

"""Several files written as one, and the last such writing taken back."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dangwu.errors import CannotRunError
from dangwu.files import file_steps
from dangwu.files.journal_place import choose_journal
from dangwu.files.leftovers import remove_leftovers
from dangwu.files.transaction import (
    build_changes,
    read_last_import,
    settle_unfinished,
    take_back_import,
    write_changes,
)
from dangwu.files.write import write_file
from dangwu.model.file_change import FileChange, FileMove, FileStep
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def write_import(root: Path, changes: Sequence[FileStep], git_dir: Path) -> None:
    write_changes(root, changes, choose_journal(root, git_dir), "import")


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
        if len(calls) == failing + 1:
            raise CannotRunError(say("the disk is full"))
        original(path, data, **how)

    original = write_file
    monkeypatch.setattr(file_steps, "write_file", write)
    with pytest.raises(CannotRunError):
        write_import(root, CHANGES, git_dir)
    assert state(root) == FILES
    assert sorted(each.name for each in root.iterdir()) == ["a", "c.yaml"]
    with pytest.raises(CannotRunError):
        read_last_import(root, git_dir)


@pytest.mark.parametrize("done", range(5))
def test_a_run_that_was_killed_can_be_taken_back(places: tuple[Path, Path], done: int) -> None:
    root, git_dir = places
    write_import(root, CHANGES, git_dir)
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
    monkeypatch.setattr(file_steps, "write_file", write)
    with pytest.raises(CannotRunError, match="in the meantime"):
        write_import(root, CHANGES, git_dir)
    assert state(root) == {**FILES, "c.yaml": b"theirs\n", "a/b.yaml": others or FILES["a/b.yaml"]}


@pytest.mark.skipif(os.name == "nt", reason="there are no such modes there")
def test_a_record_that_is_closed_to_others_stays_closed(places: tuple[Path, Path]) -> None:
    root, git_dir = places
    (root / "c.yaml").chmod(0o600)
    write_import(root, CHANGES, git_dir)
    assert (root / "c.yaml").stat().st_mode & 0o777 == 0o600
    take_back_import(root, read_last_import(root, git_dir), git_dir)
    assert (root / "c.yaml").stat().st_mode & 0o777 == 0o600


def test_what_changed_since_it_was_read_is_not_written_over(places: tuple[Path, Path]) -> None:
    root, git_dir = places
    (root / "c.yaml").write_bytes(b"else\n")
    with pytest.raises(CannotRunError):
        write_import(root, CHANGES, git_dir)
    assert state(root) == {**FILES, "c.yaml": b"else\n"}


@pytest.mark.parametrize(
    "path", ["../x.yaml", "/etc/x.yaml", "a/../x.yaml", ".git/x.yaml", "a//x.yaml", "C:\\x.yaml", "a/x.txt", 5]
)
def test_a_journal_that_somebody_prepared_reaches_nothing_outside(places: tuple[Path, Path], path: Any) -> None:
    root, git_dir = places
    write_import(root, CHANGES[:1], git_dir)
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
        write_import(root, CHANGES, git_dir)
    # Inside the root too: no record lies behind a link.
    shutil.move(tmp_path / "elsewhere", root / "elsewhere")
    (root / "a").unlink()
    (root / "a").symlink_to("elsewhere", target_is_directory=True)
    with pytest.raises(CannotRunError, match="cannot be read"):
        write_import(root, CHANGES, git_dir)
    shutil.move(root / "elsewhere", tmp_path / "elsewhere")
    assert (tmp_path / "elsewhere" / "b.yaml").read_bytes() == b"2\n"


KILLED = """
import os, sys
from pathlib import Path
from dangwu.files import transaction, write
from dangwu.files.journal_place import choose_journal
from dangwu.files.transaction import write_changes
sys.path.insert(0, sys.argv[4])
from tests.files.test_transaction import CHANGES
root, git_dir, count = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
original = write._move_into_place
def move(*given, **how):
    global count
    if not count:
        os.kill(os.getpid(), 9)
    count -= 1
    original(*given, **how)
write._move_into_place = move
write_changes(root, CHANGES, choose_journal(root, git_dir), "import")
os.kill(os.getpid(), 9)
"""


def kill_after(places: tuple[Path, Path], count: int) -> None:
    """Write the changes in a process that is killed once so many files have their place."""
    top = str(Path(__file__).parents[2])
    words = [sys.executable, "-c", KILLED, *map(str, places), str(count), top]
    done = subprocess.run(words, capture_output=True, check=False, timeout=60)
    assert done.returncode == -9, done.stderr.decode()


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
@pytest.mark.parametrize("count", range(len(CHANGES)))
def test_a_killed_run_is_taken_back_by_the_next(places: tuple[Path, Path], count: int) -> None:
    root, git_dir = places
    kill_after(places, count)
    assert (state(root) == FILES) is False, "a temporary file at least was left"
    with pytest.raises(CannotRunError):
        write_import(root, CHANGES, git_dir)
    assert len(read_last_import(root, git_dir)) == count
    settled = settle_unfinished(root, choose_journal(root, git_dir))
    assert settled is not None
    assert (settled.command, settled.completed, settled.left) == ("import", False, ())
    assert len(settled.taken_back) == count
    assert len(remove_leftovers(root)) == 1
    assert state(root) == FILES
    assert not state(git_dir)
    assert settle_unfinished(root, choose_journal(root, git_dir)) is None
    write_import(root, CHANGES, git_dir)


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_a_run_killed_after_its_last_file_is_complete(places: tuple[Path, Path]) -> None:
    root, git_dir = places
    write_import(root, CHANGES, git_dir)
    written = state(root)
    journal = choose_journal(root, git_dir)
    journal.with_name("last-import.json").rename(journal)
    settled = settle_unfinished(root, journal)
    assert settled is not None
    assert settled.completed
    assert state(root) == written
    take_back_import(root, read_last_import(root, git_dir), git_dir)
    assert state(root) == FILES


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_what_somebody_wrote_after_a_kill_stays(places: tuple[Path, Path]) -> None:
    root, git_dir = places
    kill_after(places, 2)
    (root / "a/b.yaml").write_bytes(b"mine\n")
    settled = settle_unfinished(root, choose_journal(root, git_dir))
    assert settled is not None
    assert settled.left == ("a/b.yaml",)
    remove_leftovers(root)
    assert state(root) == {**FILES, "a/b.yaml": b"mine\n"}


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_a_second_import_after_a_killed_one_leaves_the_way_back_whole(places: tuple[Path, Path]) -> None:
    root, git_dir = places
    first = [FileChange("c.yaml", b"3\n", b"before all\n")]
    write_import(root, first, git_dir)
    kept = (git_dir / "dangwu/last-import.json").read_bytes()
    (root / "c.yaml").write_bytes(b"3\n")
    kill_after(places, 3)
    assert (git_dir / "dangwu/last-import.json").read_bytes() == kept, "the one before can still be undone"
    settle_unfinished(root, choose_journal(root, git_dir))
    remove_leftovers(root)
    write_import(root, CHANGES, git_dir)
    take_back_import(root, read_last_import(root, git_dir), git_dir)
    assert state(root) == FILES


def test_a_run_that_is_alive_is_not_taken_back(places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    root, git_dir = places
    said: list[str] = []

    def write(path: Path, data: bytes, **how: Any) -> None:
        original(path, data, **how)
        with pytest.raises(CannotRunError) as caught:
            settle_unfinished(root, choose_journal(root, git_dir))
        said.append(caught.value.message.template)
        with pytest.raises(CannotRunError):
            write_import(root, [FileChange("z.yaml", None, b"")], git_dir)

    original = write_file
    monkeypatch.setattr(file_steps, "write_file", write)
    write_import(root, CHANGES, git_dir)
    assert len(said) == len(CHANGES)
    assert not (root / "z.yaml").exists()
    assert (root / "c.yaml").read_bytes() == b"33\n"


@pytest.mark.skipif(os.name == "nt", reason="there are no such modes there")
def test_files_that_move_come_back_with_all_that_is_theirs(
    places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, git_dir = places
    (root / "c.yaml").chmod(0o640)
    facts = (root / "c.yaml").stat()
    steps: list[FileStep] = [FileMove("c.yaml", "c.kept"), FileChange("c.yaml", None, b"new\n", 0o755)]
    journal = choose_journal(root, git_dir)
    with monkeypatch.context() as patch:

        def fail(*_given: object, **_how: object) -> None:
            raise CannotRunError(say("the disk is full"))

        patch.setattr(file_steps, "write_file", fail)
        with pytest.raises(CannotRunError):
            write_changes(root, steps, journal, "hook")
    assert state(root) == FILES
    assert (root / "c.yaml").stat().st_ino == facts.st_ino
    write_changes(root, steps, journal, "hook")
    assert (root / "c.yaml").stat().st_mode & 0o777 == 0o755
    assert (root / "c.kept").stat().st_mode & 0o777 == 0o640
    with pytest.raises(CannotRunError, match="not changed"):
        write_changes(root, [FileMove("a/b.yaml", "c.kept")], journal, "hook")
    assert not state(git_dir)


def test_without_git_the_journal_stands_among_the_records_and_goes(places: tuple[Path, Path]) -> None:
    root, _git_dir = places
    journal = choose_journal(root, None)
    assert journal.name.startswith(".dangwu-")
    assert journal.name.endswith(".tmp")
    write_changes(root, build_changes(root, [("c.yaml", b"x"), ("n.yaml", b"y")]), journal, "import")
    assert state(root) == {**FILES, "c.yaml": b"x", "n.yaml": b"y"}


BAD_STEPS = (
    [["../x.yaml", None, "eA==", None, None]],
    [["/etc/x.yaml", "eA==", None, None, None]],
    [[".git/config", None, "eA==", None, None]],
    [[".GIT/hooks/pre-commit", None, "eA==", None, None]],
    [[".git/hooks/post-commit", None, "eA==", None, None]],
    [["GIT~1/config", None, "eA==", None, None]],
    [[".git /config", None, "eA==", None, None]],
    [["a/.git./config", None, "eA==", None, None]],
    [["a.yaml", None, "eA==", 0o4755, None]],
    [["a.yaml", None, "no base64!", None, None]],
    [["a.yaml", "../b.yaml"]],
    [["a.yaml"]],
    ["a"],
    5,
)


@pytest.mark.parametrize("steps", BAD_STEPS)
def test_an_unfinished_journal_that_somebody_prepared_reaches_nothing(places: tuple[Path, Path], steps: Any) -> None:
    root, git_dir = places
    journal = choose_journal(root, git_dir)
    journal.parent.mkdir()
    journal.write_text(json.dumps({"schema": "dangwu/journal/1", "command": "x", "steps": steps}), encoding="utf-8")
    with pytest.raises(CannotRunError, match="journal"):
        settle_unfinished(root, journal)
    assert journal.exists()
    assert state(root) == FILES

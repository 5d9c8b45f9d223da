"""Safe writing: the old file or the new one, never something between, whatever breaks."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

import pytest

from dangwu.errors import CannotRunError, UsageError
from dangwu.files import write
from dangwu.files.write import write_file
from tests.support.gitrepo import names

NEW = "新的内容：䶮\n".encode()


def _left(folder: Path) -> list[str]:
    return names(folder)


def test_a_new_file_is_made_with_its_folders(tmp_path: Path) -> None:
    target = tmp_path / "会 议" / "一" / "2026 & (1).md"
    write_file(target, NEW)
    assert target.read_bytes() == NEW
    assert _left(target.parent) == [target.name]
    assert target.stat().st_mode & 0o600 == 0o600


def test_an_existing_file_is_replaced_only_when_asked(tmp_path: Path) -> None:
    target = tmp_path / "a.yaml"
    target.write_bytes(b"old")
    with pytest.raises(UsageError, match="exists already"):
        write_file(target, NEW)
    assert target.read_bytes() == b"old"
    write_file(target, NEW, force=True)
    assert target.read_bytes() == NEW
    assert _left(tmp_path) == ["a.yaml"]


@pytest.mark.parametrize("force", [False, True])
def test_a_link_is_never_written_through(tmp_path: Path, *, force: bool) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    for name, aim in (("link.yaml", "secret"), ("dangling.yaml", "nowhere"), ("loop.yaml", "loop.yaml")):
        (tmp_path / name).symlink_to(aim)
        with pytest.raises(UsageError, match="is no plain file"):
            write_file(tmp_path / name, NEW, force=force)
    assert (tmp_path / "secret").read_bytes() == b"secret"
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("name", ["a" * 250, "字" * 84, "𬭎" * 63, "é" * 127])
def test_the_longest_names_can_be_written(tmp_path: Path, name: str) -> None:
    write_file(tmp_path / name, NEW)
    assert _left(tmp_path) == [name]


@pytest.mark.parametrize("path", ["字" * 100, "file/below.yaml", "file/deep/below.yaml"])
@pytest.mark.parametrize("force", [False, True])
def test_a_place_that_cannot_be_is_one_message(tmp_path: Path, path: str, *, force: bool) -> None:
    (tmp_path / "file").write_bytes(b"old")
    with pytest.raises(CannotRunError, match="was not written"):
        write_file(tmp_path / path, NEW, force=force)
    assert _left(tmp_path) == ["file"]
    assert (tmp_path / "file").read_bytes() == b"old"


@pytest.mark.parametrize("force", [False, True])
def test_a_folder_is_not_taken_for_a_free_name(tmp_path: Path, *, force: bool) -> None:
    (tmp_path / "a.yaml").mkdir()
    with pytest.raises(UsageError, match="is no plain file"):
        write_file(tmp_path / "a.yaml", NEW, force=force)


def test_nothing_is_written_outside_the_root(tmp_path: Path) -> None:
    root, outside = tmp_path / "记 录", tmp_path / "outside"
    (root / "real").mkdir(parents=True)
    outside.mkdir()
    (root / "members").symlink_to(outside, target_is_directory=True)
    (root / "inner").symlink_to("real", target_is_directory=True)
    (tmp_path / "door").symlink_to(root, target_is_directory=True)
    for path in ("members/m001.yaml", "members/deep/m001.yaml", "../outside/a.yaml", "real/../../outside/a.yaml"):
        with pytest.raises(UsageError, match="lies outside"):
            write_file(root / path, NEW, root=root)
    assert _left(outside) == []
    write_file(root / "real" / "a.yaml", NEW, root=root)
    write_file(root / "inner" / "b.yaml", NEW, root=root)
    write_file(tmp_path / "door" / "c.yaml", NEW, root=tmp_path / "door")
    assert _left(root / "real") == ["a.yaml", "b.yaml"]


STEPS = ("mkdir", "open", "write", "fsync", "place", "unlink")
FAULTS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EFBIG, errno.EIO)


def _break(monkeypatch: pytest.MonkeyPatch, step: str, number: int) -> None:
    def fail(*_words: object, **_options: object) -> object:
        raise OSError(number, os.strerror(number))

    if step == "write":
        real = Path.open

        def opened(self: Path, *words: object, **options: object) -> object:
            stream = real(self, *words, **options)  # type: ignore[call-overload]
            return _Torn(stream, fail)

        monkeypatch.setattr(Path, "open", opened)
        return
    places: dict[str, list[tuple[object, str]]] = {
        "mkdir": [(Path, "mkdir")],
        "open": [(Path, "open")],
        "fsync": [(os, "fsync")],
        "place": [(os, "link"), (Path, "replace"), (os, "replace")],
        "unlink": [(Path, "unlink")],
    }
    for owner, name in places[step]:
        monkeypatch.setattr(owner, name, fail)
    monkeypatch.setattr(write, "_PAUSE_SECONDS", 0)


class _Torn:
    """A stream on a disk that is full after three bytes."""

    def __init__(self, stream: object, fail: object) -> None:
        self._stream, self._fail = stream, fail

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_reason: object) -> None:
        self._stream.close()  # type: ignore[attr-defined]

    def fileno(self) -> int:
        return self._stream.fileno()  # type: ignore[attr-defined, no-any-return]

    def write(self, data: bytes) -> None:
        self._stream.write(data[:3])  # type: ignore[attr-defined]
        self._fail()  # type: ignore[operator]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("number", FAULTS, ids=[errno.errorcode[number] for number in FAULTS])
@pytest.mark.parametrize("old", [None, b"old"], ids=["new", "existing"])
def test_each_step_may_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, old: bytes | None
) -> None:
    target = tmp_path / "records" / "a.yaml"
    target.parent.mkdir()
    if old is not None:
        target.write_bytes(old)
    with monkeypatch.context() as patch:
        _break(patch, step, number)
        if step == "unlink":
            write_file(target, NEW, force=old is not None)
        else:
            with pytest.raises(CannotRunError, match="was not written") as caught:
                write_file(target, NEW, force=old is not None)
            assert caught.value.exit_code == 3
    if step == "unlink":
        assert target.read_bytes() == NEW
        return
    assert _left(target.parent) == ([] if old is None else ["a.yaml"])
    assert old is None or target.read_bytes() == old


def test_without_hard_links_the_file_is_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_words: object, **_options: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    write_file(tmp_path / "a.yaml", NEW)
    assert (tmp_path / "a.yaml").read_bytes() == NEW
    assert _left(tmp_path) == ["a.yaml"]


def test_a_file_that_appears_meanwhile_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.yaml"
    real = os.fsync

    def meanwhile(handle: int) -> None:
        real(handle)
        target.write_bytes(b"theirs")

    monkeypatch.setattr(os, "fsync", meanwhile)
    with pytest.raises(UsageError, match="exists already"):
        write_file(target, NEW)
    assert target.read_bytes() == b"theirs"
    assert _left(tmp_path) == ["a.yaml"]


@pytest.mark.parametrize("times", [1, 4, 5])
def test_a_file_held_by_another_program_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    target = tmp_path / "a.yaml"
    target.write_bytes(b"old")
    tries: list[int] = []
    pauses: list[float] = []
    real = Path.replace

    def held(self: Path, aim: Path) -> Path:
        tries.append(1)
        if len(tries) <= times:
            raise PermissionError(errno.EACCES, "in use")
        return real(self, aim)

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr(time, "sleep", pauses.append)
    if times < 5:
        write_file(target, NEW, force=True)
        assert target.read_bytes() == NEW
    else:
        with pytest.raises(CannotRunError, match="was not written"):
            write_file(target, NEW, force=True)
        assert target.read_bytes() == b"old"
    assert sum(pauses) <= 2
    assert _left(tmp_path) == ["a.yaml"]


def test_what_a_killed_run_left_does_not_stop_the_next(tmp_path: Path) -> None:
    """In a container every run has the same process number."""
    stray = tmp_path / f".dangwu-{os.getpid()}-a.yaml.tmp"
    stray.write_bytes(b"torn")
    write_file(tmp_path / "a.yaml", NEW)
    assert (tmp_path / "a.yaml").read_bytes() == NEW


def test_a_limit_on_file_size(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    (tmp_path / "a.yaml").write_bytes(b"old")
    program = (
        "import sys; from pathlib import Path; from dangwu.errors import CannotRunError\n"
        "from dangwu.files.write import write_file\n"
        "try: write_file(Path('a.yaml'), b'x' * 10000, force=True)\n"
        "except CannotRunError as error: print(error.message.arguments[1][1].template)\n"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", program], cwd=tmp_path, preexec_fn=limit, capture_output=True, check=True
    )
    assert done.stdout.strip() == b"the file would be too large"
    assert (tmp_path / "a.yaml").read_bytes() == b"old"
    assert _left(tmp_path) == ["a.yaml"]


def test_a_reader_sees_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    """A writer is killed at moments of chance; what stands is one whole version."""
    target = tmp_path / "a.yaml"
    versions = {letter * 300_000 for letter in (b"a", b"b")}
    target.write_bytes(b"a" * 300_000)
    program = (
        "from pathlib import Path; from dangwu.files.write import write_file\n"
        "print('ready', flush=True)\n"
        "while True:\n"
        "    for letter in (b'b', b'a'): write_file(Path('a.yaml'), letter * 300_000, force=True)\n"
    )
    for turn in range(4):
        with subprocess.Popen([sys.executable, "-c", program], cwd=tmp_path, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            for _ in range(10 + 3 * turn):
                assert target.read_bytes() in versions
            writer.kill()
        assert target.read_bytes() in versions


def test_two_writers_of_one_new_file(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from dangwu.errors import UsageError\n"
        "from dangwu.files.write import write_file\n"
        "won = 0\n"
        "for number in range(60):\n"
        "    try: write_file(Path(f'{number}.yaml'), sys.argv[1].encode()); won += 1\n"
        "    except UsageError: pass\n"
        "print(won)\n"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", program, name], cwd=tmp_path, stdout=subprocess.PIPE) for name in "xy"
    ]
    won = dict(zip("xy", (int(writer.communicate()[0]) for writer in writers), strict=True))
    texts = [(tmp_path / f"{number}.yaml").read_text(encoding="utf-8") for number in range(60)]
    assert {name: texts.count(name) for name in "xy"} == won
    assert len(_left(tmp_path)) == 60

"""The journal of a writing: on disk before the first file is written, so that a killed run can be taken back.

Its process holds a lock on it. Anybody may have written what stands there, so it reaches nothing outside its root.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.errors import CannotRunError
from dangwu.files.leftovers import build_temporary_path
from dangwu.files.lock import try_to_lock
from dangwu.files.os_errors import describe_os_error
from dangwu.model.file_change import FileChange, FileMove, FileStep
from dangwu.model.message import say

if TYPE_CHECKING:
    from pathlib import Path

_SCHEMA = "dangwu/journal/1"
_MAX_BYTES = 256 * 1024 * 1024
_MAX_MODE = 0o777
_HOOK_FOLDER = (".git", "hooks")
_HOOK_NAMES = {"pre-commit", "pre-merge-commit"}
_BINARY_FLAG: int = getattr(os, "O_BINARY", 0)


class Journal(NamedTuple):
    """The command that wrote, and its steps in order."""

    command: str
    steps: tuple[FileStep, ...]


def begin_journal(path: Path, journal: Journal) -> int:
    """Write a journal, whole or not at all; return its handle, which holds the lock until it is closed.

    CannotRunError when there is one, of a running or a killed command, and when the system refuses.
    """
    temporary = build_temporary_path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY_FLAG, 0o600)
        try:
            try_to_lock(handle)
            raw = memoryview(_format_journal(journal))
            while raw:
                raw = raw[os.write(handle, raw) :]
            os.fsync(handle)
            _name_journal(temporary, path)
        except BaseException:
            os.close(handle)
            raise
    except OSError as error:
        raise CannotRunError(
            say("{path} was not written: {reason}.", path=str(path), reason=describe_os_error(error))
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return handle


def _name_journal(temporary: Path, path: Path) -> None:
    """Give a finished journal its name; CannotRunError instead of overwriting."""
    try:
        os.link(temporary, path)
    except FileExistsError as error:
        raise _build_busy_error() from error
    except OSError as error:
        # A file system without hard links.
        if os.path.lexists(path):
            raise _build_busy_error() from error
        temporary.rename(path)


def lock_journal(path: Path) -> int | None:
    """Return a handle that holds the lock of a journal, None without one; CannotRunError where a process holds it."""
    try:
        handle = os.open(path, os.O_RDWR | _BINARY_FLAG)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise CannotRunError(say("{path} cannot be read.", path=str(path))) from error
    if not try_to_lock(handle):
        os.close(handle)
        raise _build_busy_error()
    return handle


def _build_busy_error() -> CannotRunError:
    hint = say("Wait until it has ended, then run the command again.")
    return CannotRunError(say("Another run of dangwu is writing here."), hint)


def read_journal(path: Path) -> Journal | None:
    """Read a journal, None without one; CannotRunError when it is invalid or names a path outside its root."""
    try:
        if not path.is_file() or path.stat().st_size > _MAX_BYTES:
            return None
        raw = path.read_bytes()
    except OSError as error:
        raise CannotRunError(say("{path} cannot be read.", path=str(path))) from error
    try:
        kept: Any = json.loads(raw)
        if kept["schema"] != _SCHEMA or not isinstance(kept["command"], str):
            raise ValueError  # noqa: TRY301 - one handler for every fault of the file
        return Journal(kept["command"], tuple(_parse_step(row) for row in kept["steps"]))
    except (ValueError, TypeError, KeyError, RecursionError, binascii.Error) as error:
        hint = say("See what it is about: git status. Then delete it.")
        raise CannotRunError(say("The journal {path} cannot be read.", path=str(path)), hint) from error


def _format_journal(journal: Journal) -> bytes:
    rows = [
        [step.path, step.target]
        if isinstance(step, FileMove)
        else [step.path, _encode_bytes(step.before), _encode_bytes(step.after), step.mode, step.old_mode]
        for step in journal.steps
    ]
    return json.dumps({"schema": _SCHEMA, "command": journal.command, "steps": rows}, ensure_ascii=False).encode(
        "utf-8", "surrogatepass"
    )


def _parse_step(row: Any) -> FileStep:
    if len(row) == len(FileMove._fields):
        path, target = (_require_safe_path(part) for part in row)
        return FileMove(path, target)
    path, before, after, mode, old_mode = row
    return FileChange(
        _require_safe_path(path), _decode_bytes(before), _decode_bytes(after), _read_mode(mode), _read_mode(old_mode)
    )


def _require_safe_path(path: Any) -> str:
    """Return a path below the root that is not in a git folder, hooks of dangwu's names excepted; ValueError else."""
    if not isinstance(path, str) or any(char in path for char in "\\:\0"):
        raise ValueError
    parts = path.split("/")
    if any(not part.strip(". ") for part in parts):
        raise ValueError
    is_hook = tuple(parts[:-1]) == _HOOK_FOLDER and parts[-1] in _HOOK_NAMES
    # Windows has .git also as git~1, and drops dots and spaces at the end of a name.
    if not is_hook and any(part.casefold().rstrip(". ") in {".git", "git~1"} for part in parts):
        raise ValueError
    return path


def _read_mode(mode: Any) -> int | None:
    if mode is not None and (not isinstance(mode, int) or not 0 <= mode <= _MAX_MODE):
        raise ValueError
    return mode


def _encode_bytes(raw: bytes | None) -> str | None:
    return None if raw is None else base64.b64encode(raw).decode("ascii")


def _decode_bytes(text: Any) -> bytes | None:
    return None if text is None else base64.b64decode(text, validate=True)

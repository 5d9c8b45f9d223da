"""Writing several files in one transaction, with a journal by which the last import can be undone."""

from __future__ import annotations

import base64
import binascii
import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from dangwu.errors import CannotRunError, DangwuError
from dangwu.files.write import describe_os_error, is_inside, write_file
from dangwu.model.import_plan import FileChange
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_JOURNAL_SCHEMA = "dangwu/import-journal/1"
_JOURNAL_PATH = ("dangwu", "last-import.json")
_MAX_BYTES = 256 * 1024 * 1024


def write_changes(root: Path, changes: Sequence[FileChange], git_dir: Path | None) -> None:
    """Write, create and delete files below ``root``; on any error restore those already changed.

    CannotRunError when a file no longer has its ``before`` bytes. With a git directory the old bytes are first saved in
    a journal there, so that the changes can be undone, also after the process was killed.
    """
    for change in changes:
        _refuse_changed_file(root, change)
    journal = git_dir.joinpath(*_JOURNAL_PATH) if git_dir else None
    former = _read_plain_file(journal) if journal else None
    if journal is not None and git_dir is not None:
        write_file(journal, _format_journal(changes), force=True, root=git_dir)
    done: list[FileChange] = []
    try:
        for change in changes:
            _refuse_changed_file(root, change)
            done.append(change)
            _write_or_delete(root, change.path, change.after, force=change.before is not None)
    except (DangwuError, OSError, KeyboardInterrupt):
        restored = [_put_back_file(root, change) for change in reversed(done)]
        # The journal stays as long as it holds bytes that could not be restored.
        if all(restored) and journal is not None and git_dir is not None:
            _write_or_delete(git_dir, "/".join(_JOURNAL_PATH), former, force=True)
        raise


def read_last_import(root: Path, git_dir: Path) -> tuple[FileChange, ...]:
    """Return the changes that undo the last import; CannotRunError without one, or when a file has changed since."""
    changes = []
    for path, before, after in _read_journal(git_dir):
        now = _read_record_bytes(root, path)
        if now not in {before, after}:
            message = say("{path} has changed since the import, so the import cannot be undone.", path=path)
            raise CannotRunError(message, say("See the differences: git diff"))
        if now != before:
            changes.append(FileChange(path, now, before))
    return tuple(changes)


def take_back_import(root: Path, changes: Sequence[FileChange], git_dir: Path) -> None:
    """Write the changes from ``read_last_import``, all or none, and delete the journal."""
    write_changes(root, changes, None)
    with suppress(OSError):
        git_dir.joinpath(*_JOURNAL_PATH).unlink()


def _format_journal(changes: Sequence[FileChange]) -> bytes:
    files = [[change.path, _encode_bytes(change.before), _encode_bytes(change.after)] for change in changes]
    return json.dumps({"schema": _JOURNAL_SCHEMA, "files": files}, ensure_ascii=False).encode()


def _encode_bytes(raw: bytes | None) -> str | None:
    return None if raw is None else base64.b64encode(raw).decode("ascii")


def _read_journal(git_dir: Path) -> list[tuple[str, bytes | None, bytes | None]]:
    """Read the journal as (path, before, after); CannotRunError when it is missing or invalid.

    Anybody may have written it, so only paths of records below the root are accepted.
    """
    raw = _read_plain_file(git_dir.joinpath(*_JOURNAL_PATH))
    if raw is None:
        raise CannotRunError(say("There is no import to undo."))
    try:
        kept: Any = json.loads(raw)
        if kept["schema"] != _JOURNAL_SCHEMA:
            raise ValueError  # noqa: TRY301 - one handler for every fault of the file
        files = [
            (_require_safe_path(path), _decode_bytes(before), _decode_bytes(after))
            for path, before, after in kept["files"]
        ]
    except (ValueError, TypeError, KeyError, RecursionError, binascii.Error) as error:
        raise CannotRunError(say("The journal of the last import cannot be read.")) from error
    return files


def _require_safe_path(path: Any) -> str:
    """Return the path of a record below the root; ValueError for anything else."""
    if not isinstance(path, str) or not path.endswith((".yaml", ".md")) or any(char in path for char in "\\:\0"):
        raise ValueError
    if any(part.startswith(".") or not part for part in path.split("/")):
        raise ValueError
    return path


def _decode_bytes(text: Any) -> bytes | None:
    return None if text is None else base64.b64decode(text, validate=True)


def _write_or_delete(root: Path, path: str, data: bytes | None, *, force: bool) -> None:
    """Write a file, or delete it with the folders that become empty."""
    target = root.joinpath(*path.split("/"))
    if data is not None:
        mode = _read_mode(target)
        write_file(target, data, force=force, root=root)
        if mode is not None:
            # A record that was closed to other users stays closed.
            with suppress(OSError):
                target.chmod(mode)
        return
    if not is_inside(root, target.parent):
        raise CannotRunError(say("{path} lies outside {root}.", path=path, root=str(root)))
    try:
        target.unlink(missing_ok=True)
    except OSError as error:
        raise CannotRunError(
            say("{path} was not deleted: {reason}.", path=path, reason=describe_os_error(error))
        ) from error
    with suppress(OSError):
        for folder in target.parents:
            if folder == root:
                break
            folder.rmdir()


def _refuse_changed_file(root: Path, change: FileChange) -> None:
    """CannotRunError when a file no longer has the bytes it had when it was read."""
    now = _read_record_bytes(root, change.path)
    if now is None and change.before is not None:
        hint = say("If git keeps it off the disk: git sparse-checkout disable, or git update-index --no-skip-worktree.")
        raise CannotRunError(say("{path} is not on the disk, so it cannot be changed.", path=change.path), hint)
    if now != change.before:
        hint = say("Run the command again; nothing has been written.")
        raise CannotRunError(say("{path} has changed in the meantime.", path=change.path), hint)


def _read_mode(path: Path) -> int | None:
    """Return the permission bits of a file, None without one."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        return None


def _put_back_file(root: Path, change: FileChange) -> bool:
    """Restore a file unless somebody else has changed it since; tell whether its bytes are known to be safe."""
    try:
        now = _read_record_bytes(root, change.path)
        if now == change.after:
            _write_or_delete(root, change.path, change.before, force=True)
    except DangwuError:
        return False
    return now in {change.before, change.after}


def _read_record_bytes(root: Path, path: str) -> bytes | None:
    """Return the bytes of a record, None without one; CannotRunError behind a link or when it cannot be read."""
    target = root.joinpath(*path.split("/"))
    # A linked folder is refused inside the root too: its files are no records. os.path asks without raising.
    if any(os.path.islink(folder) for folder in list(target.parents)[: path.count("/")]):  # noqa: PTH114
        hint = say("One of the folders is a link to another place; use the folder itself.")
        raise CannotRunError(say("{path} cannot be read.", path=path), hint)
    if not os.path.lexists(target):
        return None
    raw = _read_plain_file(target)
    if raw is None or target.is_symlink():
        raise CannotRunError(say("{path} cannot be read.", path=path))
    return raw


def _read_plain_file(path: Path | None) -> bytes | None:
    """Return the bytes of a plain file of at most 256 MiB; None when there is none or it cannot be read."""
    try:
        if path is None or not path.is_file() or path.stat().st_size > _MAX_BYTES:
            return None
        return path.read_bytes()
    except OSError:
        return None

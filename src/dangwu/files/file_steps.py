"""The single steps of a transaction: a file is written, deleted or renamed, and that is taken back."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from dangwu.errors import CannotRunError, DangwuError
from dangwu.files.os_errors import describe_os_error
from dangwu.files.write import is_inside, write_file
from dangwu.model.file_change import FileMove
from dangwu.model.message import say

if TYPE_CHECKING:
    from pathlib import Path

    from dangwu.model.file_change import FileChange, FileStep

_MAX_BYTES = 256 * 1024 * 1024


def is_step_done(root: Path, step: FileStep) -> bool:
    """Tell whether a step has been done and stands."""
    if isinstance(step, FileMove):
        return os.path.lexists(root / step.target)
    same_mode = step.mode is None or os.name == "nt" or _read_mode(root / step.path) == step.mode
    try:
        return read_file_bytes(root, step.path) == step.after and (step.after is None or same_mode)
    except DangwuError:
        return False


def add_old_mode(root: Path, step: FileStep) -> FileStep:
    """Return a step with the permissions that its file has now."""
    if isinstance(step, FileMove) or step.before is None:
        return step
    return step._replace(old_mode=_read_mode(root / step.path))


def take_back_step(root: Path, step: FileStep) -> bool:
    """Take a step back unless somebody else has changed the file since; tell whether its bytes are known to be safe."""
    try:
        if isinstance(step, FileMove):
            if os.path.lexists(root / step.target) and not os.path.lexists(root / step.path):
                move_file(root / step.target, root / step.path)
            return True
        now = read_file_bytes(root, step.path)
        if now == step.after:
            write_or_delete(root, step.path, step.before, step.old_mode)
        elif now is None and is_inside(root, root / step.path):
            _remove_empty_folders(root, root / step.path)
    except DangwuError:
        return False
    return now in {step.before, step.after}


def move_file(source: Path, target: Path) -> None:
    """Rename a file with its mode; CannotRunError instead of overwriting, and when the system refuses."""
    try:
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        source.rename(target)
    except OSError as error:
        message = say("{path} was not changed: {reason}.", path=str(source), reason=describe_os_error(error))
        raise CannotRunError(message) from error


def write_or_delete(root: Path, path: str, data: bytes | None, mode: int | None) -> None:
    """Write a file with its permissions, or delete it with the folders that become empty."""
    target = root.joinpath(*path.split("/"))
    if data is not None:
        write_file(target, data, force=True, root=root, mode=mode)
        return
    if not is_inside(root, target.parent):
        raise CannotRunError(say("{path} lies outside {root}.", path=path, root=str(root)))
    try:
        target.unlink(missing_ok=True)
    except OSError as error:
        raise CannotRunError(
            say("{path} was not deleted: {reason}.", path=path, reason=describe_os_error(error))
        ) from error
    _remove_empty_folders(root, target)


def _remove_empty_folders(root: Path, path: Path) -> None:
    """Remove the folders between a root and a path that are empty, as those made for a file that never came."""
    with suppress(OSError):
        for folder in path.parents:
            if folder == root:
                break
            folder.rmdir()


def refuse_changed_file(root: Path, change: FileChange) -> None:
    """CannotRunError when a file no longer has the bytes it had when it was read."""
    now = read_file_bytes(root, change.path)
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


def read_file_bytes(root: Path, path: str) -> bytes | None:
    """Return the bytes of a file, None without one; CannotRunError behind a link or when it cannot be read."""
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


def _read_plain_file(path: Path) -> bytes | None:
    """Return the bytes of a plain file of at most 256 MiB; None when it is none or cannot be read."""
    try:
        if not path.is_file() or path.stat().st_size > _MAX_BYTES:
            return None
        return path.read_bytes()
    except OSError:
        return None

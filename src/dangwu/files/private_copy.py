"""A folder for a copy that must not outlive its command, in the system's folder for temporary files."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from dangwu.files.lock import try_to_lock

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX = "dangwu-"
_LOCK_NAME = ".in-use"
"""The file in the folder that a running command holds locked."""


@contextmanager
def make_private_folder() -> Iterator[Path]:
    """Yield a new folder that only this user can open; it is removed afterwards, with those that killed runs left."""
    import tempfile  # noqa: PLC0415 - a heavy import

    for abandoned in find_abandoned_folders():
        shutil.rmtree(abandoned, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    handle = None
    try:
        handle = os.open(folder / _LOCK_NAME, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try_to_lock(handle)
        yield folder
    finally:
        if handle is not None:
            os.close(handle)
        shutil.rmtree(folder, ignore_errors=True)


def find_temporary_folder() -> Path:
    """Return the system's folder for temporary files."""
    import tempfile  # noqa: PLC0415 - a heavy import

    return Path(tempfile.gettempdir())


def find_abandoned_folders() -> tuple[Path, ...]:
    """Return the folders of this user whose command was killed, by path."""
    found = []
    with suppress(OSError), os.scandir(find_temporary_folder()) as entries:
        found = [
            Path(entry.path)
            for entry in entries
            if entry.name.startswith(_PREFIX) and entry.is_dir(follow_symlinks=False) and _is_abandoned(entry.path)
        ]
    return tuple(sorted(found))


def _is_abandoned(folder: str) -> bool:
    """Tell whether a folder belongs to this user and its lock is free; one without a lock file is somebody else's."""
    try:
        if os.name != "nt" and os.lstat(folder).st_uid != os.getuid():
            return False
        handle = os.open(Path(folder, _LOCK_NAME), os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return False
    try:
        return try_to_lock(handle)
    finally:
        os.close(handle)

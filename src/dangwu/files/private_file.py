"""A small file that only this user can open, in a folder that only this user can open."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from dangwu.files.leftovers import build_temporary_path

if TYPE_CHECKING:
    from pathlib import Path

_FOLDER_MODE, _FILE_MODE = 0o700, 0o600


def write_private_file(path: Path, data: bytes) -> None:
    """Write a file whole, or leave the old one: closed to others from the first byte on. OSError where refused."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(_FOLDER_MODE)
    temporary = build_temporary_path(path)
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), _FILE_MODE)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        temporary.replace(path)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)

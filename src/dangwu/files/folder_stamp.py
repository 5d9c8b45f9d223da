"""Whether anything in a folder changed, told without reading any file: size, time and number of each."""

from __future__ import annotations

import os
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def read_folder_stamp(root: Path) -> bytes:
    """Return what changes when a file below a folder is written, added, removed or renamed; hidden folders are skipped.

    A change of the same size within one tick of the file system's clock, in the same file, is not seen.
    """
    lines: list[str] = []
    folders = [os.fspath(root)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if not entry.name.startswith("."):
                        folders.append(entry.path)
                    continue
                about = entry.stat(follow_symlinks=False)
                lines.append(f"{entry.path}\0{about.st_size}\0{about.st_mtime_ns}\0{about.st_ino}")
    return sha256("\n".join(sorted(lines)).encode("utf-8", "surrogateescape")).digest()

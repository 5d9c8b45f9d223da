"""Temporary files and folders of runs that were killed: they may hold what a record says of a person.

A running command holds a lock on its own, so only what nobody works on any more is found.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from dangwu.files.lock import try_to_lock

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEMPORARY_NAME = re.compile(r"\.dangwu-[0-9a-f]{16}\.tmp", re.ASCII)


def build_temporary_path(path: Path) -> Path:
    """Return a free name beside a path; a random one, since in a container every run has the same process id."""
    return path.with_name(f".dangwu-{os.urandom(8).hex()}.tmp")


def find_leftovers(folder: Path, *, below: bool = True) -> tuple[Path, ...]:
    """Return the temporary files in a folder that no process holds, with ``below`` also of its subfolders, by path.

    Linked folders and folders that cannot be opened are passed over; of a git folder only the one named is looked at.
    """
    return tuple(sorted(path for path in _find_temporary_paths(folder, below=below) if not _is_held(path)))


def remove_leftovers(folder: Path, *, below: bool = True) -> tuple[Path, ...]:
    """Remove what ``find_leftovers`` finds; return what is gone."""
    gone = []
    for path in find_leftovers(folder, below=below):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            try:
                path.unlink()
            except OSError:
                continue
        if not os.path.lexists(path):
            gone.append(path)
    return tuple(gone)


def _find_temporary_paths(folder: Path, *, below: bool) -> Iterator[Path]:
    for here, folders, files in os.walk(folder):
        yield from (Path(here, name) for name in (*files, *folders) if _TEMPORARY_NAME.fullmatch(name))
        folders[:] = [name for name in folders if below and name != ".git" and not _TEMPORARY_NAME.fullmatch(name)]


def _is_held(path: Path) -> bool:
    """Tell whether a process works on a temporary path; links and what cannot be opened count as held."""
    if path.is_symlink():
        return True
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        # Windows opens no folder.
        return not (os.name == "nt" and path.is_dir())
    try:
        return not try_to_lock(handle)
    finally:
        os.close(handle)

"""A folder that is made beside its place and moved there when it is whole: a killed run leaves no part of it."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from dangwu.errors import CannotRunError
from dangwu.files.leftovers import build_temporary_path, remove_leftovers
from dangwu.files.lock import try_to_lock
from dangwu.files.os_errors import describe_os_error
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def build_folder(folder: Path) -> Iterator[Path]:
    """Yield an empty folder beside ``folder``, and put what it holds into ``folder`` afterwards; nothing on an error.

    What killed runs left beside it is removed. CannotRunError when the system refuses.
    """
    remove_leftovers(folder.parent, below=False)
    beside = build_temporary_path(folder)
    handle = None
    try:
        beside.mkdir(parents=True)
        if os.name != "nt":
            handle = os.open(beside, os.O_RDONLY)
            try_to_lock(handle)
        yield beside
        _put_into_place(beside, folder)
    except OSError as error:
        raise CannotRunError(
            say("{path} was not written: {reason}.", path=str(folder), reason=describe_os_error(error))
        ) from error
    finally:
        if handle is not None:
            os.close(handle)
        remove_folder(beside)


def remove_folder(folder: Path) -> None:
    """Remove a folder that this run has made; what cannot be removed stays."""
    if os.path.lexists(folder):
        shutil.rmtree(folder, ignore_errors=True)


def _put_into_place(beside: Path, folder: Path) -> None:
    if not os.path.lexists(folder):
        beside.rename(folder)
        return
    # Somebody may stand in the folder, so that it is kept, and only filled.
    moved: list[Path] = []
    try:
        for path in sorted(beside.iterdir()):
            if os.path.lexists(folder / path.name):
                path.unlink()
                continue
            path.rename(folder / path.name)
            moved.append(path)
    except BaseException:
        for path in reversed(moved):
            with suppress(OSError):
                (folder / path.name).rename(path)
        raise

"""Atomic writing of a file, which overwrites only on request and never leaves the given root."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from dangwu.errors import CannotRunError, UsageError
from dangwu.files.leftovers import build_temporary_path
from dangwu.files.lock import try_to_lock
from dangwu.files.os_errors import describe_os_error
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dangwu.model.message import Text

_MAX_TRIES = 5
_PAUSE_SECONDS = 0.4
_GIT_FOLDER = ".git"


def write_file(
    path: Path,
    data: bytes,
    *,
    force: bool = False,
    root: Path | None = None,
    hint: Text | None = None,
    mode: int | None = None,
) -> None:
    """Write a temporary file in the same folder and move it into place; create missing folders.

    The file gets the permissions of the one it replaces, so that a closed record stays closed, or those of ``mode``.

    UsageError when the file exists and ``force`` is not given (with ``hint``), when something other than a plain file
    is there, and when the path lies outside ``root``, also through a linked folder. CannotRunError, with the old file
    untouched, when the system refuses.
    """
    # os.path asks without raising; what the system refuses later is reported below.
    present, plain = os.path.lexists(path), os.path.isfile(path) and not os.path.islink(path)  # noqa: PTH113, PTH114
    if present and not plain:
        raise UsageError(say("{path} is no plain file.", path=str(path)), say("Choose another name."))
    if present and not force:
        raise UsageError(say("{path} exists already.", path=str(path)), hint or say("Edit it, or choose another name."))
    if root is not None and not is_inside(root, path):
        hint = say("One of the folders is a link to another place; use the folder itself.")
        raise UsageError(say("{path} lies outside {root}.", path=str(path), root=str(root)), hint)
    temporary = build_temporary_path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        kept_mode = _read_mode(path) if mode is None and plain else mode
        with temporary.open("xb") as stream:
            # Whoever looks for leftovers of killed runs sees that this one is alive.
            try_to_lock(stream.fileno())
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
            if kept_mode is not None:
                _set_mode(temporary, kept_mode)
            if os.name != "nt":
                _move_into_place(temporary, path, force=force)
        if os.name == "nt":
            # There no open file can be renamed.
            _move_into_place(temporary, path, force=force)
    except OSError as error:
        raise CannotRunError(
            say("{path} was not written: {reason}.", path=str(path), reason=describe_os_error(error))
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def refuse_closed_place(path: Path, closed: Iterable[Path]) -> None:
    """UsageError when a path is one of ``closed``, lies in one, or lies in a ``.git`` folder.

    Links are followed, and case is ignored, as some file systems do.
    """
    real = Path(os.path.realpath(path).casefold())
    if _GIT_FOLDER in real.parts or any(real.is_relative_to(os.path.realpath(other).casefold()) for other in closed):
        hint = say("Choose a place outside the records.")
        raise UsageError(say("{path} lies among the records.", path=str(path)), hint)


def is_inside(root: Path, path: Path) -> bool:
    """Tell whether a path lies in a folder, with links followed."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def _read_mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def _set_mode(path: Path, mode: int) -> None:
    """Set permission bits; a file system without them is no reason to stop."""
    with suppress(OSError):
        path.chmod(mode)


def _move_into_place(temporary: Path, path: Path, *, force: bool) -> None:
    """Move a finished file into place; without ``force`` by a hard link, which never overwrites."""
    if not force:
        try:
            os.link(temporary, path)
        except FileExistsError:
            raise UsageError(say("{path} exists already.", path=str(path))) from None
        except OSError:
            # A file system without hard links; the name was free when write_file looked.
            _replace_file(temporary, path)
        return
    _replace_file(temporary, path)


def _replace_file(temporary: Path, path: Path) -> None:
    """Replace a file; try up to five times where Windows says that another program holds it."""
    for attempt in range(_MAX_TRIES):
        try:
            temporary.replace(path)
        except PermissionError:
            if attempt == _MAX_TRIES - 1:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return

"""The bytes of a sheet that somebody wants imported."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from dangwu.errors import CannotRunError
from dangwu.files.write import describe_os_error
from dangwu.model.archive_safety import MAX_ARCHIVE_BYTES
from dangwu.model.message import say

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO


def read_sheet(path: Path) -> bytes:
    """Return the bytes of a plain file of at most 20 MB; CannotRunError when it is none, or closed to us."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError as error:
        raise CannotRunError(say("There is no file {path}.", path=str(path))) from error
    except OSError as error:
        hint = say("If it is open in Excel or WPS, close it there.")
        closed = isinstance(error, PermissionError)
        why = say("it is closed to you, or another program holds it") if closed else describe_os_error(error)
        raise CannotRunError(say("{path} cannot be read: {reason}.", path=str(path), reason=why), hint) from error
    facts = os.fstat(handle)
    if not stat.S_ISREG(facts.st_mode):
        # Asked before a stream is made of it: of a folder none can be.
        os.close(handle)
        raise CannotRunError(say("{path} is no file.", path=str(path)))
    with os.fdopen(handle, "rb") as stream:
        if facts.st_size > MAX_ARCHIVE_BYTES:
            raise _build_size_error(str(path))
        return stream.read(MAX_ARCHIVE_BYTES + 1)


def read_piped_sheet(stream: BinaryIO) -> tuple[str, bytes]:
    """Return what is piped in, with a name that says what it is; CannotRunError when it is more than 20 MB."""
    raw = stream.read(MAX_ARCHIVE_BYTES + 1)
    if len(raw) > MAX_ARCHIVE_BYTES:
        raise _build_size_error("-")
    return "stdin.xlsx" if raw.startswith(b"PK") else "stdin.csv", raw


def _build_size_error(name: str) -> CannotRunError:
    message = say("{path} has more than {limit} MB.", path=name, limit=MAX_ARCHIVE_BYTES >> 20)
    return CannotRunError(message, say("Keep only the list in it, without pictures."))

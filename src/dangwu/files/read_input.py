"""Reading of a spreadsheet or template given by the user."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from dangwu.errors import CannotRunError
from dangwu.files.os_errors import describe_os_error
from dangwu.model.archive_safety import MAX_ARCHIVE_BYTES
from dangwu.model.message import say

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO


def read_sheet(path: Path) -> bytes:
    """Return the bytes of a plain file of at most 20 MB; CannotRunError when it is missing, larger or not readable."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError as error:
        raise CannotRunError(say("There is no file {path}.", path=str(path))) from error
    except OSError as error:
        hint = say("If it is open in Excel or WPS, close it there.")
        refused = isinstance(error, PermissionError)
        reason = say("you may not read it, or another program has it open") if refused else describe_os_error(error)
        raise CannotRunError(say("{path} cannot be read: {reason}.", path=str(path), reason=reason), hint) from error
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        # Before fdopen, which raises for a folder.
        os.close(handle)
        raise CannotRunError(say("{path} is no file.", path=str(path)))
    with os.fdopen(handle, "rb") as stream:
        if status.st_size > MAX_ARCHIVE_BYTES:
            raise _build_size_error(str(path))
        return stream.read(MAX_ARCHIVE_BYTES + 1)


def read_piped_sheet(stream: BinaryIO) -> tuple[str, bytes]:
    """Return the bytes from standard input and a file name with their type; CannotRunError above 20 MB."""
    raw = stream.read(MAX_ARCHIVE_BYTES + 1)
    if len(raw) > MAX_ARCHIVE_BYTES:
        raise _build_size_error("-")
    return "stdin.xlsx" if raw.startswith(b"PK") else "stdin.csv", raw


def _build_size_error(name: str) -> CannotRunError:
    message = say("{path} has more than {limit} MB.", path=name, limit=MAX_ARCHIVE_BYTES >> 20)
    return CannotRunError(message, say("Keep only the list in it, without pictures."))

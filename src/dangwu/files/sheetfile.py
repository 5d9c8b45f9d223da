"""The bytes of a sheet that somebody wants imported."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from dangwu.errors import CannotRunError
from dangwu.files.write import reason
from dangwu.model.text import say

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 20 * 1024 * 1024


def read_sheet(path: Path) -> bytes:
    """Return the bytes of a plain file of at most 20 MB; CannotRunError when it is none, or closed to us."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError as error:
        raise CannotRunError(say("There is no file {path}.", path=str(path))) from error
    except OSError as error:
        hint = say("If it is open in Excel or WPS, close it there.")
        raise CannotRunError(
            say("{path} cannot be read: {reason}.", path=str(path), reason=reason(error)), hint
        ) from error
    facts = os.fstat(handle)
    if not stat.S_ISREG(facts.st_mode):
        # Asked before a stream is made of it: of a folder none can be.
        os.close(handle)
        raise CannotRunError(say("{path} is no file.", path=str(path)))
    with os.fdopen(handle, "rb") as stream:
        if facts.st_size > MAX_BYTES:
            message = say("{path} has more than {limit} MB.", path=str(path), limit=MAX_BYTES >> 20)
            raise CannotRunError(message, say("Keep only the list in it, without pictures."))
        return stream.read(MAX_BYTES + 1)

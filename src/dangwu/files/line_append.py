"""Adding a line to a text file in the file's own encoding and line ends; what is there stays byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.errors import CannotRunError
from dangwu.files.os_errors import describe_os_error
from dangwu.files.write import write_file
from dangwu.model.message import say

if TYPE_CHECKING:
    from pathlib import Path

_MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def read_lines_file(path: Path) -> bytes | None:
    """Return the whole of a file, None where there is none; CannotRunError where it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        reason = describe_os_error(error)
        raise CannotRunError(say("{path} cannot be read: {reason}.", path=str(path), reason=reason)) from error


def append_line(path: Path, before: bytes | None, line: str) -> None:
    """Add a line behind the bytes that a file has; create the file where there is none.

    CannotRunError when the file changed since, or cannot be written.
    """
    encoding = detect_line_encoding(before or b"")
    text = (before or b"").decode(encoding, "replace")
    end = "\r\n" if "\r\n" in text else "\n"
    joint = "" if not text.strip("\ufeff") or text.endswith("\n") else end
    if read_lines_file(path) != before:
        raise CannotRunError(say("{path} was changed meanwhile.", path=str(path)), say("Try again."))
    write_file(path, (before or b"") + f"{joint}{line}{end}".encode(encoding), force=before is not None)


def detect_line_encoding(raw: bytes) -> str:
    """Return the encoding in which a shell or an editor saved a file: UTF-8, UTF-16 or GB18030."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return encoding
    # Lines of such a file begin with ASCII.
    if 0 in raw[:2]:
        return "utf-16-le" if raw[0] else "utf-16-be"
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"

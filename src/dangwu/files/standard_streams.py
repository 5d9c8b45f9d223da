"""Standard input, output and error: writing that the system refuses is one message, not a fault of dangwu."""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress
from typing import Any

from dangwu.errors import DangwuError, OutputError, ReaderGoneError
from dangwu.files.os_errors import describe_os_error
from dangwu.model.message import say

_STDOUT, _STDERR = 1, 2
# What is closed gets no place to write to: output is refused, messages are dropped as the caller has asked for.
_MODES_OF_CLOSED = ((0, "stdin", os.O_RDONLY), (_STDOUT, "stdout", os.O_RDONLY), (_STDERR, "stderr", os.O_WRONLY))
_GONE = {errno.EPIPE, errno.ESHUTDOWN, *([errno.EINVAL] if os.name == "nt" else [])}
"""Windows reports a closed pipe as an invalid argument."""


class _GuardedFile(io.FileIO):
    """An open file whose refusals to be written are errors of dangwu."""

    def write(self, data: Any, /) -> int | None:  # type: ignore[override]
        try:
            return super().write(data)
        except OSError as error:
            raise describe_refused_output(error) from error


def describe_refused_output(error: OSError) -> OutputError | ReaderGoneError:
    """Return the error for output that the system refused: the reader has gone, or the reason in words."""
    if error.errno in _GONE:
        return ReaderGoneError(say("The reader of the output has gone."))
    return OutputError(say("The output was not written: {reason}.", reason=describe_os_error(error)))


def prepare_streams() -> None:
    """Set UTF-8 for all output, also on a Chinese Windows, where pipes default to GBK; guard what is no terminal."""
    for number, name, flags in _MODES_OF_CLOSED:
        if getattr(sys, name) is None:
            _open_nowhere(number, flags)
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - open as long as the process lives
    sys.stdout, sys.stderr = _guard(sys.stdout, _STDOUT), _guard(sys.stderr, _STDERR)


def _open_nowhere(number: int, flags: int) -> None:
    """Open the null device at the number of a closed stream, which a file could otherwise get."""
    try:
        os.fstat(number)
    except OSError:
        handle = os.open(os.devnull, flags)
        if handle != number:
            os.dup2(handle, number)
            os.close(handle)


def _guard(stream: Any, number: int) -> Any:
    if stream is not None:
        with suppress(OSError, AttributeError):
            if stream.isatty() or stream.fileno() != number:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
                return stream
            stream.flush()
        if not hasattr(stream, "reconfigure"):
            # A test or another program has put something in its place.
            return stream
    raw = io.BufferedWriter(_GuardedFile(number, "w", closefd=False))
    return io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace", line_buffering=number == _STDERR)


def read_terminal_columns() -> int:
    """Return the columns of the terminal, of ``COLUMNS`` where it is set, 80 where there is none."""
    from shutil import get_terminal_size  # noqa: PLC0415 - it loads what unpacks archives

    return get_terminal_size().columns


def flush_output() -> None:
    """Write what is still in memory; OutputError or ReaderGoneError when the system refuses."""
    try:
        sys.stdout.flush()
    except OSError as error:
        raise describe_refused_output(error) from error


def drop_refused_output() -> None:
    """Turn what cannot be written to nowhere, since Python would try again, and report, when it ends."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, DangwuError):
            with suppress(OSError, ValueError):
                handle = os.open(os.devnull, os.O_WRONLY)
                os.dup2(handle, stream.fileno())
                os.close(handle)

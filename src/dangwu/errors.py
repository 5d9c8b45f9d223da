"""Errors that stop a command, each with an exit code. Problems in the records are findings, not errors."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dangwu.model.message import Text


class ExitCode(IntEnum):
    """The exit codes of all commands."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    CANNOT_RUN = 3
    FAULT = 4
    INTERRUPTED = 130
    READER_GONE = 141


class DangwuError(Exception):
    """The base of all errors: a message, a hint on the next step, and the exit code."""

    exit_code = ExitCode.FAULT

    def __init__(self, message: Text, hint: Text | None = None) -> None:
        super().__init__(message.template)
        self.message = message
        self.hint = hint


class CannotRunError(DangwuError):
    """The surroundings do not allow the command: no repository, an unreadable file, a newer record version."""

    exit_code = ExitCode.CANNOT_RUN


class OutputError(CannotRunError):
    """What the command found cannot be written to standard output, or a message to standard error."""


class ReaderGoneError(DangwuError):
    """Who reads the output has closed it, as ``head`` does; like other programs dangwu ends without a word."""

    exit_code = ExitCode.READER_GONE


class NoCommitsError(CannotRunError):
    """The repository has no commits yet."""


class UsageError(DangwuError):
    """The arguments of the command are invalid."""

    exit_code = ExitCode.USAGE

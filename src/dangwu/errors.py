"""The tool cannot go on. Never a problem in the data: those are findings."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dangwu.model.message import Text


class ExitCode(IntEnum):
    """Exit codes of every command (design, section 5)."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    CANNOT_RUN = 3
    FAULT = 4
    INTERRUPTED = 130


class DangwuError(Exception):
    """Base of the two errors below: one message with its next step, and the exit code to leave with."""

    exit_code = ExitCode.FAULT

    def __init__(self, message: Text, hint: Text | None = None) -> None:
        super().__init__(message.template)
        self.message = message
        self.hint = hint


class CannotRunError(DangwuError):
    """The surroundings do not allow the command: no repository, no such revision, a newer record version."""

    exit_code = ExitCode.CANNOT_RUN


class NoCommitsError(CannotRunError):
    """The repository has no commits yet."""


class UsageError(DangwuError):
    """The command was given words it cannot use."""

    exit_code = ExitCode.USAGE

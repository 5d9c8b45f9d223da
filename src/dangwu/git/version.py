"""The version of git."""

from __future__ import annotations

import re

from dangwu.errors import CannotRunError
from dangwu.git import plumbing


def read_git_version() -> tuple[int, ...] | None:
    """Return git's version as numbers, as in (2, 39, 5); None where git is not installed."""
    from pathlib import Path  # noqa: PLC0415

    try:
        answer = plumbing.run_git(Path(), "version")
    except CannotRunError:
        return None
    found = re.search(rb"(\d+)\.(\d+)(?:\.(\d+))?", answer.out)
    return tuple(int(part) for part in found.groups(b"0")) if found else None

"""Facts about the surroundings, for ``dangwu doctor``."""

from __future__ import annotations

import re
from pathlib import Path

from dangwu.errors import CannotRunError
from dangwu.files.peek import read_file_if_any
from dangwu.git import plumbing


def read_git_version() -> tuple[int, ...] | None:
    """Return git's version, None where there is no git."""
    try:
        answer = plumbing.run_git(Path(), "version")
    except CannotRunError:
        return None
    found = re.search(rb"(\d+)\.(\d+)(?:\.(\d+))?", answer.out)
    return tuple(int(part) for part in found.groups(b"0")) if found else None


def differs_on_disk(path: Path, data: bytes) -> bool:
    """Tell whether a file is missing or has other bytes."""
    return read_file_if_any(path) != data

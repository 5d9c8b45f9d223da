"""Facts about the surroundings, for ``dangwu doctor``."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from dangwu.errors import CannotRunError
from dangwu.files import git
from dangwu.files.text import read_text_if_any

if TYPE_CHECKING:
    from dangwu.files.repository import Repository


def git_version() -> tuple[int, ...] | None:
    """Return git's version, None where there is no git."""
    try:
        answer = git.ask(Path(), "version")
    except CannotRunError:
        return None
    found = re.search(rb"(\d+)\.(\d+)(?:\.(\d+))?", answer.out)
    return tuple(int(part) for part in found.groups(b"0")) if found else None


def hook_installed(repository: Repository) -> bool:
    """Tell whether a pre-commit hook that calls dangwu is where this repository's hooks are."""
    # Only read; nothing is run from it. The last value is our own, which keeps hooks from running.
    answer = git.ask(repository.folder, "config", "-z", "--type=path", "--get-all", "core.hooksPath")
    named = [os.fsdecode(value) for value in answer.out.split(b"\0")[:-2]]
    hook = _hooks(repository, named[-1] if named else None) / "pre-commit"
    runs = os.name == "nt" or os.access(hook, os.X_OK)
    return runs and b"dangwu" in (read_text_if_any(hook) or b"")


def _hooks(repository: Repository, named: str | None) -> Path:
    """Return the folder of the hooks; git takes a relative ``core.hooksPath`` from the top of the work tree."""
    asked = "--show-toplevel" if named is not None and not repository.bare else "--git-common-dir"
    answer = git.read(repository.folder, "rev-parse", asked).removesuffix(b"\n")
    return repository.folder / os.fsdecode(answer) / ("hooks" if named is None else named)


def differs(path: Path, data: bytes) -> bool:
    """Tell whether a file is missing or has other bytes."""
    return read_text_if_any(path) != data

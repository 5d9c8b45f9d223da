"""Facts about the surroundings, for ``dangwu doctor``."""

from __future__ import annotations

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
    # The hardened options hide core.hooksPath; here it is only read, and nothing is run from it.
    answer = git.ask(repository.folder, "config", "--local", "--get", "core.hooksPath")
    named = answer.out.decode("utf-8", "surrogateescape").rstrip("\n") if not answer.code else ""
    common = git.read(repository.folder, "rev-parse", "--git-common-dir").rstrip(b"\n")
    hooks = repository.folder / (named or Path(common.decode("utf-8", "surrogateescape")) / "hooks")
    return b"dangwu" in (read_text_if_any(hooks / "pre-commit") or b"")


def differs(path: Path, data: bytes) -> bool:
    """Tell whether a file is missing or has other bytes."""
    return read_text_if_any(path) != data

"""Where the journal of a transaction stands; asked by every command, so it imports next to nothing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

JOURNAL_PATH = ("dangwu", "unfinished.json")
PLAIN_JOURNAL = ".dangwu-journal.tmp"
"""The journal of a record root without git; the name is one that the records' .gitignore has."""


def choose_journal(root: Path, git_dir: Path | None) -> Path:
    """Return where the journal of a record root stands: in the git directory, without one in the root itself."""
    return git_dir.joinpath(*JOURNAL_PATH) if git_dir else root / PLAIN_JOURNAL


def find_journal_near(root: Path) -> Path | None:
    """Return the journal of a run that was broken off or is running, without asking git; None without one."""
    top = next((folder for folder in (root, *root.parents) if os.path.lexists(folder / ".git")), root)
    places = (choose_journal(root, None), choose_journal(root, top / ".git"))
    return next((place for place in places if os.path.lexists(place)), None)

"""A work tree of which git keeps a part off the disk: a sparse checkout, or the skip-worktree flag."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dangwu.errors import CannotRunError
from dangwu.git import plumbing
from dangwu.git.index_tree import IndexTree
from dangwu.git.repository import require_repository
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dangwu.git.repository import RecordRoot, Repository
    from dangwu.model.tree import Tree, TreeEntry

_INDEX_MAGIC = b"DIRC"
_FIRST_FLAGGED_VERSION = 3
"""Entries of the index have the flag from this version on (gitformat-index(5))."""
_SKIPPED = b"S "


class PartialWorkTree:
    """The files on disk, and from the index those that git keeps off the disk."""

    label: str | None = None

    def __init__(self, disk: Tree, repository: Repository) -> None:
        self._disk = disk
        self._repository = repository
        self._index = IndexTree(repository)
        self._absent: dict[str, TreeEntry] | None = None

    def entries(self) -> tuple[TreeEntry, ...]:
        """List the files of both, by path; one that is on disk after all counts as it is there."""
        shown = self._disk.entries()
        return tuple(sorted((*shown, *self._find_absent().values()), key=lambda entry: entry.path))

    def read(self, entries: Iterable[TreeEntry]) -> Iterator[tuple[TreeEntry, bytes | None]]:
        """Yield the bytes of many files, those of the index from one process."""
        listed, absent = list(entries), self._find_absent()
        stored = self._index.read([entry for entry in listed if entry.path in absent])
        shown = self._disk.read([entry for entry in listed if entry.path not in absent])
        yield from (next(stored if entry.path in absent else shown) for entry in listed)

    def _find_absent(self) -> dict[str, TreeEntry]:
        if self._absent is None:
            skipped = _list_skipped_paths(self._repository)
            on_disk = {entry.path for entry in self._disk.entries()}
            self._absent = {
                entry.path: entry
                for entry in (self._index.entries() if skipped - on_disk else ())
                if entry.path in skipped and entry.path not in on_disk
            }
        return self._absent


def open_partial_work_tree(disk: Tree, location: RecordRoot) -> Tree:
    """Return a work tree with what git keeps off the disk; CannotRunError when git cannot say what that is.

    Git runs only where the index can have such files.
    """
    if not _may_skip_files(location.root):
        return disk
    try:
        return PartialWorkTree(disk, require_repository(location))
    except CannotRunError as error:
        message = say("Git may keep records off the disk, and cannot say which. {trouble}", trouble=error.message)
        raise CannotRunError(message, error.hint) from error


def _list_skipped_paths(repository: Repository) -> set[str]:
    """Return the paths below the record root with the skip-worktree flag."""
    out = plumbing.read_git_output(repository.folder, "ls-files", "-t", "-z", "--full-name", "--", ".")
    names = (line.removeprefix(_SKIPPED) for line in out.split(b"\0") if line.startswith(_SKIPPED))
    return {name.decode("utf-8", "surrogateescape").removeprefix(repository.prefix) for name in names}


def _may_skip_files(root: Path) -> bool:
    """Tell whether the index around a folder can have files that are not to be on disk."""
    git_dir = _find_git_dir(os.fspath(root))
    if git_dir is None:
        return False
    try:
        shared = any(name.startswith("sharedindex.") for name in os.listdir(git_dir))  # noqa: PTH208
        with open(os.path.join(git_dir, "index"), "rb") as stream:  # noqa: PTH118, PTH123
            head = stream.read(8)
    except OSError:
        return False
    return shared or (head[:4] == _INDEX_MAGIC and int.from_bytes(head[4:], "big") >= _FIRST_FLAGGED_VERSION)


def _find_git_dir(folder: str) -> str | None:
    """Return the git directory for a folder without running git: ``.git``, or what a file of that name points to."""
    while True:
        here = os.path.join(folder, ".git")  # noqa: PTH118
        if os.path.isdir(here):  # noqa: PTH112
            return here
        if os.path.isfile(here):  # noqa: PTH113
            return _read_pointer(here)
        above = os.path.dirname(folder)  # noqa: PTH120
        if above == folder:
            return None
        folder = above


def _read_pointer(file: str) -> str | None:
    """Return the folder that a ``.git`` file names (gitrepository-layout(5)); None for another file."""
    try:
        with open(file, "rb") as stream:  # noqa: PTH123
            words = os.fsdecode(stream.read(4096)).strip()
    except OSError:
        return None
    named = words.removeprefix("gitdir: ")
    return os.path.join(os.path.dirname(file), named) if named != words else None  # noqa: PTH118, PTH120

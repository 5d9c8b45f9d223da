"""A commit as a tree of files, read from git objects without a checkout."""

from __future__ import annotations

from posixpath import normpath
from typing import TYPE_CHECKING

from dangwu.git import plumbing
from dangwu.git.blobs import read_blobs
from dangwu.model.tree import TreeEntry, find_submodule_ids, may_be_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dangwu.git.repository import Repository


class CommitTree:
    """The files of one commit; ``label`` is its full id."""

    def __init__(self, repository: Repository, commit: str) -> None:
        self._repository = repository
        self.label: str | None = commit

    def entries(self) -> tuple[TreeEntry, ...]:
        """List the files below the record root."""
        prefix = self._repository.prefix
        arguments = ["ls-tree", "-r", "-z", "-l", "--full-tree", str(self.label)]
        out = plumbing.read_git_output(self._repository.folder, *arguments, *(["--", prefix] if prefix else []))
        return tuple(sorted(_parse_entries(out, prefix), key=lambda entry: entry.path))

    def list_all_files(self) -> dict[str, tuple[str, str]]:
        """Return blob id and mode of every file of the commit by its path from the top; hidden files too."""
        out = plumbing.read_git_output(self._repository.folder, "ls-tree", "-r", "-z", "--full-tree", str(self.label))
        files = {}
        for line in out.split(b"\0")[:-1]:
            facts, _, name = line.partition(b"\t")
            mode, _kind, blob = facts.decode().split()
            files[name.decode("utf-8", "surrogateescape")] = (blob, mode)
        return files

    def read(self, entries: Iterable[TreeEntry]) -> Iterator[tuple[TreeEntry, bytes | None]]:
        """Yield the bytes of many files from one process."""
        listed = list(entries)
        raws = read_blobs(
            self._repository.folder, (entry.blob for entry in listed), elsewhere=find_submodule_ids(listed)
        )
        yield from zip(listed, raws, strict=True)


def find_files(repository: Repository, commit: str, paths: Iterable[str]) -> dict[str, str]:
    """Return the blob ids of those of several paths that a commit has; they are relative to the record root."""
    full = {normpath(f"{repository.prefix}{path}"): path for path in paths}
    out = plumbing.read_git_output(repository.folder, "ls-tree", "-z", "--full-tree", commit, "--", *full)
    rows = (line.partition(b"\t") for line in out.split(b"\0")[:-1])
    found = {name.decode("utf-8", "surrogateescape"): facts.decode().split()[2] for facts, _, name in rows}
    return {path: found[name] for name, path in full.items() if name in found}


def _parse_entries(out: bytes, prefix: str) -> Iterator[TreeEntry]:
    """Yield the entries below the record root from the output of ``git ls-tree -r -l -z``."""
    for line in out.split(b"\0")[:-1]:
        facts, _, name = line.partition(b"\t")
        mode, _kind, blob, size = facts.decode().split()
        path = name.decode("utf-8", "surrogateescape").removeprefix(prefix)
        if may_be_record(path, mode):
            yield TreeEntry(path, blob, int(size) if size.isdigit() else 0, mode)

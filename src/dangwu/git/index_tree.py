"""The index as a tree: what a commit would record."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from dangwu.git import plumbing
from dangwu.model.tree import UNMERGED_MODE, TreeEntry, find_submodule_ids, may_be_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dangwu.git.repository import Repository

_INTENT_TO_ADD = 1 << 29
_FLAGS_LINE = re.compile(rb"flags: ([0-9a-f]+)\n")


class IndexTree:
    """The staged records. In a hook the index that git names there is read, not the usual one."""

    label: str | None = "index"

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._extra = _find_index_file(repository)

    def entries(self) -> tuple[TreeEntry, ...]:
        """List what is staged below the record root; a file only announced with ``add -N`` is not.

        Of an unmerged file, whatever it is, only the path is known: no version of it stands for a commit yet.
        """
        folder, prefix = self._repository.folder, self._repository.prefix
        out = plumbing.read_git_output(folder, "ls-files", "-s", "-z", "--full-name", "--", ".", extra=self._extra)
        announced = self._announced()
        listed, unmerged = [], set()
        for line in out.split(b"\0")[:-1]:
            facts, _, name = line.partition(b"\t")
            mode, blob, stage = facts.decode().split()
            path = name.decode("utf-8", "surrogateescape").removeprefix(prefix)
            if stage != "0":
                unmerged.add(path)
            elif path not in announced and may_be_record(path, mode):
                listed.append((path, blob, mode))
        sizes = _read_sizes(folder, [blob for _, blob, _ in listed])
        entries = [TreeEntry(path, blob, sizes.get(blob, 0), mode) for path, blob, mode in listed]
        entries += [TreeEntry(path, "", 0, UNMERGED_MODE) for path in unmerged]
        return tuple(sorted(entries, key=lambda entry: entry.path))

    def read(self, entries: Iterable[TreeEntry]) -> Iterator[tuple[TreeEntry, bytes | None]]:
        """Yield the bytes of many files from one process."""
        listed = list(entries)
        wanted = (each.blob for each in listed if each.blob)
        found = plumbing.read_blobs(self._repository.folder, wanted, elsewhere=find_submodule_ids(listed))
        yield from ((each, next(found) if each.blob else None) for each in listed)

    def _announced(self) -> set[str]:
        """Return the paths with the intent-to-add flag, which ``ls-files`` shows only in its debug form."""
        folder, prefix = self._repository.folder, self._repository.prefix
        out = plumbing.read_git_output(folder, "ls-files", "--debug", "-z", "--full-name", "--", ".", extra=self._extra)
        found = set()
        # With -z a record is the path, NUL, then lines of facts that end with the flags.
        name, *parts = out.split(b"\0")
        for part in parts:
            flags = _FLAGS_LINE.search(part)
            if flags and int(flags[1], 16) & _INTENT_TO_ADD:
                found.add(name.decode("utf-8", "surrogateescape").removeprefix(prefix))
            name = part[flags.end() :] if flags else part
        return found


def _read_sizes(folder: Path, ids: list[str]) -> dict[str, int]:
    """Return the size of each object, from one process."""
    asked = "".join(f"{id_}\n" for id_ in ids).encode()
    out = plumbing.read_git_output(folder, "cat-file", "--batch-check", "--buffer", data=asked)
    answers = (line.split() for line in out.splitlines())
    return {parts[0].decode(): int(parts[2]) for parts in answers if parts[-1] != b"missing"}


def _find_index_file(repository: Repository) -> dict[str, str]:
    """Honour GIT_INDEX_FILE of a hook, relative to where git started it, unless it is another repository's index.

    It may lie anywhere: who commits with an index prepared in a temporary folder is to be judged by that one.
    """
    named = os.environ.get("GIT_INDEX_FILE")
    if not named:
        return {}
    path = Path(named).resolve()
    # Every git directory has a HEAD; that of a linked work tree too.
    foreign = path.parent != repository.git_dir.resolve() and os.path.lexists(path.parent / "HEAD")
    return {} if foreign else {"GIT_INDEX_FILE": str(path)}

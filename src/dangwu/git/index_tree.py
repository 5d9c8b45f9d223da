"""The index as a tree of files: the content of the next commit."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from dangwu.git import plumbing
from dangwu.git.blobs import read_blobs
from dangwu.model.tree import UNMERGED_MODE, TreeEntry, find_submodule_ids, may_be_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dangwu.git.repository import Repository

_INTENT_TO_ADD = 1 << 29
_FLAGS_LINE = re.compile(rb"flags: ([0-9a-f]+)\n")


class IndexTree:
    """The staged files; in a hook those of the index in GIT_INDEX_FILE."""

    label: str | None = "index"

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._extra = _find_index_file(repository)

    def entries(self) -> tuple[TreeEntry, ...]:
        """List the staged files below the record root, without those only marked by ``add -N``.

        Every unmerged file is listed too, without a blob id: none of its versions is staged yet.
        """
        folder, prefix = self._repository.folder, self._repository.prefix
        out = plumbing.read_git_output(folder, "ls-files", "-s", "-z", "--full-name", "--", ".", extra=self._extra)
        intended = self._find_intended()
        listed, unmerged = [], set()
        for line in out.split(b"\0")[:-1]:
            facts, _, name = line.partition(b"\t")
            mode, blob, stage = facts.decode().split()
            path = name.decode("utf-8", "surrogateescape").removeprefix(prefix)
            if stage != "0":
                unmerged.add(path)
            elif path not in intended and may_be_record(path, mode):
                listed.append((path, blob, mode))
        sizes = _read_sizes(folder, [blob for _, blob, _ in listed])
        entries = [TreeEntry(path, blob, sizes.get(blob, 0), mode) for path, blob, mode in listed]
        entries += [TreeEntry(path, "", 0, UNMERGED_MODE) for path in unmerged]
        return tuple(sorted(entries, key=lambda entry: entry.path))

    def read(self, entries: Iterable[TreeEntry]) -> Iterator[tuple[TreeEntry, bytes | None]]:
        """Yield the bytes of many files from one process."""
        listed = list(entries)
        ids = (entry.blob for entry in listed if entry.blob)
        raws = read_blobs(self._repository.folder, ids, elsewhere=find_submodule_ids(listed))
        yield from ((entry, next(raws) if entry.blob else None) for entry in listed)

    def _find_intended(self) -> set[str]:
        """Return the paths with the intent-to-add flag, which ``ls-files`` shows only in its debug form."""
        folder, prefix = self._repository.folder, self._repository.prefix
        out = plumbing.read_git_output(folder, "ls-files", "--debug", "-z", "--full-name", "--", ".", extra=self._extra)
        paths = set()
        # With -z an entry is the path, NUL, then lines of facts that end with the flags.
        name, *parts = out.split(b"\0")
        for part in parts:
            flags = _FLAGS_LINE.search(part)
            if flags and int(flags[1], 16) & _INTENT_TO_ADD:
                paths.add(name.decode("utf-8", "surrogateescape").removeprefix(prefix))
            name = part[flags.end() :] if flags else part
        return paths


def _read_sizes(folder: Path, ids: list[str]) -> dict[str, int]:
    """Return the size in bytes of each object by id, from one process; missing objects are left out."""
    requests = "".join(f"{id_}\n" for id_ in ids).encode()
    out = plumbing.read_git_output(folder, "cat-file", "--batch-check", "--buffer", data=requests)
    answers = (line.split() for line in out.splitlines())
    return {parts[0].decode(): int(parts[2]) for parts in answers if parts[-1] != b"missing"}


def _find_index_file(repository: Repository) -> dict[str, str]:
    """Return GIT_INDEX_FILE as set for a hook, made absolute, unless it is another repository's index.

    The file may lie outside the git directory, for a commit from an index prepared elsewhere.
    """
    named = os.environ.get("GIT_INDEX_FILE")
    if not named:
        return {}
    path = Path(named).resolve()
    # A HEAD beside the index means a git directory, also for a linked work tree.
    foreign = path.parent != repository.git_dir.resolve() and os.path.lexists(path.parent / "HEAD")
    return {} if foreign else {"GIT_INDEX_FILE": str(path)}

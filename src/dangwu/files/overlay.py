"""A tree with planned files in place of its own, so that they can be checked before they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.files.worktree import hash_blob
from dangwu.model.tree import FILE_MODE, TreeEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dangwu.model.tree import Tree


class OverlayTree:
    """A tree in which some files are replaced or added; ``files`` are their bytes by path."""

    def __init__(self, tree: Tree, files: Mapping[str, bytes]) -> None:
        self._tree, self._files = tree, files

    @property
    def label(self) -> str | None:
        """The label of the tree below."""
        return self._tree.label

    def entries(self) -> tuple[TreeEntry, ...]:
        """List the files of the tree and the planned ones, by path."""
        kept = [entry for entry in self._tree.entries() if entry.path not in self._files]
        planned = [TreeEntry(path, hash_blob(raw), len(raw), FILE_MODE) for path, raw in self._files.items()]
        return tuple(sorted([*kept, *planned], key=lambda entry: entry.path))

    def read(self, entries: Iterable[TreeEntry]) -> Iterator[tuple[TreeEntry, bytes | None]]:
        """Yield the bytes of many files; the planned bytes where there are any."""
        for entry in entries:
            if entry.path in self._files:
                yield entry, self._files[entry.path]
            else:
                yield from self._tree.read([entry])

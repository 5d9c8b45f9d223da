"""A tree as it would be with some files written: judged before anything is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.files.worktree import hash_blob
from dangwu.model.tree import FILE_MODE, TreeEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dangwu.model.tree import Tree


class OverlayTree:
    """Another tree with files in place of its own, or beside them."""

    def __init__(self, tree: Tree, files: Mapping[str, bytes]) -> None:
        self._tree, self._files = tree, files

    @property
    def label(self) -> str | None:
        """That of the tree below."""
        return self._tree.label

    def entries(self) -> tuple[TreeEntry, ...]:
        """List the files of both, those laid over in place of the others."""
        kept = [each for each in self._tree.entries() if each.path not in self._files]
        laid = [TreeEntry(path, hash_blob(raw), len(raw), FILE_MODE) for path, raw in self._files.items()]
        return tuple(sorted([*kept, *laid], key=lambda entry: entry.path))

    def read(self, entries: Iterable[TreeEntry]) -> Iterator[tuple[TreeEntry, bytes | None]]:
        """Yield the bytes of many files."""
        for entry in entries:
            if entry.path in self._files:
                yield entry, self._files[entry.path]
            else:
                yield from self._tree.read([entry])

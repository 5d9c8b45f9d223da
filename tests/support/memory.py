"""A tree in memory: what the joint is tested with where no disk is needed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from dangwu.model.tree import FILE_MODE, TreeEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class MemoryTree:
    """Files by path, as text or bytes. ``modes`` names the paths that are not plain files, by their git mode."""

    label: str | None = None

    def __init__(self, files: Mapping[str, str | bytes], modes: Mapping[str, str] | None = None) -> None:
        self._files = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
        self._modes = modes or {}

    def entries(self) -> tuple[TreeEntry, ...]:
        return tuple(
            TreeEntry(path=path, blob=_blob(raw), size=len(raw), mode=self._modes.get(path, FILE_MODE))
            for path, raw in sorted(self._files.items())
        )

    def read(self, entries: Iterable[TreeEntry]) -> Iterator[tuple[TreeEntry, bytes | None]]:
        for entry in entries:
            yield entry, self._files[entry.path]


def _blob(raw: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(raw) + raw, usedforsecurity=False).hexdigest()

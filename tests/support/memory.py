"""A tree in memory: what the joint is tested with where no disk is needed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from dangwu.files.tree import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class MemoryTree:
    """Files by path, as text or bytes."""

    label: str | None = None

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        self._files = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}

    def entries(self) -> tuple[Entry, ...]:
        return tuple(
            Entry(path=path, blob=_blob(raw), size=len(raw), mode="100644") for path, raw in sorted(self._files.items())
        )

    def read(self, entries: Iterable[Entry]) -> Iterator[tuple[Entry, bytes | None]]:
        for entry in entries:
            yield entry, self._files[entry.path]


def _blob(raw: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(raw) + raw, usedforsecurity=False).hexdigest()

"""The beginning of a small file: read before anything else, so it imports next to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.tree import MAX_FILE_BYTES

if TYPE_CHECKING:
    from pathlib import Path


def read_file_if_any(path: Path) -> bytes | None:
    """Return at most the first MiB of a plain file; None where there is none or it cannot be read."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            return stream.read(MAX_FILE_BYTES)
    except OSError:
        return None

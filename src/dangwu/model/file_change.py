"""What a command writes, as values: a file that gets other bytes, or another name."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias


class FileChange(NamedTuple):
    """A file's bytes before, None for a new file, and after, None for a deleted one; paths have ``/``.

    ``mode`` are permission bits to set, None to keep those that are there; ``old_mode`` are those of before.
    """

    path: str
    before: bytes | None
    after: bytes | None
    mode: int | None = None
    old_mode: int | None = None


class FileMove(NamedTuple):
    """A file that gets another name, with all that belongs to it."""

    path: str
    target: str


FileStep: TypeAlias = FileChange | FileMove

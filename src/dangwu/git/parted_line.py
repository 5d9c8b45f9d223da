"""What a commit beside a history changed since its line parted from that history."""

from __future__ import annotations

from itertools import starmap
from typing import TYPE_CHECKING, NamedTuple

from dangwu.git import plumbing
from dangwu.model.history import ChangedFile
from dangwu.model.tree import may_be_record

if TYPE_CHECKING:
    from dangwu.git.repository import Repository


class PartedLine(NamedTuple):
    """The last commit of the history that a line has, and the files that may be records and differ since."""

    base: str
    files: tuple[ChangedFile, ...]


def read_parted_line(repository: Repository, head: str, commit: str) -> PartedLine | None:
    """Compare a commit with the last one that it shares with the history of ``head``; None where it shares none."""
    folder = repository.folder
    answer = plumbing.run_git(folder, "merge-base", head, commit)
    base = answer.out.decode().strip()
    if answer.code or not base:
        return None
    out = plumbing.read_git_output(folder, "diff-tree", "-r", "-z", "--no-renames", "--no-relative", base, commit)
    parts = out.split(b"\0")[:-1]
    rows = zip(parts[::2], parts[1::2], strict=True)
    return PartedLine(base, tuple(file for file in starmap(_read_file, rows) if may_be_record(file.name)))


def _read_file(facts: bytes, path: bytes) -> ChangedFile:
    old, new, _status = facts.decode().split(" ")[2:5]
    deleted = not new.strip("0")
    return ChangedFile(path.rpartition(b"/")[2].decode("utf-8", "surrogateescape"), old if deleted else new, deleted)

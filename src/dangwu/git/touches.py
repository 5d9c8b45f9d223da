"""The rows of ``git log`` → what each commit did to the files that can be records.

A path is relative to the record root. That of a file outside it begins with ``../``.
"""

from __future__ import annotations

from posixpath import relpath
from typing import TYPE_CHECKING, NamedTuple

from dangwu.git.log_rows import MOVE_STATUSES
from dangwu.model.history import FileTouch, TouchKind
from dangwu.model.tree import FILE_MODE, PROGRAM_MODE, may_be_record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dangwu.git.log_rows import LogRow
    from dangwu.git.merge_renames import RenamedFile

_PLAIN_MODES = frozenset({FILE_MODE, PROGRAM_MODE, "000000"})
_FIRST_MODES = frozenset(f":{mode}" for mode in _PLAIN_MODES)
_PLAIN_STATUSES = {"A": TouchKind.ADDED, "M": TouchKind.CHANGED, "D": TouchKind.DELETED}


class TouchReader:
    """Makes touches of rows; ``pair_renamed`` returns the files that a merge renamed, by their new name in git."""

    def __init__(self, prefix: str, pair_renamed: Callable[[str], Mapping[bytes, RenamedFile]]) -> None:
        self._prefix = prefix
        self._pair_renamed = pair_renamed
        self._merge = ""
        self._renamed: Mapping[bytes, RenamedFile] = {}

    def read(self, number: int, commit: str, row: LogRow) -> FileTouch | None:
        """Return what a row of a commit says of a file that can be a record; None for any other file."""
        facts, names = row
        words = facts.split(" ")
        did = _PLAIN_STATUSES.get(words[-1])
        if did is None or words[0] not in _FIRST_MODES or words[1] not in _PLAIN_MODES:
            return self._read_any(number, commit, facts, names)
        path = self._locate(names[0])
        if path is None:
            return None
        blob = None if did is TouchKind.DELETED else words[3]
        return FileTouch(number, did, path, blob, None if did is TouchKind.ADDED else words[2])

    def _locate(self, name: bytes, mode: str = FILE_MODE) -> str | None:
        """Return a file's path from the record root; None where it can be no record."""
        full, prefix = name.decode("utf-8", "surrogateescape"), self._prefix
        if full.startswith(prefix):
            path = full[len(prefix) :]
            return path if may_be_record(path, mode) else None
        return relpath(f"/{full}", f"/{prefix}") if may_be_record(full, mode) else None

    def _read_any(self, number: int, commit: str, facts: str, names: tuple[bytes, ...]) -> FileTouch | None:
        *olds, new = self._find_files(facts, names)
        status = facts.rpartition(" ")[2]
        before = [(old, letter) for old, letter in zip(olds, status, strict=False) if old is not None]
        if new is None:
            renamed_there = len(olds) > 1 and any(names[0] == each.name for each in self._find_renamed(commit).values())
            if not before or renamed_there:
                return None
            return FileTouch(number, TouchKind.DELETED, before[0][0].path, None, before[0][0].blob)
        # In one of a merge's parents it may have this name; then that is the text that was changed.
        kept = [old for old, letter in before if letter not in MOVE_STATUSES]
        if kept:
            return FileTouch(number, TouchKind.CHANGED, new.path, new.blob, kept[0].blob)
        if len(olds) > 1:
            renamed = self._find_renamed(commit).get(names[-1])
            path = renamed and self._locate(renamed.name)
            if renamed and path:
                return FileTouch(number, TouchKind.RENAMED, new.path, new.blob, renamed.blob, path, renamed.alike)
        elif before:
            old = before[0][0]
            return FileTouch(number, TouchKind.RENAMED, new.path, new.blob, old.blob, old.path, int(status[1:]))
        return FileTouch(number, TouchKind.ADDED, new.path, new.blob, None)

    def _find_files(self, facts: str, names: tuple[bytes, ...]) -> list[_RowFile | None]:
        """Return a row's file in each parent, then in the commit; None where there is none that can be a record."""
        words = facts.lstrip(":").split(" ")
        states = (len(words) - 1) // 2
        # One name is that of all states.
        every = names * states if len(names) == 1 else names
        return [
            _RowFile(path, blob) if blob.strip("0") and (path := self._locate(name, mode)) is not None else None
            for name, mode, blob in zip(every, words[:states], words[states:-1], strict=True)
        ]

    def _find_renamed(self, merge: str) -> Mapping[bytes, RenamedFile]:
        if merge != self._merge:
            self._merge, self._renamed = merge, self._pair_renamed(merge)
        return self._renamed


class _RowFile(NamedTuple):
    path: str
    blob: str

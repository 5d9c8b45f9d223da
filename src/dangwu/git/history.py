"""The history of a commit: its commits, and what each did to each file, from one ``git log`` and the commit objects.

``git log`` lists commits and changed files. People, times and messages are parsed from the commit objects, which no
mailmap, encoding setting or pretty format alters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.git import plumbing
from dangwu.git.blobs import read_blobs
from dangwu.git.commit_reader import CommitReader
from dangwu.git.log_rows import LOG_OPTIONS, LogRow, read_rows
from dangwu.git.merge_renames import RenamedFile, pair_renamed_files
from dangwu.git.touches import TouchReader
from dangwu.model.history import FileTouch, History
from dangwu.model.tree import SUBMODULE_MODE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from dangwu.git.repository import Repository


def read_history(repository: Repository, commit: str, follow: Callable[[FileTouch], None]) -> History:
    """Return the history of a commit, given by its full id; call ``follow`` with each touch while git is listing.

    ``follow`` also learns of files outside the record root, where a record may come from. In a shallow clone the
    history is incomplete (``repository.shallow``).
    """
    reader = CommitReader(repository.folder)
    try:
        touches, elsewhere = _read_touches(repository, commit, follow, reader.ask)
    finally:
        commits = reader.finish()
    return History(commits, tuple(touches), frozenset(elsewhere))


def _read_touches(
    repository: Repository, commit: str, follow: Callable[[FileTouch], None], ask: Callable[[str], None]
) -> tuple[list[FileTouch], set[str]]:
    """Return the touches and the ids of commits of submodules; call ``ask`` with the id of each commit."""
    number, id_ = -1, ""
    touches: list[FileTouch] = []
    elsewhere: set[str] = set()
    reader = TouchReader(repository.prefix, lambda merge: _pair_files_of_merge(repository, merge))
    for row in _stream_rows(repository, *LOG_OPTIONS, commit):
        if isinstance(row, str):
            number, id_ = number + 1, row
            ask(row)
            continue
        if SUBMODULE_MODE in row.facts:
            elsewhere.update(row.submodules)
        if (touch := reader.read(number, id_, row)) is not None:
            follow(touch)
            touches.append(touch)
    return touches, elsewhere


def read_file_versions(repository: Repository, commit: str, path: str) -> list[bytes]:
    """Return the versions of one file that commits brought, the oldest first; merges bring none of their own."""
    words = (*LOG_OPTIONS, "--no-renames", "--no-diff-merges", "--diff-filter=AM", "--full-history", commit)
    rows = _stream_rows(repository, *words, "--", f"{repository.prefix}{path}")
    ids = [row.facts.split(" ")[3] for row in rows if isinstance(row, LogRow)]
    return [raw for raw in read_blobs(repository.folder, ids) if raw is not None]


def find_merges_without(repository: Repository, commit: str) -> dict[str, list[str]]:
    """Return by path the ids of the merges, the oldest first, that lack a file which one of their parents has."""
    found: dict[str, list[str]] = {}
    reader, merge = TouchReader(repository.prefix, lambda _merge: {}), ""
    for row in _stream_rows(repository, *LOG_OPTIONS, "-m", "--no-renames", "--diff-filter=D", "--merges", commit):
        if isinstance(row, str):
            merge = row
        elif (touch := reader.read(0, merge, row)) is not None:
            found.setdefault(touch.path, []).append(merge)
    return found


def _pair_files_of_merge(repository: Repository, merge: str) -> Mapping[bytes, RenamedFile]:
    rows = _stream_rows(repository, *LOG_OPTIONS, "-m", "--no-renames", "--no-walk", merge)
    return pair_renamed_files(rows, lambda ids: read_blobs(repository.folder, ids))


def _stream_rows(repository: Repository, *words: str) -> Iterator[str | LogRow]:
    return read_rows(plumbing.stream_parts(repository.folder, "log", *words))

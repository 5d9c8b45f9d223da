"""The history of a commit: its commits, and what each did to each file, from one ``git log`` and the commit objects.

``git log`` lists commits and changed files. People, times and messages are parsed from the commit objects, which no
mailmap, encoding setting or pretty format alters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dangwu.git import plumbing
from dangwu.git.log_rows import LOG_OPTIONS, LogRow, read_rows
from dangwu.git.merge_renames import RenamedFile, pair_renamed_files
from dangwu.git.touches import TouchReader
from dangwu.model.history import LAST_SUPPORTED_SECOND, Commit, CommitStamp, FileTouch, History
from dangwu.model.tree import SUBMODULE_MODE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from dangwu.git.repository import Repository

_SIGNATURE_HEADERS = (b"gpgsig", b"gpgsig-sha256")
_PERSON = re.compile(rb"(.*?) ?<([^>]*)>(?: (-?\d{1,20}))?.*", re.DOTALL)


def read_history(repository: Repository, commit: str, follow: Callable[[FileTouch], None]) -> History:
    """Return the history of a commit, given by its full id; call ``follow`` with each touch while git is listing.

    ``follow`` also learns of files outside the record root, where a record may come from. In a shallow clone the
    history is incomplete (``repository.shallow``).
    """
    ids: list[str] = []
    touches: list[FileTouch] = []
    elsewhere: set[str] = set()
    reader = TouchReader(repository.prefix, lambda merge: _pair_files_of_merge(repository, merge))
    for row in _stream_rows(repository, *LOG_OPTIONS, commit):
        if isinstance(row, str):
            ids.append(row)
            continue
        if SUBMODULE_MODE in row.facts:
            elsewhere.update(row.submodules)
        if (touch := reader.read(len(ids) - 1, ids[-1], row)) is not None:
            follow(touch)
            touches.append(touch)
    stored = zip(ids, plumbing.read_blobs(repository.folder, ids), strict=True)
    commits = tuple(parse_commit(id_, raw or b"") for id_, raw in stored)
    return History(commits, tuple(touches), frozenset(elsewhere))


def read_file_versions(repository: Repository, commit: str, path: str) -> list[bytes]:
    """Return the versions of one file that commits brought, the oldest first; merges bring none of their own."""
    words = (*LOG_OPTIONS, "--no-renames", "--no-diff-merges", "--diff-filter=AM", "--full-history", commit)
    rows = _stream_rows(repository, *words, "--", f"{repository.prefix}{path}")
    ids = [row.facts.split(" ")[3] for row in rows if isinstance(row, LogRow)]
    return [raw for raw in plumbing.read_blobs(repository.folder, ids) if raw is not None]


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
    return pair_renamed_files(rows, lambda ids: plumbing.read_blobs(repository.folder, ids))


def _stream_rows(repository: Repository, *words: str) -> Iterator[str | LogRow]:
    return read_rows(plumbing.stream_parts(repository.folder, "log", *words))


def parse_commit(id_: str, raw: bytes) -> Commit:
    """Parse a commit object (headers, an empty line, the message); malformed parts become empty values."""
    head, _, message = raw.partition(b"\n\n")
    headers = read_headers(head)
    encoding = _find_first_value(headers, b"encoding").decode("ascii", "replace") or "utf-8"
    return Commit(
        id=id_,
        tree=_find_first_value(headers, b"tree").decode("ascii", "replace"),
        parents=tuple(parent.decode("ascii", "replace") for parent in headers.get(b"parent", ())),
        author=read_stamp(_find_first_value(headers, b"author"), encoding),
        committer=read_stamp(_find_first_value(headers, b"committer"), encoding),
        message=decode_object_text(message, encoding),
        # A header without a value is no signature; git passes over it too.
        signed=any(value.strip() for name in _SIGNATURE_HEADERS for value in headers.get(name, ())),
    )


def read_headers(head: bytes) -> dict[bytes, list[bytes]]:
    """Return the header values of a commit or tag object by name; continuation lines, as in signatures, are joined."""
    headers: dict[bytes, list[bytes]] = {}
    for line in head.replace(b"\n ", b"\r").split(b"\n"):
        name, _, value = line.partition(b" ")
        headers.setdefault(name, []).append(value)
    return headers


def read_stamp(line: bytes, encoding: str = "utf-8") -> CommitStamp:
    """Parse ``Name <address> SECONDS ZONE``; parts that cannot be parsed are empty, the time None."""
    match = _PERSON.fullmatch(line)
    if match is None:
        return CommitStamp(decode_object_text(line, encoding), "", None)
    # A time beyond year 9999 does not fit into a date.
    seconds = None if match[3] is None else min(int(match[3]), LAST_SUPPORTED_SECOND)
    return CommitStamp(decode_object_text(match[1], encoding), decode_object_text(match[2], encoding), seconds)


def decode_object_text(raw: bytes, encoding: str = "utf-8") -> str:
    """Decode text in the encoding named by the object; as UTF-8 for an unknown one; invalid bytes are replaced."""
    try:
        return raw.decode(encoding, "replace")
    except LookupError:
        return raw.decode("utf-8", "replace")


def _find_first_value(headers: dict[bytes, list[bytes]], name: bytes) -> bytes:
    return next(iter(headers.get(name, ())), b"")

"""The history of a commit: its commits, and what each did to each file, from one ``git log`` and the commit objects.

``git log`` lists commits and changed files. People, times and messages are parsed from the commit objects, which no
mailmap, encoding setting or pretty format alters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dangwu.git import plumbing
from dangwu.model.history import LAST_SUPPORTED_SECOND, Commit, CommitStamp, FileTouch, History, TouchKind
from dangwu.model.tree import SUBMODULE_MODE, may_be_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dangwu.git.repository import Repository

_LOG_OPTIONS = (
    "--format=//%H",
    "--raw",
    "--no-abbrev",
    # Parents before children, else by time: back-dated commits keep their place, and parallel lines interleave.
    "--date-order",
    "--reverse",
    "-z",
    # Renames from 50 per cent similarity on; beyond 400 new files in one commit only identical files are paired.
    "-M50%",
    "-l400",
    # Of a merge, only what is in none of its parents. The rest overrides log.* and diff.* settings.
    "-c",
    "--root",
    "--no-follow",
    "--no-relative",
    "--ignore-submodules=none",
    "-O/dev/null",
    "--no-mailmap",
    "--no-ext-diff",
    "--no-textconv",
)
_MOVE_STATUSES = frozenset("RC")
_NO_BLOB = "0" * 40
_PERSON = re.compile(rb"(.*?) ?<([^>]*)>(?: (-?\d{1,20}))?.*", re.DOTALL)


def read_history(repository: Repository, commit: str, follow: Callable[[FileTouch], None]) -> History:
    """Return the history of a commit, given by its full id; call ``follow`` with each touch while git is listing.

    In a shallow clone the history is incomplete (``repository.shallow``).
    """
    ids: list[str] = []
    touches: list[FileTouch] = []
    elsewhere: set[str] = set()
    prefix = repository.prefix
    for id_, facts, names in _parse_log_rows(plumbing.stream_parts(repository.folder, "log", *_LOG_OPTIONS, commit)):
        if id_:
            ids.append(id_)
            continue
        elsewhere.update(_find_submodule_ids(facts))
        if (touch := _build_file_touch(len(ids) - 1, facts, names, prefix)) is not None:
            touches.append(touch)
            follow(touch)
    stored = zip(ids, plumbing.read_blobs(repository.folder, ids), strict=True)
    commits = tuple(parse_commit(id_, raw or b"") for id_, raw in stored)
    return History(commits, tuple(touches), frozenset(elsewhere))


def _parse_log_rows(parts: Iterator[bytes]) -> Iterator[tuple[str, str, tuple[bytes, ...]]]:
    """Yield (id, "", ()) for each commit, then ("", facts, names) for each file that it touched.

    The number of names follows from the facts (two for a rename), so a file name is never taken for a row.
    """
    for part in parts:
        # git puts an empty line between the commit line and the raw rows, also with -z.
        line = part[1:] if part[:1] == b"\n" else part
        if line[:1] == b":":
            facts = line.decode()
            renamed = facts[1] != ":" and facts[-4:-3] in _MOVE_STATUSES
            yield "", facts, (next(parts), next(parts)) if renamed else (next(parts),)
        elif line[:2] == b"//":
            yield line[2:].decode(), "", ()


def _find_submodule_ids(facts: str) -> Iterator[str]:
    """Yield the ids in a row that are commits of submodules."""
    if SUBMODULE_MODE in facts:
        words = facts.lstrip(":").split(" ")
        half = (len(words) - 1) // 2
        yield from (id_ for mode, id_ in zip(words[:half], words[half:], strict=False) if mode == SUBMODULE_MODE)


def _build_file_touch(number: int, facts: str, names: tuple[bytes, ...], prefix: str) -> FileTouch | None:
    """Return the touch that a raw row describes; None outside the record root. A file moved out of it is deleted."""
    paths = [_strip_prefix(name, prefix) for name in names]
    words = facts.split(" ")
    colons = words[0].count(":")
    mode, blob = words[colons], words[2 * colons + 1]
    name = paths[-1] if blob != _NO_BLOB and blob.strip("0") else None
    gone = paths[0] if name is None or (len(paths) > 1 and words[-1][0] == "R") else None
    there = name is not None and may_be_record(name, mode)
    left = gone is not None and may_be_record(gone)
    old_blob = next((word for word in words[colons + 1 : 2 * colons + 1] if word != _NO_BLOB and word.strip("0")), None)
    if there and name is not None:
        if left:
            return FileTouch(number, TouchKind.RENAMED, name, blob, old_blob, gone, int(words[-1][1:]))
        if old_blob is None or len(paths) > 1:
            return FileTouch(number, TouchKind.ADDED, name, blob, None)
        return FileTouch(number, TouchKind.CHANGED, name, blob, old_blob)
    return FileTouch(number, TouchKind.DELETED, gone, None, old_blob) if left and gone is not None else None


def _strip_prefix(raw: bytes, prefix: str) -> str | None:
    """Return a path relative to the record root, None for one outside it."""
    path = raw.decode("utf-8", "surrogateescape")
    return path[len(prefix) :] if path.startswith(prefix) else None


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
        signed=b"gpgsig" in headers or b"gpgsig-sha256" in headers,
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

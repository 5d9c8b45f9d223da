"""The history of a commit: its commits, and what each did to each file, from one ``git log`` and the commit objects.

``git log`` lists commits and changed files. People, times and messages are parsed from the commit objects, which no
mailmap, encoding setting or pretty format alters.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from dangwu.git import plumbing
from dangwu.model.history import LAST_SUPPORTED_SECOND, Commit, CommitStamp, FileTouch, History, TouchKind
from dangwu.model.tree import SUBMODULE_MODE, may_be_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dangwu.git.repository import Repository

_MIN_SIMILARITY = 50
"""Per cent of a file that must stay for it to be a rename."""
_LOG_OPTIONS = (
    "--format=//%H",
    "--raw",
    "--no-abbrev",
    # Parents before children, else by time: back-dated commits keep their place, and parallel lines interleave.
    "--date-order",
    "--reverse",
    "-z",
    # Renames as git finds them. Beyond the limit of so many new files in one commit only identical ones are paired.
    f"-M{_MIN_SIMILARITY}%",
    "-l400",
    # Of a merge, what stands in none of its parents, with the name that it has in each. The rest undoes what log.* and
    # diff.* in a configuration can ask.
    "-c",
    "--combined-all-paths",
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
_SIGNATURE_HEADERS = (b"gpgsig", b"gpgsig-sha256")
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


def read_file_versions(repository: Repository, commit: str, path: str) -> list[bytes]:
    """Return the versions of one file that commits brought, the oldest first; merges bring none of their own."""
    words = ("log", *_LOG_OPTIONS, "--no-renames", "--no-diff-merges", "--diff-filter=AM", "--full-history", commit)
    rows = _parse_log_rows(plumbing.stream_parts(repository.folder, *words, "--", f"{repository.prefix}{path}"))
    ids = [facts.split(" ")[3] for id_, facts, _names in rows if not id_]
    return [raw for raw in plumbing.read_blobs(repository.folder, ids) if raw is not None]


def _parse_log_rows(parts: Iterator[bytes]) -> Iterator[tuple[str, str, tuple[bytes, ...]]]:
    """Yield (id, "", ()) for each commit, then ("", facts, names) for each file that it touched.

    The number of names follows from the facts (two for a rename), so a file name is never taken for a row.
    """
    for part in parts:
        # git puts an empty line between the commit line and the raw rows, also with -z.
        line = part[1:] if part[:1] == b"\n" else part
        if line[:1] == b":":
            facts = line.decode()
            parents = len(facts) - len(facts.lstrip(":"))
            names = parents + 1 if parents > 1 or facts[-4:-3] in _MOVE_STATUSES else 1
            yield "", facts, tuple(islice(parts, names))
        elif line[:2] == b"//":
            yield line[2:].decode(), "", ()


def _find_submodule_ids(facts: str) -> Iterator[str]:
    """Yield the ids in a row that are commits of submodules."""
    if SUBMODULE_MODE in facts:
        words = facts.lstrip(":").split(" ")
        half = (len(words) - 1) // 2
        yield from (id_ for mode, id_ in zip(words[:half], words[half:], strict=False) if mode == SUBMODULE_MODE)


def _build_file_touch(number: int, facts: str, names: tuple[bytes, ...], prefix: str) -> FileTouch | None:
    """Return what a row says of files below the record root; a file that leaves it is one that was taken out."""
    *olds, new = _find_row_files(facts, names, prefix)
    status = facts.rpartition(" ")[2]
    before = [(old, letter) for old, letter in zip(olds, status, strict=False) if old is not None]
    old_blob = before[0][0].blob if before else None
    if new is None:
        return FileTouch(number, TouchKind.DELETED, before[0][0].path, None, old_blob) if before else None
    moved = [old for old, letter in before if letter in _MOVE_STATUSES]
    if len(moved) < len(before):
        # In one of the parents at least it has this name.
        return FileTouch(number, TouchKind.CHANGED, new.path, new.blob, old_blob)
    if not moved:
        return FileTouch(number, TouchKind.ADDED, new.path, new.blob, None)
    # For a merge git does not say how much of the file stayed.
    alike = int(status[1:]) if len(olds) == 1 else 100 if old_blob == new.blob else _MIN_SIMILARITY
    return FileTouch(number, TouchKind.RENAMED, new.path, new.blob, old_blob, moved[0].path, alike)


class _RowFile(NamedTuple):
    path: str
    blob: str


def _find_row_files(facts: str, names: tuple[bytes, ...], prefix: str) -> list[_RowFile | None]:
    """Return a row's file in each parent, then in the commit; None where there is none that can be a record."""
    words = facts.lstrip(":").split(" ")
    states = (len(words) - 1) // 2
    paths = [_strip_prefix(name, prefix) for name in names]
    # One name is that of all states.
    paths *= states if len(paths) == 1 else 1
    return [
        _RowFile(path, blob) if path is not None and blob.strip("0") and may_be_record(path, mode) else None
        for path, mode, blob in zip(paths, words[:states], words[states:-1], strict=True)
    ]


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

"""The history, in one pass: what each commit did to each file, and the commits themselves as they are stored.

git lists commits and changed files; people, times and messages are read from the commit objects, where neither a
mailmap, nor an encoding setting, nor a pretty format comes between.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dangwu.files import git
from dangwu.files.tree import matters
from dangwu.model.history import LAST_SECOND, Commit, Did, History, Stamp, Touch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.files.repository import Repository

_LISTING = (
    "--format=//%H",
    "--raw",
    "--no-abbrev",
    # By time, but never a parent before its child: a back-dated commit hides nothing, and lines are read side by side.
    "--date-order",
    "-z",
    # Renames as git finds them. Beyond the limit of so many new files in one commit only identical ones are paired.
    "-M50%",
    "-l400",
    # Of a merge, what stands in none of its parents. The rest undoes what log.* and diff.* in a configuration can ask.
    "-c",
    "--root",
    "--no-follow",
    "--no-relative",
    "-O/dev/null",
    "--no-mailmap",
    "--no-ext-diff",
    "--no-textconv",
)
_PERSON = re.compile(rb"(.*?) ?<([^>]*)>(?: (-?\d{1,20}))?.*", re.DOTALL)


def history(repository: Repository, commit: str) -> History:
    """Return the history of a commit, given by its full id.

    In a shallow clone it is what is there; who concludes anything from what is missing asks ``repository.shallow``.
    """
    out = git.read(repository.folder, "log", *_LISTING, commit)
    ids, rows = _parted(out)
    ids.reverse()
    number = {id_: at for at, id_ in enumerate(ids)}
    prefix = repository.prefix
    touches = [touch for id_, raw in reversed(rows) for touch in _touches(number[id_], raw, prefix)]
    stored = zip(ids, git.blobs(repository.folder, ids), strict=True)
    return History(tuple(parse_commit(id_, raw or b"") for id_, raw in stored), tuple(touches))


def _parted(out: bytes) -> tuple[list[str], list[tuple[str, list[bytes]]]]:
    """Part git's answer: the commits newest first, and for each the facts and names of the files that it touched.

    After a row of facts its names are taken by their number, so that no name can pass for anything else.
    """
    ids: list[str] = []
    rows: list[tuple[str, list[bytes]]] = []
    parts = iter(out.split(b"\0"))
    for part in parts:
        # git sets the rows off from the format by an empty line, also with -z.
        line = part.removeprefix(b"\n")
        if line.startswith(b"//"):
            ids.append(line[2:].decode())
            rows.append((ids[-1], []))
        elif line.startswith(b":"):
            renamed = not line.startswith(b"::") and line[-4:-3] in {b"R", b"C"}
            rows[-1][1].append(line)
            rows[-1][1].extend(next(parts) for _ in range(2 if renamed else 1))
    return ids, rows


def _touches(number: int, parts: list[bytes], prefix: str) -> Iterator[Touch]:
    """Yield the touches of one commit below the record root."""
    at = 0
    while at < len(parts):
        facts = parts[at].decode()
        old: str | None = None
        if not facts.startswith("::") and facts[-4:-3] in {"R", "C"}:
            old, name = (_below(each, prefix) for each in parts[at + 1 : at + 3])
            at += 3
        else:
            name = _below(parts[at + 1], prefix)
            at += 2
        yield from _touch(number, facts, name, old)


def _touch(number: int, facts: str, name: str | None, old: str | None) -> Iterator[Touch]:
    colons = len(facts) - len(facts.lstrip(":"))
    words = facts[colons:].split(" ")
    mode, blob = words[colons], words[2 * colons + 1]
    old_blob = next((each for each in words[colons + 1 : 2 * colons + 1] if each.strip("0")), None)
    here = name is not None and bool(blob.strip("0")) and matters(name, mode)
    if old is not None and matters(old) and words[-1].startswith("R"):
        if here and name is not None:
            yield Touch(number, Did.RENAMED, name, blob, old_blob, old)
        else:
            yield Touch(number, Did.DELETED, old, None, old_blob)
    elif here and name is not None:
        added = old is not None or old_blob is None
        yield Touch(number, Did.ADDED if added else Did.CHANGED, name, blob, None if added else old_blob)
    elif name is not None and not blob.strip("0") and matters(name):
        yield Touch(number, Did.DELETED, name, None, old_blob)


def _below(raw: bytes, prefix: str) -> str | None:
    """Return a path below the record root, None for one elsewhere."""
    path = raw.decode("utf-8", "surrogateescape")
    return path[len(prefix) :] if path.startswith(prefix) else None


def parse_commit(id_: str, raw: bytes) -> Commit:
    """Read a commit object (git-hash-object(1) form): headers, an empty line, the message. Nothing makes it fail."""
    head, _, message = raw.partition(b"\n\n")
    headers = read_headers(head)
    encoding = _first(headers, b"encoding").decode("ascii", "replace") or "utf-8"
    return Commit(
        id=id_,
        tree=_first(headers, b"tree").decode("ascii", "replace"),
        parents=tuple(each.decode("ascii", "replace") for each in headers.get(b"parent", ())),
        author=read_stamp(_first(headers, b"author"), encoding),
        committer=read_stamp(_first(headers, b"committer"), encoding),
        message=decoded(message, encoding),
        signed=b"gpgsig" in headers or b"gpgsig-sha256" in headers,
    )


def read_headers(head: bytes) -> dict[bytes, list[bytes]]:
    """Return the headers of a commit or tag object by name; the lines of a signature begin with a blank."""
    headers: dict[bytes, list[bytes]] = {}
    for line in head.replace(b"\n ", b"\r").split(b"\n"):
        name, _, value = line.partition(b" ")
        headers.setdefault(name, []).append(value)
    return headers


def read_stamp(line: bytes, encoding: str = "utf-8") -> Stamp:
    """Read who and when; what cannot be read is empty."""
    found = _PERSON.fullmatch(line)
    if found is None:
        return Stamp(decoded(line, encoding), "", None)
    # Git itself finds no time in one of too many digits; a date could not hold it either.
    seconds = None if found[3] is None else min(int(found[3]), LAST_SECOND)
    return Stamp(decoded(found[1], encoding), decoded(found[2], encoding), seconds)


def decoded(raw: bytes, encoding: str = "utf-8") -> str:
    """Return text in the encoding that the object names, whatever it holds."""
    try:
        return raw.decode(encoding, "replace")
    except LookupError:
        return raw.decode("utf-8", "replace")


def _first(headers: dict[bytes, list[bytes]], name: bytes) -> bytes:
    return next(iter(headers.get(name, ())), b"")

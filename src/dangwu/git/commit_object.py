"""The bytes of a commit object → people, times and message (gitformat-commit; git-commit-tree(1))."""

from __future__ import annotations

import re

from dangwu.model.history import LAST_SUPPORTED_SECOND, Commit, CommitStamp

_SIGNATURE_HEADERS = (b"gpgsig", b"gpgsig-sha256")
_PERSON = re.compile(rb"(.*?) ?<([^>]*)>(?: (-?\d{1,20}))?.*", re.DOTALL)


def parse_commit(id_: str, raw: bytes) -> Commit:
    """Parse a commit object (headers, an empty line, the message); malformed parts become empty values."""
    head, _, message = raw.partition(b"\n\n")
    headers = read_headers(head)
    encoding = _find_first_value(headers, b"encoding").decode("ascii", "replace") or "utf-8"
    author_line, committer_line = (_find_first_value(headers, name) for name in (b"author", b"committer"))
    author = read_stamp(author_line, encoding)
    return Commit(
        id=id_,
        tree=_find_first_value(headers, b"tree").decode("ascii", "replace"),
        parents=tuple(parent.decode("ascii", "replace") for parent in headers.get(b"parent", ())),
        author=author,
        committer=author if committer_line == author_line else read_stamp(committer_line, encoding),
        message=decode_object_text(message, encoding),
        # A header without a value is no signature; git passes over it too.
        signed=any(value.strip() for name in _SIGNATURE_HEADERS if name in headers for value in headers[name]),
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
    return headers[name][0] if name in headers else b""

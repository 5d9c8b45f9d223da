"""Git objects made in memory and written at once: no process of git runs, and every id is known beforehand."""

from __future__ import annotations

import struct
import zlib
from bisect import bisect_right
from hashlib import sha1
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

CONFIG = "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n"
KINDS = (b"commit", b"tree", b"blob", b"tag")


class Stamp(NamedTuple):
    """Who made something and when, as an object writes it."""

    name: str
    email: str
    seconds: int
    zone: str = "+0800"

    def __str__(self) -> str:
        return f"{self.name} <{self.email}> {self.seconds} {self.zone}"


def write_pack(stored: Mapping[str, bytes]) -> tuple[bytes, bytes]:
    """Return a pack of whole objects and its index, both of version 2 (gitformat-pack(5))."""
    parts, offsets, sums, at = [b"PACK" + struct.pack(">II", 2, len(stored))], {}, {}, 12
    for id_, whole in stored.items():
        head, _, raw = whole.partition(b"\0")
        part = _write_size(KINDS.index(head.split(b" ")[0]) + 1, len(raw)) + zlib.compress(raw, 1)
        offsets[id_], sums[id_] = at, zlib.crc32(part)
        at += len(part)
        parts.append(part)
    pack = b"".join(parts)
    pack += _digest(pack)
    ids = sorted(stored)
    firsts = [int(id_[:2], 16) for id_ in ids]
    fan = [bisect_right(firsts, number) for number in range(256)]
    rows = [
        *(bytes.fromhex(id_) for id_ in ids),
        *(struct.pack(">I", by[id_]) for by in (sums, offsets) for id_ in ids),
    ]
    index = b"".join((b"\377tOc", struct.pack(">257I", 2, *fan), *rows, pack[-20:]))
    return pack, index + _digest(index)


def _write_size(kind: int, size: int) -> bytes:
    """Return the head of an object in a pack: four bits of its size beside its kind, then seven a byte."""
    written, first = bytearray(), kind << 4 | size & 15
    size >>= 4
    while size:
        written.append(first | 128)
        first, size = size & 127, size >> 7
    return bytes((*written, first))


def _digest(raw: bytes) -> bytes:
    return sha1(raw, usedforsecurity=False).digest()


class Objects:
    """The objects and refs of one repository in the making."""

    def __init__(self) -> None:
        self.refs: dict[str, str] = {}
        self._stored: dict[str, bytes] = {}
        self._parents: dict[str, tuple[str, ...]] = {}
        self._blobs: dict[bytes, str] = {}

    def blob(self, raw: bytes) -> str:
        """Keep a file's bytes."""
        if raw not in self._blobs:
            self._blobs[raw] = self._keep("blob", raw)
        return self._blobs[raw]

    def tree(self, files: Mapping[str, bytes]) -> str:
        """Keep the tree of files by path."""
        folders: dict[str, dict[str, bytes]] = {}
        entries = []
        for path, raw in files.items():
            name, slash, rest = path.partition("/")
            if slash:
                folders.setdefault(name, {})[rest] = raw
            else:
                entries.append((name.encode(), b"100644", self.blob(raw)))
        entries += [(name.encode() + b"/", b"40000", self.tree(below)) for name, below in folders.items()]
        rows = (mode + b" " + name.rstrip(b"/") + b"\0" + bytes.fromhex(id_) for name, mode, id_ in sorted(entries))
        return self._keep("tree", b"".join(rows))

    def commit(
        self, files: Mapping[str, bytes], parents: Sequence[str], author: Stamp, committer: Stamp, message: str
    ) -> str:
        """Keep a commit."""
        head = [f"tree {self.tree(files)}", *(f"parent {each}" for each in parents)]
        head += [f"author {author}", f"committer {committer}", "", message]
        id_ = self._keep("commit", "\n".join(head).encode())
        self._parents[id_] = tuple(parents)
        return id_

    def tag(self, name: str, commit: str, tagger: Stamp, message: str) -> None:
        """Keep an annotated tag on a commit."""
        head = (f"object {commit}", "type commit", f"tag {name}", f"tagger {tagger}", "", message)
        self.refs[f"refs/tags/{name}"] = self._keep("tag", "\n".join(head).encode())

    def count(self, head: str) -> int:
        """Return how many commits lead to one, itself included."""
        seen, todo = {head}, [head]
        while todo:
            unseen = {*self._parents[todo.pop()]} - seen
            seen |= unseen
            todo += unseen
        return len(seen)

    def parents_of(self, commit: str) -> tuple[str, ...]:
        return self._parents[commit]

    def tree_of(self, commit: str) -> str:
        """Return the id of a commit's tree."""
        return self._stored[commit].partition(b"\0")[2][5:45].decode()

    def _keep(self, kind: str, raw: bytes) -> str:
        whole = f"{kind} {len(raw)}\0".encode() + raw
        id_ = sha1(whole, usedforsecurity=False).hexdigest()
        self._stored[id_] = whole
        return id_

    def save(self, folder: Path) -> None:
        """Write a repository whose branch main is the one that is checked out; its work tree stays empty."""
        git = folder / ".git"
        pack, index = write_pack(self._stored)
        name = pack[-20:].hex()
        files: dict[str, bytes] = {
            f"objects/pack/pack-{name}.{end}": raw for end, raw in (("pack", pack), ("idx", index))
        }
        files |= {name: f"{id_}\n".encode() for name, id_ in {"HEAD": "ref: refs/heads/main", **self.refs}.items()}
        for path, raw in {**files, "config": CONFIG.encode()}.items():
            target = git / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(raw)

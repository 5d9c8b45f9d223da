"""Git objects made in memory and written at once: no process of git runs, and every id is known beforehand."""

from __future__ import annotations

import zlib
from hashlib import sha1
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

CONFIG = "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n"


class Stamp(NamedTuple):
    """Who made something and when, as an object writes it."""

    name: str
    email: str
    seconds: int
    zone: str = "+0800"

    def __str__(self) -> str:
        return f"{self.name} <{self.email}> {self.seconds} {self.zone}"


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
        for id_, whole in self._stored.items():
            target = git / "objects" / id_[:2] / id_[2:]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(zlib.compress(whole, 1))
        for name, id_ in {"HEAD": "ref: refs/heads/main", **self.refs}.items():
            target = git / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(f"{id_}\n", encoding="utf-8")
        (git / "config").write_text(CONFIG, encoding="utf-8")

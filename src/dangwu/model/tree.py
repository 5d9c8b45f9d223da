"""One source of bytes: the work tree, the index and any commit look the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_BYTES = 1 << 20
FILE, PROGRAM, LINK, SUBMODULE = "100644", "100755", "120000", "160000"
UNMERGED = "unmerged"
"""In place of a mode: the index holds several versions of the file, and nobody has chosen."""
_ENDINGS = (".yaml", ".yml", ".md")
_PASSING = (".tmp", ".swp", "~")


class Entry(NamedTuple):
    """A file of a tree: path below the record root, git blob id ("" if not worked out), size in bytes, git mode."""

    path: str
    blob: str
    size: int
    mode: str


class Tree(Protocol):
    """A state of a record repository."""

    @property
    def label(self) -> str | None:
        """None for the work tree, ``index``, or the full commit id."""

    def entries(self) -> tuple[Entry, ...]:
        """Return every file that can matter, sorted by path."""

    def read(self, entries: Iterable[Entry]) -> Iterator[tuple[Entry, bytes | None]]:
        """Yield the bytes of many files, in the given order; None for one that is closed to us, or is none.

        CannotRunError where git has lost one, or never had it.
        """


def matters(path: str, mode: str = FILE) -> bool:
    """Tell whether a file can be a record, or a link that pretends to be one. Hidden folders never hold records."""
    *folders, name = path.split("/")
    if any(folder.startswith(".") for folder in folders) or name.startswith((".", "~$")):
        return False
    return not name.endswith(_PASSING) and (mode in {LINK, SUBMODULE} or name.lower().endswith(_ENDINGS))


def foreign(entries: Iterable[Entry]) -> frozenset[str]:
    """Return the ids among those of entries that name commits of other repositories: they need not be here."""
    return frozenset(each.blob for each in entries if each.mode == SUBMODULE)


def path_stem(path: str) -> str:
    """Return the name of a file without its folders and its ending."""
    return path.rpartition("/")[2].rpartition(".")[0]

"""One source of bytes: the work tree, the index and any commit look the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_FILE_BYTES = 1 << 20
FILE_MODE, PROGRAM_MODE, LINK_MODE, SUBMODULE_MODE = "100644", "100755", "120000", "160000"
UNMERGED_MODE = "unmerged"
"""In place of a mode: the index holds several versions of the file, and nobody has chosen."""
_RECORD_ENDINGS = (".yaml", ".yml", ".md")
_TEMPORARY_ENDINGS = (".tmp", ".swp", "~")


class TreeEntry(NamedTuple):
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

    def entries(self) -> tuple[TreeEntry, ...]:
        """Return every file that can matter, sorted by path."""

    def read(self, entries: Iterable[TreeEntry]) -> Iterator[tuple[TreeEntry, bytes | None]]:
        """Yield the bytes of many files, in the given order; None for one that is closed to us, or is none.

        CannotRunError where git has lost one, or never had it.
        """


def may_be_record(path: str, mode: str = FILE_MODE) -> bool:
    """Tell whether a file can be a record, or a link that pretends to be one. Hidden folders never hold records."""
    *folders, name = path.split("/")
    if any(folder.startswith(".") for folder in folders) or name.startswith((".", "~$")):
        return False
    return not name.endswith(_TEMPORARY_ENDINGS) and (
        mode in {LINK_MODE, SUBMODULE_MODE} or name.lower().endswith(_RECORD_ENDINGS)
    )


def find_submodule_ids(entries: Iterable[TreeEntry]) -> frozenset[str]:
    """Return the ids among those of entries that name commits of other repositories: they need not be here."""
    return frozenset(entry.blob for entry in entries if entry.mode == SUBMODULE_MODE)


def read_path_stem(path: str) -> str:
    """Return the name of a file without its folders and its ending."""
    return path.rpartition("/")[2].rpartition(".")[0]

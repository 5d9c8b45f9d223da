"""Trees: the common interface of work tree, index and commits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_FILE_BYTES = 1 << 20
FILE_MODE, PROGRAM_MODE, LINK_MODE, SUBMODULE_MODE = "100644", "100755", "120000", "160000"
UNMERGED_MODE = "unmerged"
"""In place of a mode: the index holds several versions of the file, from an unfinished merge."""
_PLAIN_MODES = frozenset({FILE_MODE, PROGRAM_MODE})
_RECORD_PATH = re.compile(r"(?:(?!\.)[^/]*/)*(?!\.|~\$)[^/]*\.(?:ya?ml|md)", re.IGNORECASE | re.ASCII)
_RECORD_ENDINGS = (".yaml", ".yml", ".md")
_TEMPORARY_ENDINGS = (".tmp", ".swp", "~")


class TreeEntry(NamedTuple):
    """A file of a tree: path below the record root, blob id ("" if not worked out), size in bytes, git mode."""

    path: str
    blob: str
    size: int
    mode: str


class Tree(Protocol):
    """One state of a record repository."""

    @property
    def label(self) -> str | None:
        """None for the work tree, ``index``, or the full id of a commit."""

    def entries(self) -> tuple[TreeEntry, ...]:
        """Return every file that may matter, sorted by path."""

    def read(self, entries: Iterable[TreeEntry]) -> Iterator[tuple[TreeEntry, bytes | None]]:
        """Yield the bytes of files, in the given order; None for one that cannot be opened or is no regular file.

        CannotRunError where git does not have the object of a file.
        """


def may_be_record(path: str, mode: str = FILE_MODE) -> bool:
    """Tell whether a path may be a record, or a link or submodule in place of one; never in a hidden folder."""
    if mode in _PLAIN_MODES:
        # Nearly every path is plain, and told in half the time of the pattern.
        plain = path.endswith(_RECORD_ENDINGS) and "/." not in path and "~" not in path and path[0] != "."
        return plain or _RECORD_PATH.fullmatch(path) is not None
    *folders, name = path.split("/")
    if any(folder.startswith(".") for folder in folders) or name.startswith((".", "~$")):
        return False
    return not name.endswith(_TEMPORARY_ENDINGS) and (
        mode in {LINK_MODE, SUBMODULE_MODE} or name.lower().endswith(_RECORD_ENDINGS)
    )


def find_submodule_ids(entries: Iterable[TreeEntry]) -> frozenset[str]:
    """Return the ids of submodule commits among entries, which need not be in this repository."""
    return frozenset(entry.blob for entry in entries if entry.mode == SUBMODULE_MODE)


def read_path_stem(path: str) -> str:
    """Return the name of a file without folders and ending."""
    return path.rpartition("/")[2].rpartition(".")[0]

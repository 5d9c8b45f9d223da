"""A folder as a tree of files: links are listed and never followed; git is not needed."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from dangwu.errors import CannotRunError
from dangwu.model.message import say
from dangwu.model.tree import (
    FILE_MODE,
    LINK_MODE,
    MAX_FILE_BYTES,
    PROGRAM_MODE,
    SUBMODULE_MODE,
    TreeEntry,
    may_be_record,
)

try:
    from _sha1 import sha1  # type: ignore[import-not-found]  # hashlib would load OpenSSL, at the cost of a small check
except ImportError:
    from hashlib import sha1

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dangwu.model.message import Text

DEFAULT_OBJECT_FORMAT = "sha1"
_JUNCTION_TAG = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT: Windows' link to a folder, which Python takes for a folder
_NO_FOLLOW_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class WorkTree:
    """The files below ``root``, read once, when they are first listed."""

    label: str | None = None

    def __init__(self, root: Path, object_format: str = DEFAULT_OBJECT_FORMAT) -> None:
        self._root, self._object_format = os.fspath(root), object_format
        self._entries: tuple[TreeEntry, ...] | None = None
        self._bytes: dict[str, bytes | None] = {}

    def entries(self) -> tuple[TreeEntry, ...]:
        """List the files with the blob ids that git would give them."""
        if self._entries is None:
            self._entries = tuple(sorted(self._walk(), key=lambda entry: entry.path))
        return self._entries

    def read(self, entries: Iterable[TreeEntry]) -> Iterator[tuple[TreeEntry, bytes | None]]:
        """Yield the bytes read when the files were listed."""
        self.entries()
        for entry in entries:
            yield entry, self._bytes.get(entry.path)

    def _walk(self) -> Iterator[TreeEntry]:
        folders = [""]
        while folders:
            folder = folders.pop()
            found = self._list_folder(folder)
            if folder and any(item.name == ".git" for item in found):
                # Another repository: a submodule, or a second work tree.
                if may_be_record(folder[:-1], SUBMODULE_MODE):
                    yield TreeEntry(folder[:-1], "", 0, SUBMODULE_MODE)
                continue
            for item in found:
                path = f"{folder}{item.name}"
                if item.is_symlink() or _is_junction(item):
                    if may_be_record(path, LINK_MODE):
                        yield _build_link_entry(path, item.path, self._object_format)
                elif item.is_dir(follow_symlinks=False):
                    if not item.name.startswith("."):
                        folders.append(f"{path}/")
                elif may_be_record(path):
                    yield self._read_file(path, item.path)

    def _list_folder(self, folder: str) -> list[os.DirEntry[str]]:
        """List a folder; CannotRunError when it cannot be opened, as its records would seem not to exist."""
        try:
            with os.scandir(os.path.join(self._root, folder)) as items:  # noqa: PTH118 - a hot loop
                return list(items)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            hint = say("Check its permissions.")
            raise CannotRunError(say("The folder {path} cannot be opened.", path=folder or self._root), hint) from error

    def _read_file(self, path: str, full: str) -> TreeEntry:
        raw, size, mode = _read_contents(full)
        self._bytes[path] = raw
        return TreeEntry(path, "" if raw is None else hash_blob(raw, self._object_format), size, mode)


def _is_junction(item: os.DirEntry[str]) -> bool:
    return os.name == "nt" and getattr(item.stat(follow_symlinks=False), "st_reparse_tag", 0) == _JUNCTION_TAG


def _build_link_entry(path: str, full: str, object_format: str) -> TreeEntry:
    """Return a link as git stores it: its bytes are its target."""
    try:
        raw = os.fsencode(os.readlink(full))  # noqa: PTH115 - a path object would alter the spelling
    except OSError:
        return TreeEntry(path, "", 0, LINK_MODE)
    return TreeEntry(path, hash_blob(raw, object_format), len(raw), LINK_MODE)


def hash_blob(raw: bytes, object_format: str = DEFAULT_OBJECT_FORMAT) -> str:
    """Return the blob id that git gives these bytes in a repository of an object format, ``sha1`` or ``sha256``."""
    whole = b"blob %d\0" % len(raw) + raw
    if object_format == DEFAULT_OBJECT_FORMAT:
        digest: str = sha1(whole, usedforsecurity=False).hexdigest()
        return digest
    from hashlib import new  # noqa: PLC0415 - loads OpenSSL

    return new(object_format, whole, usedforsecurity=False).hexdigest()


def find_write_obstacle(root: Path, path: str) -> Text | None:
    """Return why a file may not be written: it is marked as read-only, or not on the disk; None where it may."""
    try:
        status = os.lstat(os.path.join(root, path))  # noqa: PTH118 - as above
    except OSError:
        return say("Git keeps it off the disk, or it cannot be opened.")
    return None if status.st_mode & stat.S_IWUSR else say("Marked as read-only.")


def _read_contents(full: str) -> tuple[bytes | None, int, str]:
    """Return bytes, size and git mode; None for the bytes of a file above 1 MiB, of no plain file, or not readable."""
    try:
        handle = os.open(full, os.O_RDONLY | _NO_FOLLOW_FLAGS | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return None, 0, FILE_MODE
    with os.fdopen(handle, "rb") as stream:
        status = os.fstat(handle)
        mode = PROGRAM_MODE if os.name != "nt" and status.st_mode & stat.S_IXUSR else FILE_MODE
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_FILE_BYTES:
            return None, status.st_size, mode
        try:
            raw = stream.read(MAX_FILE_BYTES + 1)
        except OSError:
            return None, status.st_size, mode
    return raw, len(raw), mode

"""A folder of generated HTML pages: written anew as a whole, never touching files of other origin."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from dangwu.errors import CannotRunError, UsageError
from dangwu.files.os_errors import describe_os_error
from dangwu.files.write import refuse_closed_place, write_file
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PAGE_PATH = re.compile(r"(?:[a-z0-9][a-z0-9-]{0,99}/)?[a-z0-9][a-z0-9-]{0,99}\.html", re.ASCII)
"""The paths that the list of pages may hold; any other line in it is ignored, so nothing else is ever removed."""
_MAX_LIST_BYTES = 16 * 1024 * 1024


def write_site(
    folder: Path, files: Mapping[str, bytes], *, mark: str, force: bool = False, closed: Iterable[Path] = ()
) -> None:
    """Write pages into a folder that is new, empty, or was written by this function before (then only with ``force``).

    ``mark`` is the name of a file in the folder that lists the pages written. Each page is replaced atomically; after
    an interrupted run all pages are whole, and the list lets the next run remove what is obsolete. UsageError, with
    nothing written, when the folder lies in one of ``closed`` or holds other files, or ``force`` is missing;
    CannotRunError when the system refuses.
    """
    refuse_closed_place(folder, closed)
    try:
        known = _read_known_pages(folder, mark, force=force)
        foreign = [path for path in files if path not in known and os.path.lexists(folder / path)]
        if foreign:
            raise UsageError(
                say("{path} was not made by this command.", path=str(folder / min(foreign))),
                say("Choose a new folder, or empty this one."),
            )
        write_file(folder / mark, _format_list(known | files.keys()), force=True, root=folder)
        # Index pages last, so that they never link to a page that is not written yet.
        for path, data in sorted(files.items(), key=lambda file: (file[0].rpartition("/")[2] == "index.html", file[0])):
            if not _is_same(folder / path, data):
                write_file(folder / path, data, force=True, root=folder)
        _remove_pages(folder, known - files.keys())
        write_file(folder / mark, _format_list(files), force=True, root=folder)
    except OSError as error:
        raise CannotRunError(
            say("{path} was not written: {reason}.", path=str(folder), reason=describe_os_error(error))
        ) from error


def _read_known_pages(folder: Path, mark: str, *, force: bool) -> set[str]:
    """Return the paths of the pages written before; empty for a new or an empty folder."""
    if not os.path.lexists(folder):
        return set()
    if not folder.is_dir():
        raise UsageError(say("{path} is no folder.", path=str(folder)), say("Choose a new folder, or empty this one."))
    with os.scandir(folder) as entries:
        if not any(entries):
            return set()
    page_list = folder / mark
    if page_list.is_symlink() or not page_list.is_file() or page_list.stat().st_size > _MAX_LIST_BYTES:
        raise UsageError(
            say("{path} exists and is not empty.", path=str(folder)), say("Choose a new folder, or empty this one.")
        )
    if not force:
        raise UsageError(say("{path} exists already.", path=str(folder)), say("Write it again with --force."))
    lines = page_list.read_bytes().decode("utf-8", "replace").splitlines()
    return {line for line in lines if _PAGE_PATH.fullmatch(line)}


def _format_list(paths: Iterable[str]) -> bytes:
    return "".join(f"{path}\n" for path in sorted(paths)).encode()


def _is_same(path: Path, data: bytes) -> bool:
    """Tell whether a page has these bytes; it then keeps its time, so that it is not uploaded again."""
    return path.is_file() and not path.is_symlink() and path.stat().st_size == len(data) and path.read_bytes() == data


def _remove_pages(folder: Path, paths: Iterable[str]) -> None:
    """Remove obsolete pages and the folders that become empty; never through a linked folder."""
    top = Path(os.path.realpath(folder))
    for path in sorted(paths):
        target = top / path
        if Path(os.path.realpath(target.parent)).is_relative_to(top):
            target.unlink(missing_ok=True)
            if target.parent != top:
                with suppress(OSError):
                    target.parent.rmdir()

"""The beginning of a small file, and which files there are: for what comes first, so it imports next to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.tree import MAX_FILE_BYTES

if TYPE_CHECKING:
    from pathlib import Path


def read_file_if_any(path: Path) -> bytes | None:
    """Return at most the first MiB of a plain file; None where there is none or it cannot be read."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            return stream.read(MAX_FILE_BYTES)
    except OSError:
        return None


def find_folder_with(start: Path, name: str) -> Path | None:
    """Return the nearest folder, ``start`` or one around it, that has a file of this name; None for none."""
    try:
        return next((folder for folder in (start, *start.absolute().parents) if (folder / name).is_file()), None)
    except OSError:
        return None


def list_file_names(folder: Path, ending: str) -> tuple[str, ...]:
    """Return the names of the files in a folder with an ending, sorted; none where it cannot be read."""
    try:
        return tuple(sorted(path.name for path in folder.iterdir() if path.name.endswith(ending)))
    except OSError:
        return ()


def is_folder(path: Path) -> bool:
    """Tell whether there is a folder."""
    try:
        return path.is_dir()
    except OSError:
        return False

"""A repository that came as a folder, an archive or a bundle, copied so that nothing of its configuration is used.

git takes a folder's configuration, hooks and attributes for its owner's. A clone takes over only objects and refs, and
every object is examined on the way (git-fsck(1)).
"""

from __future__ import annotations

import os
import shutil
import tarfile
import tempfile
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dangwu.errors import CannotRunError
from dangwu.files import git
from dangwu.files.repository import Location
from dangwu.model.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_BYTES = 1 << 30
_MOST_FILES = 200_000
_CLONING = ("-c", "transfer.fsckObjects=true", "-c", "protocol.file.allow=always", "-c", "core.symlinks=false")


@contextmanager
def quarantined(source: Path) -> Iterator[Location]:
    """Yield the place of a bare copy, deleted afterwards. CannotRunError where there is none, or a forged one."""
    with tempfile.TemporaryDirectory(prefix="dangwu-", ignore_cleanup_errors=True) as folder:
        found = _repository(source, Path(folder) / "came")
        copy = Path(folder) / "copy.git"
        words = (*_CLONING, "clone", "--quiet", "--mirror", "--no-local", "--template=", "--", str(found), str(copy))
        answer = git.ask(Path(folder), *words, extra={"GIT_ALLOW_PROTOCOL": "file"})
        if answer.code:
            failed = git.failure(found, answer)
            raise CannotRunError(say("The repository was not taken in. {words}", words=failed.message), failed.hint)
        yield Location(copy)


def _repository(source: Path, place: Path) -> Path:
    """Return the folder or bundle to clone from, an archive unpacked first."""
    if source.is_dir():
        return _found(source.resolve())
    if not source.is_file():
        raise CannotRunError(say("There is no folder or file {path}.", path=str(source)))
    try:
        if zipfile.is_zipfile(source):
            _unzip(source, place)
        elif tarfile.is_tarfile(source):
            _untar(source, place)
        else:
            return source.resolve()
    except (OSError, ValueError, tarfile.TarError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise CannotRunError(say("{path} cannot be unpacked.", path=str(source))) from error
    return _found(place)


def _found(folder: Path) -> Path:
    """Return the nearest folder that is a repository; looked for by its parts, without asking git there."""
    todo = [folder]
    while todo:
        here = todo.pop(0)
        if (here / ".git" / "HEAD").is_file():
            return here / ".git"
        if (here / ".git").is_file() or all((here / name).exists() for name in ("HEAD", "objects", "refs")):
            return here
        if here.parts[len(folder.parts) + 2 :]:
            continue
        todo += sorted(each for each in here.iterdir() if each.is_dir() and not each.is_symlink())
    raise CannotRunError(say("There is no git repository in {path}.", path=str(folder)))


def _unzip(source: Path, place: Path) -> None:
    with zipfile.ZipFile(source) as archive:
        entries = archive.infolist()
        if len(entries) > _MOST_FILES or sum(each.file_size for each in entries) > _MOST_BYTES:
            raise ValueError
        for each in entries:
            parts = each.filename.replace("\\", "/").split("/")
            if each.is_dir() or not _plain(parts):
                continue
            target = place.joinpath(*filter(None, parts))
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(each) as inside, target.open("xb") as out:
                shutil.copyfileobj(inside, out)


def _untar(source: Path, place: Path) -> None:
    size = count = 0
    with tarfile.open(source) as archive:
        for each in archive:
            size, count = size + each.size, count + 1
            if size > _MOST_BYTES or count > _MOST_FILES:
                raise ValueError
            parts = each.name.split("/")
            inside = archive.extractfile(each) if each.isfile() and _plain(parts) else None
            if inside is None:
                continue
            target = place.joinpath(*(part for part in parts if part not in {"", "."}))
            target.parent.mkdir(parents=True, exist_ok=True)
            with inside, target.open("xb") as out:
                shutil.copyfileobj(inside, out)


def _plain(parts: list[str]) -> bool:
    """Tell whether a name stays where it is unpacked; links and other files are never unpacked at all."""
    if parts[:1] == [""] or os.path.isabs("/".join(parts)):  # noqa: PTH117 - a name, not a path of this machine
        return False
    return not any(part == ".." or ":" in part or "\0" in part for part in parts)

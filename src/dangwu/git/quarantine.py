"""A repository that came as a folder, an archive or a bundle, copied so that nothing of its configuration is used.

git takes a folder's configuration, hooks and attributes for its owner's. A clone takes over only objects and refs, and
every object is examined on the way (git-fsck(1)). What an archive holds beside them is unpacked only where it can lead
to nothing else on this computer.
"""

from __future__ import annotations

import os
import shutil
import stat
import tarfile
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dangwu.errors import CannotRunError
from dangwu.git import plumbing
from dangwu.git.repository import RecordRoot
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_BYTES = 1 << 30
_MAX_FILES = 200_000
_MAX_NAME_BYTES = 1 << 16
_CLONE_OPTIONS = (
    "-c", "transfer.fsckObjects=true",
    "-c", "fetch.fsckObjects=true",
    "-c", "protocol.file.allow=always",
    "-c", "core.symlinks=false",
)  # fmt: skip
_TRUST_ALL_CONFIG = "[safe]\n\tdirectory = *\n"
"""In place of the user's configuration while git copies: whoever owns a folder, git's server side (git-upload-pack(1))
runs nothing that its configuration names."""
_UPLOAD_PACK_COMMAND = "GIT_GRAFT_FILE=/dev/null GIT_NO_REPLACE_OBJECTS=1 git -c uploadpack.hideRefs=!refs upload-pack"
"""Git does not hand these on to its server side, which would then leave out what grafts and settings there hide."""
_BUNDLE_HEADERS = (b"# v2 git bundle\n", b"# v3 git bundle\n")
_NAME_ENTRY_TYPES = {
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
}


@contextmanager
def quarantine_repository(source: Path) -> Iterator[RecordRoot]:
    """Yield the place of a bare copy, deleted afterwards. CannotRunError where there is none, or a forged one."""
    import tempfile  # noqa: PLC0415 - a heavy import

    # os.path asks without raising, and a pipe is neither.
    if not os.path.isdir(source) and not os.path.isfile(source):  # noqa: PTH112, PTH113
        raise CannotRunError(say("There is no folder or file {path}.", path=str(source)))
    if Path(tempfile.gettempdir()).resolve().is_relative_to(source.resolve()):
        hint = say("Name another folder in TMPDIR (on Windows TEMP).")
        raise CannotRunError(say("The folder for temporary files lies in {path}.", path=str(source)), hint)
    with tempfile.TemporaryDirectory(prefix="dangwu-", ignore_cleanup_errors=True) as folder:
        found = _unpack_source(source, Path(folder) / "came")
        copy, mine = Path(folder) / "copy.git", Path(folder) / "gitconfig"
        mine.write_text(_TRUST_ALL_CONFIG, encoding="utf-8")
        extra = {"GIT_ALLOW_PROTOCOL": "file", "GIT_CONFIG_GLOBAL": str(mine), "GIT_CONFIG_NOSYSTEM": "1"}
        options = ("--quiet", "--mirror", "--no-local", "--template=", f"--upload-pack={_UPLOAD_PACK_COMMAND}")
        answer = plumbing.run_git(
            Path(folder), *_CLONE_OPTIONS, "clone", *options, "--", str(found), str(copy), extra=extra
        )
        if answer.code:
            failed = plumbing.explain_failure(found, answer)
            raise CannotRunError(say("The repository could not be copied. {words}", words=failed.message), failed.hint)
        yield RecordRoot(copy)


def _unpack_source(source: Path, place: Path) -> Path:
    """Return the folder or bundle to clone from, an archive unpacked first."""
    try:
        if source.is_dir():
            return _find_git_folder(source.resolve())
        if zipfile.is_zipfile(source):
            _unpack_zip(source, place)
        elif _is_bundle(source):
            return source.resolve()
        else:
            _unpack_tar(source, place)
        return _find_git_folder(place)
    except CannotRunError:
        raise
    except Exception as error:  # a forged archive can make the standard library raise nearly anything
        raise CannotRunError(say("{path} cannot be unpacked.", path=str(source))) from error


def _is_bundle(source: Path) -> bool:
    with source.open("rb") as stream:
        return stream.readline(len(_BUNDLE_HEADERS[0])) in _BUNDLE_HEADERS


def _find_git_folder(folder: Path) -> Path:
    """Return the nearest folder that is a repository; looked for by its parts, without asking git there."""
    todo = [folder] if folder.is_dir() else []
    while todo:
        here = todo.pop(0)
        if (here / ".git" / "HEAD").is_file():
            return here / ".git"
        if (here / ".git").is_file() or plumbing.looks_bare(here):
            return here
        if here.parts[len(folder.parts) + 2 :]:
            continue
        todo += sorted(each for each in here.iterdir() if each.is_dir() and not each.is_symlink())
    raise CannotRunError(say("There is no git repository in {path}.", path=str(folder)))


def _unpack_zip(source: Path, place: Path) -> None:
    with zipfile.ZipFile(source) as archive:
        entries = archive.infolist()
        if len(entries) > _MAX_FILES or sum(entry.file_size for entry in entries) > _MAX_BYTES:
            raise ValueError
        for entry in entries:
            parts = entry.filename.replace("\\", "/").split("/")
            plain = stat.S_IFMT(entry.external_attr >> 16) in {0, stat.S_IFREG}
            if entry.is_dir() or not plain or not _stays_inside(parts):
                continue
            target = place.joinpath(*filter(None, parts))
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(entry) as inside, target.open("xb") as out:
                shutil.copyfileobj(inside, out)


class _SafeTarInfo(tarfile.TarInfo):
    """An entry of a tar archive. What would be held in memory as a whole is refused before it is read.

    That is a name of megabytes, and the list of holes of a sparse file. ``_proc_member`` is where every version of the
    standard library comes by, and which it says may be overridden; the tests hold each of these against a real archive.
    """

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        if self.type == tarfile.GNUTYPE_SPARSE or (self.type in _NAME_ENTRY_TYPES and self.size > _MAX_NAME_BYTES):
            raise ValueError
        made: tarfile.TarInfo = super()._proc_member(archive)  # type: ignore[misc]
        return made

    def _proc_gnusparse_10(self, *_given: object) -> None:
        raise ValueError


def _unpack_tar(source: Path, place: Path) -> None:
    size = count = 0
    with tarfile.open(source, tarinfo=_SafeTarInfo) as archive:
        for each in archive:
            size, count = size + each.size, count + 1
            if size > _MAX_BYTES or count > _MAX_FILES:
                raise ValueError
            parts = each.name.split("/")
            inside = archive.extractfile(each) if each.isfile() and _stays_inside(parts) else None
            if inside is None:
                continue
            target = place.joinpath(*(part for part in parts if part not in {"", "."}))
            target.parent.mkdir(parents=True, exist_ok=True)
            with inside, target.open("xb") as out:
                shutil.copyfileobj(inside, out)


def _stays_inside(parts: list[str]) -> bool:
    """Tell whether a file stays where it is unpacked, and sends git nowhere else; links are never unpacked at all."""
    if parts[:1] == [""] or os.path.isabs("/".join(parts)):  # noqa: PTH117 - a name, not a path of this machine
        return False
    if parts[-1] == ".git" or parts[-3:] == ["objects", "info", "alternates"]:
        return False
    if parts[-1] == "commondir" and "refs" not in parts:
        return False
    # Windows drops points and blanks at the end of a name.
    return not any(":" in part or "\0" in part or (part.startswith("..") and not part.strip(". ")) for part in parts)

"""A safe copy of a repository received as a folder, an archive or a bundle.

git trusts the configuration, hooks and attributes in a repository's folder. A clone copies only objects and refs, and
checks every object (git-fsck(1)). Of an archive only plain files inside the target folder are unpacked.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import tarfile
import zipfile
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

from dangwu.errors import CannotRunError
from dangwu.files.os_errors import describe_os_error, is_refusal
from dangwu.files.private_copy import find_temporary_folder, make_private_folder
from dangwu.git import plumbing
from dangwu.git.environment import looks_bare
from dangwu.git.repository import RecordRoot
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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
"""Replaces the user's configuration during the copy. Safe: git-upload-pack(1) runs nothing from the source's
configuration, whoever owns the folder."""
_UPLOAD_PACK_COMMAND = (
    "GIT_GRAFT_FILE=/dev/null GIT_NO_REPLACE_OBJECTS=1 git -c uploadpack.hideRefs=!refs -c core.commitGraph=false"
    " -c core.multiPackIndex=false -c pack.useBitmaps=false upload-pack"
)
"""Git does not pass these settings to its server side, where grafts and hidden refs would leave objects out, and a
damaged index of several packs would stop it."""
_BUNDLE_HEADERS = (b"# v2 git bundle\n", b"# v3 git bundle\n")
_MAX_HEADER_LINES = 100_000
_NEEDED_COMMIT = re.compile(rb"-([0-9a-f]{40,64})(?: (.*))?\n", re.ASCII | re.DOTALL)
_MAX_SHOWN = 3
_NAME_ENTRY_TYPES = {
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
}


@contextmanager
def quarantine_repository(source: Path) -> Iterator[RecordRoot]:
    """Yield the root of a bare copy, which is deleted afterwards; CannotRunError without a valid repository."""
    # os.path asks without raising, and a pipe is neither.
    if not os.path.isdir(source) and not os.path.isfile(source):  # noqa: PTH112, PTH113
        raise CannotRunError(say("There is no folder or file {path}.", path=str(source)))
    if find_temporary_folder().resolve().is_relative_to(source.resolve()):
        hint = say("Name another folder in TMPDIR (on Windows TEMP).")
        raise CannotRunError(say("The folder for temporary files lies in {path}.", path=str(source)), hint)
    with make_private_folder() as folder:
        origin = _unpack_source(source, folder / "came")
        copy, config = folder / "copy.git", folder / "gitconfig"
        config.write_text(_TRUST_ALL_CONFIG, encoding="utf-8")
        extra = {"GIT_ALLOW_PROTOCOL": "file", "GIT_CONFIG_GLOBAL": str(config), "GIT_CONFIG_NOSYSTEM": "1"}
        options = ("--quiet", "--mirror", "--no-local", "--template=", f"--upload-pack={_UPLOAD_PACK_COMMAND}")
        answer = plumbing.run_git(folder, *_CLONE_OPTIONS, "clone", *options, "--", str(origin), str(copy), extra=extra)
        if answer.code:
            error = plumbing.explain_failure(origin, answer)
            raise CannotRunError(say("The repository could not be copied. {words}", words=error.message), error.hint)
        _choose_head(copy)
        yield RecordRoot(copy)


def _choose_head(copy: Path) -> None:
    """Let HEAD be the only branch of a copy whose HEAD is none, as of a bundle of one branch."""
    if plumbing.run_git(copy, "rev-parse", "--verify", "--quiet", "HEAD").code == 0:
        return
    branches = plumbing.read_git_output(copy, "for-each-ref", "--format=%(refname)", "refs/heads/").decode().split("\n")
    if len(branches[:-1]) == 1:
        plumbing.require_success(copy, plumbing.run_git_write(copy, "symbolic-ref", "HEAD", branches[0]))


def _unpack_source(source: Path, place: Path) -> Path:
    """Return the folder or bundle to clone from; unpack an archive first."""
    try:
        if source.is_dir():
            return _find_git_folder(source.resolve())
        if zipfile.is_zipfile(source):
            _unpack_zip(source, place)
        elif _is_bundle(source):
            _refuse_partial_bundle(source)
            return source.resolve()
        else:
            _unpack_tar(source, place)
        return _find_git_folder(place)
    except CannotRunError:
        raise
    except OSError as error:
        if is_refusal(error):
            reason = describe_os_error(error)
            raise CannotRunError(say("The repository could not be copied: {reason}.", reason=reason)) from error
        raise CannotRunError(say("{path} cannot be unpacked.", path=str(source))) from error
    except Exception as error:  # a forged archive can make the standard library raise any exception
        raise CannotRunError(say("{path} cannot be unpacked.", path=str(source))) from error


def _is_bundle(source: Path) -> bool:
    with source.open("rb") as stream:
        return stream.readline(len(_BUNDLE_HEADERS[0])) in _BUNDLE_HEADERS


def _refuse_partial_bundle(source: Path) -> None:
    """CannotRunError for a bundle that builds on commits which it does not hold (gitformat-bundle(5))."""
    needed, branch = [], "main"
    with source.open("rb") as stream:
        stream.readline()
        for line in islice(stream, _MAX_HEADER_LINES):
            match = _NEEDED_COMMIT.fullmatch(line)
            if match is None and not line.startswith(b"@"):
                named = line.partition(b" refs/heads/")[2].decode("utf-8", "replace").strip()
                branch = named or branch
                break
            if match is not None:
                title = (match[2] or b"").decode("utf-8", "replace").strip()
                needed.append(f"{match[1][:12].decode()} {title}".strip())
    if not needed:
        return
    shown = (*needed[:_MAX_SHOWN], *(["…"] if len(needed) > _MAX_SHOWN else []))
    hint = say(
        "Ask for a whole one: git bundle create FILE --all. Or bring it into a clone of yours that has them: git fetch "
        "{path} 'refs/heads/*:refs/remotes/bundle/*', and review it there: dangwu review HEAD...bundle/{branch}",
        path=str(source), branch=branch,
    )  # fmt: skip
    raise CannotRunError(say("The bundle holds only what came after: {commits}.", commits=shown), hint)


def _find_git_folder(folder: Path) -> Path:
    """Return the nearest repository at most two folders down, recognised by its files, without running git there."""
    todo = [folder] if folder.is_dir() else []
    while todo:
        here = todo.pop(0)
        if (here / ".git" / "HEAD").is_file():
            return here / ".git"
        if (here / ".git").is_file() or looks_bare(here):
            return here
        if here.parts[len(folder.parts) + 2 :]:
            continue
        todo += sorted(inner for inner in here.iterdir() if inner.is_dir() and not inner.is_symlink())
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
    """An entry of a tar archive; ValueError for what would be read into memory whole.

    That is a name of megabytes, and the list of holes of a sparse file. The standard library documents ``_proc_member``
    as an override point; the tests try every case on a real archive.
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
        for entry in archive:
            size, count = size + entry.size, count + 1
            if size > _MAX_BYTES or count > _MAX_FILES:
                raise ValueError
            parts = entry.name.split("/")
            inside = archive.extractfile(entry) if entry.isfile() and _stays_inside(parts) else None
            if inside is None:
                continue
            target = place.joinpath(*(part for part in parts if part not in {"", "."}))
            target.parent.mkdir(parents=True, exist_ok=True)
            with inside, target.open("xb") as out:
                shutil.copyfileobj(inside, out)


def _stays_inside(parts: list[str]) -> bool:
    """Tell whether an archive path stays in its folder and leads git nowhere else (alternates, commondir)."""
    if parts[:1] == [""] or os.path.isabs("/".join(parts)):  # noqa: PTH117 - a name, not a path of this machine
        return False
    if parts[-1] == ".git" or parts[-3:] == ["objects", "info", "alternates"]:
        return False
    if parts[-1] == "commondir" and "refs" not in parts:
        return False
    # Windows drops dots and spaces at the end of a name.
    return not any(":" in part or "\0" in part or (part.startswith("..") and not part.strip(". ")) for part in parts)

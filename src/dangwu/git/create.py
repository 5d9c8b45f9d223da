"""Creation of repositories: from template files without a commit, or with a whole history."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Protocol

from dangwu.errors import UsageError
from dangwu.files.write import write_file
from dangwu.git import plumbing
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

_DEFAULT_BRANCH = "main"
_INIT_COMMAND = ("init", "--quiet", "--template=", f"--initial-branch={_DEFAULT_BRANCH}", "--object-format=sha1")
# Formats that git 2.39 can read, whatever the defaults of a newer git or its user are.
_READABLE_FORMAT = (
    "-c", "init.defaultSubmodulePathConfig=false",
    "-c", "index.version=2",
    "-c", "index.skipHash=false",
    "-c", "core.splitIndex=false",
    "-c", "core.untrackedCache=false",
)  # fmt: skip
_REF_STORAGE = {"GIT_DEFAULT_REF_FORMAT": "files"}
"""The storage of refs; set in the environment because an older git refuses the option."""
# The checkout gets the bytes of the commits, whatever filters and line ends the user has configured.
_CHECKOUT_OPTIONS = ("-c", "core.autocrlf=false", "-c", "core.eol=lf", "-c", "core.attributesFile=/dev/null")


class NewCommit(Protocol):
    """A commit to create; author and committer are one person."""

    @property
    def when(self) -> datetime:
        """The time of authoring and committing, with zone."""

    @property
    def author(self) -> str:
        """The author's name."""

    @property
    def email(self) -> str:
        """The author's address."""

    @property
    def message(self) -> str:
        """The message."""

    @property
    def changes(self) -> Mapping[str, bytes | None]:
        """The new bytes of each file by path; None deletes it."""


def create_repository(folder: Path, files: Mapping[str, bytes], *, hooks: Mapping[str, bytes]) -> None:
    """Create a repository with these files, uncommitted. UsageError unless the folder is new or empty."""
    _init_repository(folder, hooks)
    for path, data in files.items():
        write_file(folder / path, data, root=folder)


def create_history(folder: Path, commits: Iterable[NewCommit], *, hooks: Mapping[str, bytes]) -> None:
    """Create a repository with a history by one ``git fast-import``, and check out the last commit.

    The same commits get the same ids on every machine: the user's configuration is not used.
    """
    _init_repository(folder, hooks)
    stream = b"".join(_build_import_stream(commits))
    command = ("fast-import", "--quiet", "--done", "--date-format=raw")
    plumbing.require_success(folder, plumbing.run_git_write(folder, *command, data=stream))
    extra = {"GIT_ATTR_NOSYSTEM": "1"}
    reset = plumbing.run_git_write(
        folder, *_READABLE_FORMAT, *_CHECKOUT_OPTIONS, "reset", "--quiet", "--hard", extra=extra
    )
    plumbing.require_success(folder, reset)


def _init_repository(folder: Path, hooks: Mapping[str, bytes]) -> None:
    if not _is_free(folder):
        hint = say("Choose a new folder, or empty this one.")
        raise UsageError(say("{path} exists and is not empty.", path=str(folder)), hint)
    parent = next(above for above in folder.absolute().parents if os.path.isdir(above))  # noqa: PTH112 - never raises
    plumbing.require_success(
        parent,
        plumbing.run_git_write(
            parent, *_READABLE_FORMAT, *_INIT_COMMAND, "--", str(folder.absolute()), extra=_REF_STORAGE
        ),
    )
    for name, data in hooks.items():
        target = folder / ".git" / "hooks" / name
        write_file(target, data, force=True)
        target.chmod(0o755)


def _is_free(folder: Path) -> bool:
    """Tell whether a path is unused or an empty folder; a folder that cannot be opened counts as used."""
    try:
        with os.scandir(folder) as entries:
            return not any(entries)
    except OSError:
        return not os.path.lexists(folder)


def _build_import_stream(commits: Iterable[NewCommit]) -> Iterator[bytes]:
    """Yield the input of ``git fast-import`` (git-fast-import(1), input format)."""
    for commit in commits:
        moment = f"{int(commit.when.timestamp())} {commit.when:%z}"
        person = f"{commit.author} <{commit.email}> {moment}".encode()
        message = commit.message.encode()
        yield b"commit refs/heads/%s\nauthor %s\ncommitter %s\n" % (_DEFAULT_BRANCH.encode(), person, person)
        yield b"data %d\n%s\n" % (len(message), message)
        for path, data in sorted(commit.changes.items()):
            if data is None:
                yield b"D %s\n" % _quote_path(path)
            else:
                yield b"M 100644 inline %s\ndata %d\n%s\n" % (_quote_path(path), len(data), data)
        yield b"\n"
    yield b"done\n"


def _quote_path(path: str) -> bytes:
    """Quote a path in C style for fast-import; bytes beyond ASCII stay as they are."""
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'.encode("utf-8", "surrogateescape")

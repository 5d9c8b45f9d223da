"""Creation of repositories: from template files without a commit, or with a whole history."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, Protocol

from dangwu.errors import UsageError
from dangwu.files.journal_place import choose_journal
from dangwu.files.leftovers import remove_leftovers
from dangwu.files.new_folder import build_folder, remove_folder
from dangwu.files.transaction import Settled, settle_unfinished, write_changes
from dangwu.files.write import write_file
from dangwu.git import plumbing
from dangwu.git.repository import RecordRoot, require_repository
from dangwu.model.file_change import FileChange
from dangwu.model.message import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

_GIT = ".git"
_PROGRAM_MODE = 0o755
_MAX_SHOWN_NAMES = 5
_SYSTEM_FILES = {".ds_store", "desktop.ini", "thumbs.db", "._.ds_store", ".directory", ".localized"}
"""What systems leave in a folder that somebody has opened, in lower case."""
_CLONE_FILES = {_GIT, ".gitignore", ".gitattributes", ".editorconfig", ".mailmap"}
_CLONE_STEMS = {"readme", "license", "licence", "copying"}
"""What a forge puts into a new repository, without its ending and in lower case."""

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


class MadeRepository(NamedTuple):
    """The files that stood in a new repository already and stay, and what became of an earlier run that was killed."""

    kept: tuple[str, ...]
    settled: Settled | None = None
    removed: tuple[Path, ...] = ()


def create_repository(folder: Path, files: Mapping[str, bytes], *, hooks: Mapping[str, bytes]) -> MadeRepository:
    """Create a repository with these files, uncommitted, or add them to an empty clone; all of them or nothing.

    Files that stand there stay as they are. UsageError for a folder with records or files of other kinds.
    """
    new_folder, new_git = (not os.path.lexists(path) for path in (folder, folder / _GIT))
    try:
        git_dir = None if new_git else _find_own_git_dir(folder)
        settled, removed = _clear_folder(folder, git_dir) if git_dir else (None, ())
        _refuse_used_folder(folder, git_dir, is_clone=not new_git)
        if git_dir is None:
            _run_init(folder)
        kept = tuple(sorted(path for path in files if os.path.lexists(folder / path)))
        steps = [FileChange(path, None, data) for path, data in files.items() if path not in kept]
        steps += _build_hook_changes(folder, hooks)
        write_changes(folder, steps, choose_journal(folder, git_dir or folder / _GIT), "init")
    except BaseException:
        if new_git:
            remove_folder(folder / _GIT)
        if new_folder:
            with suppress(OSError):
                folder.rmdir()
        raise
    return MadeRepository(kept, settled, removed)


def refuse_used_folder(folder: Path) -> None:
    """UsageError for a folder in which ``create_repository`` makes nothing; asked before a person answers questions.

    A folder with a repository is judged only when it is written to, since a run may have been broken off there.
    """
    if not os.path.lexists(folder / _GIT):
        _refuse_used_folder(folder, None, is_clone=False)


def _clear_folder(folder: Path, git_dir: Path) -> tuple[Settled | None, tuple[Path, ...]]:
    """Take back what a killed run has written here, and remove its temporary files."""
    places = (folder, git_dir / "dangwu", git_dir / "hooks")
    removed = tuple(path for place in places for path in remove_leftovers(place, below=place == folder))
    return settle_unfinished(folder, choose_journal(folder, git_dir)), removed


def _find_own_git_dir(folder: Path) -> Path | None:
    """Return the git directory of a folder with .git; None where that is unfinished, as when git init was killed."""
    is_whole = all(os.path.lexists(folder / _GIT / name) for name in ("HEAD", "objects", "refs"))
    if (folder / _GIT).is_dir() and not is_whole:
        return None
    return require_repository(RecordRoot(folder.resolve())).git_dir


def _refuse_used_folder(folder: Path, git_dir: Path | None, *, is_clone: bool) -> None:
    """UsageError unless a folder is new, empty but for what systems leave, or a clone without records."""
    others = [name for name in _list_names(folder) if not _is_harmless(name, is_clone=is_clone)]
    if others:
        raise _build_used_error(folder, others)
    if git_dir is not None and not plumbing.run_git(folder, "cat-file", "-e", "HEAD:branch.yaml").code:
        hint = say("Check out its files: git checkout")
        raise UsageError(say("The last commit in {path} has a branch.yaml already.", path=str(folder)), hint)


def _is_harmless(name: str, *, is_clone: bool) -> bool:
    if name.casefold() in _SYSTEM_FILES:
        return True
    stem = name.casefold().partition(".")[0]
    return is_clone and (name in _CLONE_FILES or stem in _CLONE_STEMS)


def _list_names(folder: Path) -> list[str]:
    """List a folder, nothing for an unused path; a file and a folder that cannot be opened are refused."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry in entries)
    except OSError as error:
        if not os.path.lexists(folder):
            return []
        raise _build_used_error(folder, []) from error


def _build_used_error(folder: Path, names: list[str]) -> UsageError:
    if not names:
        return UsageError(
            say("{path} exists and is not empty.", path=str(folder)), say("Choose a new folder, or empty this one.")
        )
    shown: tuple[str | Text, ...] = tuple(names[:_MAX_SHOWN_NAMES])
    if len(names) > _MAX_SHOWN_NAMES:
        shown = (*shown, say("and others: {count}", count=len(names) - _MAX_SHOWN_NAMES))
    message = say("{path} exists and is not empty; in it: {names}.", path=str(folder), names=shown)
    if "branch.yaml" in names:
        return UsageError(message, say("It is a record repository already: go on with dangwu check."))
    return UsageError(message, say("Choose a new folder, or empty this one."))


def _run_init(folder: Path) -> None:
    parent = next(above for above in folder.absolute().parents if os.path.isdir(above))  # noqa: PTH112 - never raises
    plumbing.require_success(
        parent,
        plumbing.run_git_write(
            parent, *_READABLE_FORMAT, *_INIT_COMMAND, "--", str(folder.absolute()), extra=_REF_STORAGE, apart=True
        ),
    )


def _build_hook_changes(folder: Path, hooks: Mapping[str, bytes]) -> list[FileChange]:
    """Return the changes that write hooks where there are none; a linked work tree shares those of its main one."""
    if not (folder / _GIT).is_dir():
        return []
    places = {name: f"{_GIT}/hooks/{name}" for name in hooks}
    return [
        FileChange(places[name], None, data, _PROGRAM_MODE)
        for name, data in hooks.items()
        if not os.path.lexists(folder / places[name])
    ]


def create_history(folder: Path, commits: Iterable[NewCommit], *, hooks: Mapping[str, bytes]) -> None:
    """Create a repository with a history by one ``git fast-import``, and check out the last commit.

    It is made in a folder beside this one and moved into place when it is whole. The same commits get the same ids on
    every machine: the user's configuration is not used.
    """
    used = [name for name in _list_names(folder) if not _is_harmless(name, is_clone=False)]
    if used:
        raise _build_used_error(folder, used)
    with build_folder(folder.absolute()) as beside:
        _run_init(beside)
        for name, data in hooks.items():
            write_file(beside / _GIT / "hooks" / name, data, mode=_PROGRAM_MODE)
        stream = b"".join(_build_import_stream(commits))
        command = ("fast-import", "--quiet", "--done", "--date-format=raw")
        plumbing.require_success(beside, plumbing.run_git_write(beside, *command, data=stream))
        extra = {"GIT_ATTR_NOSYSTEM": "1"}
        reset = plumbing.run_git_write(
            beside, *_READABLE_FORMAT, *_CHECKOUT_OPTIONS, "reset", "--quiet", "--hard", extra=extra
        )
        plumbing.require_success(beside, reset)


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

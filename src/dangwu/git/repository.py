"""Where the records are, and the git repository around them, if any."""

from __future__ import annotations

import os
import re
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from dangwu.errors import CannotRunError, NoCommitsError, UsageError
from dangwu.git import plumbing
from dangwu.model.message import say

_OBJECT_ID = re.compile(rb"([0-9a-f]{40,64})\n")
_REVISION_SUFFIX = re.compile(r"[~^@:]")
_PRINTABLE_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,300}")


class Repository(NamedTuple):
    """A git repository. ``prefix`` is the record root below the top of the work tree, "" or ending in ``/``."""

    folder: Path
    git_dir: Path
    prefix: str
    bare: bool
    shallow: bool


class RecordRoot:
    """The record root. git is asked about the repository around it only when that is needed."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def has_branch(self) -> bool:
        """Whether a branch.yaml stands in the record root."""
        return (self.root / "branch.yaml").is_file()

    @property
    def repository(self) -> Repository | None:
        """The repository, None where git knows of none."""
        return self._answer if isinstance(self._answer, Repository) else None

    @property
    def trouble(self) -> CannotRunError | None:
        """Why there is no repository."""
        return None if isinstance(self._answer, Repository) else self._answer

    @cached_property
    def _answer(self) -> Repository | CannotRunError:
        try:
            return _read_repository(self.root)
        except CannotRunError as trouble:
            return trouble


def find_record_root(path: Path) -> RecordRoot:
    """Find the record root: the nearest folder upwards with a branch.yaml, else the top of the work tree."""
    # os.path asks without raising where a folder above is closed to us.
    if not os.path.isdir(path):  # noqa: PTH112
        raise CannotRunError(say("There is no folder {path}.", path=str(path)))
    start = path.resolve()
    root = next((each for each in (start, *start.parents) if has_branch_file(each)), None)
    if root is not None:
        return RecordRoot(root)
    here = RecordRoot(start)
    if here.repository is None or here.repository.bare:
        return here
    return RecordRoot(start.joinpath(*[".."] * here.repository.prefix.count("/")).resolve())


def require_repository(location: RecordRoot) -> Repository:
    """Return the repository, or say why there is none."""
    if location.repository is None:
        raise location.trouble or CannotRunError(say("This folder is not in a git repository."))
    return location.repository


def resolve_commit(repository: Repository, rev: str) -> str:
    """Return the full id of a commit. Whatever a person typed is a name of a commit or an error, never an option."""
    found = None
    if _PRINTABLE_NAME.fullmatch(rev):
        answer = plumbing.run_git(repository.folder, "rev-parse", "--verify", "--end-of-options", f"{rev}^{{commit}}")
        # "^main" is no name but an exclusion, which git answers with a "^" of its own.
        found = None if answer.code else _OBJECT_ID.fullmatch(answer.out)
    if found is None:
        _refuse_lost_object(repository, rev)
        if rev == "HEAD":
            raise NoCommitsError(say("There are no commits yet."), say("Record the first one: git commit"))
        raise UsageError(say("There is no commit {rev}.", rev=rev), say("git log --oneline lists them."))
    return found[1].decode()


def _refuse_lost_object(repository: Repository, rev: str) -> None:
    """CannotRunError where a name leads to an object that is not there: that is neither a slip nor a beginning."""
    name = _REVISION_SUFFIX.split(rev, maxsplit=1)[0]
    if not _PRINTABLE_NAME.fullmatch(name):
        return
    answer = plumbing.run_git(repository.folder, "rev-parse", "--verify", "--end-of-options", name)
    found = None if answer.code else _OBJECT_ID.fullmatch(answer.out)
    # Of an id that somebody typed git does not ask whether it is there.
    if (
        found
        and found[1].decode() != name.lower()
        and plumbing.run_git(repository.folder, "cat-file", "-e", found[1].decode()).code
    ):
        raise plumbing.explain_unreadable(repository.folder, found[1].decode())


def resolve_range(repository: Repository, range_: str) -> tuple[str, str]:
    """Return the two commits of ``A..B``; of ``A...B`` the place where the two parted, and B."""
    for dots in ("...", ".."):
        older, found, newer = range_.partition(dots)
        if found:
            break
    else:
        raise UsageError(say("{range} is no range.", range=range_), say("Write it as main..HEAD."))
    first, last = resolve_commit(repository, older or "HEAD"), resolve_commit(repository, newer or "HEAD")
    if dots == "...":
        answer = plumbing.run_git(repository.folder, "merge-base", first, last)
        if answer.code > 1:
            raise plumbing.explain_failure(repository.folder, answer)
        if answer.code:
            hint = say("Run git fetch --unshallow.") if repository.shallow else None
            raise CannotRunError(say("The two commits of {range} have nothing in common.", range=range_), hint)
        first = answer.out.decode().split()[0]
    return first, last


def resolve_change(repository: Repository, words: str) -> tuple[str | None, str]:
    """Return the two commits of a change: of ``A..B``, ``A...B``, or of one commit and its first parent.

    The first is None where the one commit has no parent.
    """
    if ".." in words:
        return resolve_range(repository, words)
    newer = resolve_commit(repository, words)
    answer = plumbing.read_git_output(repository.folder, "rev-list", "--max-count=1", "--parents", newer)
    parents = answer.decode().split()[1:]
    return (parents[0] if parents else None), newer


def resolve_record_prefix(repository: Repository, commit_: str) -> Repository:
    """Return the repository with the record root where branch.yaml lies in a commit, for one where no folder says it.

    That is a bare one, and a work tree without that file above us. CannotRunError where there are several and none is
    at the top: whoever adds one must not decide which records are looked at.
    """
    if repository.prefix or (not repository.bare and has_branch_file(repository.folder)):
        return repository
    names = plumbing.read_git_output(
        repository.folder, "ls-tree", "-r", "-z", "--name-only", "--full-tree", commit_
    ).split(b"\0")
    ends = [name for name in names if name == b"branch.yaml" or name.endswith(b"/branch.yaml")]
    roots = [end.removesuffix(b"branch.yaml").decode("utf-8", "surrogateescape") for end in ends]
    if "" in roots or not roots:
        return repository
    if len(roots) > 1:
        hint = say("Name one with -C, in a clone that has files.")
        raise CannotRunError(say("There are several record repositories here: {paths}", paths=tuple(roots[:9])), hint)
    return repository._replace(prefix=roots[0])


def has_branch_file(folder: Path) -> bool:
    """Tell whether a folder has a branch.yaml, so that records begin there."""
    return os.path.isfile(folder / "branch.yaml")  # noqa: PTH113


def _read_repository(folder: Path) -> Repository:
    answer = plumbing.run_git(folder, "rev-parse", "--is-shallow-repository", "--absolute-git-dir", "--show-prefix")
    if answer.code and b"not a git repository" in answer.err:
        hint = say("Make it one with git init, or begin with dangwu init.")
        raise CannotRunError(say("{path} is not in a git repository.", path=str(folder)), hint)
    if answer.code:
        raise plumbing.explain_failure(folder, answer)
    shallow, said, prefix, *_rest = [*answer.out.split(b"\n"), *[b""] * 3]
    git_dir = Path(os.fsdecode(said))
    top = _find_top(folder, git_dir)
    return Repository(
        folder=folder,
        git_dir=git_dir,
        prefix="" if top is None else _find_prefix(folder, top, prefix.decode("utf-8", "surrogateescape")),
        bare=top is None,
        shallow=shallow == b"true",
    )


def _find_top(folder: Path, git_dir: Path) -> Path | None:
    """Return the top of the work tree: where .git lies, whatever core.worktree or core.bare in it say of that.

    Their word would let a repository show other records than those of the folder that was asked for, or none.
    """
    for each in (folder, *folder.parents):
        here = os.path.join(each, ".git")  # noqa: PTH118 - os.path asks without raising
        if os.path.isfile(here) or (os.path.isdir(here) and os.path.samefile(here, git_dir)):  # noqa: PTH112, PTH113, PTH121
            return each
    return None


def _find_prefix(folder: Path, top: Path, said: str) -> str:
    """Return the way from the top to a folder: in git's own spelling (some systems have several), if it goes as far."""
    own = folder.relative_to(top).parts
    if said.count("/") == len(own):
        return said
    return "".join(f"{os.fsencode(each).decode('utf-8', 'surrogateescape')}/" for each in own)

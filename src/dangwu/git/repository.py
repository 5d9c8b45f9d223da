"""The record root, the git repository around it, and the commits that a revision names."""

from __future__ import annotations

import os
import re
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from dangwu.errors import CannotRunError, NoCommitsError, UsageError
from dangwu.files.peek import read_file_if_any
from dangwu.git import plumbing
from dangwu.git.environment import find_caller_repository
from dangwu.git.revision_names import prefer_branch
from dangwu.model.message import say

_OBJECT_ID = re.compile(rb"([0-9a-f]{40,64})\n")
_REVISION_SUFFIX = re.compile(r"[~^@:]")
_PRINTABLE_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,300}")


class Repository(NamedTuple):
    """A git repository; ``prefix`` is the path from the work tree's top to the record root, "" or ending in ``/``."""

    folder: Path
    git_dir: Path
    prefix: str
    bare: bool
    shallow: bool


class RecordRoot:
    """The folder of the records; git is run for the repository around it only on first use."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def has_branch(self) -> bool:
        """Whether the record root has a branch.yaml, on disk or in the index: git need not have it on the disk."""
        return has_branch_file(self.root) or (self.repository is not None and _tracks_branch_file(self.repository))

    @property
    def repository(self) -> Repository | None:
        """The repository, None without one."""
        return self._repository_or_error if isinstance(self._repository_or_error, Repository) else None

    @property
    def error(self) -> CannotRunError | None:
        """The reason why there is no repository."""
        return None if isinstance(self._repository_or_error, Repository) else self._repository_or_error

    @cached_property
    def _repository_or_error(self) -> Repository | CannotRunError:
        try:
            return _read_repository(self.root)
        except CannotRunError as error:
            return error


def find_record_root(path: Path) -> RecordRoot:
    """Find the record root: the nearest folder upwards with a branch.yaml, else the top of the work tree.

    CannotRunError when the folder does not exist.
    """
    # os.path does not raise where a folder above cannot be opened.
    if not os.path.isdir(path):  # noqa: PTH112
        raise CannotRunError(say("There is no folder {path}.", path=str(path)))
    start = path.resolve()
    root = next((folder for folder in (start, *start.parents) if has_branch_file(folder)), None)
    if root is not None:
        return RecordRoot(root)
    here = RecordRoot(start)
    if here.repository is None or here.repository.bare:
        return here
    return RecordRoot(start.joinpath(*[".."] * here.repository.prefix.count("/")).resolve())


def build_no_branch_error() -> CannotRunError:
    """Return the error for a folder without a branch.yaml: no record repository, so nothing is known of records."""
    hint = say("Begin with dangwu init, or name the record repository with -C.")
    return CannotRunError(say("There is no branch.yaml here."), hint)


def require_repository(location: RecordRoot) -> Repository:
    """Return the repository; CannotRunError with the reason when there is none."""
    if location.repository is None:
        raise location.error or CannotRunError(say("This folder is not in a git repository."))
    return location.repository


def resolve_commit(repository: Repository, rev: str) -> str:
    """Return the full id of the commit that ``rev`` names; text from users never reaches git as an option.

    Of a branch and a tag with one name it is the branch. UsageError for an unknown name, NoCommitsError for ``HEAD``
    before the first commit, CannotRunError in a shallow clone, which may not hold the commit.
    """
    match = None
    if _PRINTABLE_NAME.fullmatch(rev):
        name = prefer_branch(repository.folder, rev)
        answer = plumbing.run_git(repository.folder, "rev-parse", "--verify", "--end-of-options", f"{name}^{{commit}}")
        # For an exclusion like "^main" git prints an id after "^", which does not match.
        match = None if answer.code else _OBJECT_ID.fullmatch(answer.out)
    if match is None:
        _refuse_lost_object(repository, rev)
        if rev == "HEAD":
            raise NoCommitsError(say("There are no commits yet."), say("Record the first one: git commit"))
        if repository.shallow:
            message = say(
                "There is no commit {rev} here, but the clone is shallow: it may lie beyond its edge.", rev=rev
            )
            raise CannotRunError(message, say("Run git fetch --unshallow."))
        raise UsageError(say("No such commit: {rev}.", rev=rev), say("git log --oneline lists them."))
    return match[1].decode()


def _refuse_lost_object(repository: Repository, rev: str) -> None:
    """CannotRunError when ``rev`` is a valid name of a missing object: no typing error, and no new repository."""
    name = _REVISION_SUFFIX.split(rev, maxsplit=1)[0]
    if not _PRINTABLE_NAME.fullmatch(name):
        return
    answer = plumbing.run_git(repository.folder, "rev-parse", "--verify", "--end-of-options", name)
    match = None if answer.code else _OBJECT_ID.fullmatch(answer.out)
    id_ = match[1].decode() if match else ""
    # For a full id git prints the id without looking it up, so only other names count.
    if id_ not in {"", name.lower()} and plumbing.run_git(repository.folder, "cat-file", "-e", id_).code:
        raise plumbing.explain_unreadable(repository.folder, id_)


def resolve_range(repository: Repository, range_: str) -> tuple[str, str]:
    """Return the ids of A and B for ``A..B``, of their merge base and B for ``A...B``; an empty side is HEAD.

    UsageError for other text; CannotRunError when ``A...B`` have no merge base.
    """
    dots = "..." if "..." in range_ else ".."
    older, separator, newer = range_.partition(dots)
    if not separator:
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


def find_merge_bases(repository: Repository, first: str, second: str) -> list[str]:
    """Return the ids of all merge bases of two commits; empty where they have none (git-merge-base(1))."""
    answer = plumbing.run_git(repository.folder, "merge-base", "--all", first, second)
    return [] if answer.code == 1 else plumbing.require_success(repository.folder, answer).decode().split()


def resolve_change(repository: Repository, words: str) -> tuple[str | None, str]:
    """Return the two commit ids of a change: of ``A..B`` or ``A...B``, or of one commit and its first parent.

    The older is None for a commit without a parent.
    """
    if ".." in words:
        return resolve_range(repository, words)
    newer = resolve_commit(repository, words)
    answer = plumbing.read_git_output(repository.folder, "rev-list", "--max-count=1", "--parents", newer)
    parents = answer.decode().split()[1:]
    return (parents[0] if parents else None), newer


def resolve_record_prefix(repository: Repository, commit: str) -> Repository:
    """Return the repository with the prefix of the branch.yaml in a commit, where no folder gives the record root.

    That is so for a bare repository, and for a work tree without that file in or above the current folder.
    CannotRunError when the commit has several and none at the top: adding one must not redirect the check.
    """
    if repository.prefix or (not repository.bare and has_branch_file(repository.folder)):
        return repository
    names = plumbing.read_git_output(
        repository.folder, "ls-tree", "-r", "-z", "--name-only", "--full-tree", commit
    ).split(b"\0")
    ends = [name for name in names if name == b"branch.yaml" or name.endswith(b"/branch.yaml")]
    roots = [end.removesuffix(b"branch.yaml").decode("utf-8", "surrogateescape") for end in ends]
    if "" in roots or not roots:
        return repository
    if len(roots) > 1:
        hint = say("Name one with -C, in a clone that has files.")
        raise CannotRunError(say("There are several record repositories here: {paths}", paths=tuple(roots[:9])), hint)
    return repository._replace(prefix=roots[0])


def read_merge_heads(repository: Repository) -> tuple[str, ...]:
    """Return the commits that a merge under way brings in (gitrepository-layout(5), MERGE_HEAD)."""
    lines = (read_file_if_any(repository.git_dir / "MERGE_HEAD") or b"").splitlines(keepends=True)
    return tuple(
        resolve_commit(repository, match[1].decode()) for line in lines if (match := _OBJECT_ID.fullmatch(line))
    )


def read_object_format(repository: Repository) -> str:
    """Return the hash by which a repository names its objects, ``sha1`` or ``sha256``."""
    return plumbing.read_git_output(repository.folder, "rev-parse", "--show-object-format").decode().strip()


def has_branch_file(folder: Path) -> bool:
    """Tell whether a folder is a record root, with a branch.yaml."""
    return os.path.isfile(folder / "branch.yaml")  # noqa: PTH113


def _tracks_branch_file(repository: Repository) -> bool:
    """Tell whether the index has the branch.yaml of the record root; a bare repository or a broken index has none."""
    if repository.bare:
        return False
    answer = plumbing.run_git(repository.folder, "ls-files", "-z", "--", "branch.yaml")
    return answer.code == 0 and bool(answer.out)


def _read_repository(folder: Path) -> Repository:
    answer = plumbing.run_git(folder, "rev-parse", "--is-shallow-repository", "--absolute-git-dir", "--show-prefix")
    if answer.code and b"not a git repository" in answer.err:
        hint = say("Make it one with git init, or begin with dangwu init.")
        raise CannotRunError(say("{path} is not in a git repository.", path=str(folder)), hint)
    if answer.code:
        raise plumbing.explain_failure(folder, answer)
    shallow, raw_git_dir, prefix, *_rest = [*answer.out.split(b"\n"), *[b""] * 3]
    git_dir = Path(os.fsdecode(raw_git_dir))
    top = _find_top(folder, git_dir)
    return Repository(
        folder=folder,
        git_dir=git_dir,
        prefix="" if top is None else _find_prefix(folder, top, prefix.decode("utf-8", "surrogateescape")),
        bare=top is None,
        shallow=shallow == b"true",
    )


def _find_top(folder: Path, git_dir: Path) -> Path | None:
    """Return the top of the work tree: the folder with .git, whatever core.worktree or core.bare in it are set to.

    These settings could make a repository show other records than those of the folder, or none. Only the caller can
    name another, by GIT_WORK_TREE.
    """
    named = find_caller_repository(folder)
    if named is not None:
        return Path(os.path.realpath(named.top))
    for above in (folder, *folder.parents):
        here = os.path.join(above, ".git")  # noqa: PTH118 - os.path asks without raising
        if os.path.isfile(here) or (os.path.isdir(here) and os.path.samefile(here, git_dir)):  # noqa: PTH112, PTH113, PTH121
            return above
    return None


def _find_prefix(folder: Path, top: Path, git_prefix: str) -> str:
    """Return the path from the top to a folder, as git spells it if git's prefix has as many folders.

    Some file systems allow several spellings of one name.
    """
    parts = folder.relative_to(top).parts
    if git_prefix.count("/") == len(parts):
        return git_prefix
    return "".join(f"{os.fsencode(part).decode('utf-8', 'surrogateescape')}/" for part in parts)

"""Files → one commit on the current branch, made in an index of its own.

Only the given paths are in the commit: what somebody has staged stays staged, and no hook of the repository runs
(gitdatamodel(7); git-commit-tree(1), git-update-ref(1)).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from dangwu.errors import CannotRunError
from dangwu.files.leftovers import build_temporary_path
from dangwu.git import plumbing
from dangwu.model.message import say
from dangwu.model.tree import FILE_MODE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dangwu.git.repository import Repository

_NO_ID = "0" * 40
_UNFINISHED = {
    "MERGE_HEAD": say("a merge"),
    "CHERRY_PICK_HEAD": say("a cherry-pick"),
    "REVERT_HEAD": say("a revert"),
    "rebase-merge": say("a rebase"),
    "rebase-apply": say("a rebase"),
    "BISECT_LOG": say("a bisection"),
}
"""File in the git directory → what is under way as long as it stands there (gitrepository-layout(5))."""


class PreparedCommit(NamedTuple):
    """A tree of files in the object store, to be committed on ``branch`` after ``parent`` (None before the first)."""

    branch: str
    parent: str | None
    tree: str
    entries: bytes


def require_current_branch(repository: Repository) -> str:
    """Return the full name of the branch that a commit would go to.

    CannotRunError in a bare or a shallow repository, without a branch (a detached HEAD), and while a merge or the like
    is under way.
    """
    if repository.bare:
        raise CannotRunError(say("A bare repository has no files of its own."))
    for name, action in _UNFINISHED.items():
        if os.path.lexists(repository.git_dir / name):
            hint = say("Finish it, or give it up, with git; then save again.")
            raise CannotRunError(say("In this repository {action} is under way.", action=action), hint)
    answer = plumbing.run_git(repository.folder, "symbolic-ref", "--quiet", "HEAD")
    if answer.code:
        hint = say("Go back to the branch first, as with git switch main.")
        raise CannotRunError(say("An older state is checked out, which is on no branch."), hint)
    return answer.out.decode("utf-8", "surrogateescape").strip()


def prepare_commit(repository: Repository, files: Mapping[str, bytes | None]) -> PreparedCommit:
    """Store files by their path from the record root, and the tree with them; None takes a file out.

    Nothing is committed yet: until then the objects belong to no commit.
    """
    branch = require_current_branch(repository)
    parent = _read_tip(repository, branch)
    entries = b"".join(_build_entry(repository, path, raw) for path, raw in sorted(files.items()))
    index = build_temporary_path(repository.git_dir / "index")
    try:
        own = {"GIT_INDEX_FILE": str(index)}
        plumbing.read_git_output(repository.folder, "read-tree", parent or "--empty", extra=own)
        _update_index(repository, entries, own)
        tree = plumbing.read_git_output(repository.folder, "write-tree", extra=own).decode().strip()
    finally:
        _remove_index(index)
    return PreparedCommit(branch, parent, tree, entries)


def make_commit(repository: Repository, prepared: PreparedCommit, message: str) -> str:
    """Commit what was prepared, in the name of who is set in git; return the id of the commit.

    CannotRunError where the branch has moved on meanwhile, or git refuses, as for a signature that cannot be made:
    then nothing was committed.
    """
    sign = ["-S"] if _reads_true(repository, "commit.gpgSign") else []
    parents = ["-p", prepared.parent] if prepared.parent else []
    answer = plumbing.run_git_write(
        repository.folder, "commit-tree", prepared.tree, *parents, *sign, data=message.encode()
    )
    commit = plumbing.require_success(repository.folder, answer).decode().strip()
    before = prepared.parent or "0" * len(commit)
    title, _, _ = message.partition("\n")
    moved = plumbing.run_git_write(
        repository.folder, "update-ref", "-m", f"commit: {title}", prepared.branch, commit, before
    )
    if moved.code:
        hint = say("Nothing was saved; try again.")
        raise CannotRunError(say("Something else was committed at the same time."), hint)
    _update_index(repository, prepared.entries, None)
    return commit


def _read_tip(repository: Repository, branch: str) -> str | None:
    answer = plumbing.run_git(repository.folder, "rev-parse", "--verify", "--quiet", "--end-of-options", branch)
    return answer.out.decode().strip() if answer.code == 0 else None


def _build_entry(repository: Repository, path: str, raw: bytes | None) -> bytes:
    """Store the bytes of a file and return its line for ``git update-index --index-info``, ended by NUL."""
    name = os.fsencode(f"{repository.prefix}{path}")
    if raw is None:
        return b"0 %s\t%s\0" % (_NO_ID.encode(), name)
    # Without a path no filter and no line ending of the configuration changes the bytes that were checked.
    answer = plumbing.run_git_write(repository.folder, "hash-object", "-w", "--stdin", data=raw)
    blob = plumbing.require_success(repository.folder, answer).strip()
    return b"%s %s\t%s\0" % (FILE_MODE.encode(), blob, name)


def _update_index(repository: Repository, entries: bytes, index: Mapping[str, str] | None) -> None:
    answer = plumbing.run_git_write(repository.folder, "update-index", "-z", "--index-info", extra=index, data=entries)
    plumbing.require_success(repository.folder, answer)


def _remove_index(index: Path) -> None:
    for path in (index, index.with_name(f"{index.name}.lock")):
        path.unlink(missing_ok=True)


def _reads_true(repository: Repository, key: str) -> bool:
    answer = plumbing.run_git(repository.folder, "config", "--type=bool", "--get", key)
    return answer.out.strip() == b"true"

"""Command options → the tree to read: the work tree, the index or a commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.errors import CannotRunError, NoCommitsError
from dangwu.git.repository import (
    RecordRoot,
    Repository,
    has_branch_file,
    read_merge_heads,
    require_repository,
    resolve_commit,
    resolve_record_prefix,
)
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dangwu.model.tree import Tree, TreeEntry


class EmptyTree:
    """The state before the first commit."""

    label: str | None = None

    def entries(self) -> tuple[TreeEntry, ...]:
        """List nothing."""
        return ()

    def read(self, entries: Iterable[TreeEntry]) -> Iterator[tuple[TreeEntry, bytes | None]]:
        """Yield no bytes."""
        return ((entry, None) for entry in entries)


def open_tree(location: RecordRoot, *, staged: bool = False, rev: str | None = None) -> Tree:
    """Open the commit ``rev``, else the index if ``staged``, else the work tree.

    CannotRunError where there is no repository, or a bare one without ``rev``; UsageError for an unknown ``rev``.
    """
    if rev is not None:
        repository = require_repository(location)
        id_ = resolve_commit(repository, rev)
        return _open_commit(resolve_record_prefix(repository, id_), id_)
    if staged:
        from dangwu.git.index_tree import IndexTree  # noqa: PLC0415

        repository = require_repository(location)
        if repository.bare:
            raise CannotRunError(say("A bare repository has no index."), say("Name a commit: --rev main"))
        return IndexTree(repository)
    if not has_branch_file(location.root) and location.repository is not None and location.repository.bare:
        raise CannotRunError(say("A bare repository has no files of its own."), say("Name a commit: --rev main"))
    from dangwu.files.worktree import WorkTree  # noqa: PLC0415
    from dangwu.git.partial_work_tree import open_partial_work_tree  # noqa: PLC0415

    return open_partial_work_tree(WorkTree(location.root), location)


def open_last_commit(repository: Repository) -> Tree:
    """Open the last commit; before the first one a tree without files."""
    try:
        return _open_commit(repository, resolve_commit(repository, "HEAD"))
    except NoCommitsError:
        return EmptyTree()


def open_parents(repository: Repository) -> tuple[Tree, ...]:
    """Open what the next commit will stand on: the last commit, and during a merge also what is being merged."""
    return open_last_commit(repository), *(_open_commit(repository, commit) for commit in read_merge_heads(repository))


def _open_commit(repository: Repository, commit: str) -> Tree:
    from dangwu.git.commit_tree import CommitTree  # noqa: PLC0415 - a check of files on the disk needs no commit

    return CommitTree(repository, commit)

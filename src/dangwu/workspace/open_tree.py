"""Command options → the tree to read: the work tree, the index or a commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.errors import CannotRunError
from dangwu.git.repository import RecordRoot, has_branch_file, require_repository, resolve_commit, resolve_record_prefix
from dangwu.model.message import say

if TYPE_CHECKING:
    from dangwu.model.tree import Tree


def open_tree(location: RecordRoot, *, staged: bool = False, rev: str | None = None) -> Tree:
    """Open the commit ``rev``, else the index if ``staged``, else the work tree.

    CannotRunError where there is no repository, or a bare one without ``rev``; UsageError for an unknown ``rev``.
    """
    if rev is not None:
        from dangwu.git.commit_tree import CommitTree  # noqa: PLC0415

        repository = require_repository(location)
        id_ = resolve_commit(repository, rev)
        return CommitTree(resolve_record_prefix(repository, id_), id_)
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

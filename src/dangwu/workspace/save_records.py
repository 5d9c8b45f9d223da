"""Records of the work tree → what would be committed of them, and what that brings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dangwu.changes.records import FileState, find_record_changes
from dangwu.data import resources
from dangwu.files.peek import read_file_if_any
from dangwu.git.commit_tree import CommitTree
from dangwu.git.new_commit import PreparedCommit, prepare_commit
from dangwu.git.repository import require_repository
from dangwu.parse.document import parse_document
from dangwu.workspace.catalogue import load_kinds
from dangwu.workspace.load import is_record
from dangwu.workspace.new_findings import BroughtFindings, check_brought
from dangwu.workspace.open_tree import open_last_commit, open_tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from dangwu.git.repository import RecordRoot, Repository
    from dangwu.model.corpus import Corpus
    from dangwu.model.record_change import RecordChange
    from dangwu.model.tree import TreeEntry
    from dangwu.workspace.workspace import Workspace


class SavePlan(NamedTuple):
    """What a save would commit: the prepared commit, its record changes, and the findings that it brings.

    ``drafts`` are the paths of records with 【待填】 in them, and ``unread`` those of links and of files that cannot be
    read; both are left as they are. ``prepared`` is None where there is nothing to save.
    """

    prepared: PreparedCommit | None
    changes: tuple[RecordChange, ...] = ()
    drafts: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    brought: BroughtFindings | None = None
    workspace: Workspace | None = None


def plan_save(location: RecordRoot, as_of: date) -> SavePlan:
    """Compare the records on the disk with the last commit, and check what a commit of them would bring.

    What is checked is the tree that would be committed. CannotRunError where no commit can be made.
    """
    repository = require_repository(location)
    older = open_last_commit(repository)
    files_before = older.list_all_files() if isinstance(older, CommitTree) else {}
    newer = open_tree(location)
    before, after = ({entry.path: entry for entry in tree.entries() if is_record(entry)} for tree in (older, newer))
    changed = [entry for path, entry in after.items() if path not in before or before[path].blob != entry.blob]
    raws = {entry.path: raw for entry, raw in newer.read(changed)}
    states = {entry.path: _read_state(entry, raws[entry.path]) for entry in changed}
    drafts = tuple(path for path, state in states.items() if state.document is not None and state.document.blanks)
    unread = tuple(path for path, raw in raws.items() if raw is None)
    files = {path: raw for path, raw in raws.items() if path not in drafts and path not in unread}
    files |= _find_new_settings(location, repository.prefix, files_before)
    files |= dict.fromkeys(path for path in before if path not in after)
    if not files:
        return SavePlan(None, drafts=drafts, unread=unread)
    prepared = prepare_commit(repository, files)
    workspace, brought = check_brought([older], CommitTree(repository, prepared.tree), as_of)
    replaced = older.read([before[path] for path in files if path in before])
    old = {entry.path: _read_state(entry, raw) for entry, raw in replaced}
    new = {path: states[path] for path in files if path in states}
    changes = tuple(find_record_changes(old, new, {}, load_kinds()))
    return SavePlan(prepared, changes, drafts, unread, brought, workspace)


def _read_state(entry: TreeEntry, raw: bytes | None) -> FileState:
    document = parse_document(entry.path, entry.blob, raw)[0] if raw is not None else None
    return FileState(entry.path, entry.blob, document)


def _find_new_settings(
    location: RecordRoot, prefix: str, before: Mapping[str, tuple[str, str]]
) -> dict[str, bytes | None]:
    """Return the files that ``init`` writes beside the records, where the last commit has none of that path."""
    paths = [path for path in resources.build_template() if f"{prefix}{path}" not in before]
    found = ((path, read_file_if_any(location.root / path)) for path in paths)
    return {path: raw for path, raw in found if raw is not None}


def count_unsaved(repository: Repository, corpus: Corpus, written: Iterable[str] = ()) -> int:
    """Return how many records of the work tree the last commit does not have as they are, those deleted included.

    A file that could not be read as a record is counted only where the last commit has none. ``written`` are the paths
    of records written since the corpus was read.
    """
    before = {entry.path: entry.blob for entry in open_last_commit(repository).entries() if is_record(entry)}
    after = {path: document.blob for path, document in corpus.documents.items()}
    after |= {file.path: before.get(file.path, "") for file in corpus.unread if file.path not in after}
    after |= dict.fromkeys(written, "")
    return sum(before.get(path) != after.get(path) for path in {*before, *after})

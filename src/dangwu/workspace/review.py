"""Two commits → the result of ``dangwu review``: control files, rules, records, duties, findings, observations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from dangwu.audit.late_limit import GRACE_SETTING
from dangwu.audit.registry import find_observations
from dangwu.changes.control_files import (
    TreeFile,
    TreeListing,
    find_changed_paths,
    find_control_changes,
    find_control_reason,
)
from dangwu.changes.duties import find_duty_changes
from dangwu.changes.records import FileState, find_record_changes
from dangwu.git.blobs import read_blobs
from dangwu.git.commit_tree import CommitTree
from dangwu.git.repository import build_no_branch_error, find_merge_bases
from dangwu.model.finding_list import count_findings
from dangwu.model.results import DutyResult
from dangwu.model.review import CommitSummary, ReviewResult
from dangwu.model.settings import Settings
from dangwu.model.spans import Span
from dangwu.model.tree import SUBMODULE_MODE, TreeEntry, may_be_record
from dangwu.privacy import views
from dangwu.workspace.audit import build_audit_context, present_observations, redact_change
from dangwu.workspace.catalogue import load_kinds
from dangwu.workspace.load import is_record, load_workspace
from dangwu.workspace.new_findings import find_new_findings
from dangwu.workspace.open_tree import EmptyTree
from dangwu.workspace.rules_diff import compare_states

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dangwu.git.repository import Repository
    from dangwu.model.audience import Audience
    from dangwu.model.finding import Finding
    from dangwu.model.record_change import RecordChange
    from dangwu.model.results import CheckResult
    from dangwu.model.review import ControlChange, DutyChange
    from dangwu.privacy.viewer import Viewer
    from dangwu.workspace.history import RepositoryHistory
    from dangwu.workspace.workspace import Workspace

_EARLIEST_YEAR = 2000


class _TreeState(NamedTuple):
    """One state of the repository: its records, and the listing of all its files."""

    workspace: Workspace
    listing: TreeListing


def review_change(
    history: RepositoryHistory, older: str | None, as_of: date, audience: Audience
) -> tuple[ReviewResult, Workspace, Workspace]:
    """Compare a commit with the last one of a history; return the result and the workspaces of both states.

    ``older`` is a full commit id, None for the empty state before the first commit.
    """
    newer = history.graph.commits[-1].id
    before, after = _load_tree_states(history.repository, older, newer)
    inside = _find_commits_between(history, older)
    renamed = _find_renames(history, inside)
    texts = _read_control_texts(history.repository, before.listing, after.listing)
    changes = tuple(
        find_record_changes(
            _find_changed_records(before, after), _find_changed_records(after, before), renamed, load_kinds()
        )
    )
    viewer = after.workspace.build_viewer(as_of, audience)
    control = (
        _redact_control_change(change, viewer, history.repository.prefix)
        for change in find_control_changes(before.listing, after.listing, texts)
    )
    checked = after.workspace.run_checks(as_of)
    findings = sorted((*checked.findings, *_find_silenced(before.workspace, checked)), key=lambda finding: finding.key)
    new, mended = find_new_findings(before.workspace.run_checks(as_of).findings, findings, renamed)
    # The shorter grace of both states: a change that lengthens it must not excuse its own late records.
    states = [before.workspace, after.workspace] if older is not None else [after.workspace]
    grace = min(Settings.of(state.rulebook, state.corpus).number(GRACE_SETTING) for state in states)
    context = replace(build_audit_context(history, after.workspace, as_of, only=inside), grace=grace)
    observed = [
        observation
        for observation in find_observations(context)
        if history.graph.place.get(observation.commit) in inside
    ]
    span = _build_year_span(changes, as_of)
    duty_result = DutyResult(as_of, newer, (), views.redact_corpus(viewer), after.workspace.rulebook, audience=audience)
    authors = dict.fromkeys(history.graph.commits[index].author.name for index in sorted(inside))
    result = ReviewResult(
        as_of=as_of,
        older=older,
        newer=newer,
        commits=CommitSummary(len(inside), tuple(authors)),
        controls=tuple(control),
        rules=compare_states(before.workspace, after.workspace),
        records=tuple(redact_change(change, viewer) for change in changes),
        duties=_compare_duties(before.workspace, after.workspace, as_of, span, audience),
        checked=views.redact_check_result(checked._replace(findings=new, accepted=()), viewer),
        standing=count_findings(findings) - count_findings(new),
        mended=mended,
        observed=present_observations(observed, context, viewer),
        others=_find_other_files(before.listing, after.listing),
        owed=duty_result,
        diverged=older is not None and older not in history.graph.place,
    )
    return result, before.workspace, after.workspace


def _load_tree_states(repository: Repository, older: str | None, newer: str) -> tuple[_TreeState, _TreeState]:
    trees = (CommitTree(repository, older) if older else EmptyTree(), CommitTree(repository, newer))
    first = load_workspace(trees[0])
    second = load_workspace(trees[1], known=first)
    if "branch.yaml" not in {*first.paths, *second.paths}:
        raise build_no_branch_error()
    listings = (tree.list_all_files() if isinstance(tree, CommitTree) else {} for tree in trees)
    before, after = (
        TreeListing({path: TreeFile(*file) for path, file in files.items()}, repository.prefix) for files in listings
    )
    return _TreeState(first, before), _TreeState(second, after)


def _find_commits_between(history: RepositoryHistory, older: str | None) -> frozenset[int]:
    """Return the indices of the commits in the history that are no ancestors of ``older``."""
    graph = history.graph
    every = frozenset(range(len(graph.commits)))
    if older is None:
        return every
    known = older in graph.place
    bases = [older] if known else find_merge_bases(history.repository, older, graph.commits[-1].id)
    first = graph.first_with(tuple(graph.place[base] for base in bases if base in graph.place))
    return frozenset(index for index in every if first[index] < 0)


def _find_renames(history: RepositoryHistory, inside: frozenset[int]) -> dict[str, str]:
    """Map the present path of each record renamed by these commits to its path before them."""
    renames = {}
    for life in history.lives.every:
        old_paths = [step.old_path for step in life.steps if step.old_path and step.commit in inside]
        if old_paths and old_paths[0] != life.path:
            renames[life.path] = old_paths[0]
    return renames


def _is_control_file(full: str, prefix: str) -> bool:
    """Tell whether a path from the top of the repository is a control file, there or below the record root."""
    return bool(find_control_reason(full.removeprefix(prefix)) or find_control_reason(full))


def _read_control_texts(repository: Repository, before: TreeListing, after: TreeListing) -> Mapping[str, bytes | None]:
    """Read both versions of all changed control files in one batch, by blob id; submodules are left out."""
    paths = [path for path in find_changed_paths(before, after) if _is_control_file(path, after.prefix)]
    ids = [listing.files[path].id for path in paths for listing in (before, after) if path in listing.files]
    submodules = {
        file.id for listing in (before, after) for file in listing.files.values() if file.mode == SUBMODULE_MODE
    }
    blobs = [id_ for id_ in dict.fromkeys(ids) if id_ not in submodules]
    return dict(zip(blobs, read_blobs(repository.folder, blobs), strict=True))


def _find_changed_records(state: _TreeState, other: _TreeState) -> dict[str, FileState]:
    """Return the records of one state that are missing from the other or differ there, by path."""
    prefix = state.listing.prefix
    documents = state.workspace.corpus.documents
    records = {}
    for full, file in state.listing.files.items():
        if full.startswith(prefix) and other.listing.files.get(full) != file:
            path = full[len(prefix) :]
            if _is_record_file(path, file):
                records[path] = FileState(path, file.id, documents.get(path))
    return records


def _is_record_file(path: str, file: TreeFile) -> bool:
    return may_be_record(path, file.mode) and is_record(TreeEntry(path, file.id, 0, file.mode))


def _find_other_files(before: TreeListing, after: TreeListing) -> tuple[str, ...]:
    """Return the changed files that are neither records nor control files."""
    prefix = after.prefix
    others = []
    for full in find_changed_paths(before, after):
        file = after.files.get(full) or before.files[full]
        record = full.startswith(prefix) and _is_record_file(full.removeprefix(prefix), file)
        if not record and not _is_control_file(full, prefix):
            others.append(full)
    return tuple(others)


def _find_silenced(before: Workspace, checked: CheckResult) -> Iterator[Finding]:
    """Yield the findings accepted by an entry of accepted.yaml that the change itself adds: the reviewer decides."""
    known = {(acceptance.code, acceptance.file, acceptance.subject) for acceptance in before.corpus.acceptances}
    for finding, acceptance in checked.accepted:
        if (acceptance.code, acceptance.file, acceptance.subject) not in known:
            yield finding


def _redact_control_change(change: ControlChange, viewer: Viewer, prefix: str) -> ControlChange:
    """Remove the lines of a control file whose path is that of a record closed to the viewer."""
    if viewer.shows(change.path.removeprefix(prefix)):
        return change
    return change._replace(
        gone=(), come=(), warnings=tuple(warning for warning in change.warnings if not warning.arguments)
    )


def _build_year_span(changes: Iterable[RecordChange], as_of: date) -> Span:
    """Return the span of the years in which records change, of the as-of year and of the year before."""
    years = {as_of.year - 1, as_of.year}
    for change in changes:
        if change.label and change.label[:4].isdigit():
            years.add(int(change.label[:4]))
        if change.day:
            years.add(change.day.year)
    within = [year for year in years if _EARLIEST_YEAR <= year <= as_of.year + 1]
    return Span(date(min(within), 1, 1), date(max(within) + 1, 1, 1))


def _compare_duties(
    before: Workspace, after: Workspace, as_of: date, span: Span, audience: Audience
) -> tuple[DutyChange, ...]:
    """Compare the duties of a span in both states, each as the audience may see them."""
    old, new = (
        views.redact_duties(state.duties(as_of, span), state.rulebook, state.build_viewer(as_of, audience))
        for state in (before, after)
    )
    return find_duty_changes(old, new)

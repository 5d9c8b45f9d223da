"""Two states of a repository joined into what a reviewer needs to know of the way from one to the other."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

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
from dangwu.git import plumbing
from dangwu.git.commit_tree import CommitTree
from dangwu.model.message import Text
from dangwu.model.results import DutyResult
from dangwu.model.review import CommitSummary, ReviewResult
from dangwu.model.settings import Settings
from dangwu.model.spans import Span
from dangwu.model.tree import SUBMODULE_MODE, TreeEntry, may_be_record
from dangwu.privacy import views
from dangwu.workspace.audit import GRACE_SETTING, build_audit_context, filter_observations, redact_change
from dangwu.workspace.history import build_terms
from dangwu.workspace.load import FindingIdentity, identify_finding, is_record, load_workspace
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


class _EmptyTree:
    """The state before the first commit."""

    label: str | None = None

    def entries(self) -> tuple[TreeEntry, ...]:
        return ()

    def read(self, entries: Iterable[TreeEntry]) -> Iterator[tuple[TreeEntry, bytes | None]]:
        return ((entry, None) for entry in entries)


class _TreeState(NamedTuple):
    """One state: its records, and every file of its tree."""

    workspace: Workspace
    whole: TreeListing


def review_change(
    past: RepositoryHistory, older: str | None, as_of: date, audience: Audience
) -> tuple[ReviewResult, Workspace, Workspace]:
    """Say what came between a commit and the last one of ``past``; with the records of both states.

    ``older`` is a full id, None for what was before the first commit.
    """
    newer = past.history.commits[-1].id
    before, after = _load_tree_states(past.repository, older, newer)
    inside = _find_commits_between(past, older)
    renamed = _find_renames(past, inside)
    texts = _read_control_texts(past.repository, before.whole, after.whole)
    changes = tuple(
        find_record_changes(
            _find_changed_records(before, after), _find_changed_records(after, before), renamed, build_terms()
        )
    )
    sight = after.workspace.sight(as_of, audience)
    control = (
        _redact_control_change(change, sight, past.repository.prefix)
        for change in find_control_changes(before.whole, after.whole, texts)
    )
    checked = after.workspace.whole(as_of)
    every = sorted((*checked.findings, *_find_silenced(before.workspace, checked)), key=lambda finding: finding.key)
    new, mended = _find_new_findings(before.workspace.whole(as_of).findings, every, renamed)
    # A change that lengthens the time for recording does not excuse itself by that.
    judged = [each.workspace for each in (before, after) if each is after or older is not None]
    strict = min(Settings.of(each.rulebook, each.corpus).number(GRACE_SETTING) for each in judged)
    evidence = replace(build_audit_context(past, after.workspace, as_of, only=inside), grace=strict)
    observed = [
        observation
        for observation in find_observations(evidence)
        if evidence.history.place.get(observation.commit) in inside
    ]
    span = _build_year_span(changes, as_of)
    owed = DutyResult(as_of, newer, (), views.redact_corpus(sight), after.workspace.rulebook, audience=audience)
    people = dict.fromkeys(past.history.commits[at].author.name for at in sorted(inside))
    made = ReviewResult(
        as_of=as_of,
        older=older,
        newer=newer,
        commits=CommitSummary(len(inside), tuple(people)),
        controls=tuple(control),
        rules=compare_states(before.workspace, after.workspace),
        records=tuple(redact_change(change, sight) for change in changes),
        duties=_compare_duties(before.workspace, after.workspace, as_of, span, audience),
        checked=views.redact_check_result(checked._replace(findings=new, accepted=()), sight),
        standing=len(every) - len(new),
        mended=mended,
        observed=tuple(filter_observations(observed, sight)),
        others=_find_other_files(before.whole, after.whole),
        owed=owed,
        diverged=older is not None and older not in past.history.place,
    )
    return made, before.workspace, after.workspace


def _load_tree_states(repository: Repository, older: str | None, newer: str) -> tuple[_TreeState, _TreeState]:
    trees = (CommitTree(repository, older) if older else _EmptyTree(), CommitTree(repository, newer))
    first = load_workspace(trees[0])
    second = load_workspace(trees[1], known=first)
    wholes = (tree.whole() if isinstance(tree, CommitTree) else {} for tree in trees)
    before, after = (
        TreeListing({path: TreeFile(*blob) for path, blob in whole.items()}, repository.prefix) for whole in wholes
    )
    return _TreeState(first, before), _TreeState(second, after)


def _find_commits_between(past: RepositoryHistory, older: str | None) -> frozenset[int]:
    """Return the places of the commits of a change: those that lead to its end and not to its beginning."""
    history = past.history
    every = frozenset(range(len(history.commits)))
    if older is None:
        return every
    if older in history.place:
        bases = [older]
    else:
        answer = plumbing.run_git(past.repository.folder, "merge-base", "--all", older, history.commits[-1].id)
        # With 1 it says that there is none.
        bases = [] if answer.code == 1 else plumbing.require_success(past.repository.folder, answer).decode().split()
    first = history.first_with(tuple(history.place[base] for base in bases if base in history.place))
    return frozenset(at for at in every if first[at] < 0)


def _find_renames(past: RepositoryHistory, inside: frozenset[int]) -> dict[str, str]:
    """Return the name that each record had before a change, by the one it has now, where these differ."""
    found = {}
    for life in past.lives.every:
        names = [step.old_path for step in life.steps if step.old_path and step.commit in inside]
        if names and names[0] != life.path:
            found[life.path] = names[0]
    return found


def _read_control_texts(repository: Repository, before: TreeListing, after: TreeListing) -> Mapping[str, bytes | None]:
    """Read what is to be shown of the changed files of control, in one batch."""
    paths = [
        path
        for path in find_changed_paths(before, after)
        if find_control_reason(path.removeprefix(after.prefix)) or find_control_reason(path)
    ]
    blobs = [side.files[path].id for path in paths for side in (before, after) if path in side.files]
    plain = [blob for blob in dict.fromkeys(blobs) if blob not in _find_submodules(before, after)]
    return dict(zip(plain, plumbing.read_blobs(repository.folder, plain), strict=True))


def _find_submodules(*wholes: TreeListing) -> frozenset[str]:
    return frozenset(blob.id for whole in wholes for blob in whole.files.values() if blob.mode == SUBMODULE_MODE)


def _find_changed_records(side: _TreeState, other: _TreeState) -> dict[str, FileState]:
    """Return the records of one state that are not the same in the other."""
    prefix = side.whole.prefix
    documents = side.workspace.corpus.documents
    found = {}
    for full, blob in side.whole.files.items():
        if full.startswith(prefix) and other.whole.files.get(full) != blob:
            path = full[len(prefix) :]
            if _is_record_blob(path, blob):
                found[path] = FileState(path, blob.id, documents.get(path))
    return found


def _is_record_blob(path: str, blob: TreeFile) -> bool:
    return may_be_record(path, blob.mode) and is_record(TreeEntry(path, blob.id, 0, blob.mode))


def _find_other_files(before: TreeListing, after: TreeListing) -> tuple[str, ...]:
    """Return the changed files that are neither records nor files of control."""
    prefix = after.prefix
    found = []
    for full in find_changed_paths(before, after):
        path = full.removeprefix(prefix)
        blob = after.files.get(full) or before.files[full]
        if (
            not (full.startswith(prefix) and _is_record_blob(path, blob))
            and not find_control_reason(path)
            and not find_control_reason(full)
        ):
            found.append(full)
    return tuple(found)


def _find_new_findings(
    before: Iterable[Finding], after: Iterable[Finding], renamed: Mapping[str, str]
) -> tuple[tuple[Finding, ...], int]:
    """Return the findings that were not there before, and how many are gone.

    Of several that are the same but for their place in the file, as many are new as there are more of them.
    """
    now = {old: new for new, old in renamed.items()}
    known = Counter(_rename_identity(identify_finding(each), now) for each in before)
    found = []
    for each in after:
        same = identify_finding(each)
        if known[same]:
            known[same] -= 1
        else:
            found.append(each)
    return tuple(found), known.total()


def _find_silenced(before: Workspace, checked: CheckResult) -> Iterator[Finding]:
    """Yield the findings that an entry of accepted.yaml accepts which came with the change: the reviewer decides."""
    known = {(acceptance.code, acceptance.file, acceptance.subject) for acceptance in before.corpus.acceptances}
    for finding, each in checked.accepted:
        if (each.code, each.file, each.subject) not in known:
            yield finding


def _rename_identity(known: FindingIdentity, now: Mapping[str, str]) -> FindingIdentity:
    """Return a finding's identity under the names that files have now, also where its sentence names them."""
    code, path, subject, (template, arguments) = known
    said = tuple((key, now.get(each, each) if isinstance(each, str) else each) for key, each in arguments)
    return code, now.get(path, path), subject, Text(template, said)


def _redact_control_change(change: ControlChange, sight: Viewer, prefix: str) -> ControlChange:
    """Return a changed file of control without its lines where a confidential record is named like one."""
    if sight.shows(change.path.removeprefix(prefix)):
        return change
    return change._replace(
        gone=(), come=(), warnings=tuple(warning for warning in change.warnings if not warning.arguments)
    )


def _build_year_span(changes: Iterable[RecordChange], as_of: date) -> Span:
    """Return the years that a change speaks of, with the as-of year and the one before."""
    years = {as_of.year - 1, as_of.year}
    for change in changes:
        label = change.label[:4] if change.label else ""
        years.update(int(said) for said in (label, str(change.day.year) if change.day else "") if said.isdigit())
    within = [year for year in years if _EARLIEST_YEAR <= year <= as_of.year + 1]
    return Span(date(min(within), 1, 1), date(max(within) + 1, 1, 1))


def _compare_duties(
    before: Workspace, after: Workspace, as_of: date, span: Span, audience: Audience
) -> tuple[DutyChange, ...]:
    sides = (
        views.redact_duties(each.duties(as_of, span), each.rulebook, each.sight(as_of, audience))
        for each in (before, after)
    )
    return find_duty_changes(*sides)

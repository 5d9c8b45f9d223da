"""Records of the work tree → the corrections that leave each saying the same, and what they bring to light."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.authoring.correct.correct_file import FileCorrection, correct_file, find_whole_file_reason
from dangwu.authoring.correct.correct_text import CORRECTABLE
from dangwu.authoring.correct.known_people import KnownPeople, list_known_people
from dangwu.files.overlay import OverlayTree
from dangwu.files.worktree import find_write_obstacle
from dangwu.git.index_tree import IndexTree
from dangwu.model.correction import FixPlan, LeftPlace
from dangwu.model.finding_list import count_findings
from dangwu.model.message import say
from dangwu.model.tree import UNMERGED_MODE
from dangwu.workspace.load import is_record, load_workspace
from dangwu.workspace.new_findings import find_new_findings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from dangwu.git.repository import RecordRoot
    from dangwu.model.finding import Finding, Pointer
    from dangwu.model.tree import Tree
    from dangwu.privacy.viewer import Viewer
    from dangwu.workspace.workspace import Workspace

_READING = ("DW0", "DW1")
"""The codes of findings that reading a file gives; no other one is a matter of how something is written."""
_MOST_PASSES = 5
_MOST_COUNTED = 50


def plan_fix(
    location: RecordRoot,
    tree: Tree,
    workspace: Workspace,
    as_of: date,
    *,
    viewer: Viewer,
    only: Callable[[str], bool] | None = None,
) -> FixPlan:
    """Return the corrections of all files that ``viewer`` may see and ``only`` selects; nothing is written."""
    listed = _list_candidates(workspace, only)
    left = dict(_find_closed(location, viewer, listed, workspace))
    raws = _read_candidates(tree, {path for path in listed if path not in left})
    made, others = _correct_all(tree, workspace, raws, as_of)
    files = tuple(each.file for _, each in sorted(made.items()) if each.file is not None)
    places = sorted([*left.values(), *(place for each in made.values() for place in each.left)])
    if not files:
        return FixPlan((), tuple(places), 0, others)
    uncovered = _find_uncovered(tree, workspace, {file.path: file.after for file in files}, as_of)
    return FixPlan(files, tuple(places), count_findings(uncovered), others)


def count_correctable(workspace: Workspace, findings: Iterable[Finding], read: Callable[[str], bytes | None]) -> int:
    """Return how many places ``plan_fix`` may correct in the files with these findings; 0 where they are very many.

    What the corrections bring to light is not checked. ``read`` returns the bytes of a file that could not be read as a
    record.
    """
    paths = {finding.source.path for finding in findings if finding.code in CORRECTABLE}
    if not 0 < len(paths) <= _MOST_COUNTED:
        return 0
    documents = workspace.corpus.documents
    raws = {path: documents[path].raw if path in documents else read(path) for path in sorted(paths)}
    people = _list_people(workspace)
    made = (correct_file(path, raw, people) for path, raw in raws.items() if raw is not None)
    return sum(len(each.file.corrections) for each in made if each.file is not None)


def _list_candidates(workspace: Workspace, only: Callable[[str], bool] | None) -> Mapping[str, tuple[Finding, ...]]:
    """Return the files in which reading found something, each with what it found."""
    found: dict[str, tuple[Finding, ...]] = {}
    for finding in workspace.reading_findings:
        path = finding.source.path
        if finding.code.id.startswith(_READING) and (only is None or only(path)):
            found[path] = (*found.get(path, ()), finding)
    return found


def _find_closed(
    location: RecordRoot, viewer: Viewer, listed: Mapping[str, tuple[Finding, ...]], workspace: Workspace
) -> Iterator[tuple[str, LeftPlace]]:
    """Yield the files that are left as a whole, with the reason."""
    unmerged = _list_unmerged(location) if listed else frozenset()
    for path, findings in listed.items():
        reason = find_whole_file_reason(findings)
        if not viewer.shows(path):
            reason = say("Confidential: shown and corrected only for handlers, with --audience handlers.")
        elif path in unmerged:
            reason = say("A merge is not finished here: choose what is true first.")
        elif path in workspace.corpus.copies:
            reason = say("A second copy of a record, by its content.")
        elif reason is None:
            reason = find_write_obstacle(location.root, path)
        if reason is not None:
            yield path, LeftPlace(path, 0, reason)


def _list_unmerged(location: RecordRoot) -> frozenset[str]:
    """Return the paths of which the index holds several versions; none without git."""
    repository = location.repository
    if repository is None or repository.bare:
        return frozenset()
    return frozenset(entry.path for entry in IndexTree(repository).entries() if entry.mode == UNMERGED_MODE)


def _read_candidates(tree: Tree, paths: Iterable[str]) -> dict[str, bytes]:
    wanted = set(paths)
    entries = [entry for entry in tree.entries() if entry.path in wanted and is_record(entry)]
    return {entry.path: raw for entry, raw in tree.read(entries) if raw is not None}


def _correct_all(
    tree: Tree, workspace: Workspace, raws: Mapping[str, bytes], as_of: date
) -> tuple[dict[str, FileCorrection], int]:
    """Correct signs first, then names by the people that can be read then; take back names that bring a finding."""
    made = {path: correct_file(path, raw) for path, raw in raws.items()}
    people = _list_people(_load_planned(tree, workspace, made))
    named = {path for path, each in made.items() if each.findings}
    skipped: dict[str, frozenset[Pointer]] = {}
    taken_back: dict[str, tuple[LeftPlace, ...]] = {}
    wanted = set(named)
    for _ in range(_MOST_PASSES):
        made |= {path: correct_file(path, raws[path], people, skipped.get(path, frozenset())) for path in wanted}
        doubtful = _find_doubtful(tree, workspace, made, as_of)
        if not doubtful:
            break
        for path, places in doubtful.items():
            skipped[path] = skipped.get(path, frozenset()) | {pointer for pointer, _ in places}
            taken_back[path] = (*taken_back.get(path, ()), *(place for _, place in places))
        wanted = set(doubtful)
    made |= {path: made[path]._replace(left=(*made[path].left, *left)) for path, left in taken_back.items()}
    found = sum(count_findings(each.findings) for each in made.values())
    return made, max(found - sum(len(each.left) for each in made.values()), 0)


def _load_planned(tree: Tree, workspace: Workspace, made: Mapping[str, FileCorrection]) -> Workspace:
    planned = {path: each.file.after for path, each in made.items() if each.file is not None}
    return load_workspace(OverlayTree(tree, planned), known=workspace) if planned else workspace


def _list_people(workspace: Workspace) -> KnownPeople:
    return list_known_people(
        workspace.corpus.documents.values(),
        {*workspace.corpus.documents, *(file.path for file in workspace.corpus.unread)},
    )


def _find_doubtful(
    tree: Tree, workspace: Workspace, made: Mapping[str, FileCorrection], as_of: date
) -> dict[str, list[tuple[Pointer, LeftPlace]]]:
    """Return the names that became ids with which something is wrong: perhaps somebody else is meant."""
    written = {
        (path, correction.pointer): correction
        for path, each in made.items() if each.file is not None
        for correction in each.file.corrections if correction.person is not None and correction.pointer is not None
    }  # fmt: skip
    if not written:
        return {}
    planned = {path: each.file.after for path, each in made.items() if each.file is not None}
    doubtful: dict[str, list[tuple[Pointer, LeftPlace]]] = {}
    for finding in _find_uncovered(tree, workspace, planned, as_of):
        for (path, pointer), correction in written.items():
            at_it = finding.source.path == path and (
                finding.source.pointer == pointer or finding.subject == correction.person
            )
            if at_it and pointer is not None and pointer not in [known for known, _ in doubtful.get(path, [])]:
                reason = say("{what} Left, since then: {trouble}", what=correction.what, trouble=finding.message)
                doubtful.setdefault(path, []).append((pointer, LeftPlace(path, correction.line, reason)))
    return doubtful


def _find_uncovered(tree: Tree, workspace: Workspace, planned: Mapping[str, bytes], as_of: date) -> tuple[Finding, ...]:
    """Return the findings that show only once the planned files are there."""
    after = load_workspace(OverlayTree(tree, planned), known=workspace)
    found, _ = find_new_findings(workspace.run_checks(as_of).findings, after.run_checks(as_of).findings, {})
    return found

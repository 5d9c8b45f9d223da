"""Results of ``dangwu audit`` and ``dangwu log``: the observations on a history, its anchor, the life of one record."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from dangwu.audit.anchor_lines import Anchor, build_anchor, is_of_its_tree
from dangwu.audit.committee_marks import build_mark_index
from dangwu.audit.context import AuditContext
from dangwu.audit.grouping import group_observations
from dangwu.audit.late_limit import GRACE_SETTING
from dangwu.audit.misdated_commits import explain_misdated_commit
from dangwu.audit.registry import AUDIT_LIMITS, find_observations
from dangwu.audit.stated_reasons import read_stated_reason
from dangwu.errors import UsageError
from dangwu.git.commit_tree import CommitTree
from dangwu.git.repository import build_no_branch_error
from dangwu.model.audience import Audience
from dangwu.model.finding import Source
from dangwu.model.message import say
from dangwu.model.observation import AuditExtent, AuditResult, LogEntry, RecordLog
from dangwu.model.settings import Settings
from dangwu.privacy import views
from dangwu.privacy.redact_findings import redact_findings
from dangwu.workspace.catalogue import load_kinds
from dangwu.workspace.load import is_record_place, load_workspace
from dangwu.workspace.resolve_record import resolve_life

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dangwu.model.corpus import Corpus
    from dangwu.model.observation import Observation
    from dangwu.model.record_change import RecordChange
    from dangwu.privacy.viewer import Viewer
    from dangwu.workspace.history import RepositoryHistory
    from dangwu.workspace.workspace import Workspace

_YEAR_IN_PATH = re.compile(r"(?:^|/)(\d{4})(?:/|\.yaml$)", re.ASCII)


def _load_last_state(history: RepositoryHistory) -> Workspace:
    """Read the records of the last commit; CannotRunError if the history never had a branch.yaml."""
    workspace = load_workspace(CommitTree(history.repository, history.graph.commits[-1].id))
    if "branch.yaml" not in workspace.paths and "branch.yaml" not in history.lives.by_path:
        raise build_no_branch_error()
    return workspace


def audit_history(
    history: RepositoryHistory,
    as_of: date,
    *,
    year: int | None = None,
    anchors: tuple[Anchor, ...] = (),
    audience: Audience = Audience.HANDLERS,
) -> AuditResult:
    """Run the audit checks as of a day and redact the result for an audience.

    ``year`` keeps the observations on records of that year and those on commits; UsageError for a year without any
    record.
    """
    workspace = _load_last_state(history)
    context = build_audit_context(history, workspace, as_of, anchors)
    if year is not None:
        _refuse_empty_year(year, context)
    observations = [
        observation
        for observation in find_observations(context)
        if year is None or _find_observation_year(observation, context) in {None, year}
    ]
    signed = sum(commit.signed for commit in history.graph.commits)
    good = sum(signature.good for signature in history.signatures.values()) if history.verifies else None
    marks = tuple(mark for mark in context.marks if year is None or (mark.day is not None and mark.day.year == year))
    return AuditResult(
        as_of=as_of,
        revision=history.graph.commits[-1].id,
        year=year,
        observed=present_observations(observations, context, workspace.build_viewer(as_of, audience)),
        seen=AuditExtent(len(history.graph.commits), _count_records(history), signed, good, marks),
        limits=AUDIT_LIMITS,
    )


def _count_records(history: RepositoryHistory) -> int:
    """Return how many records the history has had; a file that never stood where records do is none."""
    return sum(any(is_record_place(step.path) for step in life.steps) for life in history.lives.every)


def build_audit_context(
    history: RepositoryHistory,
    workspace: Workspace,
    as_of: date,
    anchors: tuple[Anchor, ...] = (),
    only: frozenset[int] | None = None,
) -> AuditContext:
    """Return the input of the audit checks; ``only`` are the indices of the commits to report on, None for all."""
    marks = (*history.marks, *(anchor.mark for anchor in anchors if is_of_its_tree(history.graph, anchor)))
    settings = Settings.of(workspace.rulebook, workspace.corpus)
    lives = history.lives.settle(workspace.paths)
    history.know_documents(workspace.corpus.documents)
    return AuditContext(
        as_of=as_of,
        history=history.graph,
        lives=lives._replace(every=tuple(life for life in lives.every if is_record_place(life.path))),
        corpus=workspace.corpus,
        paths=frozenset(workspace.paths),
        blobs={path: document.blob for path, document in workspace.corpus.documents.items()},
        grace=settings.number(GRACE_SETTING),
        assumed_grace=int(settings.defaults[GRACE_SETTING]),
        mark_index=build_mark_index(history.graph, marks),
        marks=marks,
        anchors=anchors,
        signatures=history.signatures,
        merges=history.committee.merges,
        key_faults=history.committee.key_faults,
        kinds=load_kinds(),
        read_blob=history.read_blob,
        read_version=history.read_version,
        compare_step=history.compare_step,
        find_version=history.find_version,
        misdated=history.find_misdated(workspace.corpus.meetings),
        only_adds=history.only_adds,
        find_merge_without=history.find_merge_without,
        only=only,
    )


def _refuse_empty_year(year: int, context: AuditContext) -> None:
    """UsageError for a year of which the history has no record: nothing was looked at."""
    years = {_find_year(life.path, context) for life in context.lives.every}
    if year not in years:
        known = tuple(str(other) for other in sorted(found for found in years if found is not None))
        raise UsageError(
            say("The history has no record of {year}.", year=str(year)), say("It has records of: {years}.", years=known)
        )


def _find_observation_year(observation: Observation, context: AuditContext) -> int | None:
    """Return the year of the record observed, from its day or its path; None without a year or a record."""
    return _find_year(observation.finding.source.path, context)


def _find_year(path: str, context: AuditContext) -> int | None:
    day = context.own_days.get(path)
    named = _YEAR_IN_PATH.search(path)
    return day.year if day else int(named[1]) if named else None


def present_observations(
    observations: list[Observation], context: AuditContext, viewer: Viewer
) -> tuple[Observation, ...]:
    """Return the observations for an audience, one for each commit and code, with the reasons that the commits give."""
    grouped = group_observations(context, redact_observations(observations, viewer))
    place = context.history.place
    commits = {place[each.commit] for each in grouped if each.finding.source.path and each.commit in place}
    touched = (touch for touch in context.history.touches if touch.commit in commits)
    # A message may tell of every record that the commit touched.
    told = commits - {
        touch.commit
        for touch in touched
        if not all(viewer.shows(path) for path in (touch.path, touch.old_path) if path)
    }
    return tuple(
        each._replace(reason=read_stated_reason(context.commit(place[each.commit])))
        if each.finding.source.path and place.get(each.commit) in told
        else each
        for each in grouped
    )


def redact_observations(observations: list[Observation], viewer: Viewer) -> Iterator[Observation]:
    """Yield the observations that an audience may see; those on a record point to its first line."""
    for observation in observations:
        source = observation.finding.source
        if not source.path:
            yield observation
            continue
        placed = observation.finding._replace(source=Source(source.path, line=1, column=1))
        for finding in redact_findings([placed], viewer):
            yield observation._replace(finding=finding)


def read_branch_name(history: RepositoryHistory) -> str:
    """Return the branch's Chinese name in the last commit, "" without a readable branch.yaml."""
    branch = _load_last_state(history).corpus.branch
    return branch.name.zh if branch else ""


def build_last_anchor(history: RepositoryHistory, as_of: date) -> Anchor:
    """Return the anchor of the last commit on a day."""
    return build_anchor(history.graph.commits[-1], len(history.graph.commits), read_branch_name(history), as_of)


def build_record_log(
    history: RepositoryHistory, name: str, as_of: date, audience: Audience, *, below: str = ""
) -> tuple[RecordLog, Corpus]:
    """Return the life of a record and the redacted corpus; ``name`` is a path, an id or a file name.

    A path counts from the record root or from the folder ``below`` it. UsageError when the history has no such record.
    """
    workspace = _load_last_state(history)
    life = resolve_life(history.lives.settle(workspace.paths).by_path, workspace.corpus, name, below)
    viewer = workspace.build_viewer(as_of, audience)
    steps, graph = life.steps, history.graph
    mark_index = build_mark_index(graph, history.marks)
    misdated = history.find_misdated(workspace.corpus.meetings)
    entries = []
    for step, following in zip_longest(steps, steps[1:]):
        commit = graph.commits[step.commit]
        arrived = graph.arrived[step.commit]
        entries.append(
            LogEntry(
                turn=step.turn,
                commit=commit,
                change=redact_change(history.compare_step(step), viewer),
                merged=graph.commits[arrived] if arrived not in {step.commit, -1} else None,
                seen=mark_index.until(step.commit, following.commit if following else None),
                signature=history.signatures.get(commit.id),
                misdated=explain_misdated_commit(graph, step.commit) if step.commit in misdated else None,
            )
        )
    every_path = (path for step in steps for path in (step.old_path, step.path))
    old_paths = dict.fromkeys(path for path in every_path if path and path != life.path)
    log = RecordLog(as_of, graph.commits[-1].id, (*old_paths, life.path), entries[-1].change.kind, tuple(entries))
    return log, views.redact_corpus(viewer)


def redact_change(change: RecordChange, viewer: Viewer) -> RecordChange:
    """Remove the content of a change when its record, before or after it, is closed to the viewer."""
    paths = {change.path, change.old_path or change.path}
    if viewer.audience.may_see(change.audience) and all(viewer.shows(path) for path in paths):
        return change
    return change._replace(fields=(), sections=(), subject=None, day=None, hidden=True)

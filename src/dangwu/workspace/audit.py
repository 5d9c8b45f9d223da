"""The history judged: what the audit finds, and the life of one record."""

from __future__ import annotations

import re
from posixpath import normpath
from typing import TYPE_CHECKING

from dangwu.audit.committee_marks import Anchor, build_anchor, build_mark_index
from dangwu.audit.context import AuditContext
from dangwu.audit.registry import AUDIT_LIMITS, find_observations
from dangwu.errors import CannotRunError, UsageError
from dangwu.git.commit_tree import CommitTree
from dangwu.model.audience import Audience
from dangwu.model.finding import Source
from dangwu.model.message import say
from dangwu.model.observation import AuditExtent, AuditResult, LogEntry, RecordLog
from dangwu.model.settings import Settings
from dangwu.model.tree import read_path_stem
from dangwu.privacy import views
from dangwu.workspace.catalogue import load_kinds
from dangwu.workspace.load import is_record_place, load_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dangwu.model.corpus import Corpus
    from dangwu.model.observation import Observation
    from dangwu.model.record_change import RecordChange
    from dangwu.model.record_life import RecordLife
    from dangwu.privacy.viewer import Viewer
    from dangwu.workspace.history import RepositoryHistory
    from dangwu.workspace.workspace import Workspace

GRACE_SETTING = "recorded_within_days"
_YEAR_IN_PATH = re.compile(r"(?:^|/)(\d{4})(?:/|\.yaml$)", re.ASCII)


def find_last_commit(past: RepositoryHistory) -> str:
    """Return the id of a history's last commit."""
    return past.history.commits[-1].id


def _load_last_state(past: RepositoryHistory) -> Workspace:
    """Read the records at the end of a history. CannotRunError where it never had any: nothing must look like clean."""
    workspace = load_workspace(CommitTree(past.repository, find_last_commit(past)))
    if not any(is_record_place(path) for path in (*workspace.paths, *past.lives.at)):
        raise CannotRunError(say("The history has no records."), say("Begin with dangwu init DIR."))
    return workspace


def audit_history(
    past: RepositoryHistory,
    as_of: date,
    *,
    year: int | None = None,
    anchors: tuple[Anchor, ...] = (),
    audience: Audience = Audience.HANDLERS,
) -> AuditResult:
    """Judge a history on a day, as an audience may see it; with ``year`` only the records of that year."""
    workspace = _load_last_state(past)
    evidence = build_audit_context(past, workspace, as_of, anchors)
    found = [
        observation
        for observation in find_observations(evidence)
        if year is None or _find_year(observation, evidence) in {None, year}
    ]
    signed = sum(commit.signed for commit in past.history.commits)
    good = sum(signature.good for signature in past.signatures.values()) if past.verifies else None
    marks = tuple(mark for mark in evidence.marks if year is None or (mark.day is not None and mark.day.year == year))
    return AuditResult(
        as_of=as_of,
        revision=find_last_commit(past),
        year=year,
        observed=tuple(filter_observations(found, workspace.sight(as_of, audience))),
        seen=AuditExtent(len(past.history.commits), len(past.lives.every), signed, good, marks),
        limits=AUDIT_LIMITS,
    )


def build_audit_context(
    past: RepositoryHistory,
    workspace: Workspace,
    as_of: date,
    anchors: tuple[Anchor, ...] = (),
    only: frozenset[int] | None = None,
) -> AuditContext:
    """Put together what the checks of the history look at; ``only`` are the commits that are asked about."""
    marks = (*past.marks, *(anchor.mark for anchor in anchors))
    return AuditContext(
        as_of=as_of,
        history=past.history,
        lives=past.lives._replace(every=tuple(each for each in past.lives.every if is_record_place(each.path))),
        corpus=workspace.corpus,
        paths=frozenset(workspace.paths),
        blobs={path: each.blob for path, each in workspace.corpus.documents.items()},
        grace=Settings.of(workspace.rulebook, workspace.corpus).number(GRACE_SETTING),
        seeing=build_mark_index(past.history, marks),
        marks=marks,
        anchors=anchors,
        signatures=past.signatures,
        reviewers=past.reviewers,
        kinds=load_kinds(),
        raw=past.raw,
        version=past.version,
        changed=past.changed,
        only=only,
    )


def _find_year(each: Observation, evidence: AuditContext) -> int | None:
    """Return the year that a finding's record belongs to, None for one of no year and for a finding of the commits."""
    path = each.finding.source.path
    day = evidence.own_days.get(path)
    named = _YEAR_IN_PATH.search(path)
    return day.year if day else int(named[1]) if named else None


def filter_observations(found: list[Observation], sight: Viewer) -> Iterator[Observation]:
    """Yield the findings that an audience may see; a file is named at its first line."""
    for each in found:
        source = each.finding.source
        placed = each.finding._replace(source=Source(source.path, line=1, column=1) if source.path else source)
        if not source.path:
            yield each
        for finding in views.redact_findings([placed] if source.path else [], sight):
            yield each._replace(finding=finding)


def read_branch_name(past: RepositoryHistory) -> str:
    """Return the name of the branch at the end of a history, "" where there is none to be read."""
    branch = _load_last_state(past).corpus.branch
    return branch.name.zh if branch else ""


def build_last_anchor(past: RepositoryHistory, as_of: date) -> Anchor:
    """Return the anchor of the last commit, for the committee to keep outside the repository."""
    return build_anchor(past.history.commits[-1], len(past.history.commits), read_branch_name(past), as_of)


def build_record_log(
    past: RepositoryHistory, name: str, as_of: date, audience: Audience, *, below: str = ""
) -> tuple[RecordLog, Corpus]:
    """Return the life of a record, named by its path or id, and the records as the audience may see them.

    A path is one from the record root, or from the folder ``below`` it. UsageError where there never was such a record.
    """
    workspace = _load_last_state(past)
    life = _find_record_life(past, workspace, name, below)
    sight = workspace.sight(as_of, audience)
    steps = life.steps
    seen_by = build_mark_index(past.history, past.marks)
    entries = []
    for at, step in enumerate(steps):
        commit = past.history.commits[step.commit]
        arrived = past.history.arrived[step.commit]
        until = steps[at + 1].commit if at + 1 < len(steps) else None
        entries.append(
            LogEntry(
                turn=step.turn,
                commit=commit,
                change=redact_change(past.changed(step), sight),
                merged=past.history.commits[arrived] if arrived not in {step.commit, -1} else None,
                seen=seen_by.until(step.commit, until),
                signature=past.signatures.get(commit.id),
            )
        )
    names = dict.fromkeys(each for step in steps for each in (step.old_path, step.path) if each and each != life.path)
    made = RecordLog(as_of, find_last_commit(past), (*names, life.path), entries[-1].change.kind, tuple(entries))
    return made, views.redact_corpus(sight)


def redact_change(change: RecordChange, sight: Viewer) -> RecordChange:
    """Return a change without what it says where its record, in either state, is not for whoever looks."""
    paths = {change.path, change.old_path or change.path}
    if sight.audience.may_see(change.audience) and all(sight.shows(path) for path in paths):
        return change
    return change._replace(fields=(), sections=(), subject=None, day=None, hidden=True)


def _find_record_life(past: RepositoryHistory, workspace: Workspace, name: str, below: str) -> RecordLife:
    lives = past.lives.at
    known = workspace.corpus.by_id.get(name) or workspace.corpus.member_by_id.get(name)
    written = name.replace("\\", "/")
    ways = [known.path] if known else [normpath(f"{below}{written}"), normpath(written)]
    life = next((lives[way] for way in ways if way in lives), None)
    if life is not None:
        return life
    found = {lives[live].path: live for live in lives if read_path_stem(live) == name}
    hint = say("Write its path as dangwu check prints it, or its id; what is not committed yet has no history.")
    if len(found) > 1:
        raise UsageError(say("Several records have the name {name}: {paths}", name=name, paths=tuple(found)[:9]), hint)
    if not found:
        raise UsageError(say("The history has no record {name}.", name=name), hint)
    return lives[found.popitem()[1]]

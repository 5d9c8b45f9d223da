"""The history judged: what the audit finds, and the life of one record."""

from __future__ import annotations

import re
from posixpath import normpath
from typing import TYPE_CHECKING

from dangwu.audit.committee_marks import Anchor, anchor, seeing
from dangwu.audit.context import Evidence
from dangwu.audit.registry import LIMITS, observe
from dangwu.errors import CannotRunError, UsageError
from dangwu.git.commit_tree import RevisionTree
from dangwu.model.audience import Audience
from dangwu.model.finding import Source
from dangwu.model.message import say
from dangwu.model.observation import Audited, Entry, Logged, Seen
from dangwu.model.settings import Settings
from dangwu.model.tree import path_stem
from dangwu.privacy import views
from dangwu.workspace.catalogue import kinds
from dangwu.workspace.load import load, record_place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dangwu.model.corpus import Corpus
    from dangwu.model.observation import Observed
    from dangwu.model.record_change import RecordChange
    from dangwu.model.record_life import Life
    from dangwu.privacy.viewer import Sight
    from dangwu.workspace.history import Past
    from dangwu.workspace.workspace import Workspace

GRACE = "recorded_within_days"
_YEAR = re.compile(r"(?:^|/)(\d{4})(?:/|\.yaml$)", re.ASCII)


def tip(past: Past) -> str:
    """Return the id of a history's last commit."""
    return past.history.commits[-1].id


def _at_the_end(past: Past) -> Workspace:
    """Read the records at the end of a history. CannotRunError where it never had any: nothing must look like clean."""
    workspace = load(RevisionTree(past.repository, tip(past)))
    if not any(record_place(path) for path in (*workspace.paths, *past.lives.at)):
        raise CannotRunError(say("The history has no records."), say("Begin with dangwu init DIR."))
    return workspace


def audit(
    past: Past,
    as_of: date,
    *,
    year: int | None = None,
    anchors: tuple[Anchor, ...] = (),
    audience: Audience = Audience.HANDLERS,
) -> Audited:
    """Judge a history on a day, as an audience may see it; with ``year`` only the records of that year."""
    workspace = _at_the_end(past)
    evidence = evidence_of(past, workspace, as_of, anchors)
    found = [each for each in observe(evidence) if year is None or _year(each, evidence) in {None, year}]
    signed = sum(each.signed for each in past.history.commits)
    good = sum(each.good for each in past.signatures.values()) if past.verifies else None
    marks = tuple(each for each in evidence.marks if year is None or (each.day is not None and each.day.year == year))
    return Audited(
        as_of=as_of,
        revision=tip(past),
        year=year,
        observed=tuple(shown(found, workspace.sight(as_of, audience))),
        seen=Seen(len(past.history.commits), len(past.lives.every), signed, good, marks),
        limits=LIMITS,
    )


def evidence_of(
    past: Past,
    workspace: Workspace,
    as_of: date,
    anchors: tuple[Anchor, ...] = (),
    only: frozenset[int] | None = None,
) -> Evidence:
    """Put together what the checks of the history look at; ``only`` are the commits that are asked about."""
    marks = (*past.marks, *(each.mark for each in anchors))
    return Evidence(
        as_of=as_of,
        history=past.history,
        lives=past.lives._replace(every=tuple(each for each in past.lives.every if record_place(each.path))),
        corpus=workspace.corpus,
        paths=frozenset(workspace.paths),
        blobs={path: each.blob for path, each in workspace.corpus.documents.items()},
        grace=Settings.of(workspace.rulebook, workspace.corpus).number(GRACE),
        seeing=seeing(past.history, marks),
        marks=marks,
        anchors=anchors,
        signatures=past.signatures,
        reviewers=past.reviewers,
        kinds=kinds(),
        raw=past.raw,
        version=past.version,
        changed=past.changed,
        only=only,
    )


def _year(each: Observed, evidence: Evidence) -> int | None:
    """Return the year that a finding's record belongs to, None for one of no year and for a finding of the commits."""
    path = each.finding.source.path
    day = evidence.own_days.get(path)
    named = _YEAR.search(path)
    return day.year if day else int(named[1]) if named else None


def shown(found: list[Observed], sight: Sight) -> Iterator[Observed]:
    """Yield the findings that an audience may see; a file is named at its first line."""
    for each in found:
        source = each.finding.source
        placed = each.finding._replace(source=Source(source.path, line=1, column=1) if source.path else source)
        if not source.path:
            yield each
        for finding in views.findings_for([placed] if source.path else [], sight):
            yield each._replace(finding=finding)


def branch_name(past: Past) -> str:
    """Return the name of the branch at the end of a history, "" where there is none to be read."""
    branch = _at_the_end(past).corpus.branch
    return branch.name.zh if branch else ""


def anchor_now(past: Past, as_of: date) -> Anchor:
    """Return the anchor of the last commit, for the committee to keep outside the repository."""
    return anchor(past.history.commits[-1], len(past.history.commits), branch_name(past), as_of)


def logged(past: Past, name: str, as_of: date, audience: Audience, *, below: str = "") -> tuple[Logged, Corpus]:
    """Return the life of a record, named by its path or id, and the records as the audience may see them.

    A path is one from the record root, or from the folder ``below`` it. UsageError where there never was such a record.
    """
    workspace = _at_the_end(past)
    life = _life(past, workspace, name, below)
    sight = workspace.sight(as_of, audience)
    steps = life.steps
    seen_by = seeing(past.history, past.marks)
    entries = []
    for at, step in enumerate(steps):
        commit = past.history.commits[step.commit]
        arrived = past.history.arrived[step.commit]
        until = steps[at + 1].commit if at + 1 < len(steps) else None
        entries.append(
            Entry(
                turn=step.turn,
                commit=commit,
                change=hidden(past.changed(step), sight),
                merged=past.history.commits[arrived] if arrived not in {step.commit, -1} else None,
                seen=seen_by.until(step.commit, until),
                signature=past.signatures.get(commit.id),
            )
        )
    names = dict.fromkeys(each for step in steps for each in (step.old_path, step.path) if each and each != life.path)
    made = Logged(as_of, tip(past), (*names, life.path), entries[-1].change.kind, tuple(entries))
    return made, views.corpus_for(sight)


def hidden(change: RecordChange, sight: Sight) -> RecordChange:
    """Return a change without what it says where its record, in either state, is not for whoever looks."""
    paths = {change.path, change.old_path or change.path}
    if sight.audience.may_see(change.audience) and all(sight.shows(each) for each in paths):
        return change
    return change._replace(fields=(), sections=(), subject=None, day=None, hidden=True)


def _life(past: Past, workspace: Workspace, name: str, below: str) -> Life:
    lives = past.lives.at
    known = workspace.corpus.by_id.get(name) or workspace.corpus.member_by_id.get(name)
    written = name.replace("\\", "/")
    ways = [known.path] if known else [normpath(f"{below}{written}"), normpath(written)]
    life = next((lives[each] for each in ways if each in lives), None)
    if life is not None:
        return life
    found = {lives[each].path: each for each in lives if path_stem(each) == name}
    hint = say("Write its path as dangwu check prints it, or its id; what is not committed yet has no history.")
    if len(found) > 1:
        raise UsageError(say("Several records have the name {name}: {paths}", name=name, paths=tuple(found)[:9]), hint)
    if not found:
        raise UsageError(say("The history has no record {name}.", name=name), hint)
    return lives[found.popitem()[1]]

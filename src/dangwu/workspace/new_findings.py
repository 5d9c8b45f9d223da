"""What is new of the findings between two states of the records."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.audience import Audience
from dangwu.model.finding_list import FindingList, count_findings
from dangwu.model.message import Text
from dangwu.privacy import views
from dangwu.workspace.load import load_workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from dangwu.model.finding import Finding
    from dangwu.model.results import CheckResult
    from dangwu.model.tree import Tree
    from dangwu.workspace.workspace import Workspace

_SHIFTING_ARGUMENTS = frozenset({"line", "offset", "percent", "size"})
"""Message arguments that change when other parts of the file do."""


class FindingIdentity(NamedTuple):
    """What is the same of a finding in two states: code, path, subject, and message without line and size."""

    code: str
    path: str
    subject: str | None
    message: Text
    more: int = 0


def check_newer_tree(
    older: Tree,
    newer: Tree,
    as_of: date,
    only: Callable[[str], bool] | None = None,
    audience: Audience = Audience.HANDLERS,
) -> tuple[Workspace, CheckResult]:
    """Check the newer tree; keep the findings in changed files, and those that the older tree does not have."""
    blobs = {entry.path: entry.blob for entry in older.entries()}
    changed = {entry.path for entry in newer.entries() if blobs.get(entry.path) != entry.blob}
    before = load_workspace(older)
    workspace = load_workspace(newer, known=before)
    checked = workspace.run_checks(as_of, only)
    old, new = make_findings_alike(before.run_checks(as_of).findings, checked.findings)
    known = {identify_finding(finding) for finding in old}
    kept = (finding for finding in new if finding.source.path in changed or identify_finding(finding) not in known)
    checked = checked._replace(findings=tuple(kept))
    return workspace, views.redact_check_result(checked, workspace.build_viewer(as_of, audience))


class BroughtFindings(NamedTuple):
    """The findings that a change brings, in any file, and the number of those that were there before and remain."""

    checked: CheckResult
    standing: int


def check_brought(
    olders: Sequence[Tree], newer: Tree, as_of: date, audience: Audience = Audience.HANDLERS
) -> tuple[Workspace, BroughtFindings]:
    """Check the newer tree; keep the findings that none of the older ones has, of which a merge has several."""
    befores = [load_workspace(older) for older in olders]
    workspace = load_workspace(newer, known=befores[0] if befores else None)
    checked = workspace.run_checks(as_of)
    new = checked.findings
    for before in befores:
        new, _ = find_new_findings(before.run_checks(as_of).findings, new, {})
    brought = views.redact_check_result(checked._replace(findings=new), workspace.build_viewer(as_of, audience))
    return workspace, BroughtFindings(brought, count_findings(checked.findings) - count_findings(new))


def find_new_findings(
    before: Sequence[Finding], after: Sequence[Finding], renamed: Mapping[str, str]
) -> tuple[tuple[Finding, ...], int]:
    """Return the findings that are new in the second state, and the number of those that are gone.

    Findings of one identity are counted: with two before and three after, one is new.
    """
    before, after = make_findings_alike(before, after)
    new_paths = {old: new for new, old in renamed.items()}
    known = Counter(_rename_identity(identify_finding(finding), new_paths) for finding in before)
    new_findings = []
    for finding in after:
        identity = identify_finding(finding)
        if known[identity]:
            known[identity] -= 1
        else:
            new_findings.append(finding)
    return tuple(new_findings), sum(number * (identity.more + 1) for identity, number in known.items())


def _rename_identity(identity: FindingIdentity, new_paths: Mapping[str, str]) -> FindingIdentity:
    """Return a finding's identity with old paths replaced by new ones, in the arguments of its message too."""
    template, arguments = identity.message
    renamed = tuple((key, new_paths.get(value, value) if isinstance(value, str) else value) for key, value in arguments)
    return identity._replace(path=new_paths.get(identity.path, identity.path), message=Text(template, renamed))


def identify_finding(finding: Finding) -> FindingIdentity:
    """Return the identity of a finding across states."""
    template, arguments = finding.message
    kept = Text(template, tuple(argument for argument in arguments if argument[0] not in _SHIFTING_ARGUMENTS))
    return FindingIdentity(finding.code.id, finding.source.path, finding.subject, kept, finding.more)


def make_findings_alike(
    before: Sequence[Finding], after: Sequence[Finding]
) -> tuple[Sequence[Finding], Sequence[Finding]]:
    """Return the findings of two states so that they compare: both one by one, or both one for each file and code."""
    if any(finding.more for finding in (*before, *after)):
        return tuple(FindingList(before, most=0)), tuple(FindingList(after, most=0))
    return before, after

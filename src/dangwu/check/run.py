"""Run every check, and set accepted findings apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.check.cited_clauses import cite_clause
from dangwu.check.registry import ACCEPTANCE_UNUSED, CHECKS
from dangwu.model.finding import build_finding
from dangwu.model.finding_list import FindingList
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dangwu.check.context import Context
    from dangwu.model.finding import Finding
    from dangwu.model.record import Acceptance

NEVER_ACCEPTED = ("DW0", "DW1", "DW502")
"""Prefixes of codes that cannot be accepted: reading, schema, and 【待填】 left in a record."""


def run_checks(context: Context) -> Iterator[Finding]:
    """Yield the findings of every check, in the order of the registry."""
    for check in CHECKS:
        for finding in check(context):
            yield cite_clause(finding, context.corpus)


def apply_acceptances(
    findings: Iterable[Finding], acceptances: tuple[Acceptance, ...]
) -> tuple[FindingList, list[tuple[Finding, Acceptance]]]:
    """Split findings into those left and those accepted; an acceptance that matches nothing becomes a note.

    An acceptance names code and file, and optionally the subject, where a file can have several findings of the code.
    """
    left = FindingList()
    accepted: list[tuple[Finding, Acceptance]] = []
    used: set[int] = set()
    for finding in findings:
        match = next((acceptance for acceptance in acceptances if _accepts_finding(acceptance, finding)), None)
        if match is None:
            left.extend([finding])
        else:
            accepted.append((finding, match))
            used.add(match.number)
    for acceptance in acceptances:
        if acceptance.number not in used:
            message = say("Nothing to accept any more: {code} in {path}.", code=acceptance.code, path=acceptance.file)
            place = ("accepted", acceptance.number)
            left.extend([build_finding(ACCEPTANCE_UNUSED, acceptance.path, place, message, say("Delete the entry."))])
    return left, accepted


def _accepts_finding(acceptance: Acceptance, finding: Finding) -> bool:
    return (
        acceptance.code == finding.code.id
        and acceptance.file in {finding.source.path, finding.twin}
        and (acceptance.subject is None or acceptance.subject == finding.subject)
        and not finding.code.id.startswith(NEVER_ACCEPTED)
    )

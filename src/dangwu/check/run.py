"""Run every check, and set accepted findings apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.check.cited_clauses import cite_clause
from dangwu.check.registry import ACCEPTANCE_UNUSED, CHECKS
from dangwu.model.finding import build_finding
from dangwu.model.message import say
from dangwu.parse.schema import VALUE_UNFIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dangwu.check.context import Context
    from dangwu.model.document import Document
    from dangwu.model.finding import Finding
    from dangwu.model.record import Acceptance

NEVER_ACCEPTED = ("DW0", "DW1", "DW502")
"""Prefixes of codes that cannot be accepted: reading, schema, and 【待填】 left in a record."""


def run_checks(context: Context) -> Iterator[Finding]:
    """Yield the findings of every check, in the order of the registry."""
    for check in CHECKS:
        for finding in check(context):
            yield cite_clause(finding, context.corpus)


def drop_repeated_blanks(findings: Iterable[Finding], documents: Mapping[str, Document]) -> list[Finding]:
    """Return the findings without DW104 for a value that is 【待填】, which DW502 reports."""
    blanks = {(path, *place) for path, document in documents.items() for place in document.blanks}
    return [
        finding
        for finding in findings
        if finding.code is not VALUE_UNFIT
        or (finding.source.path, finding.source.line, finding.source.column) not in blanks
    ]


def apply_acceptances(
    findings: Iterable[Finding], acceptances: tuple[Acceptance, ...]
) -> tuple[list[Finding], list[tuple[Finding, Acceptance]]]:
    """Split findings into those left and those accepted; an acceptance that matches nothing becomes a note.

    An acceptance names code and file, and optionally the subject, where a file can have several findings of the code.
    """
    left: list[Finding] = []
    accepted: list[tuple[Finding, Acceptance]] = []
    used: set[int] = set()
    for finding in findings:
        match = next((acceptance for acceptance in acceptances if _accepts_finding(acceptance, finding)), None)
        if match is None:
            left.append(finding)
        else:
            accepted.append((finding, match))
            used.add(match.number)
    for acceptance in acceptances:
        if acceptance.number not in used:
            message = say("Nothing to accept any more: {code} in {path}.", code=acceptance.code, path=acceptance.file)
            left.append(
                build_finding(
                    ACCEPTANCE_UNUSED,
                    acceptance.path,
                    ("accepted", acceptance.number),
                    message,
                    say("Delete the entry."),
                )
            )
    return left, accepted


def _accepts_finding(acceptance: Acceptance, finding: Finding) -> bool:
    return (
        acceptance.code == finding.code.id
        and acceptance.file == finding.source.path
        and (acceptance.subject is None or acceptance.subject == finding.subject)
        and not finding.code.id.startswith(NEVER_ACCEPTED)
    )

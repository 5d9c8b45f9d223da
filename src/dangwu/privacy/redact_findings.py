"""Findings as a viewer may see them: none on closed files or single people, none that quotes what it may not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.audience import Audience
from dangwu.model.finding import Source
from dangwu.model.record import MEETING_KINDS
from dangwu.privacy import redact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dangwu.model.finding import Finding
    from dangwu.privacy.viewer import Viewer

_PERSONAL_CLAUSES = ("10.",)
COUNTED_FIELDS = {"training": ("schema", "kind", "date", "hours", "audience", "present")}
"""Kind of which members see only counts, as of meetings → its fields that tell no more."""


def redact_findings(findings: Iterable[Finding], viewer: Viewer) -> Iterator[Finding]:
    """Yield the findings in files that the viewer may see.

    A finding in a confidential file, or in one of which the viewer sees only counts, quotes nothing of the file; one in
    a sealed file has only the path and the title of its code. Findings about one person are for the committee.
    """
    for finding in findings:
        audience = viewer.find_audience(finding.source.path)
        if audience is Audience.SEALED:
            if viewer.audience is Audience.HANDLERS:
                yield finding._replace(
                    source=Source(finding.source.path), message=finding.code.title, hint=None, related=(), subject=None
                )
        elif viewer.audience.may_see(audience) and (viewer.inside or not _is_personal(finding, viewer)):
            confidential = audience is Audience.HANDLERS or _tells_counts_only(finding.source.path, viewer)
            yield _redact_finding(finding, viewer, confidential=confidential)


def _is_personal(finding: Finding, viewer: Viewer) -> bool:
    return (
        (finding.code.clause or "").startswith(_PERSONAL_CLAUSES)
        or finding.subject in viewer.people_ids
        or finding.source.path.startswith("members/")
    )


def _tells_counts_only(path: str, viewer: Viewer) -> bool:
    """Tell whether the viewer sees only counts of a record, so that no finding may quote it."""
    kinds = (kind.name for kind in viewer.kinds.values() if kind.read(path) is not None)
    return not viewer.inside and any(kind in MEETING_KINDS or kind in COUNTED_FIELDS for kind in kinds)


def _redact_finding(finding: Finding, viewer: Viewer, *, confidential: bool) -> Finding:
    redacted = finding._replace(related=tuple(place for place in finding.related if viewer.shows(place.source.path)))
    if confidential:
        redacted = _redact_finding_quotes(redacted, viewer.list_known_words(finding.source.path))
    return redacted if viewer.by_name else _redact_finding_names(redacted, viewer)


def _redact_finding_quotes(finding: Finding, words: frozenset[str]) -> Finding:
    """Return a finding that quotes nothing; a hint that would quote something is left out."""
    hint = redact.redact_quotes(finding.hint, words) if finding.hint else None
    related = tuple(place._replace(message=redact.redact_quotes(place.message, words)) for place in finding.related)
    harmless = finding.subject is None or redact.tells_nothing(finding.subject, words)
    return finding._replace(
        message=redact.redact_quotes(finding.message, words),
        hint=hint if hint == finding.hint else None,
        related=related,
        subject=finding.subject if harmless else None,
    )


def _redact_finding_names(finding: Finding, viewer: Viewer) -> Finding:
    hint = redact.redact_names(finding.hint, viewer.names) if finding.hint else None
    message = redact.redact_names(finding.message, viewer.names)
    source = finding.source._replace(path=viewer.told(finding.source.path))
    return finding._replace(source=source, message=message, hint=hint, related=(), subject=None)

"""Bodies that approved plans and targets: the committee, or without one the general meeting (1.4, 1.6, 5.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.finding import FindingCode, Severity, build_finding
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.check.context import Context
    from dangwu.model.finding import Finding

APPROVED_ELSEWHERE = FindingCode(
    "DW815",
    "approved-elsewhere",
    Severity.WARNING,
    say("A plan or target approved by a body that was not the one in charge"),
    "1.4a",
)
CODES = (APPROVED_ELSEWHERE,)

_COMMITTEE, _GENERAL_MEETING, _TARGET = "committee", "general-meeting", "target"
_BODY_NAMES = {
    _COMMITTEE: say("the committee"),
    _GENERAL_MEETING: say("the general meeting"),
    "superior": say("the superior"),
}
_APPROVED_KINDS = ("annual-plan", "quarter-plan", "month-plan", "education-plan", "development-plan", _TARGET)


def check_approving_bodies(context: Context) -> Iterator[Finding]:
    """Find plans and targets approved by another body than the committee, or without one the general meeting.

    A target that a committee approved which did not exist is DW854.
    """
    corpus = context.corpus
    if corpus.branch is None:
        return
    for kind in _APPROVED_KINDS:
        for record in corpus.of(kind):
            if record.day is None or record.day < corpus.branch.founded:
                continue
            charged = _COMMITTEE if record.day in corpus.roster.committee_in_office else _GENERAL_MEETING
            by = record.data["approved_by"]
            if by == charged or (kind == _TARGET and by == _COMMITTEE):
                continue
            message = say(
                "Approved by {body}; on {day} it was for {charged} to approve.",
                body=_BODY_NAMES[by],
                day=record.day,
                charged=_BODY_NAMES[charged],
            )
            hint = say("Have the body in charge approve it too, or correct approved_by; terms are in branch.yaml.")
            yield build_finding(APPROVED_ELSEWHERE, record, ("approved_by",), message, hint, subject=record.subject)

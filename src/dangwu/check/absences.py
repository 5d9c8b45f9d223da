"""Consecutive absences without reason, noted for people to consider (10.1(5))."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.finding import FindingCode, RelatedPlace, Severity, Source, build_finding
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dangwu.check.context import Context
    from dangwu.model.finding import Finding
    from dangwu.model.message import Text
    from dangwu.model.record import Meeting

ABSENCES_RUNNING = FindingCode(
    "DW310", "absences-running", Severity.NOTE, say("Absent without reason several times running"), "10.1(5)"
)
CODES = (ABSENCES_RUNNING,)

SIX_MONTHS = 6
"""From this many months on the note also cites Art. 9 of the Party Constitution."""


def check_absence_runs(context: Context) -> Iterator[Finding]:
    """Yield a note for each run of absences that reaches the clause's threshold, at its last meeting.

    A run counts all meetings at which the member was due, by day, start and path. Presence, leave or an exemption
    ends it; a meeting that does not list the member neither adds to it nor ends it.
    """
    clause = context.rulebook.clause("10.1(5)")
    if clause is None or clause.threshold is None or context.corpus.branch is None:
        return
    for member, run in _find_runs(context):
        if len(run) >= clause.threshold:
            yield _build_run_finding(context, member, run)


def _find_runs(context: Context) -> Iterator[tuple[str, list[Meeting]]]:
    """Yield every run of absences by the as-of day: the member's id and the meetings, in order."""
    runs: dict[str, list[Meeting]] = {}
    for meeting in context.meetings:
        if meeting.day > context.as_of:
            break
        due = context.corpus.roster.due(meeting)
        accounted = {*meeting.present, *(leave.member for leave in meeting.leave)}
        for member in sorted(accounted & runs.keys()):
            yield member, runs.pop(member)
        for member in dict.fromkeys(absentee for absentee in meeting.absent if absentee not in accounted):
            run = runs.get(member)
            if run and _was_exempt_between(context, member, run[-1], meeting):
                yield member, runs.pop(member)
            if member in due:
                runs.setdefault(member, []).append(meeting)
    yield from runs.items()


def _was_exempt_between(context: Context, member: str, earlier: Meeting, later: Meeting) -> bool:
    known = context.corpus.member_by_id.get(member)
    return known is not None and any(
        exemption.span.start <= later.day and earlier.day < exemption.span.end for exemption in known.exemptions
    )


def _build_run_finding(context: Context, member: str, run: list[Meeting]) -> Finding:
    last = run[-1]
    message = say(
        "{name} ({id}) was absent without reason {count} times running: {days}. For people to consider.",
        name=context.corpus.name_of(member),
        id=member,
        count=len(run),
        days=tuple(meeting.day for meeting in run),
    )
    hint = _build_hint(run[0].day, last.day)
    finding = build_finding(
        ABSENCES_RUNNING, last, ("absent", last.absent.index(member)), message, hint, subject=member
    )
    rows = tuple(
        RelatedPlace(
            Source(meeting.path, ("absent", meeting.absent.index(member))),
            say("absent without reason on {day}", day=meeting.day),
        )
        for meeting in run
    )
    return finding._replace(related=rows)


def _build_hint(first: date, last: date) -> Text:
    """Return the next step; for a run of six months or more with Art. 9 of the Party Constitution."""
    if (last.year * 12 + last.month) - (first.year * 12 + first.month) - (last.day < first.day) >= SIX_MONTHS:
        return say(
            "First ask for the reason, and see whether leave was asked for; nothing is decided here about a person. "
            "Beside it stands Art. 9 of the Party Constitution on six months running without good reason: what follows "
            "is for the general meeting and the body above, after hearing the member."
        )
    return say("First ask for the reason, and see whether leave was asked for; nothing is decided here about a person.")

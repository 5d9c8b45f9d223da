"""Days and hours of meetings: in order, not in the future, and no member at two meetings at once."""

from __future__ import annotations

from itertools import combinations, groupby
from typing import TYPE_CHECKING

from dangwu.check.twins import link_twins
from dangwu.model.finding import FindingCode, Severity, build_finding
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dangwu.check.context import Context
    from dangwu.model.finding import Finding, Pointer
    from dangwu.model.record import Meeting

_ERROR = Severity.ERROR
TWO_PLACES = FindingCode("DW309", "two-places", _ERROR, say("One person in two places at once"), "3.5")
TIMES_DISORDERED = FindingCode("DW401", "times-disordered", _ERROR, say("A meeting ends before it begins"))
IN_THE_FUTURE = FindingCode("DW402", "in-the-future", _ERROR, say("Dated after the as-of day"))
MAKES_UP_WRONG = FindingCode("DW407", "makes-up-wrong", _ERROR, say("A meeting that makes up for the wrong period"))
_OTHER_MEETING = say("the other meeting")
CODES = (TWO_PLACES, TIMES_DISORDERED, IN_THE_FUTURE, MAKES_UP_WRONG)


def check_meeting_times(context: Context) -> Iterator[Finding]:
    """Check the hours of each meeting and the period it makes up for."""
    for meeting in context.corpus.meetings:
        if meeting.end <= meeting.start:
            message = say("The meeting ends at or before its beginning.")
            yield build_finding(
                TIMES_DISORDERED, meeting, ("time",), message, say("Write the hours as in 15:00-16:10.")
            )
        made_up = meeting.makes_up
        if made_up is None:
            continue
        if meeting.day in made_up:
            message = say("The meeting lies in {period} itself, so it makes up for nothing.", period=made_up.label)
            yield build_finding(MAKES_UP_WRONG, meeting, ("makes_up",), message, say("Delete the field makes_up."))
        elif meeting.day < made_up.start:
            message = say("The period {period} begins only after the meeting.", period=made_up.label)
            yield build_finding(
                MAKES_UP_WRONG, meeting, ("makes_up",), message, say("Name the period that was missed.")
            )


def check_future_records(context: Context) -> Iterator[Finding]:
    """Find meetings, waivers and acceptances dated after the as-of day."""
    hint = say("Correct the date; a record is written after the event.")
    dated: list[tuple[date, str, Pointer]] = [
        *((meeting.day, meeting.path, ("date",)) for meeting in context.corpus.meetings),
        *((waiver.day, waiver.path, ("date",)) for waiver in context.corpus.waivers),
        *(
            (acceptance.day, acceptance.path, ("accepted", acceptance.number, "date"))
            for acceptance in context.corpus.acceptances
        ),
    ]
    for day, path, pointer in dated:
        if day > context.as_of:
            message = say("{day} lies after the as-of day {as_of}.", day=day, as_of=context.as_of)
            yield build_finding(IN_THE_FUTURE, path, pointer, message, hint)


def check_two_places(context: Context) -> Iterator[Finding]:
    """Find members present at two meetings whose hours overlap; the finding is at both."""
    for _, same_day in groupby(context.meetings, key=lambda meeting: meeting.day):
        for earlier, later in combinations(same_day, 2):
            if later.start >= earlier.end:
                continue
            present = set(later.present)
            for member in earlier.present:
                if member in present:
                    pairs = ((earlier, later), (later, earlier))
                    findings = (_build_two_places(context, member, *pair) for pair in pairs)
                    yield from link_twins(findings, _OTHER_MEETING, _OTHER_MEETING)


def _build_two_places(context: Context, member: str, meeting: Meeting, elsewhere: Meeting) -> Finding:
    message = say(
        "{name} ({id}) is also present at {path} at that time.",
        name=context.corpus.name_of(member),
        id=member,
        path=elsewhere.path,
    )
    hint = say("One of the two lists or one of the two times is wrong.")
    place = ("present", meeting.present.index(member))
    return build_finding(TWO_PLACES, meeting, place, message, hint, subject=member)

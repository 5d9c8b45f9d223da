"""Quorum, votes and resolutions (2018 branch regulation, Arts. 11 and 12; form 2.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.facts.meeting_rules import quorum
from dangwu.model.finding import Code, Severity, found
from dangwu.model.message import say
from dangwu.model.record import GENERAL_MEETING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.check.context import Context
    from dangwu.model.corpus import Corpus
    from dangwu.model.finding import Finding, Pointer
    from dangwu.model.record import Meeting, Resolution, Vote

_E = Severity.ERROR
NO_QUORUM = Code("DW403", "no-quorum", _E, say("Too few were present"))
ARITHMETIC = Code("DW404", "vote-arithmetic", _E, say("More votes than voters"))
NOT_CARRIED = Code("DW405", "vote-not-carried", _E, say("The vote does not carry the resolution"))
UNOWNED = Code("DW406", "resolution-unowned", _E, say("A resolution without owner or due day"))
CODES = (NO_QUORUM, ARITHMETIC, NOT_CARRIED, UNOWNED)


def quorums(context: Context) -> Iterator[Finding]:
    """Find general and committee meetings at which fewer than half of those with a vote were present."""
    for meeting in context.corpus.meetings if context.corpus.branch and not context.corpus.unread_members else ():
        count = quorum(context.corpus, meeting)
        if count is not None and count.due and not count.reached:
            message = say(
                "Present with a vote: {present} of {due}; half or more are needed.",
                present=count.present,
                due=count.due,
            )
            hint = say("The meeting does not count and its votes do not stand: hold it again.")
            yield found(NO_QUORUM, meeting, ("present",), message, hint, at_key=True)


def resolutions(context: Context) -> Iterator[Finding]:
    """Check each resolution's owner, due day and vote."""
    for meeting in context.corpus.meetings:
        for index, resolution in enumerate(meeting.resolutions):
            pointer = ("resolutions", index)
            yield from _follow_up(meeting, resolution, pointer)
            if resolution.vote is not None and context.corpus.branch and not context.corpus.unread_members:
                yield from _vote(context.corpus, meeting, resolution, resolution.vote, (*pointer, "vote"))


def _follow_up(meeting: Meeting, resolution: Resolution, pointer: Pointer) -> Iterator[Finding]:
    if not resolution.passed:
        return
    if resolution.owner is None:
        message = say("Nobody is named to carry the resolution out.")
        yield found(UNOWNED, meeting, pointer, message, say("Add owner: with a member's id."))
    if resolution.due is None:
        yield found(UNOWNED, meeting, pointer, say("The resolution has no due day."), say("Add due: with a date."))
    elif resolution.due < meeting.day:
        message = say("The due day {day} lies before the meeting.", day=resolution.due)
        hint = say("Correct the date; a resolution is carried out after the meeting.")
        yield found(UNOWNED, meeting, (*pointer, "due"), message, hint)


def _vote(corpus: Corpus, meeting: Meeting, resolution: Resolution, vote: Vote, pointer: Pointer) -> Iterator[Finding]:
    entitled = corpus.roster.voters(meeting)
    voters = len(entitled.intersection(meeting.present))
    if vote.cast > voters:
        probationary = len(corpus.roster.due(meeting).intersection(meeting.present)) - voters
        message = say("Votes: {cast}; full members present: {voters}.", cast=vote.cast, voters=voters)
        hint = say("Count again.")
        if meeting.kind == GENERAL_MEETING and probationary and vote.cast <= voters + probationary:
            hint = say("Probationary members present: {count}. They attend and do not vote.", count=probationary)
        yield found(ARITHMETIC, meeting, pointer, message, hint)
    carried = vote.yes * 2 > len(entitled)
    if resolution.passed and not carried:
        message = say(
            "Yes: {yes}; more than half of the full members due is needed, that is {needed} of {due}.",
            yes=vote.yes,
            needed=len(entitled) // 2 + 1,
            due=len(entitled),
        )
        hint = say("Those due count, not those present; write passed: false if it did not pass.")
        yield found(NOT_CARRIED, meeting, (*pointer, "yes"), message, hint)
    elif carried and not resolution.passed:
        message = say("Yes: {yes} of {due} due carries the resolution.", yes=vote.yes, due=len(entitled))
        yield found(NOT_CARRIED, meeting, (*pointer, "yes"), message, say("Correct the tally or the result."))

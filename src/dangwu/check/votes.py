"""Quorum, votes and resolutions (2018 branch regulation, Arts. 11 and 12; form 2.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.facts.meeting_rules import count_quorum
from dangwu.model.finding import FindingCode, Severity, build_finding
from dangwu.model.message import say
from dangwu.model.record import GENERAL_MEETING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.check.context import Context
    from dangwu.model.corpus import Corpus
    from dangwu.model.finding import Finding, Pointer
    from dangwu.model.record import Meeting, Resolution, Vote

_ERROR = Severity.ERROR
NO_QUORUM = FindingCode("DW403", "no-quorum", _ERROR, say("Too few were present"))
VOTE_ARITHMETIC = FindingCode("DW404", "vote-arithmetic", _ERROR, say("More votes than voters"))
VOTE_NOT_CARRIED = FindingCode("DW405", "vote-not-carried", _ERROR, say("The vote does not carry the resolution"))
RESOLUTION_UNOWNED = FindingCode("DW406", "resolution-unowned", _ERROR, say("A resolution without owner or due day"))
CODES = (NO_QUORUM, VOTE_ARITHMETIC, VOTE_NOT_CARRIED, RESOLUTION_UNOWNED)


def check_quorums(context: Context) -> Iterator[Finding]:
    """Find general and committee meetings at which fewer than half of those with a vote were present."""
    for meeting in context.corpus.meetings if context.corpus.branch and not context.corpus.unread_members else ():
        count = count_quorum(context.corpus, meeting)
        if count is not None and count.due and not count.reached:
            message = say(
                "Present with a vote: {present} of {due}; half or more are needed.",
                present=count.present,
                due=count.due,
            )
            hint = say("The meeting does not count and its votes do not stand: hold it again.")
            yield build_finding(NO_QUORUM, meeting, ("present",), message, hint, at_key=True)


def check_resolutions(context: Context) -> Iterator[Finding]:
    """Check each resolution's owner, due day and vote."""
    for meeting in context.corpus.meetings:
        for index, resolution in enumerate(meeting.resolutions):
            pointer = ("resolutions", index)
            yield from _check_follow_up(meeting, resolution, pointer)
            if resolution.vote is not None and context.corpus.branch and not context.corpus.unread_members:
                yield from _check_vote(context.corpus, meeting, resolution, resolution.vote, (*pointer, "vote"))


def _check_follow_up(meeting: Meeting, resolution: Resolution, pointer: Pointer) -> Iterator[Finding]:
    if not resolution.passed:
        return
    if resolution.owner is None:
        message = say("Nobody is named to carry the resolution out.")
        yield build_finding(RESOLUTION_UNOWNED, meeting, pointer, message, say("Add owner: with a member's id."))
    if resolution.due is None:
        yield build_finding(
            RESOLUTION_UNOWNED, meeting, pointer, say("The resolution has no due day."), say("Add due: with a date.")
        )
    elif resolution.due < meeting.day:
        message = say("The due day {day} lies before the meeting.", day=resolution.due)
        hint = say("Correct the date; a resolution is carried out after the meeting.")
        yield build_finding(RESOLUTION_UNOWNED, meeting, (*pointer, "due"), message, hint)


def _check_vote(
    corpus: Corpus, meeting: Meeting, resolution: Resolution, vote: Vote, pointer: Pointer
) -> Iterator[Finding]:
    entitled = corpus.roster.voters(meeting)
    voters = len(entitled.intersection(meeting.present))
    if vote.cast > voters:
        probationary = len(corpus.roster.due(meeting).intersection(meeting.present)) - voters
        message = say("Votes: {cast}; full members present: {voters}.", cast=vote.cast, voters=voters)
        hint = say("Count again.")
        if meeting.kind == GENERAL_MEETING and probationary and vote.cast <= voters + probationary:
            hint = say("Probationary members present: {count}. They attend and do not vote.", count=probationary)
        yield build_finding(VOTE_ARITHMETIC, meeting, pointer, message, hint)
    carried = vote.yes * 2 > len(entitled)
    if resolution.passed and not carried:
        message = say(
            "Yes: {yes}; more than half of the full members due is needed, that is {needed} of {due}.",
            yes=vote.yes,
            needed=len(entitled) // 2 + 1,
            due=len(entitled),
        )
        hint = say("Those due count, not those present; write passed: false if it did not pass.")
        yield build_finding(VOTE_NOT_CARRIED, meeting, (*pointer, "yes"), message, hint)
    elif carried and not resolution.passed:
        message = say("Yes: {yes} of {due} due carries the resolution.", yes=vote.yes, due=len(entitled))
        yield build_finding(
            VOTE_NOT_CARRIED, meeting, (*pointer, "yes"), message, say("Correct the tally or the result.")
        )

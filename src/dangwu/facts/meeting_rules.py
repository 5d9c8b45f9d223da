"""Rules on meetings that checks and duties share: who may chair, and the quorum."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.message import Text, say
from dangwu.model.offices import SECRETARY
from dangwu.model.record import (
    COMMITTEE_MEETING,
    DEMOCRATIC_LIFE_MEETING,
    GENERAL_MEETING,
    GROUP_MEETING,
    ORGANIZATIONAL_LIFE_MEETING,
)

if TYPE_CHECKING:
    from dangwu.model.corpus import Corpus
    from dangwu.model.record import Meeting

_CHAIRED_BY_SECRETARY = (GENERAL_MEETING, COMMITTEE_MEETING, DEMOCRATIC_LIFE_MEETING, ORGANIZATIONAL_LIFE_MEETING)


class Quorum(NamedTuple):
    """How many with a vote were present, and how many were due."""

    present: int
    due: int

    @property
    def reached(self) -> bool:
        """Whether half or more of those due were present (2018 branch regulation, Arts. 11 and 12)."""
        return self.due > 0 and self.present * 2 >= self.due


def count_quorum(corpus: Corpus, meeting: Meeting) -> Quorum | None:
    """Return the quorum of a general or committee meeting; None for meetings that need none."""
    if meeting.kind == COMMITTEE_MEETING:
        due = corpus.roster.due(meeting)
    elif meeting.kind == GENERAL_MEETING:
        due = corpus.roster.voters(meeting)
    else:
        return None
    return Quorum(len(due.intersection(meeting.present)), len(due))


def find_absent_without_leave(corpus: Corpus, meeting: Meeting) -> tuple[str, ...]:
    """Return the ids of those due at a meeting who were neither present nor on leave, in order."""
    excused = (*meeting.present, *(leave.member for leave in meeting.leave))
    return tuple(sorted(corpus.roster.due(meeting).difference(excused)))


def find_chair_fault(corpus: Corpus, meeting: Meeting) -> Text | None:
    """Return why the chair was not entitled to chair a meeting, None if entitled.

    Group meetings are chaired by the group's leader; general, committee and life meetings by the secretary (4.2, 6.5).
    The leader may delegate to anyone of the group, the secretary to a holder of a post (branch regulation, Art. 14).
    Where the last leader or secretary has left the branch or is suspended, whoever chairs until the next is named may.
    """
    if meeting.kind == GROUP_MEETING:
        return _find_group_chair_fault(corpus, meeting)
    if meeting.kind in _CHAIRED_BY_SECRETARY:
        return _find_branch_chair_fault(corpus, meeting)
    return None


def _find_group_chair_fault(corpus: Corpus, meeting: Meeting) -> Text | None:
    group = corpus.branch.group(meeting.group or "") if corpus.branch else None
    if group is None:
        return say("the group {group} is not in branch.yaml", group=meeting.group or "")
    leader = corpus.offices.leader_on(group.id, meeting.day)
    if leader is None and corpus.offices.is_group_bereft(group.id, meeting.day):
        return None
    if leader is None:
        return say("the group {group} had no leader on {day}", group=group.name, day=meeting.day)
    if leader in {meeting.chair, meeting.delegated_by}:
        return None
    return say(
        "{chair} chaired, but the leader of the group was {leader} and named nobody else",
        chair=corpus.name_of(meeting.chair),
        leader=corpus.name_of(leader),
    )


def _find_branch_chair_fault(corpus: Corpus, meeting: Meeting) -> Text | None:
    secretary = corpus.offices.post_on(SECRETARY, meeting.day)
    if secretary is None and corpus.offices.is_post_bereft(SECRETARY, meeting.day):
        return None
    if secretary is None:
        return say("the branch had no secretary on {day}", day=meeting.day)
    if meeting.chair == secretary:
        return None
    chair, held_by = corpus.name_of(meeting.chair), corpus.name_of(secretary)
    if meeting.delegated_by != secretary:
        return say(
            "{chair} chaired, but the secretary was {leader} and delegated to nobody", chair=chair, leader=held_by
        )
    if any(holder.member == meeting.chair for holder in corpus.offices.holders_on(meeting.day)):
        return None
    return say("the secretary delegated to {chair}, who held no post on {day}", chair=chair, day=meeting.day)

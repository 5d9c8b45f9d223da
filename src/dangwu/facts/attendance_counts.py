"""How often each member was due, there, on leave or absent at the meetings of a period (3.5; 9.2(1))."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.record import Standing

if TYPE_CHECKING:
    from dangwu.model.corpus import Corpus
    from dangwu.model.period import Period
    from dangwu.model.record import Meeting


class AttendanceCounts(NamedTuple):
    """A member's meetings. Someone forgotten in the lists was due and counts nowhere else."""

    due: int = 0
    present: int = 0
    leave: int = 0
    absent: int = 0


def count_attendance(corpus: Corpus, period: Period) -> dict[str, AttendanceCounts]:
    """Return the tally of everyone who was a full or probationary member on a day of the period, by id.

    Counted over all meetings held in the period, of whatever kind, at which the member was due. A meeting that makes
    up for another period counts where it was held: what is told is who came.
    """
    tallies = {
        id_: AttendanceCounts()
        for id_, member in sorted(corpus.member_by_id.items())
        if member.days_as(Standing.FULL, Standing.PROBATIONARY).count(period.start, period.end)
    }
    for meeting in corpus.meetings:
        if meeting.day not in period:
            continue
        lists = _find_member_lists(meeting)
        for member in corpus.roster.due(meeting):
            tally = tallies.get(member, AttendanceCounts())
            where = lists.get(member)
            counted = {where: getattr(tally, where) + 1} if where else {}
            tallies[member] = tally._replace(due=tally.due + 1, **counted)
    return tallies


def _find_member_lists(meeting: Meeting) -> dict[str, str]:
    """Say in which list each member stands; of two the one that is better for the member."""
    return {
        **dict.fromkeys(meeting.absent, "absent"),
        **{leave.member: "leave" for leave in meeting.leave},
        **dict.fromkeys(meeting.present, "present"),
    }

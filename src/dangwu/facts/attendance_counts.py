"""Attendance counts: due, present, on leave and absent, per member and per meeting (3.5; 9.2(1))."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dangwu.model.corpus import Corpus
    from dangwu.model.period import Period
    from dangwu.model.record import Meeting

_REDACTED_COUNTS = frozenset({"due", "present", "leave", "absent"})
"""What ``totals`` hold where the lists were redacted; counts written by hand are of due and present only."""


@dataclass(frozen=True, slots=True)
class AttendanceCounts:
    """Counts of one or more members at one or more meetings, each member at each meeting counted once."""

    due: int = 0
    present: int = 0
    leave: int = 0
    absent: int = 0

    @property
    def unlisted(self) -> int:
        """How many were due and are in no list, so that the record does not say where they were."""
        return self.due - self.present - self.leave - self.absent

    @property
    def due_and_present(self) -> tuple[int, int]:
        """How many were due, and how many of them were present."""
        return self.due, self.present

    def as_dict(self) -> dict[str, int]:
        """Return the counts by name."""
        return {"due": self.due, "present": self.present, "leave": self.leave, "absent": self.absent}

    def __add__(self, other: AttendanceCounts) -> AttendanceCounts:
        return AttendanceCounts(
            self.due + other.due, self.present + other.present, self.leave + other.leave, self.absent + other.absent
        )


def count_attendance_by_member(corpus: Corpus, meeting: Meeting) -> dict[str, AttendanceCounts]:
    """Return the counts of each member who was due at one meeting, by id.

    A member in several lists counts as present before on leave, and on leave before absent.
    """
    due = corpus.roster.due(meeting)
    present = due.intersection(meeting.present)
    leave = due.intersection(leave.member for leave in meeting.leave) - present
    absent = due.intersection(meeting.absent) - present - leave
    return {member: AttendanceCounts(1, member in present, member in leave, member in absent) for member in due}


def count_meeting_attendance(corpus: Corpus, meeting: Meeting) -> AttendanceCounts:
    """Return the counts of one meeting; where its lists were redacted, the counts that replaced them."""
    if meeting.totals.keys() == _REDACTED_COUNTS:
        return AttendanceCounts(**meeting.totals)
    return sum(count_attendance_by_member(corpus, meeting).values(), AttendanceCounts())


def count_attendance(corpus: Corpus, period: Period) -> dict[str, AttendanceCounts]:
    """Return the counts of everyone who was a full or probationary member on a day of the period, by id.

    Every meeting held in the period counts, of whatever kind, at which the member was due. A meeting that makes up
    for another period counts on its own day.
    """
    counts = {member.id: AttendanceCounts() for member in corpus.find_members_during(period)}
    for meeting in corpus.meetings:
        if meeting.day in period:
            for member, attendance in count_attendance_by_member(corpus, meeting).items():
                counts[member] = counts.get(member, AttendanceCounts()) + attendance
    return counts

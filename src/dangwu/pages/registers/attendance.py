"""Attendance of a year as counts: due, present, on leave, absent; people by Party group and id, without ranking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dangwu.pages.scope import find_year_meetings
from dangwu.pages.wording.states import MEETING_NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dangwu.model.record import Meeting
    from dangwu.model.results import YearReport


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceSums:
    """Counts of one member's or one month's attendance."""

    due: int = 0
    present: int = 0
    leave: int = 0
    absent: int = 0

    @property
    def unlisted(self) -> int:
        """The attendances of people who were due and are in none of the record's lists."""
        return self.due - self.present - self.leave - self.absent

    def as_dict(self) -> dict[str, int]:
        """Return the counts by name."""
        return {"due": self.due, "present": self.present, "leave": self.leave, "absent": self.absent}

    def __add__(self, other: AttendanceSums) -> AttendanceSums:
        return AttendanceSums(
            due=self.due + other.due,
            present=self.present + other.present,
            leave=self.leave + other.leave,
            absent=self.absent + other.absent,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberAttendance:
    """One member's year. ``group`` is that of the last day of the report, ``months`` are twelve from January."""

    member: str
    name: str
    group: str | None
    kinds: Mapping[str, AttendanceSums]
    months: tuple[AttendanceSums, ...]

    @property
    def total(self) -> AttendanceSums:
        """All kinds together."""
        return sum(self.kinds.values(), AttendanceSums())


def build_member_attendance(report: YearReport) -> tuple[MemberAttendance, ...]:
    """Return a row for each member who was due at a meeting of the year, by group and id; none below the committee."""
    corpus = report.owed.corpus
    if not report.owed.inside:
        return ()
    counts: dict[str, dict[str, AttendanceSums]] = {}
    months: dict[str, list[AttendanceSums]] = {}
    for meeting in find_year_meetings(report):
        for member, sums in _count_by_member(meeting, corpus.roster.due(meeting)).items():
            counts.setdefault(member, dict.fromkeys(MEETING_NAMES, AttendanceSums()))[meeting.kind] += sums
            months.setdefault(member, [AttendanceSums()] * 12)[meeting.day.month - 1] += sums
    order = {group.id: number for number, group in enumerate(corpus.branch.groups)} if corpus.branch else {}
    rows = [
        MemberAttendance(
            member=member,
            name=corpus.name_of(member),
            group=_find_last_group(report, member),
            kinds=kinds,
            months=tuple(months[member]),
        )
        for member, kinds in counts.items()
    ]
    return tuple(sorted(rows, key=lambda row: (order.get(row.group or "", len(order)), row.member)))


def count_month_attendance(report: YearReport) -> tuple[AttendanceSums, ...]:
    """Return the sums of all attendance for the twelve months from January."""
    months = [AttendanceSums()] * 12
    for meeting in find_year_meetings(report):
        months[meeting.day.month - 1] += count_meeting_attendance(meeting, report)
    return tuple(months)


def count_meeting_attendance(meeting: Meeting, report: YearReport) -> AttendanceSums:
    """Return the attendance of a meeting; below the committee from its totals, since the lists are redacted."""
    if report.owed.inside:
        return sum(_count_by_member(meeting, report.owed.corpus.roster.due(meeting)).values(), AttendanceSums())
    return AttendanceSums(**meeting.totals)


def count_present_of_due(meeting: Meeting, report: YearReport) -> tuple[int, int]:
    """Return how many were due at a meeting, and how many of them were present."""
    sums = count_meeting_attendance(meeting, report)
    return sums.due, sums.present


def _count_by_member(meeting: Meeting, due: frozenset[str]) -> dict[str, AttendanceSums]:
    present = due.intersection(meeting.present)
    leave = due.intersection(entry.member for entry in meeting.leave) - present
    absent = due.intersection(meeting.absent) - present - leave
    return {
        member: AttendanceSums(due=1, present=member in present, leave=member in leave, absent=member in absent)
        for member in due
    }


def _find_last_group(report: YearReport, member: str) -> str | None:
    last = min(report.owed.as_of, report.owed.as_of.replace(year=report.year, month=12, day=31))
    member_record = report.owed.corpus.member_by_id.get(member)
    if member_record is None:
        return None
    return member_record.group_on(last) or (member_record.groups[-1][0] if member_record.groups else None)

"""Attendance of a year as counts: due, present, on leave, absent; people by Party group and id, without ranking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dangwu.facts.attendance_counts import (
    AttendanceCounts,
    count_attendance_by_member,
    count_meeting_attendance,
)
from dangwu.pages.scope import find_year_meetings
from dangwu.pages.wording.states import MEETING_NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dangwu.model.results import YearReport


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberAttendance:
    """One member's year. ``group`` is that of the last day of the report, ``months`` are twelve from January."""

    member: str
    name: str
    group: str | None
    kinds: Mapping[str, AttendanceCounts]
    months: tuple[AttendanceCounts, ...]

    @property
    def total(self) -> AttendanceCounts:
        """All kinds together."""
        return sum(self.kinds.values(), AttendanceCounts())


def build_member_attendance(report: YearReport) -> tuple[MemberAttendance, ...]:
    """Return a row for each member who was due at a meeting of the year, by group and id; none below the committee."""
    corpus = report.owed.corpus
    if not report.owed.inside:
        return ()
    counts: dict[str, dict[str, AttendanceCounts]] = {}
    months: dict[str, list[AttendanceCounts]] = {}
    for meeting in find_year_meetings(report):
        for member, attendance in count_attendance_by_member(corpus, meeting).items():
            counts.setdefault(member, dict.fromkeys(MEETING_NAMES, AttendanceCounts()))[meeting.kind] += attendance
            months.setdefault(member, [AttendanceCounts()] * 12)[meeting.day.month - 1] += attendance
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


def count_month_attendance(report: YearReport) -> tuple[AttendanceCounts, ...]:
    """Return the attendance counts of twelve months, January first."""
    months = [AttendanceCounts()] * 12
    for meeting in find_year_meetings(report):
        months[meeting.day.month - 1] += count_meeting_attendance(report.owed.corpus, meeting)
    return tuple(months)


def _find_last_group(report: YearReport, member: str) -> str | None:
    last = min(report.owed.as_of, report.owed.as_of.replace(year=report.year, month=12, day=31))
    member_record = report.owed.corpus.member_by_id.get(member)
    if member_record is None:
        return None
    return member_record.group_on(last) or (member_record.groups[-1][0] if member_record.groups else None)

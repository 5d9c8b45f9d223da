"""Attendance is counted once: per member, per meeting, per period, in the trend, and behind a redaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.facts.attendance_counts import (
    AttendanceCounts,
    count_attendance,
    count_attendance_by_member,
    count_meeting_attendance,
)
from dangwu.facts.year_trend import compute_year_sums
from dangwu.model.audience import Audience
from dangwu.model.period import Period
from dangwu.privacy.views import redact_corpus
from dangwu.workspace.load import load_workspace
from tests.support import values
from tests.support.change import replace
from tests.support.changed import laid
from tests.support.examples import BASE
from tests.support.memory import MemoryTree

if TYPE_CHECKING:
    from dangwu.workspace.workspace import Workspace


def workspace() -> Workspace:
    return load_workspace(MemoryTree(laid(BASE)))


def test_a_period_counts_every_list_of_every_meeting() -> None:
    corpus = workspace().corpus
    counts = count_attendance(corpus, Period.parse("2026-H1"))
    for member, attendance in counts.items():
        due = [meeting for meeting in corpus.meetings if member in corpus.roster.due(meeting)]
        present = sum(member in meeting.present for meeting in due)
        leave = sum(member in {leave.member for leave in meeting.leave} for meeting in due)
        absent = sum(member in meeting.absent for meeting in due)
        assert attendance == AttendanceCounts(len(due), present, leave, absent)
    assert sum(attendance.due for attendance in counts.values()) > 20
    assert set(count_attendance(corpus, Period.parse("2023-H2"))) == set()
    assert set(count_attendance(corpus, Period.parse("2025-H1")).values()) == {AttendanceCounts()}


def test_a_member_in_two_lists_counts_once_and_one_in_none_is_unlisted() -> None:
    corpus = workspace().corpus
    meeting = corpus.meetings[0]
    member, *others = meeting.present
    away = meeting._replace(present=tuple(others), absent=(*meeting.absent, member))
    both = meeting._replace(absent=(*meeting.absent, member))
    nowhere = meeting._replace(present=tuple(others))
    assert count_attendance_by_member(corpus, away)[member] == AttendanceCounts(due=1, absent=1)
    assert count_attendance_by_member(corpus, both)[member] == AttendanceCounts(due=1, present=1)
    assert count_meeting_attendance(corpus, nowhere).unlisted == 1
    assert count_meeting_attendance(corpus, meeting).unlisted == 0


def test_a_redacted_meeting_keeps_its_counts() -> None:
    whole = workspace()
    shown = redact_corpus(whole.build_viewer(values.AS_OF, Audience.MEMBERS))
    before = {meeting.path: meeting for meeting in whole.corpus.meetings}
    assert len(shown.meetings) > 3
    for meeting in shown.meetings:
        assert not meeting.listed
        assert count_meeting_attendance(shown, meeting) == count_meeting_attendance(whole.corpus, before[meeting.path])


def test_the_trend_counts_from_the_lists_and_not_from_totals_written_by_hand() -> None:
    whole = workspace()
    year = whole.corpus.meetings[-1].day.year
    meetings = tuple(meeting._replace(totals={"due": 99, "present": 1}) for meeting in whole.corpus.meetings)
    corpus = replace(whole.corpus, meetings=meetings)
    sums = compute_year_sums(year, corpus, (), rulebook=whole.rulebook, as_of=values.AS_OF, dues=None)
    held = [meeting for meeting in whole.corpus.meetings if meeting.day.year == year and meeting.day <= values.AS_OF]
    counts = [count_meeting_attendance(whole.corpus, meeting) for meeting in held]
    assert held
    assert (sums.due, sums.present) == (sum(one.due for one in counts), sum(one.present for one in counts))

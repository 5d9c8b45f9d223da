"""The register of meetings (三会一课台账), and the year's attendance as charts and a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.facts.attendance_counts import AttendanceCounts, count_meeting_attendance
from dangwu.model.message import say
from dangwu.model.record import COMMITTEE_MEETING, GENERAL_MEETING, GROUP_MEETING, LECTURE, THEMED_PARTY_DAY
from dangwu.pages.anchors import format_record_anchor
from dangwu.pages.charts.year import build_attendance_bars, build_attendance_grid
from dangwu.pages.page import Align, Block, Cell, Column, Paragraph, Table, Tone
from dangwu.pages.registers.attendance import build_member_attendance, count_month_attendance
from dangwu.pages.scope import find_year_meetings
from dangwu.pages.wording.names import distinguish_names, find_group_name
from dangwu.pages.wording.states import MEETING_NAMES
from dangwu.pages.wording.values import format_percent, format_time_span, join_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.language import Language
    from dangwu.model.record import Meeting
    from dangwu.model.results import YearReport
    from dangwu.pages.registers.attendance import MemberAttendance


def build_meeting_register(report: YearReport, lang: Language) -> Iterator[Block]:
    """Yield the register: the meetings of system 3 and the themed Party days of the year, by day.

    Who chaired and recorded, and what about, is for the committee: members get the counts.
    """
    meetings = [meeting for meeting in find_year_meetings(report) if meeting.kind in _REGISTERED_KINDS]
    if not meetings:
        yield Paragraph(lang.text(say("None.")), Tone.QUIET)
        return
    inside = report.owed.inside
    columns = (
        Column(lang.text(say("Date")), short=True),
        Column(lang.text(say("Time")), short=True),
        Column(lang.text(say("Meeting"))),
        *((Column(lang.text(say("Chair"))), Column(lang.text(say("Recorder")))) if inside else ()),
        *(Column(lang.text(title), Align.END, short=True) for title in _COUNT_TITLES),
        *((Column(lang.text(say("Topics"))),) if inside else ()),
    )
    rows = tuple(_build_meeting_row(meeting, report, lang) for meeting in meetings)
    yield Table(lang.text(say("Meetings and lectures of {year}", year=f"{report.year:04d}")), columns, rows)


_REGISTERED_KINDS = (GROUP_MEETING, COMMITTEE_MEETING, GENERAL_MEETING, LECTURE, THEMED_PARTY_DAY)
"""The other kinds have registers of their own, in their own systems."""
_COUNT_TITLES = (say("due"), say("present"), say("leave"), say("absent"))


def _build_meeting_row(meeting: Meeting, report: YearReport, lang: Language) -> tuple[Cell, ...]:
    corpus = report.owed.corpus
    counts = count_meeting_attendance(report.owed.corpus, meeting)
    kind = lang.text(MEETING_NAMES[meeting.kind])
    name = [kind, find_group_name(corpus, meeting.group)]
    if meeting.makes_up is not None:
        name.append(lang.text(say("(held late for {period})", period=meeting.makes_up.label)))
    topics = list(meeting.topics)
    if meeting.lecturer is not None:
        topics.insert(0, lang.text(say("lecturer: {name}", name=corpus.name_of(meeting.lecturer))))
    inside = report.owed.inside
    people = (Cell(corpus.name_of(meeting.chair)), Cell(corpus.name_of(meeting.recorder)))
    return (
        Cell(lang.value(meeting.day), anchor=format_record_anchor(meeting.path)),
        Cell(format_time_span(meeting.start, meeting.end)),
        Cell(" ".join(part for part in name if part), Tone.STRONG),
        *(people if inside else ()),
        Cell(str(counts.due)),
        Cell(str(counts.present)),
        Cell(str(counts.leave)),
        Cell(str(counts.absent), Tone.WARN if counts.absent else Tone.PLAIN),
        *((Cell(join_sentences(topics, lang)),) if inside else ()),
    )


def build_attendance_blocks(report: YearReport, lang: Language) -> Iterator[Block]:
    """Yield the chart by month, then the grid and the table by member, in the order of Party groups and ids."""
    rows = build_member_attendance(report)
    if not any(month.due for month in count_month_attendance(report)):
        yield Paragraph(lang.text(say("None.")), Tone.QUIET)
        return
    yield build_attendance_bars(report, lang)
    if not report.owed.inside:
        return
    yield build_attendance_grid(report, rows, lang)
    yield _build_attendance_table(report, rows, lang)
    unlisted = sum(row.total.unlisted for row in rows)
    if unlisted:
        yield Paragraph(
            lang.text(say("Attendances that the records do not state: {count}.", count=unlisted)), Tone.WARN
        )
        yield Paragraph(lang.text(say("See dangwu check.")), Tone.WARN, for_screen=True)
    text = say("Shown by group and id. Exempt, suspended and moved members are not due.")
    yield Paragraph(lang.text(text), Tone.QUIET)


def _build_attendance_table(report: YearReport, rows: tuple[MemberAttendance, ...], lang: Language) -> Table:
    kinds = [kind for kind in MEETING_NAMES if any(row.kinds[kind].due for row in rows)]
    columns = (
        Column(lang.text(say("Member")), short=True),
        Column(lang.text(say("Group"))),
        *(Column(lang.text(MEETING_NAMES[kind]), Align.END) for kind in kinds),
        *(Column(lang.text(title), Align.END, short=True) for title in _COUNT_TITLES),
        Column(lang.text(say("rate")), Align.END, short=True),
    )
    corpus = report.owed.corpus
    names = distinguish_names([(row.member, row.name) for row in rows])
    table = []
    for row in rows:
        total = row.total
        table.append(
            (
                Cell(names[row.member], Tone.STRONG),
                Cell(find_group_name(corpus, row.group)),
                *(_build_share_cell(row.kinds[kind]) for kind in kinds),
                Cell(str(total.due)),
                Cell(str(total.present)),
                Cell(str(total.leave)),
                Cell(str(total.absent)),
                Cell(format_percent(total.present, total.due)),
            )
        )
    return Table(lang.text(say("Attendance by member: present of due")), columns, tuple(table))


def _build_share_cell(counts: AttendanceCounts) -> Cell:
    return Cell(f"{counts.present}/{counts.due}") if counts.due else Cell("-", Tone.QUIET)

"""The register of meetings (三会一课台账) and the attendance table and picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.message import say
from dangwu.model.record import COMMITTEE_MEETING, GENERAL_MEETING, GROUP_MEETING, LECTURE, THEMED_PARTY_DAY
from dangwu.pages.anchors import record_anchor
from dangwu.pages.charts.year import attendance_by_member, attendance_by_month, called
from dangwu.pages.page import Align, Block, Cell, Column, Paragraph, Table
from dangwu.pages.registers.attendance import attendance, by_month, counts, percent
from dangwu.pages.scope import meetings_of
from dangwu.pages.tone import Tone
from dangwu.pages.wording.names import group_name
from dangwu.pages.wording.states import KINDS, clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.language import Language
    from dangwu.model.record import Meeting
    from dangwu.model.results import YearReport
    from dangwu.pages.registers.attendance import Row, Tally


def register(report: YearReport, lang: Language) -> Iterator[Block]:
    """Yield the register: the meetings of system 3 and the themed days of the year by day."""
    meetings = [each for each in meetings_of(report) if each.kind in _REGISTERED]
    if not meetings:
        yield Paragraph(lang.text(say("None.")), Tone.QUIET)
        return
    columns = (
        Column(lang.text(say("Date")), short=True),
        Column(lang.text(say("Time")), short=True),
        Column(lang.text(say("Meeting"))),
        Column(lang.text(say("Chair"))),
        Column(lang.text(say("Recorder"))),
        *(Column(lang.text(title), Align.END, short=True) for title in _COUNTS),
        Column(lang.text(say("Topics"))),
    )
    rows = tuple(_meeting(each, report, lang) for each in meetings)
    yield Table(lang.text(say("Meetings and lectures of {year}", year=f"{report.year:04d}")), columns, rows)


_REGISTERED = (GROUP_MEETING, COMMITTEE_MEETING, GENERAL_MEETING, LECTURE, THEMED_PARTY_DAY)
"""The other kinds have registers of their own, in their own systems."""
_COUNTS = (say("due"), say("present"), say("leave"), say("absent"))


def _meeting(meeting: Meeting, report: YearReport, lang: Language) -> tuple[Cell, ...]:
    corpus = report.owed.corpus
    tally = counts(meeting, report)
    kind = lang.text(KINDS[meeting.kind])
    name = [kind, group_name(corpus, meeting.group)]
    if meeting.makes_up is not None:
        name.append(lang.text(say("(held late for {period})", period=meeting.makes_up.label)))
    topics = list(meeting.topics)
    if meeting.lecturer is not None:
        topics.insert(0, lang.text(say("lecturer: {name}", name=corpus.name_of(meeting.lecturer))))
    return (
        Cell(meeting.day.isoformat(), anchor=record_anchor(meeting.path)),
        Cell(f"{clock(meeting.start)}-{clock(meeting.end)}"),
        Cell(" ".join(each for each in name if each), Tone.STRONG),
        Cell(corpus.name_of(meeting.chair)),
        Cell(corpus.name_of(meeting.recorder)),
        Cell(str(tally.due)),
        Cell(str(tally.present)),
        Cell(str(tally.leave)),
        Cell(str(tally.absent), Tone.WARN if tally.absent else Tone.PLAIN),
        Cell("; ".join(topics) if lang.code != "zh" else "；".join(topics)),
    )


def attendance_blocks(report: YearReport, lang: Language) -> Iterator[Block]:
    """Yield the picture by month, and the picture and the table by member, in the order of groups and ids."""
    rows = attendance(report)
    if not any(each.due for each in by_month(report)):
        yield Paragraph(lang.text(say("None.")), Tone.QUIET)
        return
    yield attendance_by_month(report, lang)
    if not report.owed.inside:
        return
    yield attendance_by_member(report, rows, lang)
    yield _members(report, rows, lang)
    unlisted = sum(row.total.unlisted for row in rows)
    if unlisted:
        text = say("Attendances that the records do not state: {count}; see dangwu check.", count=unlisted)
        yield Paragraph(lang.text(text), Tone.WARN)
    text = say("Shown by group and id. Exempt, suspended and moved members are not due.")
    yield Paragraph(lang.text(text), Tone.QUIET)


def _members(report: YearReport, rows: tuple[Row, ...], lang: Language) -> Table:
    kinds = [kind for kind in KINDS if any(row.kinds[kind].due for row in rows)]
    columns = (
        Column(lang.text(say("Member")), short=True),
        Column(lang.text(say("Group"))),
        *(Column(lang.text(KINDS[kind]), Align.END) for kind in kinds),
        *(Column(lang.text(title), Align.END, short=True) for title in _COUNTS),
        Column(lang.text(say("rate")), Align.END, short=True),
    )
    corpus = report.owed.corpus
    names = called([(row.member, row.name) for row in rows])
    table = []
    for row in rows:
        total = row.total
        table.append(
            (
                Cell(names[row.member], Tone.STRONG),
                Cell(group_name(corpus, row.group)),
                *(_of(row.kinds[kind]) for kind in kinds),
                Cell(str(total.due)),
                Cell(str(total.present)),
                Cell(str(total.leave)),
                Cell(str(total.absent)),
                Cell(percent(total.present, total.due)),
            )
        )
    return Table(lang.text(say("Attendance by member: present of due")), columns, tuple(table))


def _of(tally: Tally) -> Cell:
    return Cell(f"{tally.present}/{tally.due}") if tally.due else Cell("-", Tone.QUIET)

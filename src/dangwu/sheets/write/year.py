"""The sheets that tell of a year: figures, duties, meetings, attendance by month, hours of study, findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.facts.attendance_counts import AttendanceCounts, count_meeting_attendance
from dangwu.facts.study_hours import sum_study_hours
from dangwu.model.audience import Audience
from dangwu.model.message import say
from dangwu.pages.page import KeyValues
from dangwu.pages.registers.attendance import build_member_attendance
from dangwu.pages.scope import find_year_findings, find_year_meetings, is_for_consideration
from dangwu.pages.tone import SEVERITY_WORDS
from dangwu.pages.wording.names import build_people_order, find_group_name, format_period_name, format_subject_name
from dangwu.pages.wording.states import (
    MEETING_NAMES,
    MONTH_NAMES,
    find_decisive_evidence,
    find_state_look,
    format_clock,
    is_recorded_late,
)
from dangwu.pages.year import build_year_page
from dangwu.sheets.write.sheet import CellFormat, Sheet

if TYPE_CHECKING:
    from dangwu.model.duty import Duty
    from dangwu.model.finding import Finding
    from dangwu.model.record import Meeting
    from dangwu.model.results import DutyResult, YearReport
    from dangwu.sheets.write.sheet import CellContent, ExportColumn
    from dangwu.sheets.write.wording import SheetWording

_MAX_FIGURE_LENGTH = 6
"""Digits of the longest count; what has more is a revision or a number of another kind, and stays text."""


def build_overview_sheet(report: YearReport, voice: SheetWording) -> Sheet:
    """Return the figures of the year's page, and how it was made."""
    page = build_year_page(report, voice.lang)
    pairs = [pair for block in page.blocks if isinstance(block, KeyValues) for pair in block.pairs]
    branch = report.owed.corpus.branch
    rows: list[tuple[CellContent, ...]] = [(voice.lang.text(say("Year")), report.year)]
    if branch is not None:
        rows.insert(0, (voice.lang.text(say("Party branch")), voice.lang.value(branch.name)))
    rows.extend((name, _parse_figure(cell.text)) for name, cell in pairs)
    columns = (voice.column("what", say("what")), voice.column("value", say("value")))
    return Sheet("overview", voice.lang.text(say("Overview")), columns, tuple(rows))


def _parse_figure(text: str) -> CellContent:
    return int(text) if len(text) <= _MAX_FIGURE_LENGTH and text.isascii() and text.isdecimal() else text


def build_duty_sheet(report: YearReport, voice: SheetWording) -> Sheet:
    """List every duty with its state and what it rests on."""
    columns = (
        voice.column("id", say("id")),
        voice.column("clause", say("clause")),
        voice.column("system", say("system"), CellFormat.NUMBER),
        voice.column("title", say("Duty")),
        voice.column("subject", say("who, or what about")),
        voice.column("period", say("period")),
        voice.column("opens", say("since"), CellFormat.DAY),
        voice.column("due", say("due by"), CellFormat.DAY),
        voice.column("state", say("state")),
        voice.column("held_on", say("held on"), CellFormat.DAY),
        voice.column("recorded_on", say("recorded on"), CellFormat.DAY),
        voice.column("recorded_late", say("recorded late")),
        voice.column("evidence", say("evidence")),
        voice.column("reason", say("reason")),
    )
    rows = tuple(_build_duty_row(duty, report.owed, voice) for duty in report.owed.duties)
    return Sheet("duties", voice.lang.text(say("Duties and their states")), columns, rows)


def _build_duty_row(duty: Duty, owed: DutyResult, voice: SheetWording) -> tuple[CellContent, ...]:
    lang = voice.lang
    proof = find_decisive_evidence(duty)
    return (
        duty.id,
        duty.clause,
        duty.system,
        lang.value(duty.title),
        duty.subject if voice.tidy else format_subject_name(duty, owed) or None,
        voice.word(duty.period.label, format_period_name(duty.period)),
        duty.opens,
        duty.due,
        voice.word(duty.state.value, find_state_look(duty).word),
        proof.held_on if proof else None,
        proof.recorded_on if proof else None,
        _format_yes(voice, said=is_recorded_late(duty)),
        "; ".join(each.path for each in duty.evidence if each.path) or None,
        lang.text(duty.reason) if duty.reason else None,
    )


def _format_yes(voice: SheetWording, *, said: bool) -> str | None:
    return voice.word("yes", say("yes")) if said else None


def build_meeting_sheet(report: YearReport, voice: SheetWording) -> Sheet | None:
    """List the year's meetings and lectures with how many were there (form 2.1)."""
    if not report.owed.audience.may_see(Audience.MEMBERS):
        return None
    columns = (
        voice.column("date", say("Date"), CellFormat.DAY),
        voice.column("time", say("Time")),
        voice.column("kind", say("Meeting")),
        voice.column("group", say("Group")),
        voice.column("place", say("place")),
        voice.column("chair", say("Chair")),
        voice.column("recorder", say("Recorder")),
        voice.column("lecturer", say("lecturer")),
        *_build_count_columns(voice),
        voice.column("topics", say("Topics")),
        voice.column("makes_up", say("held late for")),
        voice.column("recorded_on", say("recorded on"), CellFormat.DAY),
        voice.column("path", say("file")),
    )
    rows = tuple(_build_meeting_row(meeting, report, voice) for meeting in find_year_meetings(report))
    return Sheet("meetings", voice.lang.text(say("Register of meetings")), columns, rows)


def _build_count_columns(voice: SheetWording) -> tuple[ExportColumn, ...]:
    titles = {"due": say("due"), "present": say("present"), "leave": say("leave"), "absent": say("absent")}
    return tuple(voice.column(key, title, CellFormat.NUMBER) for key, title in titles.items())


def _build_meeting_row(meeting: Meeting, report: YearReport, voice: SheetWording) -> tuple[CellContent, ...]:
    corpus = report.owed.corpus
    return (
        meeting.day,
        f"{format_clock(meeting.start)}-{format_clock(meeting.end)}",
        voice.word(meeting.kind, MEETING_NAMES[meeting.kind]),
        voice.group(corpus, meeting.group),
        meeting.place,
        voice.person(corpus, meeting.chair),
        voice.person(corpus, meeting.recorder),
        voice.person(corpus, meeting.lecturer),
        *count_meeting_attendance(report.owed.corpus, meeting).as_dict().values(),
        ("；" if voice.lang.code == "zh" else "; ").join(meeting.topics),
        voice.word(meeting.makes_up.label, format_period_name(meeting.makes_up)) if meeting.makes_up else None,
        report.owed.recorded.get(meeting.path),
        meeting.path,
    )


def build_month_attendance(report: YearReport, voice: SheetWording) -> Sheet | None:
    """List present of due by member and month, everybody in the order of groups and ids."""
    if not report.owed.inside:
        return None
    columns = (
        *_build_member_columns(voice),
        *(voice.column(f"m{number:02d}", title) for number, title in enumerate(MONTH_NAMES, 1)),
        *_build_count_columns(voice),
    )
    rows = tuple(
        (
            row.member,
            row.name,
            find_group_name(report.owed.corpus, row.group),
            *(_format_share(month) for month in row.months),
            *row.total.as_dict().values(),
        )
        for row in build_member_attendance(report)
    )
    return Sheet("attendance_by_month", voice.lang.text(say("Present of due by month")), columns, rows)


def _format_share(tally: AttendanceCounts) -> str | None:
    return f"{tally.present}/{tally.due}" if tally.due else None


def _build_member_columns(voice: SheetWording) -> tuple[ExportColumn, ...]:
    titles = {"member": say("id"), "name": say("Member"), "group": say("Group")}
    return tuple(voice.column(key, title) for key, title in titles.items())


def build_study_hour_sheet(report: YearReport, voice: SheetWording) -> Sheet | None:
    """List everybody's hours of study in the year: a fact for people, and no measure of anybody (6.3b)."""
    owed = report.owed
    if not owed.inside:
        return None
    counted, members = sum_study_hours(owed.corpus, report.year), owed.corpus.member_by_id
    rows = tuple(
        (id_, members[id_].name, voice.group(owed.corpus, members[id_].group_on(owed.as_of)), counted[id_])
        for id_ in sorted(counted, key=build_people_order(owed))
    )
    columns = (*_build_member_columns(voice), voice.column("hours", say("hours"), CellFormat.NUMBER))
    return Sheet("hours", voice.lang.text(say("Hours of study")), columns, rows)


def build_finding_sheet(report: YearReport, voice: SheetWording) -> Sheet | None:
    """List what is wrong in the year's records, and what is for people to consider, for the committee."""
    if not report.owed.inside:
        return None
    columns = (
        voice.column("severity", say("severity")),
        voice.column("code", say("code")),
        voice.column("clause", say("clause")),
        voice.column("path", say("file")),
        voice.column("line", say("line"), CellFormat.NUMBER),
        voice.column("message", say("what")),
        voice.column("hint", say("next step")),
        voice.column("for_people", say("for people to consider")),
    )
    rows = tuple(_build_finding_row(each, voice) for each in find_year_findings(report)[0])
    return Sheet("findings", voice.lang.text(say("Findings")), columns, rows)


def _build_finding_row(finding: Finding, voice: SheetWording) -> tuple[CellContent, ...]:
    return (
        voice.word(finding.severity.value, SEVERITY_WORDS[finding.severity]),
        finding.code.id,
        finding.code.clause,
        finding.source.path,
        finding.source.line or None,
        voice.lang.text(finding.message),
        voice.lang.text(finding.hint) if finding.hint else None,
        _format_yes(voice, said=is_for_consideration(finding)),
    )

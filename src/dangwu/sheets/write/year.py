"""The sheets of a year: figures, duties, meetings, attendance by month, hours of study, findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.facts.attendance_counts import AttendanceCounts, count_meeting_attendance
from dangwu.facts.study_hours import sum_study_hours
from dangwu.model.audience import Audience
from dangwu.model.message import say
from dangwu.pages.page import KeyValues
from dangwu.pages.registers.attendance import build_member_attendance
from dangwu.pages.scope import find_year_findings, find_year_meetings, is_for_consideration
from dangwu.pages.wording.names import build_people_order, find_group_name, format_subject_name
from dangwu.pages.wording.states import (
    MEETING_NAMES,
    RECORDING_UNKNOWN,
    SEVERITY_WORDS,
    find_decisive_evidence,
    find_state_look,
    is_recorded_late,
)
from dangwu.pages.wording.values import MONTH_NAMES, YES, format_period_name, format_time_span, join_sentences
from dangwu.pages.year import build_year_page
from dangwu.sheets.write.sheet import CellFormat, Sheet

if TYPE_CHECKING:
    from datetime import date

    from dangwu.facts.attendance_counts import AttendanceCounts
    from dangwu.model.duty import Duty
    from dangwu.model.finding import Finding
    from dangwu.model.record import Meeting
    from dangwu.model.results import DutyResult, YearReport
    from dangwu.sheets.write.sheet import CellContent, ExportColumn, SheetWording

_MAX_FIGURE_LENGTH = 6
"""Digits of the longest count; longer figures, such as a revision, stay text."""


def build_overview_sheet(report: YearReport, wording: SheetWording) -> Sheet:
    """Return the figures of the year's page, and its provenance."""
    page = build_year_page(report, wording.lang)
    pairs = [pair for block in page.blocks if isinstance(block, KeyValues) for pair in block.pairs]
    branch = report.owed.corpus.branch
    rows: list[tuple[CellContent, ...]] = [(wording.lang.text(say("Year")), report.year)]
    if branch is not None:
        rows.insert(0, (wording.lang.text(say("Party branch")), wording.lang.value(branch.name)))
    rows.extend((name, _parse_figure(cell.text)) for name, cell in pairs)
    columns = (wording.column("what", say("what")), wording.column("value", say("value")))
    return Sheet("overview", wording.lang.text(say("Overview")), columns, tuple(rows))


def _parse_figure(text: str) -> CellContent:
    return int(text) if len(text) <= _MAX_FIGURE_LENGTH and text.isascii() and text.isdecimal() else text


def build_duty_sheet(report: YearReport, wording: SheetWording) -> Sheet:
    """List every duty with its state and evidence."""
    columns = (
        wording.column("id", say("id")),
        wording.column("clause", say("clause")),
        wording.column("system", say("system"), CellFormat.NUMBER),
        wording.column("title", say("Duty")),
        wording.column("subject", say("who, or what about")),
        wording.column("period", say("period")),
        wording.column("opens", say("since"), CellFormat.DAY),
        wording.column("due", say("due by"), CellFormat.DAY),
        wording.column("state", say("state")),
        wording.column("held_on", say("held on"), CellFormat.DAY),
        wording.column("recorded_on", say("recorded on"), CellFormat.DAY),
        wording.column("recorded_late", say("recorded late")),
        wording.column("evidence", say("evidence")),
        wording.column("reason", say("reason")),
    )
    rows = tuple(_build_duty_row(duty, report.owed, wording) for duty in report.owed.duties)
    return Sheet("duties", wording.lang.text(say("Duties and their states")), columns, rows)


def _build_duty_row(duty: Duty, result: DutyResult, wording: SheetWording) -> tuple[CellContent, ...]:
    lang = wording.lang
    proof = find_decisive_evidence(duty)
    return (
        duty.id,
        duty.clause,
        duty.system,
        lang.value(duty.title),
        duty.subject if wording.tidy else format_subject_name(duty, result) or None,
        wording.word(duty.period.label, format_period_name(duty.period)),
        duty.opens,
        duty.due,
        wording.word(duty.state.value, find_state_look(duty).word),
        proof.held_on if proof else None,
        _format_recorded_day(proof.recorded_on, result, wording, misdated=proof.misdated) if proof else None,
        _format_known(wording, value=is_recorded_late(duty)),
        "; ".join(evidence.path for evidence in duty.evidence if evidence.path) or None,
        lang.text(duty.reason) if duty.reason else None,
    )


def _format_yes(wording: SheetWording, *, value: bool) -> str | None:
    return wording.word("yes", YES) if value else None


def _format_known(wording: SheetWording, *, value: bool | None) -> str | None:
    return wording.word("unknown", RECORDING_UNKNOWN) if value is None else _format_yes(wording, value=value)


def _format_recorded_day(
    day: date | None, result: DutyResult, wording: SheetWording, *, misdated: bool
) -> date | str | None:
    """Return the day on which git first had a record; where no such day is known a word, or nothing with ``tidy``."""
    unknown = result.recorded is None or misdated
    return wording.lang.text(RECORDING_UNKNOWN) if unknown and not wording.tidy else day


def build_meeting_sheet(report: YearReport, wording: SheetWording) -> Sheet | None:
    """List the year's meetings and lectures with their attendance (form 2.1)."""
    if not report.owed.audience.may_see(Audience.MEMBERS):
        return None
    columns = (
        wording.column("date", say("Date"), CellFormat.DAY),
        wording.column("time", say("Time")),
        wording.column("kind", say("Meeting")),
        wording.column("group", say("Group")),
        wording.column("place", say("place")),
        wording.column("chair", say("Chair")),
        wording.column("recorder", say("Recorder")),
        wording.column("lecturer", say("lecturer")),
        *_build_count_columns(wording),
        wording.column("topics", say("Topics")),
        wording.column("makes_up", say("held late for")),
        wording.column("recorded_on", say("recorded on"), CellFormat.DAY),
        wording.column("path", say("file")),
    )
    rows = tuple(_build_meeting_row(meeting, report, wording) for meeting in find_year_meetings(report))
    return Sheet("meetings", wording.lang.text(say("Register of meetings")), columns, rows)


def _build_count_columns(wording: SheetWording) -> tuple[ExportColumn, ...]:
    titles = {"due": say("due"), "present": say("present"), "leave": say("leave"), "absent": say("absent")}
    return tuple(wording.column(key, title, CellFormat.NUMBER) for key, title in titles.items())


def _build_meeting_row(meeting: Meeting, report: YearReport, wording: SheetWording) -> tuple[CellContent, ...]:
    corpus, days = report.owed.corpus, report.owed.recorded or {}
    recorded = days.get(meeting.path)
    return (
        meeting.day,
        format_time_span(meeting.start, meeting.end),
        wording.word(meeting.kind, MEETING_NAMES[meeting.kind]),
        wording.group(corpus, meeting.group),
        meeting.place,
        wording.person(corpus, meeting.chair),
        wording.person(corpus, meeting.recorder),
        wording.person(corpus, meeting.lecturer),
        *count_meeting_attendance(report.owed.corpus, meeting).as_dict().values(),
        join_sentences(meeting.topics, wording.lang),
        wording.word(meeting.makes_up.label, format_period_name(meeting.makes_up)) if meeting.makes_up else None,
        _format_recorded_day(recorded, report.owed, wording, misdated=recorded is None and meeting.path in days),
        meeting.path,
    )


def build_month_attendance(report: YearReport, wording: SheetWording) -> Sheet | None:
    """List present of due by member and month, members by Party group and id."""
    if not report.owed.inside:
        return None
    columns = (
        *_build_member_columns(wording),
        *(wording.column(f"m{number:02d}", title) for number, title in enumerate(MONTH_NAMES, 1)),
        *_build_count_columns(wording),
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
    return Sheet("attendance_by_month", wording.lang.text(say("Present of due by month")), columns, rows)


def _format_share(counts: AttendanceCounts) -> str | None:
    return f"{counts.present}/{counts.due}" if counts.due else None


def _build_member_columns(wording: SheetWording) -> tuple[ExportColumn, ...]:
    titles = {"member": say("id"), "name": say("Member"), "group": say("Group")}
    return tuple(wording.column(key, title) for key, title in titles.items())


def build_study_hour_sheet(report: YearReport, wording: SheetWording) -> Sheet | None:
    """List each member's hours of study in the year (6.3b), without ranking."""
    result = report.owed
    if not result.inside:
        return None
    counted, members = sum_study_hours(result.corpus, report.year), result.corpus.member_by_id
    rows = tuple(
        (id_, members[id_].name, wording.group(result.corpus, members[id_].group_on(result.as_of)), counted[id_])
        for id_ in sorted(counted, key=build_people_order(result))
    )
    columns = (*_build_member_columns(wording), wording.column("hours", say("hours"), CellFormat.NUMBER))
    return Sheet("hours", wording.lang.text(say("Hours of study")), columns, rows)


def build_finding_sheet(report: YearReport, wording: SheetWording) -> Sheet | None:
    """List the findings of the year for the committee, with a mark for those that people must consider."""
    if not report.owed.inside:
        return None
    columns = (
        wording.column("severity", say("severity")),
        wording.column("code", say("code")),
        wording.column("clause", say("clause")),
        wording.column("path", say("file")),
        wording.column("line", say("line"), CellFormat.NUMBER),
        wording.column("message", say("what")),
        wording.column("hint", say("next step")),
        wording.column("for_people", say("for people to consider")),
    )
    rows = tuple(_build_finding_row(finding, wording) for finding in find_year_findings(report)[0])
    return Sheet("findings", wording.lang.text(say("Findings")), columns, rows)


def _build_finding_row(finding: Finding, wording: SheetWording) -> tuple[CellContent, ...]:
    return (
        wording.word(finding.severity.value, SEVERITY_WORDS[finding.severity]),
        finding.code.id,
        finding.cited_clause,
        finding.source.path,
        finding.source.line or None,
        wording.lang.text(finding.message),
        wording.lang.text(finding.next_step) if finding.next_step else None,
        _format_yes(wording, value=is_for_consideration(finding)),
    )

"""Registers of work: plans and summaries, meetings on Party building and life, rectification, study and training."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dangwu.facts.attendance_counts import count_meeting_attendance
from dangwu.model.message import Bilingual, say
from dangwu.model.period import parse_day
from dangwu.model.record import (
    DEMOCRATIC_LIFE_MEETING,
    ORGANIZATIONAL_LIFE_MEETING,
    PARTY_BUILDING_MEETING,
    STUDY_SESSION,
)
from dangwu.pages.registers.ledger import CodeWord, Register
from dangwu.pages.scope import find_year_meetings, find_year_records
from dangwu.pages.wording.names import find_person_name
from dangwu.pages.wording.values import format_period_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dangwu.model.record import GenericRecord, Meeting
    from dangwu.model.results import YearReport
    from dangwu.pages.registers.ledger import RegisterValue

_PLANNING_KINDS = (
    "annual-plan", "quarter-plan", "month-plan", "education-plan", "development-plan", "plan-inspection",
    "superior-inspection", "mid-year-summary", "year-end-summary", "excellence-summary",
)  # fmt: skip
_AUDIENCE_WORDS = {
    "members": say("members"),
    "party-workers": say("Party workers"),
    "committee": say("the committee"),
    "activists": say("activists"),
}


def build_plan_register(report: YearReport) -> Register | None:
    """List plans, inspections and summaries by day (1.4-1.7)."""
    records = [record for kind in _PLANNING_KINDS for record in find_year_records(report, kind)]
    records.sort(key=lambda record: (record.day or date.max, record.path))
    rows = tuple(_build_plan_row(sheet, report) for sheet in records)
    columns = (("date", say("Date")), ("kind", say("record")), ("period", say("period")), ("path", say("file")))
    return Register("plans", 1, say("Plans, inspections and summaries"), columns, rows, _list_paths(records), ("path",))


def _build_plan_row(record: GenericRecord, report: YearReport) -> tuple[RegisterValue, ...]:
    kind = report.owed.kinds.get(record.kind)
    return (
        record.day,
        kind.title if kind else record.kind,
        CodeWord(record.period.label, format_period_name(record.period)) if record.period else None,
        record.path,
    )


def build_building_register(report: YearReport) -> Register | None:
    """List Party-building meetings (1.5)."""
    return _build_meeting_kind_register(report, "party_building_meetings", 1, PARTY_BUILDING_MEETING)


def build_life_register(report: YearReport) -> Register | None:
    """List democratic life meetings (4.1)."""
    return _build_meeting_kind_register(report, "democratic_life_meetings", 4, DEMOCRATIC_LIFE_MEETING)


def build_org_life_register(report: YearReport) -> Register | None:
    """List organizational life meetings (6.5)."""
    return _build_meeting_kind_register(report, "organizational_life_meetings", 6, ORGANIZATIONAL_LIFE_MEETING)


_MEETING_TITLES = {
    PARTY_BUILDING_MEETING: say("Party-building meetings"),
    DEMOCRATIC_LIFE_MEETING: say("Democratic life meetings"),
    ORGANIZATIONAL_LIFE_MEETING: say("Organizational life meetings"),
}


def _build_meeting_kind_register(report: YearReport, key: str, system: int, kind: str) -> Register | None:
    meetings = [meeting for meeting in find_year_meetings(report) if meeting.kind == kind]
    columns = (("date", say("Date")), ("due", say("due")), ("present", say("present")), ("topics", say("Topics")))
    rows = tuple(
        (meeting.day, *count_meeting_attendance(report.owed.corpus, meeting).due_and_present, _build_topics(meeting))
        for meeting in meetings
    )
    return Register(key, system, _MEETING_TITLES[kind], columns, rows, _list_paths(meetings)) if rows else None


def build_rectification_register(report: YearReport) -> Register | None:
    """List the problems found at democratic life meetings, with closing or reporting up (4.6)."""
    rows = tuple(
        (record.day, item["issue"], item.get("measure"), _find_owner_name(report, item), parse_day(item.get("due")),
         parse_day(item.get("closed_on")), parse_day(item.get("reported_up_on")))
        for record in find_year_records(report, "rectification")
        for item in record.data["items"]
    )  # fmt: skip
    columns = (
        ("date", say("Date")), ("issue", say("problem")), ("measure", say("measure")), ("owner", say("owner")),
        ("due", say("due by")), ("closed_on", say("closed on")), ("reported_up_on", say("reported up on")),
    )  # fmt: skip
    return Register("rectification", 4, say("Rectification items"), columns, rows) if report.owed.inside else None


def _find_owner_name(report: YearReport, item: dict[str, str]) -> str | None:
    owner, corpus = item.get("owner"), report.owed.corpus
    return find_person_name(corpus, owner) if owner and corpus.branch else owner


def build_session_register(report: YearReport) -> Register | None:
    """List study sessions with their hours (6.3)."""
    meetings = [meeting for meeting in find_year_meetings(report) if meeting.kind == STUDY_SESSION]
    rows = tuple(
        (
            meeting.day,
            _build_topics(meeting),
            _format_hours(meeting),
            *count_meeting_attendance(report.owed.corpus, meeting).due_and_present,
        )
        for meeting in meetings
    )
    columns = (
        ("date", say("Date")), ("topics", say("Topics")), ("hours", say("hours")), ("due", say("due")),
        ("present", say("present")),
    )  # fmt: skip
    register = Register("study_sessions", 6, say("Study sessions"), columns, rows, _list_paths(meetings))
    return register if report.owed.inside else _drop_column(register, "topics")


def _drop_column(register: Register, key: str) -> Register:
    """Return a register without a column that is for the committee."""
    at = [name for name, _ in register.columns].index(key)
    rows = tuple((*row[:at], *row[at + 1 :]) for row in register.rows)
    return register._replace(columns=(*register.columns[:at], *register.columns[at + 1 :]), rows=rows)


def _build_topics(meeting: Meeting) -> RegisterValue:
    joined = "; ".join(meeting.topics)
    return CodeWord(joined, Bilingual("；".join(meeting.topics), joined))


def _format_hours(meeting: Meeting) -> RegisterValue:
    hours = meeting.data.get("hours")
    return None if hours is None else f"{hours:g}"


def build_training_register(report: YearReport) -> Register | None:
    """List trainings (6.3, 6.4)."""
    meetings = find_year_records(report, "training")
    rows = tuple(
        (
            training.day,
            training.data.get("title"),
            f"{training.data['hours']:g}",
            _build_audience_word(training),
            len(training.data["present"]),
        )
        for training in meetings
    )
    columns = (
        ("date", say("Date")), ("title", say("title")), ("hours", say("hours")), ("audience", say("for")),
        ("present", say("present")),
    )  # fmt: skip
    register = Register("trainings", 6, say("Trainings"), columns, rows, _list_paths(meetings))
    return register if report.owed.inside else _drop_column(register, "title")


def _build_audience_word(record: GenericRecord) -> RegisterValue:
    codes = tuple(record.data["audience"])
    return CodeWord(", ".join(codes), tuple(_AUDIENCE_WORDS.get(code, say("others")) for code in codes))


def _list_paths(records: Iterable[Meeting | GenericRecord]) -> tuple[str, ...]:
    return tuple(record.path for record in records)


REGISTER_BUILDERS = (
    build_plan_register,
    build_building_register,
    build_life_register,
    build_rectification_register,
    build_session_register,
    build_training_register,
    build_org_life_register,
)

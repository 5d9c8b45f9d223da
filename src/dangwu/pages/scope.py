"""The part of the results that belongs into the report of one year."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dangwu.facts.year_totals import is_of_year as for_year
from dangwu.model.finding import Severity
from dangwu.model.finding_list import count_findings

if TYPE_CHECKING:
    from dangwu.model.finding import Finding
    from dangwu.model.message import Bilingual
    from dangwu.model.record import GenericRecord, Meeting
    from dangwu.model.results import DutyResult, YearReport

_YEAR_FOLDER = re.compile(r"[^/]+/(\d{4})[/.]", re.ASCII)


def find_year_meetings(report: YearReport) -> tuple[Meeting, ...]:
    """Return the meetings of the year up to the as-of day, in the order in which they were held."""
    meetings = (
        meeting
        for meeting in report.owed.corpus.meetings
        if meeting.day.year == report.year and meeting.day <= report.owed.as_of
    )
    return tuple(sorted(meetings, key=lambda meeting: meeting.order))


def find_year_records(report: YearReport, kind: str) -> tuple[GenericRecord, ...]:
    """Return the records of a kind that are for the year, made by the as-of day, by day and path."""
    result = report.owed
    records = (record for record in result.corpus.of(kind) if for_year(record, report.year, result.as_of))
    return tuple(sorted(records, key=lambda record: (record.day or result.as_of, record.path)))


def find_year_findings(report: YearReport) -> tuple[tuple[Finding, ...], int]:
    """Return the findings in files of the year or of no year, and the number of findings in other years."""
    findings = tuple(finding for finding in report.checked.findings if is_in_year(finding.source.path, report.year))
    return findings, count_findings(report.checked.findings) - count_findings(findings)


def is_in_year(path: str, year: int) -> bool:
    """Tell whether a file is in the folder of the year, or in no folder of a year."""
    match = _YEAR_FOLDER.match(path)
    return match is None or match[1] == f"{year:04d}"


def is_for_consideration(finding: Finding) -> bool:
    """Tell whether a finding is about a person, for people to consider (the grounds of 10.1)."""
    return finding.severity is Severity.NOTE and (finding.code.clause or "").startswith("10.1(")


def find_assumptions(report: YearReport) -> tuple[tuple[str, int | str, Bilingual], ...]:
    """Return the settings whose default decided a duty: key, value, title."""
    return find_duty_assumptions(report.owed)


def find_duty_assumptions(result: DutyResult) -> tuple[tuple[str, int | str, Bilingual], ...]:
    """Return the settings whose default decided one of the duties: key, value, title."""
    keys = {assumption.partition("=")[0] for duty in result.duties for assumption in duty.assumed}
    return tuple(
        (setting.key, setting.default, setting.title) for setting in result.rulebook.settings if setting.key in keys
    )

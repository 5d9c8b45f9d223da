"""What of the finished values belongs into the report of one year."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dangwu.facts.year_totals import is_of_year as for_year
from dangwu.model.finding import Severity

if TYPE_CHECKING:
    from dangwu.model.finding import Finding
    from dangwu.model.message import Bilingual
    from dangwu.model.record import GenericRecord, Meeting
    from dangwu.model.results import DutyResult, YearReport

_YEAR_FOLDER = re.compile(r"[^/]+/(\d{4})[/.]", re.ASCII)


def find_year_meetings(report: YearReport) -> tuple[Meeting, ...]:
    """Return the meetings of the year up to the as-of day, in the order in which they were held."""
    chosen = (
        meeting
        for meeting in report.owed.corpus.meetings
        if meeting.day.year == report.year and meeting.day <= report.owed.as_of
    )
    return tuple(sorted(chosen, key=lambda meeting: meeting.order))


def find_year_records(report: YearReport, kind: str) -> tuple[GenericRecord, ...]:
    """Return the records of a kind that are for the year, made by the as-of day, by day and path."""
    owed = report.owed
    chosen = (record for record in owed.corpus.of(kind) if for_year(record, report.year, owed.as_of))
    return tuple(sorted(chosen, key=lambda record: (record.day or owed.as_of, record.path)))


def find_year_findings(report: YearReport) -> tuple[tuple[Finding, ...], int]:
    """Return the findings of the year and of files that belong to no year, and how many other years have."""
    chosen = tuple(finding for finding in report.checked.findings if is_in_year(finding.source.path, report.year))
    return chosen, len(report.checked.findings) - len(chosen)


def is_in_year(path: str, year: int) -> bool:
    """Tell whether a file does not stand in the folder of another year."""
    match = _YEAR_FOLDER.match(path)
    return match is None or match[1] == f"{year:04d}"


def is_for_consideration(finding: Finding) -> bool:
    """Tell whether a finding is about a person, for people to consider (the grounds of 10.1)."""
    return finding.severity is Severity.NOTE and (finding.code.clause or "").startswith("10.1(")


def find_assumptions(report: YearReport) -> tuple[tuple[str, int | str, Bilingual], ...]:
    """Return the settings that decided something by their default: key, value, title."""
    return find_duty_assumptions(report.owed)


def find_duty_assumptions(owed: DutyResult) -> tuple[tuple[str, int | str, Bilingual], ...]:
    """Return the settings that decided something among the duties by their default."""
    keys = {assumption.partition("=")[0] for duty in owed.duties for assumption in duty.assumed}
    return tuple(
        (setting.key, setting.default, setting.title) for setting in owed.rulebook.settings if setting.key in keys
    )

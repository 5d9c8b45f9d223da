"""The results of check, due and report as one JSON document each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.facts.attendance_counts import count_meeting_attendance
from dangwu.facts.dues import format_yuan
from dangwu.formats.json_text import format_json
from dangwu.model.duty import DutyState
from dangwu.model.finding_list import count_findings
from dangwu.pages.registers.attendance import build_member_attendance
from dangwu.pages.registers.ledger import build_register_objects
from dangwu.pages.registers.registry import build_registers
from dangwu.pages.scope import (
    find_assumptions,
    find_year_findings,
    find_year_meetings,
    is_for_consideration,
    is_in_year,
)
from dangwu.pages.wording.states import count_recorded_late, find_decisive_evidence, is_recorded_late
from dangwu.pages.wording.values import format_time_span

if TYPE_CHECKING:
    from datetime import date

    from dangwu.language import Language
    from dangwu.model.duty import Duty
    from dangwu.model.finding import Finding
    from dangwu.model.message import Text
    from dangwu.model.record import Acceptance, Meeting
    from dangwu.model.results import CheckResult, DutyResult, YearReport
    from dangwu.model.year_sums import YearSums


def render_check_json(checked: CheckResult, lang: Language) -> str:
    """Return the findings as ``dangwu/check/1``."""
    return format_json(
        {
            "schema": "dangwu/check/1",
            "as_of": checked.as_of.isoformat(),
            "revision": checked.revision,
            "findings": [build_finding_data(finding, lang) for finding in checked.findings],
            "accepted": [_build_accepted_data(*pair, lang) for pair in checked.accepted],
            "summary": {
                **{severity.value: count for severity, count in checked.counts.items()},
                "accepted": len(checked.accepted),
                "records": checked.records,
            },
        }
    )


def render_due_json(result: DutyResult, lang: Language) -> str:
    """Return the duties as ``dangwu/due/1``."""
    return format_json(
        {
            "schema": "dangwu/due/1",
            "as_of": result.as_of.isoformat(),
            "revision": result.revision,
            "audience": result.audience.value,
            "branch": _find_branch_name(result, lang),
            "records_from": _find_first_day(result),
            "duties": [build_duty_data(duty, lang) for duty in result.duties],
            "summary": _count_states(result),
            "overdue_before": result.overdue_before,
            "recorded_unknown": _format_optional_text(result.recorded_unknown, lang),
        }
    )


def render_report_json(report: YearReport, lang: Language) -> str:
    """Return the year's report as ``dangwu/report/1``. Findings include those for people to consider (10.1)."""
    result = report.owed
    findings, elsewhere = find_year_findings(report)
    return format_json(
        {
            "schema": "dangwu/report/1",
            "year": report.year,
            "as_of": result.as_of.isoformat(),
            "revision": result.revision,
            "audience": result.audience.value,
            "branch": _find_branch_name(result, lang),
            "records_from": _find_first_day(result),
            "summary": {
                **_count_states(result),
                "recorded_late": count_recorded_late(result),
                "meetings": len(find_year_meetings(report)),
                "findings": count_findings(findings),
                "findings_of_other_years": elsewhere,
                "records": report.checked.records,
            },
            "duties": [build_duty_data(duty, lang) for duty in result.duties],
            "attendance": _build_attendance_data(report),
            "meetings": [_build_meeting_data(meeting, report) for meeting in find_year_meetings(report)],
            "years": [_build_year_sums_data(year) for year in report.years],
            "registers": {register.key: build_register_objects(register, lang) for register in build_registers(report)},
            "recorded_on": _find_recorded_days(report),
            "recorded_unknown": _format_optional_text(result.recorded_unknown, lang),
            "findings": [
                build_finding_data(finding, lang) | {"for_people": is_for_consideration(finding)}
                for finding in findings
            ],
            "accepted": [_build_accepted_data(*pair, lang) for pair in report.checked.accepted],
            "assumed": [
                {"key": key, "value": value, "title": lang.value(title)}
                for key, value, title in find_assumptions(report)
            ],
        }
    )


def _find_branch_name(result: DutyResult, lang: Language) -> str | None:
    return lang.value(result.corpus.branch.name) if result.corpus.branch else None


def _find_first_day(result: DutyResult) -> str | None:
    """Return the day from which the branch keeps records, None where it names none."""
    return format_iso_day(result.corpus.branch.records_from) if result.corpus.branch else None


def _count_states(result: DutyResult) -> dict[str, int]:
    return {state.value: sum(duty.state is state for duty in result.duties) for state in DutyState}


def _format_optional_text(text: Text | None, lang: Language) -> str | None:
    return None if text is None else lang.text(text)


def format_iso_day(day: date | None) -> str | None:
    """Return a day in ISO form, None for none."""
    return None if day is None else day.isoformat()


def build_finding_data(finding: Finding, lang: Language) -> dict[str, Any]:
    """Return one finding."""
    return {
        "code": finding.code.id,
        "name": finding.code.name,
        "severity": finding.severity.value,
        "path": finding.source.path,
        "line": finding.source.line,
        "column": finding.source.column,
        "clause": finding.cited_clause,
        "subject": finding.subject,
        "message": lang.text(finding.message),
        "hint": _format_optional_text(finding.next_step, lang),
        "related": [
            {
                "path": place.source.path,
                "line": place.source.line,
                "column": place.source.column,
                "message": lang.text(place.message),
            }
            for place in finding.related
        ],
    }


def _build_accepted_data(finding: Finding, acceptance: Acceptance, lang: Language) -> dict[str, Any]:
    acceptance_data = {"reason": acceptance.reason, "date": acceptance.day.isoformat(), "accepted_in": acceptance.path}
    return build_finding_data(finding, lang) | acceptance_data


def build_duty_data(duty: Duty, lang: Language) -> dict[str, Any]:
    """Return a duty as plain data."""
    proof = find_decisive_evidence(duty)
    return {
        "id": duty.id,
        "clause": duty.clause,
        "system": duty.system,
        "title": lang.value(duty.title),
        "subject": duty.subject,
        "period": duty.period.label,
        "opens": duty.opens.isoformat(),
        "due": duty.due.isoformat(),
        "count": duty.count,
        "state": duty.state.value,
        "reason": _format_optional_text(duty.reason, lang),
        "evidence": [evidence.path for evidence in duty.evidence if evidence.path],
        "near_misses": [{"path": miss.path, "reason": lang.text(miss.reason)} for miss in duty.near_misses],
        "waiver": duty.waiver,
        "acknowledged": duty.acknowledged,
        "held_on": format_iso_day(proof.held_on if proof else None),
        "recorded_on": format_iso_day(proof.recorded_on if proof else None),
        "recorded_late": is_recorded_late(duty),
        "assumed": list(duty.assumed),
        "what": duty.what,
        "shares": list(duty.shares),
        "generally": duty.generally,
        "audience": duty.audience.value,
    }


def _build_attendance_data(report: YearReport) -> list[dict[str, Any]]:
    return [
        {
            "member": row.member,
            "name": row.name,
            "group": row.group,
            **row.total.as_dict(),
            "kinds": {kind: sums.as_dict() for kind, sums in row.kinds.items()},
        }
        for row in build_member_attendance(report)
    ]


def _build_year_sums_data(sums: YearSums) -> dict[str, Any]:
    dues = sums.dues
    return sums._asdict() | {"dues": dues and {"assessed": format_yuan(dues.assessed), "paid": format_yuan(dues.paid)}}


def _find_recorded_days(report: YearReport) -> dict[str, str | None] | None:
    """Return the day on which each record of the year entered git, by path; None where that is not known."""
    days = report.owed.recorded
    if days is None:
        return None
    return {path: format_iso_day(days[path]) for path in sorted(days) if is_in_year(path, report.year)}


def _build_meeting_data(meeting: Meeting, report: YearReport) -> dict[str, Any]:
    return {
        "path": meeting.path,
        "kind": meeting.kind,
        "date": meeting.day.isoformat(),
        "time": format_time_span(meeting.start, meeting.end),
        "group": meeting.group,
        "place": meeting.place or None,
        "chair": meeting.chair or None,
        "recorder": meeting.recorder or None,
        "lecturer": meeting.lecturer,
        "makes_up": meeting.makes_up.label if meeting.makes_up else None,
        **count_meeting_attendance(report.owed.corpus, meeting).as_dict(),
        "topics": list(meeting.topics),
        "recorded_on": format_iso_day((report.owed.recorded or {}).get(meeting.path)),
    }

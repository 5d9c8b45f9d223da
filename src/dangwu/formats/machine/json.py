"""Check, due and report as one JSON document each (design, section 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.facts.dues import yuan
from dangwu.formats.json_text import json_text
from dangwu.model.duty import State
from dangwu.pages.registers.attendance import attendance, counts
from dangwu.pages.registers.ledger import objects
from dangwu.pages.registers.registry import registers
from dangwu.pages.scope import assumptions, considered, in_year, meetings_of, of_year
from dangwu.pages.wording.states import clock, decisive, recorded_late

if TYPE_CHECKING:
    from datetime import date

    from dangwu.language import Language
    from dangwu.model.duty import Duty
    from dangwu.model.finding import Finding
    from dangwu.model.message import Text
    from dangwu.model.record import Acceptance, Meeting
    from dangwu.model.results import Checked, Owed, YearReport
    from dangwu.model.year_sums import YearSums


def check_json(checked: Checked, lang: Language) -> str:
    """Return the findings as ``dangwu/check/1``."""
    return json_text(
        {
            "schema": "dangwu/check/1",
            "as_of": checked.as_of.isoformat(),
            "revision": checked.revision,
            "findings": [finding_json(each, lang) for each in checked.findings],
            "accepted": [_accepted(*each, lang) for each in checked.accepted],
            "summary": {
                **{severity.value: count for severity, count in checked.counts.items()},
                "accepted": len(checked.accepted),
                "records": checked.records,
            },
        }
    )


def due_json(owed: Owed, lang: Language) -> str:
    """Return the duties as ``dangwu/due/1``."""
    return json_text(
        {
            "schema": "dangwu/due/1",
            "as_of": owed.as_of.isoformat(),
            "revision": owed.revision,
            "audience": owed.audience.value,
            "branch": _branch(owed, lang),
            "duties": [_duty(each, lang) for each in owed.duties],
            "summary": _states(owed),
            "overdue_before": owed.overdue_before,
        }
    )


def report_json(report: YearReport, lang: Language) -> str:
    """Return the year's report as ``dangwu/report/1``. Points to consider (10.1) stand among the findings."""
    owed = report.owed
    findings, elsewhere = of_year(report)
    return json_text(
        {
            "schema": "dangwu/report/1",
            "year": report.year,
            "as_of": owed.as_of.isoformat(),
            "revision": owed.revision,
            "audience": owed.audience.value,
            "branch": _branch(owed, lang),
            "summary": {
                **_states(owed),
                "recorded_late": sum(recorded_late(each) for each in owed.duties),
                "meetings": len(meetings_of(report)),
                "findings": len(findings),
                "findings_of_other_years": elsewhere,
                "records": report.checked.records,
            },
            "duties": [_duty(each, lang) for each in owed.duties],
            "attendance": _attendance(report),
            "meetings": [_meeting(each, report) for each in meetings_of(report)],
            "years": [_sums(each) for each in report.years],
            "registers": {each.key: objects(each, lang) for each in registers(report)},
            "recorded_on": _recorded(report),
            "findings": [finding_json(each, lang) | {"for_people": considered(each)} for each in findings],
            "accepted": [_accepted(*each, lang) for each in report.checked.accepted],
            "assumed": [
                {"key": key, "value": value, "title": lang.value(title)} for key, value, title in assumptions(report)
            ],
        }
    )


def _branch(owed: Owed, lang: Language) -> str | None:
    return lang.value(owed.corpus.branch.name) if owed.corpus.branch else None


def _states(owed: Owed) -> dict[str, int]:
    return {state.value: sum(each.state is state for each in owed.duties) for state in State}


def _text(text: Text | None, lang: Language) -> str | None:
    return None if text is None else lang.text(text)


def day_text(day: date | None) -> str | None:
    """Return a day in ISO form, None for none."""
    return None if day is None else day.isoformat()


def finding_json(finding: Finding, lang: Language) -> dict[str, Any]:
    """Return one finding."""
    return {
        "code": finding.code.id,
        "name": finding.code.name,
        "severity": finding.severity.value,
        "path": finding.source.path,
        "line": finding.source.line,
        "column": finding.source.column,
        "clause": finding.code.clause,
        "subject": finding.subject,
        "message": lang.text(finding.message),
        "hint": _text(finding.hint, lang),
        "related": [
            {
                "path": each.source.path,
                "line": each.source.line,
                "column": each.source.column,
                "message": lang.text(each.message),
            }
            for each in finding.related
        ],
    }


def _accepted(finding: Finding, acceptance: Acceptance, lang: Language) -> dict[str, Any]:
    given = {"reason": acceptance.reason, "date": acceptance.day.isoformat(), "accepted_in": acceptance.path}
    return finding_json(finding, lang) | given


def _duty(duty: Duty, lang: Language) -> dict[str, Any]:
    proof = decisive(duty)
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
        "reason": _text(duty.reason, lang),
        "evidence": [each.path for each in duty.evidence if each.path],
        "near_misses": [{"path": each.path, "reason": lang.text(each.reason)} for each in duty.near_misses],
        "waiver": duty.waiver,
        "acknowledged": duty.acknowledged,
        "held_on": day_text(proof.held_on if proof else None),
        "recorded_on": day_text(proof.recorded_on if proof else None),
        "recorded_late": recorded_late(duty),
        "assumed": list(duty.assumed),
        "what": duty.what,
        "shares": list(duty.shares),
        "generally": duty.generally,
        "audience": duty.audience.value,
    }


def _attendance(report: YearReport) -> list[dict[str, Any]]:
    return [
        {
            "member": row.member,
            "name": row.name,
            "group": row.group,
            **row.total.as_dict(),
            "kinds": {kind: tally.as_dict() for kind, tally in row.kinds.items()},
        }
        for row in attendance(report)
    ]


def _sums(sums: YearSums) -> dict[str, Any]:
    dues = sums.dues
    return sums._asdict() | {"dues": dues and {"assessed": yuan(dues.assessed), "paid": yuan(dues.paid)}}


def _recorded(report: YearReport) -> dict[str, str]:
    """Return by path the day on which git first had each record of the year."""
    days = report.owed.recorded
    return {path: days[path].isoformat() for path in sorted(days) if in_year(path, report.year)}


def _meeting(meeting: Meeting, report: YearReport) -> dict[str, Any]:
    return {
        "path": meeting.path,
        "kind": meeting.kind,
        "date": meeting.day.isoformat(),
        "time": f"{clock(meeting.start)}-{clock(meeting.end)}",
        "group": meeting.group,
        "place": meeting.place,
        "chair": meeting.chair,
        "recorder": meeting.recorder,
        "lecturer": meeting.lecturer,
        "makes_up": meeting.makes_up.label if meeting.makes_up else None,
        **counts(meeting, report).as_dict(),
        "topics": list(meeting.topics),
        "recorded_on": day_text(report.owed.recorded.get(meeting.path)),
    }

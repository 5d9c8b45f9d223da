"""Redact finished values for a viewer, before pages and formats are made of them (docs/site/en/privacy.md)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.facts.attendance_counts import count_meeting_attendance
from dangwu.model.audience import Audience
from dangwu.model.record import MEETING_KINDS, Branch, Meeting, Member
from dangwu.model.year_sums import YearTotals
from dangwu.privacy import redact
from dangwu.privacy.redact_findings import COUNTED_FIELDS, redact_findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dangwu.model.corpus import Corpus
    from dangwu.model.duty import Duty, Evidence
    from dangwu.model.finding import Finding
    from dangwu.model.record import Acceptance, GenericRecord
    from dangwu.model.results import CheckResult, DutyResult, YearReport
    from dangwu.model.rulebook import Rulebook
    from dangwu.privacy.viewer import Viewer

_OPENNESS_SYSTEM = 8
_BLANK_MEMBER = ""
_FEWEST_PEOPLE = 3
"""The fewest people in a sum shown below the committee: in a sum of two, each can work out the other's share."""
TOLD_FIELDS = ("matter", "content", "stages")
"""Fields of a disclosure that are published: what may name people where a basis allows it (8.2)."""
_TYPED_KINDS = frozenset({"branch", "member", *MEETING_KINDS})


def redact_corpus(viewer: Viewer) -> Corpus:
    """Return the records that the viewer may see, each without the fields that it may not."""
    corpus = viewer.corpus
    records = tuple(record for record in corpus.generic_records if viewer.shows(record.path))
    if viewer.inside:
        return replace(
            corpus,
            documents={path: document for path, document in corpus.documents.items() if viewer.shows(path)},
            generic_records=records,
            unread=tuple(file for file in corpus.unread if viewer.shows(file.path)),
        )
    employees = viewer.audience.may_see(Audience.EMPLOYEES)
    return replace(
        corpus,
        documents={},
        branch=corpus.branch if viewer.by_name else _redact_branch(corpus.branch, viewer, groups=employees),
        members=tuple(_redact_member(member) for member in corpus.members) if viewer.by_name else (),
        meetings=tuple(
            _redact_meeting(meeting, corpus)
            for meeting in corpus.meetings
            if viewer.by_name and viewer.shows(meeting.path)
        ),
        waivers=(),
        acceptances=(),
        amendments=corpus.amendments if employees else (),
        generic_records=tuple(_redact_record(record, viewer) for record in records),
        unread=(),
        copies={},
    )


def _redact_branch(branch: Branch | None, viewer: Viewer, *, groups: bool) -> Branch | None:
    """Return the branch without anything about a person."""
    if branch is None:
        return None
    named = (group._replace(name=redact.redact_names(group.name, viewer.names), leaders=()) for group in branch.groups)
    shown = tuple(named) if groups else ()
    return Branch(
        path=branch.path, name=branch.name, superior=branch.superior, founded=branch.founded, groups=shown,
        language=branch.language, settings=branch.settings, records_from=branch.records_from,
    )  # fmt: skip


def _redact_member(member: Member) -> Member:
    """Return a member with no more than id, name and last group."""
    return Member(path=member.path, id=member.id, name=member.name, standings=(), groups=member.groups[-1:])


def _redact_meeting(meeting: Meeting, corpus: Corpus) -> Meeting:
    """Return of a meeting its kind, day, hours and group, and attendance counts in place of the lists."""
    return Meeting(
        path=meeting.path, kind=meeting.kind, day=meeting.day, start=meeting.start, end=meeting.end,
        place="", chair="", recorder="", present=(), group=meeting.group, makes_up=meeting.makes_up,
        totals=count_meeting_attendance(corpus, meeting).as_dict(),
        data={key: value for key, value in meeting.data.items() if key == "hours"},
    )  # fmt: skip


def _redact_record(record: GenericRecord, viewer: Viewer) -> GenericRecord:
    data = _redact_data(record.data, record.kind, viewer)
    subject = record.subject if viewer.by_name else None
    return record._replace(path=viewer.told(record.path), data=data, subject=subject)


def _redact_data(fields: Mapping[str, Any], kind: str, viewer: Viewer) -> dict[str, Any]:
    """Return a record's data with blanks in place of those present; without any person where no names are shown."""
    data = {key: value for key, value in fields.items() if key in COUNTED_FIELDS.get(kind, fields)}
    if "present" in data:
        data["present"] = [_BLANK_MEMBER] * len(data["present"])
    told = {key: data[key] for key in TOLD_FIELDS if key in data} if viewer.kinds[kind].disclosed else {}
    if not viewer.by_name:
        data = redact.redact_names(
            redact.drop_fields(data, (path for path, _ in viewer.kinds[kind].people)), viewer.names
        )
        if "commended" in data:
            data["commended"] = [{"form": commendation["form"]} for commendation in data["commended"]]
    return {**data, **redact.redact_names(told, viewer.find_hidden_names(fields))}


def redact_fields(path: str, viewer: Viewer) -> Mapping[str, Any]:
    """Return the fields of a record that the viewer may see.

    Empty for a record that it may not see, and below the committee for the branch, members and meetings, of which
    ``redact_corpus`` returns what may be seen.
    """
    document = viewer.corpus.documents.get(path)
    if document is None or not viewer.shows(path):
        return {}
    kind = str(document.data["kind"])
    if viewer.inside:
        return document.data
    return {} if kind in _TYPED_KINDS else _redact_data(document.data, kind, viewer)


def redact_duties(duties: Iterable[Duty], rulebook: Rulebook, viewer: Viewer) -> tuple[Duty, ...]:
    """Return the duties that the viewer may see; where no names are shown, only those of openness.

    A duty that follows from a record the viewer may not see gets a running number as its subject.
    """
    if viewer.inside:
        return tuple(duty for duty in duties if viewer.audience.may_see(duty.audience))
    events = {clause.id for clause in rulebook.clauses if clause.event is not None}
    visible = {id_ for id_, record in viewer.corpus.by_id.items() if viewer.shows(record.path)}
    meetings = {meeting.id for meeting in viewer.corpus.meetings}
    numbers: Counter[tuple[str, str]] = Counter()
    redacted = []
    for duty in (duty for duty in duties if _may_see_duty(duty, viewer)):
        shown = _redact_duty(duty, viewer)
        if duty.clause in events and not (viewer.by_name and _follows_from_record(duty.subject or "", visible)):
            numbers[duty.clause, duty.period.label] += 1
            shown = replace(shown, subject=str(numbers[duty.clause, duty.period.label]), what=None)
        elif duty.clause in events and _follows_from_record(duty.subject or "", meetings):
            shown = replace(shown, what=None)
        redacted.append(shown)
    return tuple(redacted)


def _may_see_duty(duty: Duty, viewer: Viewer) -> bool:
    if viewer.by_name:
        return viewer.audience.may_see(duty.audience)
    return duty.system == _OPENNESS_SYSTEM and Audience.MEMBERS.may_see(duty.audience)


def _follows_from_record(subject: str, ids: set[str]) -> bool:
    """Tell whether a duty follows from one of these records, that is, whether its subject begins with the id of one."""
    return any(beginning in ids for beginning in accumulate(subject.split("-"), "{}-{}".format))


def _redact_duty(duty: Duty, viewer: Viewer) -> Duty:
    """Return a duty without the reasons of a waiver, and without the records that the viewer may not see.

    A near miss names nobody: who chaired or was left out is for the committee.
    """
    near_misses = tuple(
        replace(miss, reason=redact.redact_names(miss.reason, viewer.names))
        for miss in duty.near_misses
        if viewer.by_name and viewer.shows(miss.path)
    )
    return replace(
        duty,
        title=duty.title if viewer.by_name else redact.redact_names(duty.title, viewer.names),
        reason=None if duty.waiver else duty.reason,
        waiver=None,
        near_misses=near_misses,
        evidence=tuple(_redact_evidence(evidence, viewer) for evidence in duty.evidence),
    )


def _redact_evidence(evidence: Evidence, viewer: Viewer) -> Evidence:
    return replace(evidence, path=viewer.told(evidence.path) if viewer.shows(evidence.path) else "")


def redact_check_result(result: CheckResult, viewer: Viewer) -> CheckResult:
    """Return a check result as the viewer may see it; accepted findings are for the committee."""
    accepted: list[tuple[Finding, Acceptance]] = []
    for finding, acceptance in result.accepted if viewer.inside else ():
        accepted.extend((redacted, acceptance) for redacted in redact_findings([finding], viewer))
    findings = tuple(redact_findings(result.findings, viewer))
    return result._replace(findings=findings, accepted=tuple(accepted))


def redact_duty_result(result: DutyResult, viewer: Viewer) -> DutyResult:
    """Return a duty result with the duties and records that the viewer may see."""
    duties = redact_duties(result.duties, result.rulebook, viewer)
    recorded = result.recorded
    if recorded is not None:
        recorded = {viewer.told(path): day for path, day in recorded.items() if viewer.shows(path)}
    return result._replace(duties=duties, corpus=redact_corpus(viewer), audience=viewer.audience, recorded=recorded)


class _TotalsAudiences(NamedTuple):
    """The audience of each field of ``YearTotals``."""

    dues: Audience = Audience.MEMBERS
    dues_by_month: Audience = Audience.COMMITTEE
    grades: Audience = Audience.MEMBERS
    excellent: Audience = Audience.MEMBERS
    letters: Audience = Audience.COMMITTEE


def redact_totals(totals: YearTotals, viewer: Viewer) -> YearTotals:
    """Return the sums of a year that the viewer may see."""
    audiences = _TotalsAudiences()._asdict()
    shown = {key: getattr(totals, key) for key, audience in audiences.items() if viewer.audience.may_see(audience)}
    return YearTotals(**shown) if viewer.inside else _drop_small_counts(YearTotals(**shown))


def _drop_small_counts(totals: YearTotals) -> YearTotals:
    """Return the sums without those from which members could work out another person's share.

    The excellent are shown by name, so only the counts of the other grades could identify somebody.
    """
    dues = totals.dues if totals.dues and totals.dues.people >= _FEWEST_PEOPLE else None
    best, *others = totals.grades or (None,)
    given = [(grade, count) for grade, count in others if count]
    identifying = any(count < _FEWEST_PEOPLE for _, count in given) or (len(given) == 1 and given[0] != others[0])
    return totals._replace(dues=dues, grades=(best,) if best and identifying else totals.grades)


def redact_report(report: YearReport, viewer: Viewer) -> YearReport:
    """Return a report as the viewer may see it, without findings where no names are shown."""
    result = redact_check_result(report.checked, viewer)
    return report._replace(
        owed=redact_duty_result(report.owed, viewer),
        checked=result if viewer.by_name else result._replace(findings=()),
        totals=redact_totals(report.totals, viewer),
    )

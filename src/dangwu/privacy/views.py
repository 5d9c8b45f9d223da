"""What an audience sees of finished values: taken out before any page is made, so that no renderer can let it out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.model.audience import Audience
from dangwu.model.finding import Source
from dangwu.model.record import MEETING_KINDS, Branch, Member
from dangwu.model.year_sums import YearTotals
from dangwu.privacy import redact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dangwu.model.corpus import Corpus
    from dangwu.model.duty import Duty, Evidence
    from dangwu.model.finding import Finding
    from dangwu.model.record import Acceptance, GenericRecord, Meeting
    from dangwu.model.results import CheckResult, DutyResult, YearReport
    from dangwu.model.rulebook import Rulebook
    from dangwu.privacy.viewer import Viewer

_OPENNESS_SYSTEM = 8
_PERSONAL_CLAUSES = ("10.",)
_BLANK_MEMBER = ""
_FEWEST_PEOPLE = 3
"""Of how many people a sum is at least that is told below the committee: of two, each knows the other's part."""
_TYPED_KINDS = frozenset({"branch", "member", *MEETING_KINDS})


def redact_corpus(sight: Viewer) -> Corpus:
    """Return the records that an audience may see, each without what is not for it."""
    corpus = sight.corpus
    sheets = tuple(sheet for sheet in corpus.generic_records if sight.shows(sheet.path))
    if sight.inside:
        return replace(
            corpus,
            documents={path: each for path, each in corpus.documents.items() if sight.shows(path)},
            generic_records=sheets,
            unread=tuple(each for each in corpus.unread if sight.shows(each.path)),
        )
    employees = sight.audience.may_see(Audience.EMPLOYEES)
    return replace(
        corpus,
        documents={},
        branch=corpus.branch if sight.by_name else _redact_branch(corpus.branch, sight, groups=employees),
        members=tuple(_redact_member(member) for member in corpus.members) if sight.by_name else (),
        meetings=tuple(
            _redact_meeting(meeting, corpus)
            for meeting in corpus.meetings
            if sight.by_name and sight.shows(meeting.path)
        ),
        waivers=(),
        acceptances=(),
        amendments=corpus.amendments if employees else (),
        generic_records=tuple(_redact_record(sheet, sight) for sheet in sheets),
        unread=(),
    )


def _redact_branch(branch: Branch | None, sight: Viewer, *, groups: bool) -> Branch | None:
    """Return the branch without any person."""
    if branch is None:
        return None
    named = (group._replace(name=redact.redact_names(group.name, sight.names), leaders=()) for group in branch.groups)
    known = tuple(named) if groups else ()
    return Branch(
        path=branch.path, name=branch.name, superior=branch.superior, founded=branch.founded, groups=known,
        language=branch.language, settings=branch.settings,
    )  # fmt: skip


def _redact_member(member: Member) -> Member:
    """Return a member's name and group alone."""
    return Member(path=member.path, id=member.id, name=member.name, standings=(), groups=member.groups[-1:])


def _redact_meeting(meeting: Meeting, corpus: Corpus) -> Meeting:
    """Return a meeting with how many were there, and not who."""
    due = corpus.roster.due(meeting)
    away = {leave.member for leave in meeting.leave}
    lists = {"present": meeting.present, "leave": away, "absent": meeting.absent}
    counts = {"due": len(due), **{key: len(due.intersection(each)) for key, each in lists.items()}}
    hours = {key: each for key, each in meeting.data.items() if key == "hours"}
    return meeting._replace(
        present=(), leave=(), absent=(), late=(), in_attendance=(), delegated_by=None, totals=counts, data=hours
    )


def _redact_record(sheet: GenericRecord, sight: Viewer) -> GenericRecord:
    data = _redact_data(sheet.data, sheet.kind, sight)
    subject = sheet.subject if sight.by_name else None
    return sheet._replace(path=sight.told(sheet.path), data=data, subject=subject)


def _redact_data(fields: Mapping[str, Any], kind: str, sight: Viewer) -> dict[str, Any]:
    """Return a record without who took part (as many blanks stand there), and for the outside without any person."""
    data = dict(fields)
    if "present" in data:
        data["present"] = [_BLANK_MEMBER] * len(data["present"])
    if not sight.by_name:
        data = redact.redact_names(redact.drop_fields(data, (way for way, _ in sight.kinds[kind].people)), sight.names)
        if "commended" in data:
            data["commended"] = [{"form": each["form"]} for each in data["commended"]]
    return data


def redact_fields(path: str, sight: Viewer) -> Mapping[str, Any]:
    """Return what an audience sees of a record's own fields.

    Nothing of a record that is not for it; below the committee nothing of the branch, members and meetings either: of
    those ``redact_corpus`` tells what there is to see.
    """
    document = sight.corpus.documents.get(path)
    if document is None or not sight.shows(path):
        return {}
    kind = str(document.data["kind"])
    if sight.inside:
        return document.data
    return {} if kind in _TYPED_KINDS else _redact_data(document.data, kind, sight)


def redact_duties(duties: Iterable[Duty], book: Rulebook, sight: Viewer) -> tuple[Duty, ...]:
    """Return the duties that an audience may see; to the outside only those of openness."""
    if sight.inside:
        return tuple(duty for duty in duties if sight.audience.may_see(duty.audience))
    chosen = [duty for duty in duties if _may_see_duty(duty, sight)]
    events = {clause.id for clause in book.clauses if clause.event is not None}
    visible = {id_ for id_, each in sight.corpus.by_id.items() if sight.shows(each.path)}
    numbers: Counter[tuple[str, str]] = Counter()
    made = []
    for each in chosen:
        plain = _redact_duty(each, sight)
        if each.clause in events and not (sight.by_name and _follows_from_record(each.subject or "", visible)):
            numbers[each.clause, each.period.label] += 1
            plain = replace(plain, subject=str(numbers[each.clause, each.period.label]), what=None)
        made.append(plain)
    return tuple(made)


def _may_see_duty(duty: Duty, sight: Viewer) -> bool:
    if sight.by_name:
        return sight.audience.may_see(duty.audience)
    return duty.system == _OPENNESS_SYSTEM and Audience.MEMBERS.may_see(duty.audience)


def _follows_from_record(subject: str, ids: set[str]) -> bool:
    """Tell whether a duty follows from one of these records: its subject begins with the record's id."""
    parts = subject.split("-")
    return any("-".join(parts[:end]) in ids for end in range(len(parts), 0, -1))


def _redact_duty(duty: Duty, sight: Viewer) -> Duty:
    """Return a duty without the reasons of a waiver, and without records that are not for this audience."""
    near = tuple(miss for miss in duty.near_misses if sight.by_name and sight.shows(miss.path))
    return replace(
        duty,
        title=duty.title if sight.by_name else redact.redact_names(duty.title, sight.names),
        reason=None if duty.waiver else duty.reason,
        waiver=None,
        near_misses=near,
        evidence=tuple(_redact_evidence(each, sight) for each in duty.evidence),
    )


def _redact_evidence(evidence: Evidence, sight: Viewer) -> Evidence:
    return replace(evidence, path=sight.told(evidence.path) if sight.shows(evidence.path) else "")


def redact_findings(findings: Iterable[Finding], sight: Viewer) -> Iterator[Finding]:
    """Yield the findings in files that an audience may see.

    A confidential file's finding quotes nothing that the file says, whoever looks; of a sealed file there is only the
    path and the title of the code. What concerns one person is for the committee.
    """
    for finding in findings:
        wanted = sight.wanted(finding.source.path)
        if wanted is Audience.SEALED:
            if sight.audience is Audience.HANDLERS:
                yield finding._replace(
                    source=Source(finding.source.path), message=finding.code.title, hint=None, related=(), subject=None
                )
        elif sight.audience.may_see(wanted) and (sight.inside or not _is_personal(finding, sight)):
            yield _redact_finding(finding, sight, confidential=wanted is Audience.HANDLERS)


def _is_personal(finding: Finding, sight: Viewer) -> bool:
    return (
        (finding.code.clause or "").startswith(_PERSONAL_CLAUSES)
        or finding.subject in sight.corpus.member_by_id
        or finding.source.path.startswith("members/")
    )


def _redact_finding(finding: Finding, sight: Viewer, *, confidential: bool) -> Finding:
    related = tuple(each for each in finding.related if sight.shows(each.source.path))
    made = finding._replace(related=related)
    if confidential:
        made = _redact_finding_quotes(made, sight.words_of(finding.source.path))
    return made if sight.by_name else _redact_finding_names(made, sight)


def _redact_finding_quotes(finding: Finding, words: frozenset[str]) -> Finding:
    """Return a finding that quotes nothing; a next step that would have, is left out."""
    hint = redact.redact_quotes(finding.hint, words) if finding.hint else None
    related = tuple(each._replace(message=redact.redact_quotes(each.message, words)) for each in finding.related)
    told = finding.subject is None or redact.tells_nothing(finding.subject, words)
    return finding._replace(
        message=redact.redact_quotes(finding.message, words),
        hint=hint if hint == finding.hint else None,
        related=related,
        subject=finding.subject if told else None,
    )


def _redact_finding_names(finding: Finding, sight: Viewer) -> Finding:
    hint = redact.redact_names(finding.hint, sight.names) if finding.hint else None
    message = redact.redact_names(finding.message, sight.names)
    source = finding.source._replace(path=sight.told(finding.source.path))
    return finding._replace(source=source, message=message, hint=hint, related=(), subject=None)


def redact_check_result(checked: CheckResult, sight: Viewer) -> CheckResult:
    """Return a check as an audience may see it; what the branch accepted is for the committee."""
    accepted: list[tuple[Finding, Acceptance]] = []
    for finding, acceptance in checked.accepted if sight.inside else ():
        accepted.extend((each, acceptance) for each in redact_findings([finding], sight))
    findings = tuple(redact_findings(checked.findings, sight))
    return checked._replace(findings=findings, accepted=tuple(accepted))


def redact_duty_result(owed: DutyResult, sight: Viewer) -> DutyResult:
    """Return duties with the records that an audience may see."""
    duties = redact_duties(owed.duties, owed.rulebook, sight)
    recorded = {sight.told(path): day for path, day in owed.recorded.items() if sight.shows(path)}
    return owed._replace(duties=duties, corpus=redact_corpus(sight), audience=sight.audience, recorded=recorded)


class _TotalsAudiences(NamedTuple):
    """For whom each of the year's sums is."""

    dues: Audience = Audience.MEMBERS
    dues_by_month: Audience = Audience.COMMITTEE
    grades: Audience = Audience.MEMBERS
    excellent: Audience = Audience.MEMBERS
    letters: Audience = Audience.COMMITTEE


def redact_totals(totals: YearTotals, sight: Viewer) -> YearTotals:
    """Return a year's sums as far as they are for an audience."""
    told = _TotalsAudiences()._asdict().items()
    made = YearTotals(**{key: getattr(totals, key) for key, each in told if sight.audience.may_see(each)})
    return made if sight.inside else _drop_small_counts(made)


def _drop_small_counts(totals: YearTotals) -> YearTotals:
    """Return the sums that tell nothing of one person to those who know the others, or their own part.

    Since the excellent are told by name, it is the counts of the other grades that could name somebody.
    """
    dues = totals.dues if totals.dues and totals.dues.people >= _FEWEST_PEOPLE else None
    best, *others = totals.grades or (None,)
    given = [(grade, count) for grade, count in others if count]
    named = any(count < _FEWEST_PEOPLE for _, count in given) or (len(given) == 1 and given[0] != others[0])
    return totals._replace(dues=dues, grades=(best,) if best and named else totals.grades)


def redact_report(report: YearReport, sight: Viewer) -> YearReport:
    """Return a year's report as an audience may see it; what is wrong in the records is no news for the outside."""
    checked = redact_check_result(report.checked, sight)
    return report._replace(
        owed=redact_duty_result(report.owed, sight),
        checked=checked if sight.by_name else checked._replace(findings=()),
        totals=redact_totals(report.totals, sight),
    )

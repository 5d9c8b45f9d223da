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
    from dangwu.model.record import Acceptance, Meeting, Sheet
    from dangwu.model.results import Checked, Owed, YearReport
    from dangwu.model.rulebook import Rulebook
    from dangwu.privacy.viewer import Sight

_OPENNESS = 8
_ABOUT_PEOPLE = ("10.",)
_NOBODY = ""
_FEWEST = 3
"""Of how many people a sum is at least that is told below the committee: of two, each knows the other's part."""
_TYPED = frozenset({"branch", "member", *MEETING_KINDS})


def corpus_for(sight: Sight) -> Corpus:
    """Return the records that an audience may see, each without what is not for it."""
    corpus = sight.corpus
    sheets = tuple(each for each in corpus.sheets if sight.shows(each.path))
    if sight.inside:
        return replace(
            corpus,
            documents={path: each for path, each in corpus.documents.items() if sight.shows(path)},
            sheets=sheets,
            unread=tuple(each for each in corpus.unread if sight.shows(each.path)),
        )
    employees = sight.audience.may_see(Audience.EMPLOYEES)
    return replace(
        corpus,
        documents={},
        branch=corpus.branch if sight.by_name else _public(corpus.branch, sight, groups=employees),
        members=tuple(_named(each) for each in corpus.members) if sight.by_name else (),
        meetings=tuple(_counted(each, corpus) for each in corpus.meetings if sight.by_name and sight.shows(each.path)),
        waivers=(),
        acceptances=(),
        amendments=corpus.amendments if employees else (),
        sheets=tuple(_sheet(each, sight) for each in sheets),
        unread=(),
    )


def _public(branch: Branch | None, sight: Sight, *, groups: bool) -> Branch | None:
    """Return the branch without any person."""
    if branch is None:
        return None
    named = (each._replace(name=redact.nameless(each.name, sight.names), leaders=()) for each in branch.groups)
    known = tuple(named) if groups else ()
    return Branch(
        path=branch.path, name=branch.name, superior=branch.superior, founded=branch.founded, groups=known,
        language=branch.language, settings=branch.settings,
    )  # fmt: skip


def _named(member: Member) -> Member:
    """Return a member's name and group alone."""
    return Member(path=member.path, id=member.id, name=member.name, standings=(), groups=member.groups[-1:])


def _counted(meeting: Meeting, corpus: Corpus) -> Meeting:
    """Return a meeting with how many were there, and not who."""
    due = corpus.roster.due(meeting)
    away = {each.member for each in meeting.leave}
    lists = {"present": meeting.present, "leave": away, "absent": meeting.absent}
    counts = {"due": len(due), **{key: len(due.intersection(each)) for key, each in lists.items()}}
    hours = {key: each for key, each in meeting.data.items() if key == "hours"}
    return meeting._replace(
        present=(), leave=(), absent=(), late=(), in_attendance=(), delegated_by=None, totals=counts, data=hours
    )


def _sheet(sheet: Sheet, sight: Sight) -> Sheet:
    data = _veiled(sheet.data, sheet.kind, sight)
    subject = sheet.subject if sight.by_name else None
    return sheet._replace(path=sight.told(sheet.path), data=data, subject=subject)


def _veiled(fields: Mapping[str, Any], kind: str, sight: Sight) -> dict[str, Any]:
    """Return a record without who took part (as many blanks stand there), and for the outside without any person."""
    data = dict(fields)
    if "present" in data:
        data["present"] = [_NOBODY] * len(data["present"])
    if not sight.by_name:
        data = redact.nameless(redact.without(data, (way for way, _ in sight.kinds[kind].people)), sight.names)
        if "commended" in data:
            data["commended"] = [{"form": each["form"]} for each in data["commended"]]
    return data


def fields_for(path: str, sight: Sight) -> Mapping[str, Any]:
    """Return what an audience sees of a record's own fields.

    Nothing of a record that is not for it; below the committee nothing of the branch, members and meetings either: of
    those ``corpus_for`` tells what there is to see.
    """
    document = sight.corpus.documents.get(path)
    if document is None or not sight.shows(path):
        return {}
    kind = str(document.data["kind"])
    if sight.inside:
        return document.data
    return {} if kind in _TYPED else _veiled(document.data, kind, sight)


def duties_for(duties: Iterable[Duty], book: Rulebook, sight: Sight) -> tuple[Duty, ...]:
    """Return the duties that an audience may see; to the outside only those of openness."""
    if sight.inside:
        return tuple(each for each in duties if sight.audience.may_see(each.audience))
    chosen = [each for each in duties if _for_all(each, sight)]
    events = {clause.id for clause in book.clauses if clause.event is not None}
    visible = {id_ for id_, each in sight.corpus.by_id.items() if sight.shows(each.path)}
    numbers: Counter[tuple[str, str]] = Counter()
    made = []
    for each in chosen:
        plain = _without_waiver(each, sight)
        if each.clause in events and not (sight.by_name and _known(each.subject or "", visible)):
            numbers[each.clause, each.period.label] += 1
            plain = replace(plain, subject=str(numbers[each.clause, each.period.label]), what=None)
        made.append(plain)
    return tuple(made)


def _for_all(duty: Duty, sight: Sight) -> bool:
    if sight.by_name:
        return sight.audience.may_see(duty.audience)
    return duty.system == _OPENNESS and Audience.MEMBERS.may_see(duty.audience)


def _known(subject: str, ids: set[str]) -> bool:
    """Tell whether a duty follows from one of these records: its subject begins with the record's id."""
    parts = subject.split("-")
    return any("-".join(parts[:end]) in ids for end in range(len(parts), 0, -1))


def _without_waiver(duty: Duty, sight: Sight) -> Duty:
    """Return a duty without the reasons of a waiver, and without records that are not for this audience."""
    near = tuple(each for each in duty.near_misses if sight.by_name and sight.shows(each.path))
    return replace(
        duty,
        title=duty.title if sight.by_name else redact.nameless(duty.title, sight.names),
        reason=None if duty.waiver else duty.reason,
        waiver=None,
        near_misses=near,
        evidence=tuple(_shown(each, sight) for each in duty.evidence),
    )


def _shown(evidence: Evidence, sight: Sight) -> Evidence:
    return replace(evidence, path=sight.told(evidence.path) if sight.shows(evidence.path) else "")


def findings_for(findings: Iterable[Finding], sight: Sight) -> Iterator[Finding]:
    """Yield the findings in files that an audience may see.

    A confidential file's finding quotes nothing that the file says, whoever looks; of a sealed file there is only the
    path and the title of the code. What concerns one person is for the committee.
    """
    for each in findings:
        wanted = sight.wanted(each.source.path)
        if wanted is Audience.SEALED:
            if sight.audience is Audience.HANDLERS:
                yield each._replace(
                    source=Source(each.source.path), message=each.code.title, hint=None, related=(), subject=None
                )
        elif sight.audience.may_see(wanted) and (sight.inside or not _personal(each, sight)):
            yield _reduced(each, sight, confidential=wanted is Audience.HANDLERS)


def _personal(finding: Finding, sight: Sight) -> bool:
    return (
        (finding.code.clause or "").startswith(_ABOUT_PEOPLE)
        or finding.subject in sight.corpus.member_by_id
        or finding.source.path.startswith("members/")
    )


def _reduced(finding: Finding, sight: Sight, *, confidential: bool) -> Finding:
    related = tuple(each for each in finding.related if sight.shows(each.source.path))
    made = finding._replace(related=related)
    if confidential:
        made = _unquoted(made, sight.words_of(finding.source.path))
    return made if sight.by_name else _nameless(made, sight)


def _unquoted(finding: Finding, words: frozenset[str]) -> Finding:
    """Return a finding that quotes nothing; a next step that would have, is left out."""
    hint = redact.unquoted(finding.hint, words) if finding.hint else None
    related = tuple(each._replace(message=redact.unquoted(each.message, words)) for each in finding.related)
    told = finding.subject is None or redact.tells_nothing(finding.subject, words)
    return finding._replace(
        message=redact.unquoted(finding.message, words),
        hint=hint if hint == finding.hint else None,
        related=related,
        subject=finding.subject if told else None,
    )


def _nameless(finding: Finding, sight: Sight) -> Finding:
    hint = redact.nameless(finding.hint, sight.names) if finding.hint else None
    message = redact.nameless(finding.message, sight.names)
    source = finding.source._replace(path=sight.told(finding.source.path))
    return finding._replace(source=source, message=message, hint=hint, related=(), subject=None)


def checked_for(checked: Checked, sight: Sight) -> Checked:
    """Return a check as an audience may see it; what the branch accepted is for the committee."""
    accepted: list[tuple[Finding, Acceptance]] = []
    for finding, acceptance in checked.accepted if sight.inside else ():
        accepted.extend((each, acceptance) for each in findings_for([finding], sight))
    findings = tuple(findings_for(checked.findings, sight))
    return checked._replace(findings=findings, accepted=tuple(accepted))


def owed_for(owed: Owed, sight: Sight) -> Owed:
    """Return duties with the records that an audience may see."""
    duties = duties_for(owed.duties, owed.rulebook, sight)
    recorded = {sight.told(path): day for path, day in owed.recorded.items() if sight.shows(path)}
    return owed._replace(duties=duties, corpus=corpus_for(sight), audience=sight.audience, recorded=recorded)


class _Told(NamedTuple):
    """For whom each of the year's sums is."""

    dues: Audience = Audience.MEMBERS
    dues_by_month: Audience = Audience.COMMITTEE
    grades: Audience = Audience.MEMBERS
    excellent: Audience = Audience.MEMBERS
    letters: Audience = Audience.COMMITTEE


def totals_for(totals: YearTotals, sight: Sight) -> YearTotals:
    """Return a year's sums as far as they are for an audience."""
    told = _Told()._asdict().items()
    made = YearTotals(**{key: getattr(totals, key) for key, each in told if sight.audience.may_see(each)})
    return made if sight.inside else _of_many(made)


def _of_many(totals: YearTotals) -> YearTotals:
    """Return the sums that tell nothing of one person to those who know the others, or their own part.

    Since the excellent are told by name, it is the counts of the other grades that could name somebody.
    """
    dues = totals.dues if totals.dues and totals.dues.people >= _FEWEST else None
    best, *others = totals.grades or (None,)
    given = [(grade, count) for grade, count in others if count]
    named = any(count < _FEWEST for _, count in given) or (len(given) == 1 and given[0] != others[0])
    return totals._replace(dues=dues, grades=(best,) if best and named else totals.grades)


def report_for(report: YearReport, sight: Sight) -> YearReport:
    """Return a year's report as an audience may see it; what is wrong in the records is no news for the outside."""
    checked = checked_for(report.checked, sight)
    return report._replace(
        owed=owed_for(report.owed, sight),
        checked=checked if sight.by_name else checked._replace(findings=()),
        totals=totals_for(report.totals, sight),
    )

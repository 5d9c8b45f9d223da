"""Waivers and amendments: known duties and clauses, and days that fit them (design, section 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.finding import FindingCode, Severity, build_finding
from dangwu.model.message import Text, say
from dangwu.model.period import Period, PeriodLength
from dangwu.model.record import WaiverOutcome
from dangwu.model.rulebook import ClauseRole, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dangwu.check.context import Context
    from dangwu.model.corpus import Corpus
    from dangwu.model.finding import Finding
    from dangwu.model.record import Waiver
    from dangwu.model.rulebook import Amendment, Clause, Rulebook

_ERROR = Severity.ERROR
WAIVER_UNMATCHED = FindingCode("DW701", "waiver-unmatched", _ERROR, say("A waiver for a duty that does not exist"))
WAIVER_DAYS = FindingCode("DW702", "waiver-days", _ERROR, say("The days of a waiver do not fit"))
AMENDMENT_UNUSABLE = FindingCode("DW703", "amendment-unusable", _ERROR, say("An amendment that changes nothing"))
CODES = (WAIVER_UNMATCHED, WAIVER_DAYS, AMENDMENT_UNUSABLE)


def check_waivers(context: Context) -> Iterator[Finding]:
    """Check the duties and the days of every waiver."""
    for waiver in context.corpus.waivers:
        for index, duty in enumerate(waiver.duties):
            fault = _find_duty_fault(context.rulebook, context.corpus, duty)
            if fault:
                hint = say("dangwu due lists the ids.")
                yield build_finding(WAIVER_UNMATCHED, waiver, ("duties", index), fault, hint, subject=duty)
            else:
                yield from _check_waiver_days(context.rulebook, waiver, duty)
        if waiver.until is not None and waiver.outcome is not WaiverOutcome.DEFERRED:
            hint = say("Delete until, or write outcome: deferred.")
            yield build_finding(
                WAIVER_DAYS, waiver, ("until",), say("Only a deferred duty has a new day."), hint, at_key=True
            )


def _check_waiver_days(rulebook: Rulebook, waiver: Waiver, duty: str) -> Iterator[Finding]:
    due = _find_due_day(rulebook, duty)
    if due is None:
        return
    if waiver.outcome is WaiverOutcome.DEFERRED and waiver.until is not None and waiver.until <= due:
        message = say(
            "{duty} is due by {due}: the new day {until} does not lie after it.",
            duty=duty,
            due=due,
            until=waiver.until,
        )
        hint = say("A duty is deferred to a day after it is due; until then there is nothing to defer.")
        yield build_finding(WAIVER_DAYS, waiver, ("until",), message, hint, subject=duty)
    if waiver.outcome is WaiverOutcome.MISSED and waiver.day <= due:
        message = say("{duty} is due by {due}: on {day} it was not yet missed.", duty=duty, due=due, day=waiver.day)
        hint = say("Do what is due, or defer or waive the duty.")
        yield build_finding(WAIVER_DAYS, waiver, ("date",), message, hint, subject=duty)


def _find_due_day(rulebook: Rulebook, duty: str) -> date | None:
    """Return the day by which a duty of a period is due; None after an event, whose day the id does not say."""
    id_, label, *_ = duty.split("/")
    clause, period = rulebook.clause(id_), Period.parse(label)
    wording = None if clause is None or clause.event is not None else clause.in_force(period.last)
    return None if wording is None else wording.due.on(period)


def check_amendments(context: Context) -> Iterator[Finding]:
    """Check that every amendment changes a duty of the rulebook, or adds a complete one."""
    seen: dict[tuple[str, object], Amendment] = {}
    for amendment in context.corpus.amendments:
        fault = _find_amendment_fault(context.rulebook, amendment)
        if fault:
            hint = say("dangwu rules lists the clauses; dangwu explain DW703 shows an amendment.")
            yield build_finding(AMENDMENT_UNUSABLE, amendment.path, ("clause",), fault, hint, subject=amendment.clause)
        other = seen.setdefault((amendment.clause, amendment.start), amendment)
        if other is not amendment:
            message = say("{path} amends {clause} from the same day.", path=other.path, clause=amendment.clause)
            hint = say("Put both into one file.")
            yield build_finding(AMENDMENT_UNUSABLE, amendment.path, ("from",), message, hint, subject=amendment.clause)


def _find_duty_fault(rulebook: Rulebook, corpus: Corpus, duty: str) -> Text | None:
    id_, label, *subject = duty.split("/")
    clause = rulebook.clause(id_)
    if clause is None or clause.becomes is not ClauseRole.DUTY:
        return say("{clause} is no duty of the rulebook.", clause=id_)
    try:
        period = Period.parse(label)
    except ValueError:
        return say("{period} is no period.", period=label)
    lengths = {wording.every for wording in clause.wordings if isinstance(wording.every, PeriodLength)} or {
        PeriodLength.YEAR
    }
    if period.every not in lengths:
        example = Period.containing(min(lengths), period.start).label
        return say(
            "{clause} is not owed by {period}; write a period as {example}.",
            clause=clause.id,
            period=label,
            example=example,
        )
    return _find_subject_fault(clause, corpus, subject[0] if subject else None)


def _find_subject_fault(clause: Clause, corpus: Corpus, subject: str | None) -> Text | None:
    if clause.event is not None:
        return _find_event_fault(clause, corpus, subject)
    if clause.subject.personal or clause.subject is Subject.GROUP:
        return _find_owner_fault(clause, corpus, subject)
    return say("{clause} is owed once; leave {subject} out.", clause=clause.id, subject=subject) if subject else None


def _find_owner_fault(clause: Clause, corpus: Corpus, subject: str | None) -> Text | None:
    """Return what is wrong with the person or group that owes a duty."""
    branch = corpus.branch
    if clause.subject is Subject.GROUP:
        if subject is None:
            return say("{clause} is owed by each group: add /g1 or another group.", clause=clause.id)
        unknown = branch is not None and branch.group(subject) is None
        return say("branch.yaml has no group with the id {id}.", id=subject) if unknown else None
    if subject is None:
        return say("{clause} is owed by each person: add the id, as in /m001.", clause=clause.id)
    known = subject in corpus.member_by_id or (branch is not None and subject in branch.staff)
    return None if known else say("There is no member {id} in members/.", id=subject)


def _find_event_fault(clause: Clause, corpus: Corpus, subject: str | None) -> Text | None:
    """Return what is wrong with the event that a duty follows from: its id begins with that of a record."""
    if subject is None:
        return say("{clause} follows from an event: add its id, as dangwu due shows it.", clause=clause.id)
    ids = (record.id for records in (corpus.meetings, corpus.generic_records) for record in records)
    known = any(subject == id_ or subject.startswith(f"{id_}-") for id_ in ids)
    return None if known else say("No record has the id {id}, or one that it begins with.", id=subject)


def _find_amendment_fault(rulebook: Rulebook, amendment: Amendment) -> Text | None:
    clause = rulebook.clause(amendment.clause)
    known = clause is not None and not any(wording.source.path == amendment.path for wording in clause.wordings[:1])
    if amendment.new is not None:
        if known:
            return say("{clause} is in the rulebook already; leave new out to change it.", clause=amendment.clause)
        return None if amendment.every else say("An extra duty must say how often: add every.")
    if clause is None or clause.becomes is not ClauseRole.DUTY:
        return say("{clause} is no duty of the rulebook.", clause=amendment.clause)
    if not amendment.off and amendment.every is None and amendment.times is None and amendment.due is None:
        return say("Nothing is changed: add off, every, count or due.")
    return None

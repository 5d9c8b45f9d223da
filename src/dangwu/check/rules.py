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

    from dangwu.check.context import Context
    from dangwu.model.finding import Finding
    from dangwu.model.record import Branch
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
            fault = _find_duty_fault(context.rulebook, context.corpus.branch, duty)
            if fault:
                hint = say("dangwu due lists the ids.")
                yield build_finding(WAIVER_UNMATCHED, waiver, ("duties", index), fault, hint, subject=duty)
                continue
            last = Period.parse(duty.split("/")[1]).last
            if waiver.outcome is WaiverOutcome.DEFERRED and waiver.until is not None and waiver.until <= last:
                message = say(
                    "The new day {until} does not lie after the period of {duty}.", until=waiver.until, duty=duty
                )
                hint = say("A duty is deferred to a day after its period; within it there is nothing to defer.")
                yield build_finding(WAIVER_DAYS, waiver, ("until",), message, hint, subject=duty)
            if waiver.outcome is WaiverOutcome.MISSED and waiver.day <= last:
                message = say("The period of {duty} was not over when it was called missed.", duty=duty)
                hint = say("Hold the meeting, or defer or waive the duty.")
                yield build_finding(WAIVER_DAYS, waiver, ("date",), message, hint, subject=duty)
        if waiver.until is not None and waiver.outcome is not WaiverOutcome.DEFERRED:
            hint = say("Delete until, or write outcome: deferred.")
            yield build_finding(
                WAIVER_DAYS, waiver, ("until",), say("Only a deferred duty has a new day."), hint, at_key=True
            )


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


def _find_duty_fault(rulebook: Rulebook, branch: Branch | None, duty: str) -> Text | None:
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
    return _find_subject_fault(clause, branch, subject[0] if subject else None)


def _find_subject_fault(clause: Clause, branch: Branch | None, subject: str | None) -> Text | None:
    if clause.subject is not Subject.GROUP:
        return (
            say("{clause} is owed once; leave {subject} out.", clause=clause.id, subject=subject) if subject else None
        )
    if subject is None:
        return say("{clause} is owed by each group: add /g1 or another group.", clause=clause.id)
    if branch is not None and branch.group(subject) is None:
        return say("branch.yaml has no group with the id {id}.", id=subject)
    return None


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

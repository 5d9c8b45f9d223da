"""A duty that is overdue or open → what fulfils it, as a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.document import PLACEHOLDER
from dangwu.model.duty import DutyState
from dangwu.model.next_step import NextStep, StepAction
from dangwu.model.record import MEETING_KINDS
from dangwu.model.rulebook import Condition, Event, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.model.duty import Duty
    from dangwu.model.results import DutyResult
    from dangwu.model.rulebook import Clause

    Answer = tuple[str, str]

_DUES_KIND = "dues"
_DISCLOSURE_KIND = "disclosure"
_CONDITION_ANSWERS = {
    Condition.HEARS_ADMINISTRATION: ("administrative-report-speaker", PLACEHOLDER),
    Condition.SERVES_PARTY_BUILDING: ("agenda", "party-building"),
    Condition.SERVES_MONTH_PLAN: ("agenda", "month-plan"),
    Condition.FOR_MEMBERS: ("audience", "members"),
    Condition.FOR_WORKERS: ("audience", "party-workers"),
    Condition.FOR_COMMITTEE: ("audience", "committee"),
    Condition.ABOUT_INTEGRITY: ("class", "3"),
    Condition.ABOUT_DUES: ("about", "dues-{year}"),
}
"""Condition on the evidence → the answer with which a new record meets it."""
_PEOPLE_OPTIONS = {"training": "present", "heart-to-heart-talk": "between"}
"""Kind → the option that names those for each of whom the record counts."""
DISCLOSED_EVENTS = frozenset({Event.RECTIFICATION, Event.APPRAISAL, Event.MAJOR_RESOLUTION})
"""Events of which the disclosure is owed; what follows from another is entered in its own record."""
_PENDING_STATES = frozenset({DutyState.OVERDUE, DutyState.OPEN})


def find_next_step(duty: Duty, result: DutyResult) -> NextStep | None:
    """Return what fulfils a duty; None where it is settled or the audience does not keep the records."""
    clause = result.rulebook.clause(duty.clause)
    if clause is None or not result.inside or duty.state not in _PENDING_STATES or duty.acknowledged:
        return None
    if clause.event is not None:
        return _find_event_step(clause, duty)
    if is_too_late(duty, result):
        return NextStep(StepAction.TOO_LATE, find_record_kind(clause, duty))
    return _find_record_step(clause, duty, result)


def is_too_late(duty: Duty, result: DutyResult) -> bool:
    """Tell whether no record can fulfil a duty any more: records of its kind count only for the period of their day."""
    clause = result.rulebook.clause(duty.clause)
    if clause is None or clause.event is not None or result.as_of < duty.period.end:
        return False
    kind = result.kinds.get(find_record_kind(clause, duty))
    named = kind is None or kind.name == _DUES_KIND or kind.period_field is not None
    return not named and not _is_about_dues(clause)


def _is_about_dues(clause: Clause) -> bool:
    return any(Condition.ABOUT_DUES in rule.where for rule in clause.evidence)


def _find_event_step(clause: Clause, duty: Duty) -> NextStep:
    if clause.event not in DISCLOSED_EVENTS:
        return NextStep(StepAction.ANSWER)
    subject = duty.subject or ""
    about, _, number = subject.rpartition("-")
    resolution = clause.event is Event.MAJOR_RESOLUTION
    answers = (("about", about), ("resolution", number)) if resolution else (("about", subject),)
    return NextStep(StepAction.DISCLOSE, _DISCLOSURE_KIND, answers)


def _find_record_step(clause: Clause, duty: Duty, result: DutyResult) -> NextStep:
    kind, year = find_record_kind(clause, duty), duty.period.start.year
    ledger = next((ledger.path for ledger in result.corpus.of(_DUES_KIND) if ledger.data["year"] == year), None)
    if kind == _DUES_KIND and ledger is not None:
        return NextStep(StepAction.ENTER_PAYMENT, kind, path=ledger)
    if ledger is None and _is_about_dues(clause):
        return NextStep(StepAction.START_LEDGER, _DUES_KIND, (("year", str(year)),))
    answers = (*list_record_answers(clause, duty, result),)
    if duty.state is DutyState.OPEN:
        return NextStep(StepAction.RECORD, kind, answers)
    if kind not in MEETING_KINDS:
        return NextStep(StepAction.RECORD_LATE, kind, answers)
    made_up = (("makes-up", duty.period.label),) if result.as_of >= duty.period.end else ()
    return NextStep(StepAction.HOLD_LATE, kind, (*answers, *made_up))


def find_record_kind(clause: Clause, duty: Duty) -> str:
    """Return the kind of record that a duty demands; of the two summaries of a year the one of its half-year."""
    kinds = [evidence.record for evidence in clause.evidence]
    summaries = [kind for kind in kinds if kind.endswith("-summary")]
    both = len(summaries) > 1
    return summaries[duty.period.label.endswith("H2")] if both else (kinds or [""])[0]


def find_member_option(clause: Clause, duty: Duty, result: DutyResult) -> str | None:
    """Return the option that names the member of a duty, None where its record names none."""
    name = find_record_kind(clause, duty)
    kind = result.kinds.get(name)
    if kind is not None and kind.subject_field == "member":
        return "member"
    return _PEOPLE_OPTIONS.get(name) if clause.subject.personal else None


def list_record_answers(clause: Clause, duty: Duty, result: DutyResult) -> Iterator[Answer]:
    """Yield the options of the record that a duty demands, each with the value that follows from the duty."""
    for proof in clause.evidence[:1]:
        for condition in proof.where:
            if condition in _CONDITION_ANSWERS:
                option, value = _CONDITION_ANSWERS[condition]
                yield option, value.format(year=duty.period.start.year)
    if clause.subject is Subject.GROUP and duty.subject:
        yield "group", duty.subject
    member = find_member_option(clause, duty, result)
    if member is not None and duty.subject:
        yield member, duty.subject
    kind = result.kinds.get(find_record_kind(clause, duty))
    if kind is not None and kind.period_field == "year":
        yield "year", str(duty.period.start.year)
    elif kind is not None and kind.period_field == duty.period.every:
        yield str(kind.period_field), duty.period.label

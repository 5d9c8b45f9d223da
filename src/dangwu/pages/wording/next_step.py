"""The next step for a duty that is overdue or open: the command to type, or the field to enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.duty import DutyState
from dangwu.model.message import say
from dangwu.model.record import MEETING_KINDS
from dangwu.model.rulebook import Condition, Event, Subject
from dangwu.pages.page import ScreenText

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dangwu.language import Language
    from dangwu.model.duty import Duty
    from dangwu.model.message import Text
    from dangwu.model.results import DutyResult
    from dangwu.model.rulebook import Clause

_DUES_KIND = "dues"
_EVENT_ANSWERS = {
    Event.RECTIFICATION_ITEM: say("close the item in its rectification list, or enter when it was reported up"),
    Event.SUPERIOR_POINT: say("put the point right, and enter closed_on in the record of the inspection"),
    Event.FEEDBACK: say("answer it, and enter answer and answered_on in the disclosure"),
    Event.LETTER: say("answer it, and enter result and replied_on in its file"),
    Event.ADMONITION_CHECK: say("the named person checks, and enters the check in its file"),
    Event.ADMONITION_OUTCOME: say("people decide, and the outcome is entered in its file"),
}
_CONDITION_FLAGS = {
    Condition.HEARS_ADMINISTRATION: "--administrative-report-speaker 【待填】",
    Condition.SERVES_PARTY_BUILDING: "--agenda party-building",
    Condition.SERVES_MONTH_PLAN: "--agenda month-plan",
    Condition.FOR_MEMBERS: "--audience members",
    Condition.FOR_WORKERS: "--audience party-workers",
    Condition.FOR_COMMITTEE: "--audience committee",
    Condition.ABOUT_INTEGRITY: "--class 3",
    Condition.ABOUT_DUES: "--about dues-{year}",
}
"""Condition on the evidence → the flag with which a new record meets it."""
_PEOPLE_FLAGS = {"training": "--present", "heart-to-heart-talk": "--between"}
"""Kind → the flag that names those for each of whom the record counts."""
_DISCLOSED_EVENTS = {Event.RECTIFICATION, Event.APPRAISAL, Event.MAJOR_RESOLUTION}


def describe_next_steps(duty: Duty, result: DutyResult, lang: Language) -> Iterator[str]:
    """Yield what to do about a duty; nothing where it is settled or the audience does not keep the records.

    What names commands and fields is a ``ScreenText``.
    """
    step = find_next_step(duty, result)
    if step is None:
        return
    yield lang.text(step) if _is_too_late(duty, result) else ScreenText(lang.text(step))
    if duty.state is DutyState.OVERDUE:
        waiver = f"dangwu new waiver --duty {quote_for_shell(duty.id)}"
        if _is_too_late(duty, result):
            last = say("Next: record a waiver, or that it was missed and why: {command}", command=waiver)
        else:
            last = say("or record a waiver, or that it was missed and why: {command}", command=waiver)
        yield ScreenText(lang.text(last))


def find_next_step(duty: Duty, result: DutyResult) -> Text | None:
    """Return what fulfils a duty; None where it is settled or the audience does not keep the records."""
    clause = result.rulebook.clause(duty.clause)
    if (
        clause is None
        or not result.inside
        or duty.state not in {DutyState.OVERDUE, DutyState.OPEN}
        or duty.acknowledged
    ):
        return None
    if clause.event is not None:
        return _describe_event_answer(clause, duty)
    if _is_too_late(duty, result):
        return say("Its period is over, and what is done now counts for its own day: it cannot be made up for.")
    return _describe_record_step(clause, duty, result)


def _is_too_late(duty: Duty, result: DutyResult) -> bool:
    """Tell whether no record can fulfil a duty any more: records of its kind count only for the period of their day."""
    clause = result.rulebook.clause(duty.clause)
    if clause is None or clause.event is not None or result.as_of < duty.period.end:
        return False
    kind = result.kinds.get(find_record_kind(clause, duty))
    named = kind is None or kind.name == _DUES_KIND or kind.period_field is not None
    return not named and not _is_about_dues(clause)


def _is_about_dues(clause: Clause) -> bool:
    return any(Condition.ABOUT_DUES in rule.where for rule in clause.evidence)


def describe_group_steps(behind: Sequence[Duty], result: DutyResult, lang: Language) -> Iterator[str]:
    """Yield what to do about the same duty of several people."""
    first = behind[0]
    steps = list(describe_next_steps(first, result, lang))
    clause = result.rulebook.clause(first.clause)
    if clause is None or len(behind) == 1 or not steps:
        yield from steps
        return
    own_command, shared_command = (
        build_record_command(clause, first, result, member=member) for member in (None, "ID")
    )
    yield type(steps[0])(steps[0].replace(own_command, shared_command))
    if own_command != shared_command:
        text = say("for ID one after the other: {ids}", ids=tuple(duty.subject or "" for duty in behind))
        yield ScreenText(lang.text(text))
    if first.state is DutyState.OVERDUE:
        yield ScreenText(lang.text(say("A waiver names the duty of each, as in {id}.", id=first.id)))


def _describe_event_answer(clause: Clause, duty: Duty) -> Text:
    if clause.event not in _DISCLOSED_EVENTS:
        return say("Next: {command}", command=_EVENT_ANSWERS[clause.event] if clause.event else "")
    about, _, number = (duty.subject or "").rpartition("-")
    flags = f"{about} --resolution {number}" if clause.event is Event.MAJOR_RESOLUTION else duty.subject
    return say("Next: {command}", command=f"dangwu new disclosure --about {flags}")


def _describe_record_step(clause: Clause, duty: Duty, result: DutyResult) -> Text:
    kind, year = find_record_kind(clause, duty), duty.period.start.year
    ledger = next((ledger.path for ledger in result.corpus.of(_DUES_KIND) if ledger.data["year"] == year), None)
    if kind == _DUES_KIND and ledger is not None:
        return say("Next: enter the payment in {path}", path=ledger)
    if ledger is None and _is_about_dues(clause):
        return say("Next: make the ledger of the year first: {command}", command=f"dangwu new dues --year {year}")
    command = build_record_command(clause, duty, result)
    if duty.state is DutyState.OPEN:
        return say("Next: {command}", command=command)
    if kind not in MEETING_KINDS:
        return say("Next: write it now: {command}", command=command)
    make_up_command = f"{command} --makes-up {duty.period.label}" if result.as_of >= duty.period.end else command
    return say("Next: hold it late and record it: {command}", command=make_up_command)


def find_record_kind(clause: Clause, duty: Duty) -> str:
    """Return the kind of record that a duty demands; of the two summaries of a year the one of its half-year."""
    kinds = [evidence.record for evidence in clause.evidence]
    summaries = [kind for kind in kinds if kind.endswith("-summary")]
    both = len(summaries) > 1
    return summaries[duty.period.label.endswith("H2")] if both else (kinds or [""])[0]


def quote_for_shell(word: str) -> str:
    """Return a word in quotes if it has brackets, as in 9.2(4), which most shells would interpret."""
    return f'"{word}"' if "(" in word else word


def build_record_command(clause: Clause, duty: Duty, result: DutyResult, member: str | None = None) -> str:
    """Return the command that makes the record, with the flags that follow from the duty.

    ``member`` replaces the member of the duty.
    """
    return " ".join(("dangwu new", find_record_kind(clause, duty), *build_record_flags(clause, duty, result, member)))


def build_record_flags(clause: Clause, duty: Duty, result: DutyResult, member: str | None = None) -> list[str]:
    """Return the flags of the command that makes the record, each with its value in one string."""
    name = find_record_kind(clause, duty)
    kind = result.kinds.get(name)
    flags = [
        _CONDITION_FLAGS[condition].format(year=duty.period.start.year)
        for proof in clause.evidence[:1]
        for condition in proof.where
        if condition in _CONDITION_FLAGS
    ]
    if clause.subject is Subject.GROUP and duty.subject:
        flags.append(f"--group {duty.subject}")
    if kind is not None and kind.subject_field == "member" and duty.subject:
        flags.append(f"--member {member or duty.subject}")
    if name in _PEOPLE_FLAGS and clause.subject.personal and duty.subject:
        flags.append(f"{_PEOPLE_FLAGS[name]} {member or duty.subject}")
    if kind is not None and kind.period_field == "year":
        flags.append(f"--year {duty.period.start.year}")
    elif kind is not None and kind.period_field == duty.period.every:
        flags.append(f"--{kind.period_field} {duty.period.label}")
    return flags

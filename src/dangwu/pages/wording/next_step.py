"""The next step for a duty in words: the command to type, or the field to enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.duty import DutyState
from dangwu.model.message import say
from dangwu.model.next_step import NextStep, StepAction
from dangwu.model.rulebook import Event
from dangwu.pages.next_steps import find_member_option, find_next_step
from dangwu.pages.page import ScreenText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dangwu.language import Language
    from dangwu.model.duty import Duty
    from dangwu.model.message import Text
    from dangwu.model.results import DutyResult

_EVENT_ANSWERS = {
    Event.RECTIFICATION_ITEM: say("close the item in its rectification list, or enter when it was reported up"),
    Event.SUPERIOR_POINT: say("put the point right, and enter closed_on in the record of the inspection"),
    Event.FEEDBACK: say("answer it, and enter answer and answered_on in the disclosure"),
    Event.LETTER: say("answer it, and enter result and replied_on in its file"),
    Event.ADMONITION_CHECK: say("the named person checks, and enters the check in its file"),
    Event.ADMONITION_OUTCOME: say("people decide, and the outcome is entered in its file"),
}


def describe_next_steps(duty: Duty, result: DutyResult, lang: Language) -> Iterator[str]:
    """Yield what to do about a duty; nothing where it is settled or the audience does not keep the records.

    What names commands and fields is a ``ScreenText``.
    """
    step = find_next_step(duty, result)
    if step is not None:
        yield from _describe_steps(duty, step, result, lang)


def describe_group_steps(behind: Sequence[Duty], result: DutyResult, lang: Language) -> Iterator[str]:
    """Yield what to do about the same duty of several people."""
    first = behind[0]
    clause, step = result.rulebook.clause(first.clause), find_next_step(first, result)
    if clause is None or step is None or len(behind) == 1:
        yield from describe_next_steps(first, result, lang)
        return
    member = find_member_option(clause, first, result)
    shared = step._replace(answers=tuple((key, "ID" if key == member else value) for key, value in step.answers))
    yield next(_describe_steps(first, shared, result, lang))
    if shared != step:
        text = say("for ID one after the other: {ids}", ids=tuple(duty.subject or "" for duty in behind))
        yield ScreenText(lang.text(text))
    if first.state is DutyState.OVERDUE:
        yield ScreenText(lang.text(say("A waiver names the duty of each, as in {id}.", id=first.id)))


def _describe_steps(duty: Duty, step: NextStep, result: DutyResult, lang: Language) -> Iterator[str]:
    text = lang.text(describe_step(duty, step, result))
    too_late = step.action is StepAction.TOO_LATE
    yield text if too_late else ScreenText(text)
    if duty.state is DutyState.OVERDUE:
        waiver = f"dangwu new waiver --duty {quote_for_shell(duty.id)}"
        if too_late:
            last = say("Next: record a waiver, or that it was missed and why: {command}", command=waiver)
        else:
            last = say("or record a waiver, or that it was missed and why: {command}", command=waiver)
        yield ScreenText(lang.text(last))


def describe_step(duty: Duty, step: NextStep, result: DutyResult) -> Text:
    """Return a step in words, with the command that makes the record."""
    if step.action is StepAction.TOO_LATE:
        return say("Its period is over, and what is done now counts for its own day: it cannot be made up for.")
    if step.action is StepAction.ENTER_PAYMENT:
        return say("Next: enter the payment in {path}", path=step.path or "")
    if step.action is StepAction.ANSWER:
        clause = result.rulebook.clause(duty.clause)
        return say("Next: {command}", command=_EVENT_ANSWERS[clause.event] if clause and clause.event else "")
    return _describe_command(step.action, format_new_command(step))


def _describe_command(action: StepAction, command: str) -> Text:
    match action:
        case StepAction.START_LEDGER:
            return say("Next: make the ledger of the year first: {command}", command=command)
        case StepAction.RECORD_LATE:
            return say("Next: write it now: {command}", command=command)
        case StepAction.HOLD_LATE:
            return say("Next: hold it late and record it: {command}", command=command)
        case _:
            return say("Next: {command}", command=command)


def format_new_command(step: NextStep) -> str:
    """Return the command that makes a step's record."""
    return " ".join(("dangwu new", step.kind, *format_options(step.answers)))


def format_options(answers: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield answers as words of a command line."""
    for option, value in answers:
        yield from (f"--{option}", value)


def quote_for_shell(word: str) -> str:
    """Return a word in quotes if it has brackets, as in 9.2(4), which most shells would interpret."""
    return f'"{word}"' if "(" in word else word

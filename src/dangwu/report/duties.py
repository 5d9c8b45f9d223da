"""The page of ``dangwu due``: the calendar, and what to do next, worst first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.duty import State
from dangwu.model.text import say
from dangwu.report.months import calendars
from dangwu.report.naming import duty_name, origin
from dangwu.report.page import Block, Cell, Heading, Item, Items, KeyValues, Page, Paragraph
from dangwu.report.scope import assumed
from dangwu.report.tone import Tone
from dangwu.report.words import EVERY_FACE, face

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dangwu.lang import Language
    from dangwu.model.duty import Duty
    from dangwu.model.record import Waiver
    from dangwu.model.result import Owed

_RANK = {State.OVERDUE: 0, State.OPEN: 1}


def due_page(owed: Owed, lang: Language) -> Page:
    """Return the page of a range of duties."""
    blocks: list[Block] = [state_figures(owed.duties, lang)]
    blocks.extend(calendars(owed, lang))
    blocks.append(Heading(lang.text(say("What to do next"))))
    blocks.append(Items(to_do(owed, lang), lang.text(say("Nothing is overdue or open."))))
    if owed.overdue_before:
        text = say("Duties of the year before that are still overdue: {count}.", count=owed.overdue_before)
        blocks.append(Paragraph(lang.text(text), Tone.BAD))
    blocks.extend(assumed_lines(owed, lang))
    return Page(title=lang.text(say("Duties and their states")), subtitle=origin(owed, lang), blocks=tuple(blocks))


def state_figures(duties: Iterable[Duty], lang: Language) -> KeyValues:
    """Return how many duties have each state, of the states that occur."""
    shown = [face(duty) for duty in duties]
    pairs = ((lang.text(each.word), Cell(str(shown.count(each)), each.tone)) for each in EVERY_FACE if each in shown)
    return KeyValues(tuple(pairs), figures=True)


def to_do(owed: Owed, lang: Language) -> tuple[Item, ...]:
    """Return what is overdue, then what is open, each by due day; misses that have been stated are settled."""
    chosen = (duty for duty in owed.duties if duty.state in _RANK and not duty.acknowledged)
    ordered = sorted(chosen, key=lambda duty: (_RANK[duty.state], duty.due, duty.clause, duty.subject or ""))
    return tuple(_item(duty, owed, lang) for duty in ordered)


def assumed_lines(owed: Owed, lang: Language) -> Iterator[Paragraph]:
    """Yield a sentence for each setting that decided something by its default."""
    for key, value, title in assumed(owed):
        text = say("Assumed: {title}: {value} ({key}, not set in branch.yaml).", title=title, value=value, key=key)
        yield Paragraph(lang.text(text), Tone.QUIET)


def _item(duty: Duty, owed: Owed, lang: Language) -> Item:
    return Item(
        tag=lang.text(face(duty).word),
        title=duty_name(duty, owed, lang),
        tone=face(duty).tone,
        code=duty.id,
        details=tuple(duty_details(duty, owed, lang)),
    )


def duty_details(duty: Duty, owed: Owed, lang: Language) -> Iterator[str]:
    """Yield the due day, why the state is what it is, what nearly counted, and the next step."""
    days = (duty.due - owed.as_of).days
    if duty.state not in _RANK:
        yield lang.text(say("Due by {day}.", day=duty.due))
    elif days < 0:
        yield lang.text(say("Due by {day}, days past: {days}.", day=duty.due, days=-days))
    else:
        yield lang.text(say("Due by {day}, days left: {days}.", day=duty.due, days=days))
    if duty.reason is not None:
        yield lang.text(duty.reason)
    for each in duty.near_misses:
        yield lang.text(say("Does not count: {path}: {reason}", path=each.path, reason=each.reason))
    yield from _next_steps(duty, owed, lang)


def _next_steps(duty: Duty, owed: Owed, lang: Language) -> Iterator[str]:
    clause = owed.rulebook.clause(duty.clause)
    if clause is None or clause.record is None or duty.state not in _RANK or duty.acknowledged:
        return
    command = f"dangwu new {clause.record}" + (f" --group {duty.subject}" if duty.subject else "")
    if duty.state is State.OPEN:
        yield lang.text(say("Next: {command}", command=command))
        return
    late = f"{command} --makes-up {duty.period.label}" if owed.as_of >= duty.period.end else command
    yield lang.text(say("Next: hold it late and record it: {command}", command=late))
    waiver = f"dangwu new waiver --duty {duty.id}"
    yield lang.text(say("or record a waiver, or that it was missed and why: {command}", command=waiver))


def waiver_of(duty: Duty, owed: Owed) -> Waiver | None:
    """Return the waiver that a duty's state rests on."""
    return next((each for each in owed.corpus.waivers if each.path == duty.waiver), None) if duty.waiver else None

"""The page of ``dangwu due``: a calendar for each system, what followed from events, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.duty import State
from dangwu.model.message import say
from dangwu.pages.charts.month_calendar import calendars
from dangwu.pages.filters import kinds_of, place_of
from dangwu.pages.page import Block, Cell, Column, Heading, Item, Items, KeyValues, Page, Paragraph, Table, back_to
from dangwu.pages.scope import assumed
from dangwu.pages.tone import Tone
from dangwu.pages.wording.grouped_duties import together
from dangwu.pages.wording.names import after_event, clause_name, duty_name, joined, origin, period_name, personal
from dangwu.pages.wording.next_step import next_steps, steps_together
from dangwu.pages.wording.states import EVERY_FACE, GENERALLY, face

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dangwu.language import Language
    from dangwu.model.duty import Duty
    from dangwu.model.record import Waiver
    from dangwu.model.results import Owed
    from dangwu.pages.wording.grouped_duties import Together
    from dangwu.pages.wording.states import Face

_RANK = {State.OVERDUE: 0, State.OPEN: 2}
_AFTER_OVERDUE = 1


def due_page(owed: Owed, lang: Language) -> Page:
    """Return the page of a range of duties."""
    blocks: list[Block] = [state_figures(owed.duties, lang)]
    blocks.extend(calendars(owed, lang))
    blocks.extend(events(owed, lang))
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


def events(owed: Owed, lang: Language, system: int | None = None) -> Iterator[Block]:
    """Yield what followed from events, if anything did: these duties have a day and no period."""
    duties = [each for each in owed.duties if after_event(each, owed) and system in {None, each.system}]
    if not duties:
        return
    columns = (
        Column(lang.text(say("Duty"))),
        Column(lang.text(say("what about"))),
        Column(lang.text(say("since")), short=True),
        Column(lang.text(say("due by")), short=True),
        Column(lang.text(say("state")), short=True),
    )
    rows = tuple(
        (
            _leading(each, owed, lang),
            Cell(each.what or each.subject or ""),
            Cell(each.opens.isoformat()),
            Cell(each.due.isoformat()),
            Cell(lang.text(face(each).word), face(each).tone),
        )
        for each in duties
    )
    yield Table(lang.text(say("What followed from events")), columns, rows)


def _leading(duty: Duty, owed: Owed, lang: Language) -> Cell:
    place = place_of(duty, owed)
    return Cell(clause_name(duty, lang), anchor=back_to(place), target=place, kinds=kinds_of([duty]))


def to_do(owed: Owed, lang: Language) -> tuple[Item, ...]:
    """Return what is overdue, then what is open, each by due day; misses that have been stated are settled.

    What many people owe is one item, with the names of those behind.
    """
    chosen = [duty for duty in owed.duties if duty.state in _RANK and not duty.acknowledged]
    alone = [duty for duty in chosen if not personal(duty, owed)]
    items = [(_order(duty), _item(duty, owed, lang)) for duty in alone]
    for group in together((duty for duty in owed.duties if personal(duty, owed)), owed):
        for shown in dict.fromkeys(face(each) for each in group.duties if each in chosen):
            behind = group.behind(shown)
            items.append((_order(behind[0]), _people(group, shown, behind, owed, lang)))
    return tuple(item for _, item in sorted(items, key=lambda each: each[0]))


def _order(duty: Duty) -> tuple[int, str, str, str]:
    rank = _AFTER_OVERDUE if face(duty) == GENERALLY else _RANK[duty.state]
    return (rank, duty.due.isoformat(), duty.clause, duty.subject or "")


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
        target=place_of(duty, owed),
        kinds=kinds_of([duty]),
    )


def _people(group: Together, shown: Face, behind: tuple[Duty, ...], owed: Owed, lang: Language) -> Item:
    """Return what some people have not done yet as one item."""
    if len(group.duties) == 1:
        return _item(behind[0], owed, lang)
    first = behind[0]
    missing = lang.text(say("{missing} of {all} missing", missing=len(behind), all=group.owed))
    names = tuple(owed.corpus.name_of(each.subject or "") for each in behind)
    near = [line for each in behind for line in _near(each, lang)]
    return Item(
        tag=lang.text(shown.word),
        title=joined((clause_name(first, lang), lang.text(period_name(first.period)), missing), lang),
        tone=shown.tone,
        code=f"{first.clause}/{first.period.label}",
        details=(_when(first, owed, lang), lang.value(names), *near, *steps_together(behind, owed, lang)),
        target=place_of(first, owed),
        kinds=kinds_of(behind),
    )


def duty_details(duty: Duty, owed: Owed, lang: Language) -> Iterator[str]:
    """Yield the due day, why the state is what it is, what nearly counted, and the next step."""
    yield _when(duty, owed, lang)
    if duty.reason is not None:
        yield lang.text(duty.reason)
    yield from _near(duty, lang)
    if duty.shares:
        yield lang.text(say("The evidence of {clauses} counts here too.", clauses=duty.shares))
    yield from next_steps(duty, owed, lang)


def _when(duty: Duty, owed: Owed, lang: Language) -> str:
    days = (duty.due - owed.as_of).days
    if duty.state not in _RANK:
        return lang.text(say("Due by {day}.", day=duty.due))
    if days < 0:
        return lang.text(say("Due by {day}, days past: {days}.", day=duty.due, days=-days))
    return lang.text(say("Due by {day}, days left: {days}.", day=duty.due, days=days))


def _near(duty: Duty, lang: Language) -> Iterator[str]:
    for each in duty.near_misses:
        yield lang.text(say("Does not count: {path}: {reason}", path=each.path, reason=each.reason))


def waiver_of(duty: Duty, owed: Owed) -> Waiver | None:
    """Return the waiver that a duty's state rests on."""
    return next((each for each in owed.corpus.waivers if each.path == duty.waiver), None) if duty.waiver else None

"""The page of ``dangwu due``: a calendar for each system, what followed from events, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.duty import DutyState
from dangwu.model.message import say
from dangwu.pages.anchors import find_detail_anchor, format_back_anchor
from dangwu.pages.charts.month_calendar import build_calendars
from dangwu.pages.filters import format_duty_kinds
from dangwu.pages.page import Block, Cell, Column, Heading, Item, Items, KeyValues, Page, Paragraph, Table, Tone
from dangwu.pages.scope import find_duty_assumptions
from dangwu.pages.wording.grouped_duties import group_duties
from dangwu.pages.wording.names import follows_event, format_clause_name, format_duty_name, format_origin, is_personal
from dangwu.pages.wording.next_step import describe_group_steps, describe_next_steps
from dangwu.pages.wording.states import EVERY_LOOK, GENERALLY_OVERDUE_LOOK, find_state_look
from dangwu.pages.wording.values import format_period_name, join_phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dangwu.language import Language
    from dangwu.model.duty import Duty
    from dangwu.model.record import Waiver
    from dangwu.model.results import DutyResult
    from dangwu.pages.wording.grouped_duties import DutyGroup
    from dangwu.pages.wording.states import StateLook

_STATE_RANK = {DutyState.OVERDUE: 0, DutyState.OPEN: 2}
_RANK_AFTER_OVERDUE = 1


def build_due_page(owed: DutyResult, lang: Language) -> Page:
    """Return the page of a range of duties."""
    blocks: list[Block] = [build_state_figures(owed.duties, lang)]
    blocks.extend(build_calendars(owed, lang))
    blocks.extend(build_event_blocks(owed, lang))
    blocks.append(Heading(lang.text(say("What to do next"))))
    blocks.append(Items(build_to_do_items(owed, lang), lang.text(say("Nothing is overdue or open."))))
    if owed.overdue_before:
        text = say("Duties of the year before that are still overdue: {count}.", count=owed.overdue_before)
        blocks.append(Paragraph(lang.text(text), Tone.BAD))
    blocks.extend(build_assumption_notes(owed, lang))
    return Page(
        title=lang.text(say("Duties and their states")), subtitle=format_origin(owed, lang), blocks=tuple(blocks)
    )


def build_state_figures(duties: Iterable[Duty], lang: Language) -> KeyValues:
    """Return how many duties have each state, of the states that occur."""
    shown = [find_state_look(duty) for duty in duties]
    pairs = ((lang.text(look.word), Cell(str(shown.count(look)), look.tone)) for look in EVERY_LOOK if look in shown)
    return KeyValues(tuple(pairs), figures=True)


def build_event_blocks(owed: DutyResult, lang: Language, system: int | None = None) -> Iterator[Block]:
    """Yield what followed from events, if anything did: these duties have a day and no period."""
    duties = [duty for duty in owed.duties if follows_event(duty, owed) and system in {None, duty.system}]
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
            _build_duty_cell(duty, owed, lang),
            Cell(duty.what or duty.subject or ""),
            Cell(duty.opens.isoformat()),
            Cell(duty.due.isoformat()),
            Cell(lang.text(find_state_look(duty).word), find_state_look(duty).tone),
        )
        for duty in duties
    )
    yield Table(lang.text(say("What followed from events")), columns, rows)


def _build_duty_cell(duty: Duty, owed: DutyResult, lang: Language) -> Cell:
    place = find_detail_anchor(duty, owed)
    return Cell(
        format_clause_name(duty, lang), anchor=format_back_anchor(place), target=place, kinds=format_duty_kinds([duty])
    )


def build_to_do_items(owed: DutyResult, lang: Language) -> tuple[Item, ...]:
    """Return what is overdue, then what is open, each by due day; misses that have been stated are settled.

    What many people owe is one item, with the names of those behind.
    """
    chosen = [duty for duty in owed.duties if duty.state in _STATE_RANK and not duty.acknowledged]
    alone = [duty for duty in chosen if not is_personal(duty, owed)]
    items = [(_rank_duty(duty), _build_duty_item(duty, owed, lang)) for duty in alone]
    for group in group_duties((duty for duty in owed.duties if is_personal(duty, owed)), owed):
        for shown in dict.fromkeys(find_state_look(duty) for duty in group.duties if duty in chosen):
            behind = group.behind(shown)
            items.append((_rank_duty(behind[0]), _build_group_item(group, shown, behind, owed, lang)))
    return tuple(item for _, item in sorted(items, key=lambda item: item[0]))


def _rank_duty(duty: Duty) -> tuple[int, str, str, str]:
    rank = _RANK_AFTER_OVERDUE if find_state_look(duty) == GENERALLY_OVERDUE_LOOK else _STATE_RANK[duty.state]
    return (rank, duty.due.isoformat(), duty.clause, duty.subject or "")


def build_assumption_notes(owed: DutyResult, lang: Language) -> Iterator[Paragraph]:
    """Yield a sentence for each setting that decided something by its default."""
    for key, value, title in find_duty_assumptions(owed):
        text = say("Assumed: {title}: {value} ({key}, not set in branch.yaml).", title=title, value=value, key=key)
        yield Paragraph(lang.text(text), Tone.QUIET)


def _build_duty_item(duty: Duty, owed: DutyResult, lang: Language) -> Item:
    return Item(
        tag=lang.text(find_state_look(duty).word),
        title=format_duty_name(duty, owed, lang),
        tone=find_state_look(duty).tone,
        code=duty.id,
        details=tuple(describe_duty(duty, owed, lang)),
        target=find_detail_anchor(duty, owed),
        kinds=format_duty_kinds([duty]),
    )


def _build_group_item(
    group: DutyGroup, shown: StateLook, behind: tuple[Duty, ...], owed: DutyResult, lang: Language
) -> Item:
    """Return what some people have not done yet as one item."""
    if len(group.duties) == 1:
        return _build_duty_item(behind[0], owed, lang)
    first = behind[0]
    missing = lang.text(say("{missing} of {all} missing", missing=len(behind), all=group.owed))
    names = tuple(owed.corpus.name_of(duty.subject or "") for duty in behind)
    near = [line for duty in behind for line in _describe_near_misses(duty, lang)]
    return Item(
        tag=lang.text(shown.word),
        title=join_phrases(
            (format_clause_name(first, lang), lang.text(format_period_name(first.period)), missing), lang
        ),
        tone=shown.tone,
        code=f"{first.clause}/{first.period.label}",
        details=(
            _describe_due_day(first, owed, lang),
            lang.value(names),
            *near,
            *describe_group_steps(behind, owed, lang),
        ),
        target=find_detail_anchor(first, owed),
        kinds=format_duty_kinds(behind),
    )


def describe_duty(duty: Duty, owed: DutyResult, lang: Language) -> Iterator[str]:
    """Yield the due day, why the state is what it is, what nearly counted, and the next step."""
    yield _describe_due_day(duty, owed, lang)
    if duty.reason is not None:
        yield lang.text(duty.reason)
    yield from _describe_near_misses(duty, lang)
    if duty.shares:
        yield lang.text(say("The evidence of {clauses} counts here too.", clauses=duty.shares))
    yield from describe_next_steps(duty, owed, lang)


def _describe_due_day(duty: Duty, owed: DutyResult, lang: Language) -> str:
    days = (duty.due - owed.as_of).days
    if duty.state not in _STATE_RANK:
        return lang.text(say("Due by {day}.", day=duty.due))
    if days < 0:
        return lang.text(say("Due by {day}, days past: {days}.", day=duty.due, days=-days))
    return lang.text(say("Due by {day}, days left: {days}.", day=duty.due, days=days))


def _describe_near_misses(duty: Duty, lang: Language) -> Iterator[str]:
    for miss in duty.near_misses:
        yield lang.text(say("Does not count: {path}: {reason}", path=miss.path, reason=miss.reason))


def find_duty_waiver(duty: Duty, owed: DutyResult) -> Waiver | None:
    """Return the waiver that a duty's state rests on."""
    return next((waiver for waiver in owed.corpus.waivers if waiver.path == duty.waiver), None) if duty.waiver else None

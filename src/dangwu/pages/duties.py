"""The page of ``dangwu due``: a calendar for each system, duties after events, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.duty import DutyState
from dangwu.model.message import say
from dangwu.model.period import PeriodLength
from dangwu.model.rulebook_words import PERIOD_LENGTH_NAMES
from dangwu.pages.anchors import find_detail_anchor, format_back_anchor
from dangwu.pages.charts.month_calendar import build_calendars
from dangwu.pages.filters import format_duty_kinds
from dangwu.pages.page import Block, Cell, Column, Heading, Item, Items, KeyValues, Page, Paragraph, Table, Tone
from dangwu.pages.scope import find_duty_assumptions
from dangwu.pages.wording.grouped_duties import group_duties
from dangwu.pages.wording.names import follows_event, format_clause_name, format_duty_name, format_origin, is_personal
from dangwu.pages.wording.next_step import describe_group_steps, describe_next_steps
from dangwu.pages.wording.states import EVERY_LOOK, GENERALLY_OVERDUE_LOOK, find_state_look
from dangwu.pages.wording.values import format_period_name, join_phrases, join_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dangwu.language import Language
    from dangwu.model.duty import Duty
    from dangwu.model.record import Waiver
    from dangwu.model.results import DutyResult
    from dangwu.pages.wording.grouped_duties import DutyGroup
    from dangwu.pages.wording.states import StateLook

_STATE_RANK = {DutyState.OVERDUE: 0, DutyState.OPEN: 2}
_RANK_AFTER_OVERDUE = 1


def build_due_page(result: DutyResult, lang: Language) -> Page:
    """Return the page of a range of duties."""
    blocks: list[Block] = [build_state_figures(result.duties, lang)]
    blocks.extend(build_calendars(result, lang))
    blocks.extend(build_event_blocks(result, lang))
    blocks.append(Heading(lang.text(say("What to do next"))))
    blocks.append(Items(build_to_do_items(result, lang), lang.text(say("Nothing is overdue or open."))))
    if result.overdue_before:
        text = say("Duties of the year before that are still overdue: {count}.", count=result.overdue_before)
        blocks.append(Paragraph(lang.text(text), Tone.BAD))
    blocks.extend(build_recording_note(result, lang))
    blocks.extend(build_assumption_line(result, lang))
    return Page(
        title=lang.text(say("Duties and their states")), subtitle=format_origin(result, lang), blocks=tuple(blocks)
    )


def build_state_figures(duties: Iterable[Duty], lang: Language) -> KeyValues:
    """Return the number of duties in each state that occurs."""
    found_looks = [find_state_look(duty) for duty in duties]
    pairs = (
        (lang.text(look.word), Cell(str(found_looks.count(look)), look.tone))
        for look in EVERY_LOOK
        if look in found_looks
    )
    return KeyValues(tuple(pairs), figures=True)


def build_event_blocks(result: DutyResult, lang: Language, system: int | None = None) -> Iterator[Block]:
    """Yield a table of the duties after events, if there are any: they have a due day and no period."""
    duties = [duty for duty in result.duties if follows_event(duty, result) and system in {None, duty.system}]
    if not duties:
        return
    columns = (
        Column(lang.text(say("Duty"))),
        Column(lang.text(say("concerning"))),
        Column(lang.text(say("since")), short=True),
        Column(lang.text(say("due by")), short=True),
        Column(lang.text(say("state")), short=True),
    )
    rows = tuple(
        (
            _build_duty_cell(duty, result, lang),
            Cell(lang.value(duty.what or duty.subject or "")),
            Cell(lang.value(duty.opens)),
            Cell(lang.value(duty.due)),
            Cell(lang.text(find_state_look(duty).word), find_state_look(duty).tone),
        )
        for duty in duties
    )
    yield Table(lang.text(say("Duties after events")), columns, rows)


def _build_duty_cell(duty: Duty, result: DutyResult, lang: Language) -> Cell:
    place = find_detail_anchor(duty, result)
    return Cell(
        format_clause_name(duty, lang), anchor=format_back_anchor(place), target=place, kinds=format_duty_kinds([duty])
    )


def build_to_do_items(
    result: DutyResult, lang: Language, is_wanted: Callable[[Duty], bool] = lambda _: True
) -> tuple[Item, ...]:
    """Return what is overdue, then what is open, each by due day; a miss that has been stated is left out.

    The same duty of several people is one item with the names of those behind.
    """

    def is_listed(duty: Duty) -> bool:
        return _is_unsettled(duty) and is_wanted(duty)

    alone = [duty for duty in result.duties if is_listed(duty) and not is_personal(duty, result)]
    items = [(_rank_duty(duty), _build_duty_item(duty, result, lang)) for duty in alone]
    for group in group_duties((duty for duty in result.duties if is_personal(duty, result)), result):
        for look in dict.fromkeys(find_state_look(duty) for duty in group.duties if is_listed(duty)):
            behind = group.select(look)
            items.append((_rank_duty(behind[0]), _build_group_item(group, look, behind, result, lang)))
    return tuple(item for _, item in sorted(items, key=lambda item: item[0]))


def _is_unsettled(duty: Duty) -> bool:
    """Tell whether a duty is overdue or open and nobody has stated that it was missed."""
    return duty.state in _STATE_RANK and not duty.acknowledged


def _rank_duty(duty: Duty) -> tuple[int, str, str, str]:
    rank = _RANK_AFTER_OVERDUE if find_state_look(duty) == GENERALLY_OVERDUE_LOOK else _STATE_RANK[duty.state]
    return (rank, duty.due.isoformat(), duty.clause, duty.subject or "")


def build_assumption_notes(result: DutyResult, lang: Language) -> Iterator[Paragraph]:
    """Yield a sentence for each setting that is not in branch.yaml and whose default decided a duty."""
    for key, value, title in find_duty_assumptions(result):
        text = say("Assumed: {title}: {value} ({key}, not set in branch.yaml).", title=title, value=value, key=key)
        yield Paragraph(lang.text(text), Tone.QUIET)


def build_assumption_line(result: DutyResult, lang: Language, *, for_paper: bool = False) -> Iterator[Paragraph]:
    """Yield one sentence with all settings that ``build_assumption_notes`` says one by one."""
    assumed = tuple(
        f"{lang.value(title)} {_format_setting(value, lang)}" for _, value, title in find_duty_assumptions(result)
    )
    if assumed:
        settings = join_sentences(assumed, lang)
        text = (
            say("Assumed, as the branch has not decided otherwise: {settings}.", settings=settings)
            if for_paper
            else say("Assumed, as branch.yaml does not say otherwise: {settings}.", settings=settings)
        )
        yield Paragraph(lang.text(text), Tone.QUIET)


def _format_setting(value: int | str, lang: Language) -> str:
    """Return the value of a setting, how often something is done in words."""
    return lang.text(PERIOD_LENGTH_NAMES[PeriodLength(value)]) if value in set(PeriodLength) else str(value)


def build_recording_note(result: DutyResult, lang: Language) -> Iterator[Paragraph]:
    """Yield a warning where it is not known when records were made: that none is said to be late means nothing."""
    if result.recorded_unknown is not None:
        text = say("When records were made is not known. {trouble}", trouble=result.recorded_unknown)
        yield Paragraph(lang.text(text), Tone.WARN)
    misdated = {evidence.path for duty in result.duties for evidence in duty.evidence if evidence.misdated}
    if misdated:
        text = say("Records of which it is not known when they were made: {count}. The date of their commit does not "
                   "fit: it is before the meeting, or before what it is built on.", count=len(misdated))  # fmt: skip
        yield Paragraph(lang.text(text), Tone.WARN)


def _build_duty_item(duty: Duty, result: DutyResult, lang: Language) -> Item:
    return Item(
        tag=lang.text(find_state_look(duty).word),
        title=format_duty_name(duty, result, lang),
        tone=find_state_look(duty).tone,
        code=duty.id,
        details=tuple(describe_duty(duty, result, lang)),
        target=find_detail_anchor(duty, result),
        kinds=format_duty_kinds([duty]),
    )


def _build_group_item(
    group: DutyGroup, look: StateLook, behind: tuple[Duty, ...], result: DutyResult, lang: Language
) -> Item:
    """Return one item for a duty that several people have not done yet."""
    if len(group.duties) == 1:
        return _build_duty_item(behind[0], result, lang)
    first = behind[0]
    missing = lang.text(say("{missing} of {all} missing", missing=len(behind), all=group.owed))
    names = tuple(result.corpus.name_of(duty.subject or "") for duty in behind)
    near = [line for duty in behind for line in _describe_near_misses(duty, lang)]
    return Item(
        tag=lang.text(look.word),
        title=join_phrases(
            (format_clause_name(first, lang), lang.text(format_period_name(first.period)), missing), lang
        ),
        tone=look.tone,
        code=f"{first.clause}/{first.period.label}",
        details=(
            _describe_due_day(first, result, lang),
            lang.value(names),
            *near,
            *describe_group_steps(behind, result, lang),
        ),
        target=find_detail_anchor(first, result),
        kinds=format_duty_kinds(behind),
    )


def describe_duty(duty: Duty, result: DutyResult, lang: Language) -> Iterator[str]:
    """Yield the due day, the reason for the state, the records that do not count and why, and the next step."""
    yield _describe_due_day(duty, result, lang)
    if duty.reason is not None:
        yield lang.text(duty.reason)
    yield from _describe_near_misses(duty, lang)
    if duty.shares:
        yield lang.text(say("The evidence of {clauses} counts here too.", clauses=duty.shares))
    yield from describe_next_steps(duty, result, lang)


def _describe_due_day(duty: Duty, result: DutyResult, lang: Language) -> str:
    days = (duty.due - result.as_of).days
    if duty.state not in _STATE_RANK:
        return lang.text(say("Due by {day}.", day=duty.due))
    if days < 0:
        return lang.text(say("Due by {day}, days past: {days}.", day=duty.due, days=-days))
    return lang.text(say("Due by {day}, days left: {days}.", day=duty.due, days=days))


def _describe_near_misses(duty: Duty, lang: Language) -> Iterator[str]:
    for miss in duty.near_misses:
        yield lang.text(say("Does not count: {path}: {reason}", path=miss.path, reason=miss.reason))


def find_duty_waiver(duty: Duty, result: DutyResult) -> Waiver | None:
    """Return the waiver that decided a duty's state; None where there is none."""
    return (
        next((waiver for waiver in result.corpus.waivers if waiver.path == duty.waiver), None) if duty.waiver else None
    )

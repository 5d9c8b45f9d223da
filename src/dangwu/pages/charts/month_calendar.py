"""A calendar of duties for each system: clauses and their subjects down, the months of a year across."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.duty import DutyState
from dangwu.model.message import say
from dangwu.pages.anchors import find_detail_anchor
from dangwu.pages.filters import format_duty_kinds
from dangwu.pages.page import Grid, GridCell, GridRow
from dangwu.pages.wording.grouped_duties import DutyGroup, group_duties
from dangwu.pages.wording.names import (
    follows_event,
    format_clause_name,
    format_duty_name,
    format_subject_name,
    format_system_name,
    is_personal,
)
from dangwu.pages.wording.states import EVERY_LOOK, RECORDED_LATE_LOOK, STATE_LOOKS, find_state_look, is_recorded_late
from dangwu.pages.wording.values import MONTH_NAMES, format_period_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import TypeVar

    from dangwu.language import Language
    from dangwu.model.duty import Duty
    from dangwu.model.period import Period
    from dangwu.model.results import DutyResult

    T = TypeVar("T", bound="Duty | DutyGroup")


def build_calendars(result: DutyResult, lang: Language, system: int | None = None) -> tuple[Grid, ...]:
    """Return a calendar for each year in which a duty's period begins and each system, or for one system.

    Duties after an event have no period and are left out. The last calendar of a year has the legend for all of them.
    """
    duties = [duty for duty in result.duties if not follows_event(duty, result) and system in {None, duty.system}]
    calendars: list[Grid] = []
    for year in sorted({duty.period.start.year for duty in duties}):
        own = [duty for duty in duties if duty.period.start.year == year]
        numbers = list(dict.fromkeys(duty.system for duty in own))
        for number in numbers:
            part = [duty for duty in own if duty.system == number]
            legend = tuple(_build_legend(own, lang)) if number == numbers[-1] else ()
            calendars.append(_build_calendar(part, year, legend, result, lang))
    return tuple(calendars)


def _build_calendar(
    duties: Sequence[Duty], year: int, legend: tuple[GridCell, ...], result: DutyResult, lang: Language
) -> Grid:
    rows: list[GridRow] = []
    for clause in dict.fromkeys(duty.clause for duty in duties):
        rows.extend(_build_rows([duty for duty in duties if duty.clause == clause], result, lang))
    title = format_system_name(duties[0].system, result, lang)
    return Grid(
        caption=lang.text(say("{system}: duties of {year} by month", system=title, year=f"{year:04d}")),
        corner=lang.text(say("Duty")),
        columns=tuple(lang.text(month) for month in MONTH_NAMES),
        rows=tuple(rows),
        legend=legend,
    )


def _build_rows(duties: Sequence[Duty], result: DutyResult, lang: Language) -> Iterator[GridRow]:
    title = format_clause_name(duties[0], lang)
    if is_personal(duties[0], result) and len({duty.subject for duty in duties}) > 1:
        for row in _arrange_in_lanes(group_duties(sorted(duties, key=lambda duty: duty.period), result)):
            yield GridRow(title, tuple(_fill_row_cells(row, lambda group: _build_group_cell(group, result, lang))))
        return
    # A branch that had no groups at first has a row of its own for that time, which is the head of the others.
    subjects = sorted(dict.fromkeys(duty.subject for duty in duties), key=bool)
    if all(subjects):
        yield GridRow(title)
    for subject in subjects:
        own = sorted((duty for duty in duties if duty.subject == subject), key=lambda duty: duty.period)
        label = format_subject_name(own[0], result) or title
        for lane in _arrange_in_lanes(own):
            yield GridRow(
                label,
                tuple(_fill_row_cells(lane, lambda duty: _build_duty_cell(duty, result, lang))),
                inner=bool(subject),
            )


def _arrange_in_lanes(duties: Iterable[T]) -> list[list[T]]:
    """Return the duties in as few rows as possible without overlapping periods."""
    lanes: list[list[T]] = []
    for duty in duties:
        lane = next((candidate for candidate in lanes if candidate[-1].period.end <= duty.period.start), None)
        if lane is None:
            lanes.append([duty])
        else:
            lane.append(duty)
    return lanes


def _fill_row_cells(duties: Iterable[T], build_cell: Callable[[T], GridCell]) -> Iterator[GridCell]:
    month = 1
    for duty in duties:
        period: Period = duty.period
        first = period.start.month
        if first > month:
            yield GridCell(span=first - month)
        yield build_cell(duty)._replace(span=period.every.months)
        month = first + period.every.months
    if month <= len(MONTH_NAMES):
        yield GridCell(span=len(MONTH_NAMES) + 1 - month)


def _build_duty_cell(duty: Duty, result: DutyResult, lang: Language) -> GridCell:
    late = lang.value(RECORDED_LATE_LOOK.mark) if is_recorded_late(duty) else ""
    mark = lang.value(find_state_look(duty).mark) + late
    return GridCell(
        mark=mark,
        note=_format_done_days(duty),
        words=_describe_duty(duty, result, lang),
        tone=find_state_look(duty).tone,
        target=find_detail_anchor(duty, result),
        kinds=format_duty_kinds([duty]),
    )


def _build_group_cell(group: DutyGroup, result: DutyResult, lang: Language) -> GridCell:
    """Return one cell for a duty of several people, with the number done and the number owed."""
    name = f"{format_clause_name(group.duties[0], lang)}, {lang.text(format_period_name(group.period))}"
    words = say("{done} of {owed} done", done=group.done, owed=group.owed)
    begun = group.owed and group.worst_look != STATE_LOOKS[DutyState.UPCOMING]
    return GridCell(
        mark=lang.value(group.worst_look.mark),
        note=f"{group.done}/{group.owed}" if begun else "",
        words=f"{name}: {lang.text(words)}; {lang.text(group.worst_look.word)}",
        tone=group.worst_look.tone,
        target=find_detail_anchor(group.duties[0], result),
        kinds=format_duty_kinds(group.duties),
    )


def _format_done_days(duty: Duty) -> str:
    """Return the days on which a duty was done: the day of the month, with the month where the period is longer."""
    days = [evidence.held_on for evidence in duty.evidence[: duty.count]]
    own = all(day in duty.period for day in days) and duty.period.every.months == 1
    return ",".join(str(day.day) if own else f"{day.month}-{day.day}" for day in days)


def _describe_duty(duty: Duty, result: DutyResult, lang: Language) -> str:
    parts = [f"{format_duty_name(duty, result, lang)}: {lang.text(find_state_look(duty).word)}"]
    parts.extend(lang.text(say("done on {day}", day=evidence.held_on)) for evidence in duty.evidence)
    if is_recorded_late(duty):
        parts.append(lang.text(RECORDED_LATE_LOOK.word))
    if not duty.evidence and duty.state in {DutyState.OPEN, DutyState.OVERDUE, DutyState.UPCOMING}:
        parts.append(lang.text(say("due by {day}", day=duty.due)))
    return "; ".join(parts)


def _build_legend(duties: Sequence[Duty], lang: Language) -> Iterator[GridCell]:
    found_looks = [find_state_look(duty) for duty in duties]
    looks = [look for look in EVERY_LOOK if look in found_looks]
    if any(is_recorded_late(duty) for duty in duties):
        looks.append(RECORDED_LATE_LOOK)
    for look in looks:
        yield GridCell(mark=lang.value(look.mark), words=lang.text(look.word), tone=look.tone)

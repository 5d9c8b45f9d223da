"""Duties as a calendar: clauses and their subjects down, the months of a year across, a calendar for each system."""

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


def build_calendars(owed: DutyResult, lang: Language, system: int | None = None) -> tuple[Grid, ...]:
    """Return a calendar for each year in which a duty's period begins, and in it for each system, or one system.

    What follows from an event has no place in a calendar. The last of a year's calendars explains the marks of all.
    """
    duties = [duty for duty in owed.duties if not follows_event(duty, owed) and system in {None, duty.system}]
    made: list[Grid] = []
    for year in sorted({duty.period.start.year for duty in duties}):
        own = [duty for duty in duties if duty.period.start.year == year]
        numbers = list(dict.fromkeys(duty.system for duty in own))
        for number in numbers:
            part = [duty for duty in own if duty.system == number]
            legend = tuple(_build_legend(own, lang)) if number == numbers[-1] else ()
            made.append(_build_calendar(part, year, legend, owed, lang))
    return tuple(made)


def _build_calendar(
    duties: Sequence[Duty], year: int, legend: tuple[GridCell, ...], owed: DutyResult, lang: Language
) -> Grid:
    rows: list[GridRow] = []
    for clause in dict.fromkeys(duty.clause for duty in duties):
        rows.extend(_build_rows([duty for duty in duties if duty.clause == clause], owed, lang))
    title = format_system_name(duties[0].system, owed, lang)
    return Grid(
        caption=lang.text(say("{system}: duties of {year} by month", system=title, year=f"{year:04d}")),
        corner=lang.text(say("Duty")),
        columns=tuple(lang.text(month) for month in MONTH_NAMES),
        rows=tuple(rows),
        legend=legend,
    )


def _build_rows(duties: Sequence[Duty], owed: DutyResult, lang: Language) -> Iterator[GridRow]:
    title = format_clause_name(duties[0], lang)
    if is_personal(duties[0], owed) and len({duty.subject for duty in duties}) > 1:
        for row in _arrange_in_lanes(group_duties(sorted(duties, key=lambda duty: duty.period), owed)):
            yield GridRow(title, tuple(_fill_row_cells(row, lambda group: _build_group_cell(group, owed, lang))))
        return
    subjects = dict.fromkeys(duty.subject for duty in duties)
    if any(subjects):
        yield GridRow(title)
    for subject in subjects:
        own = sorted((duty for duty in duties if duty.subject == subject), key=lambda duty: duty.period)
        label = format_subject_name(own[0], owed) or title
        for lane in _arrange_in_lanes(own):
            yield GridRow(
                label,
                tuple(_fill_row_cells(lane, lambda duty: _build_duty_cell(duty, owed, lang))),
                inner=bool(subject),
            )


def _arrange_in_lanes(duties: Iterable[T]) -> list[list[T]]:
    """Return the duties in as few rows as hold them without overlap."""
    lanes: list[list[T]] = []
    for duty in duties:
        lane = next((candidate for candidate in lanes if candidate[-1].period.end <= duty.period.start), None)
        if lane is None:
            lanes.append([duty])
        else:
            lane.append(duty)
    return lanes


def _fill_row_cells(duties: Iterable[T], shown: Callable[[T], GridCell]) -> Iterator[GridCell]:
    month = 1
    for duty in duties:
        period: Period = duty.period
        first = period.start.month
        if first > month:
            yield GridCell(span=first - month)
        yield shown(duty)._replace(span=period.every.months)
        month = first + period.every.months
    if month <= len(MONTH_NAMES):
        yield GridCell(span=len(MONTH_NAMES) + 1 - month)


def _build_duty_cell(duty: Duty, owed: DutyResult, lang: Language) -> GridCell:
    late = lang.value(RECORDED_LATE_LOOK.mark) if is_recorded_late(duty) else ""
    mark = lang.value(find_state_look(duty).mark) + late
    return GridCell(
        mark=mark,
        note=_format_done_days(duty),
        words=_describe_duty(duty, owed, lang),
        tone=find_state_look(duty).tone,
        target=find_detail_anchor(duty, owed),
        kinds=format_duty_kinds([duty]),
    )


def _build_group_cell(each: DutyGroup, owed: DutyResult, lang: Language) -> GridCell:
    """Return what many people owe as one cell: how many of how many have done it."""
    name = f"{format_clause_name(each.duties[0], lang)}, {lang.text(format_period_name(each.period))}"
    words = say("{done} of {owed} done", done=each.done, owed=each.owed)
    begun = each.owed and each.face != STATE_LOOKS[DutyState.UPCOMING]
    return GridCell(
        mark=lang.value(each.face.mark),
        note=f"{each.done}/{each.owed}" if begun else "",
        words=f"{name}: {lang.text(words)}; {lang.text(each.face.word)}",
        tone=each.face.tone,
        target=find_detail_anchor(each.duties[0], owed),
        kinds=format_duty_kinds(each.duties),
    )


def _format_done_days(duty: Duty) -> str:
    """Return the day or days on which it was done: days of the month, with the month where that is not plain."""
    days = [evidence.held_on for evidence in duty.evidence[: duty.count]]
    own = all(day in duty.period for day in days) and duty.period.every.months == 1
    return ",".join(str(day.day) if own else f"{day.month}-{day.day}" for day in days)


def _describe_duty(duty: Duty, owed: DutyResult, lang: Language) -> str:
    parts = [f"{format_duty_name(duty, owed, lang)}: {lang.text(find_state_look(duty).word)}"]
    parts.extend(lang.text(say("done on {day}", day=evidence.held_on)) for evidence in duty.evidence)
    if is_recorded_late(duty):
        parts.append(lang.text(RECORDED_LATE_LOOK.word))
    if not duty.evidence and duty.state in {DutyState.OPEN, DutyState.OVERDUE, DutyState.UPCOMING}:
        parts.append(lang.text(say("due by {day}", day=duty.due)))
    return "; ".join(parts)


def _build_legend(duties: Sequence[Duty], lang: Language) -> Iterator[GridCell]:
    shown = [find_state_look(duty) for duty in duties]
    faces = [look for look in EVERY_LOOK if look in shown]
    if any(is_recorded_late(duty) for duty in duties):
        faces.append(RECORDED_LATE_LOOK)
    for face in faces:
        yield GridCell(mark=lang.value(face.mark), words=lang.text(face.word), tone=face.tone)

"""Duties as a calendar: clauses and their subjects down, the months of a year across, a calendar for each system."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.duty import State
from dangwu.model.message import say
from dangwu.pages.filters import kinds_of, place_of
from dangwu.pages.page import Grid, GridCell, GridRow
from dangwu.pages.wording.grouped_duties import Together, together
from dangwu.pages.wording.names import (
    after_event,
    clause_name,
    duty_name,
    period_name,
    personal,
    subject_name,
    system_name,
)
from dangwu.pages.wording.states import EVERY_FACE, FACES, MONTHS, RECORDED_LATE, face, recorded_late

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import TypeVar

    from dangwu.language import Language
    from dangwu.model.duty import Duty
    from dangwu.model.period import Period
    from dangwu.model.results import Owed

    T = TypeVar("T", bound="Duty | Together")


def calendars(owed: Owed, lang: Language, system: int | None = None) -> tuple[Grid, ...]:
    """Return a calendar for each year in which a duty's period begins, and in it for each system, or one system.

    What follows from an event has no place in a calendar. The last of a year's calendars explains the marks of all.
    """
    duties = [each for each in owed.duties if not after_event(each, owed) and system in {None, each.system}]
    made: list[Grid] = []
    for year in sorted({duty.period.start.year for duty in duties}):
        own = [duty for duty in duties if duty.period.start.year == year]
        numbers = list(dict.fromkeys(duty.system for duty in own))
        for number in numbers:
            part = [duty for duty in own if duty.system == number]
            legend = tuple(_legend(own, lang)) if number == numbers[-1] else ()
            made.append(_calendar(part, year, legend, owed, lang))
    return tuple(made)


def _calendar(duties: Sequence[Duty], year: int, legend: tuple[GridCell, ...], owed: Owed, lang: Language) -> Grid:
    rows: list[GridRow] = []
    for clause in dict.fromkeys(duty.clause for duty in duties):
        rows.extend(_rows([duty for duty in duties if duty.clause == clause], owed, lang))
    title = system_name(duties[0].system, owed, lang)
    return Grid(
        caption=lang.text(say("{system}: duties of {year} by month", system=title, year=f"{year:04d}")),
        corner=lang.text(say("Duty")),
        columns=tuple(lang.text(month) for month in MONTHS),
        rows=tuple(rows),
        legend=legend,
    )


def _rows(duties: Sequence[Duty], owed: Owed, lang: Language) -> Iterator[GridRow]:
    title = clause_name(duties[0], lang)
    if personal(duties[0], owed) and len({duty.subject for duty in duties}) > 1:
        for row in _lanes(together(sorted(duties, key=lambda duty: duty.period), owed)):
            yield GridRow(title, tuple(_cells(row, lambda each: _counted(each, owed, lang))))
        return
    subjects = dict.fromkeys(duty.subject for duty in duties)
    if any(subjects):
        yield GridRow(title)
    for subject in subjects:
        own = sorted((duty for duty in duties if duty.subject == subject), key=lambda duty: duty.period)
        label = subject_name(own[0], owed) or title
        for lane in _lanes(own):
            yield GridRow(label, tuple(_cells(lane, lambda each: _single(each, owed, lang))), inner=bool(subject))


def _lanes(duties: Iterable[T]) -> list[list[T]]:
    """Return the duties in as few rows as hold them without overlap."""
    lanes: list[list[T]] = []
    for duty in duties:
        lane = next((each for each in lanes if each[-1].period.end <= duty.period.start), None)
        if lane is None:
            lanes.append([duty])
        else:
            lane.append(duty)
    return lanes


def _cells(duties: Iterable[T], shown: Callable[[T], GridCell]) -> Iterator[GridCell]:
    month = 1
    for duty in duties:
        period: Period = duty.period
        first = period.start.month
        if first > month:
            yield GridCell(span=first - month)
        yield shown(duty)._replace(span=period.every.months)
        month = first + period.every.months
    if month <= len(MONTHS):
        yield GridCell(span=len(MONTHS) + 1 - month)


def _single(duty: Duty, owed: Owed, lang: Language) -> GridCell:
    late = lang.value(RECORDED_LATE.mark) if recorded_late(duty) else ""
    mark = lang.value(face(duty).mark) + late
    return GridCell(
        mark=mark,
        note=_note(duty),
        words=_words(duty, owed, lang),
        tone=face(duty).tone,
        target=place_of(duty, owed),
        kinds=kinds_of([duty]),
    )


def _counted(each: Together, owed: Owed, lang: Language) -> GridCell:
    """Return what many people owe as one cell: how many of how many have done it."""
    name = f"{clause_name(each.duties[0], lang)}, {lang.text(period_name(each.period))}"
    words = say("{done} of {owed} done", done=each.done, owed=each.owed)
    begun = each.owed and each.face != FACES[State.UPCOMING]
    return GridCell(
        mark=lang.value(each.face.mark),
        note=f"{each.done}/{each.owed}" if begun else "",
        words=f"{name}: {lang.text(words)}; {lang.text(each.face.word)}",
        tone=each.face.tone,
        target=place_of(each.duties[0], owed),
        kinds=kinds_of(each.duties),
    )


def _note(duty: Duty) -> str:
    """Return the day or days on which it was done: days of the month, with the month where that is not plain."""
    days = [each.held_on for each in duty.evidence[: duty.count]]
    own = all(day in duty.period for day in days) and duty.period.every.months == 1
    return ",".join(str(day.day) if own else f"{day.month}-{day.day}" for day in days)


def _words(duty: Duty, owed: Owed, lang: Language) -> str:
    parts = [f"{duty_name(duty, owed, lang)}: {lang.text(face(duty).word)}"]
    parts.extend(lang.text(say("done on {day}", day=each.held_on)) for each in duty.evidence)
    if recorded_late(duty):
        parts.append(lang.text(RECORDED_LATE.word))
    if not duty.evidence and duty.state in {State.OPEN, State.OVERDUE, State.UPCOMING}:
        parts.append(lang.text(say("due by {day}", day=duty.due)))
    return "; ".join(parts)


def _legend(duties: Sequence[Duty], lang: Language) -> Iterator[GridCell]:
    shown = [face(duty) for duty in duties]
    faces = [each for each in EVERY_FACE if each in shown]
    if any(recorded_late(duty) for duty in duties):
        faces.append(RECORDED_LATE)
    for each in faces:
        yield GridCell(mark=lang.value(each.mark), words=lang.text(each.word), tone=each.tone)

"""Duties as a calendar: clauses and their subjects down, the months of a year across."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.duty import State
from dangwu.model.text import say
from dangwu.report.naming import duty_name, group_name
from dangwu.report.page import Grid, GridCell, GridRow
from dangwu.report.words import EVERY_FACE, MONTHS, RECORDED_LATE, face, recorded_late

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dangwu.lang import Language
    from dangwu.model.duty import Duty
    from dangwu.model.result import Owed


def calendars(owed: Owed, lang: Language) -> tuple[Grid, ...]:
    """Return one calendar for each year in which a duty's period begins."""
    years = sorted({duty.period.start.year for duty in owed.duties})
    return tuple(_calendar(owed, year, lang) for year in years)


def _calendar(owed: Owed, year: int, lang: Language) -> Grid:
    duties = [duty for duty in owed.duties if duty.period.start.year == year]
    rows: list[GridRow] = []
    for clause in dict.fromkeys(duty.clause for duty in duties):
        rows.extend(_rows([duty for duty in duties if duty.clause == clause], owed, lang))
    return Grid(
        caption=lang.text(say("Duties of {year} by month", year=f"{year:04d}")),
        corner=lang.text(say("Duty")),
        columns=tuple(lang.text(month) for month in MONTHS),
        rows=tuple(rows),
        legend=tuple(_legend(duties, lang)),
    )


def _rows(duties: Sequence[Duty], owed: Owed, lang: Language) -> Iterator[GridRow]:
    title = f"{duties[0].clause} {lang.value(duties[0].title)}"
    subjects = dict.fromkeys(duty.subject for duty in duties)
    if any(subjects):
        yield GridRow(title)
    for subject in subjects:
        label = group_name(owed.corpus, subject) if subject else title
        own = sorted((duty for duty in duties if duty.subject == subject), key=lambda duty: duty.period)
        for lane in _lanes(own):
            yield GridRow(label, tuple(_cells(lane, owed, lang)), inner=bool(subject))


def _lanes(duties: Iterable[Duty]) -> list[list[Duty]]:
    """Return the duties in as few rows as hold them without overlap."""
    lanes: list[list[Duty]] = []
    for duty in duties:
        lane = next((each for each in lanes if each[-1].period.end <= duty.period.start), None)
        if lane is None:
            lanes.append([duty])
        else:
            lane.append(duty)
    return lanes


def _cells(duties: Iterable[Duty], owed: Owed, lang: Language) -> Iterator[GridCell]:
    month = 1
    for duty in duties:
        first = duty.period.start.month
        if first > month:
            yield GridCell(span=first - month)
        yield GridCell(
            span=duty.period.every.months,
            mark=_mark(duty, lang),
            note=_note(duty),
            words=_words(duty, owed, lang),
            tone=face(duty).tone,
        )
        month = first + duty.period.every.months
    if month <= len(MONTHS):
        yield GridCell(span=len(MONTHS) + 1 - month)


def _mark(duty: Duty, lang: Language) -> str:
    return lang.value(face(duty).mark) + (lang.value(RECORDED_LATE.mark) if recorded_late(duty) else "")


def _note(duty: Duty) -> str:
    """Return the day or days on which it was held: days of the month, with the month where that is not plain."""
    days = [each.held_on for each in duty.evidence[: duty.count]]
    own = all(day in duty.period for day in days) and duty.period.every.months == 1
    return ",".join(str(day.day) if own else f"{day.month}-{day.day}" for day in days)


def _words(duty: Duty, owed: Owed, lang: Language) -> str:
    parts = [f"{duty_name(duty, owed, lang)}: {lang.text(face(duty).word)}"]
    parts.extend(lang.text(say("held on {day}", day=each.held_on)) for each in duty.evidence)
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

"""Which meetings the branch holds, and when: the duties of system 3, on days that suit a factory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from dangwu.model.period import Every, Period, periods
from dangwu.model.record import (
    COMMITTEE_MEETING,
    DEMOCRATIC_LIFE_MEETING,
    GENERAL_MEETING,
    GROUP_MEETING,
    LECTURE,
    ORGANIZATIONAL_LIFE_MEETING,
    PARTY_BUILDING_MEETING,
    STUDY_SESSION,
    THEMED_PARTY_DAY,
)
from dangwu.sample.work_days import meeting_days

if TYPE_CHECKING:
    import random
    from datetime import date

    from dangwu.sample.cast import Cast, Person

CLAUSES = {
    GROUP_MEETING: "3.1",
    COMMITTEE_MEETING: "3.2",
    GENERAL_MEETING: "3.3",
    LECTURE: "3.4",
    PARTY_BUILDING_MEETING: "1.5",
    DEMOCRATIC_LIFE_MEETING: "4.1",
    STUDY_SESSION: "6.3b",
    ORGANIZATIONAL_LIFE_MEETING: "6.5",
    THEMED_PARTY_DAY: "BR16",
}
_JUNE, _JULY, _DECEMBER = 6, 7, 12
_LIFE_FROM = 21
"""Democratic life meetings are held from this day of June and December on (4.1)."""
STUDY_HOURS = 3


@dataclass(slots=True, eq=False)
class Slot:
    """One meeting: when, for which duty, and what is wrong with it on purpose. ``start`` is minutes after midnight."""

    kind: str
    period: Period
    day: date
    start: int
    minutes: int
    group: str | None = None
    makes_up: bool = False
    recorded: date | None = None
    miscounted: bool = False
    absentee: Person | None = None
    marked: bool = False
    hears: bool = False
    major: bool = False
    copies: bool = False
    detailed: bool = False
    too_early: bool = False

    @property
    def duty(self) -> str:
        """The id of the duty it is evidence of."""
        subject = f"/{self.group}" if self.group else ""
        return f"{CLAUSES[self.kind]}/{self.period.label}{subject}"

    @property
    def end(self) -> int:
        """When it ends, in minutes after midnight."""
        return self.start + self.minutes

    @property
    def name(self) -> str:
        """The end of its path without the number for a second one; sorts meetings of one moment."""
        return f"{self.day.isoformat()}-{self.kind}-{self.group or ''}"


def order(slot: Slot) -> tuple[date, int, str]:
    """Sort meetings by day, start and path."""
    return (slot.day, slot.start, slot.name)


def plan(dice: random.Random, cast: Cast, start: date, last: date) -> list[Slot]:
    """Return every meeting from ``start`` up to and including ``last``, in order."""
    slots: list[Slot] = []
    lecture = 0
    for month in periods(Every.MONTH, start, last + timedelta(days=1)):
        number = (month.start.month - 1) % 6 + 1
        if number == 1:
            lecture = dice.choice((4, 5, 6, 6) if month.start.month == 1 else (3, 4, 5))
        slots += _month(dice, cast, month, with_general=number % 3 == 0, with_lecture=number == lecture)
    return sorted((slot for slot in slots if slot.day <= last), key=order)


def _month(dice: random.Random, cast: Cast, month: Period, *, with_general: bool, with_lecture: bool) -> list[Slot]:
    days = meeting_days(month)
    slots: list[Slot] = []
    general: Slot | None = None
    if cast.committee:
        day = days.pop(dice.randrange(max(1, len(days) // 3)))
        slots.append(_slot(dice, COMMITTEE_MEETING, month, day, dice.choice((510, 540, 870, 960)), (50, 90)))
    if with_general:
        day = days.pop(dice.randrange(len(days) // 2, len(days)))
        quarter = Period.containing(Every.QUARTER, day)
        general = _slot(dice, GENERAL_MEETING, quarter, day, dice.choice((810, 840, 870)), (70, 100))
        slots.append(general)
    if with_lecture:
        half = Period.containing(Every.HALF, month.start)
        if general and dice.random() < 0.5:  # noqa: PLR2004 - every other time on the general meeting's day
            slots.append(_slot(dice, LECTURE, half, general.day, general.end + 15, (40, 60)))
        else:
            day = days.pop(dice.randrange(len(days)))
            slots.append(_slot(dice, LECTURE, half, day, dice.choice((870, 900, 930)), (60, 85)))
    for group in cast.groups:
        at = round((group.in_month + dice.uniform(-0.12, 0.12)) * (len(days) - 1))
        day = days[min(max(at, 0), len(days) - 1)]
        slot = _slot(dice, GROUP_MEETING, month, day, group.start_minute, (45, 75))
        slot.group = group.id
        slots.append(slot)
    return slots


def further(dice: random.Random, held: list[Slot], start: date, last: date) -> list[Slot]:
    """Return the meetings of systems 1, 4 and 6, in the mornings of days that have no other meeting of the branch."""
    busy = {slot.day for slot in held if slot.kind != GROUP_MEETING}
    slots: list[Slot] = []
    for month in periods(Every.MONTH, start, last + timedelta(days=1)):
        days = [day for day in meeting_days(month) if day not in busy]
        number = month.start.month
        if number in {_JUNE, _DECEMBER}:
            late = [day for day in days if day.day >= _LIFE_FROM]
            slots.append(_life(dice, DEMOCRATIC_LIFE_MEETING, Every.HALF, _taken(dice, days, late), (100, 130)))
        if number == _DECEMBER:
            slots.append(_life(dice, ORGANIZATIONAL_LIFE_MEETING, Every.YEAR, _taken(dice, days, days[:9]), (110, 150)))
        if number == _JULY:
            slots.append(_life(dice, THEMED_PARTY_DAY, Every.MONTH, _taken(dice, days, days[:5]), (90, 120)))
        day = _taken(dice, days, days[: max(1, len(days) // 2)])
        slots.append(_slot(dice, STUDY_SESSION, month, day, 520, (STUDY_HOURS * 60, STUDY_HOURS * 60)))
        if number % 3 == 2:  # noqa: PLR2004 - the middle month of a quarter
            slots.append(_life(dice, PARTY_BUILDING_MEETING, Every.QUARTER, _taken(dice, days, days), (70, 95)))
    return [slot for slot in slots if slot.day <= last]


def _taken(dice: random.Random, days: list[date], among: list[date]) -> date:
    day = dice.choice(among)
    days.remove(day)
    return day


def _life(dice: random.Random, kind: str, every: Every, day: date, length: tuple[int, int]) -> Slot:
    return _slot(dice, kind, Period.containing(every, day), day, 510, length)


def hearings(slots: list[Slot]) -> None:
    """Let a general meeting of every half-year hear the administrative head, and one of every year decide a matter.

    A meeting that is held late or recorded late is passed over: it has its own fault.
    """
    plain = [slot for slot in slots if slot.kind == GENERAL_MEETING and not slot.makes_up and not slot.recorded]
    by_half: dict[Period, Slot] = {}
    by_year: dict[int, Slot] = {}
    for slot in plain:
        by_half[Period.containing(Every.HALF, slot.day)] = slot
        if not slot.marked:
            by_year.setdefault(slot.day.year, slot)
    for slot in by_half.values():
        slot.hears = True
    for slot in by_year.values():
        slot.major = True


def _slot(  # noqa: PLR0917 - one private maker, called with the values of one row
    dice: random.Random, kind: str, period: Period, day: date, start: int, length: tuple[int, int]
) -> Slot:
    return Slot(kind, period, day, start, dice.randrange(length[0], length[1] + 1, 5))

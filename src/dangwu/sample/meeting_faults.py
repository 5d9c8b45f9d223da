"""The faults that are planted: each in a month and, where possible, a group of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dangwu.model.message import say
from dangwu.model.period import Every, Period, periods
from dangwu.model.record import GENERAL_MEETING, GROUP_MEETING, LECTURE, STUDY_SESSION
from dangwu.sample.cast import FULL
from dangwu.sample.work_days import meeting_days, month_of, months_back, workday_near
from dangwu.sample.meeting_plan import order
from dangwu.sample.sample_values import Fault, dice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dangwu.sample.cast import Cast, Person
    from dangwu.sample.meeting_plan import Slot

_WINDOW_MONTHS = 13
_RECORDED_AFTER = timedelta(days=33)
_RUN = 3
_IN_FORCE = date(2020, 9, 1)
"""The first whole month under the governing text."""
_BEFORE_LAST = timedelta(days=190)

# How many complete periods back each fault lies: by months; and, for a branch without groups and committee,
# by quarters (general meetings), half-years (lectures) and months (study sessions).
_BY_MONTH = {"miscounted": 0, "missed": 1, "late": 3, "waived": 4, "recorded-late": 5}
_BY_QUARTER = {
    "miscounted": (GENERAL_MEETING, 0),
    "missed": (LECTURE, 0),
    "late": (GENERAL_MEETING, 1),
    "waived": (STUDY_SESSION, 4),
    "recorded-late": (STUDY_SESSION, 5),
}
_STUDY = {"studied-early": 1, "study-missed": 2, "copied": 3}
_EVERY = {GENERAL_MEETING: ("3.3", Every.QUARTER), LECTURE: ("3.4", Every.HALF), STUDY_SESSION: ("6.3b", Every.MONTH)}


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault in the plan: the meeting that has it, or whose place is empty; ``waiver`` is the day of the waiver."""

    slug: str
    slot: Slot
    waiver: date | None = None


def plant(slots: list[Slot], cast: Cast, seed: int, start: date, as_of: date) -> list[Planted]:
    """Change the plan: take meetings out, move them, mark them. Where a fault has no place it is left out."""
    last = as_of - timedelta(days=1)
    first = max(start, months_back(as_of, _WINDOW_MONTHS), _IN_FORCE)
    planted: list[Planted] = []
    for slug, slot in (*_places(slots, cast, seed, first, last), *_study_places(slots, first, last)):
        slot.marked = True
        fault = _PLANT[slug](slots, slot, last)
        if fault:
            planted.append(fault)
        else:
            slot.marked = False
    slots.sort(key=order)
    return planted


def plant_absences(slots: list[Slot], cast: Cast, start: date, as_of: date) -> list[Planted]:
    """Let one member be absent without reason from three meetings running, about half a year back."""
    first, middle = max(start, months_back(as_of, _WINDOW_MONTHS)), as_of - _BEFORE_LAST
    staying = [person for person in cast.people if _could_be_absent(cast, person, first)]
    for person in reversed(staying):
        group = person.group_on(first)
        due = [slot for slot in slots if (slot.group == group if slot.group else person in _all(cast, slot))]
        runs = [due[at : at + _RUN] for at in range(len(due) - _RUN + 1)]
        runs = [run for run in runs if run[0].day >= first and not any(slot.marked for slot in run)]
        if runs:
            run = min(runs, key=lambda run: abs((run[-1].day - middle).days))
            for slot in run:
                slot.marked = True
                slot.absentee = person
            return [Planted("absences-running", run[-1])]
    return []


def described(planted: Planted, path: str | None) -> Fault:
    """Return a planted fault as the user of the sample sees it; ``path`` is the file that shows it."""
    slot, slug = planted.slot, planted.slug
    if slug == "miscounted":
        text = say("The counts written by hand disagree with the lists.")
        return Fault(slug=slug, text=text, path=path, code="DW308")
    if slug == "absences-running" and slot.absentee:
        text = say("{name} was absent without reason three times running.", name=slot.absentee.name)
        return Fault(slug=slug, text=text, path=path, code="DW310")
    if slug == "studied-early":
        text = say("A document was studied before it was published.")
        return Fault(slug=slug, text=text, path=path, code="DW952")
    if slug == "copied":
        text = say("What was studied was copied from the month before.")
        return Fault(slug=slug, text=text, path=path, code="DW951")
    texts = {
        "study-missed": say("{duty}: no study session was held, and nothing says why.", duty=slot.duty),
        "missed": say("{duty}: the meeting was not held, and nothing says why.", duty=slot.duty),
        "late": say("{duty}: held only in the following month, as a meeting that makes up for it.", duty=slot.duty),
        "waived": say("{duty}: not held; a waiver with its reason and approver covers it.", duty=slot.duty),
        "recorded-late": say("{duty}: held in time, but recorded only a month later.", duty=slot.duty),
    }
    states = {
        "missed": "overdue",
        "study-missed": "overdue",
        "late": "late",
        "waived": "waived",
        "recorded-late": "fulfilled",
    }
    late = slug == "recorded-late"
    return Fault(slug=slug, text=texts[slug], path=path, duty=slot.duty, state=states[slug], recorded_late=late)


def _places(slots: list[Slot], cast: Cast, seed: int, first: date, last: date) -> Iterator[tuple[str, Slot]]:
    """Yield each fault with the meeting it belongs to."""
    by_duty = {slot.duty: slot for slot in slots}
    if not cast.groups and not cast.committee:
        for slug, (kind, back) in _BY_QUARTER.items():
            clause, every = _EVERY[kind]
            complete = _complete(every, first, last)
            if back < len(complete) and (slot := by_duty.get(f"{clause}/{complete[back].label}")):
                yield slug, slot
        return
    months = _complete(Every.MONTH, first, last)
    shift = dice(seed, "faults").randrange(len(cast.groups)) if cast.groups else 0
    for number, (slug, back) in enumerate(_BY_MONTH.items()):
        if back >= len(months):
            continue
        group = cast.groups[(shift + number) % len(cast.groups)].id if cast.groups else None
        duty = f"3.1/{months[back].label}/{group}" if group else f"3.2/{months[back].label}"
        if duty in by_duty:
            yield slug, by_duty[duty]


def _study_places(slots: list[Slot], first: date, last: date) -> Iterator[tuple[str, Slot]]:
    complete = _complete(Every.MONTH, first, last)
    by_duty = {slot.duty: slot for slot in slots}
    for slug, back in _STUDY.items():
        if back < len(complete) and (slot := by_duty.get(f"6.3b/{complete[back].label}")):
            yield slug, slot


def _complete(every: Every, first: date, last: date) -> list[Period]:
    """Return the periods that lie wholly between two days, latest first."""
    inside = periods(every, first, last + timedelta(days=1))
    return [period for period in inside if period.start >= first and period.last <= last][::-1]


def _missed(slots: list[Slot], slot: Slot, last: date) -> Planted | None:  # noqa: ARG001 - one form for all
    slots.remove(slot)
    return Planted("study-missed" if slot.kind == STUDY_SESSION else "missed", slot)


def _late(slots: list[Slot], slot: Slot, last: date) -> Planted | None:
    following = month_of(slot.period.end)
    taken = {
        other.day
        for other in slots
        if other.kind != GROUP_MEETING or other.group == slot.group or slot.kind != GROUP_MEETING
    }
    day = next((day for day in meeting_days(following) if day not in taken and day <= last), None)
    if day is None:
        return None
    slot.day, slot.makes_up = day, True
    return Planted("late", slot)


def _waived(slots: list[Slot], slot: Slot, last: date) -> Planted | None:  # noqa: ARG001
    slots.remove(slot)
    return Planted("waived", slot, waiver=meeting_days(month_of(slot.period.last))[-2])


def _recorded_late(slots: list[Slot], slot: Slot, last: date) -> Planted | None:  # noqa: ARG001
    day = workday_near(slot.day + _RECORDED_AFTER)
    if day > last:
        return None
    slot.recorded = day
    return Planted("recorded-late", slot)


def _miscounted(slots: list[Slot], slot: Slot, last: date) -> Planted | None:  # noqa: ARG001
    slot.miscounted = True
    return Planted("miscounted", slot)


def _studied_early(slots: list[Slot], slot: Slot, last: date) -> Planted | None:  # noqa: ARG001
    slot.too_early = True
    return Planted("studied-early", slot)


def _copied(slots: list[Slot], slot: Slot, last: date) -> Planted | None:  # noqa: ARG001
    earlier = [other for other in slots if other.kind == STUDY_SESSION and other.day < slot.day]
    if not earlier:
        return None
    slot.copies = slot.detailed = True
    max(earlier, key=order).detailed = True
    return Planted("copied", slot)


_PLANT: dict[str, Callable[[list[Slot], Slot, date], Planted | None]] = {
    "miscounted": _miscounted,
    "missed": _missed,
    "late": _late,
    "waived": _waived,
    "recorded-late": _recorded_late,
    "studied-early": _studied_early,
    "study-missed": _missed,
    "copied": _copied,
}


def _all(cast: Cast, slot: Slot) -> list[Person]:
    return cast.due(slot.kind, None, slot.day)


def _could_be_absent(cast: Cast, person: Person, first: date) -> bool:
    """Say whether a member has no post, leads nobody, and was due at the same meetings all the time."""
    holders = {each.id for term in cast.terms for _, each in term.posts}
    leaders = {each.id for group in cast.groups for _, each in group.leaders}
    return (
        person.id not in holders | leaders
        and not person.exemptions
        and not person.collects
        and person.standings[0][0] < first
        and len(person.standings) == 1
        and person.standings[0][1] == FULL
        and len(person.groups) <= 1
    )

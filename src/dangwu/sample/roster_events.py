"""What happens to people while records are kept: admitted, confirmed, arrived, left, moved, elected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dangwu.model.record import GENERAL_MEETING, GROUP_MEETING
from dangwu.sample.cast import FULL, PROBATIONARY, TRANSFERRED, Applicant, Exemption, Term
from dangwu.sample.work_days import is_workday
from dangwu.sample.founding_cast import joins_group
from dangwu.sample.sample_values import dice

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable

    from dangwu.sample.cast import Cast, Group, Person
    from dangwu.sample.meeting_plan import Slot
    from dangwu.sample.sample_values import Size
    from dangwu.sample.pools import Change, Words

_TERM_YEARS = 3
_ADMITTED_AT_ONCE = 2
_DEPUTY = 3
"""Where the deputy secretary stands among the posts of a committee of five."""
_HANDS_OVER = 0.4
_GAP = timedelta(days=25)
_FIRST_TWO_YEARS = timedelta(days=730)
_ENOUGH_MEETINGS = 3


@dataclass(frozen=True, slots=True)
class Event:
    """A change on a day; ``person`` is None when the branch file changes. ``slot`` is the meeting that decided it."""

    what: Change
    day: date
    person: Person | None
    group: Group | None = None
    slot: Slot | None = None


def happen(cast: Cast, slots: list[Slot], size: Size, *, last: date, words: Words) -> list[Event]:
    """Change the cast over the days of the sample and return what happened, in order."""
    chance = dice(size.seed, "events")
    held = [slot for slot in slots if slot.kind == GENERAL_MEETING]
    general = [slot for slot in held if not slot.marked]
    days = [day for day in _days(date(cast.founded.year + 1, 1, 1), last) if is_workday(day)]
    busy = {(slot.day, slot.group) for slot in slots if slot.kind == GROUP_MEETING}
    events = [*_elections(chance, cast, held, last)]
    events += _newcomers(chance, cast, general, days)
    if len(days) > _GAP.days * 2:
        inner = days[_GAP.days :]
        events += _departures(chance, cast, inner)
        events += _moves(chance, cast, inner)
        events += _leaders(chance, cast, inner, busy, size.years)
        events += _maternity(chance, cast, inner, words)
    events += _confirmations(cast, general)
    return sorted(events, key=lambda event: event.day)


def _days(start: date, last: date) -> Iterable[date]:
    return (start + timedelta(days=number) for number in range((last - start).days + 1))


def _elections(chance: random.Random, cast: Cast, general: list[Slot], last: date) -> Iterable[Event]:
    """Hold an election at the last general meeting before each term of three years is over.

    In the first term one post is filled anew in between.
    """
    plain = [slot for slot in general if not slot.marked and slot.day < cast.founded + _FIRST_TWO_YEARS]
    bench = _bench(cast)
    if len(plain) > _ENOUGH_MEETINGS and bench and len(cast.terms[0].posts) > 1:
        slot = plain[len(plain) // 2]
        posts = list(cast.terms[0].posts)
        posts[-1] = (posts[-1][0], bench[-1])
        _next_term(cast, slot, posts, number=1)
        yield Event("by-elect", slot.day, bench[-1], slot=slot)
    began = cast.founded
    while True:
        over = began.replace(year=began.year + _TERM_YEARS, day=min(began.day, 28)) - timedelta(days=2)
        held = [slot for slot in general if cast.terms[-1].start < slot.day <= over]
        if over > last or not held:
            return
        slot = next((slot for slot in reversed(held) if not slot.marked), held[-1])
        _next_term(cast, slot, _posts(chance, cast), number=cast.terms[-1].number + 1)
        began = cast.terms[-1].start
        yield Event("elect", slot.day, None, slot=slot)


def _next_term(cast: Cast, slot: Slot, posts: list[tuple[str, Person]], *, number: int) -> None:
    cast.terms[-1].end = slot.day
    cast.terms.append(Term(slot.day + timedelta(days=1), posts, number=number))


def _bench(cast: Cast) -> list[Person]:
    """Return those who stay and who neither hold a post nor lead a group."""
    busy = {person.id for _, person in cast.terms[-1].posts}
    busy |= {person.id for group in cast.groups for _, person in group.leaders}
    return [person for person in cast.people[: cast.core] if person.id not in busy and not person.collects]


def _posts(chance: random.Random, cast: Cast) -> list[tuple[str, Person]]:
    """Keep most people in office; someone comes in for the last post, the deputy may become secretary."""
    posts = list(cast.terms[-1].posts)
    bench = _bench(cast)
    if len(posts) > 1 and bench:
        posts[-1] = (posts[-1][0], chance.choice(bench))
    if len(posts) > _DEPUTY and chance.random() < _HANDS_OVER:
        (first, secretary), (second, deputy) = posts[0], posts[_DEPUTY]
        posts[0], posts[_DEPUTY] = (first, deputy), (second, secretary)
    return posts


def _newcomers(chance: random.Random, cast: Cast, general: list[Slot], days: list[date]) -> Iterable[Event]:
    """Admit some of the people without a status at general meetings, let the others be transferred in."""
    waiting = [person for person in cast.people if not person.standings]
    if not waiting:
        return
    meetings = [slot for slot in general for _ in range(_ADMITTED_AT_ONCE)]
    admitted = sorted(chance.sample(range(len(meetings)), min(len(meetings), (len(waiting) + 1) // 2)))
    found: list[tuple[str, date, Slot | None]] = [("admit", meetings[at].day, meetings[at]) for at in admitted]
    found += [("arrive", chance.choice(days), None) for _ in range(len(waiting) - len(found))]
    found.sort(key=lambda each: each[1])
    for person, (what, day, slot) in zip(waiting, found, strict=True):
        person.eventful = True
        group = min(cast.groups, key=lambda each: len(each.people)) if cast.groups else None
        if what == "admit":
            person.joined = day
            person.standings = [(day, PROBATIONARY)]
            cast.applicants.append(Applicant(person.name, group.id if group else None, day))
        else:
            person.converted = day - timedelta(days=chance.randrange(200, 4000))
            person.joined = person.converted.replace(year=person.converted.year - 1, day=min(person.converted.day, 28))
            person.standings = [(day, FULL)]
        if group:
            joins_group(cast, person, group.id, day)
        yield Event(what, day, person, slot=slot)


def _confirmations(cast: Cast, general: list[Slot]) -> Iterable[Event]:
    for person in cast.people:
        if person.standings[0][1] != PROBATIONARY:
            continue
        due = person.joined.replace(year=person.joined.year + 1, day=min(person.joined.day, 28))
        slot = next((slot for slot in general if slot.day >= due), None)
        if slot:
            person.converted = slot.day
            person.standings.append((slot.day, FULL))
            yield Event("convert", slot.day, person, slot=slot)


def _plain(cast: Cast) -> list[Person]:
    """Return those to whom nothing has happened yet and who have neither post nor group to lead."""
    return [person for person in cast.people[cast.core :] if not person.eventful]


def _departures(chance: random.Random, cast: Cast, days: list[date]) -> Iterable[Event]:
    plain = _plain(cast)
    for person in plain[len(plain) // 2 :][: max(1, len(plain) // 5)]:
        person.eventful = True
        day = chance.choice(days)
        person.standings.append((day, TRANSFERRED))
        yield Event("leave", day, person)


def _moves(chance: random.Random, cast: Cast, days: list[date]) -> Iterable[Event]:
    plain = _plain(cast)
    if len(cast.groups) < 2:  # noqa: PLR2004 - nowhere to move
        return
    for person in plain[1 : 2 + len(plain) // 15]:
        old = person.groups[-1][1]
        group = chance.choice([each for each in cast.groups if each.id != old])
        person.eventful = True
        day = chance.choice(days)
        joins_group(cast, person, group.id, day)
        yield Event("move", day, person, group)


def _leaders(
    chance: random.Random, cast: Cast, days: list[date], busy: set[tuple[date, str | None]], years: int
) -> Iterable[Event]:
    holders = {person.id for term in cast.terms for _, person in term.posts}
    for group in cast.groups[1 : 2 + len(cast.groups) // 4]:
        for _ in range(1 + years // 8):
            led = group.leaders[-1]
            fit = [each for each in cast.people[: cast.core] if each in group.people and each.id not in holders]
            fit = [person for person in fit if person is not led[1] and person.group_on(days[0]) == group.id]
            free = [day for day in days if day > led[0] + _GAP and (day, group.id) not in busy]
            if not fit or not free:
                break
            day = chance.choice(free)
            group.leaders.append((day, chance.choice(fit)))
            yield Event("leader", day, group.leaders[-1][1], group)


def _maternity(chance: random.Random, cast: Cast, days: list[date], words: Words) -> Iterable[Event]:
    person = next((each for each in reversed(_plain(cast)) if each.female), None)
    if person:
        day = chance.choice(days)
        person.eventful = True
        ends = day + timedelta(days=157)
        person.exemptions.append(Exemption(day, ends, "maternity", words.phrases.committee))
        yield Event("exempt", day, person)

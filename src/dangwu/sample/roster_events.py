"""What happens to people while records are kept: admitted, confirmed, arrived, left, moved, elected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dangwu.model.record import GENERAL_MEETING, GROUP_MEETING
from dangwu.sample.cast import FULL, PROBATIONARY, TRANSFERRED, Applicant, Exemption, Term
from dangwu.sample.founding_cast import put_into_group
from dangwu.sample.sample_values import seeded_random
from dangwu.sample.work_days import list_workdays, shift_years

if TYPE_CHECKING:
    import random
    from collections.abc import Collection, Iterable

    from dangwu.sample.cast import Cast, Group, Person
    from dangwu.sample.meeting_plan import PlannedMeeting
    from dangwu.sample.pools import Change
    from dangwu.sample.sample_values import Size

_TERM_YEARS = 3
_ADMITTED_AT_ONCE = 2
_DEPUTY = 3
"""Where the deputy secretary stands among the posts of a committee of five."""
_HANDS_OVER = 0.4
_GAP = timedelta(days=25)
_FIRST_TWO_YEARS = timedelta(days=730)
_ENOUGH_MEETINGS = 3
_MATERNITY = timedelta(days=157)


@dataclass(frozen=True, slots=True)
class Event:
    """A change on a day; ``person`` is None for a whole election. ``meeting`` is the one that decided it."""

    what: Change
    day: date
    person: Person | None
    group: Group | None = None
    meeting: PlannedMeeting | None = None


def change_roster(cast: Cast, meetings: list[PlannedMeeting], size: Size, last: date, approver: str) -> list[Event]:
    """Change the cast over the days of the sample and return what happened, in order.

    ``approver`` is written down as who approves exemptions.
    """
    chance = seeded_random(size.seed, "events")
    held = [meeting for meeting in meetings if meeting.kind == GENERAL_MEETING]
    plain = [meeting for meeting in held if not meeting.marked]
    days = list_workdays(date(cast.founded.year + 1, 1, 1), last)
    busy = {(meeting.day, meeting.group) for meeting in meetings if meeting.kind == GROUP_MEETING}
    events = [*_elect(chance, cast, held, last)]
    events += _bring_newcomers(chance, cast, plain, days)
    if len(days) > _GAP.days * 2:
        inner = days[_GAP.days :]
        events += _let_leave(chance, cast, inner)
        events += _move(chance, cast, inner)
        events += _change_leaders(chance, cast, inner, busy, size.years)
        events += _exempt_mother(chance, cast, inner, approver)
    events += _confirm(cast, plain)
    return sorted(events, key=lambda event: event.day)


def _elect(chance: random.Random, cast: Cast, general: list[PlannedMeeting], last: date) -> Iterable[Event]:
    """Hold an election at the last general meeting before each term of three years is over.

    In the first term one post is filled anew in between.
    """
    plain = [meeting for meeting in general if not meeting.marked and meeting.day < cast.founded + _FIRST_TWO_YEARS]
    bench = _list_bench(cast)
    posts = list(cast.terms[0].posts)
    if len(plain) > _ENOUGH_MEETINGS and bench and len(posts) > 1:
        meeting = plain[len(plain) // 2]
        posts[-1] = (posts[-1][0], bench[-1])
        cast.terms.append(Term(meeting.day + timedelta(days=1), posts))
        yield Event("by-elect", meeting.day, bench[-1], meeting=meeting)
    began = cast.founded
    while True:
        over = shift_years(began, _TERM_YEARS) - timedelta(days=2)
        held = [meeting for meeting in general if cast.terms[-1].start < meeting.day <= over]
        if over > last or not held:
            return
        meeting = next((meeting for meeting in reversed(held) if not meeting.marked), held[-1])
        began = meeting.day + timedelta(days=1)
        cast.terms.append(Term(began, _elect_posts(chance, cast), cast.terms[-1].number + 1))
        yield Event("elect", meeting.day, None, meeting=meeting)


def _list_bench(cast: Cast) -> list[Person]:
    """Return those who stay and who neither hold a post nor lead a group."""
    busy = {person for _, person in cast.terms[-1].posts} | cast.all_leaders()
    return [person for person in cast.staying if person not in busy and not person.collects]


def _elect_posts(chance: random.Random, cast: Cast) -> list[tuple[str, Person]]:
    """Keep most people in office; someone comes in for the last post, the deputy may become secretary."""
    posts = list(cast.terms[-1].posts)
    bench = _list_bench(cast)
    if len(posts) > 1 and bench:
        posts[-1] = (posts[-1][0], chance.choice(bench))
    if len(posts) > _DEPUTY and chance.random() < _HANDS_OVER:
        (first, secretary), (second, deputy) = posts[0], posts[_DEPUTY]
        posts[0], posts[_DEPUTY] = (first, deputy), (second, secretary)
    return posts


def _bring_newcomers(
    chance: random.Random, cast: Cast, general: list[PlannedMeeting], days: list[date]
) -> Iterable[Event]:
    """Admit some of the people without a status at general meetings, let the others be transferred in."""
    waiting = [person for person in cast.people if not person.standings]
    if not waiting:
        return
    meetings = [meeting for meeting in general for _ in range(_ADMITTED_AT_ONCE)]
    admitted = sorted(chance.sample(range(len(meetings)), min(len(meetings), (len(waiting) + 1) // 2)))
    ways: list[tuple[date, PlannedMeeting | None]] = [(meetings[at].day, meetings[at]) for at in admitted]
    ways += [(chance.choice(days), None) for _ in range(len(waiting) - len(ways))]
    ways.sort(key=lambda way: way[0])
    for person, (day, meeting) in zip(waiting, ways, strict=True):
        person.eventful = True
        group = min(cast.groups, key=lambda group: len(group.people)) if cast.groups else None
        if meeting:
            person.joined = day
            person.standings = [(day, PROBATIONARY)]
            cast.applicants.append(Applicant(person.name, group.id if group else None, day))
        else:
            person.converted = day - timedelta(days=chance.randrange(200, 4000))
            person.joined = shift_years(person.converted, -1)
            person.standings = [(day, FULL)]
        if group:
            put_into_group(group, person, day)
        yield Event("admit" if meeting else "arrive", day, person, meeting=meeting)


def _confirm(cast: Cast, general: list[PlannedMeeting]) -> Iterable[Event]:
    """Let probationary members become full at the first general meeting after a year."""
    for person in cast.people:
        due = shift_years(person.joined, 1)
        meeting = next((meeting for meeting in general if meeting.day >= due), None)
        if meeting and person.standings[0][1] == PROBATIONARY:
            person.converted = meeting.day
            person.standings.append((meeting.day, FULL))
            yield Event("convert", meeting.day, person, meeting=meeting)


def _list_untouched(cast: Cast) -> list[Person]:
    """Return those to whom nothing has happened yet and who have neither post nor group to lead."""
    return [person for person in cast.people[cast.core :] if not person.eventful]


def _let_leave(chance: random.Random, cast: Cast, days: list[date]) -> Iterable[Event]:
    people = _list_untouched(cast)
    for person in people[len(people) // 2 :][: max(1, len(people) // 5)]:
        person.eventful = True
        day = chance.choice(days)
        person.standings.append((day, TRANSFERRED))
        yield Event("leave", day, person)


def _move(chance: random.Random, cast: Cast, days: list[date]) -> Iterable[Event]:
    people = _list_untouched(cast)
    if len(cast.groups) < 2:  # noqa: PLR2004 - nowhere to move
        return
    for person in people[1 : 2 + len(people) // 15]:
        group = chance.choice([group for group in cast.groups if group.id != person.groups[-1][1]])
        person.eventful = True
        day = chance.choice(days)
        put_into_group(group, person, day)
        yield Event("move", day, person, group)


def _change_leaders(
    chance: random.Random, cast: Cast, days: list[date], busy: Collection[tuple[date, str | None]], years: int
) -> Iterable[Event]:
    officers = cast.all_officers()
    for group in cast.groups[1 : 2 + len(cast.groups) // 4]:
        for _ in range(1 + years // 8):
            since, leader = group.leaders[-1]
            fit = [
                person
                for person in cast.staying
                if person not in officers and person is not leader and person.group_on(days[0]) == group.id
            ]
            free = [day for day in days if day > since + _GAP and (day, group.id) not in busy]
            if not fit or not free:
                break
            day = chance.choice(free)
            group.leaders.append((day, chance.choice(fit)))
            yield Event("leader", day, group.leaders[-1][1], group)


def _exempt_mother(chance: random.Random, cast: Cast, days: list[date], approver: str) -> Iterable[Event]:
    person = next((person for person in reversed(_list_untouched(cast)) if person.female), None)
    if person:
        day = chance.choice(days)
        person.eventful = True
        person.exemptions.append(Exemption(day, day + _MATERNITY, "maternity", approver))
        yield Event("exempt", day, person)

"""Who is in the branch when it is founded and begins to keep records: people, groups, posts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from dangwu.sample.cast import (
    FULL,
    NO_COMMITTEE_BELOW,
    PROBATIONARY,
    Applicant,
    Cast,
    Exemption,
    Group,
    Outsider,
    Person,
    Term,
)
from dangwu.sample.work_days import workday_near
from dangwu.sample.people_names import draw_names
from dangwu.sample.sample_values import dice

if TYPE_CHECKING:
    import random

    from dangwu.sample.pools import PersonName
    from dangwu.sample.sample_values import Size
    from dangwu.sample.pools import Words

_POSTS = ("secretary", "organization", "discipline-inspection", "deputy-secretary", "publicity")
_SMALL_COMMITTEE, _LARGE_COMMITTEE = 3, 5
_FIVE_FROM = 16
_BENCH = 2
_OUTSIDERS = 4
_STAFF, _SUPERVISORS, _STRANGERS = 3, 2, 6
_TOO_SHORT = timedelta(days=30)
_CHINESE_DIGITS = "零一二三四五六七八九"


def gather(size: Size, start: date, last: date, words: Words, language: str) -> Cast:
    """Return the branch as it stands on ``start``; those who come later have no status yet."""
    chance = dice(size.seed, "people")
    count = max(1, size.members)
    groups = min(size.groups, count // 3)
    called = draw_names(chance, count + _OUTSIDERS + 1 + _STAFF + _SUPERVISORS + _STRANGERS)
    others = [each.name for each in called[count + _OUTSIDERS + 1 :]]
    called = called[: count + _OUTSIDERS + 1]
    later = min(int(count * min(0.5, 0.07 * size.years)), max(0, count - NO_COMMITTEE_BELOW - 1))
    if last < start + _TOO_SHORT:
        later = 0
    committee = _LARGE_COMMITTEE if count >= _FIVE_FROM else _SMALL_COMMITTEE
    posts = committee if count >= NO_COMMITTEE_BELOW else 1
    core = min(count - later, max(NO_COMMITTEE_BELOW, posts + _BENCH + 2 * groups))
    founded = workday_near(date(start.year - 1, 12, chance.randrange(17, 28)))
    people = [_person(chance, number, name) for number, name in enumerate(called[:count])]
    for person in people[: count - later]:
        _long_since(chance, person, founded)
    cast = Cast(founded, people, core, committee=count >= NO_COMMITTEE_BELOW)
    cast.groups = [_group(chance, number, words, language) for number in range(groups)]
    _divide(cast, founded, posts, later)
    cast.terms = [Term(founded, list(zip(_POSTS, people[:posts], strict=False)))]
    _novices(chance, cast, start, later)
    _exempt(cast, later, words)
    if people[:core][posts:]:
        people[min(posts, core - 1)].collects = cast.terms[0].start
    outsiders = called[count:]
    cast.manager = outsiders.pop().name
    _neighbours(cast, others, words)
    cast.applicants = [Applicant(each.name, _some_group(chance, cast)) for each in outsiders]
    return cast


def _neighbours(cast: Cast, called: list[str], words: Words) -> None:
    """Name the Party workers, and those who are no members: staff, supervisors of openness, who wrote letters."""
    posts = dict(cast.terms[0].posts)
    cast.workers = list({each.id: each for each in (posts.get("organization"), cast.people[0]) if each}.values())
    cast.staff = [Outsider(f"s{at + 1:02d}", called.pop(), words.phrases.staff_units[at]) for at in range(_STAFF)]
    units = [words.phrases.shops[0], *words.phrases.supervisor_units]
    cast.supervisors = [Outsider("", called.pop(), units[at]) for at in range(_SUPERVISORS)]
    cast.strangers = called


def joins_group(cast: Cast, person: Person, group: str, day: date) -> None:
    """Put a person into a group from a day on."""
    person.groups.append((day, group))
    members = cast.group(group).people
    if person not in members:
        members.append(person)
        members.sort(key=lambda each: each.id)


def _person(chance: random.Random, number: int, name: PersonName) -> Person:
    roams = chance.choice((0.02, 0.03, 0.04, 0.05, 0.08, 0.12))
    return Person(f"m{number + 1:03d}", name.name, name.female, date.min, roams=roams)


def _long_since(chance: random.Random, person: Person, founded: date) -> None:
    """Make someone a full member who was there at the founding."""
    person.converted = founded - timedelta(days=chance.randrange(150, 7000))
    person.joined = _a_year_before(person.converted)
    person.standings = [(founded, FULL)]


def _a_year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28))


def _group(chance: random.Random, number: int, words: Words, language: str) -> Group:
    name = words.phrases.group.format(number=_ordinal(number + 1) if language == "zh" else number + 1)
    start = chance.choice((810, 900, 930, 960, 975))
    shop = words.phrases.shops[number % len(words.phrases.shops)]
    return Group(f"g{number + 1}", name, shop, start, 0.3 + 0.6 * ((number * 3) % 7) / 7)


def _ordinal(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens >= 10:  # noqa: PLR2004 - only 100 comes here
        return "一百"
    ten = "" if not tens else ("" if tens == 1 else _CHINESE_DIGITS[tens]) + "十"
    return ten + (_CHINESE_DIGITS[ones] if ones or not tens else "")


def _divide(cast: Cast, founded: date, posts: int, later: int) -> None:
    """Spread people over the groups and give each group a leader, where possible one without a post."""
    if not cast.groups:
        return
    for number, person in enumerate(cast.people[: len(cast.people) - later]):
        group = cast.groups[number % len(cast.groups)]
        joins_group(cast, person, group.id, founded)
    staying = {person.id for person in cast.people[: cast.core]}
    holders = {person.id for person in cast.people[:posts]}
    for group in cast.groups:
        fit = [person for person in group.people if person.id in staying]
        leader = next((person for person in fit if person.id not in holders), fit[-1])
        group.leaders = [(founded, leader)]


def _novices(chance: random.Random, cast: Cast, start: date, later: int) -> None:
    """Let a few be probationary when the records begin."""
    plain = cast.people[cast.core : len(cast.people) - later]
    for person in plain[: (len(plain) + 7) // 12]:
        person.joined = workday_near(start - timedelta(days=chance.randrange(60, 300)))
        person.converted = None
        person.standings = [(cast.founded, PROBATIONARY)]
        person.eventful = True


def _exempt(cast: Cast, later: int, words: Words) -> None:
    """Excuse the oldest: one in thirty, among those who have no post."""
    plain = [each for each in cast.people[cast.core : len(cast.people) - later] if not each.eventful]
    for person in plain[: (len(plain) + 20) // 30]:
        person.joined = person.joined.replace(year=person.joined.year - 20, day=1)
        person.converted = person.joined.replace(year=person.joined.year + 1)
        person.exemptions = [Exemption(cast.founded, None, "elderly", words.phrases.committee)]
        person.eventful = True


def _some_group(chance: random.Random, cast: Cast) -> str | None:
    return chance.choice(cast.groups).id if cast.groups else None

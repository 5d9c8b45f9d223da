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
from dangwu.sample.pools import PersonName
from dangwu.sample.read_words import load_names
from dangwu.sample.sample_values import seeded_random
from dangwu.sample.work_days import shift_years, workday_after

if TYPE_CHECKING:
    import random

    from dangwu.sample.pools import Phrases
    from dangwu.sample.sample_values import Size

_POSTS = ("secretary", "organization", "discipline-inspection", "deputy-secretary", "publicity")
_SMALL_COMMITTEE, _LARGE_COMMITTEE = 3, 5
_FIVE_FROM = 16
_BENCH = 2
_APPLICANTS, _STAFF, _SUPERVISORS, _STRANGERS = 4, 3, 2, 6
_TOO_SHORT = timedelta(days=30)
_PECULIAR_IN, _PECULIAR_AT = 5, 3
_WOMEN = 0.4
_CHINESE_DIGITS = "零一二三四五六七八九"


def make_cast(size: Size, start: date, last: date, say: Phrases, language: str) -> Cast:
    """Return the branch as it stands on ``start``; those who come later have no status yet."""
    chance = seeded_random(size.seed, "people")
    count = max(1, size.members)
    groups = min(size.groups, count // 3)
    names = _draw_names(chance, count + _APPLICANTS + 1 + _STAFF + _SUPERVISORS + _STRANGERS)
    later = min(int(count * min(0.5, 0.07 * size.years)), max(0, count - NO_COMMITTEE_BELOW - 1))
    if last < start + _TOO_SHORT:
        later = 0
    committee = _LARGE_COMMITTEE if count >= _FIVE_FROM else _SMALL_COMMITTEE
    posts = committee if count >= NO_COMMITTEE_BELOW else 1
    core = min(count - later, max(NO_COMMITTEE_BELOW, posts + _BENCH + 2 * groups))
    founded = workday_after(date(start.year - 1, 12, chance.randrange(17, 28)))
    people = [_make_person(chance, number, name) for number, name in enumerate(names[:count], 1)]
    first = people[: count - later]
    for person in first:
        _let_found(chance, person, founded)
    cast = Cast(founded, people, core, committee=count >= NO_COMMITTEE_BELOW)
    cast.groups = [_make_group(chance, number, say, language) for number in range(groups)]
    _divide_into_groups(cast, first, posts)
    cast.terms = [Term(founded, list(zip(_POSTS, people[:posts], strict=False)))]
    _excuse_oldest(_take_novices(chance, first[core:], start, founded), founded, say.committee)
    if people[:core][posts:]:
        people[posts].collects = founded
    others = [name.name for name in names[count:]]
    cast.manager = others[_APPLICANTS]
    _name_others(cast, others[_APPLICANTS + 1 :], say)
    cast.applicants = [
        Applicant(name, chance.choice(cast.groups).id if cast.groups else None) for name in others[:_APPLICANTS]
    ]
    return cast


def put_into_group(group: Group, person: Person, day: date) -> None:
    """Put a person into a group from a day on."""
    person.groups.append((day, group.id))
    if person not in group.people:
        group.people.append(person)
        group.people.sort(key=lambda member: member.id)


def _draw_names(chance: random.Random, number: int) -> list[PersonName]:
    """Return so many different names, put together by chance; at first one in five is peculiar."""
    words = load_names()
    peculiar = list(words.peculiar)
    chance.shuffle(peculiar)
    found: dict[str, PersonName] = {}
    while len(found) < number:
        if peculiar and len(found) % _PECULIAR_IN == _PECULIAR_AT:
            person = peculiar.pop()
        else:
            female = chance.random() < _WOMEN
            surname = chance.choice(words.surnames)
            person = PersonName(surname + chance.choice(words.female if female else words.male), female)
        found.setdefault(person.name, person)
    return list(found.values())


def _make_person(chance: random.Random, number: int, name: PersonName) -> Person:
    roams = chance.choice((0.02, 0.03, 0.04, 0.05, 0.08, 0.12))
    return Person(f"m{number:03d}", name.name, name.female, date.min, roams=roams)


def _let_found(chance: random.Random, person: Person, founded: date) -> None:
    """Make someone a full member who was there at the founding."""
    person.converted = founded - timedelta(days=chance.randrange(150, 7000))
    person.joined = shift_years(person.converted, -1)
    person.standings = [(founded, FULL)]


def _make_group(chance: random.Random, number: int, say: Phrases, language: str) -> Group:
    name = say.group.format(number=_write_chinese(number + 1) if language == "zh" else number + 1)
    start = chance.choice((810, 900, 930, 960, 975))
    shop = say.shops[number % len(say.shops)]
    return Group(f"g{number + 1}", name, shop, start, 0.3 + 0.6 * ((number * 3) % 7) / 7)


def _write_chinese(number: int) -> str:
    """Return a number from 1 to 100 in Chinese characters."""
    tens, ones = divmod(number, 10)
    if tens >= 10:  # noqa: PLR2004 - only 100 comes here
        return "一百"
    ten = (_CHINESE_DIGITS[tens] if tens > 1 else "") + "十" if tens else ""
    return ten + (_CHINESE_DIGITS[ones] if ones else "")


def _divide_into_groups(cast: Cast, people: list[Person], posts: int) -> None:
    """Spread people over the groups and give each group a leader, where possible one without a post."""
    for number, person in enumerate(people if cast.groups else ()):
        put_into_group(cast.groups[number % len(cast.groups)], person, cast.founded)
    staying, holders = set(cast.staying), set(cast.people[:posts])
    for group in cast.groups:
        fit = [person for person in group.people if person in staying]
        leader = next((person for person in fit if person not in holders), fit[-1])
        group.leaders = [(cast.founded, leader)]


def _take_novices(chance: random.Random, people: list[Person], start: date, founded: date) -> list[Person]:
    """Let one in twelve be probationary when the records begin, and return the others."""
    number = (len(people) + 7) // 12
    for person in people[:number]:
        person.joined = workday_after(start - timedelta(days=chance.randrange(60, 300)))
        person.converted = None
        person.standings = [(founded, PROBATIONARY)]
        person.eventful = True
    return people[number:]


def _excuse_oldest(people: list[Person], founded: date, approver: str) -> None:
    """Excuse one in thirty from attending, as the oldest."""
    for person in people[: (len(people) + 20) // 30]:
        person.joined = person.joined.replace(year=person.joined.year - 20, day=1)
        person.converted = person.joined.replace(year=person.joined.year + 1)
        person.exemptions = [Exemption(founded, None, "elderly", approver)]
        person.eventful = True


def _name_others(cast: Cast, names: list[str], say: Phrases) -> None:
    """Name the Party workers, and those who are no members: staff, supervisors of openness, who wrote letters."""
    posts = dict(cast.terms[0].posts)
    cast.workers = list(dict.fromkeys([posts.get("organization", cast.people[0]), cast.people[0]]))
    cast.staff = [Outsider(f"s{number:02d}", names.pop(), unit) for number, unit in enumerate(say.staff_units, 1)]
    cast.supervisors = [Outsider("", names.pop(), unit) for unit in (say.shops[0], say.supervisor_unit)]
    cast.strangers = names

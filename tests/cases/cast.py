"""The branch of a case: the standard branch with what the case changes, its people by name."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from ruamel.yaml import YAML

HERE = Path(__file__).parent
Raw: TypeAlias = dict[str, Any]
OF_COMMITTEE = {"committee-meeting"}
OF_COMMITTEE_OR_ALL = {"party-building-meeting", "democratic-life-meeting"}
STATUSES = ("probationary", "full", "suspended", "transferred", "left")
FAR = date(9000, 1, 1)


def read(path: Path) -> Any:
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


@cache
def standard() -> Raw:
    branch: Raw = read(HERE / "standard-branch.yaml")
    return branch


@dataclass
class Held:
    """Who holds a post or leads a group, and from when to when, both days included."""

    who: str
    start: date
    end: date = FAR


@dataclass
class Person:
    id: str
    name: str
    standings: list[tuple[date, str]]
    groups: list[tuple[date, str | None]]
    exempt: list[tuple[date, date]]

    def attends(self, day: date) -> bool:
        return latest(self.standings, day) in {"probationary", "full"} and not any(
            start <= day <= end for start, end in self.exempt
        )


@dataclass
class Cast:
    """The branch of one case: its people by name, its groups with their leaders, its terms with their posts."""

    founded: date
    records_from: date | None = None
    people: dict[str, Person] = field(default_factory=dict)
    groups: dict[str, tuple[Raw, list[Held]]] = field(default_factory=dict)
    terms: list[tuple[date, date, bool]] = field(default_factory=list)
    posts: list[tuple[str, Held]] = field(default_factory=list)
    workers: list[Held] = field(default_factory=list)
    staff: dict[str, Raw] = field(default_factory=dict)
    supervisors: list[tuple[str, Held]] = field(default_factory=list)
    settings: Raw = field(default_factory=dict)

    def id(self, name: str) -> str:
        return self.people[name].id

    @property
    def ids(self) -> dict[str, str]:
        """Everyone's id by name, those of the staff list among them."""
        staff = {name: f"s{number:03d}" for number, name in enumerate(self.staff, 1)}
        return staff | {name: person.id for name, person in self.people.items()}

    def in_committee(self, day: date) -> bool:
        return any(start <= day <= end and committee for start, end, committee in self.terms)

    def everyone(self, day: date) -> list[str]:
        return [name for name, person in self.people.items() if person.attends(day)]

    def full_members(self, day: date) -> list[str]:
        return [name for name, person in self.people.items() if latest(person.standings, day) == "full"]

    def workers_on(self, day: date) -> list[str]:
        return [held.who for held in self.workers if held.start <= day <= held.end]

    def due(self, kind: str, group: str | None, day: date) -> list[str]:
        names = self.everyone(day)
        if group:
            return [name for name in names if latest(self.people[name].groups, day) == group]
        if kind in OF_COMMITTEE or (kind in OF_COMMITTEE_OR_ALL and self.in_committee(day)):
            on = {held.who for _, held in self.posts if held.start <= day <= held.end}
            return [name for name in names if name in on and self.in_committee(day)]
        return names

    def chair(self, group: str | None, day: date) -> str:
        held = self.groups[group][1] if group else [each for post, each in self.posts if post == "secretary"]
        return next((each.who for each in held if each.start <= day <= each.end), held[0].who)


def cast(branch: Raw) -> Cast:
    """Lay what a case says of its branch over the standard branch."""
    plan = standard() | {key: value for key, value in branch.items() if key not in {"members", "posts"}}
    made = Cast(plan["founded"], plan.get("records_from"), staff=plan["staff"], settings=plan.get("settings", {}))
    members = dict(list(plan["members"].items())[: plan.get("full_members")]) | branch.get("members", {})
    listed: Raw = {} if plan["groups"] == "none" else plan["groups"]
    for name, data in members.items():
        made.people[name] = _person(made, f"m{len(made.people) + 1:03d}", name, data, listed)
    for id_, data in listed.items():
        made.groups[id_] = (data, _held(made, data["leader"], day_of(made, data["from"])))
    for post, holders in (plan["posts"] | branch.get("posts", {})).items():
        made.posts += [(post, held) for held in _held(made, holders, made.founded)]
    made.workers = [] if plan["workers"] == "none" else _held(made, plan["workers"], made.founded)
    for name, data in plan["supervisors"].items():
        made.supervisors.append((data["unit"], Held(name, day_of(made, data["from"]), data.get("to", FAR))))
    made.terms = _terms(made, plan["committee"])
    return made


def day_of(made: Cast, day: date | str) -> date:
    """Read a day, or the word for the day on which the branch was founded."""
    return made.founded if isinstance(day, str) else day


def latest(dated: list[tuple[date, Any]], day: date) -> Any:
    """Return what holds on a day: what began last, of things that each end when the next begins."""
    held = None
    for start, value in dated:
        if start <= day:
            held = value
    return held


def _person(made: Cast, id_: str, name: str, data: Raw, groups: Raw) -> Person:
    return Person(
        id=id_,
        name=name,
        standings=sorted((day_of(made, day), status) for status, day in data.items() if status in STATUSES),
        groups=[
            (day_of(made, day), None if group == "none" else group)
            for group, day in data.get("group", {}).items()
            if group in groups or group == "none"
        ],
        exempt=[(each["from"], each.get("to", FAR)) for each in data.get("exempt", [])],
    )


def _held(made: Cast, holders: str | Raw, start: date) -> list[Held]:
    """Read ``name`` or ``{name: {from, to}, name: {from, to}}``."""
    if isinstance(holders, str):
        return [Held(holders, start)]
    return [Held(name, day_of(made, days.get("from", start)), days.get("to", FAR)) for name, days in holders.items()]


def _terms(made: Cast, committee: str | Raw | list[Raw]) -> list[tuple[date, date, bool]]:
    """Return the terms with a committee, and terms without one over the days between."""
    given = [] if isinstance(committee, str) else committee if isinstance(committee, list) else [committee]
    terms: list[tuple[date, date, bool]] = []
    free = made.founded
    for each in given:
        start, end = day_of(made, each["from"]), each.get("to", FAR)
        if free < start:
            terms.append((free, start - timedelta(days=1), False))
        terms.append((start, end, True))
        free = end + timedelta(days=1)
    return [*terms, (free, FAR, False)] if free < FAR else terms

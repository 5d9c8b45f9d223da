"""The people, groups and terms of the branch while it is being made up, and who is due on a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dangwu.model.record import COMMITTEE_MEETING, GROUP_MEETING
from dangwu.model.roster import COMMITTEE_OR_ALL_KINDS

if TYPE_CHECKING:
    from datetime import date

FULL, PROBATIONARY, TRANSFERRED = "full", "probationary", "transferred"
NO_COMMITTEE_BELOW = 7
"""Fewer full members have a secretary only (2018 branch regulation, ch. 6)."""


@dataclass(frozen=True, slots=True)
class Exemption:
    """Days, both included, on which a member need not attend."""

    start: date
    end: date | None
    reason: str
    approved_by: str


@dataclass(slots=True, eq=False)
class Person:
    """One member; everything with a day in it holds from that day on."""

    id: str
    name: str
    female: bool
    joined: date
    converted: date | None = None
    standings: list[tuple[date, str]] = field(default_factory=list)
    groups: list[tuple[date, str]] = field(default_factory=list)
    exemptions: list[Exemption] = field(default_factory=list)
    collects: date | None = None
    roams: float = 0.05
    eventful: bool = False

    @property
    def is_settled(self) -> bool:
        """Whether someone is a full member all the time and collects no dues."""
        return [status for _, status in self.standings] == [FULL] and not self.collects

    def standing_on(self, day: date) -> str | None:
        """Return the status on a day."""
        return _find_latest(self.standings, day)

    def group_on(self, day: date) -> str | None:
        """Return the id of the Party group on a day."""
        return _find_latest(self.groups, day)

    def is_full(self, day: date) -> bool:
        """Say whether someone is a full member on a day."""
        return self.standing_on(day) == FULL

    def is_member(self, day: date) -> bool:
        """Say whether someone is a full or probationary member on a day."""
        return self.standing_on(day) in {FULL, PROBATIONARY}

    def is_due(self, day: date) -> bool:
        """Say whether attendance is due on a day: a member, and not exempt."""
        return self.is_member(day) and not any(
            exemption.start <= day and (exemption.end is None or day <= exemption.end) for exemption in self.exemptions
        )


@dataclass(slots=True, eq=False)
class Group:
    """A Party group: its habits, and its leaders each with the first day."""

    id: str
    name: str
    shop: str
    start_minute: int
    in_month: float
    leaders: list[tuple[date, Person]] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)

    def leader_on(self, day: date) -> Person:
        """Return who leads the group on a day."""
        return next(person for since, person in reversed(self.leaders) if since <= day)


@dataclass(slots=True, eq=False)
class Term:
    """Days on which the posts of one term of office are held by the same people; the first is the secretary.

    A by-election begins another one with the same ``number``.
    """

    start: date
    posts: list[tuple[str, Person]]
    number: int = 1


@dataclass(slots=True, eq=False)
class Applicant:
    """Someone who is not a member yet: comes to meetings of one group until admitted."""

    name: str
    group: str | None
    admitted: date | None = None


@dataclass(frozen=True, slots=True)
class Outsider:
    """Someone who is no member: of the staff, or from another unit."""

    id: str
    name: str
    unit: str


@dataclass(slots=True, eq=False)
class Cast:
    """Everyone. ``people`` are in the order of their ids; the first ``core`` of them stay all the time."""

    founded: date
    people: list[Person]
    core: int
    committee: bool
    groups: list[Group] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    applicants: list[Applicant] = field(default_factory=list)
    manager: str = ""
    workers: list[Person] = field(default_factory=list)
    staff: list[Outsider] = field(default_factory=list)
    supervisors: list[Outsider] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    @property
    def staying(self) -> list[Person]:
        """Those who are there all the time."""
        return self.people[: self.core]

    def group(self, group: str) -> Group:
        """Return a group by its id."""
        return self.groups[int(group[1:]) - 1]

    def term_on(self, day: date) -> Term:
        """Return the term in office on a day."""
        return next(term for term in reversed(self.terms) if term.start <= day)

    def officers(self, day: date) -> list[Person]:
        """Return the holders of posts on a day, each once, the secretary first."""
        return list(dict.fromkeys(person for _, person in self.term_on(day).posts))

    def holder(self, post: str, day: date) -> Person:
        """Return who holds a post on a day; where it is not filled, the secretary."""
        posts = self.term_on(day).posts
        return dict(posts).get(post, posts[0][1])

    def all_officers(self) -> set[Person]:
        """Return all who ever hold a post."""
        return {person for term in self.terms for _, person in term.posts}

    def all_leaders(self) -> set[Person]:
        """Return all who ever lead a group."""
        return {person for group in self.groups for _, person in group.leaders}

    def members(self, day: date) -> list[Person]:
        """Return the full and probationary members of a day, those who need not attend among them."""
        return [person for person in self.people if person.is_member(day)]

    def due(self, kind: str, group: str | None, day: date) -> list[Person]:
        """Return who is due at a meeting of this kind on a day, in the order of their ids."""
        if kind == GROUP_MEETING:
            people = self.group(group or "").people
            return [person for person in people if person.group_on(day) == group and person.is_due(day)]
        if kind == COMMITTEE_MEETING or (self.committee and kind in COMMITTEE_OR_ALL_KINDS):
            officers = self.officers(day)
            return [person for person in self.staying if person in officers and person.is_due(day)]
        return [person for person in self.people if person.is_due(day)]


def _find_latest(entries: list[tuple[date, str]], day: date) -> str | None:
    return next((value for since, value in reversed(entries) if since <= day), None)

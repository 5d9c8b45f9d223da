"""Who came to a meeting, who was on leave or absent, who chaired and who wrote the record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dangwu.model.record import COMMITTEE_MEETING, GROUP_MEETING
from dangwu.model.roster import COMMITTEE_OR_ALL
from dangwu.sample.cast import FULL

if TYPE_CHECKING:
    import random

    from dangwu.sample.cast import Cast, Person
    from dangwu.sample.meeting_plan import Slot

_REASONS = ("business-trip", "business-trip", "personal", "personal", "illness", "family", "study")
_NEARLY_ALL = 0.85
_ONE_ABSENT, _ONE_LATE = 0.05, 0.12


@dataclass(slots=True)
class Attendance:
    """The lists of one meeting. ``leave`` has member, reason code and who approved it."""

    due: list[Person]
    chair: Person
    recorder: Person
    present: list[Person]
    leave: list[tuple[Person, str, Person]] = field(default_factory=list)
    absent: list[Person] = field(default_factory=list)
    late: list[Person] = field(default_factory=list)
    delegated_by: Person | None = None


class Doorkeeper:
    """Decides, meeting after meeting in order of time, who is there; nobody misses two running without reason."""

    def __init__(self, cast: Cast, chance: random.Random, spared: Person | None) -> None:
        self._cast = cast
        self._chance = chance
        self._spared = spared
        self._missed_last: set[str] = set()
        self._recorders: dict[str, str] = {}

    def receive(self, slot: Slot, *, everyone: bool) -> Attendance:
        """Return the lists of a meeting; ``everyone`` where a vote needs nearly all."""
        due = self._cast.due(slot.kind, slot.group, slot.day)
        head, deputies = self._heads(slot, due)
        away = self._away(slot, due, head, deputies, everyone=everyone)
        absent = self._absent(slot, due, away, head)
        gone = {person.id for person in (*away, *absent)}
        present = [person for person in due if person.id not in gone]
        chair = head if head.id not in gone else self._delegate(deputies, gone)
        recorder = self._recorder(slot, present, chair)
        late = [each for each in present if each is not chair and each is not recorder]
        latecomer = [self._chance.choice(late)] if late and self._chance.random() < _ONE_LATE else []
        self._missed_last.difference_update(person.id for person in due)
        self._missed_last.update(person.id for person in absent)
        leave = [(person, self._chance.choice(_REASONS), self._approver(slot, person, head)) for person in away]
        return Attendance(due, chair, recorder, present, leave, absent, latecomer, head if chair is not head else None)

    def _heads(self, slot: Slot, due: list[Person]) -> tuple[Person, list[Person]]:
        """Return who chairs by right, and who may chair in that person's place."""
        if slot.kind == GROUP_MEETING:
            head = self._cast.group(slot.group or "").leader_on(slot.day)
            return head, [person for person in due if person is not head]
        posts = self._cast.term_on(slot.day).posts
        deputies = sorted(posts[1:], key=lambda each: each[0] != "deputy-secretary")
        return posts[0][1], [person for _, person in deputies]

    def _away(
        self, slot: Slot, due: list[Person], head: Person, deputies: list[Person], *, everyone: bool
    ) -> list[Person]:
        roll = self._chance.random
        away = [each for each in due if roll() < each.roams and each is not slot.absentee]
        if head in away and (slot.makes_up or all(person in away for person in deputies)):
            away.remove(head)
        most = int(len(due) * (1 - _NEARLY_ALL)) if everyone else (len(due) - 1) // 3
        if slot.absentee:
            most = min(most, max(0, (len(due) - 1) // 2 - 1))
        return away[: max(0, most)]

    def _absent(self, slot: Slot, due: list[Person], away: list[Person], head: Person) -> list[Person]:
        if slot.absentee:
            return [slot.absentee]
        small = slot.kind == COMMITTEE_MEETING or slot.kind in COMMITTEE_OR_ALL
        if self._chance.random() >= _ONE_ABSENT or small or len(due) < 5:  # noqa: PLR2004
            return []
        core = {person.id for person in self._cast.people[: self._cast.core]}
        taken = {head.id, *core, *self._missed_last, *(person.id for person in away)}
        free = [person for person in due if person.id not in taken and person is not self._spared]
        return [self._chance.choice(free)] if free else []

    def _delegate(self, deputies: list[Person], gone: set[str]) -> Person:
        return next(person for person in deputies if person.id not in gone)

    def _recorder(self, slot: Slot, present: list[Person], chair: Person) -> Person:
        """Keep to one recorder for each body as long as that person is there."""
        body = slot.group or slot.kind
        others = [person for person in present if person is not chair]
        usual = next((person for person in others if person.id == self._recorders.get(body)), None)
        if usual or not others:
            return usual or chair
        holders = {person.id for _, person in self._cast.term_on(slot.day).posts}
        fit = [each for each in others if each.standing_on(slot.day) == FULL and (slot.group or each.id in holders)]
        chosen = self._chance.choice(fit or others)
        self._recorders.setdefault(body, chosen.id)
        return chosen

    def _approver(self, slot: Slot, person: Person, head: Person) -> Person:
        """Return the group's leader, or the secretary; for those two the secretary, or whoever comes next."""
        posts = [holder for _, holder in self._cast.term_on(slot.day).posts]
        options = [head, *posts] if slot.kind == GROUP_MEETING else posts
        return next((each for each in options if each is not person), person)

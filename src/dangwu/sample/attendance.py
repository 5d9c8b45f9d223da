"""Where a meeting was held, who came, was on leave or absent, who chaired, who wrote the record and who sat in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.record import DEMOCRATIC_LIFE_MEETING, GROUP_MEETING, LECTURE
from dangwu.sample.meeting_plan import KINDS
from dangwu.sample.sample_values import seeded_random

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dangwu.sample.cast import Cast, Person
    from dangwu.sample.meeting_plan import PlannedMeeting
    from dangwu.sample.pools import Phrases

_REASONS = ("business-trip", "business-trip", "personal", "personal", "illness", "family", "study")
_NEARLY_ALL = 0.85
_ONE_ABSENT, _ONE_LATE = 0.05, 0.12
_ENOUGH_PEOPLE = 5
_MOST_GUESTS = 3
_COURSE = 540
"""An applicant is known for about this many days before being admitted."""


@dataclass(slots=True)
class Attendance:
    """The lists of one meeting. ``leave`` has member, reason code and who approved it; guests are as written."""

    due: list[Person]
    chair: Person
    recorder: Person
    present: list[Person]
    leave: list[tuple[Person, str, Person]]
    absent: list[Person]
    late: list[Person]
    delegated_by: Person | None
    guests: list[str]
    place: str


class AttendanceCounts(NamedTuple):
    """How often each was due, present and on leave at some meetings."""

    due: Counter[Person]
    present: Counter[Person]
    leave: Counter[Person]


def count_attendance(meetings: Sequence[Attendance]) -> AttendanceCounts:
    """Count the lists of some meetings, each list once."""
    return AttendanceCounts(
        due=Counter(person for there in meetings for person in there.due),
        present=Counter(person for there in meetings for person in there.present),
        leave=Counter(person for there in meetings for person, *_ in there.leave),
    )


class AttendanceDraw:
    """Decides, meeting after meeting in order of time, who is there; nobody misses two running without reason."""

    def __init__(self, cast: Cast, say: Phrases, seed: int, spared: Person | None) -> None:
        self._cast = cast
        self._say = say
        self._chance = seeded_random(seed, "attendance")
        self._visits = seeded_random(seed, "visitors")
        self._spared = spared
        self._missed_last: set[Person] = set()
        self._recorders: dict[str, Person] = {}

    def draw_attendance(self, meeting: PlannedMeeting, *, everyone: bool) -> Attendance:
        """Return the lists of a meeting; ``everyone`` where a vote needs nearly all."""
        due = self._cast.due(meeting.kind, meeting.group, meeting.day)
        head, deputies = self._list_chairs(meeting, due)
        away = self._draw_away(meeting, due, head, deputies, everyone=everyone)
        absent = self._draw_absent(meeting, due, [head, *away])
        gone = {*away, *absent}
        present = [person for person in due if person not in gone]
        chair = next(person for person in (head, *deputies) if person not in gone)
        recorder = self._draw_recorder(meeting, present, chair)
        others = [person for person in present if person not in {chair, recorder}]
        late = [self._chance.choice(others)] if others and self._chance.random() < _ONE_LATE else []
        self._missed_last = self._missed_last.difference(due).union(absent)
        reasons = [self._chance.choice(_REASONS) for _ in away]
        approvers = [self._choose_approver(meeting, person, head) for person in away]
        return Attendance(
            due, chair, recorder, present, list(zip(away, reasons, approvers, strict=True)), absent, late,
            head if chair is not head else None, self._draw_guests(meeting), self._draw_place(meeting),
        )  # fmt: skip

    def _list_chairs(self, meeting: PlannedMeeting, due: list[Person]) -> tuple[Person, list[Person]]:
        """Return who chairs by right, and who may chair in that person's place."""
        if meeting.kind == GROUP_MEETING:
            head = self._cast.group(meeting.group or "").leader_on(meeting.day)
            return head, [person for person in due if person is not head]
        (_, secretary), *others = self._cast.term_on(meeting.day).posts
        deputies = sorted(others, key=lambda post: post[0] != "deputy-secretary")
        return secretary, [person for _, person in deputies]

    def _draw_away(
        self, meeting: PlannedMeeting, due: list[Person], head: Person, deputies: list[Person], *, everyone: bool
    ) -> list[Person]:
        away = [person for person in due if self._chance.random() < person.roams and person is not meeting.absentee]
        if head in away and (meeting.makes_up or all(person in away for person in deputies)):
            away.remove(head)
        if meeting.kind == DEMOCRATIC_LIFE_MEETING:
            return []  # all of the committee attend (4.2)
        most = int(len(due) * (1 - _NEARLY_ALL)) if everyone else (len(due) - 1) // 3
        if meeting.absentee:
            most = min(most, (len(due) - 1) // 2 - 1)
        return away[: max(0, most)]

    def _draw_absent(self, meeting: PlannedMeeting, due: list[Person], needed: list[Person]) -> list[Person]:
        if meeting.absentee:
            return [meeting.absentee]
        if self._chance.random() >= _ONE_ABSENT or KINDS[meeting.kind].small or len(due) < _ENOUGH_PEOPLE:
            return []
        taken = {self._spared, *self._cast.staying, *self._missed_last, *needed}
        free = [person for person in due if person not in taken]
        return [self._chance.choice(free)] if free else []

    def _draw_recorder(self, meeting: PlannedMeeting, present: list[Person], chair: Person) -> Person:
        """Keep to one recorder for each body as long as that person is there."""
        body, day = meeting.group or meeting.kind, meeting.day
        others = [person for person in present if person is not chair]
        usual = next((person for person in others if person is self._recorders.get(body)), None)
        if usual or not others:
            return usual or chair
        able = set(self._cast.people if meeting.group else self._cast.officers(day))
        fit = [person for person in others if person.is_full(day) and person in able]
        chosen = self._chance.choice(fit or others)
        self._recorders.setdefault(body, chosen)
        return chosen

    def _choose_approver(self, meeting: PlannedMeeting, person: Person, head: Person) -> Person:
        """Return the group's leader, or the secretary; for those two the secretary, or whoever comes next."""
        officers = self._cast.officers(meeting.day)
        options = [head, *officers] if meeting.kind == GROUP_MEETING else officers
        return next((option for option in options if option is not person), person)

    def _draw_guests(self, meeting: PlannedMeeting) -> list[str]:
        """Let applicants come to some meetings, and the general manager to those that hear him."""
        guests: list[str] = []
        if self._visits.random() < KINDS[meeting.kind].visited:
            known = [
                applicant.name
                for applicant in self._cast.applicants
                if meeting.group in {None, applicant.group}
                and (applicant.admitted is None or 0 < (applicant.admitted - meeting.day).days < _COURSE)
            ]
            number = min(len(known), self._visits.randrange(1, _MOST_GUESTS + 1))
            guests = [self._say.applicant.format(name=name) for name in self._visits.sample(known, number)]
        return [*guests, self._say.manager.format(name=self._cast.manager)] if meeting.hears else guests

    def _draw_place(self, meeting: PlannedMeeting) -> str:
        """Return where the meeting is held: a group in its workshop, the others in a few rooms."""
        if meeting.group:
            return self._say.group_place.format(shop=self._cast.group(meeting.group).shop)
        small = KINDS[meeting.kind].small and self._cast.committee
        rooms = self._say.committee_places if small else self._say.general_places
        return rooms[0] if meeting.kind == LECTURE else self._visits.choice(rooms)

"""Who sits in without being a member, and where meetings are held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.record import (
    COMMITTEE_MEETING,
    DEMOCRATIC_LIFE_MEETING,
    GENERAL_MEETING,
    GROUP_MEETING,
    LECTURE,
    PARTY_BUILDING_MEETING,
    STUDY_SESSION,
)

if TYPE_CHECKING:
    import random

    from dangwu.sample.cast import Cast
    from dangwu.sample.meeting_plan import Slot
    from dangwu.sample.pools import Words

_OFTEN = {GROUP_MEETING: 0.2, GENERAL_MEETING: 0.5, LECTURE: 0.8, STUDY_SESSION: 0.4}
_SMALL = {COMMITTEE_MEETING, PARTY_BUILDING_MEETING, DEMOCRATIC_LIFE_MEETING}
_MOST = 3
_COURSE = 540
"""An applicant is known for about this many days before being admitted."""


class Visitors:
    """Lets applicants come to some meetings, and the general manager to every second general meeting."""

    def __init__(self, cast: Cast, chance: random.Random, words: Words) -> None:
        self._cast = cast
        self._chance = chance
        self._say = words.phrases

    def receive(self, slot: Slot) -> tuple[list[str], str | None]:
        """Return who sits in, as written, and the manager's name if he reports (9.2(4))."""
        guests: list[str] = []
        manager = None
        if self._chance.random() < _OFTEN.get(slot.kind, 0):
            known = [
                each.name
                for each in self._cast.applicants
                if slot.group in {None, each.group}
                and (each.admitted is None or 0 < (each.admitted - slot.day).days < _COURSE)
            ]
            number = min(len(known), self._chance.randrange(1, _MOST + 1))
            guests = [self._say.applicant.format(name=name) for name in self._chance.sample(known, number)]
        if slot.hears:
            manager = self._cast.manager
            guests.append(self._say.manager.format(name=manager))
        return guests, manager

    def place(self, slot: Slot) -> str:
        """Return where the meeting is held: a group in its workshop, the others in a few rooms."""
        if slot.group:
            return self._say.group_place.format(shop=self._cast.group(slot.group).shop)
        small = slot.kind in _SMALL and self._cast.committee
        rooms = self._say.committee_places if small else self._say.general_places
        return rooms[0] if slot.kind == LECTURE else self._chance.choice(rooms)

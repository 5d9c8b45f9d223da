"""Puts the sample together: people, plan, faults, events, meetings, and from all of it the commits."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from dangwu.sample.attendance import Doorkeeper
from dangwu.sample.roster_events import happen
from dangwu.sample.meeting_faults import described, plant, plant_absences
from dangwu.sample.commit_writer import Historian
from dangwu.sample.minutes_writer import Scribe
from dangwu.sample.written_texts import Novelty
from dangwu.sample.papers import write_papers
from dangwu.sample.papers.paper_writer import Desk, Held
from dangwu.sample.founding_cast import gather
from dangwu.sample.meeting_plan import further, hearings, order, plan
from dangwu.sample.read_words import load_words
from dangwu.sample.reviews import look_after
from dangwu.sample.sample_values import Sample, dice
from dangwu.sample.visitors import Visitors

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from dangwu.sample.roster_events import Event
    from dangwu.sample.meeting_plan import Slot
    from dangwu.sample.sample_values import Size


def make(
    size: Size, as_of: date, *, language: str, schemas: Mapping[str, Mapping[str, Any]], base: Mapping[str, bytes]
) -> Sample:
    """Return a fictional branch up to the day before ``as_of``; the same arguments give the same bytes.

    ``schemas`` are the bundled schemas by kind, ``base`` the files that the first commit starts from.
    """
    words = load_words(language)
    start, last = date(as_of.year - size.years + 1, 1, 1), as_of - timedelta(days=1)
    cast = gather(size, start, last, words, language)
    slots = plan(dice(size.seed, "plan"), cast, start, last)
    slots += further(dice(size.seed, "further"), slots, start, last)
    slots.sort(key=order)
    planted = plant(slots, cast, size.seed, start, as_of)
    hearings(slots)
    events = happen(cast, slots, size, last=last, words=words)
    planted += plant_absences(slots, cast, start, as_of)

    historian = Historian(cast, dice(size.seed, "history"), language, schemas, last)
    historian.begin(base, start)
    for event in events:
        historian.change(event)
    decided = _decided(events)
    absentee = next((slot.absentee for slot in slots if slot.absentee), None)
    door = Doorkeeper(cast, dice(size.seed, "attendance"), absentee)
    novelty = Novelty()
    scribe = Scribe(cast, words, dice(size.seed, "minutes"), novelty)
    visitors = Visitors(cast, dice(size.seed, "visitors"), words)
    paths: dict[Slot, str] = {}
    held: list[Held] = []
    for slot in sorted(slots, key=order):
        changes = decided.get(slot, [])
        there = door.receive(slot, everyone=any("elect" in event.what for event in changes))
        guests, manager = visitors.receive(slot)
        minutes = scribe.write(slot, there, changes, manager)
        paths[slot] = historian.record(slot, there, minutes, visitors.place(slot), guests)
        held.append(Held(slot, there, minutes, paths[slot]))
    for fault in planted:
        if fault.waiver:
            paths[fault.slot] = historian.waive(fault.slot, fault.waiver)
    faults = tuple(described(fault, paths.get(fault.slot)) for fault in planted)
    desk = Desk(cast, held, historian, novelty, words, seed=size.seed, start=start, last=last)
    write_papers(desk, absentee)
    later = tuple(look_after(historian, held, seed=size.seed, start=start, last=last))
    return Sample(historian.commits(), (*faults, *desk.planted, *later))


def _decided(events: list[Event]) -> dict[Slot, list[Event]]:
    by_slot: dict[Slot, list[Event]] = {}
    for event in events:
        if event.slot:
            by_slot.setdefault(event.slot, []).append(event)
    return by_slot

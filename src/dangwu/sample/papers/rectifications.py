"""System 4: what life meetings set right, filed again when its items are closed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from dangwu.model.message import say
from dangwu.model.record import DEMOCRATIC_LIFE_MEETING, ORGANIZATIONAL_LIFE_MEETING
from dangwu.sample.papers.paper_writer import IN_FORCE, Paper, after, record, workdays

if TYPE_CHECKING:
    from dangwu.sample.papers.paper_writer import Desk, Held

_KIND = "rectification"
_ITEMS = 3


def write(desk: Desk) -> list[tuple[str, date, int]]:
    """File the lists of all life meetings; return those of democratic ones: id, day, number of items."""
    desk.turn_to(_KIND)
    held = [each for each in desk.held if each.slot.kind in {DEMOCRATIC_LIFE_MEETING, ORGANIZATIONAL_LIFE_MEETING}]
    lists = []
    for meeting in held:
        day = desk.on(meeting.slot.day + timedelta(days=3), meeting.slot.day + timedelta(days=8))
        if day is not None:
            lists.append((meeting, day, _items(desk, meeting, day)))
    late = [
        items for meeting, day, items in lists
        if meeting.slot.kind == DEMOCRATIC_LIFE_MEETING and day >= IN_FORCE and items[0]["due"] < desk.last
    ]  # fmt: skip
    told = []
    for meeting, day, items in lists:
        left = items[0]["id"] if late and items is late[-1] else None
        path = _file(desk, meeting, day, items, left)
        id_ = path.rpartition("/")[2].removesuffix(".yaml")
        if left:
            duty = f"4.6/{day.year}/{id_}-{left}"
            desk.plant(
                "unrectified",
                say("{duty}: its day has passed, and it is still open.", duty=duty),
                duty=duty,
                state="overdue",
            )
        if meeting.slot.kind == DEMOCRATIC_LIFE_MEETING:
            told.append((id_, day, len(items)))
    return told


def _items(desk: Desk, meeting: Held, day: date) -> list[dict[str, Any]]:
    owners = [each for each in meeting.there.present if each in desk.staying()] or desk.officers(day)
    items = []
    for number, entry in enumerate(desk.entries(desk.pools.life_meetings.rectifications, _ITEMS)):
        issue, measure = entry.values()
        due = after(day, 38 + 12 * number)
        items.append(
            {
                "id": f"r{number + 1}",
                "issue": issue,
                "measure": measure,
                "owner": desk.chance.choice(owners).id,
                "due": due,
            }
        )
    return items


def _file(desk: Desk, meeting: Held, day: date, items: list[dict[str, Any]], left: str | None) -> str:
    """File the list, and again on each day on which something was closed; ``left`` stays open."""

    def paper() -> Paper:
        return Paper(_KIND, record(_KIND, date=day, meeting=meeting.id, items=items))

    author = desk.officers(day)[0]
    path = desk.file(paper(), day, author)[0]
    days = [(desk.chance.choice(workdays(day + timedelta(days=10), each["due"])), each) for each in items]
    for closed, item in sorted(days, key=lambda each: (each[0], each[1]["id"])):
        if closed <= desk.last and item["id"] != left:
            item |= {"closed_on": closed, "result": desk.words(desk.pools.life_meetings.rectification_results)}
            desk.revise(path, paper(), closed, author)
    return path

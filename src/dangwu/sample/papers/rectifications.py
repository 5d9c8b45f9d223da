"""System 4: what life meetings set right, filed again when its items are closed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.model.message import say
from dangwu.model.record import DEMOCRATIC_LIFE_MEETING, ORGANIZATIONAL_LIFE_MEETING
from dangwu.sample.paper import new_paper
from dangwu.sample.sample_values import IN_FORCE
from dangwu.sample.work_days import list_workdays, workday_after

if TYPE_CHECKING:
    from dangwu.sample.paper import HeldMeeting
    from dangwu.sample.papers.paper_writer import PaperWriter

_KIND = "rectification"
_ITEMS = 3


class Rectification(NamedTuple):
    """What a life meeting sets right, from a day on."""

    meeting: HeldMeeting
    day: date
    items: list[dict[str, Any]]


def write_rectifications(writer: PaperWriter) -> dict[str, Rectification]:
    """File the lists of all life meetings, and return those of democratic ones by id; the last leaves an item open."""
    writer.begin_part(_KIND)
    rectifications = []
    for meeting in writer.held:
        if meeting.plan.kind in {DEMOCRATIC_LIFE_MEETING, ORGANIZATIONAL_LIFE_MEETING}:
            held = meeting.plan.day
            if day := writer.draw_day(held + timedelta(days=3), held + timedelta(days=8)):
                rectifications.append(Rectification(meeting, day, _list_items(writer, meeting, day)))
    democratic = [done for done in rectifications if done.meeting.plan.kind == DEMOCRATIC_LIFE_MEETING]
    lapsed = [done for done in democratic if done.day >= IN_FORCE and done.items[0]["due"] < writer.last]
    filed = {}
    for done in rectifications:
        left = done.items[0]["id"] if done in lapsed[-1:] else None
        name = _file_list(writer, done, left)
        if left:
            duty = f"4.6/{done.day.year}/{name}-{left}"
            text = say("{duty}: its day has passed, and it is still open.", duty=duty)
            writer.plant_state("unrectified", text, duty)
        if done in democratic:
            filed[name] = done
    return filed


def _list_items(writer: PaperWriter, meeting: HeldMeeting, day: date) -> list[dict[str, Any]]:
    settled = set(writer.cast.staying)
    staying = [person for person in meeting.there.present if person in settled]
    owners = staying or writer.cast.officers(day)
    items = writer.draw_entries(writer.words.life_meetings.rectifications, _ITEMS)
    return [
        {"id": f"r{number + 1}", **item, "owner": writer.chance.choice(owners).id,
         "due": workday_after(day, 38 + 12 * number)}
        for number, item in enumerate(items)
    ]  # fmt: skip


def _file_list(writer: PaperWriter, done: Rectification, left: str | None) -> str:
    """File a list, and again on each day on which something was closed; ``left`` stays open. Return its id."""
    author = writer.cast.officers(done.day)[0]
    paper = new_paper(_KIND, date=done.day, meeting=done.meeting.id, items=done.items)
    path = writer.file(paper, done.day, author)
    first = done.day + timedelta(days=10)
    closing = [(writer.chance.choice(list_workdays(first, item["due"])), item["id"], item) for item in done.items]
    for closed, name, item in sorted(closing, key=lambda row: row[:2]):
        if closed <= writer.last and name != left:
            result = writer.draw_sentence(writer.words.life_meetings.rectification_results)
            item |= {"closed_on": closed, "result": result}
            writer.revise(path, paper.with_fields(items=done.items), closed, author)
    return path.rpartition("/")[2].removesuffix(".yaml")

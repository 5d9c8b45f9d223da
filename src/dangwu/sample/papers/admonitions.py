"""System 10: admonitory talks. Their grounds are what people decided; nothing else in the sample leads to them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from dangwu.model.message import say
from dangwu.sample.paper import new_paper
from dangwu.sample.work_days import format_clock, workday_after, workday_before

if TYPE_CHECKING:
    from collections.abc import Collection

    from dangwu.sample.cast import Person
    from dangwu.sample.papers.paper_writer import PaperWriter

_KIND = "admonition"
_BACK = (260, 130)
"""So many days back the talks were held: the first was followed up, of the second the check is missing."""
_GROUNDS = (3, 7)
_ENOUGH_PEOPLE = 4
_TERM = 50
_KEPT_YEARS = 10
_AFTERNOON = 15 * 60


def write_admonitions(writer: PaperWriter, spared: Collection[Person | None]) -> None:
    """File the talks: each with a person who has nothing to do with any other planted fault."""
    writer.begin_part(_KIND)
    for number, back in enumerate(_BACK, 1):
        day = workday_after(writer.last - timedelta(days=back))
        people = _list_people(writer, day, spared)
        if day - timedelta(days=30) >= writer.start and len(people) >= len(_BACK):
            _file_talk(writer, number, day, people[-number])


def _list_people(writer: PaperWriter, day: date, spared: Collection[Person | None]) -> list[Person]:
    members = writer.cast.members(day)
    busy = {*spared, *writer.cast.all_officers(), *writer.cast.all_leaders()}
    people = [person for person in members if person not in busy and person.is_settled and person.is_due(day)]
    return people if len(members) >= _ENOUGH_PEOPLE else []


def _file_talk(writer: PaperWriter, number: int, day: date, person: Person) -> None:
    """File a talk, and again when it was followed up and when it was closed."""
    words, cast = writer.words.supervision, writer.cast
    talker, *officers = cast.officers(day)
    recorder = next(other for other in (*officers, *cast.staying) if other not in {talker, person})
    deadline = workday_after(day, _TERM)
    entry = writer.draw_entry(words.admonitions)
    notice = {
        "date": workday_before(day, 3), "time": format_clock(_AFTERNOON), "place": writer.say.talk_place,
        "requirements": writer.draw_sentence(words.admonition_notices),
    }  # fmt: skip
    paper = new_paper(
        _KIND, id=f"a{number:03d}", member=person.id, ground=_GROUNDS[number - 1], decided_by=writer.decided_by,
        notice=notice, date=day, talker=talker.id, recorder=recorder.id, deadline=deadline, signature="signed",
        shown_on=day, follower=recorder.id, **entry,
        kept={"place": writer.say.kept_place, "until": date(day.year + _KEPT_YEARS, 12, 31)},
    )  # fmt: skip
    path = writer.file(paper, day, recorder)
    unchecked = number == len(_BACK) and deadline < writer.last
    checked = workday_after(day, 25)
    if not unchecked and checked <= writer.last:
        finding = writer.draw_sentence(words.admonition_checks)
        paper = paper.with_fields(checks=[{"date": checked, "finding": finding}])
        writer.revise(path, paper, checked, recorder)
    closed = workday_after(deadline, 8)
    if closed <= writer.last:
        opinion = writer.draw_sentence(words.admonition_opinions)
        outcome = {"date": closed, "state": "improved", "opinion": opinion, "decided_by": writer.decided_by}
        writer.revise(path, paper.with_fields(outcome=outcome), closed, recorder)
    if unchecked:
        duty = f"10.4a/{day.year}/a{number:03d}"
        text = say("{duty}: nobody followed the rectification up by the deadline.", duty=duty)
        writer.plant_state("unfollowed", text, duty)

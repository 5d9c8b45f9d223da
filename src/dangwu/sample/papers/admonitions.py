"""System 10: admonitory talks. Their grounds are what people decided; nothing else in the sample leads to them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from dangwu.model.message import say
from dangwu.sample.cast import FULL
from dangwu.sample.work_days import clock
from dangwu.sample.papers.paper_writer import Paper, after, before, record

if TYPE_CHECKING:
    from collections.abc import Collection

    from dangwu.sample.cast import Person
    from dangwu.sample.papers.paper_writer import Desk

_KIND = "admonition"
_BACK = (260, 130)
"""So many days back the talks were held: the first was followed up, of the second the check is missing."""
_GROUNDS = (3, 7)
_ENOUGH_PEOPLE = 4
_TERM = 50
_KEPT_YEARS = 10


def write(desk: Desk, spared: Collection[str]) -> None:
    """File the talks: each with a person who has nothing to do with any other planted fault."""
    desk.turn_to(_KIND)
    for number, back in enumerate(_BACK, 1):
        day = desk.last - timedelta(days=back)
        day = after(day, 0)
        people = _people(desk, day, spared)
        if day - timedelta(days=30) < desk.start or len(people) < len(_BACK):
            continue
        _talk(desk, number, day, people[-number])


def _people(desk: Desk, day: date, spared: Collection[str]) -> list[Person]:
    holders = {person.id for term in desk.cast.terms for _, person in term.posts}
    leaders = {person.id for group in desk.cast.groups for _, person in group.leaders}
    if len(desk.cast.belonging(day)) < _ENOUGH_PEOPLE:
        return []
    return [
        each
        for each in desk.cast.belonging(day)
        if each.id not in holders | leaders and each.id not in spared and each.is_due(day)
        and len(each.standings) == 1 and each.standing_on(day) == FULL and not each.collects
    ]  # fmt: skip


def _talk(desk: Desk, number: int, day: date, person: Person) -> None:
    facts, source, problems, requirements, measures, account = desk.pair(desk.pools.supervision.admonitions)
    talker = desk.officers(day)[0]
    others = [each for each in (*desk.officers(day)[1:], *desk.staying()) if each not in {talker, person}]
    recorder = others[0]
    told = before(day, 3)
    deadline = after(day, _TERM)
    fields: dict[str, Any] = {
        "id": f"a{number:03d}",
        "member": person.id,
        "ground": _GROUNDS[number - 1],
        "facts": facts,
        "source": source,
        "decided_by": desk.decided_by,
        "notice": {"date": told, "time": clock(900), "place": desk.say.talk_place,
                   "requirements": desk.words(desk.pools.supervision.admonition_notices)},
        "date": day,
        "talker": talker.id,
        "recorder": recorder.id,
        "problems": problems,
        "requirements": requirements,
        "deadline": deadline,
        "measures": measures,
        "account": account,
        "signature": "signed",
        "shown_on": day,
        "follower": recorder.id,
        "kept": {"place": desk.say.kept_place, "until": date(day.year + _KEPT_YEARS, 12, 31)},
    }  # fmt: skip
    path = desk.file(Paper(_KIND, record(_KIND, **fields)), day, recorder)[0]
    unchecked = number == len(_BACK) and deadline < desk.last
    checked = after(day, 25)
    if not unchecked and checked <= desk.last:
        fields["checks"] = [{"date": checked, "finding": desk.words(desk.pools.supervision.admonition_checks)}]
        desk.revise(path, Paper(_KIND, record(_KIND, **fields)), checked, recorder)
    closed = after(deadline, 8)
    if closed <= desk.last:
        opinion = desk.words(desk.pools.supervision.admonition_opinions)
        fields["outcome"] = {"date": closed, "state": "improved", "opinion": opinion, "decided_by": desk.decided_by}
        desk.revise(path, Paper(_KIND, record(_KIND, **fields)), closed, recorder)
    if unchecked:
        duty = f"10.4a/{day.year}/{fields['id']}"
        text = say("{duty}: nobody followed the rectification up by the deadline.", duty=duty)
        desk.plant("unfollowed", text, duty=duty, state="overdue")

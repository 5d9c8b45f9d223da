"""System 5: targets, the groups' logs and reports, and the yearly assessment."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from dangwu.facts.text_similarity import SHORTEST, units
from dangwu.model.message import say
from dangwu.model.period import Every, periods
from dangwu.sample.cast import FULL, PROBATIONARY
from dangwu.sample.papers.paper_writer import Paper, before, record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dangwu.model.period import Period
    from dangwu.sample.cast import Group, Person
    from dangwu.sample.papers.paper_writer import Desk

    Targets = dict[tuple[int, str], list[dict[str, Any]]]

_HEADS = ("attendance", "work-goals", "self-improvement", "discipline", "vanguard")
_POINTS = ((20, 35, 15, 15, 15), (20, 30, 20, 15, 15), (25, 30, 15, 15, 15), (20, 40, 10, 15, 15), (20, 30, 15, 15, 20))
_TOO_FEW = 5
_LATEST_JOINING = 10


def write(desk: Desk) -> Targets:
    """File everything but the assessments, and return the items by year and member."""
    desk.turn_to("targets")
    posts = {person.id: desk.words(desk.pools.targets.posts) for person in desk.cast.people}
    targets: Targets = {}
    for year in desk.years:
        day = desk.on(date(year, 1, 18), date(year, 1, 27))
        if day is None:
            continue
        _targets(desk, year, day, desk.cast.belonging(day), posts, targets)
        for person in desk.cast.people:
            joined = person.standings[0][0] if person.standings else date.max
            if day < joined < date(year, _LATEST_JOINING, 1):
                later = desk.on(joined + timedelta(days=18), joined + timedelta(days=30))
                if later and person.standing_on(later) in {FULL, PROBATIONARY}:
                    _targets(desk, year, later, [person], posts, targets)
    for month in periods(Every.MONTH, desk.start, desk.last + timedelta(days=1)):
        for group in desk.cast.groups:
            _log(desk, month, group)
    for half in periods(Every.HALF, desk.start, desk.last + timedelta(days=1)):
        for group in desk.cast.groups:
            _report(desk, half, group)
    return targets


def _targets(  # noqa: PLR0917 - one private maker
    desk: Desk, year: int, day: date, people: Iterable[Person], posts: dict[str, str], targets: Targets
) -> None:
    """File the targets of some people; in the last year one of them has 95 points only."""
    papers: list[Paper] = []
    wrong = None
    for person in people:
        reviewed = before(day, 2)
        own = before(day, 11)
        own = max(own, person.standings[0][0])
        reviewer = _reviewer(desk, person, reviewed)
        if reviewer is None:
            continue
        targets[year, person.id] = items = _items(desk)
        if (
            year == desk.last.year
            and wrong is None
            and not desk.has_planted("points-short")
            and person in desk.staying()
        ):
            items[1]["points"] -= _TOO_FEW
            wrong = len(papers)
        data = record(
            "target", year=year, member=person.id, post=posts[person.id], items=items, self_set_on=own,
            reviewed_on=reviewed, reviewed_by=reviewer, approved_on=day, approved_by=desk.decided_by,
        )  # fmt: skip
        papers.append(Paper("target", data))
    if not papers:
        return
    paths = desk.file(papers, day, desk.cast.holder("organization", day), about=str(year))
    if wrong is not None:
        desk.plant("points-short", say("The points of a target sum to 95."), path=paths[wrong], code="DW853")


def _items(desk: Desk) -> list[dict[str, Any]]:
    """Return one item for each head; together they are too short to be compared with others."""
    while True:
        items = [
            {"head": head, "item": desk.words(desk.pools.targets.items[head]), "points": points}
            for head, points in zip(_HEADS, desk.chance.choice(_POINTS), strict=True)
        ]
        if len(units("\n".join(str(each["item"]) for each in items))) < SHORTEST:
            return items


def _reviewer(desk: Desk, person: Person, day: date) -> str | None:
    """Return the member's group, where there is none another member; None for one who is alone."""
    group = person.group_on(day)
    if group:
        return group
    return next((each.id for each in desk.staying() if each is not person), None)


def _log(desk: Desk, month: Period, group: Group) -> None:
    """File the month's log of a group: who came how often, and a fact about each."""
    day = desk.on(month.last - timedelta(days=3), month.last + timedelta(days=9))
    if day is None:
        return
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for held in desk.held:
        if held.slot.day in month:
            for at, people in enumerate((held.there.due, held.there.present, [each for each, *_ in held.there.leave])):
                for person in people:
                    counts[person.id][at] += 1
    judged = min(day, month.last)
    entries = [
        {
            "member": person.id,
            "facts": desk.say.log.format(
                due=counts[person.id][0], present=counts[person.id][1], leave=counts[person.id][2],
                fact=desk.words(desk.pools.targets.log_facts),
            ),
            "source": desk.words(desk.pools.targets.log_sources),
        }
        for person in group.people
        if person.group_on(judged) == group.id and person.standing_on(judged) in {FULL, PROBATIONARY}
    ]  # fmt: skip
    keeper = group.leader_on(day)
    data = record("target-log", month=month.label, group=group.id, date=day, keeper=keeper.id, entries=entries)
    desk.file(Paper("target-log", data), day, keeper, about=f"{group.name} {month.label}")


def _report(desk: Desk, half: Period, group: Group) -> None:
    day = desk.on(half.last - timedelta(days=6), half.last + timedelta(days=10))
    if day is None:
        return
    author = group.leader_on(day)
    summary = desk.joined(desk.pools.targets.reports, 3)
    data = record("target-report", half=half.label, group=group.id, date=day, author=author.id, summary=summary)
    desk.file(Paper("target-report", data), day, author, about=f"{group.name} {half.label}")

"""System 5: targets, and the groups' logs and reports on them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, get_args

from dangwu.facts.text_similarity import SHORTEST_UNITS, split_units
from dangwu.model.message import say
from dangwu.model.period import PeriodLength
from dangwu.sample.attendance import count_attendance
from dangwu.sample.paper import Paper, new_paper
from dangwu.sample.pools import Head
from dangwu.sample.work_days import workday_before

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dangwu.model.period import Period
    from dangwu.sample.attendance import AttendanceCounts
    from dangwu.sample.cast import Group, Person
    from dangwu.sample.papers.paper_writer import PaperWriter

    Targets = dict[tuple[int, Person], list[dict[str, Any]]]

HEADS: tuple[Head, ...] = get_args(Head)
_POINTS = ((20, 35, 15, 15, 15), (20, 30, 20, 15, 15), (25, 30, 15, 15, 15), (20, 40, 10, 15, 15), (20, 30, 15, 15, 20))
_TOO_FEW = 5
_LATEST_JOINING = 10


def write_targets(writer: PaperWriter) -> Targets:
    """File everything but the assessments, and return the items by year and member."""
    writer.begin_part("targets")
    posts = {person: writer.draw_sentence(writer.words.targets.posts) for person in writer.cast.people}
    targets: Targets = {}
    for year in writer.years:
        day = writer.draw_day_of(year, (1, 18), (1, 27))
        if day is None:
            continue
        _file_targets(writer, day, writer.cast.members(day), posts, targets)
        for person in writer.cast.people:
            joined = person.standings[0][0]
            if day < joined < date(year, _LATEST_JOINING, 1):
                later = writer.draw_day(joined + timedelta(days=18), joined + timedelta(days=30))
                if later and person.is_member(later):
                    _file_targets(writer, later, [person], posts, targets)
    for month in writer.list_periods(PeriodLength.MONTH):
        counts = count_attendance([meeting.there for meeting in writer.list_held(month.start, month.last)])
        for group in writer.cast.groups:
            _file_log(writer, month, group, counts)
    for half in writer.list_periods(PeriodLength.HALF):
        for group in writer.cast.groups:
            _file_report(writer, half, group)
    return targets


def _file_targets(
    writer: PaperWriter, day: date, people: Iterable[Person], posts: dict[Person, str], targets: Targets
) -> None:
    """File the targets of some people; in the last year one of them has 95 points only."""
    papers: list[Paper] = []
    wrong = None
    may_be_wrong = day.year == writer.last.year and not writer.has_planted("points-short")
    reviewed, own = workday_before(day, 2), workday_before(day, 11)
    staying = set(writer.cast.staying if may_be_wrong else ())
    for person in people:
        reviewer = _choose_reviewer(writer, person, reviewed)
        if reviewer is None:
            continue
        targets[day.year, person] = items = _draw_items(writer)
        if wrong is None and person in staying:
            items[1]["points"] -= _TOO_FEW
            wrong = len(papers)
        paper = new_paper(
            "target", year=day.year, member=person.id, post=posts[person], items=items,
            self_set_on=max(own, person.standings[0][0]), reviewed_on=reviewed, reviewed_by=reviewer,
            approved_on=day, approved_by=writer.decided_by,
        )  # fmt: skip
        papers.append(paper)
    if papers:
        paths = writer.file_together(papers, day, writer.cast.holder("organization", day), about=day.year)
        if wrong is not None:
            writer.plant_finding("points-short", say("The points of a target sum to 95."), paths[wrong], "DW853")


def _draw_items(writer: PaperWriter) -> list[dict[str, Any]]:
    """Return one item for each head; together they are too short to be compared with others."""
    while True:
        items = [
            {"head": head, "item": writer.draw_sentence(writer.words.targets.items[head]), "points": points}
            for head, points in zip(HEADS, writer.chance.choice(_POINTS), strict=True)
        ]
        if len(split_units("\n".join(str(item["item"]) for item in items))) < SHORTEST_UNITS:
            return items


def _choose_reviewer(writer: PaperWriter, person: Person, day: date) -> str | None:
    """Return the member's group, where there is none another member; None for one who is alone."""
    return person.group_on(day) or next((other.id for other in writer.cast.staying if other is not person), None)


def _file_log(writer: PaperWriter, month: Period, group: Group, counts: AttendanceCounts) -> None:
    """File the month's log of a group: who came how often, and a fact about each."""
    day = writer.draw_day(month.last - timedelta(days=3), month.last + timedelta(days=9))
    if day is None:
        return
    judged, words = min(day, month.last), writer.words.targets
    entries = []
    for person in group.people:
        if person.group_on(judged) == group.id and person.is_member(judged):
            fill = {"due": counts.due[person], "present": counts.present[person], "leave": counts.leave[person]}
            facts = writer.say.log.format(**fill, fact=writer.draw_sentence(words.log_facts))
            entries.append({"member": person.id, "facts": facts, "source": writer.draw_sentence(words.log_sources)})
    keeper = group.leader_on(day)
    paper = new_paper("target-log", month=month.label, group=group.id, date=day, keeper=keeper.id, entries=entries)
    writer.file(paper, day, keeper, about=f"{group.name} {month.label}")


def _file_report(writer: PaperWriter, half: Period, group: Group) -> None:
    day = writer.draw_day(half.last - timedelta(days=6), half.last + timedelta(days=10))
    if day:
        author = group.leader_on(day)
        summary = writer.compose_text(writer.words.targets.reports, 3, writer.say.sentence_separator)
        paper = new_paper("target-report", half=half.label, group=group.id, date=day, author=author.id, summary=summary)
        writer.file(paper, day, author, about=f"{group.name} {half.label}")

"""System 6: trainings, checks of study, and the room with its kit."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dangwu.sample.papers.paper_writer import Paper, after, record

if TYPE_CHECKING:
    from dangwu.sample.papers.paper_writer import Desk

_COURSES = (("p1", 4), ("p2", 9))
_WORKERS_MONTH = 5
_ENOUGH = 8
"""Of so many or more someone misses a course."""
_CHECKS = ((6, 1, 6, 12), (11, 9, 11, 20))
_PAPERS = 2


def write(desk: Desk) -> None:
    """File the records of all years."""
    desk.turn_to("study")
    for year in desk.years:
        for item, month in _COURSES:
            _course(desk, year, item, month)
        _workers_course(desk, year)
        for first_month, first, last_month, last in _CHECKS:
            _study_check(desk, date(year, first_month, first), date(year, last_month, last))
        _facilities(desk, year)


def _course(desk: Desk, year: int, item: str, month: int) -> None:
    day = desk.on(date(year, month, 8), date(year, month, 22))
    if day is None:
        return
    following = after(day, 1)
    if following > desk.last:
        return
    present = [each for each in desk.cast.belonging(day) if each.is_due(day)]
    if len(present) >= _ENOUGH:
        free = [each for each in present if not each.exemptions and each not in desk.staying()]
        missing = desk.chance.choice(free) if free else None
        present = [each for each in present if each is not missing]
    title, place = desk.pair(desk.pools.study.member_courses)
    data = record(
        "training", date=day, to=following, title=title, hours=14, audience=["members"], place=place,
        present=[each.id for each in present], plan_item=item,
    )  # fmt: skip
    author = desk.cast.holder("publicity", day)
    desk.file(Paper("training", data, slug="members"), day, author, about=str(year), not_before=following)


def _workers_course(desk: Desk, year: int) -> None:
    day = desk.on(date(year, _WORKERS_MONTH, 8), date(year, _WORKERS_MONTH, 27))
    if day is None:
        return
    title, place = desk.pair(desk.pools.study.worker_courses)
    people = {each.id: each for each in (*desk.cast.workers, *desk.officers(day))}
    data = record(
        "training", date=day, title=title, hours=7, audience=["party-workers", "committee"], place=place,
        present=sorted(people), plan_item="w1",
    )  # fmt: skip
    desk.file(Paper("training", data, slug="workers"), day, desk.cast.workers[0], about=str(year))


def _study_check(desk: Desk, first: date, until: date) -> None:
    day = desk.on(first, until)
    if day is None:
        return
    checker = desk.cast.holder("publicity", day)
    rows = [{"member": each.id, "result": desk.words(desk.pools.study.check_results)} for each in desk.cast.belonging(day)]
    data = record("study-check", date=day, checker=checker.id, members=rows)
    desk.file(Paper("study-check", data), day, checker)


def _facilities(desk: Desk, year: int) -> None:
    day = desk.on(date(year, 3, 9), date(year, 3, 24))
    if day is None:
        return
    checker = desk.cast.holder("organization", day)
    data = record(
        "facility-check", date=day, checker=checker.id, room=True, kit=True,
        subscriptions=sorted(desk.several(desk.pools.study.subscriptions, _PAPERS)), remark=desk.words(desk.pools.study.room_remarks),
    )  # fmt: skip
    desk.file(Paper("facility-check", data), day, checker, about=str(year))

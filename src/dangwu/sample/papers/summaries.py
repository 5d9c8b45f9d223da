"""System 1: summaries, commendations, the development of members, and what inspectors from above raised."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from dangwu.model.record import STUDY_SESSION
from dangwu.sample.cast import PROBATIONARY
from dangwu.sample.papers.plans import results
from dangwu.sample.papers.paper_writer import Paper, after, record

if TYPE_CHECKING:
    from dangwu.sample.cast import Applicant
    from dangwu.sample.papers.paper_writer import Desk

_COMMENDED = 3
_NOT_DEPLOYED = 5
"""Every so many years the superior deploys nothing."""
_POINTS = 2


def write(desk: Desk) -> None:
    """File the records of all years."""
    desk.turn_to("summaries")
    for year in desk.years:
        _development(desk, year)
        _superior(desk, year)
        _excellence(desk, year)
        for kind, half, first, until in (
            ("mid-year-summary", 0, date(year, 6, 22), date(year, 7, 10)),
            ("year-end-summary", 6, date(year, 12, 21), date(year + 1, 1, 11)),
        ):
            day = desk.on(first, until)
            if day is not None and year in desk.tasks:
                _summary(desk, kind, date(year, half + 1, 1), day)


def _summary(desk: Desk, kind: str, since: date, day: date) -> None:
    held = [each for each in desk.held if since <= each.slot.day <= day and each.slot.day.year == since.year]
    studies = sum(each.slot.kind == STUDY_SESSION for each in held)
    author = desk.officers(day)[0]
    sections = {
        "主要工作": desk.fresh(lambda: "\n\n".join(desk.several(desk.pools.summaries.work, 4, meetings=len(held), studies=studies))),
        "存在问题": desk.fresh(lambda: "\n\n".join(desk.several(desk.pools.summaries.problems, 3))),
        "下一步打算": desk.fresh(lambda: "\n\n".join(desk.several(desk.pools.summaries.next_steps, 3))),
    }
    data = record(kind, year=since.year, date=day, author=author.id, results=results(desk, desk.tasks[since.year], day))
    desk.file(Paper(kind, data, sections=sections), day, author, about=str(since.year))


def _excellence(desk: Desk, year: int) -> None:
    day = desk.on(date(year, 6, 15), date(year, 6, 26))
    if day is None:
        return
    deployed = year % _NOT_DEPLOYED != 0
    full = [each for each in desk.staying() if each.is_due(day) and each.standing_on(day) != PROBATIONARY]
    people = desk.chance.sample(full, min(_COMMENDED, (len(full) + 3) // 4))
    commended = [{"who": each.id, "form": desk.words(desk.pools.summaries.praise_forms)} for each in people]
    commended.append({"who": desk.words(desk.pools.summaries.praised_units), "form": desk.words(desk.pools.summaries.praise_forms)})
    data = record(
        "excellence-summary",
        year=year,
        date=day,
        deployed=deployed,
        notice=desk.say.notice.format(year=year, n=desk.chance.randrange(8, 30)) if deployed else None,
        commended=commended if deployed else [],
    )
    sections = {"总结": desk.fresh(lambda: "\n\n".join(desk.several(desk.pools.summaries.excellence, 4)))}
    desk.file(Paper("excellence-summary", data, sections=sections), day, desk.officers(day)[0], about=str(year))


def _development(desk: Desk, year: int) -> None:
    """File the development plan: applicants with the days that they have come to by then."""
    day = desk.on(date(year, 1, 11), date(year, 1, 22))
    if day is None:
        return
    people = []
    for number, one in enumerate(desk.cast.applicants):
        if one.admitted and one.admitted <= day:
            continue
        steps = {key: step for key, step in _steps(desk, number, one).items() if step <= day}
        if steps:
            stage = "candidate" if "candidate_on" in steps else "activist" if "activist_on" in steps else "applicant"
            people.append({"id": f"x{number + 1:02d}", "name": one.name, "stage": stage, **steps})
    data = record(
        "development-plan",
        year=year,
        approved_on=day,
        approved_by=desk.decided_by,
        target=sum(each["stage"] == "candidate" for each in people),
        people=people,
        steps=desk.several(desk.pools.summaries.development_steps, 3),
    )
    desk.file(Paper("development-plan", data), day, desk.cast.holder("organization", day), about=str(year))


def _steps(desk: Desk, number: int, one: Applicant) -> dict[str, date]:
    """Return the days of an applicant's way, the same in every year."""
    candidate = one.admitted - timedelta(days=60 + number * 7 % 50) if one.admitted else date.max
    activist = (one.admitted or desk.start + timedelta(days=500 + number * 120)) - timedelta(
        days=470 + number * 13 % 60
    )
    applied = activist - timedelta(days=150 + number * 11 % 90)
    return {
        "applied_on": applied,
        "talked_on": applied + timedelta(days=5 + number % 15),
        "activist_on": activist,
        "candidate_on": candidate,
    }


def _superior(desk: Desk, year: int) -> None:
    """File the inspection by the superior, and the same record again when its points are closed."""
    day = desk.on(date(year, 5, 11), date(year, 10, 23))
    if day is None:
        return
    owners = desk.officers(day)
    author = owners[0]
    points: list[dict[str, Any]] = []
    for number, entry in enumerate(desk.entries(desk.pools.summaries.inspection_points, _POINTS)):
        point, measure = entry.values()
        due = after(day, 45 + number * 12)
        owner = owners[(number + 1) % len(owners)].id
        points.append({"id": f"p{number + 1}", "point": point, "measure": measure, "owner": owner, "due": due})
    body, result = desk.words(desk.pools.summaries.inspecting_bodies), desk.words(desk.pools.summaries.inspection_results)
    data = record("superior-inspection", date=day, body=body, result=result, points=points)
    path = desk.file(Paper("superior-inspection", data), day, author, about=str(year))[0]
    closing = sorted(
        (desk.on(day + timedelta(days=12), each["due"]), at)
        for at, each in enumerate(points)
        if _over(desk, each["due"])
    )
    for closed, at in closing:
        points[at]["closed_on"] = closed
        data = record("superior-inspection", date=day, body=body, result=result, points=points)
        if closed:
            desk.revise(path, Paper("superior-inspection", data), closed, author)


def _over(desk: Desk, due: date) -> bool:
    return due <= desk.last

"""System 8: what is disclosed, to whom, in which form and when, and what people said to it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from dangwu.model.message import say
from dangwu.model.record import GENERAL_MEETING
from dangwu.sample.papers.paper_writer import Paper, after, before, record

if TYPE_CHECKING:
    from dangwu.sample.papers.paper_writer import Desk

    Told = list[tuple[str, date, int]]
    Appraised = list[tuple[str, date, dict[str, Any]]]

_KIND = "disclosure"
_SPENT = 3
"""One third of the dues is spent in the branch, the rest goes up."""
_OTHER = ((3, "website", "society"), (9, "notice", "employees"))


def write(desk: Desk, rectified: Told, appraised: Appraised, sums: dict[int, float]) -> None:
    """File the disclosures of all years; the last routine one was published before it was approved."""
    desk.turn_to("openness")
    routine = [year for year in desk.years if year in desk.tasks]
    for year in desk.years:
        if year in desk.tasks:
            _routine(desk, year, too_early=year == routine[-1])
        _integrity(desk, year)
        _dues(desk, year, sums.get(year, 0))
        _attendance(desk, year)
        for month, form, scope in _OTHER:
            day = desk.on(date(year, month, 4), date(year, month, 24))
            if day:
                _publish(desk, day, "other", {"class": 6, "timing": "temporary", "scope": scope, "form": form})
    _decisions(desk)
    for id_, day, number in rectified:
        published = desk.on(day + timedelta(days=2), day + timedelta(days=12))
        if published:
            how = {
                "class": 2,
                "timing": "periodic",
                "scope": "employees",
                "form": "notice",
                "about": [id_],
                "completed_on": day,
            }
            _publish(desk, published, "rectification", how, n=number)
    for id_, day, counts in appraised:
        published = desk.on(day + timedelta(days=8), day + timedelta(days=14))
        if published:
            how = {
                "class": 4,
                "timing": "periodic",
                "scope": "members",
                "form": "meeting",
                "about": [id_],
                "completed_on": day,
            }
            _publish(desk, published, "appraisal", how, **counts)


def _publish(desk: Desk, day: date, key: str, how: dict[str, Any], **fill: object) -> tuple[str, Paper]:
    """File an item: checked for secrets, approved, then published."""
    matter, content = desk.pair(desk.pools.openness.disclosures[key], **fill)
    approved = before(day, 4)
    checker = desk.cast.holder("discipline-inspection", approved)
    secretary = desk.officers(approved)[0]
    fields = {
        "date": day,
        "matter": matter,
        "content": content,
        "secrecy_check": {"by": checker.id, "date": approved},
        "approved_by": secretary.id,
        "approved_on": approved,
        **how,
    }
    paper = Paper(_KIND, record(_KIND, **fields), slug=key)
    return desk.file(paper, day, desk.cast.holder("publicity", day))[0], paper


def _routine(desk: Desk, year: int, *, too_early: bool) -> None:
    """File the year's plan as an item, and again with what was said to it and the answer."""
    day = desk.on(date(year, 2, 3), date(year, 2, 10))
    if day is None:
        return
    how: dict[str, Any] = {
        "class": 6, "timing": "routine", "scope": "employees", "form": "notice", "about": [f"annual-plan-{year}"],
        "until": date(year, 12, 31),
    }  # fmt: skip
    after = day + timedelta(days=5)
    too_early = too_early and after <= desk.last
    if too_early:
        how["approved_on"] = after
    else:
        too_early = False
    path, paper = _publish(desk, day, "routine", how, n=len(desk.tasks[year]))
    if too_early:
        desk.plant("published-early", say("An item was published before it was approved."), path=path, code="DW881")
    said = desk.on(day + timedelta(days=6), day + timedelta(days=20))
    answered = desk.on(said + timedelta(days=1), said + timedelta(days=8)) if said else None
    if said and answered:
        text, answer = desk.pair(desk.pools.openness.feedback)
        feedback = [{"id": "f1", "date": said, "text": text, "answer": answer, "answered_on": answered}]
        data = {
            **paper.data,
            **{key: value for key, value in record(_KIND, feedback=feedback).items() if key == "feedback"},
        }
        desk.revise(path, Paper(_KIND, data), answered, desk.cast.holder("publicity", answered))


def _integrity(desk: Desk, year: int) -> None:
    day = desk.on(date(year, 11, 3), date(year, 11, 13))
    if day:
        _publish(desk, day, "integrity", {"class": 3, "timing": "routine", "scope": "employees", "form": "notice"})


def _dues(desk: Desk, year: int, collected: float) -> None:
    day = desk.on(date(year + 1, 1, 11), date(year + 1, 1, 22))
    if day and collected:
        how = {"class": 4, "timing": "periodic", "scope": "members", "form": "internal-document",
               "about": [f"dues-{year}"], "completed_on": date(year, 12, 31)}  # fmt: skip
        how["completed_on"] = day - timedelta(days=5)
        _publish(desk, day, "dues", how, year=year, sum=f"{collected:g}", spent=f"{collected // _SPENT:g}")


def _attendance(desk: Desk, year: int) -> None:
    day = desk.on(date(year, 7, 20), date(year, 7, 28))
    if day:
        held = [each.there for each in desk.held if date(year, 1, 1) <= each.slot.day < date(year, 7, 1)]
        due, present = sum(len(each.due) for each in held), sum(len(each.present) for each in held)
        how = {"class": 5, "timing": "temporary", "scope": "members", "form": "meeting"}
        _publish(desk, day, "supervision", how, due=due, present=present)


def _decisions(desk: Desk) -> None:
    """File the decision on every major matter, in its three stages and after approval from above."""
    for held in desk.held:
        numbers = [at for at, each in enumerate(held.minutes.resolutions, 1) if each.major]
        meeting = held.slot.day
        day = desk.on(meeting + timedelta(days=6), meeting + timedelta(days=14))
        if held.slot.kind != GENERAL_MEETING or not numbers or day is None:
            continue
        asked = before(meeting, 14)
        how = {
            "class": 1,
            "timing": "major",
            "scope": "employees",
            "form": "notice",
            "about": [held.id],
            "resolution": numbers[0],
            "superior_approved_on": after(meeting, 2),
            "stages": {
                "before": {"published_on": asked, "opinions": desk.chance.randrange(2, 9)},
                "decision": {"discussed_on": meeting, "meeting": held.id},
                "result": {"published_on": day},
            },
        }
        _publish(desk, day, "decision", how, text=held.minutes.resolutions[numbers[0] - 1].text)

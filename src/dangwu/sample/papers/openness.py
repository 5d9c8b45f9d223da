"""System 8: what is disclosed, to whom, in which form and when, and what people said to it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from dangwu.model.message import say
from dangwu.sample.paper import Paper, new_paper
from dangwu.sample.work_days import workday_after, workday_before

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dangwu.sample.paper import HeldMeeting
    from dangwu.sample.papers.assessments import Appraisal
    from dangwu.sample.papers.paper_writer import PaperWriter
    from dangwu.sample.papers.rectifications import Rectification
    from dangwu.sample.pools import Item

_KIND = "disclosure"
_SPENT = 3
"""One third of the dues is spent in the branch, the rest goes up."""
_FORMS: dict[Item, tuple[int, str, str, str]] = {
    "decision": (1, "major", "employees", "notice"),
    "rectification": (2, "periodic", "employees", "notice"),
    "integrity": (3, "routine", "employees", "notice"),
    "dues": (4, "periodic", "members", "internal-document"),
    "appraisal": (4, "periodic", "members", "meeting"),
    "supervision": (5, "temporary", "members", "meeting"),
    "routine": (6, "routine", "employees", "notice"),
    "other": (6, "temporary", "employees", "notice"),
}
"""Item → its class, timing, scope and form."""


def write_disclosures(
    writer: PaperWriter,
    rectified: Mapping[str, Rectification],
    appraised: Iterable[Appraisal],
    collected: Mapping[int, float],
) -> None:
    """File the disclosures of all years; the last routine one was published before it was approved."""
    writer.begin_part("openness")
    for year in writer.years:
        _publish_year(writer, year, collected.get(year, 0))
    for meeting in writer.held:
        if day := writer.draw_day(meeting.plan.day + timedelta(days=6), meeting.plan.day + timedelta(days=14)):
            _publish_decision(writer, day, meeting)
    for name, done in rectified.items():
        if day := writer.draw_day(done.day + timedelta(days=2), done.day + timedelta(days=12)):
            how = {"about": [name], "completed_on": done.day}
            _publish(writer, day, "rectification", how, n=len(done.items))
    for appraisal in appraised:
        if day := writer.draw_day(appraisal.day + timedelta(days=8), appraisal.day + timedelta(days=14)):
            how = {"about": [f"appraisal-{appraisal.year}"], "completed_on": appraisal.day}
            _publish(writer, day, "appraisal", how, **appraisal.count_grades())


def _publish_year(writer: PaperWriter, year: int, collected: float) -> None:
    """File what is disclosed in every year; ``collected`` are the dues of the year."""
    if year in writer.tasks and (day := writer.draw_day_of(year, (2, 3), (2, 10))):
        _publish_plan(writer, day, too_early=year == max(writer.tasks))
    if day := writer.draw_day_of(year, (11, 3), (11, 13)):
        _publish(writer, day, "integrity", {})
    day = writer.draw_day_of(year + 1, (1, 11), (1, 22))
    if day and collected:
        how = {"about": [f"dues-{year}"], "completed_on": day - timedelta(days=5)}
        _publish(writer, day, "dues", how, year=year, sum=f"{collected:g}", spent=f"{collected // _SPENT:g}")
    if day := writer.draw_day_of(year, (7, 20), (7, 28)):
        held = [meeting.there for meeting in writer.list_held(date(year, 1, 1), date(year, 6, 30))]
        due, present = sum(len(there.due) for there in held), sum(len(there.present) for there in held)
        _publish(writer, day, "supervision", {}, due=due, present=present)
    if day := writer.draw_day_of(year, (3, 4), (3, 24)):
        _publish(writer, day, "other", {"scope": "society", "form": "website"})
    if day := writer.draw_day_of(year, (9, 4), (9, 24)):
        _publish(writer, day, "other", {})


def _publish(writer: PaperWriter, day: date, item: Item, how: Mapping[str, Any], **fill: Any) -> tuple[str, Paper]:
    """File an item: checked for secrets, approved, then published. Return its path too."""
    approved = workday_before(day, 4)
    checker = writer.cast.holder("discipline-inspection", approved)
    fields: dict[str, Any] = dict(zip(("class", "timing", "scope", "form"), _FORMS[item], strict=True))
    fields |= writer.draw_entry(writer.words.openness.disclosures[item], **fill)
    fields |= {"approved_by": writer.cast.officers(approved)[0].id, "approved_on": approved, **how}
    paper = new_paper(_KIND, slug=item, date=day, secrecy_check={"by": checker.id, "date": approved}, **fields)
    return writer.file(paper, day, writer.cast.holder("publicity", day)), paper


def _publish_plan(writer: PaperWriter, day: date, *, too_early: bool) -> None:
    """File the year's plan as an item, and again with what was said to it and the answer."""
    how: dict[str, Any] = {"about": [f"annual-plan-{day.year}"], "until": date(day.year, 12, 31)}
    approved = day + timedelta(days=5)
    too_early = too_early and approved <= writer.last
    if too_early:
        how["approved_on"] = approved
    path, paper = _publish(writer, day, "routine", how, n=len(writer.tasks[day.year]))
    if too_early:
        writer.plant_finding("published-early", say("An item was published before it was approved."), path, "DW881")
    said = writer.draw_day(day + timedelta(days=6), day + timedelta(days=20))
    answered = writer.draw_day(said + timedelta(days=1), said + timedelta(days=8)) if said else None
    if said and answered:
        entry = writer.draw_entry(writer.words.openness.feedback)
        feedback = {"id": "f1", "date": said, **entry, "answered_on": answered}
        answerer = writer.cast.holder("publicity", answered)
        writer.revise(path, paper.with_fields(feedback=[feedback]), answered, answerer)


def _publish_decision(writer: PaperWriter, day: date, meeting: HeldMeeting) -> None:
    """File the decision on a major matter, in its three stages and after approval from above."""
    held = meeting.plan.day
    for number, resolution in enumerate(meeting.minutes.resolutions, 1):
        if resolution.major:
            stages = {
                "before": {"published_on": workday_before(held, 14), "opinions": writer.chance.randrange(2, 9)},
                "decision": {"discussed_on": held, "meeting": meeting.id},
                "result": {"published_on": day},
            }
            how = {"about": [meeting.id], "resolution": number, "superior_approved_on": workday_after(held, 2)}
            _publish(writer, day, "decision", {**how, "stages": stages}, text=resolution.text)

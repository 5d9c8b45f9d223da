"""System 1: summaries, commendations, the development of members, and what inspectors from above raised."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from dangwu.model.record import STUDY_SESSION
from dangwu.sample.paper import new_paper
from dangwu.sample.papers.plans import list_results
from dangwu.sample.work_days import workday_after

if TYPE_CHECKING:
    from dangwu.sample.cast import Applicant
    from dangwu.sample.papers.paper_writer import PaperWriter

_COMMENDED = 3
_NOT_DEPLOYED = 5
"""Every so many years the superior deploys nothing."""
_POINTS = 2


def write_summaries(writer: PaperWriter) -> None:
    """File the records of all years."""
    writer.begin_part("summaries")
    for year in writer.years:
        if day := writer.draw_day_of(year, (1, 11), (1, 22)):
            _file_development_plan(writer, day)
        if day := writer.draw_day_of(year, (5, 11), (10, 23)):
            _file_superior_inspection(writer, day)
        if day := writer.draw_day_of(year, (6, 15), (6, 26)):
            _file_excellence(writer, day)
        day = writer.draw_day_of(year, (6, 22), (7, 10))
        if day and year in writer.tasks:
            _file_summary(writer, "mid-year-summary", date(year, 1, 1), day)
        day = writer.draw_day(date(year, 12, 21), date(year + 1, 1, 11))
        if day and year in writer.tasks:
            _file_summary(writer, "year-end-summary", date(year, 7, 1), day)


def _file_summary(writer: PaperWriter, kind: str, since: date, day: date) -> None:
    words, year = writer.words.summaries, since.year
    held = writer.list_held(since, min(day, date(year, 12, 31)))
    studies = sum(meeting.plan.kind == STUDY_SESSION for meeting in held)
    author = writer.cast.officers(day)[0]
    sections = {
        "主要工作": writer.compose_text(words.work, 4, meetings=len(held), studies=studies),
        "存在问题": writer.compose_text(words.problems, 3),
        "下一步打算": writer.compose_text(words.next_steps, 3),
    }
    results = list_results(writer, year, day)
    paper = new_paper(kind, sections=sections, year=year, date=day, author=author.id, results=results)
    writer.file(paper, day, author, about=year)


def _file_excellence(writer: PaperWriter, day: date) -> None:
    """File who was commended around the first of July, if the superior asked for it."""
    words, deployed = writer.words.summaries, day.year % _NOT_DEPLOYED != 0
    full = [person.id for person in writer.cast.staying if person.is_due(day) and person.is_full(day)]
    names = writer.chance.sample(full, min(_COMMENDED, (len(full) + 3) // 4))
    commended = [{"who": name, "form": writer.draw_sentence(words.praise_forms)} for name in names]
    unit = writer.draw_sentence(words.praised_units)
    commended.append({"who": unit, "form": writer.draw_sentence(words.praise_forms)})
    notice = writer.say.notice.format(year=day.year, n=writer.chance.randrange(8, 30)) if deployed else None
    paper = new_paper(
        "excellence-summary", sections={"总结": writer.compose_text(words.excellence, 4)}, year=day.year, date=day,
        deployed=deployed, notice=notice, commended=commended if deployed else [],
    )  # fmt: skip
    writer.file(paper, day, writer.cast.officers(day)[0], about=day.year)


def _file_development_plan(writer: PaperWriter, day: date) -> None:
    """File the development plan: applicants with the days that they have come to by then."""
    people: list[dict[str, Any]] = []
    for number, applicant in enumerate(writer.cast.applicants):
        steps = {key: step for key, step in _date_steps(writer, number, applicant).items() if step <= day}
        if steps and not (applicant.admitted and applicant.admitted <= day):
            stage = "candidate" if "candidate_on" in steps else "activist" if "activist_on" in steps else "applicant"
            people.append({"id": f"x{number + 1:02d}", "name": applicant.name, "stage": stage, **steps})
    paper = new_paper(
        "development-plan", year=day.year, approved_on=day, approved_by=writer.decided_by, people=people,
        target=sum(person["stage"] == "candidate" for person in people),
        steps=writer.draw_sentences(writer.words.summaries.development_steps, 3),
    )  # fmt: skip
    writer.file(paper, day, writer.cast.holder("organization", day), about=day.year)


def _date_steps(writer: PaperWriter, number: int, applicant: Applicant) -> dict[str, date]:
    """Return the days of an applicant's way, the same in every year."""
    admitted = applicant.admitted or writer.start + timedelta(days=500 + number * 120)
    activist = admitted - timedelta(days=470 + number * 13 % 60)
    applied = activist - timedelta(days=150 + number * 11 % 90)
    return {
        "applied_on": applied,
        "talked_on": applied + timedelta(days=5 + number % 15),
        "activist_on": activist,
        "candidate_on": admitted - timedelta(days=60 + number * 7 % 50) if applicant.admitted else date.max,
    }


def _file_superior_inspection(writer: PaperWriter, day: date) -> None:
    """File the inspection by the superior, and the same record again when its points are closed."""
    words, officers = writer.words.summaries, writer.cast.officers(day)
    points: list[dict[str, Any]] = [
        {"id": f"p{number + 1}", **point, "owner": officers[(number + 1) % len(officers)].id,
         "due": workday_after(day, 45 + number * 12)}
        for number, point in enumerate(writer.draw_entries(words.inspection_points, _POINTS))
    ]  # fmt: skip
    body, result = writer.draw_sentence(words.inspecting_bodies), writer.draw_sentence(words.inspection_results)
    paper = new_paper("superior-inspection", date=day, body=body, result=result, points=points)
    path = writer.file(paper, day, officers[0], about=day.year)
    due = [(point["due"], number) for number, point in enumerate(points) if point["due"] <= writer.last]
    for closed, number in sorted((writer.draw_day(day + timedelta(days=12), by) or by, number) for by, number in due):
        points[number]["closed_on"] = closed
        writer.revise(path, paper.with_fields(points=points), closed, officers[0])

"""System 6: trainings, checks of study, and the room with its kit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.sample.paper import new_paper
from dangwu.sample.work_days import workday_after

if TYPE_CHECKING:
    from datetime import date

    from dangwu.sample.papers.paper_writer import PaperWriter

_ENOUGH = 8
"""Of so many or more someone misses a course."""
_SUBSCRIPTIONS = 2


def write_study(writer: PaperWriter) -> None:
    """File the records of all years."""
    writer.begin_part("study")
    for year in writer.years:
        for item, month in (("p1", 4), ("p2", 9)):
            day = writer.draw_day_of(year, (month, 8), (month, 22))
            if day and workday_after(day, 1) <= writer.last:
                _file_course(writer, day, item)
        if day := writer.draw_day_of(year, (5, 8), (5, 27)):
            _file_workers_course(writer, day)
        for first, until in (((6, 1), (6, 12)), ((11, 9), (11, 20))):
            if day := writer.draw_day_of(year, first, until):
                _file_study_check(writer, day)
        if day := writer.draw_day_of(year, (3, 9), (3, 24)):
            _file_facility_check(writer, day)


def _file_course(writer: PaperWriter, day: date, item: str) -> None:
    """File a course of two days for all members."""
    following = workday_after(day, 1)
    present = [person for person in writer.cast.members(day) if person.is_due(day)]
    staying = set(writer.cast.staying)
    free = [person for person in present if not person.exemptions and person not in staying]
    if len(present) >= _ENOUGH and free:
        present.remove(writer.chance.choice(free))
    paper = new_paper(
        "training", slug="members", date=day, to=following, hours=14, audience=["members"], plan_item=item,
        present=[person.id for person in present], **writer.draw_entry(writer.words.study.member_courses),
    )  # fmt: skip
    writer.file(paper, day, writer.cast.holder("publicity", day), about=day.year, not_before=following)


def _file_workers_course(writer: PaperWriter, day: date) -> None:
    """File a course of one day for Party workers and the committee."""
    people = {person.id for person in (*writer.cast.workers, *writer.cast.officers(day))}
    paper = new_paper(
        "training", slug="workers", date=day, hours=7, audience=["party-workers", "committee"], plan_item="w1",
        present=sorted(people), **writer.draw_entry(writer.words.study.worker_courses),
    )  # fmt: skip
    writer.file(paper, day, writer.cast.workers[0], about=day.year)


def _file_study_check(writer: PaperWriter, day: date) -> None:
    checker = writer.cast.holder("publicity", day)
    results = writer.words.study.check_results
    rows = [{"member": person.id, "result": writer.draw_sentence(results)} for person in writer.cast.members(day)]
    writer.file(new_paper("study-check", date=day, checker=checker.id, members=rows), day, checker)


def _file_facility_check(writer: PaperWriter, day: date) -> None:
    checker = writer.cast.holder("organization", day)
    subscriptions = sorted(writer.draw_sentences(writer.words.study.subscriptions, _SUBSCRIPTIONS))
    paper = new_paper(
        "facility-check", date=day, checker=checker.id, room=True, kit=True, subscriptions=subscriptions,
        remark=writer.draw_sentence(writer.words.study.room_remarks),
    )  # fmt: skip
    writer.file(paper, day, checker, about=day.year)

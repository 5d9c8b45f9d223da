"""System 9: checks of participation, reports on duties, talks, letters, a case and a decision on accountability."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from dangwu.model.message import say
from dangwu.model.period import PeriodLength
from dangwu.model.record import GENERAL_MEETING
from dangwu.sample.attendance import count_attendance
from dangwu.sample.paper import new_paper
from dangwu.sample.sample_values import IN_FORCE
from dangwu.sample.work_days import workday_after, workday_before

if TYPE_CHECKING:
    from dangwu.model.period import Period
    from dangwu.sample.papers.paper_writer import PaperWriter

_ANSWERED_WITHIN = timedelta(days=60)
_CHANNELS = ("letter", "visit", "phone", "online")
_WITH = ("workers", "members", "cadres")
_EACH_HALF = 3


def write_supervision(writer: PaperWriter) -> None:
    """File the records of all years."""
    writer.begin_part("supervision")
    _file_participation(writer)
    for year in writer.years:
        held = writer.list_held(date(year, 12, 1), date(year, 12, 31))
        general = [meeting.plan.day for meeting in held if meeting.plan.kind == GENERAL_MEETING]
        if day := general[0] if general else writer.draw_day_of(year, (12, 10), (12, 18)):
            _file_duty_reports(writer, day)
        for month in (1, 4, 7, 10):
            if day := writer.draw_day_of(year, (month, 5), (month + 2, 20)):
                _file_talk(writer, day)
            if month in {4, 10} and (day := writer.draw_day_of(year, (month, 10), (month, 25))):
                _file_heart_talks(writer, day)
    _file_letters(writer)
    if day := _find_past_day(writer, 200):
        _file_case(writer, day)
    if day := _find_past_day(writer, 320):
        _file_accountability(writer, day)


def _file_participation(writer: PaperWriter) -> None:
    """File the table of every half-year; in the last one a presence too many was signed for."""
    halves = {
        half: day
        for half in writer.list_periods(PeriodLength.HALF)
        if (day := writer.draw_day(half.end + timedelta(days=2), half.end + timedelta(days=11)))
    }
    for half, day in halves.items():
        rows = _count_participation(writer, half, day)
        wrong = half == max(halves)
        rows[0]["present"] += wrong
        signer = writer.cast.holder("organization", day)
        paper = new_paper(
            "participation-check", half=half.label, date=day, signed_by=signer.id, members=rows,
            findings="".join(writer.draw_sentences(writer.words.supervision.participation, 2)),
        )  # fmt: skip
        path = writer.file(paper, day, signer, about=half.label)
        if wrong:
            text = say("A signed table gives one presence more than the records.")
            writer.plant_finding("participation-wrong", text, path, "DW893")


def _count_participation(writer: PaperWriter, half: Period, day: date) -> list[dict[str, Any]]:
    due, present, leave = count_attendance([meeting.there for meeting in writer.list_held(half.start, half.last)])
    rows = []
    for person in writer.cast.people:
        if due[person] or any(person.is_member(then) for then in (half.start, half.last, day)):
            counts = {"due": due[person], "present": present[person], "leave": leave[person]}
            absent = due[person] - present[person] - leave[person]
            rows.append({"member": person.id, **counts, "absent": absent})
    return rows


def _file_duty_reports(writer: PaperWriter, day: date) -> None:
    """File a report on duties and integrity of everyone who holds a post."""
    voters = sum(person.is_due(day) and person.is_full(day) for person in writer.cast.people)
    papers = []
    for person in writer.cast.officers(day):
        fair = min(writer.chance.randrange(3), voters - 1)
        paper = new_paper(
            "duty-report", year=day.year, member=person.id, date=day, audience=["members", "cadres", "workers"],
            integrity=True, vote={"good": voters - fair, "fair": fair, "poor": 0},
        )  # fmt: skip
        papers.append(paper)
    writer.file_together(papers, day, writer.cast.holder("organization", day), about=day.year)


def _file_talk(writer: PaperWriter, day: date) -> None:
    """File a talk with employees, and again with what came of it."""
    fed_back = writer.draw_day(day + timedelta(days=4), day + timedelta(days=14))
    talker = writer.chance.choice(writer.cast.officers(day))
    talk = writer.draw_entry(writer.words.supervision.talks)
    fields = {"by": talker.id, "with": writer.chance.choice(_WITH), "topic": talk["topic"]}
    paper = new_paper("talk-feedback", slug="staff", date=day, **fields)
    path = writer.file(paper, day, talker)
    writer.revise(path, paper.with_fields(feedback=talk["feedback"], fed_back_on=fed_back), fed_back, talker)


def _file_heart_talks(writer: PaperWriter, day: date) -> None:
    """File a few heart-to-heart talks: who with whom, never what was said."""
    secretary = writer.cast.officers(day)[0]
    others = [person.id for person in writer.cast.members(day) if person is not secretary]
    papers = [
        new_paper("heart-to-heart-talk", slug=other, date=day, between=[secretary.id, other])
        for other in writer.chance.sample(others, min(_EACH_HALF, len(others)))
    ]
    if papers:
        writer.file_together(papers, day, secretary)


def _file_letters(writer: PaperWriter) -> None:
    """File letters with who they came from apart, and again when answered; the last that could be is not."""
    first_days = (date(year, month, number) for year in writer.years for month, number in ((3, 4), (8, 5)))
    days = [day for first in first_days if (day := writer.draw_day(first, first + timedelta(days=40)))]
    written = list(zip(days, writer.cast.strangers, strict=False))
    lapsed = [day for day, _ in written if day >= IN_FORCE and day + _ANSWERED_WITHIN < writer.last]
    for number, (day, stranger) in enumerate(written, 1):
        letter = writer.draw_entry(writer.words.supervision.letters)
        handler, name, contact = writer.cast.holder("discipline-inspection", day), f"l{number:03d}", writer.say.contact
        paper = new_paper(
            "letter", id=name, received_on=day, channel=writer.chance.choice(_CHANNELS), summary=letter["summary"],
            handler=handler.id,
        )  # fmt: skip
        person = new_paper("complainant", id=f"k{number:03d}", letter=name, name=stranger, contact=contact)
        path, _ = writer.file_together([paper, person], day, handler)
        if day in lapsed[-1:]:
            duty = f"9.2(7)/{day.year}/{name}"
            writer.plant_state("letter-unanswered", say("{duty}: not answered in time.", duty=duty), duty)
        else:
            replied = writer.draw_day(day + timedelta(days=20), day + timedelta(days=50))
            writer.revise(path, paper.with_fields(result=letter["result"], replied_on=replied), replied, handler)


def _file_case(writer: PaperWriter, day: date) -> None:
    """File one case, closed in the end."""
    case = writer.draw_entry(writer.words.supervision.cases)
    author = writer.cast.holder("discipline-inspection", day)
    paper = new_paper("case", id="c001", received_on=day, facts=case["facts"], source="inspection")
    path = writer.file(paper, day, author)
    verified = workday_after(day, 20)
    closed = workday_after(verified, 15)
    shown = workday_after(closed, 2)
    version = paper.with_fields(
        verified_on=verified, verified_by=[author.id], body=writer.say.discipline_body, closed_on=closed,
        shown_on=shown, statement=writer.draw_sentence(writer.words.supervision.case_statements), result=case["result"],
    )  # fmt: skip
    writer.revise(path, version, shown, author)


def _file_accountability(writer: PaperWriter, day: date) -> None:
    """File one decision on accountability, of the body above, about someone who stays and holds no post."""
    words, officers, shown = writer.words.supervision, writer.cast.all_officers(), workday_after(day, 3)
    person = next((person for person in writer.cast.staying if person not in officers), None)
    if person:
        entry = writer.draw_entry(words.accountability)
        statement = writer.draw_sentence(words.accountability_statements)
        number = writer.chance.randrange(3, 30)
        paper = new_paper(
            "accountability", id="z001", date=day, event_on=workday_before(day, 40), responsibility="individual",
            persons=[{"member": person.id, "share": "leading", "shown_on": shown, "statement": statement}],
            body=writer.say.discipline_body, decision=writer.say.discipline_decision.format(year=day.year, n=number),
            **entry,
        )  # fmt: skip
        writer.file(paper, day, writer.cast.holder("discipline-inspection", day), not_before=shown)


def _find_past_day(writer: PaperWriter, back: int) -> date | None:
    """Return a working day so many days back, None before there was time for what led to it."""
    day = writer.last - timedelta(days=back)
    return workday_after(day) if day - timedelta(days=60) > writer.start else None

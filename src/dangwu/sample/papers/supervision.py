"""System 9: checks of participation, reports on duties, talks, letters, a case and a decision on accountability."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from dangwu.model.message import say
from dangwu.model.period import Every, periods
from dangwu.model.record import GENERAL_MEETING
from dangwu.sample.cast import FULL, PROBATIONARY
from dangwu.sample.papers.paper_writer import IN_FORCE, Paper, after, before, record

if TYPE_CHECKING:
    from dangwu.model.period import Period
    from dangwu.sample.cast import Person
    from dangwu.sample.papers.paper_writer import Desk

_ANSWERED_WITHIN = 60
_CHANNELS = ("letter", "visit", "phone", "online")
_WITH = ("workers", "members", "cadres")
_EACH_HALF = 3
_TWO = 2


def write(desk: Desk) -> None:
    """File the records of all years."""
    desk.turn_to("supervision")
    _participation(desk)
    for year in desk.years:
        _reports(desk, year)
        _talks(desk, year)
    _letters(desk)
    _case(desk)
    _accountability(desk)


def _participation(desk: Desk) -> None:
    """File the table of every half-year; in the last one a presence too many was signed for."""
    halves = [
        (half, day)
        for half in periods(Every.HALF, desk.start, desk.last + timedelta(days=1))
        if (day := desk.on(half.end + timedelta(days=2), half.end + timedelta(days=11)))
    ]
    for half, day in halves:
        rows = _table(desk, half, day)
        wrong = half == halves[-1][0]
        if wrong:
            rows[0]["present"] += 1
        signer = desk.cast.holder("organization", day)
        findings = "".join(desk.several(desk.pools.supervision.participation, _TWO))
        data = record(
            "participation-check", half=half.label, date=day, signed_by=signer.id, members=rows, findings=findings
        )
        path = desk.file(Paper("participation-check", data), day, signer, about=half.label)[0]
        if wrong:
            text = say("A signed table gives one presence more than the records.")
            desk.plant("participation-wrong", text, path=path, code="DW893")


def _table(desk: Desk, half: Period, day: date) -> list[dict[str, Any]]:
    held = [each.there for each in desk.held if each.slot.day in half]
    rows = []
    for person in desk.cast.people:
        due = [each for each in held if person in each.due]
        present = sum(person in each.present for each in due)
        leave = sum(any(person is one for one, *_ in each.leave) for each in due)
        belongs = any(person.standing_on(each) in {FULL, PROBATIONARY} for each in (half.start, half.last, day))
        if due or belongs:
            counts = {"due": len(due), "present": present, "leave": leave, "absent": len(due) - present - leave}
            rows.append({"member": person.id, **counts})
    return rows


def _reports(desk: Desk, year: int) -> None:
    """File a report on duties and integrity of everyone who holds a post, on the day of the last general meeting."""
    meeting = next(
        (
            each.slot.day
            for each in desk.held
            if each.slot.kind == GENERAL_MEETING and each.slot.day.year == year and each.slot.day.month == 12  # noqa: PLR2004
        ),
        None,
    )
    day = meeting or desk.on(date(year, 12, 10), date(year, 12, 18))
    if day is None:
        return
    papers = []
    for person in desk.officers(day):
        voters = len([each for each in desk.cast.people if each.is_due(day) and each.standing_on(day) == FULL])
        fair = min(desk.chance.randrange(3), voters - 1)
        vote = {"good": voters - fair, "fair": fair, "poor": 0}
        fields = {"year": year, "member": person.id, "date": day, "audience": ["members", "workers"], "integrity": True}
        papers.append(Paper("duty-report", record("duty-report", **fields, vote=vote)))
    desk.file(papers, day, desk.cast.holder("organization", day), about=str(year))


def _talks(desk: Desk, year: int) -> None:
    for month in range(1, 13):
        first = date(year, month, 5)
        if month % 3 == 1:
            day = desk.on(first, date(year, month + 2, 20))
            if day:
                _talk(desk, day)
        if month in {4, 10}:
            _hearts(desk, year, month)


def _talk(desk: Desk, day: date) -> None:
    fed_back = desk.on(day + timedelta(days=4), day + timedelta(days=14))
    talker = desk.chance.choice(desk.officers(day))
    topic, feedback = desk.pair(desk.pools.supervision.talks)
    fields: dict[str, Any] = {"date": day, "by": talker.id, "with": desk.chance.choice(_WITH), "topic": topic}
    path = desk.file(Paper("talk-feedback", record("talk-feedback", **fields), slug="staff"), day, talker)[0]
    if fed_back:
        data = record("talk-feedback", **fields, feedback=feedback, fed_back_on=fed_back)
        desk.revise(path, Paper("talk-feedback", data), fed_back, talker)


def _hearts(desk: Desk, year: int, month: int) -> None:
    """File a few heart-to-heart talks: who with whom, never what was said."""
    day = desk.on(date(year, month, 10), date(year, month, 25))
    if day is None:
        return
    officers = desk.officers(day)
    others = [each for each in desk.cast.belonging(day) if each is not officers[0]]
    papers = [
        Paper(
            "heart-to-heart-talk",
            record("heart-to-heart-talk", date=day, between=[officers[0].id, each.id]),
            slug=each.id,
        )
        for each in desk.chance.sample(others, min(_EACH_HALF, len(others)))
    ]
    if papers:
        desk.file(papers, day, officers[0])


def _letters(desk: Desk) -> None:
    """File letters with who they came from apart, and again when answered; the last that could be is not."""
    days = [
        day
        for year in desk.years
        for first in (date(year, 3, 4), date(year, 8, 5))
        if (day := desk.on(first, first + timedelta(days=40)))
    ]
    days = days[: len(desk.cast.strangers)]
    lapsed = [each for each in days if each >= IN_FORCE and each + timedelta(days=_ANSWERED_WITHIN) < desk.last]
    for number, day in enumerate(days, 1):
        summary, result = desk.pair(desk.pools.supervision.letters)
        handler = desk.cast.holder("discipline-inspection", day)
        fields = {
            "id": f"l{number:03d}", "received_on": day, "channel": desk.chance.choice(_CHANNELS), "summary": summary,
            "handler": handler.id,
        }  # fmt: skip
        person = record(
            "complainant", id=f"k{number:03d}", letter=fields["id"], name=desk.cast.strangers[number - 1],
            contact=desk.say.contact,
        )  # fmt: skip
        paths = desk.file([Paper("letter", record("letter", **fields)), Paper("complainant", person)], day, handler)
        if lapsed and day == lapsed[-1]:
            duty = f"9.2(7)/{day.year}/{fields['id']}"
            desk.plant("letter-unanswered", say("{duty}: not answered in time.", duty=duty), duty=duty, state="overdue")
            continue
        replied = desk.on(day + timedelta(days=20), day + timedelta(days=50))
        if replied:
            data = record("letter", **fields, result=result, replied_on=replied)
            desk.revise(paths[0], Paper("letter", data), replied, handler)


def _case(desk: Desk) -> None:
    """File one case in the middle of the years, closed in the end."""
    day = _midway(desk, 200)
    if day is None:
        return
    facts, result = desk.pair(desk.pools.supervision.cases)
    verified = after(day, 20)
    closed = after(verified, 15)
    shown = after(closed, 2)
    if shown > desk.last:
        return
    fields = {"id": "c001", "received_on": day, "facts": facts, "source": "inspection"}
    author = desk.cast.holder("discipline-inspection", day)
    path = desk.file(Paper("case", record("case", **fields)), day, author)[0]
    decided = {"verified_on": verified, "verified_by": [author.id], "body": desk.say.discipline_body}
    told = {"closed_on": closed, "shown_on": shown, "statement": desk.words(desk.pools.supervision.case_statements)}
    data = record("case", **fields, **decided, result=result, **told)
    desk.revise(path, Paper("case", data), shown, author)


def _accountability(desk: Desk) -> None:
    """File one decision on accountability, of the body above."""
    day = _midway(desk, 320)
    people = _plain(desk)
    if day is None or not people:
        return
    facts, measure = desk.pair(desk.pools.supervision.accountability)
    event = before(day, 40)
    shown = after(day, 3)
    if shown > desk.last:
        return
    statement = desk.words(desk.pools.supervision.accountability_statements)
    data = record(
        "accountability", id="z001", date=day, event_on=event, facts=facts, responsibility="individual",
        persons=[{"member": people[0].id, "share": "leading", "shown_on": shown, "statement": statement}],
        body=desk.say.discipline_body, measure=measure,
        decision=desk.say.discipline_decision.format(year=day.year, n=desk.chance.randrange(3, 30)),
    )  # fmt: skip
    desk.file(Paper("accountability", data), day, desk.cast.holder("discipline-inspection", day), not_before=shown)


def _plain(desk: Desk) -> list[Person]:
    """Return those who stay and hold no post."""
    holders = {person.id for term in desk.cast.terms for _, person in term.posts}
    return [each for each in desk.staying() if each.id not in holders]


def _midway(desk: Desk, back: int) -> date | None:
    """Return a working day so many days back, None before there was time for what led to it."""
    day = desk.last - timedelta(days=back)
    return after(day, 0) if day - timedelta(days=60) > desk.start else None

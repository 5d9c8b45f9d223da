"""Systems 5 and 7: the yearly assessments, the democratic appraisal, and their report to the superior."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from dangwu.facts.scores import Weights, points, total
from dangwu.model.message import say
from dangwu.sample.cast import FULL, PROBATIONARY
from dangwu.sample.papers.paper_writer import Paper, record, workdays

if TYPE_CHECKING:
    from dangwu.sample.cast import Person
    from dangwu.sample.papers.targets import Targets
    from dangwu.sample.papers.paper_writer import Desk

_WEIGHTS = Weights(20, 30, 50)
_ONE_BASIC_IN = 25
_EXCELLENT_ONE_IN = 4
_TOTAL_TYPED = 0.4
_WRONG_BY = 3
_HEADS = ("attendance", "work-goals", "self-improvement", "discipline", "vanguard")
_STAGES = ("study", "self", "democratic", "examination", "follow_up")


def write(desk: Desk, targets: Targets) -> list[tuple[str, date, dict[str, Any]]]:
    """File the records of all years; return each appraisal's id, the day it was decided, and its counts."""
    desk.turn_to("assessments")
    told = []
    for year in desk.years:
        grades = _grades(desk, year)
        _assessments(desk, year, targets, grades)
        appraisal = _appraisal(desk, year, grades)
        if appraisal:
            told.append(appraisal)
        sent = desk.on(date(year + 1, 2, 24), date(year + 1, 3, 18))
        if sent:
            data = record("result-report", year=year, sent_on=sent, to=desk.say.superior_name)
            author = desk.cast.holder("organization", sent)
            desk.file(Paper("result-report", data), sent, author, about=str(year))
    return told


def _grades(desk: Desk, year: int) -> dict[str, str]:
    """Return the grade of every full member at the turn of the year, as people decided; below a third are excellent."""
    full = [each for each in desk.cast.people if each.standing_on(date(year + 1, 1, 12)) == FULL]
    desk.chance.shuffle(full)
    excellent = len(full) // _EXCELLENT_ONE_IN
    basic = len(full) // _ONE_BASIC_IN
    return {
        each.id: "excellent" if at < excellent else "basically-qualified" if at < excellent + basic else "qualified"
        for at, each in enumerate(full)
    }


def _assessments(desk: Desk, year: int, targets: Targets, grades: dict[str, str]) -> None:
    """File the assessments of a year; in the last one the total of one of them is wrong."""
    own = desk.on(date(year, 12, 11), date(year, 12, 24))
    heard = desk.on(date(year, 12, 25), date(year, 12, 31))
    appraised = desk.on(date(year + 1, 1, 4), date(year + 1, 1, 8))
    decided = desk.on(date(year + 1, 1, 12), date(year + 1, 1, 16))
    published = desk.on(date(year + 1, 1, 19), date(year + 1, 1, 22))
    if not (own and heard and appraised and decided and published):
        return
    shown = workdays(decided, published)[-1]
    people = [each for each in desk.cast.people if each.standing_on(date(year, 12, 31)) in {FULL, PROBATIONARY}]
    people = [each for each in people if (year, each.id) in targets or len(desk.cast.people) == 1]
    days = {"self_summary_on": own, "appraised_on": appraised, "decided_on": decided, "shown_on": shown,
            "published_on": published}  # fmt: skip
    opinions = {"date": heard, "employees": desk.chance.randrange(5, 15), "departments": desk.chance.randrange(2, 6)}
    papers = [_assessment(desk, year, each, targets, grades, days | {"opinions": opinions}) for each in people]
    wrong = None
    if year == desk.last.year - 1:
        wrong = next((at for at, each in enumerate(people) if each in desk.staying()[1:]), None)
    if wrong is not None:
        data = dict(papers[wrong].data)
        data["total"] = float(points(total(data["items"], _WEIGHTS))) - _WRONG_BY
        papers[wrong] = Paper("assessment", data)
    author = desk.cast.holder("organization", decided)
    paths = desk.file(papers, decided, author, about=str(year), not_before=published)
    if wrong is not None:
        desk.plant(
            "total-wrong", say("The total of an assessment was added up wrongly."), path=paths[wrong], code="DW855"
        )


def _assessment(  # noqa: PLR0917 - one private maker
    desk: Desk, year: int, person: Person, targets: Targets, grades: dict[str, str], days: dict[str, Any]
) -> Paper:
    items = []
    heads = [{"head": head, "points": 20} for head in _HEADS]
    for each in targets.get((year, person.id), heads):
        most = each["points"]
        scores = {view: most - desk.chance.randrange(max(1, most // 6)) for view in ("self", "peer", "branch")}
        items.append({"head": each["head"], "points": most, **scores})
    counted = float(points(total(items, _WEIGHTS)))
    grade = grades.get(person.id)
    data = record(
        "assessment",
        year=year,
        member=person.id,
        items=items,
        total=counted if desk.by_chance(_TOTAL_TYPED) else None,
        grade=grade,
        reason=desk.words(desk.pools.targets.reasons[grade or "none"]),
        decided_by=desk.decided_by,
        statement=desk.words(desk.pools.targets.statements),
        published_to="members",
        commendation=desk.words(desk.pools.targets.commendations) if grade == "excellent" else None,
        **days,
    )
    return Paper("assessment", data)


def _appraisal(desk: Desk, year: int, grades: dict[str, str]) -> tuple[str, date, dict[str, Any]] | None:
    nexts = year + 1
    days = [
        desk.on(date(year, 12, 3), date(year, 12, 8)),
        desk.on(date(year, 12, 9), date(year, 12, 14)),
        desk.on(date(year, 12, 15), date(year, 12, 24)),
        desk.on(date(nexts, 1, 8), date(nexts, 1, 15)),
        desk.on(date(nexts, 1, 24), date(nexts, 1, 30)),
    ]
    decided = desk.on(date(nexts, 1, 19), date(nexts, 1, 22))
    if not all(days) or decided is None:
        return None
    vote = days[2] or decided
    full = [each for each in desk.cast.people if each.standing_on(decided) == each.standing_on(vote) == FULL]
    voters = sum(each.standing_on(vote) == FULL for each in desk.cast.people)
    ballots = voters - min(desk.chance.randrange(3), voters // 6)
    given = {each.id: grades.get(each.id, "qualified") for each in full}
    last = nexts == desk.last.year
    results: list[dict[str, Any]] = [
        {"member": each.id, "tally": _tally(desk, given[each.id], ballots), "grade": given[each.id],
         "reason": desk.words(desk.pools.targets.reasons[given[each.id]])}
        for each in full
    ]  # fmt: skip
    if last and results:
        results[0]["tally"]["qualified"] = results[0]["tally"].get("qualified", 0) + 2 + voters
    stages = {name: {"date": day, "note": desk.words(desk.pools.targets.stages[name])} for name, day in zip(_STAGES, days, strict=True)}
    data = record(
        "appraisal", year=year, stages=stages, voters=voters, ballots=ballots, results=results,
        decided_by=desk.decided_by, decided_on=decided,
    )  # fmt: skip
    author = desk.cast.holder("organization", decided)
    path = desk.file(Paper("appraisal", data), decided, author, about=str(year), not_before=days[-1])[0]
    if last and results:
        desk.plant("tally", say("A member has more votes than there are ballots."), path=path, code="DW872")
    named = {"excellent": "excellent", "qualified": "qualified", "basically": "basically-qualified"}
    counts = {name: sum(each == grade for each in given.values()) for name, grade in named.items()}
    return f"appraisal-{year}", decided, {"year": year, "full": len(full), **counts}


def _tally(desk: Desk, grade: str, ballots: int) -> dict[str, int]:
    """Return a tally in which most are for the grade that was decided, though the grade does not follow from it."""
    name = grade.replace("-", "_")
    others = desk.chance.randrange(ballots // 3 + 1)
    other = "qualified" if name != "qualified" else "excellent"
    return {key: value for key, value in ((name, ballots - others), (other, others)) if value}

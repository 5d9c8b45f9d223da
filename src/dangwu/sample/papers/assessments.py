"""Systems 5 and 7: the yearly assessments, the democratic appraisal, and their report to the superior."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from dangwu.facts.scores import ScoreWeights, compute_total, format_points
from dangwu.model.message import say
from dangwu.sample.paper import Paper, new_paper
from dangwu.sample.papers.targets import HEADS
from dangwu.sample.pools import Stage
from dangwu.sample.work_days import list_workdays

if TYPE_CHECKING:
    from dangwu.sample.cast import Person
    from dangwu.sample.papers.paper_writer import PaperWriter
    from dangwu.sample.papers.targets import Targets
    from dangwu.sample.pools import Grade

    Grades = dict[Person, Grade]

_WEIGHTS = ScoreWeights(20, 30, 50)
_ONE_BASIC_IN, _ONE_EXCELLENT_IN = 25, 4
_TOTAL_TYPED = 0.4
_WRONG_BY = 3
_STAGES: tuple[Stage, ...] = get_args(Stage)


class Appraisal(NamedTuple):
    """An appraisal that was decided: its year, the day, and the grade of each member."""

    year: int
    day: date
    grades: Grades

    def count_grades(self) -> dict[str, int]:
        """Return what is disclosed of it."""
        found = Counter(self.grades.values())
        return {"year": self.year, "full": len(self.grades), "excellent": found["excellent"],
                "qualified": found["qualified"], "basically": found["basically-qualified"]}  # fmt: skip


def write_assessments(writer: PaperWriter, targets: Targets) -> list[Appraisal]:
    """File the records of all years, and return the appraisals."""
    writer.begin_part("assessments")
    appraised = []
    for year in writer.years:
        grades = _choose_grades(writer, year)
        _file_assessments(writer, year, targets, grades)
        appraised += _file_appraisal(writer, year, grades)
        if sent := writer.draw_day_of(year + 1, (2, 24), (3, 18)):
            paper = new_paper("result-report", year=year, sent_on=sent, to=writer.say.superior_name)
            writer.file(paper, sent, writer.cast.holder("organization", sent), about=year)
    return appraised


def _choose_grades(writer: PaperWriter, year: int) -> Grades:
    """Return the grade of every full member at the turn of the year, as people decided; below a third are excellent."""
    full = [person for person in writer.cast.people if person.is_full(date(year + 1, 1, 12))]
    writer.chance.shuffle(full)
    excellent = len(full) // _ONE_EXCELLENT_IN
    basic = excellent + len(full) // _ONE_BASIC_IN
    return {
        person: "excellent" if at < excellent else "basically-qualified" if at < basic else "qualified"
        for at, person in enumerate(full)
    }


def _file_assessments(writer: PaperWriter, year: int, targets: Targets, grades: Grades) -> None:
    """File the assessments of a year; in the last one the total of one of them is wrong."""
    days = writer.draw_days_of(
        year, ((12, 11), (12, 24)), ((12, 25), (12, 31)), ((1, 4), (1, 8)), ((1, 12), (1, 16)), ((1, 19), (1, 22))
    )
    if not days:
        return
    own, heard, appraised, decided, published = days
    opinions = {
        "date": heard,
        "employees": writer.chance.randrange(5, 15),
        "departments": writer.chance.randrange(2, 6),
    }
    everyone = writer.cast.members(date(year, 12, 31))
    may_be_wrong = set(writer.cast.staying[1:] if year == writer.last.year - 1 else ())
    people = [person for person in everyone if (year, person) in targets or len(writer.cast.people) == 1]
    papers = [
        _assess(writer, year, person, targets.get((year, person)), grades.get(person)).with_fields(
            self_summary_on=own, appraised_on=appraised, decided_on=decided, published_on=published,
            shown_on=list_workdays(decided, published)[-1], opinions=opinions,
        )
        for person in people
    ]  # fmt: skip
    wrong = next((at for at, person in enumerate(people) if person in may_be_wrong), None)
    if wrong is not None:
        counted = float(format_points(compute_total(papers[wrong].data["items"], _WEIGHTS)))
        papers[wrong] = papers[wrong].with_fields(total=counted - _WRONG_BY)
    author = writer.cast.holder("organization", decided)
    paths = writer.file_together(papers, decided, author, about=year, not_before=published)
    if wrong is not None:
        text = say("The total of an assessment was added up wrongly.")
        writer.plant_finding("total-wrong", text, paths[wrong], "DW855")


def _assess(
    writer: PaperWriter, year: int, person: Person, targets: list[dict[str, Any]] | None, grade: Grade | None
) -> Paper:
    items = []
    for target in targets or [{"head": head, "points": 20} for head in HEADS]:
        most = target["points"]
        scores = {view: most - writer.chance.randrange(max(1, most // 6)) for view in ("self", "peer", "branch")}
        items.append({"head": target["head"], "points": most, **scores})
    words = writer.words.targets
    return new_paper(
        "assessment", year=year, member=person.id, items=items, grade=grade, decided_by=writer.decided_by,
        total=float(format_points(compute_total(items, _WEIGHTS))) if writer.is_drawn(_TOTAL_TYPED) else None,
        reason=writer.draw_sentence(words.reasons[grade or "none"]),
        statement=writer.draw_sentence(words.statements), published_to="members",
        commendation=writer.draw_sentence(words.commendations) if grade == "excellent" else None,
    )  # fmt: skip


def _file_appraisal(writer: PaperWriter, year: int, grades: Grades) -> list[Appraisal]:
    """File the appraisal of a year; in the last one a member has more votes than there are ballots."""
    days = writer.draw_days_of(
        year, ((12, 3), (12, 8)), ((12, 9), (12, 14)), ((12, 15), (12, 24)), ((1, 8), (1, 15)), ((1, 24), (1, 30)),
        ((1, 19), (1, 22)),
    )  # fmt: skip
    if not days:
        return []
    *held, decided = days
    vote, told, words = held[2], held[-1], writer.words.targets
    voters = [person for person in writer.cast.people if person.is_full(vote)]
    given: Grades = {person: grades.get(person, "qualified") for person in voters if person.is_full(decided)}
    ballots = len(voters) - min(writer.chance.randrange(3), len(voters) // 6)
    results: list[dict[str, Any]] = [
        {"member": person.id, "tally": _draw_tally(writer, grade, ballots), "grade": grade,
         "reason": writer.draw_sentence(words.reasons[grade])}
        for person, grade in given.items()
    ]  # fmt: skip
    wrong = results if year + 1 == writer.last.year else []
    for result in wrong[:1]:
        result["tally"]["qualified"] = result["tally"].get("qualified", 0) + 2 + len(voters)
    stages = {
        stage: {"date": day, "note": writer.draw_sentence(words.stages[stage])}
        for stage, day in zip(_STAGES, held, strict=True)
    }
    paper = new_paper(
        "appraisal", year=year, stages=stages, voters=len(voters), ballots=ballots, results=results,
        decided_by=writer.decided_by, decided_on=decided,
    )  # fmt: skip
    path = writer.file(paper, decided, writer.cast.holder("organization", decided), about=year, not_before=told)
    if wrong:
        writer.plant_finding("tally", say("A member has more votes than there are ballots."), path, "DW872")
    return [Appraisal(year, decided, given)]


def _draw_tally(writer: PaperWriter, grade: Grade, ballots: int) -> dict[str, int]:
    """Return a tally in which most are for the grade that was decided, though the grade does not follow from it."""
    others = writer.chance.randrange(ballots // 3 + 1)
    other = "qualified" if grade != "qualified" else "excellent"
    return {key: value for key, value in ((grade.replace("-", "_"), ballots - others), (other, others)) if value}

"""Random plans, summaries, checks, targets and the like, dated about the day on which they fall due."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.duty.oracle.clauses import CLAUSES, due_day, wording_on
from tests.duty.oracle.days import MONTHS, Raw, Stretch, calendar
from tests.duty.oracle.proofs import OWN_DAY
from tests.duty.oracle.writing import beside, some_day

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tests.duty.oracle.books import Books

_SECTIONS = ("ideology", "organization", "style")
_HEADS = ("attendance", "work-goals", "self-improvement", "discipline", "vanguard")
_STAGES = ("study", "self", "democratic", "examination", "follow_up")
_DEMAND = {"month": 0.7, "quarter": 0.8, "half": 0.9, "year": 0.9}


def sheets(pick: Random, year: int, books: Books, groups: list[str]) -> dict[str, Raw]:
    """Return the records of a year that are not meetings, by path."""
    made: dict[str, Raw] = {}
    for kind, (clause, path, subjects, fields) in NAMING.items():
        # The appraisal of the year before is decided in this one, and then disclosed.
        before = calendar(_every(clause), year - 1) if kind == "appraisal" else ()
        for stretch in (*before, *calendar(_every(clause), year)):
            for subject in _subjects(subjects, books, groups):
                if pick.random() > _DEMAND[_every(clause)] or _other_half(kind, stretch):
                    continue
                day = _day_about(pick, books, clause, stretch)
                data = {"schema": 1, "kind": kind, OWN_DAY.get(kind, "date"): day.isoformat()}
                data |= fields(pick, books, stretch, subject)
                made[path.format(year=stretch.first.year, label=_short(stretch), subject=subject)] = data
    for _ in range(pick.choice((3, 6, 12))):
        made |= _dated(pick, year, books)
    return made


def _every(clause: str) -> str:
    return CLAUSES[clause].every


def _subjects(subjects: str, books: Books, groups: list[str]) -> list[str]:
    return {"branch": [""], "group": groups, "member": list(books.members)}[subjects]


def _other_half(kind: str, stretch: Stretch) -> bool:
    return kind in {"mid-year-summary", "year-end-summary"} and (stretch.label[-1] == "1") != (kind[0] == "m")


def _short(stretch: Stretch) -> str:
    return stretch.label[5:].lower()


def _day_about(pick: Random, books: Books, clause: str, stretch: Stretch) -> date:
    wording = wording_on(books, clause, stretch.last)
    due = due_day(stretch, wording) if wording and wording.every in MONTHS else stretch.last
    if pick.random() < 0.04:
        return stretch.first - timedelta(days=pick.choice((1, 9)))
    return beside(pick, due)


def _annual(pick: Random, books: Books, stretch: Stretch, _subject: str) -> Raw:
    sections = [*_SECTIONS, "clean-conduct"] if pick.random() < 0.8 else list(_SECTIONS)
    task = {
        "task": "岗位练兵",
        "measure": "每月一次",
        "owner": pick.choice(list(books.members)),
        "department": "三车间",
    }
    tasks = [
        {"id": f"t{number}", "section": section, **task, "due": stretch.last.isoformat()}
        for number, section in enumerate(sections, 1)
    ]
    made: Raw = {"year": stretch.first.year, "approved_by": "committee", "tasks": tasks}
    if pick.random() < 0.3:
        quarters = pick.sample(("Q1", "Q2", "Q3", "Q4"), pick.randrange(1, 5))
        items = [{"task": "t1", "text": "岗位练兵"}]
        made["quarters"] = [{"quarter": f"{stretch.label}-{each}", "items": items} for each in sorted(quarters)]
    return made


def _plan(key: str) -> Callable[[Random, Books, Stretch, str], Raw]:
    def fields(pick: Random, books: Books, stretch: Stretch, _subject: str) -> Raw:
        items = [{"task": "unplanned", "text": "岗位练兵", "owner": pick.choice(list(books.members))}]
        return {key: stretch.label, "approved_by": "committee", "items": items}

    return fields


def _education(pick: Random, books: Books, stretch: Stretch, _subject: str) -> Raw:
    item = {"id": "e1", "topic": "党章", "form": "study-session", "hours": 2, "month": 3}
    items = [item | {"owner": pick.choice(list(books.members))}]
    return {"year": stretch.first.year, "approved_by": "committee", "items": items}


def _development(_pick: Random, _books: Books, stretch: Stretch, _subject: str) -> Raw:
    made: Raw = {"year": stretch.first.year, "approved_by": "committee", "target": 0, "people": []}
    return made | {"steps": ["今年没有发展对象"]}


def _summary(pick: Random, books: Books, stretch: Stretch, _subject: str) -> Raw:
    results = [{"task": "t1", "state": "done", "result": "按时完成"}]
    return {"year": stretch.first.year, "author": pick.choice(list(books.members)), "results": results}


def _excellence(_pick: Random, _books: Books, stretch: Stretch, _subject: str) -> Raw:
    return {"year": stretch.first.year, "deployed": False}


def _target(_pick: Random, _books: Books, stretch: Stretch, member: str) -> Raw:
    items = [{"head": head, "item": "按时参加", "points": 20} for head in _HEADS]
    day = stretch.first.isoformat()
    made = {"year": stretch.first.year, "member": member, "post": "操作工", "items": items}
    return made | {"self_set_on": day, "reviewed_on": day, "approved_by": "committee"}


def _log(pick: Random, books: Books, stretch: Stretch, group: str) -> Raw:
    day = some_day(pick, stretch.first, stretch.last)
    listed = {member for member in books.members if books.group_on(member, day) == group}
    if pick.random() < 0.3:
        listed = set(pick.sample(sorted(listed), max(0, len(listed) - 1)))
    entries = [{"member": member, "facts": "参加会议两次"} for member in sorted(listed or set(books.members))]
    return {"month": stretch.label, "group": group, "keeper": pick.choice(list(books.members)), "entries": entries}


def _group_report(pick: Random, books: Books, stretch: Stretch, group: str) -> Raw:
    return {"half": stretch.label, "group": group, "author": pick.choice(list(books.members)), "summary": "目标过半"}


def _assessment(pick: Random, _books: Books, stretch: Stretch, member: str) -> Raw:
    items = [{"head": head, "points": 20, "self": 18, "peer": 17, "branch": 18} for head in _HEADS]
    day = stretch.last.isoformat()
    made: Raw = {"year": stretch.first.year, "member": member, "items": items, "self_summary_on": day}
    made |= {"opinions": {"date": day, "employees": 12, "departments": 3}, "appraised_on": day}
    made |= {"decided_by": "committee", "shown_on": day, "statement": "没有意见"}
    made |= {"grade": "qualified", "reason": "各项都好"} if pick.random() < 0.7 else {}
    return made | {"published_on": day, "published_to": "members"}


def _result_report(_pick: Random, _books: Books, stretch: Stretch, _subject: str) -> Raw:
    return {"year": stretch.first.year, "to": "虚构镇党委"}


def _appraisal(pick: Random, books: Books, stretch: Stretch, _subject: str) -> Raw:
    stages = {stage: {"date": stretch.last.isoformat()} for stage in _STAGES}
    result = {"member": pick.choice(list(books.members)), "tally": {"qualified": 2}, "grade": "qualified"}
    made = {"year": stretch.first.year, "stages": stages, "voters": 2, "ballots": 2}
    return made | {"results": [{**result, "reason": "各项都好"}], "decided_by": "committee"}


def _members_seen(pick: Random, books: Books, day: date) -> list[str]:
    seen = sorted(books.belonging(day))
    if pick.random() < 0.25:
        seen = seen[1:]
    return seen or list(books.members)


def _participation(pick: Random, books: Books, stretch: Stretch, _subject: str) -> Raw:
    seen = _members_seen(pick, books, stretch.last)
    rows = [{"member": member, "due": 9, "present": 8, "leave": 1, "absent": 0} for member in seen]
    return {"half": stretch.label, "signed_by": seen[0], "members": rows, "findings": "请假的多为出差"}


def _duty_report(pick: Random, _books: Books, stretch: Stretch, member: str) -> Raw:
    everyone = ["members", "cadres", "workers", "superior"]
    audience = everyone if pick.random() < 0.5 else pick.sample(everyone, pick.randint(1, 4))
    integrity = pick.random() < 0.8
    return {"year": stretch.first.year, "member": member, "audience": audience, "integrity": integrity}


def _dues_disclosure(pick: Random, books: Books, stretch: Stretch, _subject: str) -> Raw:
    made = disclosure_fields(pick, books, stretch.last, 4)
    return made | {"about": [f"dues-{stretch.first.year + pick.choice((0, 0, 0, 0, -1))}"]}


def disclosure_fields(pick: Random, books: Books, day: date, number: int) -> Raw:
    """Return what every disclosure says."""
    member = pick.choice(list(books.members))
    made: Raw = {"class": number, "matter": "党费", "content": "按人数公布", "timing": "routine", "scope": "members"}
    made |= {"form": "notice", "secrecy_check": {"by": member, "date": day.isoformat()}}
    return made | {"approved_by": member, "approved_on": day.isoformat()}


# Kind: a clause that it proves, where it lies, whose it is, and its fields.
NAMING: dict[str, tuple[str, str, str, Callable[[Random, Books, Stretch, str], Raw]]] = {
    "annual-plan": ("1.4a", "plans/{year}/annual.yaml", "branch", _annual),
    "quarter-plan": ("1.4b", "plans/{year}/{label}.yaml", "branch", _plan("quarter")),
    "month-plan": ("1.4c", "plans/{year}/m{label}.yaml", "branch", _plan("month")),
    "education-plan": ("1.6a", "plans/{year}/education.yaml", "branch", _education),
    "development-plan": ("1.6b", "plans/{year}/development.yaml", "branch", _development),
    "mid-year-summary": ("1.4f", "summaries/{year}/mid-year.md", "branch", _summary),
    "year-end-summary": ("1.4f", "summaries/{year}/year-end.md", "branch", _summary),
    "excellence-summary": ("1.7", "summaries/{year}/excellence.md", "branch", _excellence),
    "target": ("5.2", "targets/{year}/{subject}.yaml", "member", _target),
    "target-log": ("5.3a", "targets/{year}/log-{year}-{label}-{subject}.yaml", "group", _log),
    "target-report": ("5.3b", "targets/{year}/report-{year}-{label}-{subject}.yaml", "group", _group_report),
    "assessment": ("5.5b", "appraisals/{year}/{subject}.yaml", "member", _assessment),
    "result-report": ("5.5c", "appraisals/{year}/result-report.yaml", "branch", _result_report),
    "appraisal": ("7.1", "appraisals/{year}/appraisal.yaml", "branch", _appraisal),
    "participation-check": ("9.2(1)", "inspections/{year}/{year}-{label}-check.yaml", "branch", _participation),
    "duty-report": ("9.2(5)", "supervision/{year}/duty-report-{subject}.yaml", "member", _duty_report),
    "disclosure": ("8.2(4)", "disclosures/{year}/dues.yaml", "branch", _dues_disclosure),
}


def _dated(pick: Random, year: int, books: Books) -> dict[str, Raw]:
    """Return an inspection, a check, a training or a disclosure that counts for the period of its day."""
    day = some_day(pick, date(year - 1, 12, 20), date(year, 12, 31) + timedelta(days=20))
    members = list(books.members)
    holders = [holder for _post, holder, _committee in books.posts_on(day)]
    kind = pick.choice(("plan-inspection", "plan-inspection", "training", "facility-check", "study-check", "integrity"))
    made: Raw = {"schema": 1, "kind": kind, "date": day.isoformat()}
    if kind == "plan-inspection":
        inspector = holders[0] if holders and pick.random() < 0.8 else pick.choice(members)
        made |= {"inspector": inspector, "tasks": [{"task": "t1", "state": "done"}], "findings": "按计划进行"}
    elif kind == "training":
        audience = pick.choice((["members"], ["party-workers"], ["members", "party-workers"], ["activists"]))
        present = pick.sample(members, pick.randrange(1, len(members) + 1))
        made |= {"title": "党务培训", "hours": 4, "audience": audience, "place": "镇党校", "present": present}
        return {f"trainings/{day.year}/{day}-training.yaml": made | {"plan_item": "unplanned"}}
    elif kind == "facility-check":
        made |= {"checker": pick.choice(members), "room": pick.random() < 0.9, "kit": pick.random() < 0.8}
        made["subscriptions"] = pick.choice((["人民日报"], ["支部生活", "求是"], ["【待填】"], []))
    elif kind == "study-check":
        rows = [{"member": member, "result": "笔记齐全"} for member in _members_seen(pick, books, day)]
        made |= {"checker": pick.choice(members), "members": rows}
    else:
        made |= {"kind": "disclosure"} | disclosure_fields(pick, books, day, pick.choice((2, 3, 3, 3)))
        return {f"disclosures/{day.year}/{day}-integrity.yaml": made}
    return {f"inspections/{day.year}/{day}-{kind}.yaml": made}

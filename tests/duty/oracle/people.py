"""Random branch.yaml and members: terms, groups and statuses that begin and end on awkward days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.duty.oracle.writing import some_day

if TYPE_CHECKING:
    from random import Random

    from tests.duty.oracle.days import Raw

NAMES = ("王䶮", "李㛃", "赵𬭎", "欧阳 明月", "陈，全角", "古丽·买买提")
COURSES = (
    ("full", "left"),
    ("full", "suspended", "full"),
    ("full", "transferred"),
    ("probationary", "full"),
    ("probationary", "full", "left"),
    ("full", "probationary", "left"),
    ("left",),
)
OTHER_POSTS = ("deputy-secretary", "organization", "publicity", "discipline-inspection", "committee-member")
# Values beside what is assumed, so that some decide otherwise.
DECIDED = {
    "annual_plan_days": (0, 14, 28, 30, 59, 366),
    "quarter_plan_day": (1, 5, 15, 31),
    "plan_inspection_every": ("month", "quarter", "half", "year"),
    "summary_grace_days": (0, 10, 31),
    "life_meeting_from_day": (1, 10, 20, 31),
    "notice_lead_days": (0, 1, 3, 10),
    "report_lead_days": (0, 1, 7, 15),
    "target_joiner_days": (0, 30, 366),
    "target_log_grace_days": (0, 5, 31),
    "assessment_grace_days": (0, 15, 60),
    "result_report_grace_days": (0, 31),
    "appraisal_grace_days": (0, 31),
    "disclosure_days": (0, 7, 30),
    "dues_disclosure_grace_days": (0, 60),
    "feedback_answer_days": (0, 3, 30),
    "participation_check_grace_days": (0, 5, 31),
    "letter_answer_days": (0, 15, 90),
    "admonition_outcome_days": (0, 10, 60),
}


def spans(pick: Random, first: date, last: date, *, gaps: bool) -> list[Raw]:
    """Return spans that follow each other; with ``gaps`` some days between them may be nobody's."""
    starts = sorted({first, *(some_day(pick, first, last) for _ in range(pick.choice((0, 0, 1, 2))))})
    found: list[Raw] = []
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        span: Raw = {"from": start.isoformat()}
        if following is not None:
            lost = pick.choice((0, 0, 3, 20)) if gaps else 0
            span["to"] = max(start, following - timedelta(days=1 + lost)).isoformat()
        elif pick.random() < 0.2:
            span["to"] = some_day(pick, start, last).isoformat() if start <= last else None
        found.append(span)
    return found


def one_span(pick: Random, first: date, last: date) -> Raw:
    """Return one span that begins between two days."""
    span: Raw = {"from": some_day(pick, first, last).isoformat()}
    if pick.random() < 0.4:
        span["to"] = some_day(pick, date.fromisoformat(span["from"]), last).isoformat()
    elif pick.random() < 0.3:
        span["to"] = None
    return span


def branch_file(pick: Random, year: int, members: list[str], groups: list[str]) -> Raw:
    """Return branch.yaml."""
    old = date(year - 2, 1, 1)
    first, last = date(year, 1, 1), date(year, 12, 31)
    founded = some_day(pick, first, last) if pick.random() < 0.2 else old
    made: Raw = {
        "schema": 1,
        "kind": "branch",
        "name": {"zh": "虚构公司党支部", "en": "A fictional branch"},
        "superior": "虚构镇党委",
        "founded": founded.isoformat(),
        "terms": [_term(pick, span, last, members) for span in spans(pick, old, last, gaps=True)],
        "workers": [
            {"member": pick.choice(members), **one_span(pick, old, last)} for _ in range(pick.choice((0, 1, 2)))
        ],
        "settings": {key: pick.choice(values) for key, values in DECIDED.items() if pick.random() < 0.15},
    }
    if pick.random() < 0.2:
        made["records_from"] = some_day(pick, founded, last).isoformat()
    if groups or pick.random() < 0.5:
        made["groups"] = [_group(pick, year, group, members) for group in groups]
    return made


def _term(pick: Random, span: Raw, last: date, members: list[str]) -> Raw:
    start = date.fromisoformat(span["from"])
    posts = [
        {"post": "secretary", "member": pick.choice(members), **each}
        for each in spans(pick, start, max(start, last), gaps=pick.random() < 0.3)
        if pick.random() < 0.95
    ]
    for post in OTHER_POSTS:
        if pick.random() < 0.5 or not posts:
            begin = {"from": span["from"]} if pick.random() < 0.7 else one_span(pick, start, max(start, last))
            posts.append({"post": post, "member": pick.choice(members), **begin})
    return {**span, "committee": pick.random() < 0.8, "posts": posts}


def _group(pick: Random, year: int, group: str, members: list[str]) -> Raw:
    first, last = date(year, 1, 1), date(year, 12, 31)
    span = one_span(pick, first, last) if pick.random() < 0.5 else {"from": date(year - 2, 1, 1).isoformat()}
    start = date.fromisoformat(span["from"])
    leaders = [{"member": pick.choice(members), **each} for each in spans(pick, start, max(start, last), gaps=True)]
    return {"id": group, "name": "第一党小组", **span, "leaders": leaders if pick.random() < 0.95 else []}


def member_file(pick: Random, year: int, member: str, groups: list[str], steady: float) -> Raw:
    """Return one member."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    old = date(year - 2, 1, 1)
    made: Raw = {"schema": 1, "kind": "member", "id": member, "name": pick.choice(NAMES)}
    days = sorted({some_day(pick, first, last) for _ in range(3)})
    course: tuple[str, ...] = pick.choice(COURSES)
    if pick.random() < steady:
        course = ("full",)
    begins = [old, *days] if pick.random() < 0.7 else [*days, last]
    made["status"] = [{"from": day.isoformat(), "status": each} for day, each in zip(begins, course, strict=False)]
    if groups or pick.random() < 0.1:
        changes = [old, *sorted({some_day(pick, first, last) for _ in range(pick.choice((0, 0, 1, 2)))})]
        made["groups"] = [{"from": day.isoformat(), "group": pick.choice([*groups, *groups, None])} for day in changes]
    if pick.random() < 0.25:
        made["exemptions"] = [
            {**one_span(pick, first, last), "reason": "maternity", "approved_by": "支部党员大会"}
            for _ in range(pick.choice((1, 1, 2)))
        ]
    return made

"""Random meetings of a branch: mostly as they should be, often a little wrong."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tests.duty.oracle.clauses import CLAUSES
from tests.duty.oracle.days import MONTHS, Raw, label
from tests.duty.oracle.proofs import BODY, TOPICS

if TYPE_CHECKING:
    from random import Random

    from tests.duty.oracle.books import Books

_HOW_OFTEN = {
    "group-meeting": 0.75,
    "committee-meeting": 0.75,
    "general-meeting": 0.35,
    "lecture": 0.2,
    "party-building-meeting": 0.25,
    "democratic-life-meeting": 0.1,
    "organizational-life-meeting": 0.08,
    "study-session": 0.7,
}
_LIFE_MONTHS = {0, 6, 12}
# Every kind of meeting with the period for which its first duty is owed.
_LENGTH = {proof.kind: clause.every for clause in reversed(CLAUSES.values()) for proof in clause.proofs[:1]}


def meetings(pick: Random, year: int, books: Books, groups: list[str]) -> dict[str, Raw]:
    """Return the meetings of a year and a little around it by path."""
    made: dict[str, Raw] = {}
    for month in range(-1, 15):
        first = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
        for kind, often in _HOW_OFTEN.items():
            life = kind == "democratic-life-meeting" and month in _LIFE_MONTHS
            chance = 0.85 if life else often
            for group in groups if kind == "group-meeting" else [None]:
                for _ in range(pick.choice((1, 1, 1, 1, 2, 3)) if pick.random() < chance else 0):
                    day = first.replace(day=pick.choice((9, 19, 20, 21, 22, 30))) if life else _day(pick, first)
                    suffix = f"-{group}" if group else ""
                    path = f"meetings/{day.year}/{day.isoformat()}-{kind}{suffix}.md"
                    made[path] = _meeting(pick, books, kind, day, group)
    return made


def _day(pick: Random, first: date) -> date:
    length = monthrange(first.year, first.month)[1]
    number = length if pick.random() < 0.2 else pick.choice((1, 5, 15, 16, 28, pick.randrange(1, length + 1)))
    return first.replace(day=number)


def _meeting(pick: Random, books: Books, kind: str, day: date, group: str | None) -> Raw:
    members = list(books.members)
    meeting: Raw = {"schema": 1, "kind": kind, "date": day.isoformat(), "time": "15:00-16:10"}
    if group:
        meeting["group"] = group
    meeting |= {"place": "三车间会议室", **_chair(pick, books, day, group, members)}
    due = sorted(books.due_at(meeting))
    share = pick.choice((1.0, 1.0, 0.8, 0.5, 0.5, 0.2, 0.0))
    present = [member for member in due if pick.random() < share]
    if pick.random() < 0.5:
        present = due[: (len(due) + pick.choice((-1, 0, 1, 2))) // 2]
    present += [pick.choice(members)] * pick.choice((0, 0, 0, 1, 2))
    away = [member for member in due if member not in present]
    missed = [member for member in away if kind == "democratic-life-meeting" and pick.random() < 0.15]
    leave = [{"member": member, "reason": "business-trip"} for member in away if member not in missed]
    absent = missed if pick.random() < 0.8 else []
    meeting |= {"recorder": pick.choice(members), "present": present, "leave": leave, "absent": absent}
    if pick.random() < 0.15:
        meeting["makes_up"] = _makes_up(pick, kind, day)
    meeting |= {"topics": ["学习，讨论"], **_own_fields(pick, kind, day, present)}
    if kind != "lecture" and pick.random() < 0.15:
        meeting["resolutions"] = [_resolution(pick) for _ in range(pick.choice((1, 2, 3)))]
    if kind in {"committee-meeting", "party-building-meeting"}:
        meeting[BODY] = _body(pick)
    return meeting


def _own_fields(pick: Random, kind: str, day: date, present: list[str]) -> Raw:
    def before(*days: int) -> str:
        return (day - timedelta(days=pick.choice(days))).isoformat()

    fields: dict[str, dict[str, Any]] = {
        "lecture": {"lecturer": "党校，张老师"},
        "study-session": {"hours": 1.5, "plan_item": "unplanned"},
        "organizational-life-meeting": {"theme": "对照检查", "spoke": present},
        "democratic-life-meeting": {
            "theme": "转变作风",
            "focus_problem": "会议记录不及时",
            "notice": {"sent_on": before(-1, 0, 1, 3, 6, 7, 7, 8, 12)},
            "reported_up": {"sent_on": before(0, 1, 9, 10, 10, 11, 15)},
            "superior_present": [],
            "self_checks": present,
        },
    }
    if kind == "committee-meeting" and pick.random() < 0.5:
        return {"agenda": pick.choice((["month-plan"], ["party-building"], ["party-building", "month-plan"]))}
    if kind == "general-meeting" and pick.random() < 0.5:
        return {"administrative_report": {"speaker": "虚构公司总经理"}}
    return fields.get(kind, {})


def _body(pick: Random) -> dict[str, str]:
    """Return the sections of a meeting that may serve as a Party-building meeting; some are left empty or out."""
    body = {"议定事项": "下月开展岗位练兵。"}
    language = pick.choice((0, 0, 0, 1))
    for headings in TOPICS:
        if pick.random() < 0.9:
            body[headings[language]] = pick.choice(
                ("排班紧，学习时间少。", "排班紧，学习时间少。", "三车间意见较多。", "")
            )
    return body


def _resolution(pick: Random) -> Raw:
    made: Raw = {"text": "购置学习资料"}
    if pick.random() < 0.7:
        made["major"] = pick.random() < 0.8
    if pick.random() < 0.3:
        made["passed"] = pick.random() < 0.6
    return made


def _chair(pick: Random, books: Books, day: date, group: str | None, members: list[str]) -> Raw:
    held = books.posts_on(day)
    if group:
        right = sorted(books.leaders_on(group, day))
    else:
        right = sorted(member for post, member, _committee in held if post == "secretary")
    if not right or pick.random() < 0.1:
        return {"chair": pick.choice(members)}
    if pick.random() < 0.75:
        return {"chair": right[0]}
    others = sorted(member for post, member, _committee in held if post != "secretary")
    chair = pick.choice([*others, *others, pick.choice(members)])
    return {"chair": chair, "delegated_by": right[0] if pick.random() < 0.8 else pick.choice(members)}


def _makes_up(pick: Random, kind: str, day: date) -> str:
    every = _LENGTH[kind] if pick.random() < 0.9 else pick.choice(list(MONTHS))
    back = pick.choice((0, 1, 1, 1, 1, 2, -1)) * MONTHS[every] * 30
    return label(every, day - timedelta(days=back))

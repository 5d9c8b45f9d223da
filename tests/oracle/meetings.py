"""Random meetings of a branch: mostly as they should be, often a little wrong."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

from oracle.oracle import CLAUSES, MONTHS, Raw, due_at, label, leaders_on, posts_on

if TYPE_CHECKING:
    from random import Random

_HOW_OFTEN = {"group-meeting": 0.75, "committee-meeting": 0.75, "general-meeting": 0.35, "lecture": 0.2}
_LENGTH = dict(CLAUSES.values())


def meetings(pick: Random, year: int, records: dict[str, Raw], groups: list[str]) -> dict[str, Raw]:
    """Return the meetings of a year and a little around it by path."""
    made: dict[str, Raw] = {}
    for month in range(-1, 15):
        first = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
        for kind, chance in _HOW_OFTEN.items():
            for group in groups if kind == "group-meeting" else [None]:
                for _ in range(pick.choice((1, 1, 1, 1, 2, 3)) if pick.random() < chance else 0):
                    day = _day(pick, first)
                    suffix = f"-{group}" if group else ""
                    path = f"meetings/{day.year}/{day.isoformat()}-{kind}{suffix}.md"
                    made[path] = _meeting(pick, records, kind, day, group)
    return made


def _day(pick: Random, first: date) -> date:
    length = monthrange(first.year, first.month)[1]
    number = length if pick.random() < 0.2 else pick.choice((1, 5, 15, 16, 28, pick.randrange(1, length + 1)))
    return first.replace(day=number)


def _meeting(pick: Random, records: dict[str, Raw], kind: str, day: date, group: str | None) -> Raw:
    members = [data["id"] for data in records.values() if data["kind"] == "member"]
    meeting: Raw = {"schema": 1, "kind": kind, "date": day.isoformat(), "time": "15:00-16:10"}
    if group:
        meeting["group"] = group
    meeting |= {"place": "三车间会议室", **_chair(pick, records, day, group, members)}
    due = sorted(due_at(records, meeting))
    share = pick.choice((1.0, 1.0, 0.8, 0.5, 0.5, 0.2, 0.0))
    present = [member for member in due if pick.random() < share]
    if pick.random() < 0.5:
        present = due[: (len(due) + pick.choice((-1, 0, 1, 2))) // 2]
    present += [pick.choice(members)] * pick.choice((0, 0, 0, 1, 2))
    leave = [{"member": member, "reason": "business-trip"} for member in due if member not in present]
    meeting |= {"recorder": pick.choice(members), "present": present, "leave": leave, "absent": []}
    if pick.random() < 0.15:
        meeting["makes_up"] = _makes_up(pick, kind, day)
    if kind == "lecture":
        meeting["lecturer"] = "党校，张老师"
    return meeting | {"topics": ["学习，讨论"]}


def _chair(pick: Random, records: dict[str, Raw], day: date, group: str | None, members: list[str]) -> Raw:
    held = posts_on(records, day)
    if group:
        right = sorted(leaders_on(records, group, day))
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
    back = pick.choice((0, 1, 1, 1, 2, -1)) * MONTHS[every] * 30
    return label(every, day - timedelta(days=back))

"""Random branches, as raw record data by path; the same number always gives the same branch.

They are built to hit the edges: first and last days, the leap day, half of a month, seven full members.
"""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from random import Random
from typing import Any

from oracle import meetings
from oracle.oracle import CLAUSES, Raw, calendar

YEARS = (2020, 2021, 2023, 2024, 2024, 2025, 2026)
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
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def branch(seed: int) -> tuple[dict[str, Raw], int]:
    """Return the records of a branch, and the year in which most of them lie."""
    pick = Random(seed)  # noqa: S311 - a test that can be repeated, not a secret
    year = pick.choice(YEARS)
    members = [f"m{number:03d}" for number in range(1, pick.choice((2, 7, 8, 9, 10, 12)) + 1)]
    groups = ["g1", "g2", "g-3"][: pick.choice((0, 1, 2, 2, 3))]
    records: dict[str, Raw] = {"branch.yaml": _branch(pick, year, members, groups)}
    steady = pick.choice((0.3, 0.7, 0.9))
    for member in members:
        records[f"members/{member}.yaml"] = _member(pick, year, member, groups, steady)
    records |= meetings.meetings(pick, year, records, groups)
    records |= _waivers(pick, year, groups)
    records |= _amendments(pick, year)
    return records, year


def as_of_days(seed: int, year: int, count: int) -> list[date]:
    """Return days to judge a branch on: ends of periods, the days beside them, and any other."""
    pick = Random(-seed - 1)  # noqa: S311 - a test that can be repeated, not a secret
    days = [date(year, 12, 31), date(year + 1, 6, 30)]
    days += [some_day(pick, date(year - 1, 10, 1), date(year + 1, 4, 1)) for _ in range(count)]
    return days[-count:] if count < len(days) else days[:count]


def files(records: dict[str, Raw]) -> dict[str, bytes]:
    """Write the records as a record repository holds them."""
    return {path: text(path, data).encode() for path, data in records.items()}


def text(path: str, data: Raw) -> str:
    """Write one record: block style above, flow style below, days without quotes as people write them."""
    yaml = "".join(f"{key}: {_flow(value)}\n" for key, value in data.items())
    if not path.endswith(".md"):
        return yaml
    return f"---\n{yaml}---\n\n## 会议内容\n\n学习《中国共产党章程》。\n"


def some_day(pick: Random, first: date, last: date) -> date:
    """Pick a day, often one beside the first, the middle or the end of a month."""
    day = first + timedelta(days=pick.randrange((last - first).days + 1))
    if pick.random() < 0.5:
        start = day.replace(day=1)
        end = (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        edge = pick.choice((start, end, end, start + timedelta(days=(end - start).days // 2)))
        day = edge + timedelta(days=pick.choice((-1, 0, 0, 0, 1, 2)))
    return min(max(day, first), last)


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(inner) for inner in value) + "]"
    if isinstance(value, str) and _DAY.fullmatch(value):
        return value
    return json.dumps(value, ensure_ascii=False)


def _span(pick: Random, first: date, last: date) -> Raw:
    span: Raw = {"from": some_day(pick, first, last).isoformat()}
    if pick.random() < 0.4:
        span["to"] = some_day(pick, date.fromisoformat(span["from"]), last).isoformat()
    elif pick.random() < 0.3:
        span["to"] = None
    return span


def _row(pick: Random, first: date, last: date, gaps: bool) -> list[Raw]:
    """Return spans that follow each other; with ``gaps`` some days between them may be nobody's."""
    starts = sorted({first, *(some_day(pick, first, last) for _ in range(pick.choice((0, 0, 1, 2))))})
    spans: list[Raw] = []
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        span: Raw = {"from": start.isoformat()}
        if following is not None:
            lost = pick.choice((0, 0, 3, 20)) if gaps else 0
            span["to"] = max(start, following - timedelta(days=1 + lost)).isoformat()
        elif pick.random() < 0.2:
            span["to"] = some_day(pick, start, last).isoformat() if start <= last else None
        spans.append(span)
    return spans


def _branch(pick: Random, year: int, members: list[str], groups: list[str]) -> Raw:
    old = date(year - 2, 1, 1)
    first, last = date(year, 1, 1), date(year, 12, 31)
    founded = some_day(pick, first, last) if pick.random() < 0.2 else old
    made: Raw = {
        "schema": 1,
        "kind": "branch",
        "name": {"zh": "虚构公司党支部", "en": "A fictional branch"},
        "superior": "虚构镇党委",
        "founded": founded.isoformat(),
        "terms": [_term(pick, span, last, members) for span in _row(pick, old, last, gaps=True)],
    }
    if groups or pick.random() < 0.5:
        made["groups"] = [_group(pick, year, group, members) for group in groups]
    return made


def _term(pick: Random, span: Raw, last: date, members: list[str]) -> Raw:
    start = date.fromisoformat(span["from"])
    posts = [
        {"post": "secretary", "member": pick.choice(members), **each}
        for each in _row(pick, start, max(start, last), gaps=pick.random() < 0.3)
        if pick.random() < 0.95
    ]
    for post in ("deputy-secretary", "organization", "publicity", "discipline-inspection", "committee-member"):
        if pick.random() < 0.5 or not posts:
            begin = {"from": span["from"]} if pick.random() < 0.7 else _span(pick, start, max(start, last))
            posts.append({"post": post, "member": pick.choice(members), **begin})
    return {**span, "committee": pick.random() < 0.8, "posts": posts}


def _group(pick: Random, year: int, group: str, members: list[str]) -> Raw:
    first, last = date(year, 1, 1), date(year, 12, 31)
    span = _span(pick, first, last) if pick.random() < 0.5 else {"from": date(year - 2, 1, 1).isoformat()}
    start = date.fromisoformat(span["from"])
    leaders = [{"member": pick.choice(members), **each} for each in _row(pick, start, max(start, last), gaps=True)]
    return {"id": group, "name": "第一党小组", **span, "leaders": leaders if pick.random() < 0.95 else []}


def _member(pick: Random, year: int, member: str, groups: list[str], steady: float) -> Raw:
    first, last = date(year, 1, 1), date(year, 12, 31)
    old = date(year - 2, 1, 1)
    made: Raw = {"schema": 1, "kind": "member", "id": member, "name": pick.choice(NAMES)}
    days = sorted({some_day(pick, first, last) for _ in range(3)})
    course = pick.choice(COURSES)
    if pick.random() < steady:
        course = ("full",)
    begins = [old, *days] if pick.random() < 0.7 else [*days, last]
    made["status"] = [{"from": day.isoformat(), "status": each} for day, each in zip(begins, course, strict=False)]
    if groups or pick.random() < 0.1:
        changes = [old, *sorted({some_day(pick, first, last) for _ in range(pick.choice((0, 0, 1, 2)))})]
        made["groups"] = [{"from": day.isoformat(), "group": pick.choice([*groups, *groups, None])} for day in changes]
    if pick.random() < 0.25:
        made["exemptions"] = [
            {**_span(pick, first, last), "reason": "maternity", "approved_by": "支部党员大会"}
            for _ in range(pick.choice((1, 1, 2)))
        ]
    return made


def _waivers(pick: Random, year: int, groups: list[str]) -> dict[str, Raw]:
    made: dict[str, Raw] = {}
    deferred: set[str] = set()
    for number in range(pick.choice((0, 4, 10, 20))):
        outcome = pick.choice(("waived", "deferred", "missed"))
        clause = pick.choice(list(CLAUSES))
        stretch = pick.choice(calendar(CLAUSES[clause][1] if pick.random() < 0.9 else "quarter", year))
        duties = [f"{clause}/{stretch.label}"]
        if clause == "3.1" and groups and pick.random() < 0.9:
            duties = [f"{duties[0]}/{group}" for group in pick.sample(groups, pick.randrange(1, len(groups) + 1))]
        decided = stretch.last + timedelta(days=pick.randrange(-40, 40))
        waiver: Raw = {"schema": 1, "kind": "waiver", "date": decided.isoformat(), "duties": duties}
        waiver |= {"outcome": outcome, "reason": "停产检修", "approved_by": "虚构镇党委"}
        if outcome == "deferred":
            if deferred.intersection(duties):
                continue
            deferred.update(duties)
            waiver["until"] = (stretch.last + timedelta(days=pick.choice((-3, 1, 10, 30, 60)))).isoformat()
        made[f"waivers/{decided.year}/{decided.isoformat()}-w{number}.yaml"] = waiver
    return made


def _amendments(pick: Random, year: int) -> dict[str, Raw]:
    made: dict[str, Raw] = {}
    begun: set[tuple[str, date]] = set()
    for number in range(pick.choice((0, 0, 1, 3))):
        clause = pick.choice(list(CLAUSES))
        start = some_day(pick, max(date(year - 1, 11, 1), date(2020, 8, 24)), date(year, 12, 31))
        if (clause, start) in begun:
            continue
        begun.add((clause, start))
        made[f"rules/a{number}.yaml"] = _amendment(pick, clause, start)
    return made


def _amendment(pick: Random, clause: str, start: date) -> Raw:
    made: Raw = {"schema": 1, "kind": "amendment", "clause": clause, "from": start.isoformat()}
    if pick.random() < 0.6:
        made["to"] = some_day(pick, start, start + timedelta(days=200)).isoformat()
    change = pick.random()
    if change < 0.3:
        made["off"] = True
    elif change < 0.5:
        made["count"] = pick.choice((2, 3))
    elif change < 0.7:
        made["every"] = pick.choice(("month", "quarter", "half", "year"))
    if change >= 0.45:
        due = {"month": pick.choice((1, 2)), "day": pick.choice((5, 15, 28, 30, 31)), "days_after": pick.choice((0, 7))}
        made["due"] = {key: value for key, value in due.items() if pick.random() < 0.6}
    return made | {"source": {"document": "支部决议", "approved_by": "虚构镇党委"}}

"""A case, written for reading, becomes the files of a record repository."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from ruamel.yaml import YAML

HERE = Path(__file__).parent
Raw: TypeAlias = dict[str, Any]
GROUP, COMMITTEE = "group-meeting", "committee-meeting"
TIMES = {
    COMMITTEE: "09:00-10:00",
    GROUP: "10:30-11:30",
    "general-meeting": "14:00-15:00",
    "lecture": "15:30-17:00",
}
HEADINGS = {
    GROUP: ("会议内容", "批评与自我批评"),
    COMMITTEE: ("研究事项", "批评与自我批评", "议定事项"),
    "general-meeting": ("工作报告", "传达学习", "讨论与决议"),
    "lecture": ("授课内容", "讨论交流"),
}
STATUSES = ("probationary", "full", "suspended", "transferred", "left")
FAR = date(9000, 1, 1)


def read(path: Path) -> Any:
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


@cache
def standard() -> Raw:
    branch: Raw = read(HERE / "standard-branch.yaml")
    return branch


@dataclass
class Held:
    """Who holds a post or leads a group, and from when to when, both days included."""

    who: str
    start: date
    end: date = FAR


@dataclass
class Person:
    id: str
    name: str
    standings: list[tuple[date, str]]
    groups: list[tuple[date, str | None]]
    exempt: list[tuple[date, date]]

    def attends(self, day: date) -> bool:
        return _latest(self.standings, day) in {"probationary", "full"} and not any(
            start <= day <= end for start, end in self.exempt
        )


@dataclass
class Cast:
    """The branch of one case: its people by name, its groups with their leaders, its terms with their posts."""

    founded: date
    people: dict[str, Person] = field(default_factory=dict)
    groups: dict[str, tuple[Raw, list[Held]]] = field(default_factory=dict)
    terms: list[tuple[date, date, bool]] = field(default_factory=list)
    posts: list[tuple[str, Held]] = field(default_factory=list)

    def id(self, name: str) -> str:
        return self.people[name].id

    def in_committee(self, day: date) -> bool:
        return any(start <= day <= end and committee for start, end, committee in self.terms)

    def due(self, kind: str, group: str | None, day: date) -> list[str]:
        names = [name for name, person in self.people.items() if person.attends(day)]
        if kind == GROUP:
            return [name for name in names if _latest(self.people[name].groups, day) == group]
        if kind == COMMITTEE:
            on = {held.who for _, held in self.posts if held.start <= day <= held.end}
            return [name for name in names if name in on and self.in_committee(day)]
        return names

    def chair(self, group: str | None, day: date) -> str:
        held = self.groups[group][1] if group else [each for post, each in self.posts if post == "secretary"]
        return next((each.who for each in held if each.start <= day <= each.end), held[0].who)


def cast(branch: Raw) -> Cast:
    """Lay what a case says of its branch over the standard branch."""
    plan = standard() | {key: value for key, value in branch.items() if key not in {"members", "posts"}}
    made = Cast(founded=plan["founded"])
    members = dict(list(plan["members"].items())[: plan.get("full_members")]) | branch.get("members", {})
    listed: Raw = {} if plan["groups"] == "none" else plan["groups"]
    for name, data in members.items():
        made.people[name] = _person(made, f"m{len(made.people) + 1:03d}", name, data, listed)
    for id_, data in listed.items():
        made.groups[id_] = (data, _held(made, data["leader"], _day(made, data["from"])))
    for post, holders in (plan["posts"] | branch.get("posts", {})).items():
        made.posts += [(post, held) for held in _held(made, holders, made.founded)]
    made.terms = _terms(made, plan["committee"])
    return made


def files(case: Raw) -> dict[str, str]:
    """Return the files of the repository that a case describes, by path."""
    made = cast(case.get("branch", {}))
    written: dict[str, str] = {"branch.yaml": _yaml(_branch(made))}
    for person in made.people.values():
        written[f"members/{person.id}.yaml"] = _yaml(_member(person))
    for line in case.get("records", []):
        path = _path(line, written)
        written[path] = "---\nkind: [\n---\n" if line.get("unreadable") else _markdown(_meeting(made, line))
    for number, waiver in enumerate(case.get("waivers", []), 1):
        data = {"schema": 1, "kind": "waiver", "reason": "停产检修", "approved_by": "云栖镇党委"} | waiver
        written[f"waivers/{waiver['date'].year}/{waiver['date']}-{number}.yaml"] = _yaml(data)
    source = {"document": "云栖镇党委通知", "approved_by": "云栖镇党委"}
    for number, amendment in enumerate(case.get("amendments", []), 1):
        data = {"schema": 1, "kind": "amendment", "source": source} | amendment
        written[f"rules/change-{number}.yaml"] = _yaml(data)
    return written


def _person(made: Cast, id_: str, name: str, data: Raw, groups: Raw) -> Person:
    return Person(
        id=id_,
        name=name,
        standings=sorted((_day(made, day), status) for status, day in data.items() if status in STATUSES),
        groups=[
            (_day(made, day), None if group == "none" else group)
            for group, day in data.get("group", {}).items()
            if group in groups or group == "none"
        ],
        exempt=[(each["from"], each.get("to", FAR)) for each in data.get("exempt", [])],
    )


def _held(made: Cast, holders: str | Raw, start: date) -> list[Held]:
    """Read ``name`` or ``{name: {from, to}, name: {from, to}}``."""
    if isinstance(holders, str):
        return [Held(holders, start)]
    return [Held(name, _day(made, days.get("from", start)), days.get("to", FAR)) for name, days in holders.items()]


def _terms(made: Cast, committee: str | Raw | list[Raw]) -> list[tuple[date, date, bool]]:
    """Return the terms with a committee, and terms without one over the days between."""
    given = [] if isinstance(committee, str) else committee if isinstance(committee, list) else [committee]
    terms: list[tuple[date, date, bool]] = []
    free = made.founded
    for each in given:
        start, end = _day(made, each["from"]), each.get("to", FAR)
        if free < start:
            terms.append((free, start - timedelta(days=1), False))
        terms.append((start, end, True))
        free = end + timedelta(days=1)
    return [*terms, (free, FAR, False)] if free < FAR else terms


def _branch(made: Cast) -> Raw:
    name = {"zh": "青禾精工党支部", "en": "Qinghe Precision Works Party Branch"}
    superior = {"zh": "云栖镇党委", "en": "Yunqi Town Party Committee"}
    return {
        "schema": 1,
        "kind": "branch",
        "name": name,
        "superior": superior,
        "founded": made.founded,
        "terms": [term for each in made.terms if (term := _term(made, *each))["posts"]],
        "groups": [
            {"id": id_, "name": data.get("name", id_), "leaders": [_holder(made, each) for each in leaders]}
            | _span(_day(made, data["from"]), data.get("to", FAR))
            for id_, (data, leaders) in made.groups.items()
        ],
    }


def _term(made: Cast, start: date, end: date, committee: bool) -> Raw:
    posts = [
        {"post": post} | _holder(made, Held(held.who, max(start, held.start), min(end, held.end)))
        for post, held in made.posts
        if held.start <= end and start <= held.end and (committee or post in {"secretary", "deputy-secretary"})
    ]
    return _span(start, end) | {"committee": committee, "posts": posts}


def _holder(made: Cast, held: Held) -> Raw:
    return {"member": made.id(held.who)} | _span(held.start, held.end)


def _member(person: Person) -> Raw:
    data: Raw = {"schema": 1, "kind": "member", "id": person.id, "name": person.name}
    data["status"] = [{"from": day, "status": status} for day, status in person.standings]
    if person.groups:
        data["groups"] = [{"from": day, "group": group} for day, group in person.groups]
    if person.exempt:
        approved = {"reason": "other", "approved_by": "支部委员会"}
        data["exemptions"] = [_span(start, end) | approved for start, end in person.exempt]
    return data


def _meeting(made: Cast, line: Raw) -> Raw:
    """Fill a meeting's lists: everyone due is present unless the line says otherwise."""
    kind, day, group = line["kind"], line["date"], line.get("group")
    chair = line.get("chair", made.chair(group, day))
    absent, leave = line.get("absent", []), line.get("leave", [])
    forgotten = line.get("forgotten", [])
    rest = [name for name in made.due(kind, group, day) if name not in {*absent, *leave, *forgotten}]
    if "present" in line:
        leave = [*leave, *(name for name in rest if name not in line["present"])]
        rest = line["present"]
    present = [*rest, *line.get("also_present", [])]
    away = [*leave, *line.get("also_leave", [])]
    approver = next((each for each in made.people if each not in away), chair)
    data: Raw = {"schema": 1, "kind": kind, "date": day, "time": line.get("time", TIMES[kind])}
    if group:
        data["group"] = group
    data |= {"place": "二楼 会议室", "chair": made.id(chair)}
    data["recorder"] = made.id(line.get("recorder", present[-1] if present else chair))
    data["present"] = [made.id(name) for name in present]
    data["leave"] = [{"member": made.id(name), "reason": "other", "approved_by": made.id(approver)} for name in away]
    data["absent"] = [made.id(name) for name in [*absent, *line.get("also_absent", [])]]
    data["topics"] = ["学习《党章》，讨论本月工作"]
    if kind == "lecture":
        data["lecturer"] = made.id(chair)
    if "delegated_by" in line:
        data["delegated_by"] = made.id(line["delegated_by"])
    if "late" in line:
        data["late"] = [made.id(name) for name in line["late"]]
    if "in_attendance" in line:
        data["in_attendance"] = [made.id(name) if name in made.people else name for name in line["in_attendance"]]
    return data | {key: line[key] for key in ("makes_up", "totals") if key in line} | _leaves(made, line)


def _leaves(made: Cast, line: Raw) -> Raw:
    """Leave written out in full, where a case is about how it is written."""
    if "leave_as" not in line:
        return {}
    return {
        "leave": [
            {key: made.id(value) if key in {"member", "approved_by"} else value for key, value in each.items()}
            for each in line["leave_as"]
        ]
    }


def _path(line: Raw, written: dict[str, str]) -> str:
    day = line["date"]
    stem = f"meetings/{day.year}/{day}-{line['kind']}" + (f"-{line['group']}" if "group" in line else "")
    again = next(number for number in range(1, 10) if _numbered(stem, number) not in written)
    return _numbered(stem, again)


def _numbered(stem: str, number: int) -> str:
    return f"{stem}.md" if number == 1 else f"{stem}-{number}.md"


def _markdown(data: Raw) -> str:
    body = "".join(f"\n## {title}\n\n如实记录。\n" for title in HEADINGS[data["kind"]])
    return f"---\n{_yaml(data)}---\n{body}"


def _yaml(data: Raw) -> str:
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False, default=str)}\n" for key, value in data.items())


def _day(made: Cast, day: date | str) -> date:
    return made.founded if isinstance(day, str) else day


def _span(start: date, end: date) -> Raw:
    return {"from": start} if end == FAR else {"from": start, "to": end}


def _latest(dated: list[tuple[date, Any]], day: date) -> Any:
    held = None
    for start, value in dated:
        if start <= day:
            held = value
    return held

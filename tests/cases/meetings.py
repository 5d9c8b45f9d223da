"""A line of a case becomes the record of a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.workspace.catalogue import load_kinds
from tests.cases.sheets import filled

if TYPE_CHECKING:
    from tests.cases.cast import Cast, Raw

TIMES = {
    "committee-meeting": "09:00-10:00",
    "group-meeting": "10:30-11:30",
    "general-meeting": "14:00-15:00",
    "lecture": "15:30-17:00",
    "study-session": "17:10-18:40",
    "party-building-meeting": "08:00-08:50",
    "democratic-life-meeting": "13:00-13:50",
    "organizational-life-meeting": "19:00-20:30",
    "themed-party-day": "20:40-21:30",
}
WORDS = {
    *("kind", "date", "group", "time", "chair", "delegated_by", "recorder", "present", "leave", "absent", "forgotten"),
    *("also_present", "also_leave", "also_absent", "late", "in_attendance", "leave_as", "unreadable", "unwritten"),
}
"""What a line may say of a meeting beside the fields of its schema, or what is read in a way of its own."""
SERVING = {"party-building": ("党建工作分析", "职工思想分析")}
"""What a committee meeting has in its minutes when it serves another purpose too."""


def meeting(made: Cast, line: Raw) -> Raw:
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
    if "delegated_by" in line:
        data["delegated_by"] = made.id(line["delegated_by"])
    if "late" in line:
        data["late"] = [made.id(name) for name in line["late"]]
    if "in_attendance" in line:
        data["in_attendance"] = [made.id(name) if name in made.people else name for name in line["in_attendance"]]
    more = {"kind": kind, "date": day} | {key: value for key, value in line.items() if key not in WORDS}
    return data | filled(made, more) | _leaves(made, line)


def body(line: Raw) -> str:
    """Return the minutes: every section that its kind asks for, with a sentence unless it is said to be unwritten."""
    titles = [each.zh for each in load_kinds()[line["kind"]].headings]
    for purpose in line.get("agenda", []):
        titles += SERVING.get(purpose, ())
    unwritten = line.get("unwritten", [])
    return "".join(f"\n## {title}\n" + ("" if title in unwritten else "\n如实记录。\n") for title in titles)


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

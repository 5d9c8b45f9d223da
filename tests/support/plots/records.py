"""The files of a branch through a year: small, valid, and each with words of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tests.support.branches import base_files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from random import Random

PRESENT = {
    "group-meeting-g1": ("m001", "m003", "m005", "m006", "m009"),
    "group-meeting-g2": ("m002", "m004", "m007", "m008"),
    "committee-meeting": ("m001", "m002", "m003", "m004"),
    "lecture": ("m001", "m002", "m003", "m004", "m005", "m006", "m007", "m008", "m009"),
}
HEAD = {
    "group-meeting-g1": ("group: g1", "chair: m005", "recorder: m003"),
    "group-meeting-g2": ("group: g2", "chair: m007", "recorder: m002"),
    "committee-meeting": ("chair: m001", "recorder: m002"),
    "lecture": ("chair: m003", "recorder: m002", "lecturer: 沈怀远"),
}
HEADINGS = {
    "group-meeting-g1": ("会议内容", "批评与自我批评"),
    "group-meeting-g2": ("会议内容", "批评与自我批评"),
    "committee-meeting": ("研究事项", "批评与自我批评", "议定事项"),
    "lecture": ("授课内容", "讨论交流"),
}
WHO = ("何䶮", "许㛃", "苏禾", "陆文静", "沈怀远", "老师傅", "两名徒工", "夜班组", "质检组", "全体同志")
DID = ("谈了", "讨论了", "检讨了", "商定了", "逐项说明", "认领了", "比较了", "追问了", "答复了", "补充了")
WHAT = (
    "夜班交接的办法", "设备检修的分工", "上月通知发得太晚的事", "带教名单", "漏检率的目标", "安全帽的检查",
    "党员责任区", "食堂的意见", "培训的时间", "新工人的住宿", "零件返工的原因", "青年突击队的任务", "困难职工的走访",
    "来料检验的记录",
)  # fmt: skip
MEMBERS = tuple(f"m{number:03d}" for number in range(1, 10))
MINUTES = re.compile(r"meetings/\d{4}/(\d{4}-\d\d-\d\d)-([a-z0-9-]+?)(-[2-9])?\.md")


class Held(NamedTuple):
    """A meeting that took place: its day, what it was, and the number in its name where there are two of a day."""

    day: date
    what: str
    number: str = ""

    @property
    def path(self) -> str:
        return f"meetings/{self.day.year}/{self.day.isoformat()}-{self.what}{self.number}.md"


def founding_files() -> dict[str, str]:
    """Return what a branch begins with."""
    kept = ("branch.yaml", "members/")
    return {path: _text(raw) for path, raw in base_files().items() if path.startswith(kept)}


def _text(raw: str | bytes) -> str:
    return raw if isinstance(raw, str) else raw.decode()


def sentence(rng: Random) -> str:
    return (
        f"{rng.choice(WHO)}{rng.choice(DID)}{rng.choice(WHAT)}，定在{rng.randint(2, 28)}日前办好{rng.randint(2, 9)}项。"
    )


def minutes(held: Held, rng: Random) -> str:
    """Return the minutes of a meeting; of those due one is absent."""
    due = PRESENT[held.what]
    chair = next(line[7:] for line in HEAD[held.what] if line.startswith("chair"))
    away = rng.choice([each for each in due if each not in {chair, *_recorder(held)}])
    came = ", ".join(each for each in due if each != away)
    kind = held.what.removesuffix("-g1").removesuffix("-g2")
    fields = (f"kind: {kind}", f"date: {held.day}", f"time: 15:00-16:{rng.randint(10, 59)}", *HEAD[held.what])
    listed = (f"place: {rng.randint(1, 5)}楼会议室", f"present: [{came}]", "leave: []", f"absent: [{away}]")
    topics = ("topics:", f"  - {rng.choice(WHAT)}", f"  - 第{rng.randint(1, 99)}号文件的学习")
    head = "\n".join(("---", "schema: 1", *fields, *listed, *topics, "---"))
    parts = (
        f"\n## {name}\n\n" + "\n".join(sentence(rng) for _ in range(rng.randint(3, 5))) for name in HEADINGS[held.what]
    )
    return head + "\n" + "\n".join(parts) + "\n"


def _recorder(held: Held) -> list[str]:
    return [line[10:] for line in HEAD[held.what] if line.startswith("recorder")]


def one_absence_less(text: str) -> str:
    """Return minutes in which nobody was absent."""
    (who,) = re.findall(r"^absent: \[(m\d+)\]$", text, re.MULTILINE)
    return re.sub(r"^present: \[", f"present: [{who}, ", text, flags=re.MULTILINE).replace(
        f"absent: [{who}]", "absent: []"
    )


def another_place(text: str, rng: Random) -> str:
    """Return minutes with another place than before, as after a slip."""
    return re.sub(r"^place: .*$", f"place: 东{rng.randint(10, 99)}号车间", text, flags=re.MULTILINE)


def another_sentence(text: str, rng: Random) -> str:
    """Return minutes with their last sentence replaced."""
    lines = text.rstrip("\n").split("\n")
    return "\n".join((*lines[:-1], sentence(rng) + "更正。")) + "\n"


def another_day(text: str, old: date, new: date) -> str:
    return text.replace(f"date: {old}", f"date: {new}")


def dues(months: int) -> str:
    """Return the ledger of dues of a year so far."""
    rows = []
    for number, member in enumerate(MEMBERS):
        rows += [f"  - member: {member}", f"    assessed: {20 + 5 * number}", "    paid:"]
        rows += [
            f"      - {{month: 2026-{month:02d}, date: 2026-{month:02d}-1{month % 5}}}"
            for month in range(1, months + 1)
        ]
    return "schema: 1\nkind: dues\nyear: 2026\ncollector: m002\nmembers:\n" + "\n".join(rows) + "\n"


def summary(day: date) -> str:
    """Return the summary of the first half of the year."""
    return (
        f"---\nschema: 1\nkind: mid-year-summary\nyear: 2026\ndate: {day}\nauthor: m001\n"
        "results: [{task: t1, state: done, result: 已办}]\n---\n\n## 主要工作\n\n按计划开展了各项工作。\n\n"
        "## 存在问题\n\n两次会议通知偏晚。\n\n## 下一步打算\n\n提前一周发通知。\n"
    )


def waiver(day: date, duties: tuple[str, ...]) -> str:
    """Return a waiver of duties."""
    rows = "".join(f"  - {duty}\n" for duty in duties)
    return (
        f"schema: 1\nkind: waiver\ndate: {day}\nduties:\n{rows}outcome: waived\n"
        "reason: 全员驻厂赶工，经镇党委同意免开\napproved_by: 云栖镇党委\n"
    )


def amendment(clause: str, day: date, change: str) -> str:
    """Return an amendment to the rulebook."""
    return (
        f'schema: 1\nkind: amendment\nclause: "{clause}"\nfrom: {day}\n{change}\n'
        "source:\n  document: 云栖镇党委的通知\n  approved_by: 云栖镇党委\n"
    )


def is_minutes(path: str) -> bool:
    return MINUTES.fullmatch(path) is not None


def only_adds(old: str, new: str) -> bool:
    """Tell whether a text that is no minutes has every line that it had."""
    return set(old.split("\n")) <= set(new.split("\n"))


def three_way(base: Mapping[str, str], ours: Mapping[str, str], theirs: Mapping[str, str]) -> dict[str, str]:
    """Return what a merge of two lines comes to, file by file; of a file that both changed the text of ours.

    A file that one of the lines renamed as it was is found under its new name.
    """
    moved = {**_renames(base, theirs), **(mine := _renames(base, ours))}
    merged = {}
    for path in {*base, *ours, *theirs}:
        if path in moved and path in base:
            continue
        was = next((old for old, new in moved.items() if new == path), path)
        old = base.get(was)
        left, right = ours.get(path, ours.get(was)), theirs.get(path, theirs.get(was))
        if was in mine and mine[was] != path:
            continue
        text = right if left == old else left
        if text is not None:
            merged[path] = text
    return merged


def _renames(base: Mapping[str, str], side: Mapping[str, str]) -> dict[str, str]:
    new = {text: path for path, text in side.items() if path not in base}
    return {path: new[text] for path, text in base.items() if path not in side and text in new}


def find_changed(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Return the files that are not the same in two states."""
    return sorted(path for path in {*before, *after} if before.get(path) != after.get(path))


def list_changes(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """Say what changed between two states, as git status does."""
    letters = {path: "A" if path not in before else "D" if path not in after else "M" for path in {*before, *after}}
    return ", ".join(f"{letters[path]} {path}" for path in find_changed(before, after))

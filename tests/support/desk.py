"""The branch on whose desk ``dangwu new`` is tried: the clean base, with what a year has brought by its middle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.data import resources
from tests.support.branches import base_files

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS = tuple(kind for kind in resources.list_kinds() if kind != "accepted")
"""Every kind that is written: a finding is accepted by a person, without a form."""
PLAN = """\
schema: 1
kind: annual-plan
year: 2026
approved_on: 2026-01-16
approved_by: committee
tasks:
  - {id: t1, section: ideology, task: 集中学习十二次, measure: 每月一次, owner: m003, department: 综合部,
     due: 2026-12-20}
  - {id: t2, section: organization, task: 办好暑期轮训, measure: 请镇党校, owner: m002, department: 综合部,
     due: 2026-06-25}
  - {id: t3, section: style, task: 走访困难职工, measure: 分片包干, owner: m001, department: 工会,
     due: 2026-05-20}
  - {id: t4, section: clean-conduct, task: 廉洁提醒谈话, measure: 节前进行, owner: m004, department: 综合部,
     due: 2026-06-18}
"""
EDUCATION = """\
schema: 1
kind: education-plan
year: 2026
approved_on: 2026-01-16
approved_by: committee
items:
  - {id: e1, topic: 学习章程, form: study-session, hours: 2, month: 6, owner: m003}
  - {id: e2, topic: 职工座谈, form: visit, hours: 2, month: 12, owner: m003}
"""
TARGET = """\
schema: 1
kind: target
year: 2026
member: m003
post: 质检员
items:
  - {head: attendance, item: 会议不缺席, points: 10}
  - {head: work-goals, item: 合格率九成八, points: 30}
  - {head: self-improvement, item: 读两本书, points: 10}
  - {head: discipline, item: 遵守厂规, points: 20}
  - {head: vanguard, item: 带两名徒弟, points: 30}
self_set_on: 2026-01-08
reviewed_on: 2026-01-12
reviewed_by: g1
approved_on: 2026-01-16
approved_by: committee
"""
DEVELOPMENT = """\
schema: 1
kind: development-plan
year: 2025
approved_on: 2025-01-17
approved_by: committee
target: 1
people:
  - {id: a1, name: 江白露, stage: applicant, applied_on: 2024-11-04, talked_on: 2024-11-20}
steps: [确定培养联系人]
"""
LIFE = """\
---
schema: 1
kind: democratic-life-meeting
date: 2026-06-24
time: 14:00-16:30
place: 一楼大会议室
chair: m001
recorder: m002
present: [m001, m002, m003, m004]
leave: []
absent: []
topics: [改进作风]
theme: 改进作风
focus_problem: 现场问题答复慢
notice: {sent_on: 2026-06-12}
reported_up: {sent_on: 2026-06-11, to: 云栖镇党委}
superior_present: []
self_checks: [m001, m002, m003, m004]
---

# 民主生活会 2026-06-24

## 会前准备

会前两周征求了车间意见，逐条整理后发给各委员。

## 对照检查

四名委员依次作了检查，材料留存综合部。

## 批评与自我批评

相互提出意见七条，当场回应。

## 整改方向

先把现场问题的答复时限定下来。
"""
CHECKED = """\
schema: 1
kind: study-check
date: 2026-06-26
checker: m003
members:
{rows}"""
LETTER = """\
schema: 1
kind: letter
id: l001
received_on: 2026-06-22
channel: phone
summary: 反映食堂价格偏高。
handler: m004
"""
LEDGER = """\
schema: 1
kind: dues
year: 2025
collector: m002
members:
{rows}"""


def desk_files() -> dict[str, str | bytes]:
    """Return the files of that branch."""
    rows = "".join(
        f"  - {{member: m00{number}, assessed: {number}5, paid: [{_paid(number)}]}}\n" for number in range(1, 9)
    )
    checked = "".join(f"  - {{member: m00{number}, result: 笔记齐全}}\n" for number in range(1, 10))
    return {
        **base_files(),
        "plans/2026/annual.yaml": PLAN,
        "plans/2026/education.yaml": EDUCATION,
        "plans/2025/development.yaml": DEVELOPMENT,
        "targets/2026/m003.yaml": TARGET,
        "inspections/2026/2026-06-26-study-check.yaml": CHECKED.format(rows=checked),
        "supervision/2026/letter-l001.yaml": LETTER,
        "meetings/2026/2026-06-24-democratic-life-meeting.md": LIFE,
        "dues/2025.yaml": LEDGER.format(rows=rows + f"  - {{member: m009, assessed: 5, paid: [{_paid(9, 9)}]}}\n"),
    }


def _paid(number: int, first: int = 1) -> str:
    return ", ".join(f"{{month: 2025-{month:02d}, date: 2025-{month:02d}-{number + 10}}}" for month in range(first, 13))


DAYS: Mapping[str, str] = {"annual-plan": "2027-01-08", "education-plan": "2027-01-08"}
"""Kind → the as-of day for what is written only once a year and stands on the desk already."""
TIME = ("--time", "15:00-16:30")
LEAN: Mapping[str, tuple[str, ...]] = {
    "general-meeting": (*TIME, "--topic", "工作报告"),
    "committee-meeting": (*TIME, "--topic", "批评与自我批评"),
    "group-meeting": (*TIME, "--group", "g1", "--topic", "批评与自我批评"),
    "lecture": (*TIME, "--lecturer", "m003", "--topic", "怎样开好组织生活"),
    "study-session": TIME,
    "party-building-meeting": TIME,
    "democratic-life-meeting": (*TIME, "--theme", "改进作风", "--focus-problem", "现场问题答复慢"),
    "organizational-life-meeting": (*TIME, "--theme", "改进作风"),
    "themed-party-day": (*TIME, "--topic", "清理厂区"),
    "heart-to-heart-talk": ("--between", "m001,m005"),
    "member": ("--name", "李㛃"),
    "waiver": ("--duty", "3.1/2026-05/g2"),
    "amendment": ("--clause", "3.4", "--every", "quarter"),
    "target": ("--member", "m004"),
    "target-log": ("--group", "g1"),
    "target-report": ("--group", "g1"),
    "assessment": ("--member", "m003"),
    "duty-report": ("--member", "m001"),
    "disclosure": ("--about", "2026-03-27-general-meeting", "--resolution", "1"),
    "training": ("--audience", "members"),
    "excellence-summary": ("--nothing-deployed",),
    "complainant": ("--letter", "l001"),
}
"""Kind → the flags of its leanest lawful record; nothing for the others."""


FRESH_LEAN: Mapping[str, tuple[str, ...]] = {"disclosure": ()}
"""Kind → the leanest flags in a branch without records, where they differ."""


def flags_of(kind: str) -> int:
    """Return how many flags a person types for the leanest record of a kind."""
    return sum(word.startswith("--") for word in LEAN.get(kind, ()))

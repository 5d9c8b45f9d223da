"""How much a person must type for each kind of record, and ``docs/new.md``, which says so.

``python -m tests.support.budget > docs/new.md`` writes the document anew.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dangwu.authoring.record_text import build_record_path, read_schema_title
from dangwu.data import resources
from tests.support.branches import BASE_DAY, base_files
from tests.support.by_hand import data_of, left
from tests.support.desk import DAYS, FRESH_LEAN, KINDS, LEAN, LETTER, desk_files
from tests.support.gitrepo import GitRepo
from tests.support.run import zh

if TYPE_CHECKING:
    from collections.abc import Mapping

BUDGET: Mapping[str, tuple[int, str]] = {
    "general-meeting": (5, "3.3"),
    "committee-meeting": (5, "3.2"),
    "group-meeting": (5, "3.1"),
    "lecture": (5, "3.4"),
    "study-session": (3, "6.3"),
    "party-building-meeting": (4, "1.5"),
    "democratic-life-meeting": (10, "4.3, 4.4"),
    "organizational-life-meeting": (6, "6.5"),
    "themed-party-day": (3, "—"),
    "rectification": (4, "4.6"),
    "annual-plan": (7, "1.4a, 1.4d, 2.3"),
    "quarter-plan": (2, "1.4b"),
    "month-plan": (2, "1.4c"),
    "education-plan": (7, "1.6a"),
    "development-plan": (4, "1.6b"),
    "plan-inspection": (2, "1.4e"),
    "mid-year-summary": (5, "1.4f"),
    "year-end-summary": (5, "1.4f"),
    "excellence-summary": (2, "1.7"),
    "superior-inspection": (1, "1.4g"),
    "accountability": (11, "2.4"),
    "target": (7, "5.1, 5.2"),
    "target-log": (2, "5.3a"),
    "target-report": (2, "5.3b"),
    "assessment": (17, "5.4, 5.5a, 5.5b"),
    "appraisal": (14, "7.3, 7.4"),
    "result-report": (1, "5.5c"),
    "training": (4, "6.3c, 6.4"),
    "study-check": (2, "6.8"),
    "facility-check": (4, "6.6"),
    "dues": (0, "8.2(4), 10.1(6)"),
    "disclosure": (11, "8.2, 8.4"),
    "participation-check": (3, "9.2(1)"),
    "talk-feedback": (3, "9.2(3)"),
    "heart-to-heart-talk": (1, "—"),
    "duty-report": (3, "9.2(5)"),
    "case": (2, "9.2(6)"),
    "letter": (2, "9.2(7)"),
    "complainant": (2, "9.2(7)"),
    "admonition": (21, "10.1-10.4"),
    "member": (3, "3.5"),
    "waiver": (5, "—"),
    "amendment": (5, "—"),
    "branch": (7, "1.1, 2.2"),
}
"""Kind → how many fields a person types at most for its leanest lawful record, and the clause that asks for them."""

_HEAD = """\
# 写一项新记录要动手填几处 · What is typed by hand

`dangwu new 种类` 能推算的一律不用填：谁应到、到期的任务、各党员的名单、编号、期间、上级名称。
下表列出各类记录最少要填的：命令里的参数，加上写好后仍是【待填】、只能由人来写的各栏（清单的一类行算一处）。
“新支部”一列是只有 branch.yaml 和党员文件时的处数：还没有以往的记录和计划可以推算。
没有人说过的不代填：批准的组织和日期、谁准的假、谁作了对照检查或发言、免除还是缺办、党员的状态；分数、等次、票数、
事实和结论也一样。测试按表核对：哪一类多要一处，测试就不通过。

`dangwu new KIND` asks for nothing that can be worked out: who was due, which tasks fall due, the lists of members, ids,
periods, the superior's name. The table has the least that a person types: the flags of the command, and the fields
left as 【待填】 because only people can write them (rows of one kind count once). "Fresh" is the number in a branch
that has branch.yaml and its members and nothing else, no earlier record or plan. What nobody has said is never filled
in: who approved and when, who gave leave, who made a self-check or spoke, waived or missed, a member's status; nor are
scores, grades, tallies, facts and conclusions. A test holds the table: a kind that asks for one field more fails.

开会的记录用 `dangwu new meeting`：在终端上列出还该开的会及剩余天数，选一个即可；别处写 `--kind` 或 `--duty`。
种类可写代号，也可写中文名称或简称：`dangwu new 党小组会`、`dangwu new 支委会`。`dangwu new --help` 分组列出全部种类。

每类都可用 `--dry-run` 先看；在终端上逐项提问，日期、期间、地点、记录人可推算的列在问题里，回车即用；
其余回车留作【待填】。答得不对就再问一次，前面答过的都在。时间可写 `下午3点-4点半`，
请假可写 `m009出差` 或 `姓名：病假：批准人`，人人都作的写 `--self-checks 全体`、`--spoke 全体`。

一次写多份：`dangwu new target --all` 给还欠目标的党员每人一份（考核、述职述廉也可），
`dangwu new payment --month 2026-04 --all --except m012 --date 2026-04-10` 在党费台账登记当月交纳（其余各行不动），
`dangwu new annual-plan --like 2025` 沿用上一年的任务，日期顺延，批准仍待填。
数字、日期、选择未定时也写【待填】，`dangwu check` 会逐处指出。`--rows N` 为要人写的清单留出 N 行。
来信来访人用 `--complainant` 另写一个文件，从不回显。

Minutes begin with `dangwu new meeting`: on a terminal it lists the meetings that are owed, with the days that are left,
and asks which one it was; elsewhere `--kind` or `--duty` says it. A kind may be named by its title or a short name in
either language, as in `dangwu new 党小组会`. `dangwu new --help` lists all kinds in groups.

Many at once: `dangwu new target --all` writes one for each who owes it (so do `assessment` and `duty-report`);
`dangwu new payment --month 2026-04 --all --except m012 --date 2026-04-10` enters the month in the dues ledger, where
all comments and other lines stay; `dangwu new annual-plan --like 2025` takes over the tasks of that year with their
days moved, and leaves the approval to write.

Every kind has `--dry-run`; on a terminal the questions come one by one. Day, period, place and recorder are shown as
they are assumed, and Enter takes them; elsewhere Enter leaves 【待填】. A wrong answer asks again, and what was
answered before stays. Where everyone did so, write `--self-checks all` or `--spoke all`. Numbers, days
and choices that are not known yet are 【待填】 too, and `dangwu check` names each place. `--rows N` leaves N lines
in a list that a person writes. `--complainant` writes who a letter came from into a file apart, never showing it.

| 种类 · Kind | 最少的参数 · Leanest flags | 留待人写 · Left to write | 处 · Typed | 新支部 · Fresh | 条款 · Clause |
|---|---|---|---|---|---|
"""


class Typed(NamedTuple):
    """What a person types for the leanest record of a kind."""

    kind: str
    flags: tuple[str, ...]
    left: tuple[str, ...]

    @property
    def total(self) -> int:
        return sum(word.startswith("--") for word in self.flags) + len(self.left)


def scaffold(kind: str, desk: Path) -> tuple[tuple[str, ...], str]:
    """Let ``dangwu new`` print the leanest record of a kind; return its flags and its text."""
    flags = (FRESH_LEAN if desk.name == "fresh" else LEAN).get(kind, LEAN.get(kind, ()))
    folder = desk if kind != "branch" else desk.parent / "empty"
    return flags, zh("new", kind, *flags, "--dry-run", cwd=folder, as_of=DAYS.get(kind, BASE_DAY), code=0).out


def typed(kind: str, desk: Path) -> Typed:
    """Count what a person types for the leanest record of a kind."""
    flags, text = scaffold(kind, desk)
    path = build_record_path(
        resources.load_schema(kind), data_of("x.md" if text.startswith("---") else "x.yaml", text), "x"
    )
    return Typed(kind, flags, tuple(left(path, text)))


def make_desk(folder: Path) -> Path:
    """Make the branch on whose desk is counted, beside it one without records, and a repository without a branch."""
    GitRepo(folder / "desk").commit(desk_files())
    fresh = {path: raw for path, raw in base_files().items() if path == "branch.yaml" or path.startswith("members/")}
    GitRepo(folder / "fresh").commit({**fresh, "supervision/2026/letter-l001.yaml": LETTER})
    GitRepo(folder / "empty").commit({"README.md": "# 空\n"})
    return folder / "desk"


def page(desk: Path) -> str:
    """Return the document."""
    fresh = desk.parent / "fresh"
    return _HEAD + "".join(_row(typed(kind, desk), typed(kind, fresh).total) for kind in BUDGET)


def _row(each: Typed, fresh: int) -> str:
    schema = resources.load_schema(each.kind)
    name = f"{read_schema_title(schema, 'zh')} · {read_schema_title(schema, 'en')}<br>`{each.kind}`"
    flags = f"`{' '.join(each.flags)}`".replace("|", "\\|") if each.flags else ""
    rest = ", ".join(f"`{field}`" for field in each.left)
    return f"| {name} | {flags} | {rest} | {each.total} | {fresh} | {BUDGET[each.kind][1]} |\n"


if __name__ == "__main__":
    assert set(KINDS) == set(BUDGET)
    with tempfile.TemporaryDirectory() as place:
        sys.stdout.write(page(make_desk(Path(place))))

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
from tests.support.branches import BASE_DAY
from tests.support.by_hand import data_of, left
from tests.support.desk import DAYS, KINDS, LEAN, desk_files
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
    "democratic-life-meeting": (9, "4.3, 4.4"),
    "organizational-life-meeting": (5, "6.5"),
    "themed-party-day": (3, "—"),
    "rectification": (4, "4.6"),
    "annual-plan": (5, "1.4a, 1.4d, 2.3"),
    "quarter-plan": (0, "1.4b"),
    "month-plan": (0, "1.4c"),
    "education-plan": (5, "1.6a"),
    "development-plan": (2, "1.6b"),
    "plan-inspection": (2, "1.4e"),
    "mid-year-summary": (5, "1.4f"),
    "year-end-summary": (5, "1.4f"),
    "excellence-summary": (2, "1.7"),
    "superior-inspection": (1, "1.4g"),
    "accountability": (10, "2.4"),
    "target": (4, "5.1, 5.2"),
    "target-log": (2, "5.3a"),
    "target-report": (2, "5.3b"),
    "assessment": (15, "5.4, 5.5a, 5.5b"),
    "appraisal": (13, "7.3, 7.4"),
    "result-report": (0, "5.5c"),
    "training": (4, "6.3c, 6.4"),
    "study-check": (2, "6.8"),
    "facility-check": (4, "6.6"),
    "dues": (0, "8.2(4), 10.1(6)"),
    "disclosure": (11, "8.2, 8.4"),
    "participation-check": (2, "9.2(1)"),
    "talk-feedback": (3, "9.2(3)"),
    "heart-to-heart-talk": (1, "—"),
    "duty-report": (3, "9.2(5)"),
    "case": (2, "9.2(6)"),
    "letter": (2, "9.2(7)"),
    "complainant": (2, "9.2(7)"),
    "admonition": (21, "10.1-10.4"),
    "member": (1, "3.5"),
    "waiver": (3, "—"),
    "amendment": (4, "—"),
    "branch": (7, "1.1, 2.2"),
}
"""Kind → how many fields a person types at most for its leanest lawful record, and the clause that asks for them."""

_HEAD = """\
# 写一项新记录要动手填几处 · What is typed by hand

`dangwu new 种类` 能推算的一律不用填：谁应到、到期的任务、各党员的名单、编号、期间、上级名称。
下表列出各类记录最少要填的：命令里的参数，加上写好后仍是【待填】、只能由人来写的各栏（清单的一类行算一处）。
分数、等次、票数、事实和结论从不代填。测试按表核对：哪一类多要一处，测试就不通过。

`dangwu new KIND` asks for nothing that can be worked out: who was due, which tasks fall due, the lists of members, ids,
periods, the superior's name. The table has the least that a person types: the flags of the command, and the fields
left as 【待填】 because only people can write them (rows of one kind count once). Scores, grades, tallies, facts and
conclusions are never filled in. A test holds the table: a kind that asks for one field more fails.

开会的记录用 `dangwu new meeting`：在终端上列出还该开的会及剩余天数，选一个即可；别处写 `--kind` 或 `--duty`。
种类可写代号，也可写中文名称或简称：`dangwu new 党小组会`、`dangwu new 支委会`。`dangwu new --help` 分组列出全部种类。

每类都可用 `--dry-run` 先看；在终端上逐项提问，回车即留作【待填】。
数字、日期、选择未定时也写【待填】，`dangwu check` 会逐处指出。`--rows N` 为要人写的清单留出 N 行。
来信来访人用 `--complainant` 另写一个文件，从不回显。

Minutes begin with `dangwu new meeting`: on a terminal it lists the meetings that are owed, with the days that are left,
and asks which one it was; elsewhere `--kind` or `--duty` says it. A kind may be named by its title or a short name in
either language, as in `dangwu new 党小组会`. `dangwu new --help` lists all kinds in groups.

Every kind has `--dry-run`; on a terminal the questions come one by one, and Enter leaves 【待填】. Numbers, days
and choices that are not known yet are 【待填】 too, and `dangwu check` names each place. `--rows N` leaves N lines
in a list that a person writes. `--complainant` writes who a letter came from into a file apart, never showing it.

| 种类 · Kind | 最少的参数 · Leanest flags | 留待人写 · Left to write | 处 · Typed | 条款 · Clause |
|---|---|---|---|---|
"""


class Typed(NamedTuple):
    """What a person types for the leanest record of a kind."""

    kind: str
    flags: tuple[str, ...]
    left: tuple[str, ...]

    @property
    def total(self) -> int:
        return sum(word.startswith("--") for word in self.flags) + len(self.left)


def typed(kind: str, desk: Path) -> Typed:
    """Let ``dangwu new`` print the leanest record of a kind, and count."""
    flags = LEAN.get(kind, ())
    folder = desk if kind != "branch" else desk.parent / "empty"
    text = zh("new", kind, *flags, "--dry-run", cwd=folder, as_of=DAYS.get(kind, BASE_DAY), code=0).out
    path = build_record_path(
        resources.load_schema(kind), data_of("x.md" if text.startswith("---") else "x.yaml", text), "x"
    )
    return Typed(kind, flags, tuple(left(path, text)))


def make_desk(folder: Path) -> Path:
    """Make the branch on whose desk is counted, and beside it a repository without a branch."""
    GitRepo(folder / "desk").commit(desk_files())
    GitRepo(folder / "empty").commit({"README.md": "# 空\n"})
    return folder / "desk"


def page(desk: Path) -> str:
    """Return the document."""
    return _HEAD + "".join(_row(typed(kind, desk)) for kind in BUDGET)


def _row(each: Typed) -> str:
    schema = resources.load_schema(each.kind)
    name = f"{read_schema_title(schema, 'zh')} · {read_schema_title(schema, 'en')}<br>`{each.kind}`"
    flags = f"`{' '.join(each.flags)}`".replace("|", "\\|") if each.flags else ""
    rest = ", ".join(f"`{field}`" for field in each.left)
    return f"| {name} | {flags} | {rest} | {each.total} | {BUDGET[each.kind][1]} |\n"


if __name__ == "__main__":
    assert set(KINDS) == set(BUDGET)
    with tempfile.TemporaryDirectory() as place:
        sys.stdout.write(page(make_desk(Path(place))))

"""``dangwu new`` for many at once: targets of all who owe them, payments of a month, a plan after that of last year."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.branches import BASE_DAY, base_repo
from tests.support.by_hand import data_of
from tests.support.desk import PLAN, desk_files
from tests.support.gitrepo import GitRepo
from tests.support.run import en, is_chinese, spoken, zh
from tests.support.terminal import talk

if TYPE_CHECKING:
    from pathlib import Path

TO_WRITE = "【待填】"
terminal = pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals")
LEDGER = """\
# 党费台账，手工记的
schema: 1
kind: dues
year: 2026
collector: m002
members:
  - {member: m001, assessed: 15, paid: [{month: 2026-03, date: 2026-03-11}]}  # 书记
  - member: m002
    assessed: 25
    paid: []
  - {member: m003, assessed: 35, paid: [{month: 2026-04, date: 2026-04-02}]}
  # 以下缓交
  - {member: m004, assessed: 45, paid: [], deferrals: [{from: 2026-04, to: 2026-06, reason: quarterly,
     approved_by: 支委会, approved_on: 2026-03-30}]}
  - {member: m005, assessed: 0, paid: []}
  - {member: m006, assessed: 65, paid: [{month: 2026-04, date: 2026-04-03, amount: 30, reason: other}]}
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    repo = base_repo(tmp_path / "党 支部", {"dues/2026.yaml": LEDGER})
    return repo.path / "dues/2026.yaml"


def pay(ledger: Path, *words: str, code: int = 0) -> str:
    return zh("new", "payment", *words, "--no-input", cwd=ledger.parents[1], as_of=BASE_DAY, code=code).err


def test_a_month_of_all_but_one(ledger: Path) -> None:
    said = pay(ledger, "--month", "2026-04", "--all", "--except", "m001", "--date", "2026-04-10")
    assert "1 人" in said
    assert "m004" in said, "who pays later is named, and not entered"
    assert "m006" in said, "who paid a part is named, and not entered"
    row = "    paid:\n      - {month: 2026-04, date: 2026-04-10}\n"
    assert ledger.read_text(encoding="utf-8") == LEDGER.replace("    paid: []\n", row)
    en("check", "dues", cwd=ledger.parents[1], as_of=BASE_DAY)
    again = pay(ledger, "--month", "2026-04", "--all", "--except", "m001,m004,m006", "--date", "2026-04-10", code=2)
    assert "都已交纳" in again


def test_some_by_name_and_a_part(ledger: Path) -> None:
    pay(ledger, "--month", "2026-04", "--member", "m001，m004", "--date", "2026年4月12日")
    pay(ledger, "--month", "2026-04", "--member", "m006", "--date", "2026-04-20", "--amount", "35")
    rows = {row["member"]: row["paid"] for row in data_of("x.yaml", ledger.read_text(encoding="utf-8"))["members"]}
    assert rows["m001"][-1] == rows["m004"][-1] == {"month": "2026-04", "date": "2026-04-12"}
    assert rows["m006"][-1] == {"month": "2026-04", "date": "2026-04-20", "amount": 35}
    assert "# 书记" in ledger.read_text(encoding="utf-8")
    assert "已经交过" in pay(ledger, "--month", "2026-04", "--member", "m006", "--date", "2026-04-21", code=2)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--all", "--date", "2026-04-10"), "--month"),
        (("--month", "2026-04", "--all"), "--date"),
        (("--month", "2026-04", "--date", "2026-04-10"), "--member"),
        (("--month", "2026-Q2", "--all", "--date", "2026-04-10"), "2026-Q2"),
        (("--month", "2025-04", "--all", "--date", "2025-04-10"), "dangwu new dues"),
        (("--month", "2026-04", "--member", "m001", "--except", "m002", "--date", "2026-04-10"), "--except"),
        (("--month", "2026-04", "--member", "m001", "--all", "--date", "2026-04-10"), "--all"),
        (("--month", "2026-04", "--member", "m009", "--date", "2026-04-10"), "m009"),
        (("--month", "2026-04", "--member", "m001", "--date", "2026-04-10", "--amount", "12.345"), "12.345"),
        (("--month", "2026-04", "--member", "m001", "--date", "昨天"), "昨天"),
    ],
    ids=" ".join,
)
def test_what_is_no_payment_is_said(ledger: Path, words: tuple[str, ...], says: str) -> None:
    said = spoken("new", "payment", *words, "--no-input", cwd=ledger.parents[1], as_of=BASE_DAY, code=2)
    assert says in said["zh"].err
    assert is_chinese(said["zh"].err)
    assert ledger.read_text(encoding="utf-8") == LEDGER


@terminal
def test_the_month_and_the_day_are_asked_with_what_is_assumed(ledger: Path) -> None:
    words = ("new", "payment", "--member", "m001")
    code, screen = talk(*words, cwd=ledger.parents[1], as_of=BASE_DAY, answers=["4月", "2026-04", "2026-06-12"])
    assert code == 0, screen
    assert "即 2026-06:" in screen
    assert "即 2026-06-30:" in screen
    assert (
        "paid: [{month: 2026-03, date: 2026-03-11}, {month: 2026-04, date: 2026-06-12}]}  # 书记"
        in ledger.read_text(encoding="utf-8")
    )


@terminal
def test_a_plan_that_is_there_is_said_before_anything_else_is_asked(desk: Path) -> None:
    code, screen = talk("new", "annual-plan", cwd=desk, as_of=BASE_DAY, answers=[""])
    assert code == 2, screen
    assert "plans/2026/annual.yaml" in screen


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    repo = GitRepo(tmp_path / "党 支部")
    repo.commit(desk_files())
    return repo.path


def test_a_target_for_each_who_owes_one(desk: Path) -> None:
    said = zh("new", "target", "--all", "--self-set-on", "2026-06-20", cwd=desk, as_of=BASE_DAY, code=0).err
    made = re.findall(r"targets/2026/m00\d\.yaml", said)
    assert made == [f"targets/2026/m00{number}.yaml" for number in (1, 2, 4, 5, 6, 7, 8, 9)]
    for path in made:
        data: Any = data_of(path, (desk / path).read_text(encoding="utf-8"))
        assert (data["self_set_on"], data["approved_on"]) == ("2026-06-20", TO_WRITE)
    assert "没有人欠" in zh("new", "target", "--all", cwd=desk, as_of=BASE_DAY, code=2).err
    assert "--member" in en("new", "target", "--all", "--member", "m001", cwd=desk, as_of=BASE_DAY, code=2).err


def plan_like(desk: Path, *words: str, code: int = 0) -> str:
    said = zh("new", "annual-plan", "--like", *words, "--dry-run", cwd=desk, as_of="2028-01-08", code=code)
    return said.out or said.err


def test_a_plan_after_that_of_an_earlier_year(desk: Path) -> None:
    early = PLAN.replace("2026-05-20", "2028-02-29").replace("2026", "2028").replace("owner: m001", "owner: m090")
    old: Any = data_of("x.yaml", early)
    (desk / "plans/2028").mkdir()
    (desk / "plans/2028/annual.yaml").write_text(early, encoding="utf-8")
    data: Any = data_of("x.yaml", plan_like(desk, "2028", "--year", "2029"))
    assert (data["year"], data["approved_on"], data["approved_by"]) == (2029, TO_WRITE, TO_WRITE)
    assert [task["due"] for task in data["tasks"]] == ["2029-12-20", "2029-06-25", "2029-02-28", "2029-06-18"]
    assert [task["owner"] for task in data["tasks"]] == ["m003", "m002", TO_WRITE, "m004"]
    same = [{key: task[key] for key in ("id", "section", "task", "measure", "department")} for task in old["tasks"]]
    assert [{key: task[key] for key in same[0]} for task in data["tasks"]] == same
    assert "2024" in plan_like(desk, "2024", "--year", "2029", code=2)
    assert "2030" in plan_like(desk, "2030", "--year", "2029", code=2)

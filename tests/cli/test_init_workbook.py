"""The first hour: an empty folder and a branch's workbook, or its roster, → a checked and saved repository."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from tests.support.branch_book import COMMITTEE, GROUPS, NAMES, fill_in
from tests.support.run import en, is_chinese, zh
from tests.support.terminal import talk
from tests.support.workbooks import book

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

terminal = pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals")
FACTS = (
    "--name", "青禾精工党支部", "--superior", "云栖镇党委", "--founded", "2015-06-01", "--records-from", "2026-10-01",
)  # fmt: skip
ROSTER: list[list[Any]] = [
    ["青禾精工党支部党员花名册", None, None, None, None, None],
    ["序号", "姓名", "入党时间", "转正时间", "党小组", "党内职务"],
    [1, "夏铁军", "2001.06.02", "2002.06.02", "一组", "支部书记"],
    [2, "2.扎西．多吉", "20120601", "20130601", "一组", "组长"],
    [3, "何䶮（纪检委员）", "2026年7月1日", None, "二组", None],
]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the workbook of 24 members, written by the command and filled in."""
    folder = tmp_path_factory.mktemp("工作簿")
    said = zh("init", "--workbook", "建库.xlsx", cwd=folder, code=0)
    assert "--from 建库.xlsx" in said.err
    assert is_chinese(said.err)
    return fill_in(folder / "建库.xlsx")


def test_the_workbook_shows_how_to_fill_it_in(tmp_path: Path) -> None:
    for speak, example in ((zh, "示例"), (en, "Example")):
        file = tmp_path / f"{example}.xlsx"
        speak("init", "--workbook", file, cwd=tmp_path, code=0)
        speak("init", "--workbook", file, cwd=tmp_path, code=2)
        made = load_workbook(file)
        assert len(made.worksheets) == 4
        assert [sheet.cell(2, 1).value for sheet in made.worksheets[1:]] == [example] * 3
        lists = [rule.formula1 for sheet in made.worksheets for rule in sheet.data_validations.dataValidation]
        assert len(lists) == 3
        # Nothing in it is taken for a branch's own.
        told = speak("init", "new", "--from", file, cwd=tmp_path, code=1)
        assert not (tmp_path / "new").exists()
        assert "夏铁军" not in told.out


def test_from_an_empty_folder_to_a_saved_branch(filled: Path, tmp_path: Path) -> None:
    """Everything typed beside the commands' names: a folder, a file, a name and an address."""
    typed = ["支部", "建库.xlsx", "夏铁军", "xia@example.org"]
    assert len(typed) <= 10
    shutil.copy(filled, tmp_path / "建库.xlsx")
    said = zh("init", typed[0], "--from", typed[1], cwd=tmp_path, code=0)
    assert is_chinese(said.err)
    lines = [line.split() for line in said.out.splitlines() if line.startswith("m0")]
    assert [line[1] for line in lines] == list(NAMES)
    assert lines[0] == ["m001", "夏铁军", "正式党员", "第一党小组", "书记"]
    folder = tmp_path / typed[0]
    branch = (folder / "branch.yaml").read_text(encoding="utf-8")
    for line in ("founded: 2015-06-01 ", "records_from: 2026-10-01 ", "  - from: 2025-03-15", "    committee: true",
                 "{post: secretary, member: m001, from: 2025-03-15}",
                 "{post: publicity, member: m004, from: 2025-03-15}"):  # fmt: skip
        assert line in branch, branch
    assert branch.count("post:") == len(COMMITTEE)
    assert branch.count("leaders:") == branch.count("      - {member:") == len(GROUPS)
    last = (folder / "members/m024.yaml").read_text(encoding="utf-8")
    assert "{from: 2026-07-01, status: probationary}" in last
    assert "{from: 2026-10-01, group: g3}" in last
    first = (folder / "members/m001.yaml").read_text(encoding="utf-8")
    assert "{from: 2015-06-01, status: full}" in first
    found = zh("check", "--format", "json", cwd=folder, code=0).json()["findings"]
    assert [each for each in found if each["severity"] == "error"] == []
    owed = zh("due", "--format", "json", cwd=folder, code=0).json()["duties"]
    late = [duty for duty in owed if duty["state"] == "overdue"]
    assert late
    assert all((duty.get("due") or duty["period"]["end"]) >= "2026-10-01" for duty in late)
    saved = zh("save", "--name", typed[2], "--mail", typed[3], cwd=folder, code=0)
    assert "25" in saved.err


def test_a_roster_alone_and_the_facts_as_options(tmp_path: Path) -> None:
    (tmp_path / "花名册.xlsx").write_bytes(book(ROSTER))
    said = zh("init", "支部", "--from", "花名册.xlsx", *FACTS, "--recorder", "夏铁军", "--mail", "x@example.org",
              cwd=tmp_path, code=0)  # fmt: skip
    folder = tmp_path / "支部"
    assert "扎西·多吉" in said.out
    branch = (folder / "branch.yaml").read_text(encoding="utf-8")
    assert "{post: discipline-inspection, member: m003, from: 2026-10-01}" in branch
    assert "name: 一组\n    from: 2026-10-01\n    leaders:\n      - {member: m002, from: 2026-10-01}" in branch
    found = zh("check", "--format", "json", cwd=folder, code=0).json()["findings"]
    assert [each for each in found if each["severity"] == "error"] == []
    config = subprocess.run(["git", "-C", folder, "config", "--local", "user.name"], capture_output=True, check=True)
    assert config.stdout.decode().strip() == "夏铁军"
    assert "夏铁军 <x@example.org>" in zh("doctor", cwd=folder).out
    zh("save", cwd=folder, code=0)


def _change(filled: Path, tmp_path: Path, change: Callable[[Any], None]) -> Path:
    made = load_workbook(filled)
    change(made)
    made.save(tmp_path / "表.xlsx")
    return tmp_path / "表.xlsx"


def test_every_problem_is_said_at_once_and_nothing_written(filled: Path, tmp_path: Path) -> None:
    def change(made: Any) -> None:
        branch, committee, groups, roster = made.worksheets
        branch["B3"], branch["B4"] = None, "六月一日"
        committee["C3"] = "夏铁车"
        groups["C3"] = "何某某"
        groups["D3"], groups["D4"] = "2026.10", "昨天"
        roster["C5"], roster["C6"], roster["F6"] = "2001.06", "2001年6月", date(2020, 1, 1)
        roster["E6"] = "党员"

    file = _change(filled, tmp_path, change)
    told = en("init", "new", "--from", file, cwd=tmp_path, code=1).out
    for part in ("Party organization above", "--superior", "The roster has nobody called 夏铁车", "Did you mean 夏铁军",
                 "何某某", "6月1日", "none of the words",
                 "dangwu --as-of 2026-11-23 --lang en init new --from"):  # fmt: skip
        assert part in told, (part, told)
    assert "--founded" not in told
    assert sorted(path.name for path in tmp_path.iterdir()) == ["表.xlsx"]
    assert is_chinese(zh("init", "new", "--from", file, cwd=tmp_path, code=1).out)


def test_somebody_is_secretary(tmp_path: Path) -> None:
    rows = [row[:5] for row in ROSTER[1:]]
    (tmp_path / "花名册.xlsx").write_bytes(book(rows))
    told = en("init", "new", "--from", "花名册.xlsx", *FACTS, cwd=tmp_path, code=1).out
    assert "Nobody is written down as secretary." in told
    en("init", "new", "--from", "花名册.xlsx", *FACTS, "--secretary", "夏铁军", cwd=tmp_path, code=0)
    assert "{post: secretary, member: m001" in (tmp_path / "new/branch.yaml").read_text(encoding="utf-8")


def test_without_a_folder(tmp_path: Path) -> None:
    assert "dangwu init DIR" in en("init", cwd=tmp_path, code=2).err


@terminal
def test_answers_on_a_terminal_with_a_way_back(tmp_path: Path) -> None:
    (tmp_path / "花名册.xlsx").write_bytes(book(ROSTER))
    answers = ["没有.xlsx", "花名册.xlsx", "青和党支部", "<", "青禾党支部", "云栖镇党委", "昨天", "2015年6月1日", "",
               "",
               "1", "花名册.xlsx", "3", "云栖镇党委会", "", "夏铁军", "xia@example.org"]  # fmt: skip
    code, screen = talk("init", "支部", cwd=tmp_path, answers=answers)
    assert code == 0, screen
    branch = (tmp_path / "支部/branch.yaml").read_text(encoding="utf-8")
    for line in ("name: 青禾党支部 ", "superior: 云栖镇党委会 ", "founded: 2015-06-01 ", "records_from: 2026-10-01 "):
        assert line in branch, screen
    zh("save", cwd=tmp_path / "支部", code=0)


@terminal
def test_the_workbook_answers_and_each_answer_can_be_changed(filled: Path, tmp_path: Path) -> None:
    """Nothing is asked that the workbook says; who is named secretary instead is so, and Enter says who records."""
    code, screen = talk(
        "init", "支部", "--from", str(filled), cwd=tmp_path, answers=["6", "郑浩然", "", "", "zheng@example.org"]
    )
    assert code == 0, screen
    assert "  6  书记姓名: 夏铁军\n" in screen
    assert "  6  书记姓名: 郑浩然\n" in screen
    assert "回到上一问" not in screen
    assert "没有读取" not in screen
    assert "直接回车即 郑浩然" in screen
    branch = (tmp_path / "支部/branch.yaml").read_text(encoding="utf-8")
    assert branch.count("post: secretary") == 1
    assert "{post: secretary, member: m002" in branch
    assert "郑浩然 <zheng@example.org>" in zh("doctor", cwd=tmp_path / "支部").out


def test_forms_end_with_numbered_rows_and_books_have_other_sheets(filled: Path, tmp_path: Path) -> None:
    def change(made: Any) -> None:
        made.create_sheet("说明")["A1"] = "填表说明"
        made.worksheets[3].append([None, "合计", "24人"])

    said = zh("init", "支部", "--from", _change(filled, tmp_path, change), cwd=tmp_path, code=0)
    assert "这些工作表没有读取：说明。" in said.out
    closing = next(line for line in said.out.splitlines() if "没有读取" in line and "合计" in line)
    assert "25" not in closing


@terminal
def test_answers_are_not_lost_by_a_problem_of_the_sheet(tmp_path: Path) -> None:
    """The command that is advised has them all; names in Latin letters, which a narrow page does not take apart."""
    (tmp_path / "roster.xlsx").write_bytes(book([row[:5] for row in ROSTER[1:]]))
    answers = ["roster.xlsx", "Qinghe Branch", "Yunqi Committee", "2015.6.1", "", "", ""]
    code, screen = talk("init", "new", cwd=tmp_path, answers=answers, lang="en")
    assert code == 1, screen
    advised = "dangwu" + " ".join(screen.rpartition(": dangwu")[2].split())
    words = shlex.split(advised.replace("dangwu", "dangwu ", 1).replace("NAME", "夏铁军"))
    assert words == [
        "dangwu", "--lang", "en", "--as-of", "2026-11-23", "init", "new", "--from", "roster.xlsx",
        "--name", "Qinghe Branch", "--superior", "Yunqi Committee", "--founded", "2015-06-01",
        "--records-from", "2026-10-01", "--secretary", "夏铁军",
    ], screen  # fmt: skip
    assert not (tmp_path / "new").exists()
    en(*words[5:], cwd=tmp_path, code=0)


@pytest.mark.parametrize(
    ("spoken", "names"),
    [
        (zh, ["支部", "支委会", "党小组", "党员花名册"]),
        (en, ["Branch", "Branch committee", "Party groups", "Roster of members"]),
    ],
)
def test_the_sheets_of_the_workbook_have_the_names_that_people_use(
    tmp_path: Path, spoken: Callable[..., Any], names: list[str]
) -> None:
    spoken("init", "--workbook", "book.xlsx", cwd=tmp_path, code=0)
    assert load_workbook(tmp_path / "book.xlsx").sheetnames == names

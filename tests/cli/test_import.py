"""``dangwu import`` on real branches: round trips, edits, odd sheets, all or nothing, and the way back."""

from __future__ import annotations

import os
import re
import shutil
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from tests.support.branches import base_files, make_demo
from tests.support.gitrepo import GitRepo
from tests.support.run import en, is_chinese, read_ahead, zh
from tests.support.workbooks import book

if TYPE_CHECKING:
    from collections.abc import Callable

Rows = list[list[Any]]
KINDS = ("members", "dues", "attendance", "targets")
MEMBERS = ["党员编号", "姓名", "入党日期", "转正日期", "状态", "状态起始日期", "党小组", "编入小组日期"]
DUES = ["党员编号", "姓名", "核定月交数额", "月份", "交纳日期", "数额", "原因"]


def state(folder: Path) -> dict[str, bytes]:
    """Return every file of a work tree."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.relative_to(folder).parts
    }


@pytest.fixture(scope="module", params=[24, 60])
def branch(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a branch that no test changes, at a path as people have them."""
    folder = tmp_path_factory.mktemp("导入") / "青禾 党支部（1）"
    make_demo(folder, "--members", str(request.param), lang="zh")
    read_ahead(folder)
    return folder


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("源") / "支部"
    make_demo(folder, lang="zh")
    read_ahead(folder)
    return folder


@pytest.fixture
def own(source: Path, tmp_path: Path) -> Path:
    """Return a branch that a test may change."""
    return Path(shutil.copytree(source, tmp_path / "支部 甲", symlinks=True))


def exported(folder: Path, kind: str, ending: str = "xlsx") -> Path:
    target = folder.parent / f"{kind} 表.{ending}"
    zh("export", kind, "--format", ending, "-o", target, "--force", cwd=folder, code=0)
    return target


def edited(path: Path, change: Callable[[Any], object]) -> Path:
    """Change an exported workbook as a person would, and save it."""
    made = load_workbook(path)
    change(made.worksheets[0])
    made.save(path)
    return path


def put(folder: Path, name: str, raw: bytes) -> Path:
    target = folder.parent / name
    target.write_bytes(raw)
    return target


def plan(folder: Path, kind: str, file: Path, *words: str, code: int = 0) -> Any:
    return zh("import", kind, file, "--format", "json", *words, cwd=folder, code=code).json()


def problems(folder: Path, kind: str, file: Path, *words: str) -> dict[str, str]:
    """Return the problems of a sheet by their cells; nothing may have been written."""
    before = state(folder)
    made = en("import", kind, file, "--format", "json", "--write", *words, cwd=folder, code=1).json()
    assert state(folder) == before
    assert all(each["hint"] for each in made["problems"]), made["problems"]
    assert made["files"] == []
    return {cell: each["message"] for each in made["problems"] for cell in each["cells"] or [None]}


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_round_trip_changes_nothing(branch: Path, kind: str, ending: str) -> None:
    before = state(branch)
    made = plan(branch, kind, exported(branch, kind, ending), "--write")
    assert (made["changes"], made["problems"], made["files"], made["written"]) == ([], [], [], False)
    assert made["rows"] >= 20
    assert [each["key"] for each in made["columns"]] == [each["key"] for each in made["columns"] if each["key"]]
    assert state(branch) == before


@pytest.mark.parametrize("ending", ["xlsx", "csv", "jsonl"])
def test_a_month_of_which_the_day_is_not_known_stays_one(own: Path, ending: str) -> None:
    member = own / "members/m003.yaml"
    text = re.sub(r"(joined_on: \d{4}-\d\d)-\d\d", r"\1", member.read_text(encoding="utf-8"))
    member.write_text(text, encoding="utf-8", newline="\n")
    (month,) = re.findall(r"joined_on: (\d{4}-\d\d)\b", text)
    raw = exported(own, "members", ending)
    if ending == "xlsx":
        rows = {row[0].value: row for row in load_workbook(raw).worksheets[0].iter_rows(min_row=2)}
        assert rows["m003"][2].value == month
    else:
        assert f"{month}-" not in next(line for line in raw.read_text("utf-8").splitlines() if "m003" in line)
    if ending != "jsonl":
        assert plan(own, "members", raw)["changes"] == []


def diff(folder: Path) -> list[str]:
    lines = GitRepo(folder).git("diff", "-U0").split("\n")
    return [line for line in lines if line[:1] in "+-" and not line.startswith(("+++", "---"))]


def test_an_edited_roster_changes_exactly_the_edited_fields(own: Path) -> None:
    def change(sheet: Any) -> None:
        rows = {row[0].value: row for row in sheet.iter_rows(min_row=2)}
        rows["m003"][1].value = "魏少䶮"
        rows["m003"][2].value = "二〇一九年四月一日"
        rows["m004"][3].value = None
        rows["m005"][4].value, rows["m005"][5].value = "停止党籍", "2026.11.1"
        del_at = rows["m006"][0].row
        sheet.delete_rows(del_at)
        sheet.append(["m099", "㛃𬭎", "2020/1/2", None, "预备党员", "2026-11-01", "第一党小组", None])

    member = own / "members" / "m003.yaml"
    member.write_bytes(member.read_bytes().replace(b"status:\n", "# 手写的话\nstatus:\n".encode()))
    GitRepo(own).git("commit", "-qam", "手写", "--no-verify")
    made = plan(own, "members", edited(exported(own, "members"), change), "--write")
    assert {each["path"] for each in made["files"]} == {f"members/m0{at}.yaml" for at in ("03", "05", "99")}
    said = [(each["who"], each["field"], each["old"], each["new"]) for each in made["changes"]]
    assert {each for each in said if each[0] != "㛃𬭎"} == {
        ("魏少华", "姓名", "魏少华", "魏少䶮"),
        ("魏少华", "入党日期", "2019-03-28", "2019-04-01"),
        ("欧阳长庚", "状态", "正式党员", "停止党籍"),
        ("欧阳长庚", "状态起始日期", None, "2026-11-01"),
    }
    assert diff(own) == [
        "-name: 魏少华              # 姓名",
        "-joined_on: 2019-03-28     # 入党日期",
        "+name: 魏少䶮              # 姓名",
        "+joined_on: 2019-04-01     # 入党日期",
        "+  - {from: 2026-11-01, status: suspended}",
    ]
    new = (own / "members" / "m099.yaml").read_text(encoding="utf-8")
    assert new.startswith("# yaml-language-server: $schema=../.dangwu/schema/member.json\nschema: 1")
    assert "name: 㛃𬭎" in new
    assert "{from: 2026-11-01, group: g1}" in new
    again = plan(own, "members", own.parent / "members 表.xlsx", "--write")
    assert again["changes"] == []


def test_dues_are_added_corrected_and_nothing_else(own: Path) -> None:
    def change(sheet: Any) -> None:
        for row in sheet.iter_rows(min_row=2):
            if row[0].value == "m001":
                row[2].value = "25元"
            if (row[0].value, row[3].value) == ("m001", "2026-02"):
                row[4].value, row[5].value, row[6].value = "2026年2月13日", "１０", "病假"
        sheet.append(["m001", "夏铁军", None, "2026年11月", "2026-11-05", None, None])

    before = (own / "dues" / "2026.yaml").read_text(encoding="utf-8").split("\n")
    file = edited(exported(own, "dues"), change)
    plan(own, "dues", file, "--write")
    after = (own / "dues" / "2026.yaml").read_text(encoding="utf-8").split("\n")
    assert diff(own) == [
        "-    assessed: 22.5",
        "+    assessed: 25",
        "-      - {month: 2026-02, date: 2026-02-12}",
        "+      - {month: 2026-02, date: 2026-02-13, amount: 10, reason: illness}",
        "+      - {month: 2026-11, date: 2026-11-05}",
    ]
    assert len(after) == len(before) + 1
    assert plan(own, "dues", file)["changes"] == []


def test_a_new_year_needs_its_collector(own: Path) -> None:
    rows: Rows = [
        DUES,
        ["m001", "夏铁军", 20, "2027-01", "2027-01-05", None, None],
        ["m002", "郑浩然", 30, None, None, None, None],
    ]
    file = put(own, "新年.xlsx", book(rows))
    assert problems(own, "dues", file) == {"花名册!D2": "There is no dues ledger for 2027 yet."}
    again = en("import", "dues", file, "--format", "json", cwd=own, code=1).json()["again"]
    assert again.endswith("--collector ID")
    plan(own, "dues", file, "--collector", "魏少华", "--write")
    text = (own / "dues" / "2027.yaml").read_text(encoding="utf-8")
    assert "collector: m003" in text
    assert "- {month: 2027-01, date: 2027-01-05}" in text
    assert plan(own, "dues", file)["changes"] == []


def test_attendance_moves_members_between_the_lists(own: Path) -> None:
    path = next((own / "meetings" / "2026").glob("2026-01-09-group-meeting-g1.md"))
    before = path.read_text(encoding="utf-8")

    def change(sheet: Any) -> None:
        for row in sheet.iter_rows(min_row=2):
            if str(row[0].value)[:10] == "2026-01-09":
                if row[3].value == "m013":
                    row[5].value, row[6].value, row[7].value = "√", None, None
                if row[3].value == "m016":
                    row[5].value, row[6].value, row[7].value = "请假", "公出", "孙家骏"
                if row[3].value == "m022":
                    row[5].value = "缺席"

    file = edited(exported(own, "attendance"), change)
    made = plan(own, "attendance", file, "--write")
    assert [each["path"] for each in made["files"]] == ["meetings/2026/2026-01-09-group-meeting-g1.md"]
    after = path.read_text(encoding="utf-8")
    assert "present: [m001, m004, m007, m010, m019, m013]" in after
    assert "  - {member: m016, reason: business-trip, approved_by: m007}\n" in after
    assert "absent: [m022]" in after
    assert after.partition("\ntopics:")[2] == before.partition("\ntopics:")[2]
    assert plan(own, "attendance", file)["changes"] == []


def test_targets_are_edited_item_by_item(own: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["F2"], sheet["G3"] = '"引号": #井号，䶮', 26
        for row in range(2, 7):
            sheet[f"D{row}"] = "工段长"

    file = edited(exported(own, "targets"), change)
    plan(own, "targets", file, "--write")
    new = [line for line in diff(own) if line.startswith("+")]
    assert new[0] == "+post: 工段长             # 岗位"
    assert new[1] == '+  - {head: attendance, item: "\\"引号\\": #井号，䶮", points: 20}'
    assert new[2].startswith("+  - {head: work-goals, item: ")
    assert new[2].endswith(", points: 26}")
    assert len(diff(own)) == 6
    assert plan(own, "targets", file)["changes"] == []


def test_the_preview_writes_nothing_and_says_so_in_both_languages(own: Path) -> None:
    file = edited(exported(own, "members"), lambda sheet: sheet.cell(2, 2, "夏铁䶮"))
    before = state(own)
    said = zh("import", "members", file, cwd=own, code=0)
    assert "尚未写入" in said.out
    assert "夏铁䶮" in said.out
    assert "党员花名册!B2" in said.out
    assert "Nothing was written yet" in en("import", "members", file, cwd=own, code=0).out
    assert "| 夏铁军 |" in en("import", "members", file, "--format", "md", cwd=own, code=0).out
    assert state(own) == before
    assert not (own / ".git" / "dangwu").exists()


def found(folder: Path) -> set[tuple[str, str, str]]:
    findings = zh("check", "--format", "json", cwd=folder).json()["findings"]
    return {(each["path"], each["code"], each["message"]) for each in findings}


def test_findings_that_would_be_new_are_shown(own: Path) -> None:
    file = put(own, "表.xlsx", book([MEMBERS, ["m002", "郑浩然", None, None, "转出", "2026-10-01", None, None]]))
    before = found(own)
    made = plan(own, "members", file, "--write")
    assert {(each["path"], each["code"], each["message"]) for each in made["findings"]} == found(own) - before
    assert made["findings"]
    assert plan(own, "members", exported(own, "members"))["findings"] == []


ODD: Rows = [
    ["青禾党支部党员花名册", None, None, None, None, None, None, None],
    ["填表日期：2026年11月", None, None, None, None, None, None, None],
    [" 党员 编号 ", "姓　名", "入党时间", "转正时间", "党员状态", "状态起始时间", "所在党小组", "备注"],
    ["ｍ００１", "夏　铁军", "２０１５／７／２４", 42575, "正式党员", "2024年12月25日(星期三)", "g1", "x"],
    ["M002", "郑浩然", None, None, None, None, None, "=1+1"],
    [None] * 8,
    ["党员编号", "姓名", "入党时间", "转正时间", "党员状态", "状态起始时间", "所在党小组", "备注"],
    ["m003", "魏少华", "二〇一九年三月二十八日", "2020.3.28", "full", "2024/12/25", "第三党小组", None],
]


def test_a_sheet_as_people_keep_it_is_read_right(own: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.merge_cells("A1:H1")
        sheet.row_dimensions[5].hidden = True
        sheet.column_dimensions["H"].hidden = True
        sheet["H900"].number_format = "0.00"

    made = plan(own, "members", put(own, "花名册.xlsx", book(ODD, change)))
    assert (made["problems"], made["changes"]) == ([], [])
    assert made["rows"] == 3
    assert [each["key"] for each in made["columns"]][:7] == [
        "id",
        "name",
        "joined_on",
        "converted_on",
        "status",
        "status_from",
        "group",
    ]
    assert made["columns"][7]["key"] is None
    assert sum("隐藏" in note for note in made["notes"]) == 2


def test_every_problem_names_its_cell_and_nothing_is_written(own: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["C6"] = "=TODAY()"
        sheet["C7"] = "#N/A"
        sheet.merge_cells("E8:E9")
        sheet["C10"].number_format = "0%"

    rows: Rows = [
        MEMBERS,
        ["m001", "夏铁军", "26-03-15", None, None, None, None, None],
        ["m002", "郑浩然", "3月15日", None, "党员", None, "第九党小组", None],
        ["m003", "郑浩然", None, None, None, None, None, None],
        ["m004", "扎西•多吉", None, None, "停止党籍", None, None, None],
        ["m005", None, None, None, None, None, None, None],
        ["m006", None, None, None, None, None, None, None],
        ["m007", None, None, None, "正式党员", "2024-12-25", None, None],
        ["m008", None, None, None, None, "2024-12-25", None, None],
        ["m009", None, 0.5, None, None, None, None, None],
        ["m001", None, None, None, None, None, None, None],
        [None, "合计", None, None, None, None, None, None],
        ["../m012", None, None, None, None, None, None, None],
        [99, "新人", None, None, "预备党员", "2026-11-01", None, None],
        ["m098", None, None, None, None, None, None, None],
        ["m010", "甲\u202e乙", None, None, "正式党员", "2020-01-01", None, None],
    ]
    found = problems(own, "members", put(own, "表.xlsx", book(rows, change)))
    assert found == {
        "花名册!C2": "The year has two digits only: 26-03-15",
        "花名册!C3": "The year is missing: 3月15日",
        "花名册!E3": "“党员” is none of the words of this column.",
        "花名册!H3": "A new value needs the day from which it holds.",
        "花名册!B4": "郑浩然 is the name of m002, not of m003.",
        "花名册!F5": "A new value needs the day from which it holds.",
        "花名册!C6": "The cell has a formula whose result was not saved.",
        "花名册!C7": "The cell shows an error: #N/A",
        "花名册!E9": "The cell is merged with E8.",
        "花名册!C10": "The number 0.5 is no day.",
        "花名册!A11": "m001 is in row 2 already.",
        "花名册!A13": "This is no id: ../m012",
        "花名册!A14": "The id 99 may have lost zeros: it is new, and a number.",
        "花名册!B15": "Name is missing here.",
        "花名册!B16": "The invisible character U+202E stands here; delete it.",
        "花名册!F16": "The record has an entry from 2024-12-25 on that this would rewrite.",
    }
    told = zh("import", "members", own.parent / "表.xlsx", cwd=own, code=1)
    assert is_chinese(told.out)
    assert "花名册!C2" in told.out


def test_a_lost_character_and_a_lost_digit_are_problems_of_their_cells(own: Path) -> None:
    """What a list saved as GBK, or as numbers, has lost is no correction of the records."""
    name = next(
        line.partition("name: ")[2].partition(" #")[0].strip()
        for line in (own / "members/m024.yaml").read_text(encoding="utf-8").splitlines()
        if line.startswith("name: ")
    )
    rows: Rows = [
        MEMBERS,
        ["m024", f"{name[:-1]}?", None, None, None, None, None, None],
        ["m001", "夏铁\ufffd", None, None, None, None, None, None],
        ["m002", 12345678901234567890, None, None, None, None, None, None],
        [1e20, "郑浩然", None, None, None, None, None, None],
    ]
    lost = "A character was lost here, as in saving a list as GBK; save it as UTF-8 or .xlsx and type it again."
    digits = "A number this long has lost its last digits in the sheet; format the column as text and type it again."
    assert problems(own, "members", put(own, "表.xlsx", book(rows))) == {
        "花名册!B2": lost,
        "花名册!B3": lost,
        "花名册!B4": digits,
        "花名册!A5": digits,
    }
    gbk = f"党员编号,姓名\nm024,{name}\n".encode("gbk", errors="replace")
    if b"?" in gbk:
        assert list(problems(own, "members", put(own, "表.csv", gbk)).values()) == [lost]


def test_a_record_that_git_keeps_off_the_disk_is_not_changed(own: Path) -> None:
    sheet = exported(own, "dues", "csv")
    text = sheet.read_text(encoding="utf-8-sig")
    first = text.splitlines()[1].split(",")[2]
    sheet.write_text(text.replace(f",{first},", ",31,"), encoding="utf-8")
    GitRepo(own).git("update-index", "--skip-worktree", "dues/2026.yaml")
    (own / "dues/2026.yaml").unlink()
    before = state(own)
    assert zh("import", "dues", sheet, cwd=own, code=0).out.count("31")
    said = en("import", "dues", sheet, "--write", cwd=own, code=3)
    assert "dues/2026.yaml is not on the disk" in said.err
    assert "git sparse-checkout disable" in said.err
    assert state(own) == before


def test_sums_and_footers_are_left_out_and_said(own: Path) -> None:
    rows: Rows = [
        ["党员编号", "姓名", "入党日期", "转正日期"],
        ["m003", "魏少华", "2019-04-01", "/"],
        ["小 计", "1人", None, None],
        ["合计", None, 1, None],
        ["填表人：夏铁军", None, None, "审核人：郑浩然"],
        ["注：以上为在册党员", None, None, None],
    ]
    made = plan(own, "members", put(own, "表.xlsx", book(rows)))
    assert (made["rows"], [each["new"] for each in made["changes"]]) == (1, ["2019-04-01"])
    assert any(
        all(each in note for each in ("3 小 计", "4 合计", "5 填表人：夏铁军", "6 注")) for note in made["notes"]
    )
    # A word that closes lists hides no entry: this row is about somebody.
    file = put(own, "注.csv", "备注,编号,姓名,入党日期\n注：待核,m003,魏少华,2019-04-01\n".encode())
    assert len(plan(own, "members", file)["changes"]) == 1


def test_heads_on_two_lines_are_read_through_their_merged_cells(own: Path) -> None:
    def merge(sheet: Any) -> None:
        for cells in ("A1:A2", "B1:B2", "C1:D1", "B3:B4"):
            sheet.merge_cells(cells)

    rows: Rows = [
        ["党员编号", "姓名", "党籍情况", None],
        [None, None, "入党日期（年月日）", "转正日期"],
        ["m003", None, "2019-04-01", None],
        ["m004", None, None, None],
    ]
    file = put(own, "表.xlsx", book(rows, merge))
    assert problems(own, "members", file) == {"花名册!B4": "The cell is merged with B3."}
    made = plan(own, "members", edited(file, lambda sheet: sheet.unmerge_cells("B3:B4")))
    assert [(each["cell"], each["new"]) for each in made["changes"]] == [("花名册!C3", "2019-04-01")]


def test_a_number_that_only_counts_the_rows_makes_nobody_twice(own: Path) -> None:
    rows: Rows = [["编号", "姓名", "状态", "状态起始日期"], [1, "夏铁军", "正式党员", "2026-01-01"]]
    file = put(own, "表.xlsx", book(rows))
    assert problems(own, "members", file) == {"花名册!A2": "夏铁军 is the name of m001, and the id 1 is new."}
    rows[1][0] = "x001"
    assert list(problems(own, "members", put(own, "表.xlsx", book(rows)))) == ["花名册!A2"]
    made = zh("import", "members", file, "--map", "编号=", "--format", "json", cwd=own, code=1).json()
    assert [each["cell"] for each in made["problems"]] == ["花名册!D2"]


MONTHS = [f"{number}月" for number in range(1, 13)]


def test_a_ledger_with_a_column_for_each_month(own: Path) -> None:
    rows: Rows = [
        ["2027年度党费收缴台账"],
        ["序号", "姓名", "月缴数额（元）", *MONTHS, "合计"],
        [1, "夏铁军", 20, "2027-01-05", 46423, "—", None, *[None] * 8, 40],
        [None] * 16,
        [2, "郑浩然", 30, *[None] * 12, None],
        ["序号", "姓名", "月缴数额（元）", *MONTHS, "合计"],
        ["合计", None, 50, *[50] * 12, 600],
    ]
    file = put(own, "台账.xlsx", book(rows, lambda sheet: sheet.merge_cells("A1:P1")))
    assert problems(own, "dues", file) == {"花名册!D3": "There is no dues ledger for 2027 yet."}
    untitled = put(own, "无题.xlsx", book(rows[1:]))
    assert problems(own, "dues", untitled) == {"花名册!D1": "The year is missing: 1月"}
    words = ("--year", "2027", "--collector", "m003")
    made = plan(own, "dues", file, *words, "--write")
    assert made["rows"] == 2
    assert {each["cell"]: each["new"] for each in made["changes"] if each["field"] == "交纳日期"} == {
        "花名册!D3": "2027-01-05",
        "花名册!E3": "2027-02-05",
    }
    text = (own / "dues" / "2027.yaml").read_text(encoding="utf-8")
    assert text.endswith(
        "members:\n"
        "  - member: m001\n"
        "    assessed: 20\n"
        "    paid:\n"
        "      - {month: 2027-01, date: 2027-01-05}\n"
        "      - {month: 2027-02, date: 2027-02-05}\n"
        "  - {member: m002, assessed: 30, paid: []}\n"
    )
    assert plan(own, "dues", file, "--year", "2027")["changes"] == []
    one = plan(own, "dues", file, *words, "--map", "2月=", "--map", "1月=")
    assert one["changes"] == []


UNDATED = "No day of payment is given for 12 payments; this is the first of them."


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (20, UNDATED),
        ("√", UNDATED),
        ("20元", UNDATED),
        ("1月5日", "This is neither a day of payment nor an amount: 1月5日"),
    ],
)
def test_a_ledger_without_days_says_what_to_do(own: Path, cell: object, told: str) -> None:
    rows: Rows = [["编号", "姓名", "月交数额", *MONTHS], ["m001", "夏铁军", 20, *[cell] * 12]]
    file = put(own, "台账.xlsx", book(rows))
    assert problems(own, "dues", file, "--year", "2027", "--collector", "m003") == {"花名册!D2": told}


def test_codes_of_characters_are_read_as_what_people_see(own: Path) -> None:
    rows: Rows = [
        ["党员编号", "姓名", "入党_x65E5_期"],
        ["m003", "魏少_x534E_", "2019-_x0030_4-01"],
        ["m_x005F_x0030_", None, None],
    ]
    found = problems(own, "members", put(own, "表.xlsx", book(rows)))
    assert found == {"花名册!A3": "This is no id: m_x0030_"}
    made = plan(own, "members", put(own, "表.xlsx", book(rows[:2])))
    assert [(each["field"], each["new"]) for each in made["changes"]] == [("入党日期", "2019-04-01")]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_export_writes_can_be_piped_in(own: Path, kind: str, ending: str) -> None:
    raw = exported(own, kind, ending).read_bytes()
    made = zh("import", kind, "-", "--format", "json", cwd=own, code=0, input=raw).json()
    assert (made["changes"], made["problems"]) == ([], [])
    assert made["rows"] >= 3


def test_nothing_is_made_where_no_branch_is(tmp_path: Path) -> None:
    file = put(tmp_path / "x", "表.xlsx", book([MEMBERS, ["m001", "甲", None, None, "full", "2026-01-01", None, None]]))
    repo = GitRepo(tmp_path / "other")
    for folder in (tmp_path, repo.path):
        said = en("import", "members", file, "--write", cwd=folder, code=3)
        assert "branch.yaml" in said.err
    assert not list(repo.path.glob("members"))


def test_rows_that_slipped_and_names_that_are_not_alone(own: Path) -> None:
    twin = (own / "members" / "m002.yaml").read_text(encoding="utf-8").replace("m002", "m097")
    (own / "members" / "m097.yaml").write_text(twin, encoding="utf-8")
    rows: Rows = [
        ["姓名", "月份", "交纳日期"],
        ["夏 铁军", "2026-11", "2026-11-02"],
        ["郑浩然", "2026-11", "2026-11-02"],
        ["无此人", "2026-11", "2026-11-02"],
    ]
    assert problems(own, "dues", put(own, "名.xlsx", book(rows))) == {
        "花名册!A3": "Several members are called 郑浩然: m002, m097.",
        "花名册!A4": "No member has the id or name 无此人.",
    }
    slipped: Rows = [["党员编号", *rows[0]], ["m002", *rows[1]], ["m096", "张三", "2026-11", "2026-11-02"]]
    assert problems(own, "dues", put(own, "错位.xlsx", book(slipped))) == {
        "花名册!B2": "m002 is 郑浩然 in the records, not 夏铁军.",
        "花名册!A3": "No member has the id m096.",
    }
    alone = [rows[0], rows[1]]
    assert len(plan(own, "dues", put(own, "一.xlsx", book(alone)))["changes"]) == 2


def test_attendance_that_cannot_be(own: Path) -> None:
    head = ["会议日期", "会议类型", "小组", "编号", "出勤情况", "请假原因", "批准人"]
    rows: Rows = [
        head,
        ["2026-01-10", "党小组会", "g1", "m001", "实到", None, None],
        ["2026-01-09", "党小组会", "g1", "m002", "实到", None, None],
        ["2026-01-09", "党小组会", "g1", "m004", "实到", "病假", None],
        ["2026-01-09", "党小组会", "g1", "m007", "请假", "病假", "无此人"],
        ["2026-01-09", "茶话会", "g1", "m010", "实到", None, None],
        ["2026-01-09", "党小组会", "g1", "m016", "×", None, None],
        ["2026-01-09", "党小组会", "g1", "m019", "缺席", None, None],
        ["2026-01-09", "党小组会", "g1", "m019", "实到", None, None],
    ]
    found = problems(own, "attendance", put(own, "表.xlsx", book(rows)))
    assert set(found) == {f"花名册!{cell}" for cell in ("A2", "D3", "F4", "G5", "B6", "E7", "E9")}
    assert found["花名册!A2"] == "There is no record of such a meeting on 2026-01-10."
    assert found["花名册!D3"].endswith("was not due on 2026-01-09.")


def test_payments_that_could_be_meant_otherwise_are_asked_about(own: Path) -> None:
    rows: Rows = [
        DUES,
        ["m001", None, None, "2026-01", "2026-01-27", None, None],
        ["m001", None, None, "2026-01", "2026-01-28", None, None],
        ["m002", None, None, None, "2026-01-28", None, None],
        ["m003", None, None, "2026-11", None, 10, None],
        ["m004", None, 15, "2026-01", None, None, None],
        ["m004", None, 16, "2026-02", None, None, None],
        ["m005", None, None, 2026.1, None, None, None],
    ]
    found = problems(own, "dues", put(own, "表.xlsx", book(rows)))
    assert set(found) == {f"花名册!{cell}" for cell in ("D2", "D4", "E5", "D8")}
    assert "it is not clear which one is meant" in found["花名册!D2"]


def test_columns_are_confirmed_and_what_is_missing_is_listed(own: Path) -> None:
    rows: Rows = [
        ["编号", "大名", "入党日期*", "转正日期", "转正时间"],
        ["m003", "魏少华", "2019-04-01", "2020-04-02", None],
    ]
    file = put(own, "表.xlsx", book(rows))
    made = en("import", "members", file, "--format", "json", cwd=own, code=1).json()
    assert [each["message"] for each in made["problems"]] == ["Columns are missing: Name (name)."]
    assert "B 大名" in made["problems"][0]["hint"]
    assert any('--map "入党日期*=joined_on"' in note for note in made["notes"])
    assert any('--map "D=converted_on"' in note for note in made["notes"])
    words = ("--map", "大名=name", "--map", "入党日期*=joined_on", "--map", "D=converted_on")
    made = plan(own, "members", file, *words)
    assert [(each["field"], each["new"]) for each in made["changes"]] == [
        ("入党日期", "2019-04-01"),
        ("转正日期", "2020-04-02"),
    ]
    assert plan(own, "members", file, "--map", "大名=name", "--map", "入党日期*=")["changes"] == []
    said = en("import", "members", file, "--map", "大名=nonsense", cwd=own, code=2)
    assert "joined_on" in said.err


@pytest.mark.parametrize(
    ("encoding", "separator", "noted"),
    [
        ("utf-8-sig", ",", False),
        ("utf-8", ";", False),
        ("gb18030", "\t", True),
        ("utf-16", ",", True),
        ("utf-8", "，", False),
    ],
)
def test_csv_in_every_usual_encoding(own: Path, encoding: str, separator: str, noted: bool) -> None:
    rows: Rows = [["党员编号", "姓名", "入党日期"], ["m003", "魏少华", "2019/4/1"], ["m004", '"扎西·多吉"', ""]]
    text = "\r\n".join(separator.join(row) for row in rows) + "\r\n"
    made = plan(own, "members", put(own, "名.csv", text.encode(encoding)))
    assert [(each["cell"], each["new"]) for each in made["changes"]] == [("名!C2", "2019-04-01")]
    assert any("编码" in note for note in made["notes"]) is noted


def test_csv_values_lose_the_apostrophe_that_guards_them(own: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["F2"] = "=求和 @甲"
        sheet["F2"].data_type = "s"

    plan(own, "targets", edited(exported(own, "targets"), change), "--write")
    file = exported(own, "targets", "csv")
    assert "'=求和" in file.read_text(encoding="utf-8-sig")
    assert plan(own, "targets", file)["changes"] == []


@pytest.mark.parametrize("name", ["表.xls", "表.xlsm", "表.ods", "表.docx", "表"])
def test_other_kinds_of_files_are_refused_with_the_way_on(own: Path, name: str) -> None:
    said = en("import", "members", put(own, name, book([MEMBERS])), cwd=own, code=3)
    assert "save it as .xlsx" in said.err


def test_files_that_cannot_be_read(own: Path) -> None:
    for name, raw in {"空.xlsx": b"", "乱.csv": b"\xff\x80\x81\x00\xd8", "名.csv": book([MEMBERS])}.items():
        en("import", "members", put(own, name, raw), cwd=own, code=(1, 3))
    assert "no file" in en("import", "members", "没有.xlsx", cwd=own, code=3).err
    assert "no file" in en("import", "members", own, cwd=own, code=3).err
    assert "file" in en("import", "members", cwd=own, code=2).err.lower()
    en("import", "salaries", "x.xlsx", cwd=own, code=2)
    en("import", cwd=own, code=2)


def two_sheets() -> bytes:
    made = load_workbook(BytesIO(book([["说明"]], title="说明")))
    for title in ("在册", "转出"):
        made.create_sheet(title)
        made[title].append(["党员编号", "姓名", "入党日期"])
        made[title].append(["m003", "魏少华", "2019-04-01"])
    made.create_sheet("草稿").sheet_state = "hidden"
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def test_one_sheet_of_several_is_named(own: Path) -> None:
    file = put(own, "多表.xlsx", two_sheets())
    said = en("import", "members", file, cwd=own, code=2)
    assert "--sheet" in said.err
    made = plan(own, "members", file, "--sheet", "转出")
    assert [each["cell"] for each in made["changes"]] == ["转出!C2"]
    assert any("草稿" in note for note in made["notes"])
    en("import", "members", file, "--sheet", "草稿", cwd=own, code=2)


def test_undo_puts_back_every_byte_while_nothing_changed(own: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.cell(2, 2, "夏铁䶮")
        sheet.append(["m099", "新人", None, None, "预备党员", "2026-11-01", None, None])

    en("import", "--undo", cwd=own, code=3)
    file = edited(exported(own, "members"), change)
    (own / "members" / "m002.yaml").write_bytes((own / "members" / "m002.yaml").read_bytes() + "# 未提交\n".encode())
    before = state(own)
    plan(own, "members", file, "--write")
    after = state(own)
    assert set(after) - set(before) == {"members/m099.yaml"}
    shown = zh("import", "--undo", cwd=own, code=0)
    assert "members/m099.yaml" in shown.out
    assert "尚未写入" in shown.out
    assert state(own) == after
    assert zh("import", "--undo", "--write", "--format", "json", cwd=own, code=0).json()["written"] is True
    assert state(own) == before
    assert "没有可以撤回的导入" in zh("import", "--undo", "--write", cwd=own, code=3).err
    en("import", "--undo", "members", "x.xlsx", cwd=own, code=2)


def test_undo_is_refused_once_a_file_changed(own: Path) -> None:
    file = edited(exported(own, "members"), lambda sheet: (sheet.cell(2, 2, "夏䶮"), sheet.cell(3, 2, "扎䶮")))
    plan(own, "members", file, "--write")
    changed = own / "members" / "m001.yaml"
    changed.write_bytes(changed.read_bytes() + b"# later\n")
    now = state(own)
    assert "members/m001.yaml" in en("import", "--undo", "--write", cwd=own, code=3).err
    assert state(own) == now


def test_without_git_it_is_written_and_said_that_there_is_no_way_back(own: Path) -> None:
    file = edited(exported(own, "members"), lambda sheet: sheet.cell(2, 2, "夏铁䶮"))
    shutil.rmtree(own / ".git")
    said = en("import", "members", file, "--write", cwd=own, code=0)
    assert "--undo" in said.err
    assert "夏铁䶮" in (own / "members" / "m001.yaml").read_text(encoding="utf-8")
    en("import", "--undo", cwd=own, code=3)


def test_records_in_a_form_that_is_not_edited_stop_all(own: Path) -> None:
    member = own / "members" / "m001.yaml"
    member.write_bytes(member.read_bytes().replace(b"\n", b"\r\n"))
    file = edited(exported(own, "members"), lambda sheet: (sheet.cell(2, 2, "夏䶮"), sheet.cell(3, 2, "扎䶮")))
    before = state(own)
    made = en("import", "members", file, "--write", "--format", "json", cwd=own, code=1).json()
    assert ["members/m001.yaml" in each["message"] for each in made["problems"]] == [True]
    assert "dangwu check" in made["problems"][0]["hint"]
    assert state(own) == before


def test_a_value_that_the_schema_refuses_names_its_cell(own: Path) -> None:
    rows: Rows = [DUES, ["m001", None, 900_000, "2026-01", None, None, None]]
    assert list(problems(own, "dues", put(own, "表.xlsx", book(rows)))) == ["花名册!C2"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is closed to an administrator")
def test_a_folder_that_is_closed_leaves_all_as_it_was(own: Path) -> None:
    file = edited(exported(own, "members"), lambda sheet: sheet.cell(2, 2, "夏铁䶮"))
    before = state(own)
    (own / "members").chmod(0o555)
    try:
        en("import", "members", file, "--write", cwd=own, code=3)
    finally:
        (own / "members").chmod(0o755)
    assert state(own) == before


def test_the_clean_base_takes_an_english_sheet(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path / "branch")
    repo.commit(base_files())
    target = tmp_path / "roster.csv"
    en("export", "members", "--format", "csv", "-o", target, cwd=repo.path, code=0)
    made = en("import", "members", target, "--format", "json", cwd=repo.path, code=0).json()
    assert made["changes"] == []
    assert made["columns"][0]["head"] == "Member id"
    assert repo.git("status", "--porcelain") == ""

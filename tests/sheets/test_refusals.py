"""Whatever a sheet is refused for: the cell, what stands in it and what it takes are said, and nothing is planned."""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dangwu.formats.machine.import_preview import render_import_json
from dangwu.language import load_language
from dangwu.pages.import_preview import build_import_page
from dangwu.sheets.columns import SHEET_COLUMNS, CellType
from dangwu.workspace.import_sheet import ImportRequest, plan_import
from dangwu.workspace.load import load_workspace
from tests.support.branches import base_files
from tests.support.memory import MemoryTree
from tests.support.workbooks import book

if TYPE_CHECKING:
    from dangwu.model.import_plan import ImportPlan, SheetProblem

SOURCE = Path(__file__).parents[2] / "src" / "dangwu"
DAY = date(2026, 6, 30)
WRONG = {
    CellType.DAY: "三月的一天",
    CellType.MONTH: "某月",
    CellType.YEAR: "某年",
    CellType.NUMBER: "若干",
    CellType.MONEY: "12.345",
    CellType.CODE: "不知道",
    CellType.GROUP: "第九党小组",
    CellType.ID: "m 001 号",
    CellType.NAME: "？？",
    CellType.TEXT: "三楼\u200b会议室",
}
RIGHT = {
    CellType.DAY: "2026-03-12",
    CellType.MONTH: "2026-03",
    CellType.YEAR: "2026",
    CellType.NUMBER: "25",
    CellType.MONEY: "12.5",
    CellType.GROUP: "g1",
    CellType.NAME: "何䶮",
    CellType.TEXT: "文字",
}
WORDS = {"kind": "党小组会", "attendance": "实到", "reason": "病假", "status": "正式党员", "head": "出勤"}
FREE = {("members", "group"), ("attendance", "approved_by"), ("members", "membership"), ("members", "post")}
"""Columns that take what others would refuse: a new Party group, whoever is known by name, any words."""


def plan(sheet: str, rows: list[list[Any]], **options: Any) -> ImportPlan:
    tree = MemoryTree(base_files())
    request = ImportRequest(sheet, "表.xlsx", book(rows, title="表 一"), DAY, "zh", **options)
    return plan_import(tree, load_workspace(tree), request)


def right(key: str, form: CellType, number: int) -> str:
    if form is CellType.ID:
        return f"m{number:03d}" if key == "id" else "m005"
    return RIGHT.get(form) or WORDS.get(key, "")


def is_complete(problem: SheetProblem) -> bool:
    """Tell whether a problem of a cell says which, and what to do."""
    cells = [problem.cell, *problem.others]
    return all(re.fullmatch(r"表 一![A-Z]{1,2}\d+", cell) for cell in cells) and problem.hint is not None


@pytest.mark.parametrize("sheet", SHEET_COLUMNS)
def test_each_wrong_cell_is_named_with_what_stands_in_it(sheet: str) -> None:
    columns = SHEET_COLUMNS[sheet]
    rows: list[list[Any]] = [[column.title.zh for column in columns]]
    wrong = {}
    for column in columns:
        if (sheet, column.key) in FREE:
            continue
        row = [right(other.key, other.form, 100 + len(rows)) for other in columns]
        at = [other.key for other in columns].index(column.key)
        row[at] = WRONG[column.form]
        rows.append(row)
        letters = chr(ord("A") + at)
        wrong[f"表 一!{letters}{len(rows)}"] = WRONG[column.form]
    made = plan(sheet, rows)
    assert made.files == ()
    assert made.changes == () or made.troubles
    assert all(is_complete(problem) for problem in made.troubles)
    found = {
        cell: text
        for problem in made.troubles
        for cell, text in zip((problem.cell, *problem.others), (problem.found, *problem.others_found), strict=True)
    }
    assert {cell: found.get(cell) for cell in wrong} == wrong
    for language in map(load_language, ("zh", "en")):
        said = str(build_import_page(made, language, written=False))
        assert all(text.replace("\u200b", "") in said.replace("\\u200b", "") for text in wrong.values())
        assert '"found": "若干"' in render_import_json(made, language, written=False) or "若干" not in wrong.values()


def test_a_cell_that_is_left_empty_is_named() -> None:
    heads = [column.title.zh for column in SHEET_COLUMNS["attendance"]]
    blank = ["2026-03-12", "", "g1", "m001", "", "", "", ""][: len(heads)]
    made = plan("attendance", [heads, blank])
    assert made.troubles
    assert all(is_complete(problem) and not problem.found for problem in made.troubles)


def test_what_is_no_payment_is_shown_with_its_cell() -> None:
    made = plan(
        "dues", [["姓名", "应缴金额", "1月", "2月"], ["何䶮", "10", "交了", "交了"]], year=2026, collector="m002"
    )
    (problem,) = made.troubles
    assert (problem.cell, "交了" in str(problem.message), problem.hint is not None) == ("表 一!C2", True, True)
    made = plan("dues", [["姓名", "应缴金额", "1月", "2月"], ["何䶮", "10", "√", "√"]])
    (problem,) = made.troubles
    assert (problem.cell, problem.found, problem.hint is not None) == ("表 一!C1", "1月", True)


def test_no_problem_is_made_without_the_next_step() -> None:
    """A call without a hint would be a refusal that does not say what is accepted."""
    silent = [
        f"{path.name}:{node.lineno}"
        for path in sorted((SOURCE / "sheets").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) < _wanted(node)
    ]
    assert silent == []


def _wanted(call: ast.Call) -> int:
    """Return how many arguments a call needs to name a hint."""
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    return {"SheetProblem": 3, "UsageError": 2}.get(name, 0)

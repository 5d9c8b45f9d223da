"""What a row of a list becomes, case by case: a change, nothing, or a problem at its cell; never a guess."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from dangwu.errors import CannotRunError
from dangwu.files import read_input
from dangwu.language import load_language
from dangwu.workspace.import_sheet import ImportRequest, plan_import
from dangwu.workspace.load import load_workspace
from tests.support.branches import GROUP_MEETING, base_file, base_files
from tests.support.changed import good
from tests.support.examples import AS_OF
from tests.support.memory import MemoryTree

if TYPE_CHECKING:
    from pathlib import Path

    from dangwu.model.import_plan import ImportPlan

TARGET = "targets/2026/m006.yaml"
LEDGER = "dues/2026.yaml"
DUES = """schema: 1
kind: dues
year: 2026
collector: m002
members:
  - {member: m001, assessed: 20, paid: []}
"""
BROKEN = "schema: 1\nkind: nothing\n"
Problems = list[tuple[str, str]]


def plan(sheet: str, text: str, files: dict[str, str]) -> ImportPlan:
    """Plan the import of a CSV text over the clean branch with some files changed."""
    tree = MemoryTree({**base_files(), **files})
    order = ImportRequest(sheet=sheet, name="表.csv", raw=text.encode(), as_of=AS_OF, language="en")
    return plan_import(tree, load_workspace(tree), order)


def problems(made: ImportPlan) -> Problems:
    english = load_language("en")
    assert not (made.files and made.troubles)
    return [
        (cell.rpartition("!")[2], english.text(trouble.message))
        for trouble in made.troubles
        for cell in (trouble.cell, *trouble.others)
    ]


def written(made: ImportPlan, path: str) -> str:
    """Return one file as the import would leave it."""
    assert problems(made) == []
    (change,) = (change for change in made.files if change.path == path)
    assert change.after is not None
    return change.after.decode()


TARGET_HEADS = "member,year,post,head,item,points\n"
NEW_ITEM = "m006,2026,,vanguard,带教一名新检验员,20\n"


def targets(*rows: str) -> ImportPlan:
    return plan("targets", TARGET_HEADS + "".join(rows), {TARGET: good("DW851", TARGET)})


def test_an_item_under_a_head_that_has_one_is_the_one_that_is_meant() -> None:
    text = written(targets("m006,2026,,vanguard,带教一名新检验员,25\n"), TARGET)
    assert "{head: vanguard, item: 带教一名新检验员, points: 25}" in text
    assert text.count("head: vanguard") == 1


def test_an_item_beside_those_of_the_record_is_added() -> None:
    text = written(targets("m006,2026,,vanguard,带教两名新检验员独立上岗,20\n", NEW_ITEM), TARGET)
    assert "item: 带教两名新检验员独立上岗, points: 20" in text
    assert "head: vanguard, item: 带教一名新检验员, points: 20" in text


def test_two_items_for_one_are_not_told_apart() -> None:
    unclear = "It is not clear which item of the record is meant."
    assert problems(targets(NEW_ITEM, NEW_ITEM.replace("一名", "三名"))) == [("E2", unclear), ("E3", unclear)]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "There are no targets of 许㛃 for 2026 yet."),
        ({TARGET: BROKEN}, f"{TARGET} has problems of its own."),
    ],
)
def test_targets_are_not_made_by_an_import(files: dict[str, str], said: str) -> None:
    assert problems(plan("targets", TARGET_HEADS + NEW_ITEM, files)) == [("A2", said)]


def test_the_post_is_the_same_in_all_rows_of_a_member() -> None:
    rows = ["m006,2026,检验员,discipline,守检验纪律，不合格品一件不放,15\n".replace("，", "\uff0c"), NEW_ITEM]
    assert "post: 检验员" in written(targets(*rows), TARGET)
    other = NEW_ITEM.replace("2026,,", "2026,质检员,")
    assert problems(targets(rows[0], other)) == [("C3", "Row 2 has another post for this member.")]


def test_a_row_with_the_name_of_another_changes_nothing() -> None:
    made = plan("targets", "name," + TARGET_HEADS + "梁安," + NEW_ITEM, {TARGET: good("DW851", TARGET)})
    assert problems(made) == [("A2", "m006 is 许㛃 in the records, not 梁安.")]


ATTENDANCE_HEADS = "member,date,kind,attendance,reason,approved_by\n"


def attendance(row: str, *changes: tuple[str, str]) -> ImportPlan:
    text = base_file(GROUP_MEETING).decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return plan("attendance", f"{ATTENDANCE_HEADS}m006,2026-03-12,group-meeting,{row}\n", {GROUP_MEETING: text})


PRESENT = "present: [m001, m003, m005, m006, m009]\nleave: []\n"
ON_LEAVE = "present: [m001, m003, m005, m009]\nleave:\n  - {member: m006, reason: illness, approved_by: m005}\n"


def test_a_leave_is_corrected_in_its_place() -> None:
    text = written(attendance("leave,family,何䶮", (PRESENT, ON_LEAVE)), GROUP_MEETING)
    assert "- {member: m006, reason: family, approved_by: m005}" in text
    assert problems(attendance("leave,family,m077", (PRESENT, ON_LEAVE))) == [
        ("F2", "No member has the id or name m077.")
    ]


def test_a_leave_that_is_recorded_so_is_no_change() -> None:
    assert attendance("leave,illness,m005", (PRESENT, ON_LEAVE)).changes == ()


def test_who_came_late_was_there() -> None:
    made = attendance("absent,,", (PRESENT, PRESENT + "late: [m006]\n"))
    assert problems(made) == [("D2", "The record says that this member came late.")]


def test_who_stands_in_two_lists_is_corrected_by_hand() -> None:
    made = attendance("leave,,", ("absent: []", "absent: [m006]"))
    assert problems(made) == [("D2", "The record has this member in several lists.")]


def test_a_day_with_two_such_meetings_needs_the_group() -> None:
    twice = {"meetings/2026/2026-03-12-group-meeting-g1-2.md": base_file(GROUP_MEETING).decode()}
    (cell, said), *others = problems(
        plan("attendance", ATTENDANCE_HEADS + "m006,2026-03-12,group-meeting,absent,,\n", twice)
    )
    assert (cell, others) == ("C2", [])
    assert said.startswith("There are several such meetings on 2026-03-12: ")


DUES_HEADS = "member,assessed,month,date,amount\n"
PAID = "m001,20,2026-01,2026-01-05,20\n"


def test_a_payment_is_in_a_sheet_once() -> None:
    made = plan("dues", DUES_HEADS + PAID + PAID, {LEDGER: DUES})
    assert problems(made) == [("D3", "The same payment is in the sheet twice: rows 2, 3.")]


def test_a_ledger_with_problems_is_no_missing_ledger() -> None:
    assert problems(plan("dues", DUES_HEADS + PAID, {LEDGER: BROKEN})) == [("C2", f"{LEDGER} has problems of its own.")]


MEMBER_HEADS = "id,name,status,status_from,group,group_from\n"


def members(row: str, **files: str) -> ImportPlan:
    return plan("members", MEMBER_HEADS + row + "\n", {path.replace("_", "/") + ".yaml": files[path] for path in files})


def test_what_stands_in_the_roster_already_is_no_change() -> None:
    moved = base_file("members/m006.yaml").decode() + "  - {from: 2026-05-01, group: g2}\n"
    assert members("m006,许㛃,,,g1,2024-04-01", members_m006=moved).changes == ()


def test_a_day_alone_rewrites_no_history() -> None:
    assert problems(members("m006,许㛃,,2024-05-01,,")) == [("D2", "The record has another day here: 2024-03-01")]


def test_a_member_whose_file_has_problems_is_no_new_member() -> None:
    said = "The file of member m006 has problems of its own."
    assert ("A2", said) in problems(members("m006,许㛃,full,2024-03-01,,", members_m006=BROKEN))


def test_a_row_without_a_name_is_nobody_where_there_are_no_ids() -> None:
    made = plan("attendance", "name,date,kind,attendance\n,2026-03-12,group-meeting,absent\n", {})
    assert problems(made) == [("A2", "Name is missing here.")]


@pytest.mark.parametrize("separator", [";", "|", "\t"])
def test_a_csv_file_that_names_its_separator(separator: str) -> None:
    lines = (ATTENDANCE_HEADS + "\n" + "m006,2026-03-12,group-meeting,absent,,\n").replace(",", separator)
    assert "absent: [m006]" in written(plan("attendance", f"sep={separator}\n{lines}", {}), GROUP_MEETING)


def test_a_csv_file_with_a_quotation_that_never_ends() -> None:
    with pytest.raises(CannotRunError) as caught:
        plan("attendance", ATTENDANCE_HEADS + '"m006,2026-03-12\n', {})
    assert load_language("en").text(caught.value.message) == "Line 2 of the CSV file cannot be read."


def test_what_is_too_large_for_a_list_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_input, "MAX_ARCHIVE_BYTES", 1 << 20)
    file = tmp_path / "表.csv"
    file.write_bytes(bytes(1 << 20))
    assert len(read_input.read_sheet(file)) == 1 << 20
    with file.open("rb") as stream:
        assert read_input.read_piped_sheet(stream)[0] == "stdin.csv"
    file.write_bytes(bytes((1 << 20) + 1))
    for name in (str(file), "-"):
        with pytest.raises(CannotRunError) as caught, file.open("rb") as stream:
            read_input.read_piped_sheet(stream) if name == "-" else read_input.read_sheet(file)
        assert load_language("en").text(caught.value.message) == f"{name} has more than 1 MB."


def test_a_file_that_another_program_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Excel does on Windows; nothing is closed to root."""

    def held(*_arguments: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", held)
    with pytest.raises(CannotRunError) as caught:
        read_input.read_sheet(tmp_path / "表.xlsx")
    assert caught.value.hint is not None
    assert load_language("en").text(caught.value.hint) == "If it is open in Excel or WPS, close it there."


def test_an_attendance_book_with_a_foot_and_the_words_of_leave() -> None:
    text = base_file(GROUP_MEETING).decode()
    rows = "序号,姓名,会议日期,会议类型,出勤情况,请假原因,准假人\n1,许㛃,2026-3-12 周四,党小组会,请假,公出,何䶮\n"
    foot = ",以下空白,,,,,\n应到,9人,,,,,\n审批,王书记,,,经办,李四,\n（盖章）,,2026年3月31日,,,,\n第1页 共1页,,,,,,\n"
    assert PRESENT in text
    made = plan("attendance", rows + foot, {GROUP_MEETING: text})
    assert "leave:\n  - {member: m006, reason: business-trip, approved_by: m005}" in written(made, GROUP_MEETING)
    (note,) = map(load_language("en").text, made.notes)
    for word in ("以下空白", "应到", "审批", "（盖章）", "第1页 共1页"):
        assert word in note


def test_a_new_person_at_the_end_of_a_roster_is_no_closing_row() -> None:
    rows = (
        "序号,党员编号,姓名,入党日期,状态,状态起始日期\n1,m006,许㛃,,,\n新增,m077,王五,2024-01-02,正式党员,2026-01-05\n"
    )
    made = plan("members", rows + ",,合计2人,,,\n", {})
    assert "name: 王五" in written(made, "members/m077.yaml")


DRAFT = """schema: 1
kind: target
year: 2026
member: m006
post: 【待填】
items:
  - {head: attendance, item: 【待填】, points: 20}
  - {head: work-goals, item: 【待填】, points: 20}
  - {head: self-improvement, item: 【待填】, points: 20}
  - {head: discipline, item: 【待填】, points: 20}
  - {head: vanguard, item: 【待填】, points: 20}
self_set_on: 【待填】
reviewed_on: 【待填】
reviewed_by: g1
approved_on: 2026-01-23
approved_by: committee
"""


def test_a_draft_of_targets_is_filled_in() -> None:
    rows = (
        "m006,2026,检验员,vanguard,带教一名,10\nm006,2026,检验员,vanguard,另一项,10\nm006,2026,,discipline,守纪律,20\n"
    )
    text = written(plan("targets", TARGET_HEADS + rows, {TARGET: DRAFT}), TARGET)
    assert "post: 检验员" in text
    assert "{head: vanguard, item: 带教一名, points: 10}\n  - {head: vanguard, item: 另一项, points: 10}" in text
    assert text.count("【待填】") == 5
    broken = DRAFT.replace("points: 20}", "points: x}", 1)
    said = f"{TARGET} has problems of its own."
    assert problems(plan("targets", TARGET_HEADS + rows, {TARGET: broken})) == [("A2", said)]

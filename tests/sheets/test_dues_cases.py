"""What a ledger of dues becomes: amounts by month, payments that are there twice, columns that must not be confused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from dangwu.errors import UsageError
from dangwu.language import load_language
from dangwu.sheets.read.cell_grid import SheetCell, SheetGrid
from dangwu.sheets.read.stated_period import read_stated_period
from dangwu.workspace.import_sheet import ImportRequest, plan_import
from dangwu.workspace.load import load_workspace
from tests.support.branches import base_files
from tests.support.examples import AS_OF
from tests.support.memory import MemoryTree

if TYPE_CHECKING:
    from dangwu.model.import_plan import ImportPlan

LEDGER = "dues/2026.yaml"
HEADS = "member,assessed,month,date,amount\n"
HEAD = "schema: 1\nkind: dues\nyear: 2026\ncollector: m002\nmembers:\n"
PAID = HEAD + "  - member: m001\n    assessed: 20\n    paid:\n      - {month: 2026-01, date: 2026-01-05}\n"
FLOW = HEAD + "  - {member: m001, assessed: 20, paid: [{month: 2026-01, date: 2026-01-05}]}\n"


def plan(text: str, ledger: str = PAID, **options: Any) -> ImportPlan:
    """Plan the import of a CSV text over the clean branch with a ledger."""
    tree = MemoryTree({**base_files(), LEDGER: ledger})
    order = ImportRequest(sheet="dues", name="表.csv", raw=text.encode(), as_of=AS_OF, language="en", **options)
    return plan_import(tree, load_workspace(tree), order)


def problems(made: ImportPlan) -> list[tuple[str, str]]:
    english = load_language("en")
    assert not (made.files and made.troubles)
    assert all(trouble.hint is not None for trouble in made.troubles)
    return [(trouble.cell.rpartition("!")[2], english.text(trouble.message)) for trouble in made.troubles]


def written(made: ImportPlan) -> str:
    assert problems(made) == []
    (change,) = made.files
    assert change.path == LEDGER
    assert change.after is not None
    return change.after.decode().partition("members:\n")[2]


@pytest.mark.parametrize("amount", ["", "20", "20.00", "20元", "¥20.0"])
@pytest.mark.parametrize("ledger", [PAID, PAID.replace("-05}", "-05, amount: 20}")])
def test_the_whole_amount_written_out_is_no_change(amount: str, ledger: str) -> None:
    assert plan(f"{HEADS}m001,20,2026-01,2026-01-05,{amount}\n", ledger).changes == ()


def test_a_new_payment_of_the_whole_amount_is_written_without_it() -> None:
    made = plan(HEADS + "m001,20,2026-02,2026-02-05,20\n")
    assert written(made).endswith("      - {month: 2026-02, date: 2026-02-05}\n")


FIRST, SECOND = "m001,20,2026-02,2026-02-05,\n", "m001,20,2026-02,2026-02-06,\n"


@pytest.mark.parametrize(
    ("rows", "cell", "told"),
    [
        (FIRST * 2, "D3", "The same payment is in the sheet twice: rows 2, 3."),
        (FIRST * 4, "D3", "The same payment is in the sheet twice: rows 2, 3."),
        (FIRST + FIRST.replace(",\n", ",20\n"), "D3", "The same payment is in the sheet twice: rows 2, 3."),
        (FIRST.replace("-02", "-01") * 2, "D3", f"{LEDGER} has this payment already, and the sheet has it once more."),
        (FIRST + SECOND, "C3", "2026-02 would be paid in 2 payments, more than the 20 yuan assessed in all."),
        (
            "m001,20,2026-01,2026-01-05,\nm001,20,2026-01,2026-01-09,\n",
            "C3",
            "2026-01 would be paid in 2 payments, more than the 20 yuan assessed in all.",
        ),
    ],
)
@pytest.mark.parametrize("member", ["m001", "m003"])
def test_a_payment_that_is_there_twice_is_one_question(rows: str, cell: str, told: str, member: str) -> None:
    if member == "m003" and told.startswith(LEDGER):
        told = "The same payment is in the sheet twice: rows 2, 3."
    made = plan(HEADS + rows.replace("m001", member))
    assert problems(made) == [(cell, told)]


def test_a_month_paid_in_two_parts_and_one_larger_payment_are_no_questions() -> None:
    made = plan(HEADS + "m001,20,2026-02,2026-02-05,8\nm001,20,2026-02,2026-02-05,12\nm001,20,2026-03,2026-03-05,500\n")
    assert written(made).count("month: 2026-0") == 4


@pytest.mark.parametrize("ledger", [PAID, FLOW])
def test_another_amount_from_a_month_on_leaves_what_was_paid_before(ledger: str) -> None:
    made = plan(HEADS + "m001,10,2026-07,2026-07-05,\n", ledger)
    text = written(made)
    assert "assessed: 20" in text
    assert "{from: 2026-07, assessed: 10}" in text
    assert "{month: 2026-07, date: 2026-07-05}" in text
    assert plan(HEADS + "m001,10,2026-07,2026-07-05,10\n", HEAD + text).changes == ()
    assert plan(HEADS + "m001,20,2026-01,2026-01-05,20\n", HEAD + text).changes == ()


def test_a_reduction_that_ends_holds_for_its_months() -> None:
    rows = "".join(f"m001,{5 if at in {3, 4} else 20},2026-0{at},2026-0{at}-05,\n" for at in range(1, 7))
    text = written(plan(HEADS + rows))
    assert "- {from: 2026-03, assessed: 5}\n      - {from: 2026-05, assessed: 20}\n" in text
    assert "amount" not in text


WIDE = "姓名,月标准,2026年1月,2026年2月\n沈怀远,30,2026-01-05,\n"


def test_one_amount_of_the_year_asks_from_when_it_holds() -> None:
    told = "The record has 20 yuan a month, and payments that were counted with it; the sheet has 30."
    assert problems(plan(WIDE)) == [("B2", told)]
    assert "{from: 2026-02, assessed: 30}" in written(plan(WIDE, assessed_from="2026-02"))
    assert "    assessed: 30\n    paid:" in written(plan(WIDE, assessed_from="2026-01"))


def test_one_amount_of_the_year_is_taken_where_nothing_was_paid() -> None:
    made = plan("姓名,月标准,2026年1月,2026年2月\n沈怀远,30,,\n", HEAD + "  - {member: m001, assessed: 20, paid: []}\n")
    assert written(made) == "  - {member: m001, assessed: 30, paid: []}\n"


@pytest.mark.parametrize("amount", ["12.345", "12.3456789", "20分", "2万元", "1元5角", "0.001"])
@pytest.mark.parametrize("place", [1, 4])
def test_less_than_a_fen_and_other_units_are_refused(amount: str, place: int) -> None:
    row = ["m001", "20", "2026-02", "2026-02-05", ""]
    row[place] = amount
    ((cell, told),) = problems(plan(HEADS + ",".join(row) + "\n"))
    assert cell == f"{'ABCDE'[place]}2"
    assert amount in told


@pytest.mark.parametrize(
    ("heads", "fields"),
    [
        ("姓名,月份,缴纳日期,应缴金额,实缴金额", ["name", "month", "date", "assessed", "amount"]),
        ("姓名,月份,缴纳日期,缴纳标准,实收金额（元）", ["name", "month", "date", "assessed", "amount"]),
        ("姓名,月份,缴纳日期,月标准（元/月）,已缴", ["name", "month", "date", "assessed", "amount"]),
        ("姓名,月份,缴纳日期,月党费,金额", ["name", "month", "date", "assessed", "amount"]),
        ("姓名,月份,缴纳日期,月标准,全年应缴,金额", ["name", "month", "date", "assessed", None, "amount"]),
        ("姓名,月份,缴纳日期,全年应缴金额,累计实缴金额", ["name", "month", "date", None, None]),
        ("姓名,月份,入党日期,补缴金额,欠缴数额", ["name", "month", None, None, None]),
        ("姓名,月份,缴纳日期,应缴,应缴党费标准,实缴", ["name", "month", "date", "assessed", None, "amount"]),
    ],
)
def test_what_is_due_is_never_taken_or_proposed_for_what_was_paid(heads: str, fields: list[str | None]) -> None:
    made = plan(heads + "\n" + "沈怀远,2026-02," + "," * (heads.count(",") - 2) + "\n")
    assert [column.key for column in made.columns] == fields
    english = load_language("en")
    assert [note for note in map(english.text, made.notes) if "--map" in note] == []


def test_a_column_that_is_not_taken_is_still_proposed() -> None:
    made = plan("姓名,月份,缴纳日期,本次缴费金额\n沈怀远,2026-02,2026-02-05,8\n")
    (note,) = map(load_language("en").text, made.notes)
    assert '--map "本次缴费金额=amount"' in note


def test_the_sum_beside_the_months_is_no_amount_of_a_payment() -> None:
    made = plan("姓名,月标准,2026年1月,2026年2月,实缴金额\n沈怀远,20,2026-01-05,2026-02-05,40\n")
    assert "amount" not in written(made)


@pytest.mark.parametrize("options", [{"month": "2026-03"}, {"paid_on": ["2026-01=gestern"]}, {"assessed_from": "Juli"}])
def test_options_that_do_not_fit_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        plan(HEADS + FIRST, **options)


@pytest.mark.parametrize(
    ("title", "month", "year"),
    [
        ("2026年3月份党费收缴表", "2026-03", 2026),
        ("二〇二六年三月党费", "2026-03", 2026),
        ("党费收缴表（2026年3月）", "2026-03", 2026),
        ("2026年1—3月党费", None, 2026),
        ("2026年1月至3月党费", None, 2026),
        ("2026年1、2月党费", None, 2026),
        ("2025—2026年度党费", None, None),
        ("填表日期：2026年3月5日", None, None),
        ("2026年度党费台账", None, 2026),
        ("3月份党费", None, None),
        ("党费收缴表", None, None),
    ],
)
def test_what_a_title_states(title: str, month: str | None, year: int | None) -> None:
    grid = SheetGrid("表", ((SheetCell(1, 1, title),), (SheetCell(2, 1, "姓名"),)))
    stated = read_stated_period(grid, 2, "x", None)
    assert (stated.month, stated.year) == (month, year)


TAIL = "沈怀远,20,2026-02,2026-02-05,\n"


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        (",20,2026-03,2026-03-05,", "A3"),
        ("无此人,20,2026-03,2026-03-05,", "A3"),
        ("王五,,2026-03,,", "A3"),
    ],
)
def test_an_entry_at_the_end_that_cannot_be_read_is_no_closing_row(row: str, cell: str) -> None:
    made = plan("姓名,应缴,月份,缴纳日期,实缴\n" + TAIL + row + "\n")
    assert [place for place, _ in problems(made)] == [cell]


def test_a_row_that_looks_like_an_end_does_not_hide_the_entries_below_it() -> None:
    made = plan("姓名,应缴,月份,缴纳日期,实缴\n" + TAIL + "审批,,,,\n" + "陆文静,30,2026-02,2026-02-05,\n")
    assert [place for place, _ in problems(made)] == ["A3"]


@pytest.mark.parametrize(
    ("ledger", "whole"),
    [
        (PAID.replace("assessed: 20", "assessed: 【待填】").replace("collector: m002", "collector: 【待填】"), True),
        (HEAD + "  【待填】\n", False),
        (HEAD.replace("members:", "members: 【待填】"), False),
        (HEAD + "  - {member: m001, assessed: 20, paid: 【待填】}\n", False),
        (PAID.replace("2026-01-05", "【待填】"), False),
        (PAID.replace("-05}", "-05, amount: 【待填】}"), False),
        (PAID.replace("year: 2026", "year: 【待填】"), False),
    ],
)
def test_a_draft_is_filled_in_where_only_amounts_and_the_collector_are_open(ledger: str, whole: bool) -> None:
    made = plan(HEADS + "m001,20,2026-02,2026-02-05,\n", ledger, collector="m002")
    if whole:
        assert "assessed: 20" in written(made)
    else:
        assert problems(made) == [("C2", f"{LEDGER} has problems of its own.")]

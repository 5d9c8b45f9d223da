"""Dues ledgers as branches keep them, each with a habit of its own, and what the record says once they are imported."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import ZipFile

import xlsxwriter  # type: ignore[import-untyped]

from tests.support.workbooks import SHEET, book, with_parts

if TYPE_CHECKING:
    from collections.abc import Callable

Rows = list[list[Any]]
Ledger = dict[str, tuple[Any, dict[str, Any]]]
MONTHS = [f"{number}月" for number in range(1, 13)]
FIRST, SECOND, THIRD = "沈怀远", "陆文静", "顾明朗"


class RealSheet(NamedTuple):
    """A sheet: ``file`` is its name, ``filled`` what people know of the words in capitals of the advised command.

    ``ledger`` has by member the assessed amount and by month the payments: a day, or a day and an amount.
    """

    file: str
    raw: Callable[[], bytes]
    ledger: Ledger
    filled: tuple[tuple[str, str], ...] = ()
    drafted: bool = False
    notes: tuple[str, ...] = ()


def _write(fill: Callable[[Any, Any], None]) -> bytes:
    """Return a workbook that XlsxWriter writes."""
    out = BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    fill(made, made.add_worksheet("党费"))
    made.close()
    return out.getvalue()


def _due_beside_paid() -> bytes:
    return book(
        [
            ["序号", "姓名", "应缴金额", "实缴金额", "月份", "缴纳日期"],
            [1, FIRST, 20, 20, "2026年1月", "2026.1.5"],
            [2, SECOND, 30, 15, "2026年1月", "2026.1.6"],
        ]
    )


def _due_of_the_year() -> bytes:
    return book(
        [
            ["姓名", "缴纳标准（元/月）", "全年应缴", "所属月份", "缴费时间", "本次实缴"],
            [FIRST, 20, 240, "2026-01", "2026/1/5", None],
            [SECOND, 30, 360, "2026-01", "2026/1/6", None],
        ]
    )


def _amounts_under_months() -> bytes:
    rows: Rows = [
        ["2026年度党费收缴台账"],
        ["序号", "姓名", "月党费", *MONTHS, "合计"],
        [1, FIRST, 20, 20, 20, *[None] * 10, 40],
        [2, SECOND, 30, 30, 15, *[0] * 10, 45],
        ["合计", "2人", 50, 50, 35, *[0] * 10, 85],
    ]
    return book(rows, lambda sheet: sheet.merge_cells("A1:P1"))


def _ticks_and_a_row_of_days() -> bytes:
    return book(
        [
            ["青禾精工党支部2026年党费交纳登记表"],
            ["姓名", "月标准", "1月", "2月", "3月"],
            ["收缴日期", None, "2026-01-05", "2026-02-06", None],
            [FIRST, 20, "√", "√", None],
            [SECOND, 30, "√", None, None],
        ]
    )


def _amount_and_day_under_each_month() -> bytes:
    rows: Rows = [
        ["2026年党费"],
        ["姓名", "月交标准", "1月", None, "2月", None, "备注"],
        [None, None, "金额", "日期", "金额", "日期", None],
        [FIRST, 20, 20, "2026-01-05", 20, "2026-02-06", None],
        [SECOND, 30, 15, "2026-01-07", None, None, "在外"],
    ]

    def merge(sheet: Any) -> None:
        for cells in ("A1:G1", "A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:G3"):
            sheet.merge_cells(cells)

    return book(rows, merge)


def _month_in_the_title() -> bytes:
    rows: Rows = [
        ["青禾精工党支部2026年3月份党费收缴表"],
        ["收缴日期：2026年3月5日"],
        ["姓名", "应缴", "实缴", "签名"],
        [FIRST, 20, 20, None],
        [SECOND, 30, 15, None],
    ]
    return book(rows, lambda sheet: sheet.merge_cells("A1:D1"))


def _month_nowhere() -> bytes:
    return book([["姓名", "应缴党费", "实缴党费"], [FIRST, 20, 20], [SECOND, 30, 15]])


def _months_by_format() -> bytes:
    def fill(made: Any, sheet: Any) -> None:
        number, month = made.add_format({"num_format": '0"月"'}), made.add_format({"num_format": 'yyyy"年"m"月"'})
        built_in, day = made.add_format({"num_format": 57}), made.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["2026年度"])
        sheet.write_row(1, 0, ["姓名", "月标准"])
        sheet.write_number(1, 2, 1, number)
        sheet.write_datetime(1, 3, date(2026, 2, 15), month)
        sheet.write_datetime(1, 4, date(2026, 3, 9), built_in)
        for row, (name, amount) in enumerate(((FIRST, 20), (SECOND, 30)), 2):
            sheet.write_row(row, 0, [name, amount])
        for column, paid in enumerate((date(2026, 1, 5), date(2026, 2, 6), date(2026, 3, 5)), 2):
            sheet.write_datetime(2, column, paid, day)

    return _write(fill)


def _days_with_weekdays() -> bytes:
    return book(
        [
            ["姓名", "应缴", "交费月份", "交费日期"],
            [FIRST, 20, "2026-03", "2026-3-5 周四"],
            [SECOND, 30, "2026-03", "2026年3月6日 （星期五）"],
        ]
    )


def _eight_digits() -> bytes:
    def fill(made: Any, sheet: Any) -> None:
        day = made.add_format({"num_format": "yyyy/m/d"})
        sheet.write_row(0, 0, ["姓名", "应缴", "月份", "缴纳日期"])
        for row, (name, amount, paid) in enumerate(((FIRST, 20, 20260105), (SECOND, 30, 20260106)), 1):
            sheet.write_row(row, 0, [name, amount, "2026-01"])
            sheet.write_number(row, 3, paid, day)

    return _write(fill)


def _drop_downs() -> bytes:
    def fill(made: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["姓名", "应缴", "月份", "缴纳日期", "原因"])
        sheet.write_row(1, 0, [FIRST, 20, "2026-01", "2026-01-05"])
        sheet.write_row(2, 0, [SECOND, 30, "2026-01", "2026-01-06", "病假"])
        made.add_worksheet("选项").write_column(0, 0, ["病假", "休假"])
        made.define_name("原因表", "=选项!$A$1:$A$2")
        sheet.data_validation("E2:E99", {"validate": "list", "source": "=选项!$A$1:$A$2"})

    raw = _write(fill)
    with ZipFile(BytesIO(raw)) as opened:
        text = opened.read(SHEET).decode()
    space = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    drop_down = (
        f'<extLst><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" xmlns:x14="{space}">'
        '<x14:dataValidations count="1" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        '<x14:dataValidation type="list"><x14:formula1><xm:f>选项!$A$1:$A$2</xm:f></x14:formula1>'
        "<xm:sqref>E2:E9</xm:sqref>"
        "</x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"
    )
    return with_parts({SHEET: text.replace("</worksheet>", drop_down)}, raw)


def make_strict(raw: bytes) -> bytes:
    """Return a workbook with the names of Strict Open XML (ECMA-376, part 1), as Excel saves it."""
    names = {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
            "http://purl.oclc.org/ooxml/officeDocument/relationships"
        ),
        "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": (
            "http://purl.oclc.org/ooxml/officeDocument/extendedProperties"
        ),
        "http://schemas.openxmlformats.org/drawingml/2006/main": "http://purl.oclc.org/ooxml/drawingml/main",
    }
    parts = {}
    with ZipFile(BytesIO(raw)) as opened:
        for name in opened.namelist():
            text = opened.read(name).decode()
            for usual, strict in names.items():
                text = text.replace(usual, strict)
            parts[name] = text
    return with_parts(parts, raw)


def _strict() -> bytes:
    def day(sheet: Any) -> None:
        sheet["D2"] = date(2026, 1, 5)
        sheet.parent.iso_dates = True

    rows: Rows = [["姓名", "应缴", "月份", "缴纳日期"], [FIRST, 20, "2026-01"], [SECOND, 30, "2026-01", "2026-01-06"]]
    return make_strict(book(rows, day))


def _closing_rows() -> bytes:
    rows: Rows = [
        ["序号", "姓名", "应缴", "月份", "缴纳日期"],
        [1, FIRST, 20, "2026-01", "2026-01-05"],
        [2, SECOND, 30, "2026-01", "2026-01-06"],
        [None, "以下空白", None, None, None],
        ["合计", "2人", 50, None, None],
        ["累计", None, 50, None, None],
        ["合计（大写）", None, "伍拾元整", None, None],
        ["审批", "王书记", None, "经办", "李四"],
        ["（盖章）", None, None, None, "2026年1月31日"],
        ["第1页 共1页", None, None, None, None],
    ]
    return book(rows, lambda sheet: sheet.merge_cells("A7:B7"))


def _another_amount_from_march() -> bytes:
    return book(
        [
            ["姓名", "核定月交数额", "月份", "交纳日期", "数额"],
            [FIRST, 20, "2026-01", "2026-01-05", 20],
            [FIRST, 20, "2026-02", "2026-02-05", "20.00元"],
            [FIRST, 12.5, "2026-03", "2026-03-05", 12.5],
            [SECOND, 30, "2026-01", "2026-01-06", 15],
            [SECOND, 30, "2026-01", "2026-01-16", 15],
        ]
    )


def _days_under_months() -> bytes:
    return book(
        [
            ["党员姓名", "核定党费", *MONTHS],
            [FIRST, 20, "2026.1.5", "2026.2.5", *["/"] * 10],
            [SECOND, 30, "2026.1.6", *[None] * 11],
            [THIRD, 40, *[None] * 12],
        ]
    )


BOTH = {"m001": (20, {"2026-01": "2026-01-05"}), "m002": (30, {"2026-01": "2026-01-06"})}
COLLECTOR = (("ID", "m002"),)
_LESS: Ledger = {"m001": (20, {"2026-03": "2026-03-05"}), "m002": (30, {"2026-03": ("2026-03-05", 15)})}
REAL_SHEETS = {
    "due beside paid": RealSheet(
        "党费.xlsx", _due_beside_paid, {**BOTH, "m002": (30, {"2026-01": ("2026-01-06", 15)})}, COLLECTOR
    ),
    "due of the year": RealSheet("党费.xlsx", _due_of_the_year, BOTH, COLLECTOR),
    "amounts under months": RealSheet(
        "台账.xlsx",
        _amounts_under_months,
        {
            "m001": (20, {"2026-01": "2026-01-05", "2026-02": "2026-02-06"}),
            "m002": (30, {"2026-01": "2026-01-05", "2026-02": ("2026-02-06", 15)}),
        },
        (*COLLECTOR, ("2026-01=DAY", "2026-01=2026-01-05"), ("2026-02=DAY", "2026-02=2026-02-06")),
        notes=("合计",),
    ),
    "ticks and a row of days": RealSheet(
        "登记表.xlsx",
        _ticks_and_a_row_of_days,
        {
            "m001": (20, {"2026-01": "2026-01-05", "2026-02": "2026-02-06"}),
            "m002": (30, {"2026-01": "2026-01-05"}),
        },
        COLLECTOR,
    ),
    "amount and day under each month": RealSheet(
        "党费.xlsx",
        _amount_and_day_under_each_month,
        {
            "m001": (20, {"2026-01": "2026-01-05", "2026-02": "2026-02-06"}),
            "m002": (30, {"2026-01": ("2026-01-07", 15)}),
        },
        COLLECTOR,
    ),
    "month in the title": RealSheet("3月.xlsx", _month_in_the_title, _LESS, COLLECTOR, notes=("2026-03",)),
    "month nowhere": RealSheet(
        "收缴表.xlsx", _month_nowhere, _LESS, (*COLLECTOR, ("MONTH", "2026-03"), ("DAY", "2026-03-05"))
    ),
    "months by format": RealSheet(
        "党费.xlsx",
        _months_by_format,
        {
            "m001": (20, {"2026-01": "2026-01-05", "2026-02": "2026-02-06", "2026-03": "2026-03-05"}),
            "m002": (30, {}),
        },
        COLLECTOR,
    ),
    "days with weekdays": RealSheet(
        "党费.xlsx",
        _days_with_weekdays,
        {"m001": (20, {"2026-03": "2026-03-05"}), "m002": (30, {"2026-03": "2026-03-06"})},
        COLLECTOR,
    ),
    "eight digits": RealSheet("党费.xlsx", _eight_digits, BOTH, COLLECTOR),
    "drop-downs": RealSheet("党费.xlsx", _drop_downs, BOTH, COLLECTOR),
    "strict": RealSheet("党费.xlsx", _strict, BOTH, COLLECTOR),
    "closing rows": RealSheet(
        "党费.xlsx",
        _closing_rows,
        BOTH,
        COLLECTOR,
        notes=("以下空白", "合计", "累计", "合计（大写）", "审批", "（盖章）", "第1页 共1页"),
    ),
    "another amount from March": RealSheet(
        "党费.xlsx",
        _another_amount_from_march,
        {
            "m001": (20, {"2026-01": "2026-01-05", "2026-02": "2026-02-05", "2026-03": "2026-03-05"}),
            "m002": (30, {"2026-01": [("2026-01-06", 15), ("2026-01-16", 15)]}),
        },
        COLLECTOR,
    ),
    "a draft of new dues": RealSheet(
        "党费2026.xlsx",
        _days_under_months,
        {
            "m001": (20, {"2026-01": "2026-01-05", "2026-02": "2026-02-05"}),
            "m002": (30, {"2026-01": "2026-01-06"}),
            "m003": (40, {}),
        },
        (("YEAR", "2026"),),
        drafted=True,
    ),
}

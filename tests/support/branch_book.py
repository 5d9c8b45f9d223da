"""The workbook of a fictional branch of 24 members, as its secretary filled it in."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

if TYPE_CHECKING:
    from pathlib import Path

FACTS: tuple[Any, ...] = ("青禾精工有限公司党支部", "云栖镇党委", "2015年6月1日", date(2026, 10, 1), "2025.3.15")
COMMITTEE = {
    "书记": "夏铁军",
    "副书记": "郑浩然",
    "组织委员": "魏少华",
    "宣传委员": "扎西．多吉",
    "纪检委员": "欧阳长庚",
}
GROUPS = {"第一党小组": "何䶮", "第二党小组": "许㛃", "第三党小组": "孙家骏"}
NAMES = (
    "夏铁军", "郑浩然", "魏少华", "扎西·多吉", "欧阳长庚", "孙家骏", "何䶮", "许㛃", "梁安", "陆文静", "方𬭎", "白芷兰",
    "彭凌霜", "黎福来", "朱䶮", "李大勇", "王一一", "马晓东", "周立言", "吴青", "沈若水", "韩雪松", "唐云飞", "邓小满",
)  # fmt: skip


def fill_in(path: Path) -> Path:
    """Fill in the workbook that ``init --workbook`` wrote."""
    book: Any = load_workbook(path)
    branch, committee, groups, roster = book.worksheets
    for row, value in enumerate(FACTS, 2):
        branch.cell(row, 2).value = value
    for cells, (post, name) in zip(committee.iter_rows(min_row=3), COMMITTEE.items(), strict=False):
        # The posts stand there in this order, in the language in which the workbook was written.
        cells[1].value, cells[2].value = post, name
    for row, (group, leader) in enumerate(GROUPS.items(), 3):
        groups.cell(row, 2).value, groups.cell(row, 3).value = group, leader
    for number, name in enumerate(NAMES):
        values: list[Any] = [name, date(2001 + number % 20, 6, 1), date(2002 + number % 20, 6, 1), "正式党员",
                             list(GROUPS)[number % 3]]  # fmt: skip
        if number == len(NAMES) - 1:
            values[1:4] = ["2026-07-01", None, "预备党员"]
        for at, value in enumerate(values, 2):
            roster.cell(number + 3, at).value = value
    out = BytesIO()
    book.save(out)
    path.write_bytes(out.getvalue())
    return path


_NATIONAL_HEADS = (
    "序号", "姓名", "性别", "出生日期", "加入党组织日期", "转为正式党员日期", "人员类别", "党籍状态", "所在党小组",
    "党内职务",
)  # fmt: skip


def fill_in_messily(path: Path) -> Path:
    """Fill in the workbook, and put in the place of its roster that of the national system, as people keep it.

    Months without a day, days in four notations, dots of other kinds, numbers and posts beside names, a category for
    people who are no members yet, sums, signatures and a seal below.
    """
    book: Any = load_workbook(fill_in(path))
    del book[book.sheetnames[3]]
    sheet = book.create_sheet("党员信息采集表")
    sheet.append(["中国共产党党员信息采集表"])
    sheet.merge_cells("A1:J1")
    sheet.append(["填报单位：青禾精工有限公司党支部", None, None, None, None, None, None, "填报时间：2026.11.20"])
    sheet.append(list(_NATIONAL_HEADS))
    for number, name in enumerate(NAMES):
        year, group = 2001 + number % 20, list(GROUPS)[number % 3]
        notations = (
            f"{year}.06",
            f"{year}年6月",
            f"{year}0612",
            f"{year}-6-12 00:00:00",
            date(year, 6, 12),
            f"{year}06",
        )
        written = {1: f"2.{name}", 3: name.replace("·", "．"), 0: f"{name}（书记）"}.get(number, name)
        row = [number + 1, written, "男女"[number % 2], f"{year - 25}.01", notations[number % 6],
               f"{year + 1}.06", "正式党员", "正常", group[:-3] + "小组", None]  # fmt: skip
        if number == len(NAMES) - 1:
            row[4:8] = ["2026-07-01", None, "预备党员", "正常"]
        sheet.append(row)
    sheet.append([25, "宁远", "男", "1999.03", None, None, "入党积极分子", None, None, None])
    sheet.append([None, "合计", "24人"])
    sheet.append(["以下空白"])
    sheet.append(["填表人：郑浩然", None, None, None, "审核人：", None, None, "（盖章）"])
    book.save(path)
    return path

"""The columns of the sheets that are exported and imported, and the codes in them: one list for both directions."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.model.message import Bilingual
from dangwu.model.record import GENERAL_MEETING, MEETING_KINDS
from dangwu.model.schema_node import find_node, read_code_word, read_node_title

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dangwu.model.kind import FieldPath, Kind


class CellType(StrEnum):
    """The type of a column's cells."""

    TEXT = "text"
    ID = "id"
    NAME = "name"
    GROUP = "group"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    NUMBER = "number"
    MONEY = "money"
    CODE = "code"


class SheetColumn(NamedTuple):
    """A column with its machine name. ``place`` is the kind and field whose schema has the words of its codes.

    A ``needed`` column must be in an imported sheet. ``others`` are heads that branches use in sheets of their own; a
    unit behind them, and 缴 for 交, need not be listed. ``unlike`` are words that make a head something else: it is
    never proposed as this column.
    """

    key: str
    title: Bilingual
    form: CellType = CellType.TEXT
    needed: bool = False
    place: tuple[str, FieldPath] | None = None
    takes_month: bool = False
    others: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()


_ID_HEADS = ("编号", "ID", "党员ID", "党员号")
_NAME_HEADS = ("党员姓名", "名字")
_GROUP_HEADS = ("小组", "所在党小组", "所在小组", "党小组编号", "group", "Group id")
_ID_COLUMN = SheetColumn("member", Bilingual("党员编号", "Member id"), CellType.ID, needed=True, others=_ID_HEADS)
_NAME_COLUMN = SheetColumn("name", Bilingual("姓名", "Name"), CellType.NAME, others=_NAME_HEADS)

MEMBER_COLUMNS = (
    SheetColumn("id", Bilingual("党员编号", "Member id"), CellType.ID, others=_ID_HEADS),
    SheetColumn("name", Bilingual("姓名", "Name"), CellType.NAME, needed=True, others=_NAME_HEADS),
    SheetColumn(
        "joined_on",
        Bilingual("入党日期", "Joined the Party on"),
        CellType.DAY,
        takes_month=True,
        others=("入党时间", "入党年月日", "入党年月", "加入党组织日期", "加入党组织时间", "加入中共组织日期"),
    ),
    SheetColumn(
        "converted_on",
        Bilingual("转正日期", "Became a full member on"),
        CellType.DAY,
        takes_month=True,
        others=("转正时间", "转正年月", "转为正式党员日期", "转为正式党员时间", "成为正式党员日期"),
    ),
    SheetColumn(
        "status",
        Bilingual("状态", "Status"),
        CellType.CODE,
        place=("member", ("status", None, "status")),
        others=("党员状态", "在本支部的状态", "人员类别", "党员类别", "党员类型"),
    ),
    SheetColumn(
        "status_from",
        Bilingual("状态起始日期", "Status from"),
        CellType.DAY,
        others=("状态起始时间", "状态日期", "状态开始日期"),
    ),
    SheetColumn("group", Bilingual("党小组", "Party group"), CellType.GROUP, others=_GROUP_HEADS),
    SheetColumn(
        "group_from",
        Bilingual("编入小组日期", "In the group from"),
        CellType.DAY,
        others=("编入小组时间", "编入党小组日期"),
    ),
    SheetColumn(
        "post",
        Bilingual("党内职务", "Post in the branch"),
        others=("党内职务名称", "支部职务", "党支部职务", "支委职务", "现任党内职务", "担任党内职务"),
    ),
    SheetColumn(
        "post_from", Bilingual("任职日期", "In the post from"), CellType.DAY, others=("任职时间", "任党内职务日期")
    ),
    SheetColumn("membership", Bilingual("党籍状态", "State of membership"), others=("党籍",)),
)
"""The roster (form 2.8) on the as-of day; ``export`` writes it up to the group. A new member gets an id where none is
given, and what has no column follows from the other ones or from branch.yaml.
"""

_ASSESSED_HEADS = (
    *(
        "核定月交数额",
        "核定数额",
        "核定金额",
        "核定党费",
        "核定标准",
        "月交数额",
        "月交金额",
        "月交党费",
        "月交标准",
        "月标准",
    ),
    *(
        "月党费",
        "月应交",
        "月应交数额",
        "月应交金额",
        "月应交党费",
        "每月应交",
        "每月应交党费",
        "应交",
        "应交数",
        "应交数额",
    ),
    *(
        "应交金额",
        "应交党费",
        "应交党费金额",
        "交纳标准",
        "交费标准",
        "党费标准",
        "党费交纳标准",
        "月交纳标准",
        "Assessed",
    ),
)
"""Heads of the amount due a month; what is due is never read as what was paid."""
_PAID_HEADS = (
    *(
        "数额",
        "金额",
        "交纳数额",
        "交纳金额",
        "交费金额",
        "交纳党费",
        "实交",
        "实交数",
        "实交数额",
        "实交金额",
        "实交党费",
    ),
    *("实际交纳", "实际交纳金额", "实收", "实收数额", "实收金额", "实收党费", "已交", "已交金额", "已交党费", "Amount"),
)
_NO_MONTHLY_AMOUNT = (
    *("年", "季", "累计", "合计", "总", "欠", "补", "预交", "工资", "基数", "收入", "比例", "year", "quarter", "total"),
    *("arrears", "salary"),
)
"""Words of heads whose amounts are not those of one month, or not of dues."""

DUES_COLUMNS = (
    _ID_COLUMN,
    _NAME_COLUMN,
    SheetColumn(
        "assessed",
        Bilingual("核定月交数额（元）", "Assessed a month, yuan"),
        CellType.MONEY,
        others=_ASSESSED_HEADS,
        unlike=("实", "已", "收", *_NO_MONTHLY_AMOUNT),
    ),
    SheetColumn(
        "month",
        Bilingual("月份", "Month"),
        CellType.MONTH,
        needed=True,
        others=("交纳月份", "交费月份", "所属月份", "党费月份", "党费所属月份", "所属期"),
    ),
    SheetColumn(
        "date",
        Bilingual("交纳日期", "Paid on"),
        CellType.DAY,
        others=("交费日期", "交纳时间", "交费时间", "收交日期", "收交时间", "交款日期", "收款日期", "日期", "Date"),
        unlike=("入党", "转正", "出生", "核定", "调整", "批准", "填表", "制表"),
    ),
    SheetColumn(
        "amount",
        Bilingual("数额（足额不填）", "Amount, if not the whole"),
        CellType.MONEY,
        others=_PAID_HEADS,
        unlike=("应", "标准", "核定", "定额", "月党费", "未", *_NO_MONTHLY_AMOUNT),
    ),
    SheetColumn(
        "reason",
        Bilingual("原因", "Reason"),
        CellType.CODE,
        place=("dues", ("members", None, "paid", None, "reason")),
        others=("未足额原因", "原因代码"),
    ),
)
"""The dues ledger (form 2.7), one row for each payment."""

ATTENDANCE_COLUMNS = (
    SheetColumn(
        "date",
        Bilingual("会议日期", "Day of the meeting"),
        CellType.DAY,
        needed=True,
        others=("日期", "会议时间", "开会日期"),
    ),
    SheetColumn(
        "kind",
        Bilingual("会议种类", "Kind of meeting"),
        CellType.CODE,
        needed=True,
        others=("会议类型", "会议", "会议名称"),
    ),
    SheetColumn("group", Bilingual("党小组", "Party group"), CellType.GROUP, others=_GROUP_HEADS),
    _ID_COLUMN,
    _NAME_COLUMN,
    SheetColumn(
        "attendance",
        Bilingual("出勤", "Attendance"),
        CellType.CODE,
        needed=True,
        others=("出勤情况", "到会情况", "出席情况", "考勤"),
    ),
    SheetColumn(
        "reason",
        Bilingual("请假事由", "Reason of leave"),
        CellType.CODE,
        place=("general-meeting", ("leave", None, "reason")),
        others=("请假原因", "事由"),
    ),
    SheetColumn(
        "approved_by",
        Bilingual("批准人编号", "Approved by (id)"),
        CellType.ID,
        others=("批准人", "准假人", "Approved by"),
    ),
)
"""The attendance book (form 2.2), one row for each member at each meeting."""

TARGET_COLUMNS = (
    SheetColumn("year", Bilingual("年度", "Year"), CellType.YEAR, needed=True, others=("年份", "年")),
    _ID_COLUMN,
    _NAME_COLUMN,
    SheetColumn("post", Bilingual("岗位", "Post"), others=("工作岗位", "所在岗位")),
    SheetColumn(
        "head",
        Bilingual("目标类别", "Head"),
        CellType.CODE,
        needed=True,
        place=("target", ("items", None, "head")),
        others=("类别", "方面", "目标方面"),
    ),
    SheetColumn("item", Bilingual("内容", "Item"), needed=True, others=("目标内容", "目标", "具体内容")),
    SheetColumn("points", Bilingual("分值", "Points"), CellType.NUMBER, needed=True, others=("分数", "满分")),
)
"""Members' targets (form 2.6), one row for each item."""

SHEET_COLUMNS: Mapping[str, tuple[SheetColumn, ...]] = {
    "members": MEMBER_COLUMNS,
    "dues": DUES_COLUMNS,
    "attendance": ATTENDANCE_COLUMNS,
    "targets": TARGET_COLUMNS,
}
PRESENT, LEAVE, ABSENT = ATTENDANCE_CODES = ("present", "leave", "absent")
"""The lists of a meeting's record, whose titles are the words of the column ``attendance``."""


def find_column_codes(
    column: SheetColumn, schema: Callable[[str], Mapping[str, Any]], kinds: Mapping[str, Kind]
) -> Mapping[str, Bilingual]:
    """Return the words of a column's codes in the order of the schema; ``schema`` returns the schema of a kind.

    No two codes of a column have the same word in either language.
    """
    if column.key == "kind":
        return {kind: kinds[kind].title for kind in MEETING_KINDS if kind in kinds}
    if column.key == "attendance":
        meeting = schema(GENERAL_MEETING)
        return {code: read_node_title(find_node(meeting, (code,)), code) for code in ATTENDANCE_CODES}
    if column.place is None:
        return {}
    node = find_node(schema(column.place[0]), column.place[1])
    return {code: read_code_word(node, code) for code in node.get("enum", ())}

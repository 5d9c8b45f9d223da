"""The columns of the sheets that go out and come back: one list for export and import, so that a round trip fits."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.text import Bilingual

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dangwu.model.kind import Pattern


class Form(StrEnum):
    """What stands in a column."""

    TEXT = "text"
    ID = "id"
    NAME = "name"
    GROUP = "group"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    NUMBER = "number"
    CODE = "code"


class SheetColumn(NamedTuple):
    """A column by its machine name. ``place`` is where the kind's schema has the field, for the words of its codes.

    A ``needed`` column must be in a sheet that is imported; a name is only shown, the id decides.
    """

    key: str
    title: Bilingual
    form: Form = Form.TEXT
    needed: bool = False
    place: tuple[str, Pattern] | None = None


_ID = SheetColumn("member", Bilingual("党员编号", "Member id"), Form.ID, needed=True)
_NAME = SheetColumn("name", Bilingual("姓名", "Name"), Form.NAME)

MEMBERS = (
    SheetColumn("id", Bilingual("党员编号", "Member id"), Form.ID, needed=True),
    SheetColumn("name", Bilingual("姓名", "Name"), Form.NAME, needed=True),
    SheetColumn("joined_on", Bilingual("入党日期", "Joined the Party on"), Form.DAY),
    SheetColumn("converted_on", Bilingual("转正日期", "Became a full member on"), Form.DAY),
    SheetColumn("status", Bilingual("状态", "Status"), Form.CODE, place=("member", ("status", None, "status"))),
    SheetColumn("status_from", Bilingual("状态起始日期", "Status from"), Form.DAY),
    SheetColumn("group", Bilingual("党小组", "Party group"), Form.GROUP),
    SheetColumn("group_from", Bilingual("编入小组日期", "In the group from"), Form.DAY),
)
"""The roster (form 2.8): the state on the as-of day. A new status or group comes with the day from which it holds."""

DUES = (
    _ID,
    _NAME,
    SheetColumn("assessed", Bilingual("核定月交数额（元）", "Assessed a month, yuan"), Form.NUMBER),
    SheetColumn("month", Bilingual("月份", "Month"), Form.MONTH, needed=True),
    SheetColumn("date", Bilingual("交纳日期", "Paid on"), Form.DAY),
    SheetColumn("amount", Bilingual("数额（足额不填）", "Amount, if not the whole"), Form.NUMBER),
    SheetColumn(
        "reason", Bilingual("原因", "Reason"), Form.CODE, place=("dues", ("members", None, "paid", None, "reason"))
    ),
)
"""The dues ledger (form 2.7), one row for each payment."""

ATTENDANCE = (
    SheetColumn("date", Bilingual("会议日期", "Day of the meeting"), Form.DAY, needed=True),
    SheetColumn("kind", Bilingual("会议种类", "Kind of meeting"), Form.CODE, needed=True),
    SheetColumn("group", Bilingual("党小组", "Party group"), Form.GROUP),
    _ID,
    _NAME,
    SheetColumn("attendance", Bilingual("出勤", "Attendance"), Form.CODE, needed=True),
    SheetColumn("reason", Bilingual("请假事由", "Reason of leave"), Form.CODE),
    SheetColumn("approved_by", Bilingual("批准人编号", "Approved by (id)"), Form.ID),
)
"""The attendance book (form 2.2), one row for each member at each meeting."""

TARGETS = (
    SheetColumn("year", Bilingual("年度", "Year"), Form.YEAR, needed=True),
    _ID,
    _NAME,
    SheetColumn("post", Bilingual("岗位", "Post")),
    SheetColumn(
        "head", Bilingual("目标类别", "Head"), Form.CODE, needed=True, place=("target", ("items", None, "head"))
    ),
    SheetColumn("item", Bilingual("内容", "Item"), needed=True),
    SheetColumn("points", Bilingual("分值", "Points"), Form.NUMBER, needed=True),
)
"""Members' targets (form 2.6), one row for each item."""

SHEETS: Mapping[str, tuple[SheetColumn, ...]] = {
    "members": MEMBERS,
    "dues": DUES,
    "attendance": ATTENDANCE,
    "targets": TARGETS,
}

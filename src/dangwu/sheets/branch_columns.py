"""The sheets of a workbook that a branch begins with: the branch, its committee, its Party groups, its roster."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.message import Bilingual
from dangwu.sheets.columns import CellType, SheetColumn

if TYPE_CHECKING:
    from collections.abc import Mapping


class BranchFact(NamedTuple):
    """One line of the branch's sheet: its label, other labels that people use, whether it is a day, an example."""

    title: Bilingual
    example: Bilingual
    is_day: bool = False
    others: tuple[str, ...] = ()


BRANCH_FACTS: Mapping[str, BranchFact] = {
    "name": BranchFact(
        Bilingual("党支部名称", "Name of the branch"),
        Bilingual("青禾精工有限公司党支部", "Qinghe Precision Works Party Branch"),
        others=("支部名称", "名称"),
    ),
    "superior": BranchFact(
        Bilingual("上级党组织", "Party organization above"),
        Bilingual("云栖镇党委", "Yunqi Town Party Committee"),
        others=("上级党组织名称", "上级党委", "隶属党组织"),
    ),
    "founded": BranchFact(
        Bilingual("成立日期", "Founded on"),
        Bilingual("2015-06-01", "2015-06-01"),
        is_day=True,
        others=("支部成立日期", "党支部成立日期", "成立时间", "支部成立时间"),
    ),
    "records_from": BranchFact(
        Bilingual("记录起始日期", "Records are kept from"),
        Bilingual("2026-10-01", "2026-10-01"),
        is_day=True,
        others=("记录从何日起", "从何日起记录"),
    ),
    "term_from": BranchFact(
        Bilingual("本届起始日期", "Term of office from"),
        Bilingual("2025-03-15", "2025-03-15"),
        is_day=True,
        others=("本届选举日期", "本届支委会选举日期", "换届日期", "本届任期起始日期"),
    ),
}
"""What branch.yaml needs beside people. The term of office may be left out."""

COMMITTEE_COLUMNS = (
    SheetColumn(
        "post", Bilingual("职务", "Post"), needed=True, others=("党内职务", "支委职务", "支部职务", "支委会职务")
    ),
    SheetColumn("name", Bilingual("姓名", "Name"), CellType.NAME, needed=True, others=("党员姓名", "名字")),
    SheetColumn("since", Bilingual("任职日期", "In the post from"), CellType.DAY, others=("任职时间",)),
)
GROUP_COLUMNS = (
    SheetColumn("group", Bilingual("党小组", "Party group"), needed=True, others=("党小组名称", "小组", "小组名称")),
    SheetColumn(
        "leader", Bilingual("组长", "Leader"), CellType.NAME, needed=True, others=("党小组组长", "组长姓名", "小组长")
    ),
    SheetColumn("since", Bilingual("成立日期", "Formed on"), CellType.DAY, others=("成立时间", "小组成立日期")),
)

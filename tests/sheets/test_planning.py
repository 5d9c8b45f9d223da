"""Any sheet of payments gives a plan that, once written, says nothing new; what it does not speak of stays."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dangwu.workspace.import_sheet import ImportRequest, plan_import
from dangwu.workspace.load import load_workspace
from tests.support.branches import base_files
from tests.support.memory import MemoryTree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dangwu.model.import_plan import ImportPlan

LEDGER = """\
schema: 1
kind: dues
year: 2026
collector: m001   # 收缴人
members:
  - member: m001
    assessed: 20
    paid:
      - {month: 2026-01, date: 2026-01-05}  # 现金
      - {month: 2026-01, date: 2026-01-06, amount: 5}
      - month: 2026-02
        date: 2026-02-05
  - {member: m002, assessed: 12.5, paid: [{month: 2026-01, date: 2026-01-07}]}
  - member: m003
    assessed: 8
    paid: []
# 到此为止
"""
PATH = "dues/2026.yaml"
IDS = ["m001", "m002", "m003", "m004", "m099"]
Row = dict[str, Any]


def planned(files: Mapping[str, str | bytes], rows: list[Row]) -> ImportPlan:
    heads = ("member", "assessed", "month", "date", "amount", "reason")
    lines = [",".join(heads), *(",".join(str(row.get(key) or "") for key in heads) for row in rows)]
    tree = MemoryTree(files)
    order = ImportRequest(
        sheet="dues",
        name="台账.csv",
        raw="\n".join(lines).encode(),
        as_of=date(2026, 6, 30),
        language="zh",
        collector="m001",
    )
    return plan_import(tree, load_workspace(tree), order)


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "member": st.sampled_from([*IDS[:4] * 3, IDS[4]]),
            "assessed": st.sampled_from([8, 8, 8, None]),
            "month": st.sampled_from(["2026-01", "2026-02", "2026年3月", "2027-01"]),
            "date": st.sampled_from([*["2026-01-05", "2026/2/6", "2026年3月7日"] * 3, None]),
            "amount": st.sampled_from([None, None, 5, "６元"]),
            "reason": st.sampled_from([None, None, "病假"]),
        }
    ),
    max_size=4,
    unique_by=lambda row: (row["member"], row["month"]),
)


@given(ROWS)
@settings(max_examples=80, deadline=None)
def test_a_plan_that_was_written_leaves_nothing_to_do(rows: list[Row]) -> None:
    files: dict[str, str | bytes] = {**base_files(), PATH: LEDGER}
    made = planned(files, rows)
    if made.troubles:
        assert not made.files
        assert all(each.hint is not None for each in made.troubles)
        return
    after = {**files, **{each.path: each.after or b"" for each in made.files}}
    assert bool(made.changes) == bool(made.files)
    again = planned(after, rows)
    assert (again.troubles, again.changes, again.files) == ((), (), ())
    text = after[PATH] if isinstance(after[PATH], str) else after[PATH].decode()  # type: ignore[union-attr]
    assert ("# 收缴人" in text, "  # 现金\n" in text, "# 到此为止\n" in text) == (True, True, True)
    spoken = {row["member"] for row in rows}
    if "m003" not in spoken:
        assert "  - member: m003\n    assessed: 8\n    paid: []\n" in text
    if "m001" not in spoken:
        assert LEDGER.partition("  - {member: m002")[0] in text


def test_the_order_of_rows_does_not_matter() -> None:
    rows: list[Row] = [
        {"member": "m001", "month": "2026-01", "date": "2026-01-05"},
        {"member": "m001", "month": "2026-01", "date": "2026-01-06", "amount": 5},
        {"member": "m001", "month": "2026-02", "date": "2026-02-07"},
        {"member": "m002", "month": "2026-02", "date": "2026-02-05"},
    ]
    files = {**base_files(), PATH: LEDGER}
    made = [planned(files, chosen).files for chosen in (rows, rows[::-1])]
    assert made[0] == made[1]
    text = (made[0][0].after or b"").decode()
    assert "        date: 2026-02-07\n" in text
    assert "paid: [{month: 2026-01, date: 2026-01-07}, {month: 2026-02, date: 2026-02-05}]}" in text

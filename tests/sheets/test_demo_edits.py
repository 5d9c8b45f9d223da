"""Any edits of what a branch exported change exactly those values: all else of every record stays, line by line."""

from __future__ import annotations

import csv
import difflib
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from dangwu.data import resources
from dangwu.files.overlay import OverlayTree
from dangwu.formats.csv import render_csv
from dangwu.language import load_language
from dangwu.model.audience import Audience
from dangwu.sheets.columns import SHEET_COLUMNS
from dangwu.sheets.formula_guard import unguard_formula
from dangwu.sheets.write.registry import build_sheets
from dangwu.sheets.write.sheet import SheetWording
from dangwu.workspace.import_sheet import ImportRequest, plan_import
from dangwu.workspace.load import load_workspace
from tests.support.branches import make_demo
from tests.support.memory import MemoryTree
from tests.support.run import DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dangwu.model.import_plan import ImportPlan
    from dangwu.workspace.workspace import Workspace

Rows = list[dict[str, str]]
AS_OF = date.fromisoformat(DAY)
TIDY = SheetWording(load_language("en"), resources.load_schema, tidy=True)
DAYS = st.dates(date(1995, 1, 1), date(2023, 12, 31)).map(date.isoformat)
WORDS = st.text(st.characters(categories=["L", "N", "P"]) | st.sampled_from("䶮㛃𬭎：，\"'#"), min_size=1, max_size=12)


class Branch:
    """The sample branch in memory, with the sheets that it exports."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.tree = MemoryTree(files)
        self.workspace = load_workspace(self.tree)
        self.sheets = {kind: exported(self.workspace, kind) for kind in SHEET_COLUMNS}

    def plan(self, kind: str, rows: Rows, laid: Mapping[str, bytes]) -> ImportPlan:
        """Plan the import of rows into the branch, with some files in place of its own."""
        tree = OverlayTree(self.tree, laid)
        out = StringIO()
        writer = csv.DictWriter(out, [each.key for each in SHEET_COLUMNS[kind]])
        writer.writeheader()
        writer.writerows(rows)
        order = ImportRequest(
            sheet=kind,
            name="表.csv",
            raw=out.getvalue().encode(),
            as_of=AS_OF,
            language="zh",
        )
        return plan_import(tree, load_workspace(tree, known=self.workspace), order)


def exported(workspace: Workspace, kind: str) -> Rows:
    """Return the rows of a sheet as ``export --tidy`` writes them."""
    (made,) = build_sheets(kind, workspace.report(AS_OF, AS_OF.year, Audience.COMMITTEE), TIDY)
    return list(csv.DictReader(StringIO(render_csv(made, tidy=True).decode())))


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Branch:
    folder = make_demo(tmp_path_factory.mktemp("源") / "支部", "--years", "1", lang="zh").path
    names = (path for path in folder.rglob("*") if path.is_file())
    return Branch(
        {path.relative_to(folder).as_posix(): path.read_bytes() for path in names if ".git" not in path.parts}
    )


def rare(draw: Callable[..., Any], row: dict[str, str]) -> None:
    """Edit a row of the roster."""
    what = draw(st.sampled_from(["name", "joined_on", "converted_on", "status", "group"]))
    if what == "name":
        row["name"] = "㛃" + draw(st.text("䶮𬭎甲乙", min_size=1, max_size=3))
    elif what in {"joined_on", "converted_on"}:
        row[what] = draw(DAYS)
    elif what == "status":
        row["status"], row["status_from"] = "suspended", DAY
    else:
        row["group"], row["group_from"] = "g1" if row["group"] != "g1" else "g2", DAY


def paid(draw: Callable[..., Any], row: dict[str, str]) -> None:
    """Edit a payment."""
    if row["month"]:
        what = draw(st.sampled_from(["date", "amount", "reason"]))
        some: dict[str, st.SearchStrategy[str]] = {
            "date": DAYS.map(lambda day: f"2026{day[4:]}".replace("02-29", "02-28")),
            "amount": st.sampled_from(["1", "12.5", "7.05"]),
            "reason": st.sampled_from(["illness", "other"]),
        }
        row[what] = draw(some[what])


def came(draw: Callable[..., Any], row: dict[str, str]) -> None:
    """Edit who was where."""
    row["attendance"] = draw(st.sampled_from(["present", "leave", "absent"]))
    if row["attendance"] == "leave":
        row["reason"] = "illness"
    else:
        row["reason"] = row["approved_by"] = ""


def aimed(draw: Callable[..., Any], row: dict[str, str]) -> None:
    """Edit an item of somebody's targets."""
    what = draw(st.sampled_from(["item", "points"]))
    row[what] = draw(WORDS) if what == "item" else draw(st.integers(1, 40).map(str))


EDITS: dict[str, Callable[[Callable[..., Any], dict[str, str]], None]] = {
    "members": rare,
    "dues": paid,
    "attendance": came,
    "targets": aimed,
}


def comments(text: str) -> list[str]:
    return sorted(line[line.index("# ") :] for line in text.split("\n") if "# " in line)


@pytest.mark.parametrize("kind", EDITS)
@given(data=st.data())
@settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.generate])
def test_exactly_what_was_edited_changes(branch: Branch, kind: str, data: st.DataObject) -> None:
    rows = [dict(row) for row in branch.sheets[kind]]
    chosen = data.draw(st.lists(st.integers(0, len(rows) - 1), min_size=1, max_size=5, unique=True))
    for at in chosen:
        EDITS[kind](data.draw, rows[at])
    # Rows that are not edited may be missing, and all may stand in any order.
    step = data.draw(st.integers(1, 9))
    sent = [row for at, row in enumerate(rows) if at in chosen or at % step == 0]
    data.draw(st.randoms(use_true_random=False)).shuffle(sent)
    made = branch.plan(kind, sent, {})
    if made.troubles:
        assert not made.files
        assert all(each.hint is not None for each in made.troubles)
        return
    laid = {each.path: each.after or b"" for each in made.files}
    for each in made.files:
        assert each.before == branch.files[each.path]
        few_lines(each.before.decode(), laid[each.path].decode(), sum(one.path == each.path for one in made.changes))
    after = OverlayTree(branch.tree, laid)
    assert by_text(exported(load_workspace(after, known=branch.workspace), kind)) == by_text(rows)
    again = branch.plan(kind, sent, laid)
    assert (again.troubles, again.changes, again.files) == ((), (), ())


def by_text(rows: Rows) -> list[str]:
    """Return the rows in one order, without the apostrophe before what would be a formula."""
    return sorted(str({key: unguard_formula(value) for key, value in row.items()}) for row in rows)


def few_lines(before: str, after: str, changes: int) -> None:
    """A value is a line; who moves from one list to another changes two, and the heads of lists that begin or end."""
    diff = [line for line in difflib.ndiff(before.split("\n"), after.split("\n")) if line[:1] in "+-"]
    assert len([line for line in diff if line[0] == "-"]) <= 3 * changes
    assert len([line for line in diff if line[0] == "+"]) <= 3 * changes
    assert comments(after) == comments(before)
    if before.startswith("---"):
        assert after.partition("\n---\n")[2] == before.partition("\n---\n")[2]

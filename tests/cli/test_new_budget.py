"""What can be worked out is never typed: each kind has a budget of fields, and ``docs/new.md`` tells it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.branches import BASE_DAY
from tests.support.budget import BUDGET, make_desk, page, scaffold, typed
from tests.support.by_hand import data_of
from tests.support.desk import KINDS, LEAN
from tests.support.run import en, zh

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DOCUMENT = Path(__file__).parents[2] / "docs" / "new.md"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_desk(tmp_path_factory.mktemp("budget"))


def test_every_kind_has_a_budget() -> None:
    assert set(BUDGET) == set(KINDS)


@pytest.mark.parametrize("kind", BUDGET)
def test_no_kind_asks_for_more_than_its_budget(desk: Path, kind: str) -> None:
    least, _clause = BUDGET[kind]
    asked = typed(kind, desk)
    assert asked.total <= least, asked
    assert asked.total == least, f"{kind} asks for less than its budget: lower it"


STATED = re.compile(r"(?:approved|decided|reviewed|sent|shown|published|appraised|deployed|self_set)(?:_on|_by|_to)?")
"""Fields of what people did or decided."""
ALWAYS_STATED = {
    "status", "outcome", "state", "grade", "spoke", "self_checks", "ballots", "tally", "statement", "signature",
    "timing", "decision", "measure", "facts", "result", "responsibility",
}  # fmt: skip
SAID = {("excellence-summary", "deployed")}
"""Kind and field that a flag of the leanest record gives."""


def list_stated(value: Mapping[str, Any], at: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the fields that state what people did, with their values."""
    for key, each in value.items():
        place = f"{at}.{key}" if at else key
        if STATED.fullmatch(key) or key in ALWAYS_STATED:
            yield place, each
            continue
        for row in each if isinstance(each, list) else [each]:
            if isinstance(row, dict):
                yield from list_stated(row, place)


def holds_only_blanks(value: Any) -> bool:
    if isinstance(value, dict):
        return all(holds_only_blanks(each) for each in value.values())
    if isinstance(value, list):
        return all(holds_only_blanks(each) for each in value)
    return bool(value == "【待填】")


@pytest.mark.parametrize("place", ["desk", "fresh"])
@pytest.mark.parametrize("kind", BUDGET)
def test_nothing_is_filled_in_that_nobody_stated(desk: Path, kind: str, place: str) -> None:
    """Approvals, decisions, statuses, checks and their days are given or left to write, in a branch new or old."""
    _flags, text = scaffold(kind, desk.parent / place)
    stated = list_stated(data_of("x.md" if text.startswith("---") else "x.yaml", text))
    assert [field for field, each in stated if (kind, field) not in SAID and not holds_only_blanks(each)] == []


@pytest.mark.parametrize(
    ("words", "chair"),
    [(("general-meeting",), "【待填】"), (("group-meeting", "--group", "g1"), "m005")],
)
def test_nobody_is_said_to_have_approved_leave(desk: Path, words: tuple[str, ...], chair: str) -> None:
    """Not the chair, and not the secretary for the chair, who is not said to have chaired from afar either."""
    leave = ("--time", "15:00-16:30", "--leave", "m001:病假", "--leave", "m003：公出")
    data = data_of("x.md", zh("new", *words, *leave, "--dry-run", cwd=desk, as_of=BASE_DAY, code=0).out)
    assert [row["approved_by"] for row in data["leave"]] == ["【待填】", "【待填】"]
    assert data["chair"] == chair


@pytest.mark.parametrize("kind", ["waiver", "accountability"])
def test_a_day_left_to_write_is_not_at_odds_with_the_name(desk: Path, tmp_path: Path, kind: str) -> None:
    """The name has the day of writing until there is a day; a day that differs then is said."""
    folder = shutil.copytree(desk, tmp_path / "r")
    said = zh("new", kind, *LEAN.get(kind, ()), cwd=folder, as_of=BASE_DAY, code=0).err
    path = re.findall(r"[\w./-]+\.yaml", said)[0]
    codes = {
        each["code"] for each in en("check", path, "--format", "json", cwd=folder, as_of=BASE_DAY).json()["findings"]
    }
    assert codes == {"DW502"}


def test_the_document_tells_it(desk: Path) -> None:
    """Write it anew with ``python -m tests.support.budget > docs/new.md``."""
    assert DOCUMENT.read_text(encoding="utf-8") == page(desk)

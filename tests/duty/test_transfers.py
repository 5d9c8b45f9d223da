"""Who comes from another branch owes a target from then on: from which day, with how many months left, and who came."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from dangwu.model.duty import DutyState
from dangwu.workspace.load import load_workspace
from dangwu.workspace.workspace import build_year_span
from tests.support.branches import base_files
from tests.support.memory import MemoryTree

if TYPE_CHECKING:
    from dangwu.model.duty import Duty

DAYS = 60
"""By default a target is due so many days after a transfer."""


def find_target(*status: str, joined: str = "") -> Duty:
    """Return the target of 2026 of a member with such statuses, each written ``day status``."""
    rows = "".join(f"  - {{from: {row.partition(' ')[0]}, status: {row.partition(' ')[2]}}}\n" for row in status)
    joined = f"joined_on: {joined}\n" if joined else ""
    files = base_files()
    files["members/m010.yaml"] = f"schema: 1\nkind: member\nid: m010\nname: 田野\n{joined}status:\n{rows}"
    workspace = load_workspace(MemoryTree(files))
    assert not workspace.reading_findings
    duties = workspace.duties(date(2026, 12, 31), build_year_span(2026))
    (duty,) = (duty for duty in duties if (duty.clause, duty.subject) == ("5.2", "m010"))
    return duty


@pytest.mark.parametrize(
    ("standing", "joined", "came"),
    [
        ("full", "", True),
        ("full", "2010-07-01", True),
        ("probationary", "", False),
        ("probationary", "2026-03-01", True),
        ("probationary", "2026-03-02", False),
        ("probationary", "2026-03-03", False),
        ("probationary", "2026-02", True),
        ("probationary", "2026-03", False),
    ],
)
def test_who_was_in_the_party_before_came_from_another_branch(standing: str, joined: str, *, came: bool) -> None:
    """A probationary member who joined on the day, or of whom no earlier day is known, was admitted here."""
    duty = find_target(f"2026-03-02 {standing}", joined=joined)
    assert (duty.state is DutyState.OVERDUE) is came
    assert (duty.state is DutyState.NOT_APPLICABLE) is not came
    if came:
        assert (duty.opens, duty.due) == (date(2026, 3, 2), date(2026, 3, 2) + timedelta(days=DAYS))


@pytest.mark.parametrize(
    ("day", "opens", "state"),
    [
        ("2025-12-31", "2026-01-01", DutyState.OVERDUE),
        ("2026-01-01", "2026-01-01", DutyState.OVERDUE),
        ("2026-01-02", "2026-01-02", DutyState.OVERDUE),
        ("2026-10-01", "2026-10-01", DutyState.OVERDUE),
        ("2026-10-02", "2026-01-01", DutyState.NOT_APPLICABLE),
    ],
)
def test_a_transfer_counts_from_the_second_day_of_the_year_until_three_months_are_left(
    day: str, opens: str, state: DutyState
) -> None:
    """Who is there on the first day owes it as everybody does, by the end of January."""
    duty = find_target(f"{day} full")
    assert (duty.opens.isoformat(), duty.state) == (opens, state)
    came = date.fromisoformat(day)
    assert duty.due == (came + timedelta(days=DAYS) if opens > "2026-01-01" else date(2026, 1, 31))


@pytest.mark.parametrize(
    ("left", "back", "due"),
    [
        ("2026-01-15", "2026-01-30", "2026-03-31"),
        ("2026-01-15", "2026-02-01", "2026-04-02"),
        ("2026-01-20", "2026-01-31", "2026-04-01"),
        ("2026-02-01", "2026-02-03", "2026-01-31"),
    ],
)
def test_who_owed_it_on_the_due_day_and_comes_back_later_owes_it_as_before(left: str, back: str, due: str) -> None:
    """Whoever is back by the due day, or was away on it, owes it from the return on."""
    duty = find_target("2024-03-01 full", f"{left} transferred", f"{back} full")
    assert (duty.state, duty.due.isoformat()) == (DutyState.OVERDUE, due)


def test_of_two_transfers_the_last_counts() -> None:
    duty = find_target("2026-03-02 full", "2026-04-01 transferred", "2026-05-04 full")
    assert (duty.opens, duty.due) == (date(2026, 5, 4), date(2026, 5, 4) + timedelta(days=DAYS))

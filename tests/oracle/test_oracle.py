"""The tool and the oracle must say the same of any branch on any day."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from oracle.branches import as_of_days, branch, files
from oracle.compare import disagreements, opened, smallest
from oracle.oracle import expected

if TYPE_CHECKING:
    from datetime import date

    from oracle.oracle import Raw

BRANCHES = 200
BATCH = 10
DAYS = 3


@pytest.mark.parametrize("first", range(0, BRANCHES, BATCH))
def test_tool_and_oracle_agree(first: int) -> None:
    for seed in range(first, first + BATCH):
        records, year = branch(seed)
        workspace = opened(records)
        for as_of in as_of_days(seed, year, DAYS):
            differ = disagreements(records, workspace, as_of, year)
            assert not differ, explained(seed, records, as_of, year)


def explained(seed: int, records: dict[str, Raw], as_of: date, year: int) -> str:
    """Return the smallest branch that still shows the first disagreement."""

    def wrong(smaller: dict[str, Raw]) -> bool:
        try:
            return bool(disagreements(smaller, opened(smaller), as_of, year))
        except AssertionError:
            return False

    small = smallest(records, wrong)
    differ = disagreements(small, opened(small), as_of, year)
    said = "\n".join(f"{name}\n  oracle {oracle}\n  tool   {tool}" for name, (oracle, tool) in differ.items())
    written = "\n".join(f"{path}  {json.dumps(data, ensure_ascii=False)}" for path, data in small.items())
    return f"seed {seed}, as of {as_of}\n{said}\n{written}"


def test_a_branch_can_be_had_again() -> None:
    assert files(branch(7)[0]) == files(branch(7)[0])
    assert files(branch(7)[0]) != files(branch(8)[0])


def test_branches_hit_every_state_of_every_clause() -> None:
    seen: Counter[tuple[str, str]] = Counter()
    near = 0
    for seed in range(60):
        records, year = branch(seed)
        for as_of in as_of_days(seed, year, DAYS):
            for name, outcome in expected(records, as_of, year).items():
                seen[name.split("/")[0], outcome.state] += 1
                near += bool(outcome.near_misses)
    states = {"fulfilled", "late", "overdue", "open", "upcoming", "waived", "not-applicable"}
    missing = {(clause, state) for clause in ("3.1", "3.2", "3.3", "3.4") for state in states} - set(seen)
    assert not missing
    assert near > 100

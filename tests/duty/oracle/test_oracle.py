"""The tool and the oracle must say the same of any branch on any day."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.duty.oracle.books import Books
from tests.duty.oracle.branches import as_of_days, branch
from tests.duty.oracle.clauses import AFTER, CLAUSES
from tests.duty.oracle.compare import differing, disagreements, opened, smallest, tool_states
from tests.duty.oracle.oracle import expected_by
from tests.duty.oracle.writing import files

if TYPE_CHECKING:
    from datetime import date

    from tests.duty.oracle.days import Raw
    from tests.duty.oracle.oracle import Outcome

BRANCHES = 120
SEEN = 120
BATCH = 10
DAYS = 3
FEW = 5
# What counts for the period of its own day is late only where an amendment sets an earlier due day: not asked for.
BY_DAY = ("1.4e", "6.3c", "6.4", "6.5", "6.6", "6.8", "8.2(3)", "9.2(4)")


branch_of = cache(branch)


@cache
def answers(seed: int) -> dict[date, dict[str, Outcome]]:
    """Return what the oracle says of a branch on each of its days."""
    records, year = branch_of(seed)
    books = Books(records)
    return {as_of: expected_by(books, as_of, year) for as_of in as_of_days(seed, year, DAYS)}


@pytest.mark.parametrize("first", range(0, BRANCHES, BATCH))
def test_tool_and_oracle_agree(first: int) -> None:
    for seed in range(first, first + BATCH):
        records, year = branch_of(seed)
        workspace = opened(records)
        for as_of, oracle in answers(seed).items():
            differ = list(differing(oracle, tool_states(workspace, as_of, year)))
            assert not differ, explained(seed, records, as_of, year, differ[0])


def explained(seed: int, records: dict[str, Raw], as_of: date, year: int, name: str) -> str:
    """Return the smallest branch that still shows a disagreement on one duty."""

    def wrong(smaller: dict[str, Raw]) -> bool:
        try:
            return name in disagreements(smaller, opened(smaller), as_of, year)
        except (AssertionError, LookupError, ValueError):
            return False

    small = smallest(records, wrong)
    oracle, tool = disagreements(small, opened(small), as_of, year)[name]
    written = "\n".join(f"{path}  {json.dumps(data, ensure_ascii=False)}" for path, data in small.items())
    return f"seed {seed}, as of {as_of}\n{name}\n  oracle {oracle}\n  tool   {tool}\n{written}"


def _clause(name: str) -> str:
    return name.split("/", maxsplit=1)[0]


def test_a_branch_can_be_had_again() -> None:
    assert files(branch(7)[0]) == files(branch(7)[0])
    assert files(branch(7)[0]) != files(branch(8)[0])


def test_branches_hit_every_state_of_every_clause() -> None:
    seen: Counter[tuple[str, str]] = Counter()
    near: Counter[str] = Counter()
    for seed in range(SEEN):
        for oracle in answers(seed).values():
            for name, outcome in oracle.items():
                clause = _clause(name)
                seen[clause, outcome.state] += 1
                near[clause] += bool(outcome.near_misses)
    after = {"fulfilled", "late", "overdue", "open", "waived"}
    periodic = after | {"upcoming", "not-applicable"}
    wanted = {(clause, state) for clause in CLAUSES for state in periodic}
    wanted |= {(clause, state) for clause in AFTER for state in after}
    wanted -= {(clause, "late") for clause in BY_DAY}
    assert wanted - set(seen) == set()
    asked = {clause for clause, rule in CLAUSES.items() if any(proof.must for proof in rule.proofs)}
    assert {clause for clause in asked if near[clause] < FEW} == set()

"""Of random honest histories nothing is told beyond a written table, and no random fake stays silent.

More of them, and figures: ``python tests/bench/honest_and_faked.py``.
"""

from __future__ import annotations

import atexit
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from typing import TYPE_CHECKING

import pytest

from dangwu.workspace.code_list import list_audit_codes
from tests.support import random_histories
from tests.support.gitrepo import GitRepo
from tests.support.plots import judging
from tests.support.plots.fakes import FAKES
from tests.support.run import en

if TYPE_CHECKING:
    from pathlib import Path

HONEST = [f"honest/suite-{number}" for number in range(40)]
FAKED = [f"{kind}/suite-{number}" for kind in FAKES for number in range(2)]


@cache
def _judges() -> ProcessPoolExecutor:
    """Return one process for all histories: each runs the command in it, some hundred times."""
    pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
    atexit.register(pool.shutdown)
    return pool


@pytest.mark.parametrize("name", HONEST)
def test_nobody_honest_is_accused(name: str) -> None:
    verdict = _judges().submit(judging.judge_name, name).result()
    assert not verdict.wrong, f"\n{verdict}"


@pytest.mark.parametrize("name", FAKED)
def test_no_fake_is_silent(name: str) -> None:
    verdict = _judges().submit(judging.judge_name, name).result()
    assert not verdict.wrong, f"\n{verdict}"


def test_the_tables_are_of_what_happens() -> None:
    """Every kind that the sample meets has its row, every row is met, and every fake has one."""
    allowed, faked = judging.load_table("allowed.yaml"), judging.load_table("fakes.yaml")
    assert faked.keys() == FAKES.keys()
    met = {event.kind for number in range(150) for event in random_histories.make(f"kinds-{number}").events}
    assert met == allowed.keys()
    known = {code.id for code in list_audit_codes()}
    rows = (*allowed.values(), *faked.values())
    assert {code for row in rows for code in row["codes"] if row["codes"] != "any"} <= known
    assert all(row["why"] for row in allowed.values())


@pytest.mark.parametrize("name", [*HONEST[:3], "edited in a merge/suite-0", "tag signed by nobody/suite-0"])
def test_a_made_history_is_one_to_git_and_to_the_branch(name: str, tmp_path: Path) -> None:
    """What is written without git is sound to it, and the records are valid to the command."""
    kind, _, seed = name.rpartition("/")
    plot = random_histories.make(seed, None if kind == "honest" else kind)
    again = random_histories.make(seed, None if kind == "honest" else kind)
    assert plot.objects.refs == again.objects.refs
    folder = tmp_path / "库"
    plot.objects.save(folder)
    repo = object.__new__(GitRepo)
    repo.path = folder
    assert repo.git("fsck", "--strict", "--no-dangling") == ""
    assert repo.git("rev-parse", "main") == plot.main.head
    repo.git("reset", "-q", "--hard")
    said = en("check", "--format", "json", cwd=folder / plot.main.prefix, as_of=str(random_histories.AS_OF))
    codes = {each["code"] for each in said.json()["findings"]}
    assert {code for code in codes if code.startswith(("DW0", "DW1"))} <= {"DW003", "DW004"}, codes

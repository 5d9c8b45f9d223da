"""What reading the history costs: ``python tests/bench/history.py [--runs N] [--old SRC]``; the ratios are what counts.

A sample branch of some 10,000 records is recorded in 2,000 commits (and in fewer, to see the growth). Every ratio comes
from paired runs (A B A B) in one process: the one pass over the history against ``git log --name-status`` over the same
history, audit against loading the records alone, and the review of ten records against loading two states. With
``--old`` audit is also run in processes of its own, in turn with that of another build (its folder ``src``).
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from dangwu.data import resources
from dangwu.git.commit_tree import CommitTree
from dangwu.git.create import create_history
from dangwu.git.repository import find_record_root, require_repository
from dangwu.model.audience import Audience
from dangwu.sample import Commit, Size, make_sample
from dangwu.workspace.audit import audit_history
from dangwu.workspace.history import RepositoryHistory
from dangwu.workspace.load import load_workspace
from dangwu.workspace.review import review_change

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

AS_OF = date(2026, 11, 23)
COMMITS = 2000
SIZE = Size(members=250, groups=29, years=8)
TEN = 10


def commits(number: int) -> list[Commit]:
    """Return the sample's history in so many commits, the last one of ten records."""
    schemas = {kind: resources.load_schema(kind) for kind in resources.list_kinds()}
    made = make_sample(SIZE, AS_OF, language="zh", schemas=schemas,
                base=resources.build_template()).commits  # fmt: skip
    early, last = made[:-TEN], made[-TEN:]
    step = -(-len(early) // (number - 1))
    parts = [early[at : at + step] for at in range(0, len(early), step)]
    return [_joined(each) for each in (*parts, last)]


def _joined(several: Sequence[Commit]) -> Commit:
    changes = {path: raw for each in several for path, raw in each.changes.items()}
    last = several[-1]
    return Commit(last.when + timedelta(seconds=1), last.author, last.email, last.message, changes)


def paired(one: Callable[[], object], other: Callable[[], object], runs: int) -> tuple[float, float, float]:
    """Return the medians of both in seconds and the median of the ratios, after one uncounted pair."""
    pairs = [(_timed(one), _timed(other)) for _ in range(runs + 1)][1:]
    return (
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(a / b for a, b in pairs),
    )


def _timed(work: Callable[[], object]) -> float:
    gc.collect()
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--old", type=Path, help="the folder src of the build to compare with")
    words = parser.parse_args()
    runs = words.runs
    # As the command does, for the reason given there.
    gc.disable()
    print(f"{'figure':<58}{'seconds':>9}{'other':>9}{'ratio':>8}")
    every = commits(COMMITS)
    with tempfile.TemporaryDirectory() as scratch:
        for number in (COMMITS // 4, COMMITS // 2, COMMITS):
            folder = Path(scratch) / str(number)
            create_history(folder, every[:number], hooks={})
            _history(folder, runs)
            _audit(folder, runs)
        if words.old:
            _against(folder, words.old, runs)
        _whole(folder, runs)


def _history(folder: Path, runs: int) -> None:
    repository = require_repository(find_record_root(folder))
    past = RepositoryHistory(repository)
    log = ["git", "-C", str(folder), "log", "--name-status"]
    name = f"history, {len(past.graph.commits)} commits, {len(past.lives.every)} records, against git log"
    _line(
        name,
        *paired(
            lambda: RepositoryHistory(repository), lambda: subprocess.run(log, capture_output=True, check=True), runs
        ),
    )


def _audit(folder: Path, runs: int) -> None:
    repository = require_repository(find_record_root(folder))
    head = RepositoryHistory(repository).graph.commits[-1].id
    number = len(RepositoryHistory(repository).graph.commits)
    _line(f"audit, {number} commits, against loading the records", *paired(
        lambda: audit_history(RepositoryHistory(repository), AS_OF),
        lambda: load_workspace(CommitTree(repository, head)), runs))  # fmt: skip


def _against(folder: Path, old: Path, runs: int) -> None:
    def audited(source: Path) -> None:
        words = [sys.executable, "-m", "dangwu", "--as-of", AS_OF.isoformat(), "audit", "--format", "json"]
        surroundings = {**os.environ, "PYTHONPATH": str(source.resolve())}
        subprocess.run(words, cwd=folder, env=surroundings, capture_output=True, check=False)

    own = Path(__file__).parents[2] / "src"
    _line(f"audit as a command, against {old}", *paired(lambda: audited(own), lambda: audited(old), runs))


def _whole(folder: Path, runs: int) -> None:
    repository = require_repository(find_record_root(folder))
    past = RepositoryHistory(repository)
    head, before = past.graph.commits[-1].id, past.graph.commits[-2].id

    def states() -> None:
        load_workspace(CommitTree(repository, before))
        load_workspace(CommitTree(repository, head))

    def judged() -> None:
        for each in (before, head):
            load_workspace(CommitTree(repository, each)).run_checks(AS_OF)

    def reviewed() -> None:
        review_change(RepositoryHistory(repository), before, AS_OF, Audience.COMMITTEE)

    _line("review of ten records, against loading both states", *paired(reviewed, states, runs))
    _line("review of ten records, against loading and checking both", *paired(reviewed, judged, runs))


def _line(name: str, mine: float, other: float, ratio: float) -> None:
    print(f"{name:<58}{mine:>9.3f}{other:>9.3f}{ratio:>8.2f}", flush=True)


if __name__ == "__main__":
    main()

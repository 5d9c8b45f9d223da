"""The tool's answers in the oracle's terms, and what is left of a branch when a disagreement is cut down."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from dangwu.model.audience import Audience
from dangwu.workspace.load import load_workspace
from dangwu.workspace.workspace import build_year_span
from tests.duty.oracle.oracle import Outcome, expected
from tests.duty.oracle.writing import files
from tests.support.memory import MemoryTree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from dangwu.workspace.workspace import Workspace
    from tests.duty.oracle.days import Raw


def opened(records: dict[str, Raw]) -> Workspace:
    """Read the records as the tool does; every one of them must have the shape of its kind."""
    workspace = load_workspace(MemoryTree(files(records)))
    assert workspace.reading_findings == ()
    return workspace


def tool_states(workspace: Workspace, as_of: date, year: int) -> dict[str, Outcome]:
    """Return every duty instance as the tool sees it, by id; those who handle confidential files see all."""
    duties = workspace.due(as_of, build_year_span(year), Audience.HANDLERS).duties
    found = {
        duty.id: Outcome(
            duty.state.value,
            tuple(sorted((evidence.path, evidence.held_on) for evidence in duty.evidence)),
            tuple(sorted(near.path for near in duty.near_misses)),
            duty.due,
        )
        for duty in duties
    }
    assert len(found) == len(duties), "an id stands twice"
    return found


def disagreements(
    records: dict[str, Raw], workspace: Workspace, as_of: date, year: int
) -> dict[str, tuple[Outcome | None, Outcome | None]]:
    """Return, by duty, what the oracle and what the tool says, where they differ."""
    return differing(expected(records, as_of, year), tool_states(workspace, as_of, year))


def differing(
    oracle: Mapping[str, Outcome], tool: Mapping[str, Outcome]
) -> dict[str, tuple[Outcome | None, Outcome | None]]:
    """Return the duties of which two answers differ."""
    return {
        name: (oracle.get(name), tool.get(name))
        for name in sorted(oracle.keys() | tool.keys())
        if oracle.get(name) != tool.get(name)
    }


def smallest(records: dict[str, Raw], wrong: Callable[[dict[str, Raw]], bool]) -> dict[str, Raw]:
    """Leave out whatever can be left out while the records stay wrong."""
    size = len(records) // 2
    while size > 1:
        records, size = _without_runs(records, wrong, size), size // 2
    cut = True
    while cut:
        cut = False
        for smaller in _smaller(records):
            if wrong(smaller):
                records, cut = smaller, True
                break
    return records


def _without_runs(records: dict[str, Raw], wrong: Callable[[dict[str, Raw]], bool], size: int) -> dict[str, Raw]:
    """Leave out as many files at once as can be."""
    paths = [path for path in records if path != "branch.yaml"]
    for start in range(0, len(paths), size):
        out = set(paths[start : start + size])
        left = {path: data for path, data in records.items() if path not in out}
        if wrong(left):
            records = left
    return records


def _smaller(records: Mapping[str, Raw]) -> Iterator[dict[str, Raw]]:
    for path in records:
        if path != "branch.yaml":
            yield {each: data for each, data in records.items() if each != path}
    for path, data in records.items():
        for key, value in data.items():
            if key in {"makes_up", "delegated_by", "to", "due", "count", "every", "exemptions", "groups"}:
                yield {**records, path: {each: inner for each, inner in data.items() if each != key}}
            for position in range(len(value) if isinstance(value, list) else 0):
                shorter = copy.deepcopy(dict(records))
                del shorter[path][key][position]
                yield shorter

"""Which tests run which statements, for ``tests/mutate.py``: probes for the source, and a plug-in of pytest.

``-p tests.support.reach --notes NOTES --reach FILE`` runs tests over a source with probes and writes for each test that
passes its seconds and the statements that it reached, in whatever process: a probe appends to the file NOTES. What a
test reads from a fixture of a module or a session it has reached too, and no test finds what another one has cached.
``-p tests.support.reach --chosen FILE`` runs the tests that a file lists, in that order.
"""

from __future__ import annotations

import ast
import builtins
import json
import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping

PROBE = """
import builtins, os
_seen, _notes = set(), os.open({notes!r}, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
def _note(place):
    if place not in _seen:
        _seen.add(place)
        os.write(_notes, (place + "\\n").encode())
os.register_at_fork(after_in_child=_seen.clear)
builtins._note, builtins._forget = _note, _seen.clear
"""
"""What ``dangwu/__init__.py`` gets at its end: each process notes each place once, or once more after it forgot."""
ROOMS = ("check", "duty", "facts", "audit", "privacy")
"""The rooms that judge."""
_CACHES = ("tests.", *(f"dangwu.{room}." for room in ROOMS))
_PROCESSES = "tests.support.run"
"""Whose cache is no value: it holds a process that is ended by name."""


class Reach(NamedTuple):
    """What one test did: its seconds, and the statements (``path:line``) and modules (``path:``) that it reached."""

    seconds: float
    places: frozenset[str]


def read_reach(path: Path) -> dict[str, Reach]:
    """Read what ``--reach`` wrote, by the id of the test."""
    tests = json.loads(path.read_text(encoding="utf-8"))
    return {
        id_: Reach(
            test["seconds"], frozenset(part for place in test["places"] for part in (place, _find_module(place)))
        )
        for id_, test in tests.items()
    }


def _find_module(place: str) -> str:
    return place[: place.rindex(":") + 1]


def list_nodes(node: ast.AST, line: int = 0) -> Iterator[tuple[ast.AST, int]]:
    """Yield every node below a node with the line of its statement within a function; 0 for what runs on import."""
    inside = line or isinstance(node, ast.FunctionDef)
    for child in ast.iter_child_nodes(node):
        own = child.lineno if isinstance(child, ast.stmt) and inside else line
        yield child, own
        yield from list_nodes(child, own)


def add_probes(text: str, name: str) -> str:
    """Return the text of a module in which every statement of a function notes that it is reached."""
    tree = ast.parse(text)
    nodes = [*list_nodes(tree)]
    lines = {node: line for node, line in nodes if isinstance(node, ast.stmt) and line}
    for node in (tree, *(node for node, _ in nodes)):
        for part in ("body", "orelse", "finalbody"):
            block = getattr(node, part, None)
            if isinstance(block, list):
                setattr(node, part, [*_put_before_each(block, lines, name)])
    return ast.unparse(ast.fix_missing_locations(tree))


def _put_before_each(block: Iterable[ast.stmt], lines: Mapping[ast.stmt, int], name: str) -> Iterator[ast.stmt]:
    for statement in block:
        documents = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        if statement in lines and not documents:
            yield ast.parse(f"_note({f'{name}:{lines[statement]}'!r})").body[0]
        yield statement


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("reach")
    for name in ("--notes", "--reach", "--chosen"):
        group.addoption(name, type=Path)


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--reach"):
        config.pluginmanager.register(_Recorder(config.getoption("--notes"), config.getoption("--reach")))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests that were chosen, in their order."""
    chosen = config.getoption("--chosen")
    if chosen:
        by_id = {item.nodeid: item for item in items}
        items[:] = [by_id[id_] for id_ in json.loads(chosen.read_text(encoding="utf-8")) if id_ in by_id]


class _Recorder:
    """Writes down what each test that passes has reached."""

    def __init__(self, notes: Path, reach: Path) -> None:
        self._notes, self._reach = notes, reach
        self._tests: dict[str, dict[str, Any]] = {}
        self._fixtures: dict[str, set[str]] = {}
        self._failed: set[str] = set()
        self._places: set[str] = set()
        """What the running test has reached so far."""

    def _take(self) -> set[str]:
        """Return the places noted since the last time."""
        places = set(self._notes.read_text(encoding="utf-8").split("\n")[:-1]) if self._notes.exists() else set()
        if places:
            self._notes.write_text("", encoding="utf-8")
        getattr(builtins, "_forget", set)()
        return places

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        self._take()
        self._places.clear()
        caches = _measure_caches()
        begin = perf_counter()
        done = yield
        seconds = perf_counter() - begin
        self._places |= self._take()
        for cache, size in _measure_caches().items():
            if self._places and size != caches.get(cache, 0):
                cache.cache_clear()
        for name in getattr(item, "fixturenames", ()):
            self._places |= self._fixtures.get(name, set())
        self._tests[item.nodeid] = {"seconds": round(seconds, 4), "places": sorted(self._places)}
        return done

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[object]) -> Generator[None, object, object]:
        self._places |= self._take()
        done = yield
        if fixturedef.scope != "function":
            self._fixtures.setdefault(fixturedef.argname, set()).update(self._take())
        return done

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not report.passed:
            self._failed.add(report.nodeid)

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        if exitstatus not in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}:
            return
        passed = {id_: test for id_, test in self._tests.items() if id_ not in self._failed}
        self._reach.write_text(json.dumps(passed), encoding="utf-8")


def _measure_caches() -> dict[Any, int]:
    """Return how much every ``functools.cache`` of the suite and of the rooms holds."""
    return {
        value: value.cache_info().currsize
        for name, module in [*sys.modules.items()]
        if name.startswith(_CACHES) and name != _PROCESSES
        for value in vars(module).values()
        if hasattr(value, "cache_info")
    }

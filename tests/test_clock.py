"""No test asks for the time: what passes today passes tomorrow, and on a slow machine.

Speed is measured in ``tests/bench``. A limit after which a program that hangs is ended is far above what it needs.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TESTS = Path(__file__).parent
BENCH = TESTS / "bench"
MEASURING = {TESTS / "mutate.py", TESTS / "support" / "reach.py"}
"""The script of mutations runs the quickest tests first."""
CLOCKS = ("time", "timeit", "cProfile", "profile", "sched")
"""Modules of which everything tells or waits for the time, but what stands in ``HARMLESS``."""
HARMLESS = frozenset({"time.tzset"})
ASKS = frozenset({
    "datetime.datetime.now", "datetime.datetime.today", "datetime.datetime.utcnow", "datetime.date.today",
    "os.times", "resource.getrusage.ru_utime", "resource.getrusage.ru_stime", "asyncio.sleep",
    "asyncio.get_event_loop.time", "asyncio.get_running_loop.time", "email.utils.localtime", "email.utils.formatdate",
    "threading.Timer", "pytest.mark.timeout",
})  # fmt: skip
IMPORTERS = frozenset({"importlib.import_module", "__import__"})
_BUILTIN = {"getattr": "getattr", "__import__": "__import__"}
HANGS = 60
"""Seconds below which a limit could end what is only slow."""


def asked(text: str) -> Iterator[tuple[int, str]]:
    """Yield each place of a module where the time is asked for or decides: its line, and what it is."""
    tree = ast.parse(text)
    names = {**_BUILTIN, **dict(_names(tree))}
    for node in ast.walk(tree):
        match node:
            case ast.Name() | ast.Attribute():
                if _tells(name := _full(node, names)):
                    yield node.lineno, name
            case ast.ImportFrom():
                full = [f"{node.module}.{each.name}" for each in node.names]
                yield from ((node.lineno, each) for each in full if _tells(each))
            case ast.Call():
                yield from ((node.lineno, each) for each in _called(node, names))
            case ast.Constant(value=str()) | ast.JoinedStr():
                yield from ((node.lineno, each) for each in _in_a_program(node))


def _names(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield the names of a module, and what they stand for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            tops = [(each, each.name.partition(".")[0]) for each in node.names]
            yield from ((each.asname, each.name) if each.asname else (top, top) for each, top in tops)
        elif isinstance(node, ast.ImportFrom):
            yield from ((each.asname or each.name, f"{node.module}.{each.name}") for each in node.names)


def _full(node: ast.expr, names: Mapping[str, str]) -> str:
    """Return what an expression names in full, or nothing; ``a().b`` is called ``a.b``."""
    match node:
        case ast.Name():
            return names.get(node.id, "")
        case ast.Attribute():
            owner = _full(node.value, names)
            return owner and f"{owner}.{node.attr}"
        case ast.Call():
            return _full(node.func, names)
    return ""


def _tells(name: str) -> bool:
    return name in ASKS or (name.startswith(tuple(f"{each}." for each in CLOCKS)) and name not in HARMLESS)


def _called(call: ast.Call, names: Mapping[str, str]) -> Iterator[str]:
    """Yield what the arguments of a call ask for."""
    function = _full(call.func, names)
    first = call.args[0] if call.args else None
    if function == "getattr" and first and _full(first, names) in {*CLOCKS, "datetime.datetime", "datetime.date"}:
        yield ast.unparse(call)
    if function in IMPORTERS and isinstance(first, ast.Constant) and first.value in CLOCKS:
        yield ast.unparse(call)
    for each in call.keywords:
        limit = each.value.value if isinstance(each.value, ast.Constant) else None
        if each.arg == "timeout" and isinstance(limit, int | float) and limit < HANGS:
            yield f"timeout={limit}"
        # What hypothesis lets pass on one machine and not on another.
        if function == "hypothesis.settings" and each.arg == "deadline" and ast.unparse(each.value) != "None":
            yield "deadline"
        if each.arg == "suppress_health_check" and "too_slow" not in ast.unparse(each.value):
            yield "suppress_health_check without too_slow"


def _in_a_program(node: ast.Constant | ast.JoinedStr) -> Iterator[str]:
    """Yield what a program asks for that stands in a text."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    text = "".join(str(each.value) if isinstance(each, ast.Constant) else "x" for each in parts)
    if "import " in text:
        try:
            yield from (name for _, name in asked(text))
        except SyntaxError:
            return


def test_no_test_asks_for_the_time() -> None:
    modules = sorted(path for path in TESTS.rglob("*.py") if not path.is_relative_to(BENCH) and path not in MEASURING)
    assert len(modules) > 100
    assert not [
        f"{path.relative_to(TESTS).as_posix()}:{line} {name}"
        for path in modules
        for line, name in asked(path.read_text(encoding="utf-8"))
    ]


def test_hypothesis_looks_at_no_clock() -> None:
    assert settings.default is not None
    assert settings.default.deadline is None
    assert HealthCheck.too_slow in settings.default.suppress_health_check


@pytest.mark.parametrize(
    "text",
    [
        "IMPORT time\ntime.monotonic()",
        "IMPORT time as t\nt.perf_counter_ns()",
        "IMPORT time\nclock = time.process_time",
        "IMPORT time\nwith x:\n    time.sleep(1)",
        "from time IMPORT perf_counter",
        "from time IMPORT perf_counter as now\nnow()",
        "from time IMPORT *",
        "def test():\n    from time IMPORT time\n    assert time() < 3",
        "IMPORT timeit\ntimeit.timeit('x')",
        "IMPORT datetime\ndatetime.datetime.now()",
        "IMPORT datetime as dt\ndt.date.today()",
        "from datetime IMPORT date\ndate.today().year",
        "from datetime IMPORT date as day\nf(day.today)",
        "from datetime IMPORT datetime, UTC\ndatetime.now(UTC)",
        "from datetime IMPORT datetime\ndatetime.utcnow()",
        "IMPORT os\nos.times()[0]",
        "from os IMPORT times\ntimes()",
        "IMPORT resource\nresource.getrusage(resource.RUSAGE_SELF).ru_utime",
        "IMPORT time\ngetattr(time, 'time')()",
        "from datetime IMPORT date\ngetattr(date, word)()",
        "IMPORT importlib\nimportlib.import_module('time').time()",
        "__IMPORT__('timeit')",
        "IMPORT asyncio\nasyncio.get_running_loop().time()",
        "subprocess.run(words, timeout=20)",
        "IMPORT pytest\n@pytest.mark.timeout(5)\ndef test(): ...",
        "from hypothesis IMPORT settings\n@settings(deadline=500)\ndef test(): ...",
        "from hypothesis IMPORT settings as s\ns(deadline=timedelta(1))",
        "settings(suppress_health_check=[HealthCheck.data_too_large])",
        "PROGRAM = 'IMPORT time; print(time.time())'",
        "PROGRAM = f'IMPORT time; print({x}, time.time())'",
    ],
)
def test_who_asks_is_found(text: str) -> None:
    # Spelt so that this module itself does not ask.
    assert list(asked(text.replace("IMPORT", "import")))


@pytest.mark.parametrize(
    "text",
    [
        "IMPORT time\ntime.tzset()",
        "IMPORT time\nmonkeypatch.setattr(time, 'sleep', pauses.append)",
        "from datetime IMPORT date, datetime\ndatetime(1900, 3, 1), date.fromisoformat(text), datetime.min.time()",
        "def test(time):\n    time.time(), date.today(), now()",
        "IMPORT resource\nresource.getrusage(resource.RUSAGE_SELF).ru_maxrss",
        "IMPORT os\nos.stat(path).st_mtime_ns",
        "process.wait(timeout=60)",
        "process.wait(timeout=LIMIT)",
        "from hypothesis IMPORT settings\nsettings(deadline=None, suppress_health_check=[HealthCheck.too_slow])",
        "TEXT = 'IMPORT time, and ask it'",
    ],
)
def test_who_does_not_ask_is_left_alone(text: str) -> None:
    assert not list(asked(text.replace("IMPORT", "import")))

"""Change one comparison or constant at a time in the rooms that judge, and list the changes that no test notices.

``python tests/mutate.py [--rooms check duty …] [--count 100] [--seed 1] [--jobs 2]`` with the Python of ``.venv-test``.
Not part of CI. For each state of the project the tests are run once to see which of them reach which statement: about
a quarter of an hour where nothing else runs. Then a hundred changes take about ten minutes. Each change is made in a
copy of the project with an environment of its own, and meets the tests that reach its statement, the quickest first:
those of the rooms, then, where none fails, those of the rooms above.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from bisect import bisect
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from queue import SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.support.reach import PROBE, ROOMS, Reach, add_probes, list_nodes, read_reach  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Offset = Callable[[int | None, int | None], int]
    """Where in the bytes of a file a line and a column stand."""

PARTS = (
    "src",
    "schemas",
    "record-template",
    "tests",
    "tools",
    "docs",
    "lock",
    "dev.py",
    "hatch_build.py",
    "pyproject.toml",
    "README.md",
    "README.zh-CN.md",
)
GROUPS = (
    tuple(f"tests/{room}" for room in ROOMS),
    ("tests/pages", "tests/forms", "tests/sheets", "tests/changes"),
    ("tests/cli", "tests/board"),
)
"""The tests that could notice a change, the nearest first; the next only where those before did not."""
SNAPSHOTS = ("tests/pages", "syrupy")
"""The tests that need a plug-in of pytest, and its name."""
NOTHING_FOUND = 5
"""The exit code of pytest where no test was collected."""
FIRST = 10
"""Seconds of tests that a change meets at once; most are noticed by then."""
SECONDS = 300
"""After which, beyond ten times what its tests need, a change counts as noticed: it never ends."""
PROMISES = {"frozen", "kw_only", "slots", "maxsize"}
"""Named arguments that change nothing a program does with a value, only what it may not do or how long it takes."""
SWAPS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==",
    ast.In: "not in", ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is",
}  # fmt: skip


class Mutation(NamedTuple):
    """One change: a stretch of the text of a file, and what is put in its place.

    ``place`` begins the places of which a test must have reached one to notice it: its statement, or its module.
    """

    path: Path
    line: int
    place: str
    start: int
    end: int
    new: str

    def apply(self, text: str) -> str:
        """Return the text of the file with the change."""
        raw = text.encode()
        return (raw[: self.start] + self.new.encode() + raw[self.end :]).decode()

    def describe(self) -> str:
        """Return where it is, and the line before and after."""
        text = (ROOT / self.path).read_text(encoding="utf-8")
        lines = (text.split("\n")[self.line - 1].strip(), self.apply(text).split("\n")[self.line - 1].strip())
        return f"{self.path}:{self.line}\n    - {lines[0]}\n    + {lines[1]}"


def find_mutations(path: Path) -> Iterator[Mutation]:
    """Yield a mutation for each comparison, each number and each truth value of a module."""
    text = (ROOT / path).read_text(encoding="utf-8")
    starts = [0]
    starts.extend(accumulate(len(line) + 1 for line in text.encode().split(b"\n")))

    def offset(line: int | None, column: int | None) -> int:
        return starts[(line or 0) - 1] + (column or 0)

    tree = ast.parse(text)
    promises = {
        node.value for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg in PROMISES
    }  # fmt: skip
    for node, line in list_nodes(tree):
        place = f"{path}:{line}" if line else f"{path}:"
        if isinstance(node, ast.Compare):
            yield from _swap_comparison(path, place, node, text, offset)
        elif isinstance(node, ast.Constant) and isinstance(node.value, bool | int) and node not in promises:
            new = str(not node.value) if isinstance(node.value, bool) else str(node.value + 1)
            start, end = offset(node.lineno, node.col_offset), offset(node.end_lineno, node.end_col_offset)
            yield Mutation(path, node.lineno, place, start, end, new)


def _swap_comparison(path: Path, place: str, node: ast.Compare, text: str, offset: Offset) -> Iterator[Mutation]:
    sides = [node.left, *node.comparators]
    for operator, before, after in zip(node.ops, sides, sides[1:], strict=False):
        start = offset(before.end_lineno, before.end_col_offset)
        between = text.encode()[start : offset(after.lineno, after.col_offset)].decode()
        old = between.strip(" ()\n\\")
        if type(operator) in SWAPS and "#" not in old:
            begin = start + len(between[: between.index(old)].encode())
            end = begin + len(old.encode())
            yield Mutation(path, before.end_lineno or 0, place, begin, end, SWAPS[type(operator)])


class Copy:
    """A copy of the project whose package can be changed, with an environment that imports it from there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for part in PARTS:
            if (ROOT / part).is_dir():
                shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy2(ROOT / part, folder / part)
        environment = Path(sys.prefix)
        libraries = next(environment.glob("lib/python*/site-packages"))
        own = folder / "venv" / libraries.relative_to(environment)
        own.mkdir(parents=True)
        for entry in libraries.iterdir():
            if entry.name != "_dangwu.pth":
                (own / entry.name).symlink_to(entry)
        (own / "_dangwu.pth").write_text(f"{folder / 'src'}\n", encoding="utf-8")
        shutil.copy2(environment / "pyvenv.cfg", folder / "venv" / "pyvenv.cfg")
        (folder / "venv" / "bin").mkdir()
        (folder / "venv" / "bin" / "python").symlink_to(Path(sys.executable).resolve())

    def change(self, path: Path, text: str) -> None:
        """Write a file of the package, and forget what was compiled of it: it may have the same size and second."""
        target = self.folder / path
        target.write_text(text, encoding="utf-8")
        for compiled in (target.parent / "__pycache__").glob(f"{target.stem}.*.pyc"):
            compiled.unlink()

    def pytest(self, *words: str | Path, seconds: float | None = None) -> int:
        """Return the exit code of pytest. subprocess.TimeoutExpired where it takes longer.

        Plug-ins load only where tests need them: that halves the time of a short run.
        """
        python = self.folder / "venv" / "bin" / "python"
        needed = [SNAPSHOTS[1]] if any(str(word).startswith(SNAPSHOTS[0]) for word in words) else []
        plugins = ("no:cacheprovider", "tests.support.reach", *needed)
        command = [python, "-m", "pytest", "-q", *(word for name in plugins for word in ("-p", name)), *words]
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, timeout=seconds, check=False
        ).returncode

    def record(self, tests: Sequence[str], file: Path) -> None:
        """Write what each of some tests reaches. FileNotFoundError where they were not all run."""
        for room in ROOMS:
            for path in (ROOT / "src" / "dangwu" / room).rglob("*.py"):
                name = path.relative_to(ROOT)
                self.change(name, add_probes(path.read_text(encoding="utf-8"), name.as_posix()))
        notes, package = self.folder / "notes", Path("src", "dangwu", "__init__.py")
        self.change(package, (ROOT / package).read_text(encoding="utf-8") + PROBE.format(notes=str(notes)))
        self.pytest("--notes", notes, "--reach", file, *(test for test in tests if (ROOT / test).exists()))

    def notices(self, mutation: Mutation, known: dict[str, Reach]) -> bool:
        """Tell whether a test fails on the package with a mutation."""
        text = (ROOT / mutation.path).read_text(encoding="utf-8")
        self.change(mutation.path, mutation.apply(text))
        try:
            return any(self._fails(batch) for batch in make_batches(mutation, known))
        finally:
            self.change(mutation.path, text)

    def _fails(self, tests: Sequence[tuple[float, str]]) -> bool:
        """Tell whether one of some tests fails, or does not end. RuntimeError where there is none."""
        chosen = self.folder / "chosen.json"
        chosen.write_text(json.dumps([id_ for _, id_ in tests]), encoding="utf-8")
        files = dict.fromkeys(id_.partition("::")[0] for _, id_ in tests)
        try:
            code = self.pytest(
                "-x", "--chosen", chosen, *files, seconds=SECONDS + 10 * sum(seconds for seconds, _ in tests)
            )
        except subprocess.TimeoutExpired:
            return True
        if code == NOTHING_FOUND:
            raise RuntimeError(f"no test in {[*files]}")
        return code != 0


def read_tests(tests: Sequence[str]) -> dict[str, Reach]:
    """Return what each of some tests reaches, kept in the folder for temporary files for a state of the project."""
    state = sha256("".join(tests).encode())
    for path in sorted(path for part in PARTS for path in (ROOT / part, *(ROOT / part).rglob("*"))):
        if path.is_file() and path.suffix != ".pyc" and path != Path(__file__):
            state.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    file = Path(tempfile.gettempdir(), f"dangwu-reach-{state.hexdigest()[:16]}.json")
    if not file.exists():
        begin = monotonic()
        with tempfile.TemporaryDirectory(prefix="mutate-") as folder:
            Copy(Path(folder)).record(tests, file)
        count = len(read_reach(file))
        print(f"{count} tests pass, read in {monotonic() - begin:.0f} seconds: {' '.join(tests)}", flush=True)
    return read_reach(file)


def make_batches(mutation: Mutation, known: dict[str, Reach]) -> Iterator[list[tuple[float, str]]]:
    """Yield the tests that could notice a mutation, with their seconds: those that take ``FIRST``, and the rest."""
    found = sorted((reach.seconds, id_) for id_, reach in known.items() if mutation.place in reach.places)
    at = bisect([*accumulate(seconds for seconds, _ in found)], FIRST)
    yield from (batch for batch in (found[:at], found[at:]) if batch)


def judge(mutations: Sequence[Mutation], copies: Sequence[Copy], known: dict[str, Reach]) -> list[Mutation]:
    """Return the mutations that no test notices, of those that a copy each is changed for at a time."""
    free: SimpleQueue[Copy] = SimpleQueue()
    for copy in copies:
        free.put(copy)

    def is_noticed(mutation: Mutation) -> bool:
        copy = free.get()
        try:
            return copy.notices(mutation, known)
        finally:
            free.put(copy)

    with ThreadPoolExecutor(len(copies)) as pool:
        noticed = pool.map(is_noticed, mutations)
        return [mutation for mutation, found in zip(mutations, noticed, strict=True) if not found]


def main() -> int:
    """Run the mutations that were asked for; exit 1 where fewer than 95 of 100 are noticed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rooms", nargs="+", choices=ROOMS, default=list(ROOMS))
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="", help="only mutations of files whose path contains this")
    given = parser.parse_args()
    paths = (path.relative_to(ROOT) for room in given.rooms for path in (ROOT / "src" / "dangwu" / room).rglob("*.py"))
    every = [mutation for path in sorted(paths) if given.only in path.as_posix() for mutation in find_mutations(path)]
    chosen = random.Random(given.seed).sample(every, min(given.count, len(every)))  # noqa: S311 - no secret
    print(f"{len(chosen)} of {len(every)} mutations", flush=True)
    left, begin = chosen, monotonic()
    with tempfile.TemporaryDirectory(prefix="mutate-") as folder:
        copies = [Copy(Path(folder, str(number))) for number in range(given.jobs)]
        for tests in GROUPS:
            left = judge(left, copies, read_tests(tests))
            print(f"{len(left)} are left after {monotonic() - begin:.0f} seconds", flush=True)
    for mutation in left:
        print(f"not noticed: {mutation.describe()}")
    print(f"noticed: {len(chosen) - len(left)} of {len(chosen)}")
    return 0 if chosen and len(left) <= 0.05 * len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main())

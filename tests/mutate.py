"""Change one comparison or constant at a time in the rooms that judge, and list the changes that no test notices.

``python tests/mutate.py [--rooms check duty …] [--count 100] [--seed 1] [--jobs 2]`` with the Python of ``.venv-test``.
Not part of CI: a hundred changes take about half an hour. Each runs in a copy of the project with an environment of its
own, first against the tests of the room, then, where none fails, against those of the rooms that use it.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
PARTS = (
    "src",
    "schemas",
    "record-template",
    "tests",
    "tools",
    "docs",
    "pyproject.toml",
    "README.md",
    "README.zh-CN.md",
)
NEAREST = {
    "check": ("tests/check", "tests/duty/test_cases.py"),
    "duty": ("tests/duty",),
    "facts": ("tests/facts", "tests/check", "tests/pages", "tests/forms"),
    "audit": ("tests/audit", "tests/cli/test_log.py", "tests/cli/test_accept.py"),
    "privacy": ("tests/privacy", "tests/cli/test_audiences.py"),
}
WIDER = ("tests/pages", "tests/forms", "tests/board", "tests/sheets", "tests/changes", "tests/formats", "tests/cli")
NOTHING_FOUND = 5
"""The exit code of pytest where no test was collected."""
SECONDS = 1500
"""After which a change counts as noticed: it never ends."""
SWAPS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==",
    ast.In: "not in", ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is",
}  # fmt: skip


class Mutation(NamedTuple):
    """One change: a stretch of the text of a file, and what is put in its place."""

    path: Path
    line: int
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
    raw = text.encode().split(b"\n")
    starts = [0]
    for line in raw:
        starts.append(starts[-1] + len(line) + 1)

    def offset(line: int, column: int) -> int:
        return starts[line - 1] + column

    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Compare):
            yield from _swap_comparison(path, node, text, offset)
        elif isinstance(node, ast.Constant) and isinstance(node.value, bool | int):
            new = str(not node.value) if isinstance(node.value, bool) else str(node.value + 1)
            yield Mutation(
                path, node.lineno, offset(node.lineno, node.col_offset),
                offset(node.end_lineno or 0, node.end_col_offset or 0), new,
            )  # fmt: skip


def _swap_comparison(path: Path, node: ast.Compare, text: str, offset: object) -> Iterator[Mutation]:
    assert callable(offset)
    sides = [node.left, *node.comparators]
    for operator, before, after in zip(node.ops, sides, sides[1:], strict=False):
        start = offset(before.end_lineno, before.end_col_offset)
        end = offset(after.lineno, after.col_offset)
        between = text.encode()[start:end].decode()
        old = between.strip(" ()\n\\")
        if type(operator) in SWAPS and "#" not in old:
            begin = start + len(between[: between.index(old)].encode())
            yield Mutation(path, before.end_lineno or 0, begin, begin + len(old.encode()), SWAPS[type(operator)])


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

    def is_noticed(self, mutation: Mutation) -> bool:
        """Tell whether a test fails on the package with a mutation."""
        target = self.folder / mutation.path
        text = target.read_text(encoding="utf-8")
        target.write_text(mutation.apply(text), encoding="utf-8")
        try:
            room = mutation.path.parts[2]
            return self.fails(NEAREST[room]) or self.fails([test for test in WIDER if test not in NEAREST[room]])
        finally:
            target.write_text(text, encoding="utf-8")

    def fails(self, tests: tuple[str, ...] | list[str]) -> bool:
        """Tell whether one of some tests fails, or does not end. RuntimeError where there is none."""
        python = self.folder / "venv" / "bin" / "python"
        words = [str(python), "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *tests]
        there = [word for word in words if not word.startswith("tests/") or (self.folder / word).exists()]
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        try:
            done = subprocess.run(
                there, cwd=self.folder, env=environment, capture_output=True, timeout=SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            return True
        if done.returncode == NOTHING_FOUND:
            raise RuntimeError(f"no test in {tests}")
        return done.returncode != 0


def main() -> int:
    """Run the mutations that were asked for; exit 1 where fewer than 95 of 100 are noticed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rooms", nargs="+", choices=NEAREST, default=list(NEAREST))
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", help="only mutations of files whose path contains this")
    given = parser.parse_args()
    paths = (path.relative_to(ROOT) for room in given.rooms for path in (ROOT / "src" / "dangwu" / room).rglob("*.py"))
    every = [
        each for path in sorted(paths) if not given.only or given.only in str(path) for each in find_mutations(path)
    ]
    chosen = random.Random(given.seed).sample(every, min(given.count, len(every)))  # noqa: S311 - no secret
    print(f"{len(chosen)} of {len(every)} mutations", flush=True)
    with tempfile.TemporaryDirectory(prefix="mutate-") as folder:
        copies: SimpleQueue[Copy] = SimpleQueue()
        for number in range(given.jobs):
            copies.put(Copy(Path(folder, str(number))))

        def judge(mutation: Mutation) -> bool:
            copy = copies.get()
            try:
                noticed = copy.is_noticed(mutation)
            finally:
                copies.put(copy)
            if not noticed:
                print(f"not noticed: {mutation.describe()}", flush=True)
            return noticed

        with ThreadPoolExecutor(given.jobs) as pool:
            noticed = sum(pool.map(judge, chosen))
    print(f"noticed: {noticed} of {len(chosen)}")
    return 0 if chosen and noticed >= 0.95 * len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main())

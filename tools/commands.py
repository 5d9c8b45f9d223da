"""The words after ``dev.py`` and what each does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tools import lock
from tools.environments import ROOT, environment
from tools.say import leave

if TYPE_CHECKING:
    from pathlib import Path

ALL = ("-q", "-n", "2")
"""How pytest runs all tests."""
LINTERS = {"rules": ("ruff", "check", "."), "format": ("ruff", "format", "--check", "."), "types": ("mypy",)}


def main(words: list[str], usage: str) -> None:
    """Do what the first word says."""
    try:
        match words:
            case ["try"]:
                try_it()
            case ["test", "--newest" | "--lowest" as which, *arguments]:
                run_tests(*arguments, versions=which.removeprefix("--"))
            case ["test", "--coverage", *arguments]:
                measure_tests(*arguments)
            case ["test", *arguments]:
                run_tests(*arguments)
            case ["lint", *names] if set(names) <= LINTERS.keys():
                lint(*names)
            case ["docs"]:
                build_docs()
            case ["lock", *packages]:
                lock.renew(packages)
            case _:
                sys.exit(usage)
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted: run the same command again. / 已中断，再运行一次同一条命令即可。\n")
        sys.exit(130)


def tested() -> Path:
    """Return the commands of the environment with the project and what its tests need."""
    return environment(".venv-test", [lock.RUN, lock.EXTRAS, lock.TEST], editable=True)


def try_it() -> None:
    """Install, and do the main job on a fictional branch in ``sample``."""
    need_git()
    dangwu = environment(".venv", [lock.RUN, lock.EXTRAS], editable=False) / "dangwu"
    sample = ROOT / "sample"
    if not sample.exists():
        run(dangwu, "demo", sample)
    run(dangwu, "-C", sample, "check", accepted=(0, 1))
    run(dangwu, "-C", sample, "due")
    run(dangwu, "-C", sample, "report", "--output", ROOT / "sample-report.html", "--force")
    run(dangwu, "-C", sample, "board", "--output", ROOT / "sample-board", "--force")
    say_what_next(dangwu.parent)


def say_what_next(commands: Path) -> None:
    """Print commands to go on with, as they are typed: the first makes ``dangwu`` a command of this terminal."""
    folder = commands.relative_to(ROOT)
    activate = f"{folder}\\activate" if os.name == "nt" else f". {folder}/activate"
    print("Go on in this folder, line by line / 在这个文件夹里，逐行输入：", flush=True)
    for line in (
        activate,
        "dangwu -C sample explain DW308",
        "dangwu -C sample audit",
        "dangwu -C sample new meeting --help",
    ):
        print(f"    {line}", flush=True)


def run_tests(*arguments: str, versions: str | None = None) -> None:
    """Run the tests with what the lock names, or with the newest or lowest versions; the words go to pytest."""
    need_git()
    commands = environment(f".venv-{versions}", [lock.floating(versions)], editable=True) if versions else tested()
    run(commands / "python", "-m", "pytest", *(arguments or ALL))


def measure_tests(*arguments: str) -> None:
    """Run the tests, say how much of the code they ran, and leave where that is less than pyproject.toml asks for."""
    need_git()
    python = tested() / "python"
    with TemporaryDirectory(prefix="dangwu-coverage-") as folder:
        run(python, "-m", "pytest", *(arguments or ALL), DANGWU_TEST_COVERAGE=folder)
        run(python, "-m", "tests.support.measure", "report", folder)


def lint(*names: str) -> None:
    """Run the linter, the formatter's check and the type checker over code and tests, or those named."""
    commands = tested()
    for name in names or LINTERS:
        program, *words = LINTERS[name]
        run(commands / program, *words)


def build_docs() -> None:
    """Build the site and the man pages below ``build/docs``, then look at what was built; any warning is a failure."""
    need_git()
    commands = environment(".venv-docs", [lock.RUN, lock.DOCS], editable=True)
    place = ROOT / "build" / "docs"
    run(commands / "python", "-m", "tools.docs.build", place)
    run(tested() / "python", "-m", "pytest", "-q", "tests/site/built", DANGWU_BUILT_DOCS=str(place))
    print(place / "site" / "index.html")


def need_git() -> None:
    """Leave with the next step when git is not there."""
    if shutil.which("git") is None:
        leave(
            "git was not found: install it (Debian and Ubuntu: apt install git) and run this again",
            "找不到 git：请先安装（Debian、Ubuntu：apt install git），再运行一次",
        )


def run(*command: str | Path, accepted: tuple[int, ...] = (0,), **variables: str) -> None:
    """Run a command in the project's folder; leave with its code when that is not accepted."""
    env = {**os.environ, **variables}
    code = subprocess.run([str(part) for part in command], cwd=ROOT, env=env, check=False).returncode
    if code not in accepted:
        sys.exit(code)

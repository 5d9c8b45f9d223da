#!/usr/bin/env python3
"""The two commands of the README, and what CI runs. Needs Python 3.11 or newer and git, nothing else.

python3 dev.py try     install, make the sample branch, check it, show what is due, its report and its openness board
python3 dev.py test    install, run the tests
python3 dev.py lint    install, run ruff and mypy
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
OLDEST = (3, 11)


def environment(name: str, wanted: str) -> Path:
    """Make a virtual environment with the project in it and return its folder of commands."""
    folder = ROOT / name
    commands = folder / ("Scripts" if os.name == "nt" else "bin")
    if not commands.is_dir():
        try:
            venv.create(folder, with_pip=True)
        except (OSError, subprocess.CalledProcessError) as error:
            sys.exit(f"No virtual environment could be made ({error}). On Debian and Ubuntu: apt install python3-venv")
    run(commands / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted.split())
    return commands


def run(*command: str | Path, accepted: tuple[int, ...] = (0,)) -> None:
    """Run a command in the project's folder; leave with its code when that is not accepted."""
    code = subprocess.run([str(part) for part in command], cwd=ROOT, check=False).returncode
    if code not in accepted:
        sys.exit(code)


def try_it() -> None:
    """Install, and do the main job on a fictional branch in ``sample``."""
    dangwu = environment(".venv", ".") / "dangwu"
    sample = ROOT / "sample"
    if not sample.exists():
        run(dangwu, "demo", sample)
    run(dangwu, "-C", sample, "check", accepted=(0, 1))
    run(dangwu, "-C", sample, "due")
    run(dangwu, "-C", sample, "report", "--output", ROOT / "sample-report.html", "--force")
    run(dangwu, "-C", sample, "board", "--output", ROOT / "sample-board", "--force")


def test(*arguments: str) -> None:
    """Install with what the tests need, and run them; further words go to pytest."""
    commands = environment(".venv-test", "-e .[test]")
    run(commands / "python", "-m", "pytest", *(arguments or ("-q", "-n", "2")))


def lint() -> None:
    """Run the linter, the formatter's check and the type checker over code and tests."""
    commands = environment(".venv-test", "-e .[test]")
    run(commands / "ruff", "check", ".")
    run(commands / "ruff", "format", "--check", ".")
    run(commands / "mypy")


def main() -> None:
    """Do what the first word says."""
    if sys.version_info < OLDEST:
        sys.exit("dangwu needs Python 3.11 or newer / dangwu 需要 Python 3.11 或更新版本")
    match sys.argv[1:]:
        case ["try"]:
            try_it()
        case ["test", *arguments]:
            test(*arguments)
        case ["lint"]:
            lint()
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()

"""``python3 dev.py test --coverage``: what is measured, also in forked processes, and that too little of it fails."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.support import measure
from tools import commands

ROOT = Path(__file__).parents[1]
SETTINGS = """[tool.slipcover]
source = "src/tiny"
fail-under = {floor}
exclude-lines = ["if TYPE_CHECKING:", 'if os\\.name == "nt":']
"""
CODE = """import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def sign(number):
    if os.name == "nt":
        return "?"
    if number < 0:
        return "-"
    return "+"
"""
PROGRAM = """
import os
import sys
from pathlib import Path

root, *numbers = sys.argv[1:]
sys.path[:0] = [{suite!r}, str(Path(root, "src"))]
from tests.support.measure import begin

measure = begin(Path(root))
measure.prepare(["tiny.part"])
for number in numbers:
    child = os.fork()
    if not child:
        measure.enter_child()
        from tiny.part import sign

        sign(int(number))
        measure.leave_child()
        os._exit(0)
    os.waitpid(child, 0)
    measure.take_from_child()
measure.save()
"""
probed = pytest.mark.skipif(find_spec("slipcover") is None, reason="SlipCover has no files for this system")
forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="no process forks here")


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A project of two files, of which nothing has run yet."""
    root = tmp_path / "tiny"
    (root / "src" / "tiny").mkdir(parents=True)
    (root / "measured").mkdir()
    (root / "src" / "tiny" / "part.py").write_text(CODE, encoding="utf-8")
    (root / "src" / "tiny" / "other.py").write_text("VALUE = 1\n", encoding="utf-8")
    (root / "pyproject.toml").write_text(SETTINGS.format(floor=100), encoding="utf-8")
    return root


def run_tiny(root: Path, *numbers: int) -> None:
    """Ask for the sign of each number in a forked process of its own."""
    words = [sys.executable, "-c", PROGRAM.format(suite=str(ROOT)), str(root), *map(str, numbers)]
    subprocess.run(words, env={**os.environ, measure.FOLDER: str(root / "measured")}, check=True)


def shares(done: subprocess.CompletedProcess[str]) -> list[str]:
    """Return what was run of all lines, of all branches and of both, in percent."""
    word, *percentages = done.stdout.splitlines()[-2].replace("%", "").split()
    assert word == "all"
    return percentages


def report(root: Path) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "tests.support.measure", "report", str(root / "measured"), str(root)]
    return subprocess.run(words, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)


def test_nothing_measured_is_a_failure_and_no_hundred_percent(tiny: Path) -> None:
    done = report(tiny)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "Coverage: nothing was measured.\n")


@probed
@forks
def test_too_little_is_a_failure_in_one_line(tiny: Path) -> None:
    """Six lines and two branches of one file count and one line of a file that nobody loads: six of nine ran."""
    run_tiny(tiny, 1)
    done = report(tiny)
    assert (done.returncode, done.stderr) == (1, "Coverage: 66.67 % is below the floor of 100 %.\n")
    assert shares(done) == ["71.4", "50.0", "66.7"]
    missing = (tiny / measure.MISSING).read_text(encoding="utf-8")
    places = {Path(row[0]).name: row[-1] for line in missing.splitlines() if (row := line.split()) and ".py" in row[0]}
    assert places == {"other.py": "1", "part.py": "12"}


@probed
@forks
def test_each_forked_process_adds_what_it_ran(tiny: Path) -> None:
    (tiny / "src" / "tiny" / "other.py").write_text("", encoding="utf-8")
    run_tiny(tiny, 1, -1)
    done = report(tiny)
    assert (done.returncode, done.stderr) == (0, "")
    assert shares(done) == ["100.0", "100.0", "100.0"]


@probed
@forks
def test_what_is_reached_is_enough(tiny: Path) -> None:
    (tiny / "pyproject.toml").write_text(SETTINGS.format(floor=66), encoding="utf-8")
    run_tiny(tiny, 1)
    assert report(tiny).returncode == 0


def test_only_who_asks_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(measure.FOLDER, raising=False)
    assert measure.begin() is None
    assert measure.passed_on() == {}


def test_the_command_reports_what_the_tests_wrote(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[list[str], dict[str, str]]] = []

    def start(*command: object, **variables: str) -> None:
        started.append(([str(part) for part in command], variables))

    monkeypatch.setattr(commands, "tested", lambda: Path("bin"))
    monkeypatch.setattr(commands, "run", start)
    commands.main(["test"], "")
    commands.main(["test", "--coverage"], "")
    (plain, nothing), (measured, asked), (reported, _) = started
    assert nothing == {}
    assert measured == plain
    assert reported[1:] == ["-m", "tests.support.measure", "report", asked[measure.FOLDER]]
    assert not Path(reported[-1]).exists()

"""The figures of the first stage, all from one run: ``python tests/bench/bench.py [--runs N]``.

Every ratio comes from paired runs (A B A B), so that a machine whose speed drifts does not matter. Quote the
ratios; the seconds are one machine's. Needs the extras ``test`` and ``bench``.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
AS_OF = "2026-11-23"
BARE = [sys.executable, "-I", "-c", "pass"]
SIZES = {
    130: ("--members", "10", "--groups", "2", "--years", "1"),
    1000: ("--members", "60", "--groups", "6", "--years", "3"),
    10000: ("--members", "240", "--groups", "28", "--years", "8"),
}


class Run(NamedTuple):
    seconds: float
    mebibytes: float


def once(command: list[str], folder: Path | None) -> Run:
    begun = time.perf_counter()
    # Modules are read as people have them: compiled once, whatever this shell says.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=quiet, stderr=quiet)
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return Run(time.perf_counter() - begun, usage.ru_maxrss / 1024)


def paired(command: list[str], other: list[str], folder: Path | None, runs: int) -> tuple[Run, Run, float]:
    """Return the medians of both and the median of the ratios, after one uncounted pair."""
    pairs = [(once(command, folder), once(other, folder)) for _ in range(runs + 1)][1:]
    ratio = statistics.median(a.seconds / b.seconds for a, b in pairs)
    return _median(a for a, _ in pairs), _median(b for _, b in pairs), ratio


def _median(runs: object) -> Run:
    listed = list(runs)  # type: ignore[call-overload]
    return Run(statistics.median(each.seconds for each in listed), max(each.mebibytes for each in listed))


def records(folder: Path) -> int:
    inside = (path.relative_to(folder) for path in folder.rglob("*.*") if path.suffix in {".yaml", ".md"})
    return sum(1 for path in inside if len(path.parts) > 1 and not path.parts[0].startswith("."))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    dangwu = [str(Path(sys.executable).with_name("dangwu")), "--as-of", AS_OF]
    print("figure                              seconds    other    ratio   peak MiB")
    for words, name in (("--version", "bare interpreter"), ("--help", "bare interpreter")):
        _line(f"{words} against {name}", *paired([*dangwu, words], BARE, None, runs))
    medians: dict[int, tuple[int, float]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for size, options in SIZES.items():
            folder = Path(scratch) / str(size)
            subprocess.run([*dangwu, "demo", str(folder), *options], check=True, stdout=subprocess.DEVNULL)
            count = records(folder)
            floor = [sys.executable, str(HERE / "floor.py"), "."]
            if size == min(SIZES):
                _line(f"check, {count} records, against bare", *paired([*dangwu, "check"], BARE, folder, runs))
            mine, other, ratio = paired([*dangwu, "check"], floor, folder, runs)
            _line(f"check, {count} records, against floor", mine, other, ratio)
            medians[size] = (count, mine.seconds)
            _line(f"due, {count} records, against check", *paired([*dangwu, "due"], [*dangwu, "check"], folder, runs))
    (few, quick), (many, slow) = medians[1000], medians[10000]
    print(f"growth from {few} to {many} records: {(slow - quick) / (many - few) * 1000:.3f} ms a record")


def _line(name: str, mine: Run, other: Run, ratio: float) -> None:
    print(f"{name:<36}{mine.seconds:>7.3f}  {other.seconds:>7.3f}  {ratio:>7.2f}  {mine.mebibytes:>9.0f}")


if __name__ == "__main__":
    main()

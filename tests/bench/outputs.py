"""Prove that two builds of dangwu say the same, by asking each for everything it can say.

``python -m tests.bench.outputs OLD NEW``, where each is a Python in which a build is installed, or ``PYTHON:SRCFOLDER``
for a source tree. Each build makes the same sample branches in a folder of one and the same path and runs every command
there; then exit codes, both streams and all files are compared byte by byte. Both need the extras ``office`` and
``pdf``; PDF files need a Chinese font, on the system or in ``--fonts``. Exit codes: 0 all equal, 1 something differs or
proves nothing, 2 wrong usage or no sample.

With ``--keep FOLDER`` all outputs stay there, in ``old/made`` and ``new/made``, and the next run with that folder asks
the new build only: what OLD said is taken as it stands.

A difference that is wanted is named in the file of ``--expect``, a line each: a pattern for its name, then ``#`` and
the reason. Names are as printed, ``report/md-public.zh/stdout``; ``*`` stands for any text.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.outputs_build import Build, Offer, offered
from tests.bench.outputs_case import keep_changed, run_case
from tests.bench.outputs_compare import expected
from tests.bench.outputs_found import Found, found, make_sheets
from tests.bench.outputs_history import history
from tests.bench.outputs_reading import Here, reading
from tests.bench.outputs_tell import tell, tell_left_out
from tests.bench.outputs_worlds import make_worlds
from tests.bench.outputs_writing import writing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.bench.outputs_case import Case

_KEPT = "kept.json"
"""The file in which it stands what the old build is, offers and holds: a later run makes the same cases of it."""


def main() -> int:
    """Run both builds, compare, print the table; return the exit code."""
    given = _arguments()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="outputs-") as scratch:
        top = given.keep.resolve() if given.keep else Path(scratch)
        try:
            builds = (Build.named("old", given.old), Build.named("new", given.new))
            named = expected(given.expect.read_text(encoding="utf-8")) if given.expect else {}
            said = {"old": list(builds[0]), "members": given.members}
            _prepare(top, said)
            cases = _run(builds, top, given, said)
        except (LookupError, OSError, ValueError, subprocess.SubprocessError) as trouble:
            print(f"outputs: {type(trouble).__name__}: {trouble}", file=sys.stderr)
            return 2
        code = tell(top, cases, named, lambda name: _wanted(name, given))
        if not given.only and not given.skip:
            code |= tell_left_out(json.loads((top / "old" / _KEPT).read_bytes())["helps"], cases)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = used.ru_utime + used.ru_stime
    print(f"{time.monotonic() - begun:.0f} seconds, {given.jobs} at a time; {busy:.0f} seconds of processor time")
    return code


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", metavar="OLD", help="PYTHON or PYTHON:SRCFOLDER of the build as it was")
    parser.add_argument("new", metavar="NEW", help="PYTHON or PYTHON:SRCFOLDER of the build as it is")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where outputs stay; OLD's are used the next time")
    parser.add_argument("--members", type=int, default=14, metavar="N", help="the size of the samples (14)")
    parser.add_argument("--expect", type=Path, metavar="FILE", help="differences that are wanted, each with its reason")
    parser.add_argument("--fonts", default="", metavar="FOLDER", help="a folder with a Chinese font")
    parser.add_argument("--only", action="append", metavar="PATTERN", help="only cases of these names, as 'report/*'")
    parser.add_argument("--skip", action="append", default=[], metavar="PATTERN", help="leave these cases out")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="commands at a time")
    return parser.parse_args()


def _prepare(top: Path, said: Mapping[str, Any]) -> None:
    """Make the folder, or clear it of all but the old build's outputs. FileExistsError where it holds other things."""
    kept = json.loads((top / "old" / _KEPT).read_bytes()) if (top / "old" / _KEPT).is_file() else {}
    if top.exists() and any(top.iterdir()) and any(kept.get(name) != value for name, value in said.items()):
        raise FileExistsError(f"{top} holds other things than the outputs of {said}")
    for name in ("run", "new"):
        shutil.rmtree(top / name, ignore_errors=True)
    top.mkdir(parents=True, exist_ok=True)


def _run(builds: Sequence[Build], top: Path, given: argparse.Namespace, said: Mapping[str, Any]) -> list[Case]:
    """Run every case with each build, one after the other, and return the cases of the new one.

    Both work below ``run``, so that no path in an output differs; then the folder gets the name of the build.
    """
    cases: list[Case] = []
    fonts = str(Path(given.fonts).resolve()) if given.fonts else ""
    root, sheets = top / "run", top / "old" / "sheets"
    for build in builds:
        if (top / build.name).is_dir():
            continue
        root.mkdir()
        planted = make_worlds(build, root, given.members)
        helps = offered(build, root)
        if sheets.is_dir():
            shutil.copytree(sheets, root / "sheets")
            kept = json.loads((top / "old" / _KEPT).read_bytes())
        else:
            make_sheets(build, Offer(helps, helps), root, root / "sheets")
            kept = {**said, "helps": helps, "found": found(build, root)._asdict()}
            (root / _KEPT).write_text(json.dumps(kept, ensure_ascii=False))
        here = Here(Offer(helps, kept["helps"]), Found(**kept["found"]), planted, fonts)
        cases = _chosen([*reading(here), *history(here), *writing(here)], given)
        _ask(build, root, cases, given.jobs)
        root.rename(top / build.name)
    return cases


def _chosen(cases: list[Case], given: argparse.Namespace) -> list[Case]:
    twice = [name for name, count in Counter(asked.name for asked in cases).items() if count > 1]
    if twice:
        raise LookupError(f"two cases have one name: {twice}")
    return [asked for asked in cases if _wanted(asked.name, given)]


def _wanted(name: str, given: argparse.Namespace) -> bool:
    """Tell whether a case was chosen; the samples and what must stay untouched are looked at in any case."""
    if name.startswith(("sample/", "untouched/")):
        return True
    chosen = not given.only or any(fnmatchcase(name, pattern) for pattern in given.only)
    return chosen and not any(fnmatchcase(name, pattern) for pattern in given.skip)


def _ask(build: Build, root: Path, cases: Sequence[Case], jobs: int) -> None:
    """Run the cases, and keep what they changed where they may only read."""
    worlds = sorted({asked.world for asked in cases if not asked.copied})
    for world in worlds:
        shutil.copytree(root / world, root / "before" / world, symlinks=True)
    begun = time.monotonic()
    with ThreadPoolExecutor(jobs) as pool:
        for _ in pool.map(lambda asked: run_case(build, root, asked), cases):
            pass
    for world in worlds:
        keep_changed(build, root / "before" / world, root / world, root / "made" / "untouched" / world)
    shutil.rmtree(root / "before", ignore_errors=True)
    print(f"{build.name}: {len(cases)} commands, {time.monotonic() - begun:.0f} seconds", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())

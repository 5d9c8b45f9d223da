"""Which lines and branches of ``src/dangwu`` the tests run, for ``python3 dev.py test --coverage``.

SlipCover notes a line with code when it begins, and a branch for each way out of an ``if``, ``for``, ``while`` or
``match``; the percentage is that of both together. It changes code while that is loaded, so ``begin`` comes before
anything of ``dangwu``. Measured are the processes of pytest, the commands that ``support.server`` runs and, of those
that ``support.run`` and ``support.terminal`` start from nothing, the rooms of ``STARTED``: with all of them a start
would take two seconds more. Nothing is loaded where ``FOLDER`` does not stand in the environment.
"""

from __future__ import annotations

import ast
import json
import marshal
import os
import runpy
import sys
import tomllib
from collections import Counter, defaultdict
from hashlib import sha256
from importlib.abc import MetaPathFinder
from importlib.machinery import PathFinder, SourceFileLoader
from importlib.util import find_spec
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from importlib.machinery import ModuleSpec
    from types import CodeType, ModuleType

    Places = set[int | tuple[int, int]]
    """Lines, and branches as the lines that they lead from and to (0: the end of the function)."""

FOLDER = "DANGWU_TEST_COVERAGE"
"""The variable with the folder to which each process writes what it has run."""
MISSING = "coverage.txt"
"""Where the lines and branches that did not run are listed, file by file."""
STARTED = (".", "cli")
"""The rooms that are measured in a command that is started from nothing; ``.`` is what stands in no room."""
ROOT = Path(__file__).parents[2]
_PARTS = "*.json"
_NEVER = 2**30
"""Runs of a line after which SlipCover takes its probe out; in forked runs that costs more than all their probes."""
_ROW = "{:<12} {:>8} {:>8} {:>8}"


class Measure:
    """What this process has run, and the children that it forked."""

    def __init__(self, folder: Path, source: Path, rooms: Sequence[str]) -> None:
        # Not above: pytest must have seen that its plug-in was not loaded before, and few runs measure.
        import slipcover  # noqa: PLC0415

        # Which lines and branches there are is worked out once, for the report.
        for what in ("lines_from_code", "branches_from_code"):
            setattr(slipcover.Slipcover, what, staticmethod(lambda _code: ()))
        self._folder = folder
        self._slipcover = slipcover.Slipcover(branch=True, d_miss_threshold=_NEVER)
        # Nowhere else: Python would note the folder for temporary files, and children may have another.
        self._handed = TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - open as long as the process lives
        self._finder = _Finder(source, rooms, self._slipcover.instrument, folder)
        sys.meta_path.insert(0, self._finder)

    @property
    def _seen(self) -> dict[str, Places]:
        seen: dict[str, Places] = self._slipcover.newly_seen
        return seen

    def prepare(self, names: Iterable[str]) -> None:
        """Make the code of modules that only children load."""
        for name in names:
            self._finder.prepare(name)

    def enter_child(self) -> None:
        """Forget in a forked child what its parent has run."""
        self._seen.clear()

    def leave_child(self) -> None:
        """Hand over what a child has run, before it ends."""
        self._handed.write(_encode(self._seen))

    def take_from_child(self) -> None:
        """Add what a child has run that has ended; one that was killed has handed over nothing."""
        self._handed.seek(0)
        for file, places in _decode(self._handed.read() or b"{}"):
            self._seen[file] |= places
        self._handed.seek(0)
        self._handed.truncate()

    def save(self) -> None:
        """Write what has been run, at the end."""
        self._handed.close()
        with NamedTemporaryFile(dir=self._folder, suffix=".json", delete=False) as file:
            file.write(_encode(self._seen))


class _Finder(MetaPathFinder):
    """Finds the modules of some rooms, or of all, and has probes put into their code."""

    def __init__(
        self, source: Path, rooms: Sequence[str], instrument: Callable[[CodeType], CodeType], folder: Path
    ) -> None:
        self._source, self._rooms, self._instrument, self._folder = source, rooms, instrument, folder
        self._ready: dict[str, CodeType] = {}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is None or spec.origin is None or not Path(spec.origin).is_relative_to(self._source):
            return None
        if self._rooms and _find_room(Path(spec.origin), self._source) not in self._rooms:
            return None
        spec.loader = _Loader(fullname, spec.origin, self)
        return spec

    def prepare(self, name: str) -> None:
        spec = find_spec(name)
        assert spec is not None
        assert isinstance(spec.loader, _Loader)
        self._ready[name] = spec.loader.get_code(name)

    def make_code(self, name: str, path: str) -> CodeType:
        return self._ready[name] if name in self._ready else self._instrument(self._mark_branches(path))

    def _mark_branches(self, path: str) -> CodeType:
        """Return the code in which SlipCover can tell branches: that takes longer than all else, so it is kept."""
        raw = Path(path).read_bytes()
        kept = self._folder / f"{sha256(os.fsencode(path) + raw).hexdigest()}.code"
        if kept.exists():
            ready: CodeType = marshal.loads(kept.read_bytes())  # noqa: S302 - of this very run
            return ready
        from slipcover.branch import preinstrument  # noqa: PLC0415

        code: CodeType = compile(preinstrument(ast.parse(raw)), path, "exec")
        # A command that is started from nothing may be one that cannot write.
        if not self._rooms:
            with NamedTemporaryFile(dir=self._folder, suffix=".part", delete=False) as file:
                file.write(marshal.dumps(code))
            Path(file.name).replace(kept)
        return code


class _Loader(SourceFileLoader):
    """Loads what has probes, and never from what was compiled without them."""

    def __init__(self, name: str, path: str, finder: _Finder) -> None:
        super().__init__(name, path)
        self._finder = finder

    def get_code(self, fullname: str) -> CodeType:
        return self._finder.make_code(fullname, self.path)


def begin(root: Path = ROOT, rooms: Sequence[str] = ()) -> Measure | None:
    """Measure some rooms, or all, from here on, where that is asked for."""
    folder = os.environ.get(FOLDER)
    return Measure(Path(folder), _source(root), rooms) if folder else None


def passed_on() -> dict[str, str]:
    """Return what a process needs in its environment so as to be measured as this one is."""
    return {name: os.environ[name] for name in (FOLDER,) if name in os.environ}


def starting_words() -> list[str]:
    """Return the words after ``python`` that start ``dangwu`` from nothing, measured where that is asked for."""
    if FOLDER not in os.environ:
        return ["-m", "dangwu"]
    return ["-c", f"import runpy; runpy.run_path({__file__!r}, run_name='__main__')", "start"]


def start(words: Sequence[str]) -> None:
    """Run ``dangwu`` as Python's ``-m`` does, and measure it."""
    measure = begin(rooms=STARTED)
    sys.argv[1:] = words
    try:
        runpy.run_module("dangwu", run_name="__main__", alter_sys=True)
    finally:
        if measure:
            measure.save()


def report(folder: Path, root: Path = ROOT) -> str | None:
    """Say what was run, room by room, write ``MISSING``, and return why it is not enough, where it is not."""
    import slipcover  # noqa: PLC0415

    if not any(folder.glob(_PARTS)):
        return "Coverage: nothing was measured."
    ran = _merge(folder, root)
    with (root / MISSING).open("w", encoding="utf-8") as out:
        slipcover.print_coverage(ran, outfile=out, skip_covered=True)
    rooms = _add_up(ran, _source(root))
    rows = [_ROW.format(room, *(f"{share:.1f} %" for share in _shares(counts))) for room, counts in rooms.items()]
    head = _ROW.format("room", "lines", "branches", "both")
    sys.stdout.write("\n".join([head, *rows, f"What did not run stands in {MISSING}.", ""]))
    floor, reached = _settings(root)["fail-under"], _shares(rooms["all"])[-1]
    return f"Coverage: {reached:.2f} % is below the floor of {floor} %." if reached < floor else None


def _merge(folder: Path, root: Path) -> dict[str, Any]:
    """Return what of all lines and branches was run, in the form of SlipCover: also of files that none has loaded."""
    import slipcover  # noqa: PLC0415

    seen: dict[str, Places] = defaultdict(set)
    for part in folder.glob(_PARTS):
        for file, places in _decode(part.read_bytes()):
            seen[file] |= places
    excluded = _settings(root)["exclude-lines"]
    whole = slipcover.Slipcover(branch=True, source=[str(_source(root))], exclude_lines=excluded).get_coverage()
    files = {
        file: {
            f"executed_{what}": [
                place for place in facts[f"missing_{what}"] if place in seen[str(Path(file).resolve())]
            ]
            for what in ("lines", "branches")
        }
        for file, facts in whole["files"].items()
    }
    ran: dict[str, Any] = slipcover.merge_coverage(whole, {"meta": whole["meta"], "files": files})
    return ran


def _add_up(ran: Mapping[str, Any], source: Path) -> dict[str, Counter[str]]:
    """Return how many lines and branches of each room and of all ran and did not."""
    rooms: dict[str, Counter[str]] = defaultdict(Counter)
    for file, facts in sorted(ran["files"].items()):
        rooms[_find_room(Path(file).resolve(), source)].update(
            {what: len(facts[what]) for what in facts if what != "summary"}
        )
    return {**rooms, "all": sum(rooms.values(), Counter())}


def _shares(counts: Mapping[str, int]) -> list[float]:
    """Return the percentages of lines, of branches and of both that ran; of nothing everything did."""
    ran, missed = ([counts[f"{how}_{what}"] for what in ("lines", "branches")] for how in ("executed", "missing"))
    pairs = [*zip(ran, missed, strict=True), (sum(ran), sum(missed))]
    return [100 * run / (run + left) if run + left else 100.0 for run, left in pairs]


def _settings(root: Path) -> dict[str, Any]:
    settings: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["slipcover"]
    return settings


def _find_room(file: Path, source: Path) -> str:
    return (*file.relative_to(source).parts[:-1], ".")[0]


def _source(root: Path) -> Path:
    return Path(root.resolve(), _settings(root)["source"])


def _encode(seen: Mapping[str, Places]) -> bytes:
    return json.dumps({file: list(places) for file, places in seen.items()}).encode()


def _decode(raw: bytes) -> Iterator[tuple[str, Places]]:
    for file, places in json.loads(raw).items():
        yield file, {tuple(place) if isinstance(place, list) else place for place in places}


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["start", *_words]:
            start(_words)
        case ["report", *_folders]:
            sys.exit(report(*map(Path, _folders)))

"""A build of dangwu as a program: how it is started, in which surroundings, and what its help offers."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DAY = "2026-11-23"
LANGUAGES = ("zh", "en")
CANONICAL = {"terminal": "text"}
"""Names of formats that one build may have and another not → the name under which their outputs are compared."""
LIMIT = 300
"""Seconds after which a command hangs."""
HUNG = -1
_NAMED = re.compile(r"^  ([a-z][a-z-]*)(?:  +\S.*)?$", re.MULTILINE)
_OPTION = re.compile(r"^  (?:-\w, )?(--[a-z][a-z-]*)", re.MULTILINE)


class Answer(NamedTuple):
    """What a command left behind; ``HUNG`` is the code of one that never ended."""

    code: int
    out: bytes
    err: bytes


class Build(NamedTuple):
    """An interpreter in which dangwu is installed, or one that is given a source folder, and the words it is called by.

    The name is that of the folder which keeps what this build said.
    """

    name: str
    python: str
    source: str

    @classmethod
    def named(cls, name: str, word: str) -> Build:
        """Read ``PYTHON`` or ``PYTHON:SRCFOLDER``. FileNotFoundError where one of them is not there."""
        python, source = (word, "") if Path(word).is_file() else (word.rpartition(":")[0], word.rpartition(":")[2])
        for path, there in ((python, Path(python).is_file()), (source, not source or Path(source, "dangwu").is_dir())):
            if not there:
                raise FileNotFoundError(path or word)
        # The interpreter of a virtual environment is a link that must not be followed.
        return cls(name, os.path.abspath(python), str(Path(source).resolve()) if source else "")  # noqa: PTH100

    def run(
        self, root: Path, words: Sequence[str], cwd: Path, extra: Mapping[str, str] | None = None, given: bytes = b""
    ) -> Answer:
        """Run ``dangwu`` once, ``given`` on its input. ``-P`` keeps the folder of the records out of the imports."""
        command = [self.python, "-P", "-m", "dangwu", *words]
        around = {**surroundings(root), **self._imports(root), **(extra or {})}
        try:
            done = subprocess.run(
                command, cwd=cwd, env=around, input=given, capture_output=True, timeout=LIMIT, check=False
            )
        except subprocess.TimeoutExpired:
            return Answer(HUNG, b"", b"")
        return Answer(done.returncode, done.stdout, done.stderr)

    def _imports(self, root: Path) -> dict[str, str]:
        # Nothing is compiled beside the sources: neither build is changed, and the second start is fast all the same.
        compiled = {"PYTHONPYCACHEPREFIX": str(root.parent / "compiled" / self.name)}
        return {**compiled, **({"PYTHONPATH": self.source} if self.source else {})}


def surroundings(root: Path) -> dict[str, str]:
    """Return the environment of every command: nothing of the caller's but where programs are found."""
    home = root / "home"
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "TMPDIR": str(root / "temporary"),
        "LANG": "C.UTF-8",
        "TZ": "Asia/Shanghai",
        "COLUMNS": "100",
        "TERM": "xterm-256color",
        "PYTHONHASHSEED": "0",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
    }


class Offer(NamedTuple):
    """What a build offers by its help: command → its help in English. The other build's is asked where it is silent.

    All come in the order of the other build's help, what it lacks last: a case's language follows from its place.
    """

    helps: Mapping[str, str]
    others: Mapping[str, str]

    def choices(self, command: str, option: str = "") -> tuple[str, ...]:
        """Return the words of an option, or of the argument that is a choice. LookupError where none is told."""
        others = _choices(self.others, command, option)
        found = _choices(self.helps, command, option) or others
        if not found:
            raise LookupError(f"the help of “{command}” tells no words for {option or 'its argument'}")
        return _ordered(found, others)

    def formats(self, command: str, without: Sequence[str] = ()) -> list[tuple[str, str]]:
        """Return each format: its canonical name, and the word that this build wants."""
        words = {_canonical(word): word for word in self.choices(command, "--format")}
        return [(name, word) for name, word in words.items() if name not in without]

    def commands(self, below: str = "") -> tuple[str, ...]:
        """Return the names of the commands of a group."""
        return _ordered(_names(self.helps[below]), _names(self.others.get(below, "")))


def _ordered(words: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    places = {_canonical(word): place for place, word in enumerate(others)}
    return tuple(sorted(words, key=lambda word: places.get(_canonical(word), len(places))))


def _canonical(word: str) -> str:
    return CANONICAL.get(word, word)


def _choices(helps: Mapping[str, str], command: str, option: str) -> tuple[str, ...]:
    pattern = rf"^  (?:-\w, )?{option} " if option else "^  "
    found = re.search(rf"{pattern}([\w-]+(?:\|[\w-]+)+)", helps.get(command, ""), re.MULTILINE)
    return tuple(found[1].split("|")) if found else ()


def _names(text: str) -> list[str]:
    return _NAMED.findall(text) if "COMMAND [ARGS]" in text else []


def offered(build: Build, root: Path) -> dict[str, str]:
    """Read the English help of every command: its words, joined by blanks → the text; ``""`` is the whole program's."""
    helps: dict[str, str] = {}
    waiting = [""]
    while waiting:
        path = waiting.pop()
        answer = build.run(root, ["--lang", "en", *path.split(), "--help"], root, {"COLUMNS": "160"})
        if answer.code != 0:
            raise LookupError(f"{build.name}: dangwu {path} --help ends with {answer.code}:\n{answer.err.decode()}")
        helps[path] = answer.out.decode()
        waiting.extend(f"{path} {name}".strip() for name in _names(helps[path]))
    return dict(sorted(helps.items()))


def options(text: str) -> list[str]:
    """Return the long options that a help text lists."""
    return _OPTION.findall(text)

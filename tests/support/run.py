"""The installed command as a person starts it: a process of its own in a clean environment."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.support import measure, server
from tests.support.examples import BASE

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY = "2026-11-23"
LIMIT = 60 if find_spec("_ruamel_yaml") else 240
"""Seconds after which a command hangs; no command of the suite needs a tenth of it, even on a busy machine.

Without the parser in C a file of 300,000 items is read in half a minute.
"""
_KEPT = (
    "PATH", "HOME", "USERPROFILE", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM",
    "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME",
)  # fmt: skip
_EACH_FOR_ITSELF = os.name == "nt" or "DANGWU_TEST_STARTS" in os.environ
"""Start every command from nothing, as people do; elsewhere only those whose surroundings a test changes."""
_STRICT = {"PYTHONWARNINGS": "error", "PYTHONWARNDEFAULTENCODING": "1"}


@dataclass(frozen=True, slots=True)
class Result:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def both(self) -> str:
        return self.out + self.err

    def json(self) -> Any:
        """Read the one document on stdout; nothing else may stand there."""
        return json.loads(self.out)


def compiled_once() -> dict[str, str]:
    """Return what lets one start read what another compiled, below the home of the tests and nowhere else."""
    return {"PYTHONPYCACHEPREFIX": os.path.join(os.environ["HOME"], "compiled"), "PYTHONDONTWRITEBYTECODE": ""}  # noqa: PTH118


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment of a command: what a system needs, warnings as errors, and what a test adds."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, **_STRICT, **compiled_once(), **(extra or {})}


def run(
    *words: str | Path,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    input: str | bytes | None = None,  # noqa: A002 - the word of the standard library
    as_of: str | None = DAY,
    code: int | tuple[int, ...] | None = None,
) -> Result:
    """Run ``dangwu``. Whatever the words, it never breaks down: no traceback, no exit code of a fault."""
    day = () if as_of is None else ("--as-of", as_of)
    every = [*day, *(os.fspath(word) for word in words)]
    raw = input.encode() if isinstance(input, str) else input or b""
    result = _start(every, cwd, env, raw) if env is not None or _EACH_FOR_ITSELF else _served(every, cwd, raw)
    assert "Traceback" not in result.both, result.both
    assert result.code in {0, 1, 2, 3, 130}, result.both
    if code is not None:
        assert result.code in ((code,) if isinstance(code, int) else code), f"{result.code}\n{result.both}"
    return result


def _start(words: list[str], cwd: Path, env: Mapping[str, str] | None, raw: bytes) -> Result:
    """Start the command from nothing."""
    done = subprocess.run(
        [sys.executable, *measure.starting_words(), *words],
        cwd=cwd,
        env=environment({**measure.passed_on(), **(env or {})}),
        input=raw,
        capture_output=True,
        timeout=LIMIT,
        check=False,
    )
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


@cache
def _server() -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-P", server.__file__, str(BASE), DAY],
        env=environment(measure.passed_on()),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        errors="surrogateescape",
    )
    atexit.register(end_server)
    return process


def end_server() -> None:
    """End the server, if there is one, and wait until it has written what it measured."""
    if _server.cache_info().currsize:
        _server().communicate()
        _server.cache_clear()


def _ask(request: Mapping[str, Any]) -> int:
    process = _server()
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(request) + "\n")
    process.stdin.flush()
    return int(process.stdout.readline())


def read_ahead(folder: Path) -> None:
    """Have a branch parsed once for the many runs that read it, or a copy of it, as it is."""
    if not _EACH_FOR_ITSELF:
        assert _ask({"ahead": str(folder)}) == 0


def _served(words: list[str], cwd: Path, raw: bytes) -> Result:
    """Run the command in a process that begins with everything loaded."""
    with tempfile.TemporaryDirectory(prefix="run-") as folder:
        files = {name: Path(folder, name) for name in ("in", "out", "err")}
        for name, file in files.items():
            file.write_bytes(raw if name == "in" else b"")
        paths = {name: str(file) for name, file in files.items()}
        request = {"words": words, "cwd": str(cwd), "env": environment(), "limit": LIMIT, **paths}
        code = _ask(request)
        assert code != server.HUNG, f"hung or killed: {words}"
        return Result(code, files["out"].read_bytes().decode(), files["err"].read_bytes().decode())


def zh(*words: str | Path, cwd: Path, **how: Any) -> Result:
    return run("--lang", "zh", *words, cwd=cwd, **how)


def en(*words: str | Path, cwd: Path, **how: Any) -> Result:
    return run("--lang", "en", *words, cwd=cwd, **how)


def spoken(*words: str | Path, cwd: Path, **how: Any) -> dict[str, Result]:
    """Run the command in both languages."""
    return {"zh": zh(*words, cwd=cwd, **how), "en": en(*words, cwd=cwd, **how)}


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text)

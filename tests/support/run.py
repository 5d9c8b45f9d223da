"""The installed command as a person starts it: a process of its own in a clean environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DAY = "2026-11-23"
LIMIT = 20
"""Seconds after which a command hangs; no command of the suite needs a tenth of it."""
_KEPT = (
    "PATH", "HOME", "USERPROFILE", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM",
    "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME",
)  # fmt: skip
_STRICT = {"PYTHONWARNINGS": "error", "PYTHONWARNDEFAULTENCODING": "1", "PYTHONDONTWRITEBYTECODE": "1"}


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


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment of a command: what a system needs, warnings as errors, and what a test adds."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, **_STRICT, **(extra or {})}


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
    done = subprocess.run(
        [sys.executable, "-m", "dangwu", *day, *(os.fspath(word) for word in words)],
        cwd=cwd,
        env=environment(env),
        input=input.encode() if isinstance(input, str) else input or b"",
        capture_output=True,
        timeout=LIMIT,
        check=False,
    )
    result = Result(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in result.both, result.both
    assert result.code in {0, 1, 2, 3, 130}, result.both
    if code is not None:
        assert result.code in ((code,) if isinstance(code, int) else code), f"{result.code}\n{result.both}"
    return result


def zh(*words: str | Path, cwd: Path, **how: Any) -> Result:
    return run("--lang", "zh", *words, cwd=cwd, **how)


def en(*words: str | Path, cwd: Path, **how: Any) -> Result:
    return run("--lang", "en", *words, cwd=cwd, **how)


def spoken(*words: str | Path, cwd: Path, **how: Any) -> dict[str, Result]:
    """Run the command in both languages."""
    return {"zh": zh(*words, cwd=cwd, **how), "en": en(*words, cwd=cwd, **how)}


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text)

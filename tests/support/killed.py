"""Commands that are killed half-way, as by a power cut: after so many files have their place."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.support.run import DAY, environment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_KILLED = """
import os, sys
from dangwu.cli.main import main
from dangwu.files import write
left, original = int(sys.argv[1]), write._move_into_place
def move(*given, **how):
    global left
    if not left:
        os.kill(os.getpid(), 9)
    left -= 1
    original(*given, **how)
write._move_into_place = move
main(sys.argv[2:])
"""


def kill_after(count: int, *words: str | Path, cwd: Path, env: Mapping[str, str] | None = None) -> bool:
    """Run a command that is killed when it puts file number ``count`` into its place; tell whether it came so far."""
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(count), "--lang", "en", "--as-of", DAY, *map(str, words)],
        cwd=cwd,
        env=environment(env),
        input=b"",
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode in {0, -signal.SIGKILL}, done.stderr.decode()
    return done.returncode != 0

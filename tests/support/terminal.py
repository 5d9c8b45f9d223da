"""The command on a real terminal, with a person who answers its questions."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.support import measure, needs
from tests.support.run import DAY, LIMIT, environment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_PAUSE = 0.2
_STILL = int(LIMIT / _PAUSE)
"""Pauses without a word after which a command hangs; as long as it speaks, it may take whatever it needs."""
_ASKING = 25
"""Pauses behind a question after which nobody is going to answer it."""


def talk(*words: str, cwd: Path, answers: Sequence[str], as_of: str = DAY, lang: str = "zh") -> tuple[int, str]:
    """Run ``dangwu`` on a terminal, answer each question when it has been asked, and return code and screen."""
    keyboard, terminal = needs.terminal()
    process = subprocess.Popen(
        [sys.executable, *measure.starting_words(), "--lang", lang, "--as-of", as_of, *words],
        cwd=cwd,
        env=environment({**measure.passed_on(), "TERM": "dumb", "COLUMNS": "100"}),
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
    )
    os.close(terminal)
    screen, asked = b"", 0
    left = list(answers)
    still = 0
    try:
        while still < _STILL:
            ready, _, _ = select.select([keyboard], [], [], _PAUSE)
            still = 0 if ready else still + 1
            if ready:
                try:
                    got = os.read(keyboard, 4096)
                except OSError:
                    break
                if not got:
                    break
                screen += got
            elif left and screen[asked:].rstrip(b" ").endswith(b":"):
                asked = len(screen)
                os.write(keyboard, left.pop(0).encode() + b"\n")
            elif still >= _ASKING and screen[asked:].rstrip(b" ").endswith(b":"):
                raise AssertionError(f"asks what the test does not answer:\n{screen.decode()}")
        code = process.wait(timeout=LIMIT)
    finally:
        process.kill()
        process.wait()
        os.close(keyboard)
    text = screen.decode().replace("\r\n", "\n")
    assert "Traceback" not in text, text
    assert not left, f"never asked for {left}:\n{text}"
    return code, text

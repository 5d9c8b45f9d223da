"""A real terminal in tmux, as a person at a keyboard has it: keys go in, and what the programs wrote comes out."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tests.support import needs
from tests.support.run import LIMIT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

COLUMNS, LINES = 100, 40
PROMPT = "$ "
_PAUSE = 0.1
_STILL = 4
"""Pauses without a word behind a prompt after which a program waits for an answer."""


class Screen:
    """A shell in a terminal of tmux, with a server of its own that ends with it; ``type`` waits for the answer."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._tmux = needs.program("tmux", "tmux")
        # The name of a socket may be 100 characters long, less than pytest's folders have.
        self._socket = Path(tempfile.mkdtemp(prefix="dangwu-tmux-"))
        self._log = self._socket / "log"
        shell = [f"{key}={value}" for key, value in {**environment, "TERM": "screen", "PS1": PROMPT}.items()]
        self._folder, self._shell = folder, ("env", "-i", *shell, "sh", "-i")

    def __enter__(self) -> Self:
        """Start the shell and wait for its prompt."""
        self._log.touch()
        # The shell waits until all that it writes is kept.
        start = "sh -c 'read start; clear; exec \"$@\"' sh " + shlex.join(self._shell)
        size = ("-x", str(COLUMNS), "-y", str(LINES))
        self._run("-f", "/dev/null", "new-session", "-d", *size, "-c", self._folder, start)
        self._run("pipe-pane", "-O", f"exec cat >>{self._log}")
        self._run("send-keys", "Enter")
        self._wait(0)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End the server of this terminal."""
        self._run("kill-server")
        shutil.rmtree(self._socket, ignore_errors=True)

    def type(self, text: str) -> str:
        """Type a line and Enter; return what was written until the next question or the prompt of the shell."""
        written = len(self._read())
        if text:
            self._run("send-keys", "-l", "--", text)
        self._run("send-keys", "Enter")
        return self._wait(written)

    def look(self) -> str:
        """Return the lines that the terminal shows now."""
        return self._run("capture-pane", "-p")

    def _wait(self, written: int) -> str:
        still, before = 0, written
        for _ in range(int(LIMIT / _PAUSE)):
            time.sleep(_PAUSE)
            now = self._read()
            still = still + 1 if len(now) == before else 0
            before = len(now)
            new = now[written:].decode("utf-8", "replace")
            if still >= _STILL and "\n" in new + "\n" * (not written) and new.endswith((PROMPT, ": ")):
                return new
        raise AssertionError(f"hangs:\n{self.look()}")

    def _read(self) -> bytes:
        return self._log.read_bytes()

    def _run(self, *words: str | Path) -> str:
        done = subprocess.run(
            [self._tmux, "-u", "-S", self._socket / "s", *words],
            capture_output=True, check=True, encoding="utf-8", timeout=LIMIT,
        )  # fmt: skip
        return done.stdout

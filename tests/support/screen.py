"""A real terminal in tmux, as a person at a keyboard has it: keys go in, and what the programs wrote comes out."""

from __future__ import annotations

import os
import select
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tests.support import needs
from tests.support.run import LIMIT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

COLUMNS, LINES = 100, 40
PROMPT = "$ "
_STILL = 0.4
"""Seconds without a word behind a prompt after which a program waits for an answer."""
_MOST_BYTES = 1 << 16


class Screen:
    """A shell in a terminal of tmux, with a server of its own that ends with it; ``type`` waits for the answer."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._tmux = needs.program("tmux", "tmux")
        # The name of a socket may be 100 characters long, less than pytest's folders have.
        self._socket = Path(tempfile.mkdtemp(prefix="dangwu-tmux-"))
        self._pipe = self._socket / "written"
        shell = [f"{key}={value}" for key, value in {**environment, "TERM": "screen", "PS1": PROMPT}.items()]
        self._folder, self._shell = folder, ("env", "-i", *shell, "sh", "-i")

    def __enter__(self) -> Self:
        """Start the shell and wait for its prompt."""
        os.mkfifo(self._pipe)
        self._written = os.open(self._pipe, os.O_RDONLY | os.O_NONBLOCK)
        # The shell waits until all that it writes is kept.
        start = "sh -c 'read start; clear; exec \"$@\"' sh " + shlex.join(self._shell)
        size = ("-x", str(COLUMNS), "-y", str(LINES))
        self._run("-f", "/dev/null", "new-session", "-d", *size, "-c", self._folder, start)
        self._run("pipe-pane", "-O", f"exec cat >{self._pipe}")
        self._run("send-keys", "Enter")
        self._wait(begins=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End the server of this terminal."""
        self._run("kill-server")
        os.close(self._written)
        shutil.rmtree(self._socket, ignore_errors=True)

    def type(self, text: str) -> str:
        """Type a line and Enter; return what was written until the next question or the prompt of the shell."""
        if text:
            self._run("send-keys", "-l", "--", text)
        self._run("send-keys", "Enter")
        return self._wait()

    def look(self) -> str:
        """Return the lines that the terminal shows now."""
        return self._run("capture-pane", "-p")

    def _wait(self, *, begins: bool = False) -> str:
        """Return what is written until a prompt stands there and nothing follows; the first has no line before it."""
        written, silences = b"", 0
        while silences * _STILL < LIMIT:
            ready, _, _ = select.select([self._written], [], [], _STILL)
            part = os.read(self._written, _MOST_BYTES) if ready else b""
            written += part
            silences = 0 if part else silences + 1
            said = written.decode("utf-8", "replace")
            if silences and (begins or "\n" in said) and said.endswith((PROMPT, ": ")):
                return said
        raise AssertionError(f"hangs:\n{self.look()}")

    def _run(self, *words: str | Path) -> str:
        done = subprocess.run(
            [self._tmux, "-u", "-S", self._socket / "s", *words],
            capture_output=True, check=True, encoding="utf-8", timeout=LIMIT,
        )  # fmt: skip
        return done.stdout

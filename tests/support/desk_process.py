"""A desk in a process of its own, as people start it, and the requests that a browser would send it."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode, urlsplit

from tests.support.run import DAY, environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Started(NamedTuple):
    """A desk in a process of its own, and the address of entry that it printed."""

    process: subprocess.Popen[str]
    address: str

    @property
    def port(self) -> int:
        return urlsplit(self.address).port or 0

    def ask(self, method: str, path: str, form: dict[str, str] | None = None, cookie: str = "") -> tuple[int, str, str]:
        """Return status, cookie and text of an answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Origin": f"http://127.0.0.1:{self.port}", "Content-Type": "application/x-www-form-urlencoded"}
        headers |= {"Cookie": cookie} if cookie else {}
        connection.request(method, path, urlencode(form or {}), headers)
        answer = connection.getresponse()
        said = answer.status, (answer.getheader("Set-Cookie") or "").partition(";")[0], answer.read().decode()
        connection.close()
        return said

    def enter(self) -> str:
        """Return the cookie of a new session."""
        word = self.address.partition("word=")[2]
        status, cookie, _ = self.ask("POST", "/enter", {"word": word})
        assert status == 303
        return cookie


@contextmanager
def started(folder: Path, *words: str, lang: str = "zh") -> Iterator[Started]:
    process = subprocess.Popen(
        [sys.executable, "-m", "dangwu", "--as-of", DAY, "--lang", lang, "desk", "--no-browser", *words],
        cwd=folder, env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        encoding="utf-8",
    )  # fmt: skip
    try:
        assert process.stdout
        yield Started(process, process.stdout.readline().strip())
    finally:
        process.kill()
        process.communicate()

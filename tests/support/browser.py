"""A headless Chromium that tests speak to over its pipe (the DevTools protocol): no further library, no open port."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROGRAM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
MISSING = "no Chromium here; .ci/run installs one"
_OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    "--remote-debugging-pipe", "--force-color-profile=srgb",
)  # fmt: skip
_LIMIT = 60
_JOIN = """
import os, sys
# The browser reads from 3 and writes to 4; what stood there must not be lost on the way.
ends = [os.dup(int(word)) for word in sys.argv[1:3]]
while min(ends) < 5:
    ends = [os.dup(end) for end in ends]
os.dup2(ends[0], 3)
os.dup2(ends[1], 4)
os.execv(sys.argv[3], sys.argv[3:])
"""


class Page:
    """A tab. ``trouble`` is what a person would see in red in the console, ``asked`` every address it wanted."""

    def __init__(self, write: int, read: int) -> None:
        self._write, self._read, self._number, self._rest, self._loads = write, read, 0, b"", 0
        self._session: str | None = None
        self._there: str | None = None
        self.trouble: list[str] = []
        self.asked: list[str] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **named: Any) -> dict[str, Any]:
        """Send a command and return its answer."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": named}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._read], [], [], _LIMIT)
            assert ready, "the browser does not answer"
            got = os.read(self._read, 1 << 20)
            assert got, "the browser has gone"
            self._rest += got
        raw, _, self._rest = self._rest.partition(b"\0")
        message: dict[str, Any] = json.loads(raw)
        self._note(message)
        return message

    def _note(self, message: dict[str, Any]) -> None:
        named = message.get("params", {})
        match message.get("method"):
            case "Log.entryAdded":
                self.trouble.append(named["entry"]["text"])
            case "Runtime.consoleAPICalled":
                self.trouble.append(str(named["args"]))
            case "Runtime.exceptionThrown":
                self.trouble.append(str(named["exceptionDetails"]))
            case "Page.loadEventFired":
                self._loads += 1
            case "Network.requestWillBeSent":
                self.asked.append(named["request"]["url"])

    def open(self, address: str) -> None:
        """Load a page, and wait until it is there."""
        document = address.partition("#")[0]
        # A change of the part behind # alone loads nothing.
        for each in ("about:blank", address) if self._there in {document, None} else (address,):
            before = self._loads
            answer = self.ask("Page.navigate", url=each)
            assert "errorText" not in answer, answer
            self._wait(before)
        self._there = document

    def follow(self, script: str) -> None:
        """Do something in the page that leads to another, and wait until that is there."""
        before, self._there = self._loads, None
        self.run(script)
        self._wait(before)

    def _wait(self, loads: int) -> None:
        while self._loads == loads:
            self._next()

    def close(self) -> None:
        """End the browser in its own way, so that nothing is written after it."""
        self._session = None
        self.ask("Browser.close")

    def run(self, script: str) -> Any:
        """Return what an expression in the page is; a promise is waited for."""
        answer = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def size(self, width: int, height: int = 844, *, scale: int = 1) -> None:
        """Make the window so many CSS pixels wide and high."""
        self.ask(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=False
        )

    def media(self, *, dark: bool = False, paper: bool = False, still: bool = False) -> None:
        """Say what a person has set: a dark room, less movement; or that it is for paper."""
        features = [
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce" if still else "no-preference"},
        ]
        self.ask("Emulation.setEmulatedMedia", media="print" if paper else "", features=features)

    def scripts(self, *, on: bool) -> None:
        """Switch the scripts of pages on or off."""
        self.ask("Emulation.setScriptExecutionDisabled", value=not on)

    def press(self, key: str, times: int = 1) -> None:
        """Press a key of the keyboard; that may lead to another page."""
        self._there = None
        codes = {"Tab": 9, "Enter": 13, "ArrowDown": 40, "Escape": 27}
        text = {"Enter": "\r"}.get(key, "")
        for _ in range(times):
            for kind in ("keyDown", "keyUp"):
                self.ask(
                    "Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=codes[key],
                    **({"text": text} if text and kind == "keyDown" else {}),
                )  # fmt: skip

    def type(self, text: str) -> None:
        """Type text where the cursor is."""
        self.ask("Input.insertText", text=text)

    def picture(self, path: Path, *, whole: bool = False) -> None:
        """Take a picture of the window, or of the whole page."""
        answer = self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(answer["data"]))

    def paper(self) -> bytes:
        """Return the page as it is printed, as PDF."""
        answer = self.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return base64.b64decode(answer["data"])


@contextmanager
def browser(folder: Path) -> Iterator[Page]:
    """Start a browser whose profile is kept in a folder, and end it afterwards."""
    here_read, there_write = os.pipe()
    there_read, here_write = os.pipe()

    process = subprocess.Popen(
        [
            sys.executable, "-c", _JOIN, str(there_read), str(there_write),
            str(PROGRAM), *_OPTIONS, f"--user-data-dir={folder / 'profile'}", "about:blank",
        ],
        pass_fds=(there_read, there_write), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(there_read)
    os.close(there_write)
    try:
        page = Page(here_write, here_read)
        yield page
        page.close()
        process.wait(_LIMIT)
    finally:
        process.kill()
        process.wait()
        os.close(here_write)
        os.close(here_read)

"""Who is let in: one-time words of entry, sessions, and what every request and every answer must have.

The clock is an argument: seconds that grow, also while the machine sleeps.
"""

from __future__ import annotations

import hmac
import secrets
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dangwu.desk.exchange import Answer, Asked

HOST = "127.0.0.1"
"""The only address; there is no option for another."""
SECRET_BYTES = 24
"""192 bits."""
ENTRY_SECONDS = 60
SESSION_SECONDS = 12 * 3600
IDLE_SECONDS = 2 * 3600
_METHODS = frozenset({"GET", "HEAD", "POST"})
_OWN_SITES = frozenset({"", "none", "same-origin"})
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    # With no-referrer Chromium sends "Origin: null" with the forms of the desk itself.
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cache-Control", "no-store"),
)


class Entry(StrEnum):
    """What became of a word of entry."""

    OPENED = "opened"
    USED = "used"
    """It was used before: somebody else has it, so all sessions have ended."""
    UNKNOWN = "unknown"
    """It is too old, or none of this desk."""


class Refusal(StrEnum):
    """Why a request is refused before anything is looked up."""

    HOST = "host"
    METHOD = "method"
    ORIGIN = "origin"


class Gate:
    """The words of entry and the sessions of one desk; ``secret`` is what a second start of the command proves."""

    def __init__(self, port: int, clock: Callable[[], float], secret: str = "") -> None:
        self.port, self.secret = port, secret or draw_secret()
        self._clock = clock
        self._entries: dict[bytes, float] = {}
        self._used: set[bytes] = set()
        self._sessions: dict[bytes, float] = {}
        self._last_page = clock()
        self._closed = False

    @property
    def origin(self) -> str:
        """The address of the desk without a path."""
        return f"http://{HOST}:{self.port}"

    @property
    def cookie_name(self) -> str:
        """The name of the cookie: ports share cookies, so that the port stands in it."""
        return f"dangwu_desk_{self.port}"

    def make_entry(self) -> str:
        """Return a new word of entry, good for one use within ``ENTRY_SECONDS``."""
        word = draw_secret()
        self._entries[_digest(word)] = self._clock()
        return word

    def make_entry_address(self) -> str:
        """Return the address of the page of entry, with a new word."""
        return f"{self.origin}/enter?word={self.make_entry()}"

    def knows(self, secret: str) -> bool:
        """Tell whether this is the secret of the desk, which only this user of the machine can read."""
        return hmac.compare_digest(secret.encode(), self.secret.encode())

    def find_refusal(self, asked: Asked) -> Refusal | None:
        """Return why a request is refused, None where it may go on."""
        if asked.host != f"{HOST}:{self.port}":
            return Refusal.HOST
        if asked.method not in _METHODS:
            return Refusal.METHOD
        if asked.method == "POST" and (asked.origin != self.origin or asked.site not in _OWN_SITES):
            return Refusal.ORIGIN
        return None

    def enter(self, word: str) -> tuple[Entry, str]:
        """Use a word of entry up; return what became of it, and the value of the cookie where it opened a session."""
        name, now = _digest(word), self._clock()
        if name in self._used:
            self._sessions.clear()
            return Entry.USED, ""
        made = self._entries.pop(name, None)
        if made is None or not 0 <= now - made <= ENTRY_SECONDS:
            return Entry.UNKNOWN, ""
        self._used.add(name)
        cookie = draw_secret()
        self._sessions[_digest(cookie)] = now
        self._last_page = now
        return Entry.OPENED, cookie

    def admits(self, cookie: str) -> bool:
        """Tell whether a cookie belongs to a session; asking for a page keeps the desk awake, and no session."""
        name, now = _digest(cookie), self._clock()
        started = self._sessions.get(name)
        if started is None:
            return False
        # A clock that was put back must not make a session longer.
        if not 0 <= now - started < SESSION_SECONDS:
            del self._sessions[name]
            return False
        self._last_page = now
        return True

    def close(self) -> None:
        """End all sessions and the desk."""
        self._sessions.clear()
        self._closed = True

    @property
    def is_over(self) -> bool:
        """Whether the desk is to end: somebody left it, or nobody asked for a page for ``IDLE_SECONDS``."""
        return self._closed or not 0 <= self._clock() - self._last_page < IDLE_SECONDS

    def list_headers(self, answer: Answer) -> Iterator[tuple[str, str]]:
        """Yield the headers of an answer: its own, and those that every answer has."""
        yield "Content-Type", answer.media
        yield from answer.headers
        yield from _HEADERS
        yield "Content-Security-Policy", answer.policy or _POLICY
        if answer.cookie is not None:
            age = "" if answer.cookie else "; Max-Age=0"
            yield "Set-Cookie", f"{self.cookie_name}={answer.cookie}; HttpOnly; SameSite=Strict; Path=/{age}"


def draw_secret() -> str:
    """Return a new secret of 192 bits as text for an address."""
    return secrets.token_urlsafe(SECRET_BYTES)


def _digest(word: str) -> bytes:
    """Return what stands for a secret in memory; looking it up takes no longer for one that is nearly right."""
    return sha256(word.encode("utf-8", "surrogatepass")).digest()

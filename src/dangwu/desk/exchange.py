"""What is asked and what is answered over HTTP, as plain values: the rest of the desk knows no web library."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Fields = Mapping[str, str]


class TooLargeError(Exception):
    """A form has more bytes or fields than the desk takes."""


class MalformedError(Exception):
    """A form cannot be read."""


class Asked(NamedTuple):
    """A request. ``origin``, ``site`` (Sec-Fetch-Site) and ``cookie`` are empty where the header is missing.

    ``cookie`` is the value of the desk's own cookie. ``read_form`` reads the body, which is left alone until the gate
    has let the request in; it raises TooLargeError or MalformedError.
    """

    method: str
    path: str
    host: str
    origin: str
    site: str
    cookie: str
    query: Fields
    read_form: Callable[[], Fields]


class Answer(NamedTuple):
    """An answer. ``policy`` is a content policy of the page's own, in place of that of the desk.

    ``cookie`` is a new value of the desk's cookie, an empty one takes it away, None leaves it alone.
    """

    status: int
    body: bytes = b""
    media: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    policy: str = ""
    cookie: str | None = None


def build_redirect(path: str, *, cookie: str | None = None) -> Answer:
    """Return the answer that leads a browser to another page of the desk, with GET (RFC 9110, 15.4.4)."""
    return Answer(303, headers=(("Location", path),), cookie=cookie)

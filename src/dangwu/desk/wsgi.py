"""The one door to the web libraries: requests of werkzeug → plain values and back, and waitress on the loopback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.desk.exchange import Answer, Asked, MalformedError, TooLargeError
from dangwu.desk.gate import HOST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from werkzeug.wrappers import Request

    from dangwu.desk.gate import Gate

FORM_BYTES, FORM_FIELDS = 2_000_000, 20_000
_HEADER_BYTES, _BODY_BYTES = 16_384, 10_000_000
"""The server reads no more than this; the body is that of the largest sheet."""
_CONNECTIONS, _SECONDS, _THREADS = 50, 30, 4


def build_application(gate: Gate, answer: Callable[[Asked], Answer], fault: bytes) -> Callable[..., Iterable[bytes]]:
    """Return the WSGI application (PEP 3333) that asks ``answer``, and gives every answer the headers of the gate.

    ``fault`` is the page for a fault in the desk itself.
    """
    from werkzeug.wrappers import Request, Response  # noqa: PLC0415 - a heavy import

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        request = Request(environ)
        try:
            said = answer(_read_request(request, gate))
        except Exception as error:  # noqa: BLE001 - what a fault says may hold what people wrote
            environ["wsgi.errors"].write(f"dangwu desk: {type(error).__name__}\n")
            said = Answer(500, fault)
        response = Response(said.body, said.status, list(gate.list_headers(said)))
        return response(environ, start_response)

    return application


def _read_request(request: Request, gate: Gate) -> Asked:
    return Asked(
        method=request.method,
        path=request.path,
        # As it was sent: the library would put something in the place of one that is missing.
        host=request.environ.get("HTTP_HOST", ""),
        origin=request.headers.get("Origin", ""),
        site=request.headers.get("Sec-Fetch-Site", ""),
        cookie=request.cookies.get(gate.cookie_name, ""),
        query=request.args.to_dict(),
        read_form=lambda: _read_form(request),
    )


def _read_form(request: Request) -> Mapping[str, str]:
    """Return the fields of a form; TooLargeError for one beyond the limits, MalformedError for another body."""
    from werkzeug.exceptions import HTTPException, RequestEntityTooLarge  # noqa: PLC0415

    request.max_content_length = request.max_form_memory_size = FORM_BYTES
    request.max_form_parts = FORM_FIELDS
    if request.mimetype != "application/x-www-form-urlencoded":
        raise MalformedError
    try:
        form = request.form
    except RequestEntityTooLarge as error:
        raise TooLargeError from error
    except HTTPException as error:
        raise MalformedError from error
    values = [value for _, value in form.items(multi=True)]
    if len(values) > FORM_FIELDS:
        raise TooLargeError
    if any("\0" in value for value in values):
        raise MalformedError
    return form.to_dict()


class Listener(NamedTuple):
    """A server that listens on the loopback; ``run`` answers requests until ``close`` is called."""

    port: int
    run: Callable[[], None]
    close: Callable[[], None]


def listen(port: int, application: Callable[..., Iterable[bytes]]) -> Listener:
    """Listen at a port of 127.0.0.1, 0 for any that is free; OSError where it is taken."""
    from waitress import create_server, wasyncore  # type: ignore[import-untyped]  # noqa: PLC0415

    sockets: dict[int, Any] = {}
    server: Any = create_server(
        application, map=sockets, host=HOST, port=port, threads=_THREADS, connection_limit=_CONNECTIONS,
        channel_timeout=_SECONDS, max_request_header_size=_HEADER_BYTES, max_request_body_size=_BODY_BYTES, ident=None,
        clear_untrusted_proxy_headers=True,
    )  # fmt: skip

    def run() -> None:
        server.run()
        server.task_dispatcher.shutdown()

    def close() -> None:
        # In the thread of the loop, which ends when there is no socket left.
        server.trigger.pull_trigger(lambda: wasyncore.close_all(sockets, ignore_all=True))

    return Listener(int(server.effective_port), run, close)

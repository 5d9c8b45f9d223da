"""Runs a desk: listens, leaves its note, answers until somebody closes it or nobody asks any more."""

from __future__ import annotations

from contextlib import suppress
from threading import Event, Thread
from typing import TYPE_CHECKING, NamedTuple

from dangwu.desk.gate import Gate
from dangwu.desk.router import Router
from dangwu.desk.second_start import DeskNote, read_note, write_note
from dangwu.desk.wsgi import build_application, listen

if TYPE_CHECKING:
    from collections.abc import Callable

    from dangwu.desk.paper_files import PaperFormats
    from dangwu.desk.reading import Reading
    from dangwu.desk.wsgi import Listener

_LOOK_SECONDS, _LAST_ANSWER_SECONDS, _CLOSING_SECONDS = 1.0, 1.0, 5.0


class Desk(NamedTuple):
    """A desk that listens."""

    gate: Gate
    listener: Listener
    reading: Reading


def open_desk(reading: Reading, clock: Callable[[], float], formats: PaperFormats) -> Desk:
    """Listen, at the port of last time if it is free. OSError where no port can be had."""
    note = read_note(reading.repository.git_dir)
    gate = Gate(note.port if note else 0, clock)
    router = Router(gate, reading, formats)
    application = build_application(gate, router.answer, router.make_fault_page())
    try:
        listener = listen(gate.port, application)
    except OSError:
        listener = listen(0, application)
    gate.port = listener.port
    # Where nothing can be written a second start opens a desk of its own.
    with suppress(OSError):
        write_note(reading.repository.git_dir, DeskNote(gate.port, gate.secret, reading.audience.value))
    return Desk(gate, listener, reading)


def run_desk(desk: Desk, announce: Callable[[str], None]) -> None:
    """Announce the address of entry, and answer requests until the desk is over."""
    waiting = Event()
    # A thread of its own, so that this one can look at the clock, and is the one that Ctrl-C breaks off.
    answering = Thread(target=desk.listener.run, daemon=True)
    answering.start()
    try:
        announce(desk.gate.make_entry_address())
        while not desk.gate.is_over:
            waiting.wait(_LOOK_SECONDS)
        waiting.wait(_LAST_ANSWER_SECONDS)
    finally:
        desk.listener.close()
        answering.join(_CLOSING_SECONDS)
        with suppress(OSError):
            write_note(desk.reading.repository.git_dir, DeskNote(desk.gate.port))

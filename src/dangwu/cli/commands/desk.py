"""``dangwu desk``: the page for whoever types no command, on this computer alone."""

from __future__ import annotations

import gc
import os
import sys
import time
from datetime import datetime
from typing import Annotated

import typer

from dangwu.cli.extras import find_missing_modules, require_extra
from dangwu.cli.languages import _
from dangwu.cli.session import emit, find_session, refuse_unknown_choice
from dangwu.desk.paper_files import PaperFormats
from dangwu.desk.reading import Reading
from dangwu.desk.second_start import ask_for_entry, read_running_desk
from dangwu.desk.server import open_desk, run_desk
from dangwu.errors import CannotRunError
from dangwu.files.os_errors import describe_os_error
from dangwu.formats.registry import find_format
from dangwu.model.audience import Audience
from dangwu.model.history import BEIJING_TIME
from dangwu.model.message import say

_AUDIENCES = (Audience.COMMITTEE.value, Audience.HANDLERS.value)


def desk(
    context: typer.Context,
    *,
    browser: Annotated[
        bool,
        typer.Option("--browser/--no-browser", help=_("Open the page in the browser; else only print its address.")),
    ] = True,
    audience: Annotated[
        str,
        typer.Option(
            "--audience",
            metavar="|".join(_AUDIENCES),
            help=_("Who sits at the desk; the content of confidential records is for handlers only."),
        ),
    ] = Audience.COMMITTEE.value,
) -> None:
    """Show what is due, the records, reports and the board in the browser, until Ctrl-C."""
    session = find_session(context)
    refuse_unknown_choice(audience, _AUDIENCES, "--audience")
    require_extra("desk")
    location = session.require_branch()
    started = datetime.now(BEIJING_TIME).date()
    # With --as-of the desk begins on that day; left open over midnight it goes on to the next.
    reading = Reading(
        location, session.language, Audience(audience),
        lambda: session.as_of + (datetime.now(BEIJING_TIME).date() - started),
    )  # fmt: skip
    running = read_running_desk(reading)
    if running is not None and running.audience != audience:
        message = say("A desk for another audience is open for these records.")
        raise CannotRunError(message, say("Close it first: on its page, or with Ctrl-C where it was started."))
    address = ask_for_entry(running) if running is not None else None
    if address is not None:
        session.tell(say("The desk is open already; this is a new entry to it."))
        _show_entry(address, browser=browser)
        return
    try:
        opened = open_desk(reading, time.time, _find_formats())
    except OSError as error:
        raise CannotRunError(
            say("The desk cannot listen on this computer: {reason}.", reason=describe_os_error(error))
        ) from error
    # Other commands end before what refers to itself would fill the memory.
    gc.enable()

    def announce(entry: str) -> None:
        session.tell(say("The desk is open, on this computer alone. Ctrl-C closes it."))
        _show_entry(entry, browser=browser)

    run_desk(opened, announce)


def _find_formats() -> PaperFormats:
    """Return the formats of files whose extras are installed."""
    missing = {extra: bool(find_missing_modules(extra)) for extra in ("office", "pdf")}
    there = [name for name in ("pdf", "docx", "xlsx") if not missing.get(find_format(name).extra or "", False)]
    return PaperFormats(tuple(name for name in there if name != "xlsx"), tuple(there))


def _show_entry(address: str, *, browser: bool) -> None:
    """Print the address, and open it where there is a browser with a window."""
    emit(address)
    sys.stdout.flush()
    # Elsewhere than on Windows and macOS a browser without a window would take the terminal.
    if browser and (sys.platform in {"win32", "darwin"} or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ):
        import webbrowser  # noqa: PLC0415

        webbrowser.open_new_tab(address)

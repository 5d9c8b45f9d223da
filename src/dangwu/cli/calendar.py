"""``dangwu calendar``: the duties as a calendar file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from dangwu.cli.chosen import Wish, picked, span_of, states_of
from dangwu.cli.extras import need
from dangwu.cli.languages import _
from dangwu.cli.session import AUDIENCES, audience_of, emit_bytes, of
from dangwu.model.text import say

_UNDONE = ("open", "upcoming", "overdue")
_DAYS = re.compile(r"[0-9]{1,3}", re.ASCII)
_MOST_DAYS = 366


def calendar(
    context: typer.Context,
    *,
    year: Annotated[int | None, typer.Option("--year", min=2000, max=8000, help=_("Another year."))] = None,
    period: Annotated[
        str | None, typer.Option("--period", metavar="2026-Q3", help=_("A month, quarter, half-year or year."))
    ] = None,
    system: Annotated[int | None, typer.Option("--system", help=_("Only one of the ten systems, by number."))] = None,
    group: Annotated[str | None, typer.Option("--group", help=_("Only the duties of one Party group."))] = None,
    member: Annotated[
        str | None, typer.Option("--member", help=_("Only what a member owes, alone or in a body."))
    ] = None,
    state: Annotated[
        list[str] | None,
        typer.Option("--state", help=_("Only these states; without it what is open, upcoming or overdue.")),
    ] = None,
    alarm: Annotated[
        str,
        typer.Option(
            "--alarm",
            metavar="7,1",
            envvar="DANGWU_ALARM",
            help=_("Days before the due day on which to remind, at nine in the morning; none if empty."),
        ),
    ] = "7",
    audience: Annotated[
        str, typer.Option("--audience", metavar=AUDIENCES, help=_("For whom it is made; others see less."))
    ] = "members",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help=_("Write to a file instead of the terminal."))
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=_("Replace the file if it exists."))] = False,
    staged: Annotated[bool, typer.Option("--staged", help=_("Read the index."))] = False,
    rev: Annotated[str | None, typer.Option("--rev", metavar="REV", help=_("Read a commit."))] = None,
) -> None:
    """Write one all-day entry for each duty on its due day; the same entry again after every change of state."""
    need("office")
    session = of(context)
    wanted, days = audience_of(audience), _alarms(alarm)
    wish = Wish(system, group, member, states_of(state or _UNDONE))
    span = span_of(period, year or session.as_of.year)
    workspace = session.workspace(staged=staged, rev=rev, history=True)
    owed = picked(workspace.due(session.as_of, span, wanted), wish, workspace.corpus.roster)
    from dangwu.report.agenda import agenda  # noqa: PLC0415
    from dangwu.report.as_ics import ics  # noqa: PLC0415

    data = ics(agenda(owed, session.language, days, own=member is not None))
    if output is None:
        emit_bytes(data)
        return
    from dangwu.files.write import write_file  # noqa: PLC0415

    write_file(output, data, force=force)
    session.tell(say("Written: {path}", path=str(output)))


def _alarms(text: str) -> tuple[int, ...]:
    """Return the days of ``7,1``; a usage error for anything but whole days within a year."""
    days = [each.strip() for each in text.split(",")] if text.strip() else []
    if not all(_DAYS.fullmatch(each) and int(each) <= _MOST_DAYS for each in days):
        message = _("{text} is no list of days as in 7,1").format(text=text)
        raise typer.BadParameter(message, param_hint="--alarm")
    return tuple(int(each) for each in days)

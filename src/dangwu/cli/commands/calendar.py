"""``dangwu calendar``: the duties as a calendar file."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from dangwu.cli.duty_filter import Wish, picked, span_of, states_of
from dangwu.cli.extras import need
from dangwu.cli.languages import _
from dangwu.cli.options import For, Force, OfGroup, OfMember, OfPeriod, OfSystem, Output, Rev, Staged, Year
from dangwu.cli.output import deliver
from dangwu.cli.session import audience_of, of
from dangwu.formats.ics import ics
from dangwu.formats.ics_entries import agenda

_UNDONE = ("open", "upcoming", "overdue")
_DAYS = re.compile(r"[0-9]{1,3}", re.ASCII)
_MOST_DAYS = 366


def calendar(
    context: typer.Context,
    *,
    year: Year = None,
    period: OfPeriod = None,
    system: OfSystem = None,
    group: OfGroup = None,
    member: OfMember = None,
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
    audience: For = "members",
    output: Output = None,
    force: Force = False,
    staged: Staged = False,
    rev: Rev = None,
) -> None:
    """Write one all-day entry for each duty on its due day; the same entry again after every change of state."""
    need("office")
    session = of(context)
    wanted, days = audience_of(audience), _alarms(alarm)
    wish = Wish(system, group, member, states_of(state or _UNDONE))
    span = span_of(period, year or session.as_of.year)
    workspace = session.workspace(staged=staged, rev=rev, history=True)
    owed = picked(workspace.due(session.as_of, span, wanted), wish, workspace.corpus.roster)

    deliver(session, ics(agenda(owed, session.language, days, own=member is not None)), output, force=force)


def _alarms(text: str) -> tuple[int, ...]:
    """Return the days of ``7,1``; a usage error for anything but whole days within a year."""
    days = [each.strip() for each in text.split(",")] if text.strip() else []
    if not all(_DAYS.fullmatch(each) and int(each) <= _MOST_DAYS for each in days):
        message = _("{text} is no list of days as in 7,1").format(text=text)
        raise typer.BadParameter(message, param_hint="--alarm")
    return tuple(int(each) for each in days)

"""``dangwu calendar``: write the duties as a calendar file (iCalendar)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from dangwu.cli.duty_filter import DutyFilter, filter_duties, parse_period_span, parse_states, resolve_duty_filter
from dangwu.cli.extras import require_extra
from dangwu.cli.languages import _
from dangwu.cli.options import (
    AudienceOption,
    ForceOption,
    GroupFilterOption,
    MemberFilterOption,
    OutputOption,
    PeriodFilterOption,
    RevOption,
    StagedOption,
    SystemFilterOption,
    YearOption,
)
from dangwu.cli.output import write_output
from dangwu.cli.session import find_session, parse_audience
from dangwu.formats.ics import render_ics
from dangwu.formats.ics_entries import build_duty_calendar, format_branch_identity
from dangwu.model.duty import DutyState
from dangwu.workspace.branch_identity import find_first_name

if TYPE_CHECKING:
    from datetime import date

    from dangwu.model.duty import Duty

_UNDONE_STATES = {DutyState.OPEN, DutyState.UPCOMING, DutyState.OVERDUE}
_SETTLED_STATES = {DutyState.FULFILLED, DutyState.WAIVED}
_DAY_COUNT = re.compile(r"[0-9]{1,3}", re.ASCII)
_MAX_ALARM_DAYS = 366


def calendar(
    context: typer.Context,
    *,
    year: YearOption = None,
    period: PeriodFilterOption = None,
    system: SystemFilterOption = None,
    group: GroupFilterOption = None,
    member: MemberFilterOption = None,
    state: Annotated[
        list[str] | None,
        typer.Option(
            "--state",
            help=_("Only these states; without it what is undone, and as cancelled what was settled before its day."),
        ),
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
    audience: AudienceOption = "members",
    output: OutputOption = None,
    force: ForceOption = False,
    staged: StagedOption = False,
    rev: RevOption = None,
) -> None:
    """Write one all-day entry for each duty on its due day; a later export updates the same entries."""
    require_extra("office")
    session = find_session(context)
    viewers, alarm_days = parse_audience(audience), _parse_alarm_days(alarm)
    words = DutyFilter(system, group, member, parse_states(state or ()))
    span = parse_period_span(period, year or session.as_of.year)
    workspace = session.workspace(staged=staged, rev=rev, history=True)
    session.refuse_before_founding(workspace, span)
    duty_filter = resolve_duty_filter(session, workspace.corpus, words)
    duties = filter_duties(workspace.due(session.as_of, span, viewers), duty_filter, workspace.corpus.roster)
    if not state:
        duties = duties._replace(duties=tuple(duty for duty in duties.duties if _is_told(duty, session.as_of)))

    repository = session.location().repository
    first = find_first_name(repository, rev or "HEAD") if repository else None
    identity = format_branch_identity(*first) if first else None
    entries = build_duty_calendar(duties, session.language, alarm_days, own=member is not None, identity=identity)
    write_output(session, render_ics(entries), output, force=force, text=True)


def _is_told(duty: Duty, as_of: date) -> bool:
    """Tell whether a duty stands in the file: it is not done, or an earlier file may still ring for it."""
    return duty.state in _UNDONE_STATES or (duty.state in _SETTLED_STATES and duty.due >= as_of)


def _parse_alarm_days(text: str) -> tuple[int, ...]:
    """Return the numbers of days of a text like ``7,1``; a usage error for other text and above 366."""
    days = [part.strip() for part in text.split(",")] if text.strip() else []
    if not all(_DAY_COUNT.fullmatch(day) and int(day) <= _MAX_ALARM_DAYS for day in days):
        message = _("{text} is no list of days as in 7,1").format(text=text)
        raise typer.BadParameter(message, param_hint="--alarm")
    return tuple(int(day) for day in days)

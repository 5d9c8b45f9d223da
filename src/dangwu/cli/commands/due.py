"""``dangwu due``: print the duties of a period with their states and reasons."""

from __future__ import annotations

from typing import Annotated

import typer

from dangwu.cli.duty_filter import DutyFilter, filter_duties, parse_period_span, parse_states, resolve_duty_filter
from dangwu.cli.languages import _
from dangwu.cli.options import (
    AudienceOption,
    GroupFilterOption,
    MemberFilterOption,
    PeriodFilterOption,
    RevOption,
    StagedOption,
    SystemFilterOption,
    YearOption,
)
from dangwu.cli.output import build_format_option, choose_format
from dangwu.cli.session import emit, find_session, parse_audience, print_page
from dangwu.formats.machine.json import render_due_json
from dangwu.formats.registry import ResultKind
from dangwu.pages.duties import build_due_page


def due(
    context: typer.Context,
    *,
    year: YearOption = None,
    period: PeriodFilterOption = None,
    system: SystemFilterOption = None,
    group: GroupFilterOption = None,
    member: MemberFilterOption = None,
    state: Annotated[
        list[str] | None, typer.Option("--state", help=_("Only these states; may be given several times."))
    ] = None,
    audience: AudienceOption = "committee",
    staged: StagedOption = False,
    rev: RevOption = None,
    format_: Annotated[str, build_format_option(ResultKind.PAGE, _("Form of the output."))] = "text",
) -> None:
    """Print a calendar for each system, the duties from events, then what to do next, most urgent first."""
    session = find_session(context)
    format_ = choose_format(format_, ResultKind.PAGE)
    viewers = parse_audience(audience)
    words = DutyFilter(system, group, member, parse_states(state or ()))
    span = parse_period_span(period, year or session.as_of.year)
    workspace = session.workspace(staged=staged, rev=rev, history=True)
    session.refuse_before_founding(workspace, span)
    duty_filter = resolve_duty_filter(session, workspace.corpus, words)
    result = filter_duties(workspace.due(session.as_of, span, viewers), duty_filter, workspace.corpus.roster)
    if format_ == "json":
        emit(render_due_json(result, session.language))
        return

    print_page(session, build_due_page(result, session.language), format_)

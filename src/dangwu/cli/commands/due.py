"""``dangwu due``: what is owed, in which state, and why."""

from __future__ import annotations

from typing import Annotated

import typer

from dangwu.cli.duty_filter import Wish, picked, span_of, states_of
from dangwu.cli.languages import _
from dangwu.cli.options import For, OfGroup, OfMember, OfPeriod, OfSystem, Rev, Staged, Year
from dangwu.cli.output import choose_format, format_option
from dangwu.cli.session import audience_of, emit, of, show
from dangwu.formats.machine.json import due_json
from dangwu.formats.registry import Result
from dangwu.pages.duties import due_page


def due(
    context: typer.Context,
    *,
    year: Year = None,
    period: OfPeriod = None,
    system: OfSystem = None,
    group: OfGroup = None,
    member: OfMember = None,
    state: Annotated[
        list[str] | None, typer.Option("--state", help=_("Only these states; may be given several times."))
    ] = None,
    audience: For = "committee",
    staged: Staged = False,
    rev: Rev = None,
    format_: Annotated[str, format_option(Result.PAGE, _("Form of the output."))] = "text",
) -> None:
    """Show a calendar for each system, what followed from events, then what to do next, worst first."""
    session = of(context)
    format_ = choose_format(format_, Result.PAGE)
    wanted = audience_of(audience)
    wish = Wish(system, group, member, states_of(state or ()))
    span = span_of(period, year or session.as_of.year)
    workspace = session.workspace(staged=staged, rev=rev, history=True)
    owed = picked(workspace.due(session.as_of, span, wanted), wish, workspace.corpus.roster)
    if format_ == "json":
        emit(due_json(owed, session.language))
        return

    show(session, due_page(owed, session.language), format_)

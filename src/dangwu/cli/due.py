"""``dangwu due``: what is owed, in which state, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dangwu.cli.languages import _
from dangwu.cli.session import AUDIENCES, audience_of, choose, emit, of, show
from dangwu.model.duty import State
from dangwu.model.period import Period
from dangwu.model.record import MEETING_KINDS
from dangwu.model.rule import Subject
from dangwu.model.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from dangwu.model.duty import Duty
    from dangwu.model.result import Owed
    from dangwu.model.roster import Roster


def due(
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
        list[str] | None, typer.Option("--state", help=_("Only these states; may be given several times."))
    ] = None,
    audience: Annotated[
        str, typer.Option("--audience", metavar=AUDIENCES, help=_("For whom it is made; others see less."))
    ] = "committee",
    staged: Annotated[bool, typer.Option("--staged", help=_("Read the index."))] = False,
    rev: Annotated[str | None, typer.Option("--rev", metavar="REV", help=_("Read a commit."))] = None,
    format_: Annotated[str, typer.Option("--format", metavar="text|json|md", help=_("Form of the output."))] = "text",
) -> None:
    """Show a calendar for each system, what followed from events, then what to do next, worst first."""
    session = of(context)
    choose(format_, ("text", "json", "md"), "--format")
    wanted = audience_of(audience)
    states = [_state(each) for each in state or ()]
    span = _span(period, year or session.as_of.year)
    workspace = session.workspace(staged=staged, rev=rev, history=True)
    owed = workspace.due(session.as_of, span, wanted)
    tests: list[Callable[[Duty], bool]] = []
    if system is not None:
        tests.append(lambda duty: duty.system == system)
    if group is not None:
        tests.append(lambda duty: duty.subject == group)
    if member is not None:
        tests.append(lambda duty: _belongs(workspace.corpus.roster, owed, duty, member))
    if states:
        tests.append(lambda duty: duty.state in states)
    chosen = tuple(duty for duty in owed.duties if all(test(duty) for test in tests))
    owed = owed._replace(duties=chosen)
    if format_ == "json":
        from dangwu.report.as_json import due_json  # noqa: PLC0415

        emit(due_json(owed, session.language))
        return
    from dangwu.report.duties import due_page  # noqa: PLC0415

    show(session, due_page(owed, session.language), format_)


def _belongs(roster: Roster, owed: Owed, duty: Duty, member: str) -> bool:
    """Tell whether a duty is this member's own, or that of a body to which the member belonged on its last day."""
    clause = owed.rulebook.clause(duty.clause)
    if clause is None or clause.event is not None:
        return False
    if clause.subject.personal:
        return duty.subject == member
    day = min(duty.due, duty.period.last)
    if clause.subject is Subject.GROUP:
        return member in roster.of_group(duty.subject or "", day)
    return clause.record in MEETING_KINDS and member in roster.due_at(clause.record, None, day)


def _state(name: str) -> State:
    try:
        return State(name)
    except ValueError:
        names = ", ".join(State)
        raise typer.BadParameter(_("choose one of {names}").format(names=names), param_hint="--state") from None


def _span(label: str | None, year: int) -> Span:
    from dangwu.workspace import year_span  # noqa: PLC0415

    if label is None:
        return year_span(year)
    try:
        period = Period.parse(label)
    except ValueError:
        message = _("{label} is not a period as in 2026-03, 2026-Q1, 2026-H1 or 2026").format(label=label)
        raise typer.BadParameter(message, param_hint="--period") from None
    return Span(period.start, period.end)

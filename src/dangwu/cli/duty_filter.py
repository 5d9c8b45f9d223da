"""The duties that a person picks by the options of ``due`` and ``calendar``."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

import typer

from dangwu.cli.languages import _
from dangwu.errors import UsageError
from dangwu.model.duty import DutyState
from dangwu.model.message import say
from dangwu.model.period import Period
from dangwu.model.record import MEETING_KINDS
from dangwu.model.rulebook import Subject
from dangwu.model.spans import Span
from dangwu.workspace.workspace import build_year_span

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from dangwu.model.audience import Audience
    from dangwu.model.duty import Duty
    from dangwu.model.results import DutyResult
    from dangwu.model.roster import Roster
    from dangwu.workspace.workspace import Workspace

_MAX_LISTED_IDS = 10


class DutyFilter(NamedTuple):
    """What is picked; None, or no state, picks everything. A ``member`` picks what he owes, alone or in a body."""

    system: int | None = None
    group: str | None = None
    member: str | None = None
    states: tuple[DutyState, ...] = ()


def filter_duties(owed: DutyResult, wish: DutyFilter, roster: Roster) -> DutyResult:
    """Return the duties that were asked for. ``roster`` is that of all records, whatever ``owed`` still shows."""
    return owed._replace(duties=tuple(duty for duty in owed.duties if _is_wanted(duty, owed, wish, roster)))


def _is_wanted(duty: Duty, owed: DutyResult, wish: DutyFilter, roster: Roster) -> bool:
    return (
        wish.system in {None, duty.system}
        and wish.group in {None, duty.subject}
        and (wish.member is None or _belongs_to_member(roster, owed, duty, wish.member))
        and (not wish.states or duty.state in wish.states)
    )


def _belongs_to_member(roster: Roster, owed: DutyResult, duty: Duty, member: str) -> bool:
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


def find_duty(workspace: Workspace, word: str, as_of: date, audience: Audience) -> tuple[Duty, DutyResult]:
    """Return a duty by its id, with the duties of its period; UsageError when there is none of this id.

    Full-width brackets and digits, as an input method writes them, are read as half-width ones.
    """
    id_ = unicodedata.normalize("NFKC", word).strip()
    try:
        period = Period.parse(id_.split("/")[1])
    except (IndexError, ValueError):
        raise UsageError(say("{id} names no period.", id=id_), say("Duty ids look like 3.1/2026-03/g1.")) from None
    owed = workspace.due(as_of, Span(period.start, period.end), audience)
    duty = next((each for each in owed.duties if each.id == id_), None)
    if duty is None:
        alike = tuple(each.id for each in owed.duties if each.id.startswith(f"{id_}/"))
        hint = say("Say whose: {ids}.", ids=alike[:_MAX_LISTED_IDS]) if alike else say("dangwu due lists the ids.")
        raise UsageError(say("No duty has the id {id}.", id=id_), hint)
    return duty, owed


def parse_states(names: Iterable[str]) -> tuple[DutyState, ...]:
    """Return states by the words of --state; a usage error for any other word."""
    try:
        return tuple(DutyState(name) for name in names)
    except ValueError:
        every = ", ".join(DutyState)
        raise typer.BadParameter(_("choose one of {names}").format(names=every), param_hint="--state") from None


def parse_period_span(label: str | None, year: int) -> Span:
    """Return the days of --period, or of a year where none is given; a usage error where it is no period."""
    if label is None:
        return build_year_span(year)
    try:
        period = Period.parse(label)
    except ValueError:
        message = _("{label} is not a period as in 2026-03, 2026-Q1, 2026-H1 or 2026").format(label=label)
        raise typer.BadParameter(message, param_hint="--period") from None
    return Span(period.start, period.end)

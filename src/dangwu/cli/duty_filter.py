"""The filters of ``due`` and ``calendar``: by system, group, member, state and period; and a duty by its id."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

import typer

from dangwu.cli.languages import _
from dangwu.cli.prompts import Asker
from dangwu.cli.session import refuse_unknown_choice
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

    from dangwu.cli.session import Session
    from dangwu.model.audience import Audience
    from dangwu.model.corpus import Corpus
    from dangwu.model.duty import Duty
    from dangwu.model.results import DutyResult
    from dangwu.model.roster import Roster
    from dangwu.workspace.workspace import Workspace

_MAX_LISTED_IDS = 10


class DutyFilter(NamedTuple):
    """The conditions on a duty; None, and no states, mean any. ``member`` selects personal and collective duties."""

    system: int | None = None
    group: str | None = None
    member: str | None = None
    states: tuple[DutyState, ...] = ()


def resolve_duty_filter(session: Session, corpus: Corpus, words: DutyFilter) -> DutyFilter:
    """Return the filter with the ids of a group and a member, which may be named by id or name.

    UsageError for one that the branch does not have.
    """
    ask = Asker(session, corpus, enabled=False)
    return words._replace(
        group=None if words.group is None else ask.group(words.group),
        member=None if words.member is None else ask.required_member(words.member, "--member"),
    )


def filter_duties(result: DutyResult, duty_filter: DutyFilter, roster: Roster) -> DutyResult:
    """Keep the duties that meet the conditions; ``roster`` is the unredacted one, which knows every member."""
    duties = (duty for duty in result.duties if _is_wanted(duty, result, duty_filter, roster))
    return result._replace(duties=tuple(duties))


def _is_wanted(duty: Duty, result: DutyResult, duty_filter: DutyFilter, roster: Roster) -> bool:
    system, group, member, states = duty_filter
    return (
        system in {None, duty.system}
        and group in {None, duty.subject}
        and (member is None or _belongs_to_member(roster, result, duty, member))
        and (not states or duty.state in states)
    )


def _belongs_to_member(roster: Roster, result: DutyResult, duty: Duty, member: str) -> bool:
    """Tell whether a duty is the member's own, or of a body to which the member belongs on its last day."""
    clause = result.rulebook.clause(duty.clause)
    if clause is None or clause.event is not None:
        return False
    if clause.subject.personal:
        return duty.subject == member
    day = min(duty.due, duty.period.last)
    if clause.subject is Subject.GROUP:
        return member in roster.of_group(duty.subject or "", day)
    return clause.record in MEETING_KINDS and member in roster.due_at(clause.record, None, day)


def find_duty(workspace: Workspace, word: str, as_of: date, audience: Audience) -> tuple[Duty, DutyResult]:
    """Return a duty by its id, and the duties of its period; UsageError when no duty has the id."""
    duties, result = find_duties(workspace, word, as_of, audience)
    if len(duties) > 1:
        ids = tuple(duty.id for duty in duties)
        hint = say("Say whose: {ids}.", ids=ids[:_MAX_LISTED_IDS])
        raise UsageError(say("No duty has the id {id}.", id=ids[0].rpartition("/")[0]), hint)
    return duties[0], result


def find_duties(
    workspace: Workspace, word: str, as_of: date, audience: Audience
) -> tuple[tuple[Duty, ...], DutyResult]:
    """Return the duty with an id, or those of several people whose common id it is, and the duties of the period.

    UsageError when there is none. Full-width characters from an input method are read as half-width ones (NFKC).
    """
    id_ = unicodedata.normalize("NFKC", word).strip().rstrip("/")
    try:
        period = Period.parse(id_.split("/")[1])
    except (IndexError, ValueError):
        raise UsageError(say("{id} names no period.", id=id_), say("Duty ids look like 3.1/2026-03/g1.")) from None
    result = workspace.due(as_of, Span(period.start, period.end), audience)
    same = tuple(duty for duty in result.duties if duty.id == id_)
    found = same or tuple(duty for duty in result.duties if duty.id.startswith(f"{id_}/"))
    if not found:
        raise UsageError(say("No duty has the id {id}.", id=id_), say("dangwu due lists the ids."))
    return found, result


def parse_states(names: Iterable[str]) -> tuple[DutyState, ...]:
    """Return the states of --state; a usage error for another word."""
    listed = tuple(names)
    for name in listed:
        refuse_unknown_choice(name, tuple(DutyState), "--state")
    return tuple(DutyState(name) for name in listed)


def parse_period_span(label: str | None, year: int) -> Span:
    """Return the span of --period, else of ``year``; a usage error when ``label`` is no period."""
    if label is None:
        return build_year_span(year)
    try:
        period = Period.parse(label)
    except ValueError:
        message = _("{label} is not a period as in 2026-03, 2026-Q1, 2026-H1 or 2026").format(label=label)
        raise typer.BadParameter(message, param_hint="--period") from None
    return Span(period.start, period.end)

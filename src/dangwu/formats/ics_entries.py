"""Duties as calendar entries, as plain values. They name nobody, since calendars are copied to phones and clouds."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid5

from dangwu.formats.safe_text import make_one_line
from dangwu.model.duty import DutyState
from dangwu.model.message import say
from dangwu.pages.wording.actions import format_action_title
from dangwu.pages.wording.names import (
    follows_event,
    format_clause_name,
    format_subject_name,
    format_system_name,
    is_personal,
)
from dangwu.pages.wording.states import find_state_look
from dangwu.pages.wording.values import capitalize_first, format_period_name, join_phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from dangwu.language import Language
    from dangwu.model.duty import Duty
    from dangwu.model.message import Text
    from dangwu.model.results import DutyResult

_UID_NAMESPACE = UUID("3ccf98dc-022e-5f57-9c42-47084be1062d")
_STATES_AHEAD = {DutyState.OPEN, DutyState.UPCOMING}
_STATES_TO_DO = {*_STATES_AHEAD, DutyState.OVERDUE}
_STATES_CANCELLED = {DutyState.WAIVED, DutyState.NOT_APPLICABLE}


class CalendarEntry(NamedTuple):
    """An all-day entry on the due day of a duty.

    ``uid`` is the same in every language and state. ``alarms`` are days before the due day. An entry is ``cancelled``
    where nothing remains to be done on its day.
    """

    uid: str
    day: date
    title: str
    lines: tuple[str, ...]
    category: str
    cancelled: bool = False
    alarms: tuple[int, ...] = ()


class DutyCalendar(NamedTuple):
    """A calendar: name, language, as-of day, and entries by day."""

    name: str
    language: str
    as_of: date
    entries: tuple[CalendarEntry, ...]


def build_duty_calendar(
    result: DutyResult, lang: Language, alarms: Iterable[int] = (), *, own: bool = False, identity: str | None = None
) -> DutyCalendar:
    """Return the duties as a calendar; only duties that are open or upcoming have alarms.

    Personal duties of one clause and period are one entry without names, unless the calendar is one person's ``own``.
    ``identity`` is what the branch was first recorded as, so that entries stay the same when it is renamed; without it
    the branch as it is now.
    """
    days = tuple(sorted(set(alarms), reverse=True))
    branch = lang.value(result.corpus.branch.name) if result.corpus.branch else ""
    name = make_one_line(join_phrases((lang.text(say("Duties of the branch")), branch), lang))
    duties_by_key: dict[str, list[Duty]] = {}
    for duty in result.duties:
        several = is_personal(duty, result) and not own
        duties_by_key.setdefault(f"{duty.clause}/{duty.period.label} {duty.due}" if several else duty.id, []).append(
            duty
        )
    branch_now = result.corpus.branch
    whose = identity or (format_branch_identity(branch_now.founded, branch_now.name.zh) if branch_now else "")
    entries = (
        _build_calendar_entry(duties, result, lang, days)._replace(uid=_build_uid(key, whose))
        for key, duties in duties_by_key.items()
    )
    return DutyCalendar(name, lang.code, result.as_of, tuple(sorted(entries, key=lambda entry: (entry.day, entry.uid))))


def format_branch_identity(founded: object, name: str) -> str:
    """Return the words by which a branch is told from others in the ids of entries."""
    return f"{founded} {name}"


def _build_calendar_entry(
    duties: list[Duty], result: DutyResult, lang: Language, alarms: tuple[int, ...]
) -> CalendarEntry:
    """Return an entry without its id."""
    duty = duties[0]
    cancelled = all(_asks_nothing(other, result.as_of) for other in duties)
    asks = any(other.state in _STATES_TO_DO for other in duties)
    title = _format_entry_title(duty, result, lang, asks=asks)
    return CalendarEntry(
        uid="",
        day=duty.due,
        title=make_one_line(_format_cancelled_title(duties, title, lang) if cancelled else title),
        lines=tuple(make_one_line(lang.text(line)) for line in _describe_duties(duties, result, lang)),
        category=make_one_line(format_system_name(duty.system, result, lang)),
        cancelled=cancelled,
        alarms=alarms if any(other.state in _STATES_AHEAD for other in duties) else (),
    )


def _build_uid(key: str, whose: str) -> str:
    """Return the permanent id of an entry (RFC 7986, 5.3), a hash from which branch and duty cannot be read."""
    return str(uuid5(_UID_NAMESPACE, make_one_line(f"{whose}\n{key}")))


def _asks_nothing(duty: Duty, as_of: date) -> bool:
    """Tell whether nothing remains to be done on the due day; a day that has passed stays in the calendar as it was."""
    return duty.state in _STATES_CANCELLED or (duty.state is DutyState.FULFILLED and duty.due >= as_of)


def _format_cancelled_title(duties: list[Duty], title: str, lang: Language) -> str:
    """Return a title behind the states of the duties: some programs show a cancelled entry like any other."""
    words = dict.fromkeys(lang.text(find_state_look(duty).word) for duty in duties)
    states = capitalize_first(join_phrases(words, lang))
    return lang.text(say("{field}: {value}", field=states, value=title))


def _format_entry_title(duty: Duty, result: DutyResult, lang: Language, *, asks: bool) -> str:
    """Return what is to be done first, since a month view shows few characters; the event of a duty is left out.

    An entry that ``asks`` for nothing any more has the duty's title alone.
    """
    title = format_action_title(duty, result, lang) if asks else lang.value(duty.title)
    if follows_event(duty, result):
        return title
    subject = "" if is_personal(duty, result) else format_subject_name(duty, result)
    return join_phrases((title, subject, lang.text(format_period_name(duty.period))), lang)


def _describe_duties(duties: list[Duty], result: DutyResult, lang: Language) -> Iterator[Text]:
    duty = duties[0]
    counts = Counter(find_state_look(other).word for other in duties)
    states = (
        tuple(counts) if len(duties) == 1 else tuple(_format_counted(word, count) for word, count in counts.items())
    )
    yield say("Clause: {clause}", clause=format_clause_name(duty, lang))
    yield say("From {opens} to {due}", opens=duty.opens, due=duty.due)
    yield say("State on {day}: {state}", day=result.as_of, state=states)
    kind = result.kinds.get(_find_recorded_kind(duty, result))
    if kind is not None:
        yield say("Recorded as: {kind}", kind=kind.title)
    if not follows_event(duty, result) and len(duties) == 1:
        yield say("Why, and what to do: {command}", command=f"dangwu explain {duty.id}")


def _format_counted(word: Text, count: int) -> Text:
    return say("{state} ({count})", state=word, count=count)


def _find_recorded_kind(duty: Duty, result: DutyResult) -> str:
    clause = result.rulebook.clause(duty.clause)
    return (clause.record if clause else None) or ""

"""Duties as the entries of a calendar, as plain values. A calendar is copied to phones and clouds: it says little."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid5

from dangwu.formats.safe_text import one_line
from dangwu.model.duty import State
from dangwu.model.message import say
from dangwu.pages.wording.names import (
    after_event,
    clause_name,
    joined,
    period_name,
    personal,
    subject_name,
    system_name,
)
from dangwu.pages.wording.states import face

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from dangwu.language import Language
    from dangwu.model.duty import Duty
    from dangwu.model.message import Text
    from dangwu.model.results import Owed

_NAMESPACE = UUID("3ccf98dc-022e-5f57-9c42-47084be1062d")
_AHEAD = {State.OPEN, State.UPCOMING}
_FALLEN_AWAY = {State.WAIVED, State.NOT_APPLICABLE}


class Entry(NamedTuple):
    """A whole day: the one on which a duty falls due.

    ``uid`` is the same in every language, state and year. ``alarms`` are days before the day.
    """

    uid: str
    day: date
    title: str
    lines: tuple[str, ...]
    category: str
    cancelled: bool = False
    alarms: tuple[int, ...] = ()


class Agenda(NamedTuple):
    """A calendar: its name, its language, the day as of which it holds, its entries by day."""

    name: str
    language: str
    as_of: date
    entries: tuple[Entry, ...]


def agenda(owed: Owed, lang: Language, alarms: Iterable[int] = (), *, own: bool = False) -> Agenda:
    """Return the duties as a calendar. What is done, past or fallen away reminds nobody.

    Nobody is named: what each of several people owes at one time is one entry, unless the calendar is one person's
    ``own``.
    """
    days = tuple(sorted(set(alarms), reverse=True))
    branch = lang.value(owed.corpus.branch.name) if owed.corpus.branch else ""
    name = one_line(joined((lang.text(say("Duties of the branch")), branch), lang))
    together: dict[str, list[Duty]] = {}
    for each in owed.duties:
        several = personal(each, owed) and not own
        together.setdefault(f"{each.clause}/{each.period.label} {each.due}" if several else each.id, []).append(each)
    entries = (_entry(key, duties, owed, lang, days) for key, duties in together.items())
    return Agenda(name, lang.code, owed.as_of, tuple(sorted(entries, key=lambda each: (each.day, each.uid))))


def _entry(key: str, duties: list[Duty], owed: Owed, lang: Language, alarms: tuple[int, ...]) -> Entry:
    duty = duties[0]
    return Entry(
        uid=_uid(key, owed),
        day=duty.due,
        title=one_line(_title(duty, owed, lang)),
        lines=tuple(one_line(lang.text(each)) for each in _lines(duties, owed, lang)),
        category=one_line(system_name(duty.system, owed, lang)),
        cancelled=all(each.state in _FALLEN_AWAY for each in duties),
        alarms=alarms if any(each.state in _AHEAD for each in duties) else (),
    )


def _uid(key: str, owed: Owed) -> str:
    """Return the name of an entry for good (RFC 7986, 5.3), in which nobody reads the branch or the duty."""
    branch = owed.corpus.branch
    whose = f"{branch.founded} {branch.name.zh}" if branch else ""
    return str(uuid5(_NAMESPACE, one_line(f"{whose}\n{key}")))


def _title(duty: Duty, owed: Owed, lang: Language) -> str:
    """Return the title first, since a month's view shows a few characters. What an event was about is not told."""
    if after_event(duty, owed):
        return lang.value(duty.title)
    subject = "" if personal(duty, owed) else subject_name(duty, owed)
    return joined((lang.value(duty.title), subject, lang.text(period_name(duty.period))), lang)


def _lines(duties: list[Duty], owed: Owed, lang: Language) -> Iterator[Text]:
    duty = duties[0]
    counts = Counter(face(each).word for each in duties)
    states = tuple(counts) if len(duties) == 1 else tuple(_counted(word, count) for word, count in counts.items())
    yield say("Clause: {clause}", clause=clause_name(duty, lang))
    yield say("From {opens} to {due}", opens=duty.opens, due=duty.due)
    yield say("State on {day}: {state}", day=owed.as_of, state=states)
    kind = owed.kinds.get(_record(duty, owed))
    if kind is not None:
        yield say("Recorded as: {kind}", kind=kind.title)
    if not after_event(duty, owed) and len(duties) == 1:
        yield say("Why, and what to do: {command}", command=f"dangwu explain {duty.id}")


def _counted(word: Text, count: int) -> Text:
    return say("{state} ({count})", state=word, count=count)


def _record(duty: Duty, owed: Owed) -> str:
    clause = owed.rulebook.clause(duty.clause)
    return (clause.record if clause else None) or ""

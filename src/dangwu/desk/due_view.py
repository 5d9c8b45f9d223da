"""Duties → the first page: what is overdue, what is to be done now, what comes soon; in names and words."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from dangwu.desk.reading import SOON_DAYS
from dangwu.model.duty import DutyState
from dangwu.model.message import say
from dangwu.model.next_step import StepAction
from dangwu.pages.next_steps import find_next_step
from dangwu.pages.wording.names import build_people_order, find_group_name, follows_event, is_personal
from dangwu.pages.wording.values import format_day, format_period_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dangwu.desk.reading import Shelf
    from dangwu.model.duty import Duty
    from dangwu.model.message import Text
    from dangwu.model.next_step import NextStep

NOW_DAYS = 14
"""What is due within so many days is to be done now."""
_MOST_PERIODS, _MOST_MISSES = 4, 3
_STEP_WORDS = {
    StepAction.RECORD: say("Do it and record it: {kind}"),
    StepAction.RECORD_LATE: say("Write it now: {kind}"),
    StepAction.HOLD_LATE: say("Hold it late and record it: {kind}"),
    StepAction.START_LEDGER: say("Begin the ledger of the year: {kind}"),
    StepAction.ENTER_PAYMENT: say("Enter the payments in the ledger"),
    StepAction.ANSWER: say("Write in its record what became of it"),
    StepAction.DISCLOSE: say("Disclose it: {kind}"),
    StepAction.TOO_LATE: say(
        "Its period is over, and what is done now counts for its own day: it cannot be made up for."
    ),
}
_WITH_FORM = frozenset({StepAction.RECORD, StepAction.RECORD_LATE, StepAction.HOLD_LATE, StepAction.DISCLOSE})
_DONE = frozenset({DutyState.FULFILLED, DutyState.LATE})


class TextLink(NamedTuple):
    """Words, and the address that they lead to; empty for words alone."""

    text: str
    address: str = ""


class DueRow(NamedTuple):
    """A duty, or the same one of several people and periods. ``owed`` are pairs of who and for which periods."""

    title: str
    owed: tuple[tuple[str, str], ...]
    due: str
    step: str
    notes: tuple[TextLink, ...] = ()
    links: tuple[TextLink, ...] = ()
    tone: str = "open"
    form: str = ""
    """The kind of record whose empty form can be printed."""


class DueSection(NamedTuple):
    """Rows under a heading; a ``folded`` section is shown on demand."""

    title: str
    rows: tuple[DueRow, ...]
    empty: str = ""
    folded: bool = False


class DueView(NamedTuple):
    """The four figures with their tones, the sections, and sentences below them."""

    figures: tuple[tuple[str, int, str], ...]
    sections: tuple[DueSection, ...]
    notes: tuple[TextLink, ...]


def build_due_view(shelf: Shelf) -> DueView:
    """Return the first page of some records."""
    heaps: dict[str, list[Duty]] = {"overdue": [], "now": [], "soon": [], "later": []}
    for duty in shelf.due.duties:
        name = _choose_heap(duty, shelf)
        if name:
            heaps[name].append(duty)
    done = sum(duty.state in _DONE and duty.period.start.year == shelf.as_of.year for duty in shelf.due.duties)
    text = shelf.language.text
    titles = {
        "overdue": text(say("Overdue")),
        "now": text(say("Due within {days} days", days=NOW_DAYS)),
        "soon": text(say("Due in {first} to {last} days", first=NOW_DAYS + 1, last=SOON_DAYS)),
        "later": text(say("Open, and due later")),
    }
    figures = (
        (titles["overdue"], len(heaps["overdue"]), "bad" if heaps["overdue"] else "good"),
        (titles["now"], len(heaps["now"]), "warn" if heaps["now"] else "good"),
        (titles["soon"], len(heaps["soon"]), "open"),
        (text(say("Done this year")), done, "good"),
    )
    empty = text(say("Nothing."))
    sections = tuple(
        DueSection(titles[name], tuple(_build_rows(duties, shelf)), empty, folded=name == "later")
        for name, duties in heaps.items()
    )
    return DueView(figures, sections, tuple(_list_notes(shelf)))


def _choose_heap(duty: Duty, shelf: Shelf) -> str:
    """Return the section of a duty, empty for one that is settled or has not begun."""
    if duty.acknowledged:
        return ""
    if duty.state is DutyState.OVERDUE:
        return "overdue"
    if duty.state is not DutyState.OPEN:
        return ""
    days = (duty.due - shelf.as_of).days
    return "now" if days <= NOW_DAYS else "soon" if days <= SOON_DAYS else "later"


def _list_notes(shelf: Shelf) -> Iterator[TextLink]:
    result, text = shelf.due, shelf.reader.text
    if result.overdue_before:
        year = shelf.as_of.year - 1
        note = say("Duties of the year before that are still overdue: {count}.", count=result.overdue_before)
        yield TextLink(text(note), f"/report/{year}")
    if result.recorded_unknown is not None:
        yield TextLink(text(say("When records were made is not known. {trouble}", trouble=result.recorded_unknown)))
    if shelf.corpus.unread:
        yield TextLink(
            text(say("Files that cannot be read as records: {count}. What they say is missing on every page.",
                     count=len(shelf.corpus.unread)))
        )  # fmt: skip


def _build_rows(duties: Iterable[Duty], shelf: Shelf) -> Iterator[DueRow]:
    """Yield a row for each duty and kind of action, the one that was due first before the others."""
    groups: dict[tuple[str, str, str], list[tuple[Duty, NextStep | None]]] = {}
    for duty in sorted(duties, key=lambda duty: (duty.generally, duty.due, duty.clause)):
        step = find_next_step(duty, shelf.due)
        apart = duty.what or "" if follows_event(duty, shelf.due) else ""
        groups.setdefault((duty.clause, step.action if step else "", apart), []).append((duty, step))
    for members in groups.values():
        yield _build_row([duty for duty, _ in members], members[0][1], shelf)


def _build_row(duties: Sequence[Duty], step: NextStep | None, shelf: Shelf) -> DueRow:
    first, lang = duties[0], shelf.language
    kind = shelf.due.kinds.get(step.kind) if step else None
    printable = kind is not None and step is not None and step.action in _WITH_FORM and shelf.can_print(kind.name)
    return DueRow(
        title=lang.value(first.title),
        owed=tuple(_list_owed(duties, shelf)),
        due=_describe_due_day(duties, shelf),
        step=_describe_step(step, shelf) if step else "",
        notes=tuple(_list_near_misses(duties, shelf)),
        links=tuple(_list_links(duties, step, shelf)),
        tone="open" if first.state is DutyState.OPEN else "warn" if first.generally else "bad",
        form=kind.name if kind and printable else "",
    )


def _describe_step(step: NextStep, shelf: Shelf) -> str:
    """Return what is to be done, with the kind of record in words."""
    kind = shelf.due.kinds.get(step.kind)
    words = _STEP_WORDS[step.action]
    return shelf.language.text(words._replace(arguments=(("kind", kind.title if kind else ""),)))


def _list_owed(duties: Sequence[Duty], shelf: Shelf) -> Iterator[tuple[str, str]]:
    """Yield who owes it and for which periods; those who owe it for the same periods together."""
    lang, result = shelf.language, shelf.due
    if follows_event(duties[0], result):
        events = tuple(dict.fromkeys(shelf.reader.value(duty.what or duty.subject or "") for duty in duties))
        yield lang.value(events), ""
        return
    periods: dict[str, list[Duty]] = {}
    for duty in duties:
        periods.setdefault(duty.subject or "", []).append(duty)
    same: dict[tuple[str, ...], list[str]] = {}
    personal = is_personal(duties[0], result)
    order = build_people_order(result)
    for subject in sorted(periods, key=order) if personal else periods:
        in_order = sorted(periods[subject], key=lambda duty: duty.due)
        labels = tuple(lang.text(format_period_name(duty.period)) for duty in in_order)
        name = result.corpus.name_of(subject) if personal else find_group_name(result.corpus, subject)
        same.setdefault(labels, []).append(name)
    for labels, names in same.items():
        yield lang.value(tuple(names)), _join_periods(labels, shelf)


def _join_periods(labels: tuple[str, ...], shelf: Shelf) -> str:
    lang = shelf.language
    if len(labels) <= _MOST_PERIODS:
        return lang.value(labels)
    return lang.text(say("{count} times, from {first} to {last}", count=len(labels), first=labels[0], last=labels[-1]))


def _describe_due_day(duties: Sequence[Duty], shelf: Shelf) -> str:
    """Return when it was or will be due, of several the first."""
    lang = shelf.language
    day = min(duty.due for duty in duties)
    days = (day - shelf.as_of).days
    several = len({duty.due for duty in duties}) > 1
    shown = format_day(day, lang)
    if days < 0:
        words: Text = say("was due {days} days ago, on {day}", days=-days, day=shown)
    elif days == 0:
        words = say("due today")
    else:
        words = say("due in {days} days, on {day}", days=days, day=shown)
    return lang.text(say("the first of them {words}", words=words) if several else words)


def _list_near_misses(duties: Sequence[Duty], shelf: Shelf) -> Iterator[TextLink]:
    """Yield each record that does not count with the reason, and its address."""
    misses = list({miss.path: miss for duty in duties for miss in duty.near_misses}.values())
    for miss in misses[:_MOST_MISSES]:
        words = shelf.reader.text(say("Does not count: {path}: {reason}", path=miss.path, reason=miss.reason))
        yield TextLink(words, shelf.find_link(miss.path))
    if len(misses) > _MOST_MISSES:
        yield TextLink(shelf.language.text(say("and others: {count}", count=len(misses) - _MOST_MISSES)))


def _list_links(duties: Sequence[Duty], step: NextStep | None, shelf: Shelf) -> Iterator[TextLink]:
    """Yield the records where the step is done."""
    if step is None:
        return
    if address := shelf.find_link(step.path):
        yield TextLink(shelf.language.text(say("See the ledger")), address)
    if step.action in {StepAction.ANSWER, StepAction.DISCLOSE}:
        for duty in duties:
            words = (duty.subject or "").split("-")
            paths = [
                shelf.corpus.by_id[id_].path for id_ in accumulate(words, "{}-{}".format) if id_ in shelf.corpus.by_id
            ]
            if paths and (address := shelf.find_link(paths[-1])):
                yield TextLink(shelf.language.text(say("See the record that it follows from")), address)
                return

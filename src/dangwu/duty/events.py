"""What follows from something that happened: each event of the rulebook's closed list, read from the records."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.period import parse_day
from dangwu.model.rulebook import Event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dangwu.model.corpus import Corpus
    from dangwu.model.record import GenericRecord
    from dangwu.model.rulebook import DutyWording


class EventOccurrence(NamedTuple):
    """Something that asks for an answer.

    ``subject`` names it within its clause and year, ``day`` is when it happened, ``due`` the last day for the
    answer, ``path`` the record that shows it. ``done`` is the day of the answer, ``by`` the record that shows that.
    """

    subject: str
    day: date
    due: date
    path: str
    done: date | None = None
    by: str | None = None
    what: str | None = None


def find_occurrences(
    event: Event, wording: Callable[[date], DutyWording | None], corpus: Corpus
) -> Iterator[EventOccurrence]:
    """Yield everything of one kind that happened while a wording was in force."""
    for each in _EVENT_READERS[event](corpus):
        held = wording(each.day)
        if held is not None and not held.off:
            after = int(held.due.days_after)
            yield each._replace(due=each.due + timedelta(days=after))


def _find_rectification_items(corpus: Corpus) -> Iterator[EventOccurrence]:
    """Yield problems found at a life meeting, due until closed or reported up (4.6)."""
    for sheet in corpus.of("rectification"):
        for item in sheet.data["items"]:
            up, closed = parse_day(item.get("reported_up_on")), parse_day(item.get("closed_on"))
            due = parse_day(item.get("due"))
            start = sheet.day or date.min
            done = min((each for each in (closed, up) if each), default=None)
            yield EventOccurrence(
                f"{sheet.id}-{item['id']}",
                start,
                due or start,
                sheet.path,
                done,
                sheet.path if done else None,
                item["issue"],
            )


def _find_superior_points(corpus: Corpus) -> Iterator[EventOccurrence]:
    """Yield the points that an inspection from above raised (1.4g)."""
    for sheet in corpus.of("superior-inspection"):
        for point in sheet.data["points"]:
            closed = parse_day(point.get("closed_on"))
            yield EventOccurrence(
                f"{sheet.id}-{point['id']}",
                sheet.day or date.min,
                date.fromisoformat(point["due"]),
                sheet.path,
                closed,
                sheet.path if closed else None,
                point["point"],
            )


def _find_major_resolutions(corpus: Corpus) -> Iterator[EventOccurrence]:
    """Yield resolutions that a meeting marked as major, to be disclosed (8.2(1))."""
    for meeting in corpus.meetings:
        for number, each in enumerate(meeting.resolutions, 1):
            if each.major and each.passed:
                shown = _find_disclosure(corpus, meeting.id, meeting.day, number)
                yield EventOccurrence(
                    f"{meeting.id}-{number}",
                    meeting.day,
                    meeting.day,
                    meeting.path,
                    shown.day if shown else None,
                    shown.path if shown else None,
                    each.text,
                )


def _find_rectifications(corpus: Corpus) -> Iterator[EventOccurrence]:
    """Yield what a democratic life meeting sets right: the measures are disclosed, not the criticisms (8.2(2))."""
    for sheet in corpus.of("rectification"):
        if sheet.day is not None and "democratic-life-meeting" in sheet.data["meeting"]:
            yield _build_disclosure_event(corpus, sheet, sheet.day)


def _find_appraisals(corpus: Corpus) -> Iterator[EventOccurrence]:
    """Yield the yearly appraisals: their result is disclosed, as counts (8.2(4))."""
    for sheet in corpus.of("appraisal"):
        if sheet.day is not None:
            yield _build_disclosure_event(corpus, sheet, sheet.day)


def _build_disclosure_event(corpus: Corpus, sheet: GenericRecord, day: date) -> EventOccurrence:
    shown = _find_disclosure(corpus, sheet.id, day)
    return EventOccurrence(sheet.id, day, day, sheet.path, shown.day if shown else None, shown.path if shown else None)


def _find_disclosure(corpus: Corpus, about: str, since: date, resolution: int | None = None) -> GenericRecord | None:
    """Return the first disclosure of a record, or of one of its resolutions, since the day of the matter."""
    shown = [
        disclosure
        for disclosure in corpus.of("disclosure")
        if about in disclosure.data.get("about", ())
        and (resolution is None or disclosure.data.get("resolution") in {None, resolution})
        and disclosure.day is not None
        and disclosure.day >= since
    ]
    return min(shown, key=lambda each: (each.day or date.max, each.path), default=None)


def _find_feedback(corpus: Corpus) -> Iterator[EventOccurrence]:
    """Yield what people said of a disclosure, to be answered (8.5)."""
    for sheet in corpus.of("disclosure"):
        for each in sheet.data.get("feedback", ()):
            day, answered = date.fromisoformat(each["date"]), parse_day(each.get("answered_on"))
            yield EventOccurrence(
                f"{sheet.id}-{each['id']}", day, day, sheet.path, answered, sheet.path if answered else None
            )


def _find_letters(corpus: Corpus) -> Iterator[EventOccurrence]:
    """Yield letters and visits, to be answered (9.2(7))."""
    for sheet in corpus.of("letter"):
        if sheet.day is not None:
            answered = parse_day(sheet.data.get("replied_on"))
            yield EventOccurrence(
                sheet.id, sheet.day, sheet.day, sheet.path, answered, sheet.path if answered else None
            )


def _find_admonition_checks(corpus: Corpus) -> Iterator[EventOccurrence]:
    """Yield what a named person is to check by the deadline (10.4a)."""
    for sheet in corpus.of("admonition"):
        if sheet.day is not None:
            talk = sheet.day.isoformat()
            checks = sorted(check["date"] for check in sheet.data.get("checks", ()) if check["date"] >= talk)
            done = parse_day(checks[0] if checks else None)
            due = date.fromisoformat(sheet.data["deadline"])
            yield EventOccurrence(sheet.id, sheet.day, due, sheet.path, done, sheet.path if done else None)


def _find_admonition_outcomes(corpus: Corpus) -> Iterator[EventOccurrence]:
    """Yield what people are to decide on after the deadline (10.4b)."""
    for sheet in corpus.of("admonition"):
        if sheet.day is not None:
            outcome = sheet.data.get("outcome")
            due = date.fromisoformat(sheet.data["deadline"])
            done = parse_day(outcome["date"]) if outcome and outcome["date"] >= sheet.data["deadline"] else None
            yield EventOccurrence(sheet.id, sheet.day, due, sheet.path, done, sheet.path if done else None)


_EVENT_READERS: dict[Event, Callable[[Corpus], Iterator[EventOccurrence]]] = {
    Event.RECTIFICATION_ITEM: _find_rectification_items,
    Event.SUPERIOR_POINT: _find_superior_points,
    Event.MAJOR_RESOLUTION: _find_major_resolutions,
    Event.RECTIFICATION: _find_rectifications,
    Event.APPRAISAL: _find_appraisals,
    Event.FEEDBACK: _find_feedback,
    Event.LETTER: _find_letters,
    Event.ADMONITION_CHECK: _find_admonition_checks,
    Event.ADMONITION_OUTCOME: _find_admonition_outcomes,
}
"""Named event of the rulebook → where it is read from."""

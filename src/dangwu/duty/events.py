"""The occurrences of each event that a duty can follow from, read from the records."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from dangwu.facts.admonitions import find_first_outcome_day
from dangwu.model.period import parse_day
from dangwu.model.rulebook import Event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dangwu.model.corpus import Corpus
    from dangwu.model.record import GenericRecord
    from dangwu.model.rulebook import DutyWording


class EventOccurrence(NamedTuple):
    """An event that must be followed up.

    ``subject`` identifies it within its clause and year, ``day`` is its day, ``due`` the last day for the follow-up,
    ``path`` its record. ``done`` is the day of the follow-up, ``by`` the record of that, ``what`` a description.
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
    """Yield the occurrences of an event on days on which ``wording`` returns one in force, with their due days."""
    for occurrence in _EVENT_READERS[event](corpus):
        in_force = wording(occurrence.day)
        if in_force is not None and not in_force.off:
            after = timedelta(days=int(in_force.due.days_after))
            yield occurrence._replace(due=occurrence.due + after)


def _find_rectification_items(corpus: Corpus) -> Iterator[EventOccurrence]:
    """Yield problems found at a life meeting, due until closed or reported up (4.6)."""
    for rectification in corpus.of("rectification"):
        for item in rectification.data["items"]:
            up, closed = parse_day(item.get("reported_up_on")), parse_day(item.get("closed_on"))
            due = parse_day(item.get("due"))
            start = rectification.day or date.min
            done = min((day for day in (closed, up) if day), default=None)
            yield EventOccurrence(
                f"{rectification.id}-{item['id']}",
                start,
                due or start,
                rectification.path,
                done,
                rectification.path if done else None,
                item["issue"],
            )


def _find_superior_points(corpus: Corpus) -> Iterator[EventOccurrence]:
    """Yield the points raised by an inspection of the superior, due until closed (1.4g)."""
    for inspection in corpus.of("superior-inspection"):
        for point in inspection.data["points"]:
            closed = parse_day(point.get("closed_on"))
            yield EventOccurrence(
                f"{inspection.id}-{point['id']}",
                inspection.day or date.min,
                date.fromisoformat(point["due"]),
                inspection.path,
                closed,
                inspection.path if closed else None,
                point["point"],
            )


def _find_major_resolutions(corpus: Corpus) -> Iterator[EventOccurrence]:
    """Yield resolutions that a meeting marked as major, to be disclosed (8.2(1))."""
    for meeting in corpus.meetings:
        for number, resolution in enumerate(meeting.resolutions, 1):
            if resolution.major and resolution.passed:
                shown = _find_disclosure(corpus, meeting.id, meeting.day, number)
                yield EventOccurrence(
                    f"{meeting.id}-{number}",
                    meeting.day,
                    meeting.day,
                    meeting.path,
                    shown.day if shown else None,
                    shown.path if shown else None,
                    resolution.text,
                )


def _find_rectifications(corpus: Corpus) -> Iterator[EventOccurrence]:
    """Yield rectification lists of democratic life meetings, whose measures are to be disclosed (8.2(2))."""
    for rectification in corpus.of("rectification"):
        if rectification.day is not None and "democratic-life-meeting" in rectification.data["meeting"]:
            yield _build_disclosure_event(corpus, rectification, rectification.day)


def _find_appraisals(corpus: Corpus) -> Iterator[EventOccurrence]:
    """Yield the yearly appraisals, whose results are to be disclosed as counts (8.2(4))."""
    for appraisal in corpus.of("appraisal"):
        if appraisal.day is not None:
            yield _build_disclosure_event(corpus, appraisal, appraisal.day)


def _build_disclosure_event(corpus: Corpus, record: GenericRecord, day: date) -> EventOccurrence:
    shown = _find_disclosure(corpus, record.id, day)
    return EventOccurrence(
        record.id, day, day, record.path, shown.day if shown else None, shown.path if shown else None
    )


def _find_disclosure(corpus: Corpus, about: str, since: date, resolution: int | None = None) -> GenericRecord | None:
    """Return the first disclosure, from a day on, of a record or of one of its resolutions."""
    shown = [
        disclosure
        for disclosure in corpus.of("disclosure")
        if about in disclosure.data.get("about", ())
        and (resolution is None or disclosure.data.get("resolution") in {None, resolution})
        and disclosure.day is not None
        and disclosure.day >= since
    ]
    return min(shown, key=lambda disclosure: (disclosure.day or date.max, disclosure.path), default=None)


def _find_feedback(corpus: Corpus) -> Iterator[EventOccurrence]:
    """Yield feedback on disclosures, to be answered (8.5)."""
    for disclosure in corpus.of("disclosure"):
        for feedback in disclosure.data.get("feedback", ()):
            day, answered = date.fromisoformat(feedback["date"]), parse_day(feedback.get("answered_on"))
            yield EventOccurrence(
                f"{disclosure.id}-{feedback['id']}",
                day,
                day,
                disclosure.path,
                answered,
                disclosure.path if answered else None,
            )


def _find_letters(corpus: Corpus) -> Iterator[EventOccurrence]:
    """Yield letters and visits, to be answered (9.2(7))."""
    for letter in corpus.of("letter"):
        if letter.day is not None:
            answered = parse_day(letter.data.get("replied_on"))
            yield EventOccurrence(
                letter.id, letter.day, letter.day, letter.path, answered, letter.path if answered else None
            )


def _find_admonition_checks(corpus: Corpus) -> Iterator[EventOccurrence]:
    """Yield admonitory talks, whose rectification is to be checked by the deadline (10.4a)."""
    for talk in corpus.of("admonition"):
        if talk.day is not None:
            talked_on = talk.day.isoformat()
            checks = sorted(check["date"] for check in talk.data.get("checks", ()) if check["date"] >= talked_on)
            done = parse_day(checks[0] if checks else None)
            due = date.fromisoformat(talk.data["deadline"])
            yield EventOccurrence(talk.id, talk.day, due, talk.path, done, talk.path if done else None)


def _find_admonition_outcomes(corpus: Corpus) -> Iterator[EventOccurrence]:
    """Yield admonitory talks, whose outcome is to be decided (10.4b).

    What has improved is affirmed in time, on any day from the talk on; only what is unchanged waits for the deadline.
    """
    for talk in corpus.of("admonition"):
        if talk.day is not None:
            outcome = talk.data.get("outcome")
            due = date.fromisoformat(talk.data["deadline"])
            done = parse_day(outcome["date"]) if outcome and outcome["date"] >= find_first_outcome_day(talk) else None
            yield EventOccurrence(talk.id, talk.day, due, talk.path, done, talk.path if done else None)


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
"""Event → the function that reads its occurrences."""

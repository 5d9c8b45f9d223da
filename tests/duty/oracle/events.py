"""What has happened and is to be answered: points, items, resolutions, letters, feedback, admonitory talks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.duty.oracle.days import Raw, day_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.duty.oracle.books import Books
    from tests.duty.oracle.clauses import Wording


@dataclass(frozen=True, slots=True)
class Event:
    """What follows from a record: its day, the day that the record itself sets, and what answers it."""

    clause: str
    subject: str
    day: date
    set_day: date
    answers: tuple[tuple[str, date], ...]


def events(books: Books, as_of: date) -> list[Event]:
    """Return everything that had happened by the day."""
    return [event for each in SOURCES for event in each(books, as_of) if event.day <= as_of]


def due_day(event: Event, wording: Wording) -> date:
    """Return the day that the record sets, else the event's own, with the days that the clause gives."""
    return event.set_day + timedelta(days=wording.due.get("days_after", 0))


def _points(books: Books, _as_of: date) -> Iterator[Event]:
    for path, inspection in books.of_kind("superior-inspection"):
        for point in inspection["points"]:
            answers = _days(path, point, "closed_on")
            subject = f"{_name(path)}-{point['id']}"
            yield Event("1.4g", subject, day_of(inspection["date"]), day_of(point["due"]), answers)


def _items(books: Books, _as_of: date) -> Iterator[Event]:
    """Every problem is solved, or reported up: whichever comes first answers it."""
    for path, sheet in books.of_kind("rectification"):
        for item in sheet["items"]:
            answers = _days(path, item, "closed_on") + _days(path, item, "reported_up_on")
            set_day = day_of(item.get("due", sheet["date"]))
            yield Event("4.6", f"{_name(path)}-{item['id']}", day_of(sheet["date"]), set_day, answers)


def _resolutions(books: Books, as_of: date) -> Iterator[Event]:
    for path, meeting in books.records.items():
        for number, resolution in enumerate(meeting.get("resolutions", []), 1):
            if resolution.get("major") and resolution.get("passed", True):
                day = day_of(meeting["date"])
                answers = _disclosed(books, as_of, _name(path), number)
                yield Event("8.2(1)", f"{_name(path)}-{number}", day, day, answers)


def _rectifications(books: Books, as_of: date) -> Iterator[Event]:
    for path, sheet in books.of_kind("rectification"):
        day = day_of(sheet["date"])
        yield Event("8.2(2)", _name(path), day, day, _disclosed(books, as_of, _name(path), None))


def _appraisals(books: Books, as_of: date) -> Iterator[Event]:
    for _path, appraisal in books.of_kind("appraisal"):
        day, name = day_of(appraisal["decided_on"]), f"appraisal-{appraisal['year']}"
        yield Event("8.2(4)b", name, day, day, _disclosed(books, as_of, name, None))


def _feedback(books: Books, as_of: date) -> Iterator[Event]:
    for path, item in books.of_kind("disclosure"):
        for each in item.get("feedback", []) if day_of(item["date"]) <= as_of else []:
            day = day_of(each["date"])
            yield Event("8.5", f"{_name(path)}-{each['id']}", day, day, _days(path, each, "answered_on"))


def _letters(books: Books, _as_of: date) -> Iterator[Event]:
    for path, letter in books.of_kind("letter"):
        day = day_of(letter["received_on"])
        yield Event("9.2(7)", letter["id"], day, day, _days(path, letter, "replied_on"))


def _talks(books: Books, _as_of: date) -> Iterator[Event]:
    for path, talk in books.of_kind("admonition"):
        day, deadline = day_of(talk["date"]), day_of(talk["deadline"])
        checks = tuple((path, day_of(check["date"])) for check in talk.get("checks", []))
        yield Event("10.4a", talk["id"], day, deadline, checks)
        outcome = talk.get("outcome", {})
        first = deadline if outcome.get("state") == "unchanged" else day
        decided = tuple(each for each in _days(path, outcome, "date") if each[1] >= first)
        yield Event("10.4b", talk["id"], day, deadline, decided)


SOURCES = (_points, _items, _resolutions, _rectifications, _appraisals, _feedback, _letters, _talks)


def _disclosed(books: Books, as_of: date, name: str, number: int | None) -> tuple[tuple[str, date], ...]:
    """Return the items that disclose a record; one that names no resolution discloses them all."""
    return tuple(
        (path, day_of(item["date"]))
        for path, item in books.of_kind("disclosure")
        if name in item.get("about", [])
        and day_of(item["date"]) <= as_of
        and (number is None or item.get("resolution", number) == number)
    )


def _days(path: str, entry: Raw, key: str) -> tuple[tuple[str, date], ...]:
    return ((path, day_of(entry[key])),) if key in entry else ()


def _name(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]

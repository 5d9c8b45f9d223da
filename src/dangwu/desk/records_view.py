"""The records by system and month, or those that a search finds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.model.message import say
from dangwu.model.record import Branch, Member
from dangwu.model.rulebook import ClauseRole
from dangwu.pages.wording.values import MONTH_NAMES, format_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dangwu.desk.reading import Shelf
    from dangwu.model.record import Record

MOST_FOUND = 300
"""So many records are listed; of more only the number is said."""
_OTHERS, _PEOPLE_AND_BRANCH = 98, 99


class RecordRow(NamedTuple):
    """A record in words, with its own day and its address."""

    title: str
    day: str
    address: str


class RecordSection(NamedTuple):
    """The records of one system: pairs of a month's name and its records; the name is empty where they have no day."""

    title: str
    months: tuple[tuple[str, tuple[RecordRow, ...]], ...]
    people: bool = False
    """Whether these are short names, which stand in columns."""

    @property
    def size(self) -> int:
        """The number of its records."""
        return sum(len(rows) for _, rows in self.months)


class RecordsView(NamedTuple):
    """The list of records of a year, or found by ``query``. ``year`` is None where all years are shown."""

    sections: tuple[RecordSection, ...]
    years: tuple[int, ...]
    year: int | None
    query: str
    found: int

    @property
    def cut(self) -> bool:
        """Whether more were found than are listed."""
        return self.found > MOST_FOUND


def build_records_view(shelf: Shelf, year: int | None, query: str) -> RecordsView:
    """Return the records of a year, newest month first; with a query those of all years with the name or the day."""
    records = shelf.record_by_path
    days = {path: find_record_day(record) for path, record in records.items()}
    years = tuple(sorted({day.year for day in days.values() if day}, reverse=True))
    if query:
        wanted = _search(shelf, query)
        shown_year = None
    else:
        past = (known for known in years if known <= shelf.as_of.year)
        shown_year = year if year in years else max(past, default=None)
        wanted = [path for path, day in days.items() if day is None or day.year == shown_year]
    systems = _find_systems(shelf)
    wanted.sort()
    wanted.sort(key=lambda path: days[path] or date.min, reverse=True)
    sections: dict[int, dict[str, list[RecordRow]]] = {}
    for path in wanted[:MOST_FOUND] if query else wanted:
        record, day = records[path], days[path]
        people = isinstance(record, (Branch, Member))
        system = _PEOPLE_AND_BRANCH if people else systems.get(_read_kind(record), _OTHERS)
        month = _format_month(shelf, day, with_year=bool(query)) if day else ""
        shown_day = format_day(day, shelf.language) if day else ""
        row = RecordRow(describe_record(shelf, path), shown_day, shelf.find_link(path))
        sections.setdefault(system, {}).setdefault(month, []).append(row)
    made = tuple(
        RecordSection(
            _find_title(shelf, system),
            tuple((month, tuple(rows)) for month, rows in months.items()),
            people=system == _PEOPLE_AND_BRANCH,
        )
        for system, months in sorted(sections.items())
    )
    return RecordsView(made, years, shown_year, query, len(wanted))


def describe_record(shelf: Shelf, path: str) -> str:
    """Return a record in words: its kind, whom and which day or period it is about."""
    return shelf.reader.value(path)


def find_record_day(record: Record) -> date | None:
    """Return the day by which a record is listed: its own, or the first of its period."""
    period = getattr(record, "period", None)
    day: date | None = getattr(record, "day", None) or (period.start if period else None)
    return day


def _read_kind(record: Record) -> str:
    return getattr(record, "kind", "waiver")


def _find_systems(shelf: Shelf) -> Mapping[str, int]:
    """Return the system of each kind of record: the first whose duties it is evidence for."""
    systems: dict[str, int] = {}
    for clause in shelf.workspace.rulebook.clauses:
        if clause.becomes is ClauseRole.DUTY:
            for rule in clause.evidence:
                systems.setdefault(rule.record, clause.system)
    return systems


def _find_title(shelf: Shelf, system: int) -> str:
    lang = shelf.language
    if system == _PEOPLE_AND_BRANCH:
        return lang.text(say("People and the branch"))
    titles = dict(shelf.workspace.rulebook.systems)
    return lang.value(titles[system]) if system in titles else lang.text(say("Other records"))


def _format_month(shelf: Shelf, day: date, *, with_year: bool) -> str:
    month = MONTH_NAMES[day.month - 1]
    return shelf.language.text(say("{month} {year}", month=month, year=day.year) if with_year else month)


def _search(shelf: Shelf, query: str) -> list[str]:
    """Return the paths of the records that have all words of a query in their title, their day, or a person's name."""
    words = [word.casefold() for word in query.split()]
    people = {id_: shelf.corpus.name_of(id_).casefold() for id_ in shelf.corpus.member_by_id}
    people.update({id_: name.casefold() for id_, name in shelf.corpus.staff.items()})
    found = []
    for path, record in shelf.record_by_path.items():
        day = find_record_day(record)
        about = [describe_record(shelf, path).casefold(), day.isoformat() if day else ""]
        named = {people[text] for text in _list_texts(shelf.corpus.documents[path].data) if text in people}
        if all(any(word in text for text in (*about, *named)) for word in words):
            found.append(path)
    return found


def _list_texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _list_texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _list_texts(item)

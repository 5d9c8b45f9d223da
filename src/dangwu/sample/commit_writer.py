"""The git history: each record committed by its recorder, each change of people on its day."""

from __future__ import annotations

import posixpath
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from dangwu.authoring.record_text import record_path, record_text, title
from dangwu.sample.work_days import is_workday, moment, recording_day
from dangwu.sample.record_data import branch_data, meeting_data, member_data
from dangwu.sample.read_words import load_words
from dangwu.sample.labels import meeting_label
from dangwu.sample.sample_values import Commit

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from dangwu.model.period import Period
    from dangwu.sample.attendance import Attendance
    from dangwu.sample.cast import Cast, Person
    from dangwu.sample.roster_events import Event
    from dangwu.sample.minutes_writer import Minutes
    from dangwu.sample.papers.paper_writer import Paper
    from dangwu.sample.meeting_plan import Slot
    from dangwu.sample.pools import Message

_MORNING, _EVENING = 8 * 60 + 35, 17 * 60 + 55
_DAY_START_LATEST = 9 * 60
_OFFICE = "office@example.org"


class Historian:
    """Collects commits; ``last`` is the last day on which one may be made."""

    def __init__(
        self, cast: Cast, chance: random.Random, language: str, schemas: Mapping[str, Mapping[str, Any]], last: date
    ) -> None:
        self._cast = cast
        self._chance = chance
        self._language = language
        self._schemas = schemas
        self._last = last
        self._words = load_words(language)
        self._commits: list[Commit] = []
        self._places: dict[str, str] = {}
        self._taken: set[str] = set()

    def begin(self, base: Mapping[str, bytes], start: date) -> None:
        """Make the first commit, on the last working day before ``start``."""
        for path in base:
            self._places[posixpath.basename(path)] = path
        day = start - timedelta(days=1)
        while not is_workday(day):
            day -= timedelta(days=1)
        changes = dict(base)
        path, content = self._branch(day)
        changes[path] = content
        for person in self._cast.people:
            if person.standings[0][0] <= day:
                path, content = self._member(person, day)
                changes[path] = content
        self._commit(moment(day, 10 * 60), self._clerk(day), "first", changes)

    def change(self, event: Event) -> None:
        """Commit a change of the branch file or of a member's file on its day."""
        day = event.day
        changes = dict(
            [self._member(event.person, day) if event.what not in _BRANCH and event.person else self._branch(day)]
        )
        minute = event.slot.end + 10 if event.slot else self._chance.randrange(_MORNING, _DAY_START_LATEST)
        name, member = (event.person.name, event.person.id) if event.person else ("", "")
        group = event.group.name if event.group else ""
        self._commit(
            moment(day, minute, self._chance.randrange(60)),
            self._clerk(day),
            event.what,
            changes,
            name=name,
            id=member,
            group=group,
        )

    def record(self, slot: Slot, there: Attendance, minutes: Minutes, place: str, guests: list[str]) -> str:
        """Commit the record of a meeting and return its path."""
        data = meeting_data(slot, there, minutes, place, guests)
        path, content = self._rendered(slot.kind, data, minutes.sections)
        day = slot.recorded or recording_day(self._chance, slot.day, self._last)
        earliest = slot.end + 15 if day == slot.day else _MORNING
        when = moment(day, self._chance.randrange(earliest, max(earliest + 1, _EVENING)), self._chance.randrange(60))
        message: Message = "made_up" if slot.makes_up else "later" if slot.recorded else "record"
        what = meeting_label(slot, self._cast, self._words.phrases)
        self._commit(when, there.recorder, message, {path: content}, what=what)
        return path

    def waive(self, slot: Slot, day: date) -> str:
        """Commit the waiver of a meeting that is not held and return its path."""
        reason = self._chance.choice(self._words.phrases.waiver_reasons)
        data = {
            "schema": 1,
            "kind": "waiver",
            "date": day.isoformat(),
            "duties": [slot.duty],
            "outcome": "waived",
            "reason": reason,
            "approved_by": self._words.phrases.superior_office,
        }
        slug = "-".join(part for part in (slot.kind, slot.group) if part)
        path, content = self._rendered("waiver", data, slug=slug)
        when = moment(day, self._chance.randrange(10 * 60, _EVENING), self._chance.randrange(60))
        what = meeting_label(slot, self._cast, self._words.phrases)
        self._commit(when, self._clerk(day), "waiver", {path: content}, what=what)
        return path

    def file(self, papers: Sequence[Paper], day: date, author: Person, message: Message, **fill: str) -> list[str]:
        """Commit new records together and return their paths."""
        paths = []
        changes = {}
        for paper in papers:
            path, content = self._rendered(paper.kind, paper.data, paper.sections, slug=paper.slug)
            changes[path] = content
            paths.append(path)
        self._commit(self._office_hour(day), author, message, changes, **fill)
        return paths

    def revise(self, path: str, paper: Paper, day: date, author: Person, message: Message, **fill: str) -> None:
        """Commit another version of a record; a day's versions are one commit, or the earlier could come last."""
        content = self._text(paper.kind, paper.data, paper.sections, path)
        when = self._office_hour(day)
        same_day = next((each for each in self._commits if path in each.changes and each.when.date() == day), None)
        if same_day is None:
            self._commit(when, author, message, {path: content}, **fill)
        else:
            same_day.changes[path] = content

    def review(self, day: date, quarter: Period) -> None:
        """Commit, with no change of any file, that the committee above has reviewed the records."""
        say = self._words.phrases
        what = f"{quarter.start.year}-Q{(quarter.start.month + 2) // 3}"
        message = f"{say.messages['reviewed'].format(what=what)}\n\nReviewed-by: {say.superior_office} <{_OFFICE}>"
        self._commits.append(Commit(self._office_hour(day), say.superior_office, _OFFICE, message, {}))

    def recorded(self, path: str) -> date | None:
        """Return the day on which a file was first committed."""
        return min((each.when.date() for each in self._commits if path in each.changes), default=None)

    def add_to(self, path: str, day: date) -> None:
        """Commit minutes with one sentence more."""
        first = next(each for each in self._commits if path in each.changes)
        text = first.changes[path].decode().rstrip("\n")
        changes = {path: f"{text}\n\n{self._words.phrases.afterthought}\n".encode()}
        message = self._words.phrases.messages["update"].format(what=path.rpartition("/")[2].removesuffix(".md"))
        self._commits.append(Commit(self._office_hour(day), first.author, first.email, message, changes))

    def title(self, kind: str) -> str:
        """Return what a kind of record is called."""
        return title(self._schemas[kind], self._language)

    def _office_hour(self, day: date) -> datetime:
        return moment(day, self._chance.randrange(_MORNING, _EVENING), self._chance.randrange(60))

    def commits(self) -> tuple[Commit, ...]:
        """Return everything in order of time."""
        return tuple(sorted(self._commits, key=lambda commit: commit.when))

    def _commit(self, when: datetime, author: Person, message: Message, changes: dict[str, bytes], **fill: str) -> None:
        text = self._words.phrases.messages[message].format_map(fill).strip()
        self._commits.append(Commit(when, author.name, f"{author.id}@example.org", text, changes))

    def _clerk(self, day: date) -> Person:
        """Who keeps the roster: the organization committee member, without a committee the secretary."""
        posts = self._cast.term_on(day).posts
        return dict(posts).get("organization", posts[0][1])

    def _branch(self, day: date) -> tuple[str, bytes]:
        return self._rendered("branch", branch_data(self._cast, day, self._language))

    def _member(self, person: Person, day: date) -> tuple[str, bytes]:
        return self._rendered("member", member_data(person, day, self._words))

    def _rendered(
        self, kind: str, data: Mapping[str, Any], sections: Mapping[str, str] | None = None, *, slug: str | None = None
    ) -> tuple[str, bytes]:
        schema = self._schemas[kind]
        taken = self._taken if "date" in data else frozenset[str]()
        path = record_path(schema, data, slug, taken=taken)
        self._taken.add(path)
        return path, self._text(kind, data, sections, path)

    def _text(self, kind: str, data: Mapping[str, Any], sections: Mapping[str, str] | None, path: str) -> bytes:
        schema = self._schemas[kind]
        at = self._places.get(f"{kind}.json")
        line = posixpath.relpath(at, posixpath.dirname(path) or ".") if at else None
        text = record_text(schema, data, language=self._language, sections=sections, schema_line=line)
        return text.encode()


_BRANCH = frozenset({"elect", "by-elect", "leader"})

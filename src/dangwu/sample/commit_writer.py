"""The commits of the history: each record committed by its recorder, each change of people on its day."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from dangwu.authoring.record_text import build_record_path, read_schema_title, render_record
from dangwu.sample.meeting_plan import name_meeting
from dangwu.sample.paper import new_paper
from dangwu.sample.record_data import write_branch, write_meeting, write_member
from dangwu.sample.sample_values import Commit, seeded_random
from dangwu.sample.work_days import beijing_time, draw_recording_day, workday_before

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from dangwu.model.period import Period
    from dangwu.sample.attendance import Attendance
    from dangwu.sample.cast import Cast, Person
    from dangwu.sample.meeting_plan import PlannedMeeting
    from dangwu.sample.paper import Minutes, Paper
    from dangwu.sample.pools import Message, Phrases
    from dangwu.sample.roster_events import Event

_MORNING, _EVENING = 8 * 60 + 35, 17 * 60 + 55
_ROSTER_LATEST, _WAIVER_EARLIEST = 9 * 60, 10 * 60
_OFFICE = "office@example.org"
_IN_BRANCH_FILE = frozenset({"elect", "by-elect", "leader"})


class CommitWriter:
    """Collects commits; ``last`` is the last day on which one may be made."""

    def __init__(
        self,
        cast: Cast,
        say: Phrases,
        language: str,
        *,
        schemas: Mapping[str, Mapping[str, Any]],
        seed: int,
        last: date,
    ) -> None:
        self._cast = cast
        self._chance = seeded_random(seed, "history")
        self._language = language
        self._say = say
        self._schemas = schemas
        self._last = last
        self._commits: list[Commit] = []
        self._versions: dict[str, list[Commit]] = {}
        self._taken: set[str] = set()
        self._schema_places: dict[str, str] = {}

    def begin(self, base: Mapping[str, bytes], start: date) -> None:
        """Make the first commit, on the last working day before ``start``."""
        self._schema_places = {posixpath.basename(path): path for path in base}
        day = workday_before(start, 1)
        here = [person for person in self._cast.people if person.standings[0][0] <= day]
        papers = [self._write_branch(day), *(self._write_member(person, day) for person in here)]
        when = beijing_time(day, 10 * 60)
        self._commit(when, self._choose_clerk(day), "first", {**base, **self._render(papers)})

    def commit_change(self, event: Event) -> None:
        """Commit a change of the branch file or of a member's file on its day."""
        day, person = event.day, event.person
        if person is None or event.what in _IN_BRANCH_FILE:
            paper = self._write_branch(day)
        else:
            paper = self._write_member(person, day)
        minute = event.meeting.end + 10 if event.meeting else self._chance.randrange(_MORNING, _ROSTER_LATEST)
        when = beijing_time(day, minute, self._draw_second())
        fill = {"name": person.name, "id": person.id} if person else {}
        group = event.group.name if event.group else ""
        self._commit(when, self._choose_clerk(day), event.what, self._render([paper]), group=group, **fill)

    def commit_meeting(self, meeting: PlannedMeeting, there: Attendance, minutes: Minutes) -> str:
        """Commit the record of a meeting and return its path."""
        changes = self._render([write_meeting(meeting, there, minutes)])
        day = meeting.recorded or draw_recording_day(self._chance, meeting.day, self._last)
        earliest = meeting.end + 15 if day == meeting.day else _MORNING
        when = self._draw_moment(day, earliest, max(earliest + 1, _EVENING))
        message: Message = "made_up" if meeting.makes_up else "later" if meeting.recorded else "record"
        what = name_meeting(meeting, self._cast, self._say)
        return self._commit(when, there.recorder, message, changes, what=what)[0]

    def commit_waiver(self, meeting: PlannedMeeting, day: date) -> str:
        """Commit the waiver of a meeting that is not held and return its path."""
        paper = new_paper(
            "waiver",
            slug="-".join(part for part in (meeting.kind, meeting.group) if part),
            date=day,
            duties=[meeting.duty],
            outcome="waived",
            reason=self._chance.choice(self._say.waiver_reasons),
            approved_by=self._say.superior_office,
        )
        when = self._draw_moment(day, _WAIVER_EARLIEST)
        what = name_meeting(meeting, self._cast, self._say)
        return self._commit(when, self._choose_clerk(day), "waiver", self._render([paper]), what=what)[0]

    def commit_papers(
        self, papers: Sequence[Paper], day: date, author: Person, message: Message, what: str
    ) -> list[str]:
        """Commit new records together and return their paths."""
        changes = self._render(papers)
        return self._commit(self._draw_moment(day), author, message, changes, what=what)

    def commit_version(
        self, path: str, paper: Paper, day: date, author: Person, *, message: Message = "update", what: str
    ) -> None:
        """Commit another version of a record; a day's versions are one commit, or the earlier could come last."""
        content = self._write_text(paper, path)
        when = self._draw_moment(day)
        for commit in self._versions[path]:
            if commit.when.date() == day:
                commit.changes[path] = content
                return
        self._commit(when, author, message, {path: content}, what=what)

    def commit_review(self, day: date, quarter: Period) -> None:
        """Commit, with no change of any file, that the committee above has reviewed the records of a quarter."""
        message, office = self._say.messages["reviewed"].format(what=quarter.label), self._say.superior_office
        message = f"{message}\n\nReviewed-by: {office} <{_OFFICE}>"
        self._commits.append(Commit(self._draw_moment(day), office, _OFFICE, message, {}))

    def commit_addition(self, path: str, day: date) -> None:
        """Commit minutes with one sentence more."""
        first = self._versions[path][0]
        text = first.changes[path].decode().rstrip("\n")
        changes = {path: f"{text}\n\n{self._say.afterthought}\n".encode()}
        message = self._say.messages["update"].format(what=posixpath.basename(path).removesuffix(".md"))
        self._commits.append(Commit(self._draw_moment(day), first.author, first.email, message, changes))

    def find_recording_day(self, path: str) -> date | None:
        """Return the day on which a file was first committed."""
        return min((commit.when.date() for commit in self._versions.get(path, ())), default=None)

    def name_kind(self, kind: str) -> str:
        """Return what a kind of record is called."""
        return read_schema_title(self._schemas[kind], self._language)

    def list_commits(self) -> tuple[Commit, ...]:
        """Return everything in order of time."""
        return tuple(sorted(self._commits, key=lambda commit: commit.when))

    def _commit(
        self, when: datetime, author: Person, message: Message, changes: dict[str, bytes], **fill: str
    ) -> list[str]:
        text = self._say.messages[message].format_map(fill).strip()
        commit = Commit(when, author.name, f"{author.id}@example.org", text, changes)
        self._commits.append(commit)
        for path in changes:
            self._versions.setdefault(path, []).append(commit)
        return list(changes)

    def _draw_moment(self, day: date, earliest: int = _MORNING, until: int = _EVENING) -> datetime:
        return beijing_time(day, self._chance.randrange(earliest, until), self._draw_second())

    def _draw_second(self) -> int:
        return self._chance.randrange(60)

    def _choose_clerk(self, day: date) -> Person:
        """Return who keeps the roster: the organization committee member, without a committee the secretary."""
        return self._cast.holder("organization", day)

    def _write_branch(self, day: date) -> Paper:
        return write_branch(self._cast, day, self._language)

    def _write_member(self, person: Person, day: date) -> Paper:
        return write_member(person, day, self._say.collector_post)

    def _render(self, papers: Iterable[Paper]) -> dict[str, bytes]:
        """Return the files of records by path; of those of one day and kind each gets a name of its own."""
        files: dict[str, bytes] = {}
        for paper in papers:
            taken = self._taken if "date" in paper.data else frozenset[str]()
            path = build_record_path(self._schemas[paper.kind], paper.data, paper.slug, taken=taken)
            self._taken.add(path)
            files[path] = self._write_text(paper, path)
        return files

    def _write_text(self, paper: Paper, path: str) -> bytes:
        place = self._schema_places.get(f"{paper.kind}.json")
        line = posixpath.relpath(place, posixpath.dirname(path) or ".") if place else None
        schema, sections = self._schemas[paper.kind], paper.sections
        text = render_record(schema, paper.data, language=self._language, sections=sections, schema_line=line)
        return text.encode()

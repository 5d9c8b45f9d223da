"""What the papers are written with: people, days, words, and the commits into which they are filed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.model.period import list_periods
from dangwu.sample.sample_values import Fault, seeded_random
from dangwu.sample.sentence_draw import SentenceDraw
from dangwu.sample.work_days import draw_recording_day, list_workdays

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dangwu.model.message import Text
    from dangwu.model.period import Period, PeriodLength
    from dangwu.sample.cast import Cast, Person
    from dangwu.sample.commit_writer import CommitWriter
    from dangwu.sample.paper import HeldMeeting, Paper
    from dangwu.sample.pools import Message, Section, Words
    from dangwu.sample.written_texts import WrittenTexts

_DECEMBER = 12


class Task(NamedTuple):
    """A task of an annual plan."""

    id: str
    section: Section
    task: str
    measure: str
    owner: str
    department: str
    due: date


class PaperWriter:
    """Everything that the papers are written with. Nothing is dated after ``last``."""

    def __init__(
        self,
        cast: Cast,
        held: Sequence[HeldMeeting],
        commits: CommitWriter,
        texts: WrittenTexts,
        words: Words,
        *,
        seed: int,
        start: date,
        last: date,
    ) -> None:
        self.cast = cast
        self.held = held
        self.start = start
        self.last = last
        self.say = words.phrases
        self.planted: list[Fault] = []
        self.tasks: dict[int, list[Task]] = {}
        self._commits = commits
        self._texts = texts
        self._seed = seed
        self.chance = seeded_random(seed, "papers")
        self._draw = SentenceDraw(words, seeded_random(seed, "papers/words"), cast)
        self.words = self._draw.words
        self.draw_sentences = self._draw.draw_sentences
        self.draw_entries = self._draw.draw_entries

    @property
    def years(self) -> range:
        """The calendar years that have begun."""
        return range(self.start.year, self.last.year + 1)

    @property
    def decided_by(self) -> str:
        """Who decides: the committee, where there is none the general meeting."""
        return "committee" if self.cast.committee else "general-meeting"

    def list_periods(self, every: PeriodLength) -> list[Period]:
        """Return the periods that have begun, the last perhaps not over."""
        return list(list_periods(every, self.start, self.last + timedelta(days=1)))

    def list_held(self, first: date, until: date) -> list[HeldMeeting]:
        """Return the meetings between two days, both included."""
        return [meeting for meeting in self.held if first <= meeting.plan.day <= until]

    def begin_part(self, part: str) -> None:
        """Begin another part: a change in one part leaves the days of the others as they were."""
        self.chance = seeded_random(self._seed, f"papers/{part}")

    def draw_day(self, first: date, until: date) -> date | None:
        """Return a working day between two days, None where there is none or it has not come."""
        days = list_workdays(first, until)
        day = self.chance.choice(days) if days else None
        return day if day is not None and day <= self.last else None

    def draw_day_of(self, year: int, first: tuple[int, int], until: tuple[int, int]) -> date | None:
        """Return a working day between two days of a year, given as month and day."""
        return self.draw_day(date(year, *first), date(year, *until))

    def draw_days_of(self, year: int, *windows: tuple[tuple[int, int], tuple[int, int]]) -> list[date]:
        """Return a working day in each of some windows of a winter from December on, none where one is missing."""
        years = [year if first[0] == _DECEMBER else year + 1 for first, _ in windows]
        days = [self.draw_day_of(of, first, until) for of, (first, until) in zip(years, windows, strict=True)]
        return [day for day in days if day] if all(days) else []

    def is_drawn(self, share: float) -> bool:
        """Say yes in so many of one cases."""
        return self.chance.random() < share

    def draw_sentence(self, pool: Sequence[str], **fill: Any) -> str:
        """Return one sentence of a pool, filled in."""
        return self.draw_sentences(pool, 1, **fill)[0]

    def draw_entry(self, pool: Sequence[Mapping[Any, str]], **fill: object) -> dict[str, Any]:
        """Return one entry of a pool, filled in."""
        return self.draw_entries(pool, 1, **fill)[0]

    def compose_text(self, pool: Sequence[str], number: int, separator: str = "\n\n", **fill: Any) -> str:
        """Return sentences as one text that is unlike those before."""
        return self._texts.draw_new(lambda: separator.join(self.draw_sentences(pool, number, **fill)))

    def file(
        self, paper: Paper, written: date, author: Person, *, about: object = "", not_before: date | None = None
    ) -> str:
        """File a record on the day it was written or soon after, and return its path."""
        return self.file_together([paper], written, author, about=about, not_before=not_before)[0]

    def file_together(
        self,
        papers: Sequence[Paper],
        written: date,
        author: Person,
        *,
        about: object = "",
        not_before: date | None = None,
    ) -> list[str]:
        """File records of one day in one commit, and return their paths."""
        day = draw_recording_day(self.chance, max(written, not_before or written), self.last)
        what = f"{self._commits.name_kind(papers[0].kind)} {about}".strip()
        return self._commits.commit_papers(papers, day, author, "paper", what)

    def revise(
        self, path: str, paper: Paper, day: date | None, author: Person, *, message: Message = "update", what: str = ""
    ) -> None:
        """File another version of a record, unless its day has not come."""
        if day and day <= self.last:
            what = what or self._commits.name_kind(paper.kind)
            self._commits.commit_version(path, paper, day, author, message=message, what=what)

    def has_planted(self, slug: str) -> bool:
        """Say whether such a fault was planted already."""
        return any(fault.slug == slug for fault in self.planted)

    def plant_finding(self, slug: str, text: Text, path: str, code: str) -> None:
        """Remember a fault that was planted and is noticed by a finding."""
        self.planted.append(Fault(slug=slug, text=text, path=path, code=code))

    def plant_state(self, slug: str, text: Text, duty: str, state: str = "overdue", path: str | None = None) -> None:
        """Remember a fault that was planted and is noticed by the state of a duty."""
        self.planted.append(Fault(slug=slug, text=text, path=path, duty=duty, state=state))

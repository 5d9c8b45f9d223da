"""Where the papers are written: people, days, words, and the history into which they are filed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.sample.work_days import is_workday, recording_day, workday_near
from dangwu.sample.sample_values import Fault, dice
from dangwu.sample.sentence_draw import SentenceDraw

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dangwu.model.message import Text
    from dangwu.sample.attendance import Attendance
    from dangwu.sample.cast import Cast, Person
    from dangwu.sample.commit_writer import Historian
    from dangwu.sample.minutes_writer import Minutes
    from dangwu.sample.written_texts import Novelty
    from dangwu.sample.meeting_plan import Slot
    from dangwu.sample.pools import Phrases, Words

IN_FORCE = date(2020, 9, 1)
"""The first whole month under the governing text."""


class Paper(NamedTuple):
    """A record to be filed."""

    kind: str
    data: Mapping[str, Any]
    slug: str | None = None
    sections: Mapping[str, str] | None = None


class Held(NamedTuple):
    """A meeting that was held, with its record."""

    slot: Slot
    there: Attendance
    minutes: Minutes
    path: str

    @property
    def id(self) -> str:
        """What other records call it."""
        return self.path.rpartition("/")[2].removesuffix(".md")


class Task(NamedTuple):
    """A task of an annual plan."""

    id: str
    section: str
    text: str
    measure: str
    department: str
    owner: str
    due: date


class Desk:
    """Everything that the writers of papers need. Nothing is dated after ``last``."""

    def __init__(
        self,
        cast: Cast,
        held: Sequence[Held],
        historian: Historian,
        novelty: Novelty,
        pools: Words,
        *,
        seed: int,
        start: date,
        last: date,
    ) -> None:
        self.cast = cast
        self.held = held
        self.historian = historian
        self.say: Phrases = pools.phrases
        self.start = start
        self.last = last
        self.planted: list[Fault] = []
        self.tasks: dict[int, list[Task]] = {}
        self._novelty = novelty
        self._seed = seed
        self.chance = dice(seed, "papers")
        self._speech = SentenceDraw(pools, dice(seed, "papers/words"), cast)
        self.pools = self._speech.words

    @property
    def years(self) -> range:
        """The calendar years that have begun."""
        return range(self.start.year, self.last.year + 1)

    @property
    def decided_by(self) -> str:
        """Who decides: the committee, where there is none the general meeting."""
        return "committee" if self.cast.committee else "general-meeting"

    def turn_to(self, part: str) -> None:
        """Begin another part: a change in one part leaves the days of the others as they were."""
        self.chance = dice(self._seed, f"papers/{part}")

    def on(self, first: date, until: date) -> date | None:
        """Return a working day between two days, None where there is none or it has not come."""
        days = workdays(first, until)
        day = self.chance.choice(days) if days else None
        return day if day is not None and day <= self.last else None

    def by_chance(self, share: float) -> bool:
        """Say yes in so many of one cases."""
        return self.chance.random() < share

    def officers(self, day: date) -> list[Person]:
        """Return the holders of posts, each once, the secretary first."""
        return list({person.id: person for _, person in self.cast.term_on(day).posts}.values())

    def staying(self) -> list[Person]:
        """Return those who are there all the time."""
        return self.cast.people[: self.cast.core]

    def words(self, pool: Sequence[str], **more: object) -> str:
        """Return one sentence of a pool, filled in."""
        return self.several(pool, 1, **more)[0]

    def pair(self, pool: Sequence[Mapping[Any, str]], **more: object) -> list[str]:
        """Return the parts of an entry that has several."""
        return list(self.entries(pool, 1, **more)[0].values())

    def entries(self, pool: Sequence[Mapping[Any, str]], number: int, **more: object) -> list[dict[Any, str]]:
        """Return some entries of a pool, filled in."""
        return self._speech.draw_entries(pool, number, **more)

    def several(self, pool: Sequence[str], number: int, **more: object) -> list[str]:
        """Return some sentences of a pool that were not used for longest, filled in."""
        return self._speech.draw_sentences(pool, number, **more)

    def joined(self, pool: Sequence[str], number: int, **more: object) -> str:
        """Return sentences as one text that is unlike those before."""
        return self.fresh(lambda: self._speech.join(self.several(pool, number, **more)))

    def fresh(self, draw: Callable[[], str]) -> str:
        """Return a text that is unlike those before."""
        return self._novelty.fresh(draw)

    def file(
        self,
        papers: Sequence[Paper] | Paper,
        written: date,
        author: Person,
        *,
        about: str = "",
        not_before: date | None = None,
    ) -> list[str]:
        """File records on the day they were written or soon after, and return their paths."""
        listed = [papers] if isinstance(papers, Paper) else list(papers)
        day = recording_day(self.chance, max(written, not_before or written), self.last)
        what = f"{self.historian.title(listed[0].kind)} {about}".strip()
        return self.historian.file(listed, day, author, "paper", what=what)

    def revise(self, path: str, paper: Paper, day: date, author: Person) -> None:
        """File another version of a record."""
        self.historian.revise(path, paper, day, author, "update", what=self.historian.title(paper.kind))

    def has_planted(self, slug: str) -> bool:
        """Say whether such a fault was planted already."""
        return any(fault.slug == slug for fault in self.planted)

    def plant(
        self, slug: str, text: Text, *, path: str | None = None, code: str | None = None, duty: str | None = None,
        state: str | None = None,
    ) -> None:  # fmt: skip
        """Remember a fault that was planted."""
        self.planted.append(Fault(slug=slug, text=text, path=path, code=code, duty=duty, state=state))


def workdays(first: date, until: date) -> list[date]:
    """Return the working days between two days, both included."""
    days = (first + timedelta(days=number) for number in range((until - first).days + 1))
    return [day for day in days if is_workday(day)]


def after(day: date, number: int) -> date:
    """Return the working day so many days later, or the next one."""
    return workday_near(day + timedelta(days=number))


def before(day: date, number: int) -> date:
    """Return the working day so many days earlier, or the one before it."""
    day -= timedelta(days=number)
    while not is_workday(day):
        day -= timedelta(days=1)
    return day


def record(kind: str, **fields: Any) -> dict[str, Any]:
    """Return the data of a record; days become text, what is None is left out."""
    return {"schema": 1, "kind": kind} | {key: _plain(value) for key, value in fields.items() if value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items() if each is not None}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value

"""The words of a record: issues, what was said, what was resolved."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from dangwu.draft.sample.cast import FULL
from dangwu.draft.sample.days import workday_near
from dangwu.draft.sample.labels import period_label
from dangwu.model.record import COMMITTEE_MEETING, GENERAL_MEETING, GROUP_MEETING, LECTURE

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence
    from datetime import date

    from dangwu.draft.sample.attendance import Attendance
    from dangwu.draft.sample.cast import Cast, Person
    from dangwu.draft.sample.events import Event
    from dangwu.draft.sample.plan import Slot
    from dangwu.draft.sample.words import Pools
    from dangwu.draft.sample.words.pools import Matter


@dataclass(slots=True)
class Resolution:
    """What was resolved; ``votes`` are yes, no and abstentions."""

    text: str
    owner: Person
    due: date
    votes: tuple[int, int, int] | None = None


@dataclass(slots=True)
class Minutes:
    """The written part of a record; ``sections`` by Chinese heading."""

    topics: list[str] = field(default_factory=list)
    sections: dict[str, str] = field(default_factory=dict)
    resolutions: list[Resolution] = field(default_factory=list)
    lecturer: str | None = None


class Scribe:
    """Writes minutes from the pools. What a body has just talked about comes up again last."""

    def __init__(self, cast: Cast, pools: Pools, chance: random.Random) -> None:
        self._cast = cast
        self._pools = pools
        self._say = pools.phrases
        self._chance = chance
        self._decks: dict[tuple[str, str], list[int]] = {}

    def write(self, slot: Slot, there: Attendance, decided: Sequence[Event], manager: str | None) -> Minutes:
        """Return the minutes of a meeting; ``decided`` are the changes of people that it decides."""
        if slot.kind == GROUP_MEETING:
            return self._group(slot, there)
        if slot.kind == COMMITTEE_MEETING:
            return self._committee(slot, there)
        if slot.kind == GENERAL_MEETING:
            return self._general(slot, there, decided, manager)
        return self._lecture(slot, there)

    def _group(self, slot: Slot, there: Attendance) -> Minutes:
        body = slot.group or ""
        matters = [self._draw(body, "study", self._pools.group_study, slot.day)]
        matters += [self._draw(body, "work", self._pools.group_work, slot.day)]
        if slot.minutes > 55:  # noqa: PLR2004 - a longer meeting has a third issue
            matters += [self._draw(body, "life", self._pools.group_life, slot.day)]
        minutes = Minutes()
        shop = self._cast.group(body).shop
        told = [self._opening(slot, there)]
        for number, matter in enumerate(matters, 1):
            told.append(self._point(minutes, number, matter, there, shop))
        minutes.sections["会议内容"] = "\n\n".join(told)
        lines = self._pick(body, "criticism", self._pools.criticism, self._chance.choice((2, 2, 3)))
        lines += self._pick(body, "reply", self._pools.replies, 1)
        minutes.sections["批评与自我批评"] = self._told(lines, there, shop)
        return minutes

    def _committee(self, slot: Slot, there: Attendance) -> Minutes:
        minutes = Minutes()
        told, decided = [self._opening(slot, there)], []
        for number in range(1, self._chance.choice((3, 3, 4))):
            matter = self._draw("committee", "matter", self._pools.committee, slot.day)
            fill = self._fill(there, self._shop())
            told.append(self._point(minutes, number, matter, there, fill["shop"]))
            owner = self._chance.choice(there.present)
            resolution = self._resolution(matter.resolution.format_map(fill), owner, slot.day)
            minutes.resolutions.append(resolution)
            decided.append(f"{number}. {self._resolved(resolution)}")
        minutes.sections["研究事项"] = "\n\n".join(told)
        lines = self._pick("committee", "criticism", self._pools.committee_criticism, 2)
        minutes.sections["批评与自我批评"] = self._told(lines, there, self._shop())
        minutes.sections["议定事项"] = "\n".join(decided)
        return minutes

    def _general(self, slot: Slot, there: Attendance, decided: Sequence[Event], manager: str | None) -> Minutes:
        minutes = Minutes()
        report = self._draw("general", "report", self._pools.reports, slot.day)
        told = [self._opening(slot, there), self._point(minutes, 1, report, there, self._shop(), first=there.chair)]
        if manager:
            title = self._say["hear_manager"]
            minutes.topics.append(title)
            text = self._say["manager_line"].format(name=manager)
            told.append(self._say["point"].format(number=2, title=title, text=text))
        minutes.sections["工作报告"] = "\n\n".join(told)
        conveyed = self._draw("general", "conveyed", self._pools.conveyed, slot.day)
        minutes.sections["传达学习"] = self._point(minutes, 1, conveyed, there, self._shop())
        points = self._decisions(minutes, slot, there, decided)
        minutes.sections["讨论与决议"] = "\n\n".join(points)
        return minutes

    def _decisions(self, minutes: Minutes, slot: Slot, there: Attendance, decided: Sequence[Event]) -> list[str]:
        points: list[str] = []
        voters = self._voters(slot, there, decided)
        entitled = sum(1 for person in there.due if person.standing_on(slot.day) == FULL)
        for event in decided:
            title, line, text, name = self._of_event(event, there)
            owner = self._organizer(slot, there)
            resolution = self._resolution(text, owner, slot.day)
            self._vote(resolution, voters, entitled, secret=event.what == "elect")
            minutes.topics.append(title)
            minutes.resolutions.append(resolution)
            points.append(self._decision(len(points) + 1, title, line.format(name=name, names=name), resolution))
        for _ in range(1 if decided else self._chance.choice((1, 2))):
            matter = self._draw("general", "debated", self._pools.debated, slot.day)
            fill = self._fill(there, self._shop())
            owner = self._chance.choice([each for each in there.present if each.standing_on(slot.day) == FULL])
            resolution = self._resolution(matter.resolution.format_map(fill), owner, slot.day)
            self._vote(resolution, voters, entitled)
            title = matter.title.format_map(fill)
            minutes.topics.append(title)
            minutes.resolutions.append(resolution)
            text = self._join(line.format_map(fill) for line in matter.lines)
            points.append(self._decision(len(points) + 1, title, text, resolution))
        return points

    def _lecture(self, slot: Slot, there: Attendance) -> Minutes:
        matter = self._draw("lecture", "lecture", self._pools.lectures, slot.day)
        fill = self._fill(there, self._shop())
        lecturers = [person for person in there.present if person.standing_on(slot.day) == FULL]
        lecturer = there.chair if self._chance.random() < 0.4 else self._chance.choice(lecturers)  # noqa: PLR2004
        minutes = Minutes(topics=[matter.title.format_map(fill)], lecturer=lecturer.id)
        opening = self._say["lecturer"].format(
            lecturer=lecturer.name, title=minutes.topics[0], minutes=slot.minutes // 5 * 5 - 15
        )
        lines = "\n\n".join(line.format_map(fill) for line in matter.lines)
        minutes.sections["授课内容"] = f"{self._opening(slot, there)}{self._say['space']}{opening}\n\n{lines}"
        talk = self._pick("lecture", "talk", self._pools.lecture_talk, 3)
        minutes.sections["讨论交流"] = self._told(talk, there, self._shop())
        return minutes

    def _of_event(self, event: Event, there: Attendance) -> tuple[str, str, str, str]:
        """Return title, account, resolution and name of a change that the meeting decides."""
        if event.what == "elect":
            day = event.day + timedelta(days=1)
            name = self._say["and"].join(person.name for _, person in self._cast.term_on(day).posts)
        else:
            name = event.person.name if event.person else ""
        title = self._say[event.what].format(name=name)
        return title, self._say[f"{event.what}_line"], self._say[f"{event.what}_resolution"].format(name=name), name

    def _decision(self, number: int, title: str, text: str, resolution: Resolution) -> str:
        parts = [text, self._resolved(resolution)]
        if resolution.votes:
            yes, no, abstain = resolution.votes
            parts.insert(1, self._say["votes"].format(yes=yes, no=no, abstain=abstain))
        return self._say["point"].format(number=number, title=title, text=self._join(parts))

    def _resolved(self, resolution: Resolution) -> str:
        return self._say["resolved"].format(
            text=resolution.text, owner=resolution.owner.name, due=resolution.due.isoformat()
        )

    def _resolution(self, text: str, owner: Person, day: date) -> Resolution:
        return Resolution(text, owner, workday_near(day + timedelta(days=self._chance.randrange(10, 75))))

    def _vote(self, resolution: Resolution, voters: int, entitled: int, *, secret: bool = False) -> None:
        """Count hands; without a safe majority there is no vote to record."""
        roll = self._chance.random()
        no = 1 if roll < 0.06 else 0  # noqa: PLR2004
        abstain = 1 if not secret and 0.06 <= roll < 0.2 else 0  # noqa: PLR2004
        if (voters - no - abstain) * 2 <= entitled:
            no = abstain = 0
        if voters * 2 > entitled:
            resolution.votes = (voters - no - abstain, no, abstain)

    @staticmethod
    def _voters(slot: Slot, there: Attendance, decided: Sequence[Event]) -> int:
        """Count the full members present, without those who become full by this very meeting."""
        new = {event.person.id for event in decided if event.person}
        return sum(1 for each in there.present if each.standing_on(slot.day) == FULL and each.id not in new)

    def _organizer(self, slot: Slot, there: Attendance) -> Person:
        posts = dict(self._cast.term_on(slot.day).posts)
        organizer = posts.get("organization")
        return organizer if organizer in there.present else there.chair

    def _opening(self, slot: Slot, there: Attendance) -> str:
        phrase = "delegated" if there.delegated_by else "lecture_chaired" if slot.kind == LECTURE else "chaired"
        leader = there.delegated_by.name if there.delegated_by else ""
        told = [self._say[phrase].format(leader=leader, chair=there.chair.name, recorder=there.recorder.name)]
        if slot.makes_up:
            told.append(self._say["made_up"].format(period=period_label(slot.period, self._say)))
        if there.late:
            told.append(self._say["late"].format(names=there.late[0].name))
        return self._join(told)

    def _point(  # noqa: PLR0917
        self, minutes: Minutes, number: int, matter: Matter, there: Attendance, shop: str, first: Person | None = None
    ) -> str:
        fill = self._fill(there, shop, first)
        title = matter.title.format_map(fill)
        minutes.topics.append(title)
        most = min(len(matter.lines), self._chance.choice((2, 3, 3)))
        chosen = sorted(self._chance.sample(range(len(matter.lines)), most))
        text = self._join(matter.lines[at].format_map(fill) for at in chosen)
        return self._say["point"].format(number=number, title=title, text=text)

    def _told(self, lines: Sequence[str], there: Attendance, shop: str) -> str:
        """Put lines below each other, each with speakers of its own."""
        return "\n".join(f"- {line.format_map(self._fill(there, shop))}" for line in lines)

    def _fill(self, there: Attendance, shop: str, first: Person | None = None) -> dict[str, str]:
        people = there.present if len(there.present) <= 3 else self._chance.sample(there.present, 3)  # noqa: PLR2004
        speakers = [first, *(each for each in people if each is not first)] if first else list(people)
        a, b, c = (speakers[at % len(speakers)].name for at in range(3))
        number, share = self._chance.randrange(2, 9), self._chance.randrange(940, 996)
        part = self._chance.choice(self._pools.parts)
        return {"a": a, "b": b, "c": c, "shop": shop, "part": part, "n": str(number), "p": f"{share / 10:.1f}"}

    def _shop(self) -> str:
        return self._chance.choice(self._pools.shops)

    def _join(self, parts: object) -> str:
        return self._say["space"].join(parts)  # type: ignore[call-overload, no-any-return]

    def _pick(self, body: str, category: str, pool: Sequence[str], number: int) -> list[str]:
        deck = self._deck(body, category, len(pool))
        taken = deck[:number]
        self._decks[body, category] = deck[number:] + taken
        return [pool[at] for at in taken]

    def _draw(self, body: str, category: str, pool: Sequence[Matter], day: date) -> Matter:
        deck = self._deck(body, category, len(pool))
        at = next(at for at in deck if not pool[at].months or day.month in pool[at].months)
        deck.remove(at)
        deck.append(at)
        return pool[at]

    def _deck(self, body: str, category: str, size: int) -> list[int]:
        deck = self._decks.get((body, category))
        if deck is None:
            deck = self._chance.sample(range(size), size)
            self._decks[body, category] = deck
        return deck

"""The words of a record: issues, what was said, what was resolved."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dangwu.model.record import COMMITTEE_MEETING, GENERAL_MEETING, GROUP_MEETING, LECTURE, STUDY_SESSION
from dangwu.sample.cast import FULL
from dangwu.sample.work_days import workday_near
from dangwu.sample.labels import period_label
from dangwu.sample.life_minutes import SITTINGS
from dangwu.sample.written_texts import Novelty, brief
from dangwu.sample.sentence_draw import SentenceDraw

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence
    from datetime import date

    from dangwu.sample.attendance import Attendance
    from dangwu.sample.cast import Cast, Person
    from dangwu.sample.roster_events import Event
    from dangwu.sample.meeting_plan import Slot
    from dangwu.sample.pools import Words
    from dangwu.sample.pools import Matter

_THREE_ISSUES_FROM = 55
_BY_CHAIR = 0.4
_DRAFTS = 12
_ONE_AGAINST, _ONE_ABSTAINS = 0.06, 0.2


@dataclass(slots=True)
class Resolution:
    """What was resolved; ``votes`` are yes, no and abstentions."""

    text: str
    owner: Person
    due: date
    votes: tuple[int, int, int] | None = None
    major: bool = False


@dataclass(slots=True)
class Minutes:
    """The written part of a record; ``sections`` by Chinese heading."""

    topics: list[str] = field(default_factory=list)
    sections: dict[str, str] = field(default_factory=dict)
    resolutions: list[Resolution] = field(default_factory=list)
    lecturer: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)


class Scribe:
    """Writes the minutes of one meeting after another."""

    def __init__(self, cast: Cast, pools: Words, chance: random.Random, novelty: Novelty) -> None:
        self._cast = cast
        self._novelty = novelty
        self._studied: dict[str, str] = {}
        self._say = pools.phrases
        self._chance = chance
        self._speech = SentenceDraw(pools, chance, cast)
        self._words = self._speech.words

    def write(self, slot: Slot, there: Attendance, decided: Sequence[Event], manager: str | None) -> Minutes:
        """Return the minutes of a meeting; ``decided`` are the changes of people that it decides.

        They are drafted anew while a section is much like one of an earlier meeting.
        """
        for _ in range(_DRAFTS):
            minutes = self._draft(slot, there, decided, manager)
            if all(map(self._novelty.is_new, minutes.sections.values())):
                break
        for title, text in minutes.sections.items():
            if not self._novelty.is_new(text):
                minutes.sections[title] = brief(text)
            self._novelty.keep(minutes.sections[title])
        if slot.copies and self._studied:
            minutes.sections |= self._studied
        if slot.kind == STUDY_SESSION:
            title = next(iter(minutes.sections))
            self._studied = {title: minutes.sections[title]}
        return minutes

    def _draft(self, slot: Slot, there: Attendance, decided: Sequence[Event], manager: str | None) -> Minutes:
        if slot.kind in SITTINGS:
            minutes = Minutes()
            SITTINGS[slot.kind](minutes, slot, there, self._speech, self._say)
            return minutes
        if slot.kind == GROUP_MEETING:
            return self._group(slot, there)
        if slot.kind == COMMITTEE_MEETING:
            return self._committee(slot, there)
        if slot.kind == GENERAL_MEETING:
            return self._general(slot, there, decided, manager)
        return self._lecture(slot, there)

    def _group(self, slot: Slot, there: Attendance) -> Minutes:
        body = slot.group or ""
        pools = [self._words.group_meetings.study, self._words.group_meetings.work]
        if slot.minutes > _THREE_ISSUES_FROM:
            pools.append(self._words.group_meetings.life)
        minutes = Minutes()
        shop = self._cast.group(body).shop
        told = [self._opening(slot, there)]
        for number, pool in enumerate(pools, 1):
            matter = self._speech.draw_matter(pool, slot.day, body)
            told.append(self._point(minutes, number, matter, self._speech.fill_braces(there.present, shop)))
        minutes.sections["会议内容"] = "\n\n".join(told)
        number = self._chance.choice((2, 2, 3))
        lines = self._told(self._words.group_meetings.criticism, number, there.present, body)
        lines += self._told(self._words.group_meetings.replies, 1, there.present, body)
        minutes.sections["批评与自我批评"] = "\n".join(lines)
        return minutes

    def _committee(self, slot: Slot, there: Attendance) -> Minutes:
        minutes = Minutes()
        told, decided = [self._opening(slot, there)], []
        for number in range(1, self._chance.choice((3, 3, 4))):
            matter = self._speech.draw_matter(self._words.committee_meetings.matters, slot.day)
            fill = self._speech.fill_braces(there.present)
            told.append(self._point(minutes, number, matter, fill))
            owner = self._chance.choice(there.present)
            resolution = self._resolution(matter.resolution.format_map(fill), owner, slot.day)
            minutes.resolutions.append(resolution)
            decided.append(f"{number}. {self._resolved(resolution)}")
        minutes.sections["研究事项"] = "\n\n".join(told)
        lines = self._told(self._words.committee_meetings.criticism, 2, there.present)
        minutes.sections["批评与自我批评"] = "\n".join(lines)
        minutes.sections["议定事项"] = "\n".join(decided)
        return minutes

    def _general(self, slot: Slot, there: Attendance, decided: Sequence[Event], manager: str | None) -> Minutes:
        minutes = Minutes()
        report = self._speech.draw_matter(self._words.general_meetings.reports, slot.day)
        fill = self._speech.fill_braces(there.present, first=[there.chair])
        told = [self._opening(slot, there), self._point(minutes, 1, report, fill)]
        if manager:
            minutes.extra["administrative_report"] = {"speaker": manager, "post": self._say.manager_post}
            title = self._say.hear_manager
            minutes.topics.append(title)
            text = self._say.manager_line.format(name=manager)
            told.append(self._say.point.format(number=2, title=title, text=text))
        minutes.sections["工作报告"] = "\n\n".join(told)
        conveyed = self._speech.draw_matter(self._words.general_meetings.conveyed, slot.day)
        fill = self._speech.fill_braces(there.present, first=self._officers(slot, there)[::-1][:2])
        minutes.sections["传达学习"] = self._point(minutes, 1, conveyed, fill)
        minutes.sections["讨论与决议"] = "\n\n".join(self._decisions(minutes, slot, there, decided))
        return minutes

    def _decisions(self, minutes: Minutes, slot: Slot, there: Attendance, decided: Sequence[Event]) -> list[str]:
        points: list[str] = []
        officers = self._officers(slot, there)
        for event in decided:
            name = self._decided_on(event)
            text = self._say.decisions[event.what]["resolution"].format(name=name)
            resolution = self._resolution(text, officers[min(1, len(officers) - 1)], slot.day)
            self._vote(resolution, slot, there, decided)
            minutes.topics.append(self._say.decisions[event.what]["title"].format(name=name))
            minutes.resolutions.append(resolution)
            told = self._say.decisions[event.what]["account"].format(name=name, names=name)
            points.append(self._decision(len(points) + 1, minutes.topics[-1], told, resolution))
        for _ in range(1 if decided else self._chance.choice((1, 2))):
            matter = self._speech.draw_matter(self._words.general_meetings.debated, slot.day)
            fill = self._speech.fill_braces(there.present, first=[self._chance.choice(officers)])
            owner = self._chance.choice([each for each in there.present if each.standing_on(slot.day) == FULL])
            resolution = self._resolution(matter.resolution.format_map(fill), owner, slot.day)
            self._vote(resolution, slot, there, decided)
            resolution.major = (
                slot.major and bool(resolution.votes) and not any(each.major for each in minutes.resolutions)
            )
            minutes.topics.append(matter.title.format_map(fill))
            minutes.resolutions.append(resolution)
            told = self._speech.give_account(matter, fill)
            points.append(self._decision(len(points) + 1, minutes.topics[-1], told, resolution))
        return points

    def _lecture(self, slot: Slot, there: Attendance) -> Minutes:
        matter = self._speech.draw_matter(self._words.lectures.matters, slot.day)
        fill = self._speech.fill_braces(there.present)
        able = [person for person in there.present if person.standing_on(slot.day) == FULL]
        lecturer = there.chair if self._chance.random() < _BY_CHAIR else self._chance.choice(able)
        minutes = Minutes(topics=[matter.title.format_map(fill)], lecturer=lecturer.id)
        opening = self._say.lecturer.format(
            lecturer=lecturer.name, title=minutes.topics[0], minutes=slot.minutes - 15
        )
        told = [self._speech.join([self._opening(slot, there), opening])]
        minutes.sections["授课内容"] = "\n\n".join([*told, *(line.format_map(fill) for line in matter.lines)])
        listeners = [person for person in there.present if person is not lecturer] or there.present
        minutes.sections["讨论交流"] = "\n".join(self._told(self._words.lectures.talk, 3, listeners))
        return minutes

    def _opening(self, slot: Slot, there: Attendance) -> str:
        phrase = "delegated" if there.delegated_by else "lecture_chaired" if slot.kind == LECTURE else "chaired"
        leader = there.delegated_by.name if there.delegated_by else ""
        told = [getattr(self._say, phrase).format(leader=leader, chair=there.chair.name, recorder=there.recorder.name)]
        if slot.makes_up:
            told.append(self._say.made_up.format(period=period_label(slot.period, self._say)))
        if there.late:
            told.append(self._say.late.format(names=there.late[0].name))
        return self._speech.join(told)

    def _point(self, minutes: Minutes, number: int, matter: Matter, fill: dict[str, str]) -> str:
        title = matter.title.format_map(fill)
        minutes.topics.append(title)
        return self._say.point.format(number=number, title=title, text=self._speech.give_account(matter, fill))

    def _told(self, pool: Sequence[str], number: int, present: Sequence[Person], body: str = "") -> list[str]:
        """Return lines of a list, each with speakers of its own."""
        return [f"- {line}" for line in self._speech.draw_sentences(pool, number, present, body=body)]

    def _officers(self, slot: Slot, there: Attendance) -> list[Person]:
        """Return the holders of posts who are there, the chair first."""
        holders = {person.id for _, person in self._cast.term_on(slot.day).posts}
        return [there.chair, *(each for each in there.present if each.id in holders and each is not there.chair)]

    def _decided_on(self, event: Event) -> str:
        if event.person:
            return event.person.name
        term = self._cast.term_on(event.day + timedelta(days=1))
        return self._say.name_separator.join(person.name for _, person in term.posts)

    def _decision(self, number: int, title: str, text: str, resolution: Resolution) -> str:
        parts = [text]
        if resolution.votes:
            yes, no, abstain = resolution.votes
            parts.append(self._say.votes.format(yes=yes, no=no, abstain=abstain))
        parts.append(self._resolved(resolution))
        return self._say.point.format(number=number, title=title, text=self._speech.join(parts))

    def _resolved(self, resolution: Resolution) -> str:
        due, owner = resolution.due.isoformat(), resolution.owner.name
        return self._say.resolved.format(text=resolution.text, owner=owner, due=due)

    def _resolution(self, text: str, owner: Person, day: date) -> Resolution:
        return Resolution(text, owner, workday_near(day + timedelta(days=self._chance.randrange(10, 75))))

    def _vote(self, resolution: Resolution, slot: Slot, there: Attendance, decided: Sequence[Event]) -> None:
        """Count hands of the full members, without those who become full by this very meeting."""
        new = {event.person.id for event in decided if event.person and event.what == "convert"}
        entitled = [person for person in there.due if person.standing_on(slot.day) == FULL]
        here = {person.id for person in there.present} - new
        voters = sum(1 for person in entitled if person.id in here)
        roll = self._chance.random()
        no, abstain = int(roll < _ONE_AGAINST), int(_ONE_AGAINST <= roll < _ONE_ABSTAINS)
        if (voters - no - abstain) * 2 <= len(entitled):
            no = abstain = 0
        if voters * 2 > len(entitled):
            resolution.votes = (voters - no - abstain, no, abstain)

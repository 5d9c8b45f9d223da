"""The minutes of one meeting after another, none like those before; here the drafts for the meetings of system 3."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, cast

from dangwu.model.record import COMMITTEE_MEETING, GENERAL_MEETING, GROUP_MEETING, LECTURE, STUDY_SESSION
from dangwu.sample.life_minutes import DRAFT_LIFE_MINUTES
from dangwu.sample.meeting_plan import name_period
from dangwu.sample.minutes_draft import MinutesDraft
from dangwu.sample.paper import Minutes, Resolution
from dangwu.sample.sentence_draw import SentenceDraw
from dangwu.sample.work_days import workday_after
from dangwu.sample.written_texts import shorten

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from dangwu.sample.attendance import Attendance
    from dangwu.sample.cast import Cast, Person
    from dangwu.sample.meeting_plan import PlannedMeeting
    from dangwu.sample.pools import Decision, Matter, Words
    from dangwu.sample.roster_events import Event
    from dangwu.sample.written_texts import WrittenTexts

_DRAFTS = 12
_THREE_ISSUES_FROM = 55
_BY_CHAIR = 0.4
_ONE_AGAINST, _ONE_ABSTAINS = 0.06, 0.2
_AROUND_LECTURE = 15
"""So many minutes of a lecture are not the lecturer's."""


def _draft_group_minutes(draft: MinutesDraft) -> Minutes:
    meeting, words, group = draft.meeting, draft.words.group_meetings, draft.cast.group(draft.meeting.group or "")
    minutes = Minutes()
    told = [_open_meeting(draft)]
    for pool in (words.study, words.work, words.life)[: 3 if meeting.minutes > _THREE_ISSUES_FROM else 2]:
        matter = draft.draw.draw_matter(pool, meeting.day, group.id)
        fill = draft.draw.fill_braces(draft.there.present, group.shop)
        told.append(_tell_point(draft, minutes, len(told), matter, fill))
    minutes.sections["会议内容"] = "\n\n".join(told)
    number = draft.chance.choice((2, 2, 3))
    criticism = draft.list_voices(words.criticism, number, body=group.id)
    minutes.sections["批评与自我批评"] = f"{criticism}\n{draft.list_voices(words.replies, 1, body=group.id)}"
    return minutes


def _draft_committee_minutes(draft: MinutesDraft) -> Minutes:
    words = draft.words.committee_meetings
    minutes = Minutes()
    told, decided = [_open_meeting(draft)], []
    for number in range(1, draft.chance.choice((3, 3, 4))):
        matter = draft.draw.draw_matter(words.matters, draft.meeting.day)
        fill = draft.draw.fill_braces(draft.there.present)
        told.append(_tell_point(draft, minutes, number, matter, fill))
        owner = draft.chance.choice(draft.there.present)
        resolution = Resolution(matter.resolution.format_map(fill), owner, _draw_due(draft))
        minutes.resolutions.append(resolution)
        decided.append(f"{number}. {_tell_resolution(draft, resolution)}")
    minutes.sections["研究事项"] = "\n\n".join(told)
    minutes.sections["批评与自我批评"] = draft.list_voices(words.criticism, 2)
    minutes.sections["议定事项"] = "\n".join(decided)
    return minutes


def _draft_general_minutes(draft: MinutesDraft) -> Minutes:
    meeting, there, say, words = draft.meeting, draft.there, draft.say, draft.words.general_meetings
    minutes = Minutes()
    report = draft.draw.draw_matter(words.reports, meeting.day)
    fill = draft.draw.fill_braces(there.present, first=[there.chair])
    told = [_open_meeting(draft), _tell_point(draft, minutes, 1, report, fill)]
    if meeting.hears:
        manager = draft.cast.manager
        minutes.fields["administrative_report"] = {"speaker": manager, "post": say.manager_post}
        minutes.topics.append(say.hear_manager)
        text = say.manager_line.format(name=manager)
        told.append(say.point.format(number=2, title=say.hear_manager, text=text))
    minutes.sections["工作报告"] = "\n\n".join(told)
    conveyed = draft.draw.draw_matter(words.conveyed, meeting.day)
    officers = _list_officers(draft)
    fill = draft.draw.fill_braces(there.present, first=officers[::-1][:2])
    minutes.sections["传达学习"] = _tell_point(draft, minutes, 1, conveyed, fill)
    points = [_decide_event(draft, minutes, event, officers[:2][-1]) for event in draft.decided]
    number = 1 if draft.decided else draft.chance.choice((1, 2))
    points += [_debate_matter(draft, minutes, officers) for _ in range(number)]
    minutes.sections["讨论与决议"] = "\n\n".join(points)
    return minutes


def _draft_lecture_minutes(draft: MinutesDraft) -> Minutes:
    there, words, day = draft.there, draft.words.lectures, draft.meeting.day
    matter = draft.draw.draw_matter(words.matters, day)
    fill = draft.draw.fill_braces(there.present)
    able = [person for person in there.present if person.is_full(day)]
    lecturer = there.chair if draft.chance.random() < _BY_CHAIR else draft.chance.choice(able)
    title = matter.title.format_map(fill)
    minutes = Minutes(topics=[title], fields={"lecturer": lecturer.id})
    length = draft.meeting.minutes - _AROUND_LECTURE
    opening = draft.say.lecturer.format(lecturer=lecturer.name, title=title, minutes=length)
    told = [draft.draw.join([_open_meeting(draft), opening]), *(line.format_map(fill) for line in matter.lines)]
    minutes.sections["授课内容"] = "\n\n".join(told)
    listeners = [person for person in there.present if person is not lecturer]
    minutes.sections["讨论交流"] = draft.list_voices(words.talk, 3, listeners)
    return minutes


def _open_meeting(draft: MinutesDraft) -> str:
    """Return who chaired and recorded, what the meeting makes up for, and who came late."""
    meeting, there, say = draft.meeting, draft.there, draft.say
    chaired = say.lecture_chaired if meeting.kind == LECTURE else say.chaired
    fill = {"chair": there.chair.name, "recorder": there.recorder.name}
    if there.delegated_by:
        chaired = say.delegated
        fill["leader"] = there.delegated_by.name
    told = [chaired.format_map(fill)]
    if meeting.makes_up:
        told.append(say.made_up.format(period=name_period(meeting.period, say)))
    told += [say.late.format(names=person.name) for person in there.late]
    return draft.draw.join(told)


def _tell_point(draft: MinutesDraft, minutes: Minutes, number: int, matter: Matter, fill: dict[str, str]) -> str:
    title = matter.title.format_map(fill)
    minutes.topics.append(title)
    return draft.say.point.format(number=number, title=title, text=draft.draw.give_account(matter, fill))


def _list_officers(draft: MinutesDraft) -> list[Person]:
    """Return the holders of posts who are there, the chair first."""
    officers = draft.cast.officers(draft.meeting.day)
    return list(dict.fromkeys([draft.there.chair, *(person for person in draft.there.present if person in officers)]))


def _decide_event(draft: MinutesDraft, minutes: Minutes, event: Event, owner: Person) -> str:
    """Decide a change of people, and return the point of the minutes."""
    elected = draft.cast.term_on(event.day + timedelta(days=1)).posts
    names = [event.person] if event.person else [person for _, person in elected]
    name = draft.say.name_separator.join(person.name for person in names)
    said = {
        part: text.format(name=name, names=name)
        for part, text in draft.say.decisions[cast("Decision", event.what)].items()
    }
    resolution = Resolution(said["resolution"], owner, _draw_due(draft), _count_votes(draft))
    return _tell_decision(draft, minutes, said["title"], said["account"], resolution)


def _debate_matter(draft: MinutesDraft, minutes: Minutes, officers: list[Person]) -> str:
    """Decide a matter that someone brought before the meeting, and return the point of the minutes."""
    present, day = draft.there.present, draft.meeting.day
    matter = draft.draw.draw_matter(draft.words.general_meetings.debated, day)
    fill = draft.draw.fill_braces(present, first=[draft.chance.choice(officers)])
    owner = draft.chance.choice([person for person in present if person.is_full(day)])
    resolution = Resolution(matter.resolution.format_map(fill), owner, _draw_due(draft), _count_votes(draft))
    if draft.meeting.major and resolution.votes and not any(earlier.major for earlier in minutes.resolutions):
        resolution = resolution._replace(major=True)
    account = draft.draw.give_account(matter, fill)
    return _tell_decision(draft, minutes, matter.title.format_map(fill), account, resolution)


def _tell_decision(draft: MinutesDraft, minutes: Minutes, title: str, account: str, resolution: Resolution) -> str:
    minutes.topics.append(title)
    minutes.resolutions.append(resolution)
    told = [account]
    if resolution.votes:
        yes, no, abstain = resolution.votes
        told.append(draft.say.votes.format(yes=yes, no=no, abstain=abstain))
    told.append(_tell_resolution(draft, resolution))
    return draft.say.point.format(number=len(minutes.resolutions), title=title, text=draft.draw.join(told))


def _tell_resolution(draft: MinutesDraft, resolution: Resolution) -> str:
    due, owner = resolution.due.isoformat(), resolution.owner.name
    return draft.say.resolved.format(text=resolution.text, owner=owner, due=due)


def _draw_due(draft: MinutesDraft) -> date:
    return workday_after(draft.meeting.day, draft.chance.randrange(10, 75))


def _count_votes(draft: MinutesDraft) -> tuple[int, int, int] | None:
    """Count hands of the full members, without those who become full by this very meeting; None for too few."""
    new = {event.person for event in draft.decided if event.what == "convert"}
    present = set(draft.there.present)
    entitled = [person for person in draft.there.due if person.is_full(draft.meeting.day)]
    voters = sum(person in present and person not in new for person in entitled)
    roll = draft.chance.random()
    no, abstain = int(roll < _ONE_AGAINST), int(_ONE_AGAINST <= roll < _ONE_ABSTAINS)
    if (voters - no - abstain) * 2 <= len(entitled):
        no = abstain = 0
    return (voters - no - abstain, no, abstain) if voters * 2 > len(entitled) else None


_DRAFT_MINUTES: Mapping[str, Callable[[MinutesDraft], Minutes]] = {
    GROUP_MEETING: _draft_group_minutes,
    COMMITTEE_MEETING: _draft_committee_minutes,
    GENERAL_MEETING: _draft_general_minutes,
    LECTURE: _draft_lecture_minutes,
    **DRAFT_LIFE_MINUTES,
}
"""Kind of meeting → what drafts its minutes."""


class MinutesWriter:
    """Writes the minutes of meetings in order of time."""

    def __init__(self, cast: Cast, words: Words, chance: random.Random, texts: WrittenTexts) -> None:
        self._cast = cast
        self._chance = chance
        self._draw = SentenceDraw(words, chance, cast)
        self._texts = texts
        self._studied: dict[str, str] = {}

    def write_minutes(self, meeting: PlannedMeeting, there: Attendance, decided: Sequence[Event]) -> Minutes:
        """Return the minutes of a meeting, drafted anew while a section is much like one of an earlier meeting."""
        draft = MinutesDraft(meeting, there, decided, self._cast, self._draw, self._chance)
        for _ in range(_DRAFTS):
            minutes = _DRAFT_MINUTES[meeting.kind](draft)
            if all(map(self._texts.is_new, minutes.sections.values())):
                break
        for title, text in minutes.sections.items():
            minutes.sections[title] = text if self._texts.is_new(text) else shorten(text)
            self._texts.keep(minutes.sections[title])
        if meeting.copies:
            minutes.sections |= self._studied
        if meeting.kind == STUDY_SESSION:
            title = next(iter(minutes.sections))
            self._studied = {title: minutes.sections[title]}
        return minutes

"""The minutes of the meetings of systems 1, 4 and 6: Party building, life meetings, study, themed days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from dangwu.facts.text_similarity import SHORTEST, units
from dangwu.model.record import (
    DEMOCRATIC_LIFE_MEETING,
    ORGANIZATIONAL_LIFE_MEETING,
    PARTY_BUILDING_MEETING,
    STUDY_SESSION,
    THEMED_PARTY_DAY,
)
from dangwu.sample.work_days import is_workday
from dangwu.sample.written_texts import brief
from dangwu.sample.meeting_plan import STUDY_HOURS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dangwu.sample.attendance import Attendance
    from dangwu.sample.cast import Person
    from dangwu.sample.minutes_writer import Minutes
    from dangwu.sample.meeting_plan import Slot
    from dangwu.sample.pools import Phrases
    from dangwu.sample.sentence_draw import SentenceDraw

    Sitting = Callable[[Minutes, Slot, Attendance, SentenceDraw, Phrases], None]

_SPEAKERS = 3
_CHECKED = 5
"""Of so many people the minutes tell the self-check; the others' papers are kept with the branch."""
_NOTICE, _REPORT = 8, 12
_SUBJECTS = ("constitution-and-law", "party-lines", "science-and-management", "theory", "morality", "market-economy")


def _party_building(
    minutes: Minutes,
    slot: Slot,  # noqa: ARG001 - one form for all sittings
    there: Attendance,
    speech: SentenceDraw,
    say: Phrases,
) -> None:
    minutes.topics = list(say.building_topics)
    for title, pool in (
        ("党建工作分析", speech.words.life_meetings.party_building),
        ("职工思想分析", speech.words.life_meetings.thinking),
        ("改进措施", speech.words.life_meetings.improvements),
    ):
        minutes.sections[title] = "\n".join(told(speech, pool, 3, there.present))


def _democratic_life(minutes: Minutes, slot: Slot, there: Attendance, speech: SentenceDraw, say: Phrases) -> None:
    theme, focus = told(speech, speech.words.life_meetings.democratic_themes, 1, ()) + told(speech, speech.words.life_meetings.democratic_focuses, 1, ())
    minutes.topics = [topic.format(theme=theme) for topic in say.life_topics]
    gone = {person.id for person in there.absent}
    speakers = [person for person in there.due if person.id not in gone]
    minutes.extra = {
        "theme": theme,
        "focus_problem": focus,
        "notice": {"sent_on": _workday_before(slot.day, _NOTICE).isoformat()},
        "reported_up": {"sent_on": _workday_before(slot.day, _REPORT).isoformat(), "to": say.superior_name},
        "superior_present": [say.superior_person] if slot.day.month == 12 else [],  # noqa: PLR2004
        "self_checks": [person.id for person in speakers],
    }
    prepared = [say.prepared.format(theme=theme, focus=focus), *told(speech, speech.words.life_meetings.preparations, 2, ())]
    minutes.sections["会前准备"] = speech.join(prepared)
    minutes.sections["对照检查"] = "\n".join(self_checks(speech, speakers))
    minutes.sections["批评与自我批评"] = "\n".join(_criticism(speech, there.present))
    minutes.sections["整改方向"] = "\n".join(told(speech, speech.words.life_meetings.directions, 3, there.present))


def _organizational_life(
    minutes: Minutes,
    slot: Slot,  # noqa: ARG001
    there: Attendance,
    speech: SentenceDraw,
    say: Phrases,
) -> None:
    theme = told(speech, speech.words.life_meetings.organizational_themes, 1, ())[0]
    minutes.topics = [topic.format(theme=theme) for topic in say.life_topics]
    minutes.extra = {"theme": theme, "spoke": [person.id for person in there.present]}
    minutes.sections["对照检查"] = "\n".join(self_checks(speech, there.present))
    minutes.sections["批评与自我批评"] = "\n".join(_criticism(speech, there.present))
    minutes.sections["整改措施"] = "\n".join(told(speech, speech.words.life_meetings.measures, 3, there.present))


def _study(minutes: Minutes, slot: Slot, there: Attendance, speech: SentenceDraw, say: Phrases) -> None:
    topic, title = told(speech, speech.words.study.topics, 1, ()) + told(speech, speech.words.study.documents, 1, ())
    minutes.topics = [say.study_topic.format(topic=topic)]
    published = slot.day + timedelta(days=9) if slot.too_early else date(slot.day.year, 1, 1) - timedelta(days=40)
    minutes.extra = {
        "documents": [{"title": title, "published": published.isoformat()}],
        "hours": STUDY_HOURS,
        "plan_item": study_item(slot.day),
        "subjects": [_SUBJECTS[slot.day.month % len(_SUBJECTS)]],
    }
    lines = told(speech, speech.words.study.contents, 4, there.present, bullets=False)
    while slot.detailed and len(units("".join(lines))) < SHORTEST + 20:
        lines += told(speech, speech.words.study.contents, 2, there.present, bullets=False)
    # Only detailed notes are long enough to be compared, so that those of one month can be copied in another.
    minutes.sections["学习内容"] = "\n".join(lines) if slot.detailed else brief("\n".join(lines))
    minutes.sections["讨论交流"] = "\n".join(_said(speech, speech.words.lectures.talk, 2, there.present))


def _themed_day(
    minutes: Minutes,
    slot: Slot,  # noqa: ARG001
    there: Attendance,
    speech: SentenceDraw,
    say: Phrases,
) -> None:
    topic = told(speech, speech.words.study.topics, 1, ())[0]
    minutes.topics = [say.day_topic.format(topic=topic)]
    minutes.sections["活动内容"] = "\n".join(told(speech, speech.words.study.contents, 2, there.present, bullets=False))


SITTINGS: Mapping[str, Sitting] = {
    PARTY_BUILDING_MEETING: _party_building,
    DEMOCRATIC_LIFE_MEETING: _democratic_life,
    ORGANIZATIONAL_LIFE_MEETING: _organizational_life,
    STUDY_SESSION: _study,
    THEMED_PARTY_DAY: _themed_day,
}
"""Kind of meeting → who writes its minutes."""


def study_item(day: date) -> str:
    """Return the id of the education plan's item that a study session belongs to: two months have one."""
    return f"s{(day.month + 1) // 2}"


def told(
    speech: SentenceDraw, pool: Sequence[str], number: int, people: Sequence[Person], *, bullets: bool | None = None
) -> list[str]:
    """Return sentences of a pool that were not used for longest, as a list where people speak."""
    return _said(speech, pool, number, people, bullets=bool(people) if bullets is None else bullets)


def self_checks(speech: SentenceDraw, people: Sequence[Person]) -> list[str]:
    """Return what some people say of themselves, each one sentence."""
    chosen = people if len(people) <= _CHECKED else speech.choose_people(people, _CHECKED)
    lines = speech.draw_lines(speech.words.life_meetings.self_checks, len(chosen), _SPEAKERS)
    return [f"- {line.format_map(speech.fill_braces([person]))}" for line, person in zip(lines, chosen, strict=False)]


def _criticism(speech: SentenceDraw, people: Sequence[Person]) -> list[str]:
    return _said(speech, speech.mutual_criticism, 3, people)


def _said(
    speech: SentenceDraw, pool: Sequence[str], number: int, people: Sequence[Person], *, bullets: bool = True
) -> list[str]:
    mark = "- " if bullets else ""
    return [mark + line for line in speech.draw_sentences(pool, number, people)]


def _workday_before(day: date, days: int) -> date:
    day -= timedelta(days=days)
    while not is_workday(day):
        day -= timedelta(days=1)
    return day

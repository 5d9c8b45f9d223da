"""The minutes of the meetings of systems 1, 4 and 6: Party building, life meetings, study, themed days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from dangwu.facts.text_similarity import SHORTEST_UNITS, split_units
from dangwu.model.record import (
    DEMOCRATIC_LIFE_MEETING,
    ORGANIZATIONAL_LIFE_MEETING,
    PARTY_BUILDING_MEETING,
    STUDY_SESSION,
    THEMED_PARTY_DAY,
)
from dangwu.sample.meeting_plan import STUDY_HOURS
from dangwu.sample.paper import Minutes
from dangwu.sample.work_days import workday_before
from dangwu.sample.written_texts import shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dangwu.sample.cast import Person
    from dangwu.sample.minutes_draft import MinutesDraft

_SPEAKERS = 3
_CHECKED = 5
"""Of so many people the minutes tell the self-check; the others' papers are kept with the branch."""
_NOTICE, _REPORT = 8, 12
_DETAILED = SHORTEST_UNITS + 20
_DECEMBER = 12
_SUBJECTS = ("constitution-and-law", "party-lines", "science-and-management", "theory", "morality", "market-economy")


def _draft_party_building(draft: MinutesDraft) -> Minutes:
    words = draft.words.life_meetings
    pools = {"党建工作分析": words.party_building, "职工思想分析": words.thinking, "改进措施": words.improvements}
    sections = {title: draft.list_voices(pool, 3) for title, pool in pools.items()}
    return Minutes(list(draft.say.building_topics), sections)


def _draft_democratic_life(draft: MinutesDraft) -> Minutes:
    there, say, words, day = draft.there, draft.say, draft.words.life_meetings, draft.meeting.day
    (theme,) = draft.draw.draw_sentences(words.democratic_themes, 1)
    (focus,) = draft.draw.draw_sentences(words.democratic_focuses, 1)
    speakers = [person for person in there.due if person not in there.absent]
    prepared = [say.prepared.format(theme=theme, focus=focus), *draft.draw.draw_sentences(words.preparations, 2)]
    sections = {
        "会前准备": draft.draw.join(prepared),
        "对照检查": _list_self_checks(draft, speakers),
        "批评与自我批评": _list_criticism(draft),
        "整改方向": draft.list_voices(words.directions, 3),
    }
    fields = {
        "theme": theme,
        "focus_problem": focus,
        "notice": {"sent_on": workday_before(day, _NOTICE)},
        "reported_up": {"sent_on": workday_before(day, _REPORT), "to": say.superior_name},
        "superior_present": [say.superior_person] if day.month == _DECEMBER else [],
        "self_checks": [person.id for person in speakers],
    }
    return Minutes(_list_life_topics(draft, theme), sections, fields=fields)


def _draft_organizational_life(draft: MinutesDraft) -> Minutes:
    present, words = draft.there.present, draft.words.life_meetings
    (theme,) = draft.draw.draw_sentences(words.organizational_themes, 1)
    sections = {
        "对照检查": _list_self_checks(draft, present),
        "批评与自我批评": _list_criticism(draft),
        "整改措施": draft.list_voices(words.measures, 3),
    }
    fields = {"theme": theme, "spoke": [person.id for person in present]}
    return Minutes(_list_life_topics(draft, theme), sections, fields=fields)


def _draft_study(draft: MinutesDraft) -> Minutes:
    meeting, words, day = draft.meeting, draft.words.study, draft.meeting.day
    (topic,) = draft.draw.draw_sentences(words.topics, 1)
    (title,) = draft.draw.draw_sentences(words.documents, 1)
    published = day + timedelta(days=9) if meeting.too_early else date(day.year, 1, 1) - timedelta(days=40)
    text = draft.tell(words.contents, 4)
    while meeting.detailed and len(split_units(text)) < _DETAILED:
        text = f"{text}\n{draft.tell(words.contents, 2)}"
    # Only detailed notes are long enough to be compared, so that those of one month can be copied in another.
    sections = {"学习内容": text if meeting.detailed else shorten(text)}
    sections["讨论交流"] = draft.list_voices(draft.words.lectures.talk, 2)
    fields = {
        "documents": [{"title": title, "published": published}],
        "hours": STUDY_HOURS,
        "plan_item": f"s{(day.month + 1) // 2}",  # one item of the education plan for two months
        "subjects": [_SUBJECTS[day.month % len(_SUBJECTS)]],
    }
    return Minutes([draft.say.study_topic.format(topic=topic)], sections, fields=fields)


def _draft_themed_day(draft: MinutesDraft) -> Minutes:
    (topic,) = draft.draw.draw_sentences(draft.words.study.topics, 1)
    return Minutes([draft.say.day_topic.format(topic=topic)], {"活动内容": draft.tell(draft.words.study.contents, 2)})


DRAFT_LIFE_MINUTES: Mapping[str, Callable[[MinutesDraft], Minutes]] = {
    PARTY_BUILDING_MEETING: _draft_party_building,
    DEMOCRATIC_LIFE_MEETING: _draft_democratic_life,
    ORGANIZATIONAL_LIFE_MEETING: _draft_organizational_life,
    STUDY_SESSION: _draft_study,
    THEMED_PARTY_DAY: _draft_themed_day,
}
"""Kind of meeting → what drafts its minutes."""


def _list_life_topics(draft: MinutesDraft, theme: str) -> list[str]:
    return [topic.format(theme=theme) for topic in draft.say.life_topics]


def _list_self_checks(draft: MinutesDraft, people: Sequence[Person]) -> str:
    """Return what some people say of themselves, each one sentence."""
    chosen = people if len(people) <= _CHECKED else draft.draw.choose_people(people, _CHECKED)
    lines = draft.draw.draw_lines(draft.words.life_meetings.self_checks, len(chosen), _SPEAKERS)
    filled = [line.format_map(draft.draw.fill_braces([person])) for line, person in zip(lines, chosen, strict=True)]
    return "\n".join(f"- {line}" for line in filled)


def _list_criticism(draft: MinutesDraft) -> str:
    return draft.list_voices(draft.draw.mutual_criticism, 3)

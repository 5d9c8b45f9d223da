"""What is to be done for a duty, as one verb before its title: 召开：党小组会, Hold: Party group meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.message import Bilingual, say
from dangwu.model.record import (
    COMMITTEE_MEETING,
    DEMOCRATIC_LIFE_MEETING,
    GENERAL_MEETING,
    GROUP_MEETING,
    LECTURE,
    ORGANIZATIONAL_LIFE_MEETING,
    PARTY_BUILDING_MEETING,
    STUDY_SESSION,
)
from dangwu.model.rulebook import Event

if TYPE_CHECKING:
    from dangwu.language import Language
    from dangwu.model.duty import Duty
    from dangwu.model.results import DutyResult
    from dangwu.model.rulebook import Clause

_HOLD, _ORGANIZE = Bilingual("召开", "Hold"), Bilingual("组织", "Hold")
_DRAW_UP, _WRITE = Bilingual("制定", "Draw up"), Bilingual("撰写", "Write")
_CARRY_OUT, _DISCLOSE = Bilingual("开展", "Carry out"), Bilingual("公开", "Disclose")
_PUT_RIGHT, _ANSWER = Bilingual("整改", "Put right"), Bilingual("答复", "Answer")
_ACTIONS = {
    **dict.fromkeys((GROUP_MEETING, COMMITTEE_MEETING, GENERAL_MEETING, PARTY_BUILDING_MEETING), _HOLD),
    **dict.fromkeys((DEMOCRATIC_LIFE_MEETING, ORGANIZATIONAL_LIFE_MEETING), _HOLD),
    **dict.fromkeys((LECTURE, STUDY_SESSION, "training", "duty-report"), _ORGANIZE),
    **dict.fromkeys(("annual-plan", "quarter-plan", "month-plan", "education-plan", "development-plan"), _DRAW_UP),
    **dict.fromkeys(("mid-year-summary", "year-end-summary", "excellence-summary"), _WRITE),
    **dict.fromkeys(("plan-inspection", "study-check", "appraisal"), _CARRY_OUT),
    "facility-check": Bilingual("检查", "Check"),
    "dues": Bilingual("", "Collect"),
    "disclosure": _DISCLOSE,
}
"""Kind of record → the verb; a title that has its verb needs none."""
_EVENT_ACTIONS = {
    **dict.fromkeys((Event.RECTIFICATION, Event.APPRAISAL, Event.MAJOR_RESOLUTION), _DISCLOSE),
    **dict.fromkeys((Event.RECTIFICATION_ITEM, Event.SUPERIOR_POINT), _PUT_RIGHT),
    **dict.fromkeys((Event.FEEDBACK, Event.LETTER), _ANSWER),
}
_SAID_BY_TITLE = " disclosed"


def format_action_title(duty: Duty, result: DutyResult, lang: Language) -> str:
    """Return the title of a duty behind what is to be done; the title alone where that says it."""
    title = lang.value(duty.title)
    clause = result.rulebook.clause(duty.clause)
    action = _find_action(clause)
    verb = lang.value(action) if action else ""
    if not verb or title == verb:
        return title
    matter = title.removeprefix(verb).removesuffix(_SAID_BY_TITLE if action == _DISCLOSE else "")
    return lang.text(say("{field}: {value}", field=verb, value=matter))


def _find_action(clause: Clause | None) -> Bilingual | None:
    """Return the verb of a clause; none where it shares the evidence of another, which is what is done."""
    if clause is None or clause.shares:
        return None
    return _EVENT_ACTIONS.get(clause.event) if clause.event else _ACTIONS.get(clause.record or "")

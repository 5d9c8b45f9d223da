"""Words, tones and marks for the states of duties, severities of findings and kinds of meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.duty import DutyState, Evidence
from dangwu.model.finding import Severity
from dangwu.model.message import Bilingual, Text, say
from dangwu.model.record import (
    COMMITTEE_MEETING,
    DEMOCRATIC_LIFE_MEETING,
    GENERAL_MEETING,
    GROUP_MEETING,
    LECTURE,
    ORGANIZATIONAL_LIFE_MEETING,
    PARTY_BUILDING_MEETING,
    STUDY_SESSION,
    THEMED_PARTY_DAY,
)
from dangwu.pages.page import Tone

if TYPE_CHECKING:
    from dangwu.model.duty import Duty
    from dangwu.model.results import DutyResult


class StateLook(NamedTuple):
    """How a state is shown: a word, a tone, and a mark that is distinct without colour."""

    word: Text
    tone: Tone
    mark: Bilingual


STATE_LOOKS = {
    DutyState.FULFILLED: StateLook(say("fulfilled"), Tone.GOOD, Bilingual("完", "+")),
    DutyState.LATE: StateLook(say("done late"), Tone.WARN, Bilingual("迟", "L")),
    DutyState.OVERDUE: StateLook(say("overdue"), Tone.BAD, Bilingual("逾", "!")),
    DutyState.OPEN: StateLook(say("open"), Tone.OPEN, Bilingual("待", "o")),
    DutyState.UPCOMING: StateLook(say("upcoming"), Tone.QUIET, Bilingual(".", ".")),
    DutyState.WAIVED: StateLook(say("waived"), Tone.WAIVED, Bilingual("免", "W")),
    DutyState.NOT_APPLICABLE: StateLook(say("not applicable"), Tone.QUIET, Bilingual("-", "-")),
}
"""Only marks whose width is the same on all terminals."""

MISSED_LOOK = StateLook(say("missed, with the reason stated"), Tone.WAIVED, Bilingual("缺", "m"))
"""Overdue, and the branch has recorded that it was missed and why."""

GENERALLY_OVERDUE_LOOK = StateLook(say("overdue (generally required)"), Tone.WARN, Bilingual("弹", "g"))
"""Overdue, but the clause demands it only "generally": a warning, not an error."""

_OVERDUE_LOOKS = (STATE_LOOKS[DutyState.OVERDUE], GENERALLY_OVERDUE_LOOK, MISSED_LOOK)
EVERY_LOOK = tuple(
    look for state in STATE_LOOKS for look in (_OVERDUE_LOOKS if state is DutyState.OVERDUE else (STATE_LOOKS[state],))
)
"""All looks in the order in which pages list them."""

RECORDED_LATE_LOOK = StateLook(say("recorded late"), Tone.WARN, Bilingual("*", "*"))
SAME_PERIOD = say("belongs to the same period")

MEETING_NAMES = {
    GROUP_MEETING: say("Party group meeting"),
    COMMITTEE_MEETING: say("Branch committee meeting"),
    GENERAL_MEETING: say("General meeting"),
    LECTURE: say("Party lecture"),
    PARTY_BUILDING_MEETING: say("Party-building meeting"),
    DEMOCRATIC_LIFE_MEETING: say("Democratic life meeting"),
    STUDY_SESSION: say("Study session"),
    ORGANIZATIONAL_LIFE_MEETING: say("Organizational life meeting"),
    THEMED_PARTY_DAY: say("Themed Party day"),
}
"""The kinds of meeting, those of system 3 first, in the order of its clauses."""


def find_state_look(duty: Duty) -> StateLook:
    """Return the look of a duty's state."""
    if duty.state is DutyState.OVERDUE and (duty.acknowledged or duty.generally):
        return MISSED_LOOK if duty.acknowledged else GENERALLY_OVERDUE_LOOK
    return STATE_LOOKS[duty.state]


RECORDING_UNKNOWN = say("not known")
"""In the place of a day or a number that the history would tell."""


def is_recorded_late(duty: Duty) -> bool | None:
    """Tell whether a record of the duty entered the repository late; None where the history is not known."""
    known = [evidence.recorded_late for evidence in duty.evidence]
    return True if True in known else None if None in known else False


def count_recorded_late(result: DutyResult) -> int | None:
    """Return the number of duties with a record that entered the repository late; None where that is not known."""
    return None if result.recorded is None else sum(is_recorded_late(duty) is True for duty in result.duties)


def find_decisive_evidence(duty: Duty) -> Evidence | None:
    """Return the record that reached the demanded number, or the last one so far; None where there is none."""
    return duty.evidence[min(duty.count, len(duty.evidence)) - 1] if duty.evidence else None


SEVERITY_WORDS = {
    Severity.ERROR: say("error"),
    Severity.WARNING: say("warning"),
    Severity.NOTE: say("note"),
}


SEVERITY_TONES = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.WARN, Severity.NOTE: Tone.OPEN}

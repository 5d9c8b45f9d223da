"""The words and marks for states, severities, kinds and months, in one place for every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.duty import State
from dangwu.model.finding import Severity
from dangwu.model.record import COMMITTEE_MEETING, GENERAL_MEETING, GROUP_MEETING, LECTURE
from dangwu.model.text import Bilingual, Text, say
from dangwu.report.page import Tone

if TYPE_CHECKING:
    from dangwu.lang import Language
    from dangwu.model.duty import Duty

SEVERITIES = {
    Severity.ERROR: say("error"),
    Severity.WARNING: say("warning"),
    Severity.NOTE: say("note"),
}
SEVERITY_TONES = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.WARN, Severity.NOTE: Tone.OPEN}

STATES = {
    State.FULFILLED: say("fulfilled"),
    State.LATE: say("held late"),
    State.OVERDUE: say("overdue"),
    State.OPEN: say("open"),
    State.UPCOMING: say("upcoming"),
    State.WAIVED: say("waived"),
    State.NOT_APPLICABLE: say("not applicable"),
}
MISSED = say("missed, with the reason stated")
RECORDED_LATE = say("recorded late")
SAME_PERIOD = say("belongs to the same period")
STATE_TONES = {
    State.FULFILLED: Tone.GOOD,
    State.LATE: Tone.WARN,
    State.OVERDUE: Tone.BAD,
    State.OPEN: Tone.OPEN,
    State.UPCOMING: Tone.QUIET,
    State.WAIVED: Tone.WAIVED,
    State.NOT_APPLICABLE: Tone.QUIET,
}
MARKS = {
    State.FULFILLED: Bilingual("完", "+"),
    State.LATE: Bilingual("迟", "L"),
    State.OVERDUE: Bilingual("逾", "!"),
    State.OPEN: Bilingual("待", "o"),
    State.UPCOMING: Bilingual(".", "."),
    State.WAIVED: Bilingual("免", "W"),
    State.NOT_APPLICABLE: Bilingual("-", "-"),
}
"""Marks that tell the states apart without colour, of a width on which all terminals agree."""

MISSED_MARK = Bilingual("缺", "m")
RECORDED_LATE_MARK = "*"

KINDS = {
    GROUP_MEETING: say("Party group meeting"),
    COMMITTEE_MEETING: say("Branch committee meeting"),
    GENERAL_MEETING: say("General meeting"),
    LECTURE: say("Party lecture"),
}
"""The four kinds of record of system 3, in the order of its clauses."""

MONTHS = (
    say("Jan"),
    say("Feb"),
    say("Mar"),
    say("Apr"),
    say("May"),
    say("Jun"),
    say("Jul"),
    say("Aug"),
    say("Sep"),
    say("Oct"),
    say("Nov"),
    say("Dec"),
)


def state_word(duty: Duty) -> Text:
    """Return the word for a duty's state; an overdue one whose miss has been stated has its own."""
    return MISSED if duty.state is State.OVERDUE and duty.acknowledged else STATES[duty.state]


def state_mark(duty: Duty, lang: Language) -> str:
    """Return the mark of a duty in the calendar, with a star when its record came late."""
    mark = MISSED_MARK if duty.state is State.OVERDUE and duty.acknowledged else MARKS[duty.state]
    late = any(each.recorded_late for each in duty.evidence)
    return lang.value(mark) + (RECORDED_LATE_MARK if late else "")


def clock(minutes: int) -> str:
    """Return minutes after midnight as ``HH:MM``."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"

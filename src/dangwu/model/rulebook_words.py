"""Names, for display, of the codes of the rulebook: periods, subjects, conditions and cited texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.message import Bilingual, say
from dangwu.model.period import PeriodLength
from dangwu.model.rulebook import Applicability, Condition, Subject

if TYPE_CHECKING:
    from dangwu.model.message import Argument
    from dangwu.model.rulebook import Citation

SUBJECT_NAMES = {
    Subject.BRANCH: say("the branch"),
    Subject.COMMITTEE: say("the branch committee"),
    Subject.GROUP: say("each Party group"),
    Subject.MEMBER: say("each member"),
    Subject.FULL_MEMBER: say("each full member"),
    Subject.LEADER: say("each holder of a post"),
    Subject.WORKER: say("each Party worker"),
}
PERIOD_LENGTH_NAMES = {
    PeriodLength.MONTH: say("every month"),
    PeriodLength.QUARTER: say("every quarter"),
    PeriodLength.HALF: say("every half-year"),
    PeriodLength.YEAR: say("every year"),
}
APPLICABILITY_NAMES = {
    Applicability.HAS_COMMITTEE: say("where there is a branch committee"),
    Applicability.HAS_GROUPS: say("where there are Party groups"),
}
CONDITION_NAMES = {
    Condition.QUORUM: say("a quorum is present"),
    Condition.CHAIRED_BY_LEADER: say("the group leader presides"),
    Condition.CHAIRED_BY_SECRETARY: say("the secretary presides"),
    Condition.SOMEONE_PRESENT: say("somebody who is due is present"),
    Condition.EVERYONE_ACCOUNTED_FOR: say("nobody who is due is absent without leave"),
    Condition.BOTH_TOPICS: say("it analyses both Party building and the employees' thinking"),
    Condition.SERVES_PARTY_BUILDING: say("it says that it serves as a Party-building meeting"),
    Condition.SERVES_MONTH_PLAN: say("it says that it arranges the work of the month"),
    Condition.HEARS_ADMINISTRATION: say("an administrative head is heard"),
    Condition.NOTICE_IN_TIME: say("notice is given in time"),
    Condition.REPORTED_UP_IN_TIME: say("it is reported up in time"),
    Condition.FOR_MEMBERS: say("it is for members"),
    Condition.FOR_WORKERS: say("it is for Party workers"),
    Condition.FOR_COMMITTEE: say("it is for the branch committee"),
    Condition.HAS_ROOM_KIT_AND_PAPERS: say("there are a room, audio-visual kit and papers"),
    Condition.COVERS_THE_GROUP: say("it leaves out nobody of the group"),
    Condition.COVERS_EVERY_MEMBER: say("it leaves out no member"),
    Condition.COVERS_CLEAN_CONDUCT: say("a clean-conduct task is in it"),
    Condition.BY_THE_SECRETARY: say("it is done by the secretary"),
    Condition.ABOUT_DUES: say("it is about dues"),
    Condition.ABOUT_INTEGRITY: say("it is about integrity"),
    Condition.IN_ITS_SEASON: say("it is held in the last month of the period"),
    Condition.AFTER_THE_GRADES: say("the grades have been decided before"),
    Condition.HEARD_BY_ALL: say("members, cadres and employees hear it"),
    Condition.REPORTS_INTEGRITY: say("it speaks of integrity too"),
}
TEXT_TITLES = {"ten-systems": Bilingual("《非公企业党组织十项基本工作制度》(2020)", "Ten basic working systems (2020)")}


def format_citation(source: Citation) -> tuple[Argument, ...]:
    """Return the parts of a citation for display: the text, its clause and its approver."""
    approved = [say("approved by {who}", who=source.approved_by)] if source.approved_by else []
    return (TEXT_TITLES.get(source.text, source.text), *([source.clause] if source.clause else []), *approved)

"""The named conditions of the rulebook: for each a function that explains why a record fails it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from dangwu.facts.duty_reports import list_missing_hearers
from dangwu.facts.facilities import FACILITY_NAMES, find_missing_facilities
from dangwu.facts.meeting_rules import count_quorum, find_absent_without_leave, find_chair_fault
from dangwu.model.message import Text, say
from dangwu.model.offices import SECRETARY
from dangwu.model.period import find_day_of_month
from dangwu.model.record import Meeting
from dangwu.model.rulebook import Condition

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dangwu.duty.expected import ExpectedDuty
    from dangwu.duty.facts import Fact
    from dangwu.model.corpus import Corpus
    from dangwu.model.settings import Settings

PARTY_BUILDING_TOPICS = (
    ("党建工作分析", "Analysis of Party building"),
    ("职工思想分析", "Analysis of employees' thinking"),
)
_INTEGRITY_CLASS = 3
CONDITION_SETTINGS: Mapping[Condition, str] = {
    Condition.IN_ITS_SEASON: "life_meeting_from_day",
    Condition.NOTICE_IN_TIME: "notice_lead_days",
    Condition.REPORTED_UP_IN_TIME: "report_lead_days",
}
"""Condition → the setting that decides it."""


class ConditionInput(NamedTuple):
    """The records, the settings for what the text leaves open, and the as-of day."""

    corpus: Corpus
    settings: Settings
    as_of: date


def _judge_chair(context: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:  # noqa: ARG001 - one signature for all conditions
    return find_chair_fault(context.corpus, fact.record) if isinstance(fact.record, Meeting) else None


def _judge_quorum(context: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:  # noqa: ARG001
    count = count_quorum(context.corpus, fact.record) if isinstance(fact.record, Meeting) else None
    if count is None or count.reached:
        return None
    return say("no quorum: present with a vote {present} of {due}", present=count.present, due=count.due)


def _judge_presence(context: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:  # noqa: ARG001
    if not isinstance(fact.record, Meeting) or context.corpus.roster.due(fact.record).intersection(fact.record.present):
        return None
    return say("nobody who was due was present")


def _judge_absences(context: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:  # noqa: ARG001
    if not isinstance(fact.record, Meeting):
        return None
    away = find_absent_without_leave(context.corpus, fact.record)
    names = tuple(context.corpus.name_of(member) for member in away)
    return say("all who are due must attend; neither present nor on leave: {names}", names=names) if away else None


def _judge_facilities(context: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:  # noqa: ARG001
    if isinstance(fact.record, Meeting):
        return None
    missing = tuple(FACILITY_NAMES[field] for field in find_missing_facilities(fact.record))
    return say("it found that these were missing: {things}", things=missing) if missing else None


def _judge_topics(context: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:  # noqa: ARG001
    written = {heading.title for heading in fact.record.headings if heading.written}
    if all(written.intersection(names) for names in PARTY_BUILDING_TOPICS):
        return None
    return say("it does not analyse both Party building and the employees' thinking")


def _build_agenda_judge(task: str) -> Callable[[ConditionInput, Fact, ExpectedDuty], Text | None]:
    def judge(context: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:  # noqa: ARG001
        agenda = fact.record.data.get("agenda", ())
        return None if task in agenda else say("the record does not say that it serves this too")

    return judge


def _judge_administration(context: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:  # noqa: ARG001
    return None if "administrative_report" in fact.record.data else say("no administrative head was heard")


def _judge_notice(context: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:  # noqa: ARG001
    days, required = _count_lead_days(fact, "notice"), max(1, context.settings.number("notice_lead_days"))
    if days >= required:
        return None
    return say("notice was given {had} days before, {asked} are asked for", had=days, asked=required)


def _judge_report_up(context: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:  # noqa: ARG001
    days, required = _count_lead_days(fact, "reported_up"), max(1, context.settings.number("report_lead_days"))
    if days >= required:
        return None
    return say("it was reported up {had} days before, {asked} are asked for", had=days, asked=required)


def _count_lead_days(fact: Fact, field: str) -> int:
    """Return how many days before the meeting the notice or report in a field was sent."""
    return (fact.day - date.fromisoformat(fact.record.data[field]["sent_on"])).days


def _build_audience_judge(audience: str) -> Callable[[ConditionInput, Fact, ExpectedDuty], Text | None]:
    def judge(context: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:  # noqa: ARG001
        fits = audience in fact.record.data.get("audience", ())
        return None if fits else say("it was for another audience")

    return judge


def _judge_group_coverage(context: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:
    listed = {entry["member"] for entry in fact.record.data["entries"]}
    due = context.corpus.roster.of_group(expected.subject or "", min(fact.day, expected.period.last))
    return _describe_missing(context, due - listed)


def _judge_member_coverage(context: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:
    rows = fact.record.data.get("members", fact.record.data.get("results", ()))
    due = context.corpus.roster.everyone_on(min(fact.day, expected.period.last))
    return _describe_missing(context, due - {row["member"] for row in rows})


def _describe_missing(context: ConditionInput, members: frozenset[str]) -> Text | None:
    if not members:
        return None
    return say("it leaves out {names}", names=tuple(context.corpus.name_of(member) for member in sorted(members)))


def _judge_clean_conduct(context: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:
    """Require a clean-conduct task of the year's plan in an annual plan, an inspection or a summary (2.3)."""
    data = fact.record.data
    if fact.kind == "annual-plan":
        covered = any(task["section"] == "clean-conduct" for task in data["tasks"])
    else:
        plans = context.corpus.of("annual-plan")
        clean = {
            task["id"]
            for plan in plans
            if plan.data["year"] == expected.period.start.year
            for task in plan.data["tasks"]
            if task["section"] == "clean-conduct"
        }
        covered = any(task["task"] in clean for task in data.get("tasks", data.get("results", ())))
    return None if covered else say("no clean-conduct task is in it")


def _judge_inspector(context: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:  # noqa: ARG001
    offices = context.corpus.offices
    secretary = offices.post_on(SECRETARY, fact.day)
    acting = secretary is None and offices.is_post_bereft(SECRETARY, fact.day)
    if acting or (secretary is not None and fact.record.data.get("inspector") == secretary):
        return None
    return say("it was not done by the secretary")


def _judge_dues_topic(context: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:  # noqa: ARG001
    fits = f"dues-{expected.period.label}" in fact.record.data.get("about", ())
    return None if fits else say("it is about something else")


def _judge_integrity(context: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:  # noqa: ARG001
    return None if fact.record.data["class"] == _INTEGRITY_CLASS else say("it is about something else")


def _judge_season(context: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:
    """Require a day in the last month of the period, from the day of the setting on; or that it makes up for one.

    An amendment may set a due day before that month: then every day of the period counts.
    """
    period = expected.period
    from_day = find_day_of_month(period.month(period.every.months), context.settings.number("life_meeting_from_day"))
    if fact.period is not None or fact.day >= from_day or expected.due < from_day:
        return None
    return say("held on {day}, before {first}: an extra meeting", day=fact.day, first=from_day)


def _judge_graded(context: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:
    """Require that every grade of the year known by now had been decided; unread files leave it open."""
    if context.corpus.unread_kinds & {"assessment", "appraisal"}:
        return None
    decided = [
        record.day
        for kind in ("assessment", "appraisal")
        for record in context.corpus.of(kind)
        if record.data["year"] == expected.period.start.year
        and (kind == "appraisal" or "grade" in record.data)
        and record.day is not None
        and record.day <= context.as_of
    ]
    if not decided:
        return say("sent before any grade of the year was decided")
    last = max(decided)
    return None if last <= fact.day else say("sent before the grades were decided, the last on {day}", day=last)


def _judge_hearers(context: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:  # noqa: ARG001
    missing = list_missing_hearers(fact.record.data["audience"])
    return say("not among those who heard it: {sides}", sides=missing) if missing else None


def _judge_integrity_report(context: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:  # noqa: ARG001
    return None if fact.record.data["integrity"] else say("it does not speak of integrity")


CONDITION_JUDGES: dict[Condition, Callable[[ConditionInput, Fact, ExpectedDuty], Text | None]] = {
    Condition.QUORUM: _judge_quorum,
    Condition.CHAIRED_BY_LEADER: _judge_chair,
    Condition.CHAIRED_BY_SECRETARY: _judge_chair,
    Condition.SOMEONE_PRESENT: _judge_presence,
    Condition.EVERYONE_ACCOUNTED_FOR: _judge_absences,
    Condition.BOTH_TOPICS: _judge_topics,
    Condition.SERVES_PARTY_BUILDING: _build_agenda_judge("party-building"),
    Condition.SERVES_MONTH_PLAN: _build_agenda_judge("month-plan"),
    Condition.HEARS_ADMINISTRATION: _judge_administration,
    Condition.NOTICE_IN_TIME: _judge_notice,
    Condition.REPORTED_UP_IN_TIME: _judge_report_up,
    Condition.FOR_MEMBERS: _build_audience_judge("members"),
    Condition.FOR_WORKERS: _build_audience_judge("party-workers"),
    Condition.FOR_COMMITTEE: _build_audience_judge("committee"),
    Condition.HAS_ROOM_KIT_AND_PAPERS: _judge_facilities,
    Condition.COVERS_THE_GROUP: _judge_group_coverage,
    Condition.COVERS_EVERY_MEMBER: _judge_member_coverage,
    Condition.COVERS_CLEAN_CONDUCT: _judge_clean_conduct,
    Condition.BY_THE_SECRETARY: _judge_inspector,
    Condition.ABOUT_DUES: _judge_dues_topic,
    Condition.ABOUT_INTEGRITY: _judge_integrity,
    Condition.IN_ITS_SEASON: _judge_season,
    Condition.AFTER_THE_GRADES: _judge_graded,
    Condition.HEARD_BY_ALL: _judge_hearers,
    Condition.REPORTS_INTEGRITY: _judge_integrity_report,
}
"""Condition → the function that returns why a record fails it, or None."""

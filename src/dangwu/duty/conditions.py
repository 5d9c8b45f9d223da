"""The named conditions of the rulebook: why a record fails one, or None when it meets it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from dangwu.facts.meeting_rules import count_quorum, find_chair_fault
from dangwu.model.message import Text, say
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
    Condition.NOTICE_IN_TIME: "notice_lead_days",
    Condition.REPORTED_UP_IN_TIME: "report_lead_days",
}
"""Condition → the setting that it is judged by."""


class ConditionInput(NamedTuple):
    """What conditions are judged by: the records, and the numbers that the text leaves open."""

    corpus: Corpus
    settings: Settings


def _judge_chair(given: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:  # noqa: ARG001 - one form for all conditions
    return find_chair_fault(given.corpus, fact.record) if isinstance(fact.record, Meeting) else None


def _judge_quorum(given: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:  # noqa: ARG001
    count = count_quorum(given.corpus, fact.record) if isinstance(fact.record, Meeting) else None
    if count is None or count.reached:
        return None
    return say("no quorum: present with a vote {present} of {due}", present=count.present, due=count.due)


def _judge_presence(given: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:  # noqa: ARG001
    if not isinstance(fact.record, Meeting) or given.corpus.roster.due(fact.record).intersection(fact.record.present):
        return None
    return say("nobody who was due was present")


def _judge_topics(given: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:  # noqa: ARG001
    written = {heading.title for heading in fact.record.headings if heading.written}
    if all(written.intersection(names) for names in PARTY_BUILDING_TOPICS):
        return None
    return say("it does not analyse both Party building and the employees' thinking")


def _build_agenda_judge(task: str) -> Callable[[ConditionInput, Fact, ExpectedDuty], Text | None]:
    def judge(given: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:  # noqa: ARG001
        agenda = fact.record.data.get("agenda", ())
        return None if task in agenda else say("the record does not say that it serves this too")

    return judge


def _judge_administration(given: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:  # noqa: ARG001
    return None if "administrative_report" in fact.record.data else say("no administrative head was heard")


def _judge_notice(given: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:  # noqa: ARG001
    had, asked = _count_lead_days(fact, "notice"), max(1, given.settings.number("notice_lead_days"))
    if had >= asked:
        return None
    return say("notice was given {had} days before, {asked} are asked for", had=had, asked=asked)


def _judge_report_up(given: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:  # noqa: ARG001
    had, asked = _count_lead_days(fact, "reported_up"), max(1, given.settings.number("report_lead_days"))
    if had >= asked:
        return None
    return say("it was reported up {had} days before, {asked} are asked for", had=had, asked=asked)


def _count_lead_days(fact: Fact, field: str) -> int:
    """Return how many days before the meeting something was sent."""
    return (fact.day - date.fromisoformat(fact.record.data[field]["sent_on"])).days


def _build_audience_judge(audience: str) -> Callable[[ConditionInput, Fact, ExpectedDuty], Text | None]:
    def judge(given: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:  # noqa: ARG001
        meant = audience in fact.record.data.get("audience", ())
        return None if meant else say("it was for another audience")

    return judge


def _judge_group_coverage(given: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:
    listed = {entry["member"] for entry in fact.record.data["entries"]}
    due = given.corpus.roster.of_group(expected.subject or "", min(fact.day, expected.period.last))
    return _describe_missing(given, due - listed)


def _judge_member_coverage(given: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:
    rows = fact.record.data.get("members", fact.record.data.get("results", ()))
    due = given.corpus.roster.everyone_on(min(fact.day, expected.period.last))
    return _describe_missing(given, due - {row["member"] for row in rows})


def _describe_missing(given: ConditionInput, members: frozenset[str]) -> Text | None:
    if not members:
        return None
    return say("it leaves out {names}", names=tuple(given.corpus.name_of(member) for member in sorted(members)))


def _judge_clean_conduct(given: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:
    """See that a clean-conduct task of the year's plan is among the tasks of a plan, an inspection or a summary."""
    data = fact.record.data
    if fact.kind == "annual-plan":
        covered = any(task["section"] == "clean-conduct" for task in data["tasks"])
    else:
        plans = given.corpus.of("annual-plan")
        clean = {
            task["id"]
            for plan in plans
            if plan.data["year"] == expected.period.start.year
            for task in plan.data["tasks"]
            if task["section"] == "clean-conduct"
        }
        covered = any(task["task"] in clean for task in data.get("tasks", data.get("results", ())))
    return None if covered else say("no clean-conduct task is in it")


def _judge_inspector(given: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:  # noqa: ARG001
    branch = given.corpus.branch
    secretary = branch.post_on("secretary", fact.day) if branch else None
    if secretary is not None and fact.record.data.get("inspector") == secretary:
        return None
    return say("it was not done by the secretary")


def _judge_dues_topic(given: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:  # noqa: ARG001
    meant = f"dues-{expected.period.label}" in fact.record.data.get("about", ())
    return None if meant else say("it is about something else")


def _judge_integrity(given: ConditionInput, fact: Fact, expected: ExpectedDuty) -> Text | None:  # noqa: ARG001
    return None if fact.record.data["class"] == _INTEGRITY_CLASS else say("it is about something else")


CONDITION_JUDGES: dict[Condition, Callable[[ConditionInput, Fact, ExpectedDuty], Text | None]] = {
    Condition.QUORUM: _judge_quorum,
    Condition.CHAIRED_BY_LEADER: _judge_chair,
    Condition.CHAIRED_BY_SECRETARY: _judge_chair,
    Condition.SOMEONE_PRESENT: _judge_presence,
    Condition.BOTH_TOPICS: _judge_topics,
    Condition.SERVES_PARTY_BUILDING: _build_agenda_judge("party-building"),
    Condition.SERVES_MONTH_PLAN: _build_agenda_judge("month-plan"),
    Condition.HEARS_ADMINISTRATION: _judge_administration,
    Condition.NOTICE_IN_TIME: _judge_notice,
    Condition.REPORTED_UP_IN_TIME: _judge_report_up,
    Condition.FOR_MEMBERS: _build_audience_judge("members"),
    Condition.FOR_WORKERS: _build_audience_judge("party-workers"),
    Condition.FOR_COMMITTEE: _build_audience_judge("committee"),
    Condition.COVERS_THE_GROUP: _judge_group_coverage,
    Condition.COVERS_EVERY_MEMBER: _judge_member_coverage,
    Condition.COVERS_CLEAN_CONDUCT: _judge_clean_conduct,
    Condition.BY_THE_SECRETARY: _judge_inspector,
    Condition.ABOUT_DUES: _judge_dues_topic,
    Condition.ABOUT_INTEGRITY: _judge_integrity,
}
"""Named condition of the rulebook → why a record fails it, or None."""

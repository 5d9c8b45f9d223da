"""Recruitment steps of development plans, and the people commended (1.6b, 1.7): facts, without any judgement."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dangwu.model.finding import FindingCode, Severity, build_finding
from dangwu.model.message import Text, say
from dangwu.model.period import add_months, parse_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dangwu.check.context import Context
    from dangwu.model.finding import Finding
    from dangwu.model.record import GenericRecord

DEVELOPMENT_CLOCK = FindingCode(
    "DW816", "development-clock", Severity.NOTE, say("Unusual intervals or numbers in recruitment"), "1.6b"
)
COMMENDED_UNKNOWN = FindingCode(
    "DW817", "commended-unknown", Severity.WARNING, say("An unknown id among the commended"), "1.7"
)
CODES = (DEVELOPMENT_CLOCK, COMMENDED_UNKNOWN)

_TALK_MONTHS = 1
_ACTIVIST_MONTHS = 12
_ID_SHAPE = re.compile(r"(?=.*[0-9])[a-z0-9][a-z0-9-]{0,63}", re.ASCII)
"""The shape of an id, as distinct from the name of a person or unit: lower case, no space, at least one digit."""


def check_development_days(context: Context) -> Iterator[Finding]:
    """Note intervals and numbers in development plans other than the recruitment rules generally give (rule 31)."""
    for plan in context.corpus.of("development-plan"):
        people = plan.data["people"]
        for index, person in enumerate(people):
            hint = say("For people to consider: see whether the days are right, and say why if they are.")
            for field, message in _find_unusual_days(person, plan):
                yield build_finding(
                    DEVELOPMENT_CLOCK, plan, ("people", index, field), message, hint, subject=person["id"]
                )
        ready = sum(person["stage"] == "candidate" for person in people)
        if plan.data["target"] > ready:
            message = say(
                "{target} are to be admitted; candidates for development in the list: {ready}.",
                target=plan.data["target"],
                ready=ready,
            )
            hint = say("For people to consider: activists may become candidates within the year.")
            yield build_finding(DEVELOPMENT_CLOCK, plan, ("target",), message, hint)


def _find_unusual_days(person: Mapping[str, Any], plan: GenericRecord) -> Iterator[tuple[str, Text]]:
    """Yield the field and message of each unusual interval; a day that is not recorded is passed over."""
    name = person["name"]
    applied, talked = parse_day(person.get("applied_on")), parse_day(person.get("talked_on"))
    latest = add_months(applied, _TALK_MONTHS) if applied else None
    if applied and latest and talked and talked > latest:
        message = say(
            "{name} applied on {day} and was talked to on {talked}; generally it is within a month.",
            name=name,
            day=applied,
            talked=talked,
        )
        yield "talked_on", message
    elif applied and latest and not talked and person["stage"] == "applicant" and plan.day and plan.day > latest:
        message = say(
            "{name} applied on {day}; no talk is recorded, and generally it is within a month.", name=name, day=applied
        )
        yield "applied_on", message
    activist, candidate = parse_day(person.get("activist_on")), parse_day(person.get("candidate_on"))
    if activist and candidate and activist <= candidate < add_months(activist, _ACTIVIST_MONTHS):
        message = say(
            "{name} has been an activist since {day} and a candidate since {candidate}; generally it takes a year.",
            name=name,
            day=activist,
            candidate=candidate,
        )
        yield "candidate_on", message


def check_commended(context: Context) -> Iterator[Finding]:
    """Check that the ids among the commended are known."""
    corpus = context.corpus
    known = {*corpus.member_by_id, *corpus.unread_members, *corpus.staff}
    for summary in corpus.of("excellence-summary"):
        for index, commendation in enumerate(summary.data.get("commended", ())):
            if _ID_SHAPE.fullmatch(commendation["who"]) and commendation["who"] not in known:
                message = say("Nobody has the id {id}.", id=commendation["who"])
                hint = say("Correct the id, or write the name of the person or unit.")
                yield build_finding(
                    COMMENDED_UNKNOWN, summary, ("commended", index, "who"), message, hint, subject=commendation["who"]
                )

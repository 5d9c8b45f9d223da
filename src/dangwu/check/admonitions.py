"""Admonitory talks: separate persons, an anonymous id, a reference for the outcome, and retention (10.2–10.4).

Whether the grounds hold is decided by people, never inferred. No message quotes a record.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from dangwu.check.sequences import ADMONITION_STEPS
from dangwu.model.finding import FindingCode, Severity, build_finding
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.check.context import Context
    from dangwu.model.finding import Finding
    from dangwu.model.record import GenericRecord

_ERROR = Severity.ERROR
ADMONITION_PERSONS = FindingCode(
    "DW902", "admonition-persons", _ERROR, say("One person in two parts of an admonitory talk"), "10.2(3)"
)
ADMONITION_ID_TELLING = FindingCode(
    "DW903", "admonition-id-telling", _ERROR, say("The name of a confidential file tells who it is about"), "10.4c"
)
OUTCOME_UNREFERENCED = FindingCode(
    "DW904", "outcome-unreferenced", _ERROR, say("A treatment opinion without a reference"), "10.4b"
)
KEPT_TOO_SHORT = FindingCode("DW905", "kept-too-short", _ERROR, say("Retention period too short"), "10.4c")
ADMONITION_OUTSIDER = FindingCode(
    "DW909", "admonition-outsider", _ERROR, say("An admonitory talk with somebody who was no member here"), "10.1"
)
CODES = (
    ADMONITION_PERSONS,
    ADMONITION_ID_TELLING,
    OUTCOME_UNREFERENCED,
    KEPT_TOO_SHORT,
    ADMONITION_OUTSIDER,
)

_FOLLOW_UP_CLAUSE = "10.4a"
_PART_NAMES = {
    "member": say("the person talked to"),
    "talker": say("who talks"),
    "recorder": say("who records"),
    "follower": say("who follows up"),
}
_SEPARATE_PARTS = {("member", "talker"), ("member", "recorder"), ("talker", "recorder"), ("member", "follower")}
"""Pairs of parts that must be two different people; the talker or the recorder may also follow up."""


def check_admonitions(context: Context) -> Iterator[Finding]:
    """Check every admonitory talk."""
    members = {member.id for member in context.corpus.members} | context.corpus.unread_members
    for talk in context.corpus.of("admonition"):
        yield from _check_persons(talk)
        yield from _check_membership(context, talk)
        if members.intersection([talk.data["id"], *talk.data["id"].split("-")]):
            message = say("The id is that of a member: the file's name would tell who it is about.")
            hint = say("Give it a number, as in a001, and rename the file.")
            yield build_finding(ADMONITION_ID_TELLING, talk, ("id",), message, hint)
        yield from _check_outcome(talk)


def _check_persons(talk: GenericRecord) -> Iterator[Finding]:
    for one, other in combinations(_PART_NAMES, 2):
        if (one, other) in _SEPARATE_PARTS and talk.data[one] == talk.data[other]:
            message = say("The same person: {one} and {other}.", one=_PART_NAMES[one], other=_PART_NAMES[other])
            hint = say("Name another person: who talks, who records and who is talked to are three people.")
            clause = None
            if other == "follower":
                hint = say("Name another person: nobody follows up their own rectification.")
                clause = _FOLLOW_UP_CLAUSE
            yield build_finding(ADMONITION_PERSONS, talk, (other,), message, hint, subject=other, clause=clause)


def _check_membership(context: Context, talk: GenericRecord) -> Iterator[Finding]:
    """Check that whoever has a part in the talk belonged to the branch on its day."""
    for part, name in _PART_NAMES.items():
        days = context.corpus.days_in_branch.get(talk.data[part])
        if days is None or talk.day is None or talk.day in days:
            continue
        message = say("On the day of the talk not a member of this branch: {part}.", part=name)
        hint = say("Name who really took part; the branch admonishes its own members.")
        if part == "member":
            hint = say("The branch admonishes its own members; correct the person or the day, if one is wrong.")
        yield build_finding(ADMONITION_OUTSIDER, talk, (part,), message, hint, subject=part)


def _check_outcome(talk: GenericRecord) -> Iterator[Finding]:
    outcome = talk.data.get("outcome", {})
    if outcome.get("state") == "unchanged" and outcome["decided_by"] != "committee" and "reference" not in outcome:
        message = say("The opinion was decided elsewhere, and the reference to that decision is missing.")
        hint = say("Add reference: with the meeting or the document.")
        yield build_finding(OUTCOME_UNREFERENCED, talk, ("outcome", "decided_by"), message, hint)
    if outcome.get("state") == "unchanged" and talk.data["date"] <= outcome["date"] < talk.data["deadline"]:
        message = say("There is time for putting right until the deadline; before it nobody is called unchanged.")
        hint = say("Look again once the deadline has come, and enter that outcome; correct a day only if it is wrong.")
        yield build_finding(ADMONITION_STEPS, talk, ("outcome", "date"), message, hint)
    if talk.data["kept"]["until"] < max(talk.data["deadline"], outcome.get("date", "")):
        message = say("The papers are kept until a day before the deadline or the outcome.")
        hint = say("They are a basis for later assessment; enter the day from the branch's retention schedule.")
        yield build_finding(KEPT_TOO_SHORT, talk, ("kept", "until"), message, hint)

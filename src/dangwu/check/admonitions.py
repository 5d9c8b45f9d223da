"""Admonitory talks: three different people, a name that tells nobody, a reference, papers that are kept (10.2–10.4).

Nothing is inferred: whether a ground holds is for people. No message quotes what a record says.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

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
KEPT_TOO_SHORT = FindingCode("DW905", "kept-too-short", _ERROR, say("Papers kept for too short a time"), "10.4c")
CODES = (ADMONITION_PERSONS, ADMONITION_ID_TELLING, OUTCOME_UNREFERENCED, KEPT_TOO_SHORT)

_PART_NAMES = {
    "member": say("the person talked to"),
    "talker": say("who talks"),
    "recorder": say("who records"),
    "follower": say("who follows up"),
}
_SEPARATE_PARTS = {("member", "talker"), ("member", "recorder"), ("talker", "recorder"), ("member", "follower")}
"""Parts that two different people have; who talks or records may follow up."""


def check_admonitions(context: Context) -> Iterator[Finding]:
    """Check every admonitory talk."""
    members = {member.id for member in context.corpus.members} | context.corpus.unread_members
    for sheet in context.corpus.of("admonition"):
        yield from _check_persons(sheet)
        if members.intersection([sheet.data["id"], *sheet.data["id"].split("-")]):
            message = say("The id is that of a member: the file's name would tell who it is about.")
            hint = say("Give it a number, as in a001, and rename the file.")
            yield build_finding(ADMONITION_ID_TELLING, sheet, ("id",), message, hint)
        yield from _check_outcome(sheet)


def _check_persons(sheet: GenericRecord) -> Iterator[Finding]:
    for one, other in combinations(_PART_NAMES, 2):
        if (one, other) in _SEPARATE_PARTS and sheet.data[one] == sheet.data[other]:
            message = say("The same person: {one} and {other}.", one=_PART_NAMES[one], other=_PART_NAMES[other])
            hint = say("Name another person: who talks, who records and who is talked to are three people.")
            if other == "follower":
                hint = say("Name another person: nobody follows up their own rectification.")
            yield build_finding(ADMONITION_PERSONS, sheet, (other,), message, hint, subject=other)


def _check_outcome(sheet: GenericRecord) -> Iterator[Finding]:
    outcome = sheet.data.get("outcome", {})
    if outcome.get("state") == "unchanged" and outcome["decided_by"] != "committee" and "reference" not in outcome:
        message = say("The opinion was decided elsewhere, and the reference to that decision is missing.")
        hint = say("Add reference: with the meeting or the document.")
        yield build_finding(OUTCOME_UNREFERENCED, sheet, ("outcome", "decided_by"), message, hint)
    if sheet.data["kept"]["until"] < max(sheet.data["deadline"], outcome.get("date", "")):
        message = say("The papers are kept only until before the deadline or the outcome.")
        hint = say("They are a basis for assessing later; enter the day that the branch's table of periods gives.")
        yield build_finding(KEPT_TOO_SHORT, sheet, ("kept", "until"), message, hint)

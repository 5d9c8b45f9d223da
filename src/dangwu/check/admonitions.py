"""Admonitory talks: three different people, a name that tells nobody, a reference, papers that are kept (10.2–10.4).

Nothing is inferred: whether a ground holds is for people. No message quotes what a record says.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from dangwu.model.finding import Code, Severity, found
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.check.context import Context
    from dangwu.model.finding import Finding
    from dangwu.model.record import Sheet

_E = Severity.ERROR
PERSONS = Code("DW902", "admonition-persons", _E, say("One person in two parts of an admonitory talk"), "10.2(3)")
TELLING = Code(
    "DW903", "admonition-id-telling", _E, say("The name of a confidential file tells who it is about"), "10.4c"
)
REFERENCE = Code("DW904", "outcome-unreferenced", _E, say("A treatment opinion without a reference"), "10.4b")
KEPT = Code("DW905", "kept-too-short", _E, say("Papers kept for too short a time"), "10.4c")
CODES = (PERSONS, TELLING, REFERENCE, KEPT)

_PARTS = {
    "member": say("the person talked to"),
    "talker": say("who talks"),
    "recorder": say("who records"),
    "follower": say("who follows up"),
}
_SAME = {("member", "talker"), ("member", "recorder"), ("talker", "recorder"), ("member", "follower")}
"""Parts that two different people have; who talks or records may follow up."""


def admonitions(context: Context) -> Iterator[Finding]:
    """Check every admonitory talk."""
    members = {each.id for each in context.corpus.members} | context.corpus.unread_members
    for sheet in context.corpus.of("admonition"):
        yield from _persons(sheet)
        if members.intersection([sheet.data["id"], *sheet.data["id"].split("-")]):
            message = say("The id is that of a member: the file's name would tell who it is about.")
            hint = say("Give it a number, as in a001, and rename the file.")
            yield found(TELLING, sheet, ("id",), message, hint)
        yield from _outcome(sheet)


def _persons(sheet: Sheet) -> Iterator[Finding]:
    for one, other in combinations(_PARTS, 2):
        if (one, other) in _SAME and sheet.data[one] == sheet.data[other]:
            message = say("The same person: {one} and {other}.", one=_PARTS[one], other=_PARTS[other])
            hint = say("Name another person: who talks, who records and who is talked to are three people.")
            if other == "follower":
                hint = say("Name another person: nobody follows up their own rectification.")
            yield found(PERSONS, sheet, (other,), message, hint, subject=other)


def _outcome(sheet: Sheet) -> Iterator[Finding]:
    outcome = sheet.data.get("outcome", {})
    if outcome.get("state") == "unchanged" and outcome["decided_by"] != "committee" and "reference" not in outcome:
        message = say("The opinion was decided elsewhere, and the reference to that decision is missing.")
        hint = say("Add reference: with the meeting or the document.")
        yield found(REFERENCE, sheet, ("outcome", "decided_by"), message, hint)
    if sheet.data["kept"]["until"] < max(sheet.data["deadline"], outcome.get("date", "")):
        message = say("The papers are kept only until before the deadline or the outcome.")
        hint = say("They are a basis for assessing later; enter the day that the branch's table of periods gives.")
        yield found(KEPT, sheet, ("kept", "until"), message, hint)

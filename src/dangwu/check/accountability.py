"""Responsible persons for clean conduct, and accountability decisions (2.2, 2.4).

Who is held to account is decided by people, never inferred. No message quotes a decision.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.finding import FindingCode, Severity, build_finding
from dangwu.model.message import say
from dangwu.model.offices import SECRETARY, STAND_IN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dangwu.check.context import Context
    from dangwu.model.finding import Finding
    from dangwu.model.offices import Office
    from dangwu.model.record import GenericRecord

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
RESPONSIBLE_MISSING = FindingCode(
    "DW822", "responsible-missing", _WARNING, say("Nobody answers for clean conduct"), "2.2"
)
ACCOUNTABILITY_RIGHTS = FindingCode(
    "DW824", "accountability-rights", _WARNING, say("A decision without the person's rights"), "2.4"
)
ACCOUNTABILITY_PERSONS = FindingCode(
    "DW825", "accountability-persons", _ERROR, say("Collective and individual responsibility mixed up"), "2.4"
)
CODES = (RESPONSIBLE_MISSING, ACCOUNTABILITY_RIGHTS, ACCOUNTABILITY_PERSONS)

_DISCIPLINE = "discipline-inspection"
_RIGHTS_NOTICE = say("A member has the right to be shown the decision and its facts, to explain, and to appeal.")


def check_responsible_persons(context: Context) -> Iterator[Finding]:
    """Check that a first and a directly responsible person are in office on the as-of day.

    In a branch without a committee the secretary may be both. After the last term nothing is checked: re-election
    is due first (DW604); nor is a post whose holder left or is suspended while it stands open (DW605, DW606).
    """
    branch, day = context.corpus.branch, context.as_of
    if branch is None or day < branch.founded or all(term.span.end <= day for term in branch.terms):
        return
    offices = context.corpus.offices
    if not _stands_open(offices.posts, SECRETARY, day):
        message = say("There is no secretary on {day}: the first responsible person is missing.", day=day)
        hint = say("Enter the secretary's post with its days, or ask the committee above who is to act.")
        yield build_finding(RESPONSIBLE_MISSING, branch, ("terms",), message, hint, subject="secretary", at_key=True)
    direct = _stands_open(offices.posts, _DISCIPLINE, day) or _stands_open(offices.stand_ins, STAND_IN, day)
    if not direct and day in context.corpus.roster.committee_in_office:
        message = say("Nobody is directly responsible on {day}: no discipline-inspection member, no stand-in.", day=day)
        hint = say("Enter the post, or who stands in under discipline_stand_in.")
        yield build_finding(RESPONSIBLE_MISSING, branch, ("terms",), message, hint, subject=_DISCIPLINE, at_key=True)


def _stands_open(offices: tuple[Office, ...], post: str, day: date) -> bool:
    """Tell whether by an entry a post is held on a day, also where its holder left or is suspended."""
    return any(office.post == post and day in office.span for office in offices)


def check_accountability(context: Context) -> Iterator[Finding]:
    """Check the persons of every accountability decision, and their rights."""
    for decision in context.corpus.of("accountability"):
        yield from _check_rights(decision)
        yield from _check_persons(decision)


def _check_rights(decision: GenericRecord) -> Iterator[Finding]:
    for index, person in enumerate(decision.data["persons"]):
        if "shown_on" not in person:
            message = say("The decision has not been shown to a person it is about. {right}", right=_RIGHTS_NOTICE)
            hint = say("Show it, and enter shown_on.")
            yield build_finding(ACCOUNTABILITY_RIGHTS, decision, ("persons", index), message, hint)
        if "statement" not in person:
            message = say("What a person it is about said is missing. {right}", right=_RIGHTS_NOTICE)
            hint = say("Ask for the statement and enter it; if none was made, say so.")
            yield build_finding(ACCOUNTABILITY_RIGHTS, decision, ("persons", index), message, hint)


def _check_persons(decision: GenericRecord) -> Iterator[Finding]:
    members = [person["member"] for person in decision.data["persons"]]
    for index, member in enumerate(members):
        if member in members[:index]:
            message = say("One person stands in the decision twice.")
            yield build_finding(
                ACCOUNTABILITY_PERSONS,
                decision,
                ("persons", index, "member"),
                message,
                say("Keep one entry for each person."),
            )
    if decision.data["responsibility"] == "collective" and len(set(members)) == 1:
        message = say("The responsibility is collective, but one person alone is named.")
        hint = say("Name everybody whom the decision holds answerable, or correct the kind of responsibility.")
        yield build_finding(ACCOUNTABILITY_PERSONS, decision, ("responsibility",), message, hint)

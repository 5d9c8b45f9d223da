"""Offices in branch.yaml that outlive their holder's membership, or rest while it is suspended (1.1)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dangwu.model.finding import FindingCode, RelatedPlace, Severity, Source, build_finding
from dangwu.model.message import Text, say
from dangwu.model.offices import LEADER, STAND_IN, WORKER
from dangwu.model.record import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from dangwu.check.context import Context
    from dangwu.model.corpus import Corpus
    from dangwu.model.finding import Finding
    from dangwu.model.offices import Office
    from dangwu.model.record import Branch, Member

POST_LEFT_OPEN = FindingCode(
    "DW605", "post-left-open", Severity.ERROR, say("A post stands open though its holder has left"), "1.1"
)
POST_RESTS = FindingCode(
    "DW606", "post-rests", Severity.WARNING, say("The holder of a post is suspended; the post rests"), "1.1"
)
CODES = (POST_LEFT_OPEN, POST_RESTS)

_DAY = timedelta(days=1)
_OFFICE_NAMES: Mapping[str, Text] = {
    "secretary": say("secretary"),
    "deputy-secretary": say("deputy secretary"),
    "organization": say("organization member"),
    "publicity": say("publicity member"),
    "discipline-inspection": say("discipline-inspection member"),
    "committee-member": say("committee member"),
    WORKER: say("Party worker"),
    STAND_IN: say("stand-in for the discipline-inspection member"),
}


def check_open_posts(context: Context) -> Iterator[Finding]:
    """Find offices that stand open after their holder left, and those that rest on the as-of day.

    An entry may end on the day of the departure itself, on which it was handed over.
    """
    branch = context.corpus.branch
    for office in context.corpus.offices.all if branch else ():
        member = context.corpus.member_by_id.get(office.member)
        if branch is None or member is None:
            continue
        if office.left is not None and office.left <= context.as_of and office.span.end > office.left + _DAY:
            yield _build_outliving_finding(context.corpus, branch, office, member, office.left)
        elif context.as_of in office.span and member.standing_on(context.as_of) is Standing.SUSPENDED:
            message = say(
                "{name} ({id}) is suspended; until that ends nobody is {office}.",
                name=member.name,
                id=member.id,
                office=_describe_office(context.corpus, office),
            )
            hint = say("Enter who acts meanwhile, or end the entry with to: where the post was taken away.")
            yield build_finding(POST_RESTS, branch, office.pointer, message, hint, subject=office.member)


def _build_outliving_finding(corpus: Corpus, branch: Branch, office: Office, member: Member, left: date) -> Finding:
    message = say(
        "{name} ({id}) left the branch on {day}, and by this entry is still {office}.",
        name=member.name,
        id=member.id,
        day=left,
        office=_describe_office(corpus, office),
    )
    hint = say(
        "Write to: {last} in this entry, and enter who holds the post now; who returns and is named again gets an "
        "entry of their own.",
        last=left - _DAY,
    )
    statuses = corpus.documents[member.path].data["status"]
    index = next(number for number, status in enumerate(statuses) if status["from"] == left.isoformat())
    related = (RelatedPlace(Source(member.path, ("status", index)), say("left the branch here")),)
    finding = build_finding(POST_LEFT_OPEN, branch, office.pointer, message, hint, subject=office.member)
    return finding._replace(related=related)


def _describe_office(corpus: Corpus, office: Office) -> Text:
    if office.post != LEADER:
        return _OFFICE_NAMES[office.post]
    group = corpus.branch.group(office.group or "") if corpus.branch else None
    return say("leader of {group}", group=group.name if group else office.group or "")

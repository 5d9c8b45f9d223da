"""References and membership: every id is known, and nobody acts before joining or after leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.check.attendance import where
from dangwu.model.finding import Code, Related, Severity, Source, found
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dangwu.check.context import Context
    from dangwu.model.corpus import Corpus
    from dangwu.model.finding import Finding, Pointer
    from dangwu.model.record import Branch, Meeting, Member, Record

_E = Severity.ERROR
ID_TWICE = Code("DW203", "id-twice", _E, say("An id is used twice"))
UNKNOWN = Code("DW204", "reference-unknown", _E, say("An id that leads nowhere"))
NOT_THEN = Code("DW304", "not-a-member-then", _E, say("Not a member of the branch on that day"), "3.5")
CODES = (ID_TWICE, UNKNOWN, NOT_THEN)


def ids(context: Context) -> Iterator[Finding]:
    """See that no two members and no two groups have one id."""
    first: dict[str, Member] = {}
    for member in context.corpus.members:
        earlier = first.setdefault(member.id, member)
        if earlier is not member:
            message = say("The id {id} belongs to {path} already.", id=member.id, path=earlier.path)
            related = (Related(Source(earlier.path, ("id",)), say("first used here")),)
            finding = found(
                ID_TWICE, member, ("id",), message, say("Give one of the two another id."), subject=member.id
            )
            yield finding._replace(related=related)
    groups: set[str] = set()
    for index, group in enumerate(context.corpus.branch.groups if context.corpus.branch else ()):
        if group.id in groups:
            message = say("Two groups have the id {id}.", id=group.id)
            hint = say("Give one of the two another id.")
            yield found(ID_TWICE, "branch.yaml", ("groups", index, "id"), message, hint, subject=group.id)
        groups.add(group.id)


def references(context: Context) -> Iterator[Finding]:
    """Follow every id in meetings, in the branch and in members' groups."""
    corpus = context.corpus
    for meeting in corpus.meetings:
        for member, pointer, acting in _named(meeting):
            yield from member_faults(corpus, meeting, member, pointer, meeting.day if acting else None)
        if meeting.group is not None and corpus.branch and corpus.branch.group(meeting.group) is None:
            yield _no_group(corpus.branch, meeting, meeting.group, ("group",))
    branch = corpus.branch
    if branch is None:
        return
    for member, pointer, since in _offices(branch):
        yield from member_faults(corpus, branch, member, pointer, since)
    for each in corpus.members:
        groups = corpus.documents[each.path].data.get("groups", ())
        for index, item in enumerate(groups):
            if item["group"] is not None and branch.group(item["group"]) is None:
                yield _no_group(branch, each, item["group"], ("groups", index, "group"))


def _named(meeting: Meeting) -> Iterator[tuple[str, Pointer, bool]]:
    """Yield every member a meeting names, where, and whether that member acted on its day."""
    yield meeting.chair, ("chair",), True
    yield meeting.recorder, ("recorder",), True
    if meeting.delegated_by is not None:
        yield meeting.delegated_by, ("delegated_by",), True
    for member, pointer in where(meeting):
        yield member, pointer, True
    for index, leave in enumerate(meeting.leave):
        if leave.approved_by is not None:
            yield leave.approved_by, ("leave", index, "approved_by"), True
    for index, member in enumerate(meeting.late):
        yield member, ("late", index), True
    for index, resolution in enumerate(meeting.resolutions):
        if resolution.owner is not None:
            yield resolution.owner, ("resolutions", index, "owner"), True


def _offices(branch: Branch) -> Iterator[tuple[str, Pointer, date]]:
    for row, term in enumerate(branch.terms):
        for index, post in enumerate(term.posts):
            yield post.member, ("terms", row, "posts", index, "member"), post.span.start
    for row, group in enumerate(branch.groups):
        for index, leader in enumerate(group.leaders):
            yield leader.member, ("groups", row, "leaders", index, "member"), leader.span.start
    for key, holders in (("workers", branch.workers), ("discipline_stand_in", branch.stand_ins)):
        for index, holder in enumerate(holders):
            yield holder.member, (key, index, "member"), holder.span.start


def member_faults(corpus: Corpus, record: Record, member: str, pointer: Pointer, day: date | None) -> Iterator[Finding]:
    """Say what is wrong with a member's id: unknown, or on ``day`` not of the branch."""
    known = corpus.member_by_id.get(member)
    if known is None:
        if member not in corpus.unread_members:
            message = say("No member has the id {id}.", id=member)
            hint = say("Correct the id, or add members/{id}.yaml with dangwu new member.", id=member)
            yield found(UNKNOWN, record, pointer, message, hint, subject=member)
    elif day is not None and day not in (days := corpus.days_in_branch[member]):
        joined = min((span.start for span in days.spans), default=None)
        if joined is None or day < joined:
            message = say("{name} ({id}) had not joined the branch on {day}.", name=known.name, id=member, day=day)
        else:
            message = say("{name} ({id}) had left the branch on {day}.", name=known.name, id=member, day=day)
        hint = say("Correct the record, or the dates in {path}.", path=known.path)
        yield found(NOT_THEN, record, pointer, message, hint, subject=member)


def _no_group(branch: Branch, record: Record, group: str, pointer: Pointer) -> Finding:
    message = say("branch.yaml has no group with the id {id}.", id=group)
    hint = say("The groups are: {ids}.", ids=tuple(each.id for each in branch.groups)) if branch.groups else None
    return found(UNKNOWN, record, pointer, message, hint, subject=group)

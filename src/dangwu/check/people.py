"""References to members and groups: every id is known, and members act only while they belong to the branch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.check.attendance import find_listed_members
from dangwu.check.twins import link_twins
from dangwu.model.finding import FindingCode, Severity, build_finding
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dangwu.check.context import Context
    from dangwu.model.corpus import Corpus
    from dangwu.model.finding import Finding, Pointer
    from dangwu.model.record import Branch, GenericRecord, Meeting, Member, Record

_ERROR = Severity.ERROR
ID_TWICE = FindingCode("DW203", "id-twice", _ERROR, say("An id is used twice"))
REFERENCE_UNKNOWN = FindingCode("DW204", "reference-unknown", _ERROR, say("An unknown id"))
NOT_A_MEMBER_THEN = FindingCode(
    "DW304", "not-a-member-then", _ERROR, say("Not a member of the branch on that day"), "3.5"
)
CODES = (ID_TWICE, REFERENCE_UNKNOWN, NOT_A_MEMBER_THEN)


def check_member_ids(context: Context) -> Iterator[Finding]:
    """Check that no two members and no two groups have one id."""
    first: dict[str, Member] = {}
    for member in context.corpus.members:
        earlier = first.setdefault(member.id, member)
        if earlier is not member:
            yield from build_shared_id(earlier, member)
    groups: set[str] = set()
    for index, group in enumerate(context.corpus.branch.groups if context.corpus.branch else ()):
        if group.id in groups:
            message = say("Two groups have the id {id}.", id=group.id)
            hint = say("Give one of the two another id.")
            yield build_finding(ID_TWICE, "branch.yaml", ("groups", index, "id"), message, hint, subject=group.id)
        groups.add(group.id)


def build_shared_id(one: Member | GenericRecord, other: Member | GenericRecord) -> Iterator[Finding]:
    """Yield the finding at each of two records with one id."""
    name = say("the other record")
    return link_twins((_build_id_twice(one, other), _build_id_twice(other, one)), name, name)


def _build_id_twice(record: Member | GenericRecord, other: Member | GenericRecord) -> Finding:
    message = say("The id {id} stands in {path} too.", id=record.id, path=other.path)
    hint = say("Give one of the two another id.")
    return build_finding(ID_TWICE, record, ("id",), message, hint, subject=record.id)


def check_references(context: Context) -> Iterator[Finding]:
    """Check every id in meetings, in branch.yaml and in members' groups."""
    corpus = context.corpus
    for meeting in corpus.meetings:
        for id_, pointer, acting in _find_named_members(meeting):
            yield from find_member_faults(corpus, meeting, id_, pointer, meeting.day if acting else None)
        if meeting.group is not None and corpus.branch and corpus.branch.group(meeting.group) is None:
            yield _build_group_finding(corpus.branch, meeting, meeting.group, ("group",))
    branch = corpus.branch
    if branch is None:
        return
    for id_, pointer, since in _find_office_holders(branch):
        yield from find_member_faults(corpus, branch, id_, pointer, since)
    for member in corpus.members:
        groups = corpus.documents[member.path].data.get("groups", ())
        for index, item in enumerate(groups):
            if item["group"] is not None and branch.group(item["group"]) is None:
                yield _build_group_finding(branch, member, item["group"], ("groups", index, "group"))


def _find_named_members(meeting: Meeting) -> Iterator[tuple[str, Pointer, bool]]:
    """Yield every member that a meeting names, the pointer, and whether the member acted on its day."""
    yield meeting.chair, ("chair",), True
    yield meeting.recorder, ("recorder",), True
    if meeting.delegated_by is not None:
        yield meeting.delegated_by, ("delegated_by",), True
    for member, pointer in find_listed_members(meeting):
        yield member, pointer, True
    for index, leave in enumerate(meeting.leave):
        if leave.approved_by is not None:
            yield leave.approved_by, ("leave", index, "approved_by"), True
    for index, member in enumerate(meeting.late):
        yield member, ("late", index), True
    for index, resolution in enumerate(meeting.resolutions):
        if resolution.owner is not None:
            yield resolution.owner, ("resolutions", index, "owner"), True


def _find_office_holders(branch: Branch) -> Iterator[tuple[str, Pointer, date]]:
    """Yield every member that holds a post or task in branch.yaml, the pointer, and the first day."""
    for row, term in enumerate(branch.terms):
        for index, post in enumerate(term.posts):
            yield post.member, ("terms", row, "posts", index, "member"), post.span.start
    for row, group in enumerate(branch.groups):
        for index, leader in enumerate(group.leaders):
            yield leader.member, ("groups", row, "leaders", index, "member"), leader.span.start
    for key, holders in (("workers", branch.workers), ("discipline_stand_in", branch.stand_ins)):
        for index, holder in enumerate(holders):
            yield holder.member, (key, index, "member"), holder.span.start


def find_member_faults(
    corpus: Corpus, record: Record, member: str, pointer: Pointer, day: date | None
) -> Iterator[Finding]:
    """Yield the finding of an unknown member's id, or of a member who was not in the branch on ``day``."""
    known = corpus.member_by_id.get(member)
    if known is None:
        if member not in corpus.unread_members:
            message = say("No member has the id {id}.", id=member)
            hint = say("Correct the id, or add members/{id}.yaml with dangwu new member.", id=member)
            yield build_finding(REFERENCE_UNKNOWN, record, pointer, message, hint, subject=member)
    elif day is not None and day not in (days := corpus.days_in_branch[member]):
        joined = min((span.start for span in days.spans), default=None)
        if joined is None or day < joined:
            message = say("{name} ({id}) had not joined the branch on {day}.", name=known.name, id=member, day=day)
        else:
            message = say("{name} ({id}) had left the branch on {day}.", name=known.name, id=member, day=day)
        hint = say("Correct the record, or the dates in {path}.", path=known.path)
        yield build_finding(NOT_A_MEMBER_THEN, record, pointer, message, hint, subject=member)


def _build_group_finding(branch: Branch, record: Record, group: str, pointer: Pointer) -> Finding:
    message = say("branch.yaml has no group with the id {id}.", id=group)
    hint = say("The groups are: {ids}.", ids=tuple(known.id for known in branch.groups)) if branch.groups else None
    return build_finding(REFERENCE_UNKNOWN, record, pointer, message, hint, subject=group)

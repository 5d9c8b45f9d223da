"""Members: the roster of a day (form 2.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.forms.cells import ListHead, build_number_head, build_ruled_list, number_rows
from dangwu.model.audience import Audience
from dangwu.model.message import say
from dangwu.pages.page import Paragraph, Tone
from dangwu.pages.paper import Paper

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dangwu.forms.field_text import FieldText
    from dangwu.model.form_input import FormRecord
    from dangwu.model.record import Member

_BRANCH_KIND = "branch"
_STATUS_PLACE = ("status", "status")


def build_roster_form(filled: Iterable[FormRecord], pen: FieldText) -> Paper:
    """List who belongs to the branch on the as-of day: by group and id, below the committee only names and groups."""
    order, day = pen.order(), pen.forms.as_of
    listed_ = sorted(filled, key=lambda each: order(_read_member_id(each)))
    whole = pen.forms.audience.may_see(Audience.COMMITTEE)
    rows = [_build_member_row(each, pen, whole=whole) for each in listed_]
    heads = [
        build_number_head(pen, 3),
        ListHead(pen(say("Id")), 4),
        ListHead(pen(say("Name")), 5),
        ListHead(pen(say("Party group")), 7),
    ]
    if whole:
        heads += [
            ListHead(pen(say("Status")), 5),
            ListHead(pen(say("Joined the Party on")), 6), ListHead(pen(say("Full member since")), 6),
            ListHead(pen(say("Post in the Party")), 8), ListHead(pen(say("Remark")), 8),
        ]  # fmt: skip
    total = pen(say("{count} members on {day}", count=len(rows), day=pen.day(day)))
    blocks = (Paragraph(total, Tone.QUIET), build_ruled_list(heads, number_rows(rows)))
    return Paper(pen(say("Roster of Party members")), pen.branch, blocks, wide=whole)


def _read_member_id(filled: FormRecord) -> str:
    return str(getattr(filled.record, "id", ""))


def _build_member_row(filled: FormRecord, pen: FieldText, *, whole: bool) -> tuple[str, ...]:
    member, day, data = find_shown_member(filled, pen), pen.forms.as_of, filled.data
    group = pen.group(member.group_on(day) or (member.groups[-1][0] if member.groups and not whole else None))
    short = (member.id, member.name, group)
    if not whole:
        return short
    standing = member.standing_on(day)
    exempt = any(day in exemption.span for exemption in member.exemptions)
    return (
        *short,
        pen.word("member", _STATUS_PLACE, standing.value if standing else None),
        pen.short(data.get("joined_on")),
        pen.short(data.get("converted_on")),
        format_posts(member.id, pen),
        pen(say("exempt from attending")) if exempt else "",
    )


def find_shown_member(filled: FormRecord, pen: FieldText) -> Member:
    """Return the member whose record it is, as the audience sees it."""
    return pen.corpus.member_by_id[_read_member_id(filled)]


def format_posts(member: str, pen: FieldText) -> str:
    """Write the posts that a member holds on the as-of day, in the committee, a group or elsewhere."""
    branch, day = pen.corpus.branch, pen.forms.as_of
    held = [each.post for each in branch.holders_on(day) if each.member == member] if branch else []
    written = [pen.word(_BRANCH_KIND, ("terms", "posts", "post"), post) for post in held]
    leads = [group for group in branch.groups if group.leader_on(day) == member] if branch else []
    written += [pen(say("leader of {group}", group=lead.name)) for lead in leads]
    record = (
        pen.corpus.documents.get(pen.corpus.member_by_id[member].path) if member in pen.corpus.member_by_id else None
    )
    today = day.isoformat()
    others = record.data.get("posts", ()) if record else ()
    written += [other["post"] for other in others if other["from"] <= today <= (other.get("to") or today)]
    return pen.lang.value(tuple(written))

"""The roster of members on a day (form 2.8)."""

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


def build_roster_form(forms: Iterable[FormRecord], text: FieldText) -> Paper:
    """List the members on the as-of day by Party group and id; below the committee only names and groups."""
    order, day = text.people_order(), text.forms.as_of
    records = sorted(forms, key=lambda record: order(_read_member_id(record)))
    all_columns = text.forms.audience.may_see(Audience.COMMITTEE)
    rows = [_build_member_row(record, text, all_columns=all_columns) for record in records]
    heads = [
        build_number_head(text, 3),
        ListHead(text(say("Id")), 4),
        ListHead(text(say("Name")), 5),
        ListHead(text(say("Party group")), 7),
    ]
    if all_columns:
        heads += [
            ListHead(text(say("Status")), 5),
            ListHead(text(say("Joined the Party on")), 6), ListHead(text(say("Full member since")), 6),
            ListHead(text(say("Post in the Party")), 8), ListHead(text(say("Remark")), 8),
        ]  # fmt: skip
    total = text(say("{count} members on {day}", count=len(rows), day=text.day(day)))
    blocks = (Paragraph(total, Tone.QUIET), build_ruled_list(heads, number_rows(rows)))
    return Paper(text(say("Roster of Party members")), text.branch, blocks, wide=all_columns)


def _read_member_id(form: FormRecord) -> str:
    return str(getattr(form.record, "id", ""))


def _build_member_row(form: FormRecord, text: FieldText, *, all_columns: bool) -> tuple[str, ...]:
    member, day, data = find_shown_member(form, text), text.forms.as_of, form.data
    group = text.group(member.group_on(day) or (member.groups[-1][0] if member.groups and not all_columns else None))
    short = (member.id, member.name, group)
    if not all_columns:
        return short
    standing = member.standing_on(day)
    exempt = any(day in exemption.span for exemption in member.exemptions)
    return (
        *short,
        text.word("member", _STATUS_PLACE, standing.value if standing else None),
        text.short_day(data.get("joined_on")),
        text.short_day(data.get("converted_on")),
        format_posts(member.id, text),
        text(say("exempt from attending")) if exempt else "",
    )


def find_shown_member(form: FormRecord, text: FieldText) -> Member:
    """Return the member of a record, as redacted for the audience."""
    return text.corpus.member_by_id[_read_member_id(form)]


def format_posts(member: str, text: FieldText) -> str:
    """Return the posts that a member holds on the as-of day, in the committee, a Party group or elsewhere."""
    branch, day = text.corpus.branch, text.forms.as_of
    offices = text.corpus.offices
    posts = [holder.post for holder in offices.holders_on(day) if holder.member == member]
    written = [text.word(_BRANCH_KIND, ("terms", "posts", "post"), post) for post in posts]
    leads = [group for group in branch.groups if offices.leader_on(group.id, day) == member] if branch else []
    written += [text(say("leader of {group}", group=lead.name)) for lead in leads]
    record = (
        text.corpus.documents.get(text.corpus.member_by_id[member].path) if member in text.corpus.member_by_id else None
    )
    today = day.isoformat()
    others = record.data.get("posts", ()) if record else ()
    written += [other["post"] for other in others if other["from"] <= today <= (other.get("to") or today)]
    return text.lang.value(tuple(written))

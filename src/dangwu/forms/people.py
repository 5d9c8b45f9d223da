"""Members: the roster of a day (form 2.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.forms.cells import Head, listed, number_head, numbered
from dangwu.model.audience import Audience
from dangwu.model.message import say
from dangwu.pages.page import Paragraph
from dangwu.pages.paper import Paper
from dangwu.pages.tone import Tone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dangwu.forms.field_text import Pen
    from dangwu.model.form_input import Filled
    from dangwu.model.record import Member

_BRANCH = "branch"
_WORDS = ("status", "status")


def roster(filled: Iterable[Filled], pen: Pen) -> Paper:
    """List who belongs to the branch on the as-of day: by group and id, below the committee only names and groups."""
    order, day = pen.order(), pen.forms.as_of
    listed_ = sorted(filled, key=lambda each: order(_id(each)))
    whole = pen.forms.audience.may_see(Audience.COMMITTEE)
    rows = [_row(each, pen, whole=whole) for each in listed_]
    heads = [number_head(pen, 3), Head(pen(say("Id")), 4), Head(pen(say("Name")), 5), Head(pen(say("Party group")), 7)]
    if whole:
        heads += [
            Head(pen(say("Status")), 5),
            Head(pen(say("Joined the Party on")), 6), Head(pen(say("Full member since")), 6),
            Head(pen(say("Post in the Party")), 8), Head(pen(say("Remark")), 8),
        ]  # fmt: skip
    total = pen(say("{count} members on {day}", count=len(rows), day=pen.day(day)))
    blocks = (Paragraph(total, Tone.QUIET), listed(heads, numbered(rows)))
    return Paper(pen(say("Roster of Party members")), pen.branch, blocks, wide=whole)


def _id(filled: Filled) -> str:
    return str(getattr(filled.record, "id", ""))


def _row(filled: Filled, pen: Pen, *, whole: bool) -> tuple[str, ...]:
    member, day, data = known(filled, pen), pen.forms.as_of, filled.data
    group = pen.group(member.group_on(day) or (member.groups[-1][0] if member.groups and not whole else None))
    short = (member.id, member.name, group)
    if not whole:
        return short
    standing = member.standing_on(day)
    exempt = any(day in each.span for each in member.exemptions)
    return (
        *short,
        pen.word("member", _WORDS, standing.value if standing else None),
        pen.short(data.get("joined_on")),
        pen.short(data.get("converted_on")),
        posts(member.id, pen),
        pen(say("exempt from attending")) if exempt else "",
    )


def known(filled: Filled, pen: Pen) -> Member:
    """Return the member whose record it is, as the audience sees it."""
    return pen.corpus.member_by_id[_id(filled)]


def posts(member: str, pen: Pen) -> str:
    """Write the posts that a member holds on the as-of day, in the committee, a group or elsewhere."""
    branch, day = pen.corpus.branch, pen.forms.as_of
    held = [each.post for each in branch.holders_on(day) if each.member == member] if branch else []
    written = [pen.word(_BRANCH, ("terms", "posts", "post"), post) for post in held]
    leads = [each for each in branch.groups if each.leader_on(day) == member] if branch else []
    written += [pen(say("leader of {group}", group=each.name)) for each in leads]
    record = (
        pen.corpus.documents.get(pen.corpus.member_by_id[member].path) if member in pen.corpus.member_by_id else None
    )
    today = day.isoformat()
    others = record.data.get("posts", ()) if record else ()
    written += [each["post"] for each in others if each["from"] <= today <= (each.get("to") or today)]
    return pen.lang.value(tuple(written))

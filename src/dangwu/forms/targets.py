"""Members' targets of 100 points, signed by both sides (form 2.6), and the groups' monthly logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.facts.scores import convert_to_hundredths, format_points
from dangwu.forms.cells import (
    BLANK_ROWS,
    LabelledValue,
    ListHead,
    build_member_entries,
    build_number_head,
    build_ruled_list,
    build_signatures,
    lay_out_entries,
    number_rows,
)
from dangwu.model.message import say
from dangwu.pages.page import Align
from dangwu.pages.paper import Paper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.forms.field_text import FieldText
    from dangwu.model.form_input import FormRecord
    from dangwu.pages.paper import Form, PaperBlock

_TARGET_KIND, _LOG_KIND = "target", "target-log"
_BLANK_ITEM_ROWS = 6
"""Rows of an empty sheet, so that it is one page with both signatures."""


def build_target_form(form: FormRecord, text: FieldText) -> Paper:
    """Return a member's sheet: items under five heads with their points."""
    title = text(say("A member's targets (100 points), {year}", year=str(form.data.get("year", "____"))))
    return Paper(title, text.branch, tuple(_build_target_blocks(form, text)))


def _build_target_blocks(form: FormRecord, text: FieldText) -> Iterator[PaperBlock]:
    data = form.data
    yield lay_out_entries(
        text,
        (
            *build_member_entries(text, data),
            LabelledValue(text(say("Post")), data.get("post", "")),
            LabelledValue(text(say("Year")), str(data.get("year", ""))),
        ),
    )
    yield _build_item_list(form, text)
    reviewer = data.get("reviewed_by")
    group = text.corpus.branch.group(reviewer) if text.corpus.branch and reviewer else None
    yield lay_out_entries(
        text,
        (
            LabelledValue(text(say("Set by the member on")), text.day(data.get("self_set_on"))),
            LabelledValue(text(say("Reviewed on")), text.day(data.get("reviewed_on"))),
            LabelledValue(text(say("Reviewed by")), group.name if group else text.name(reviewer)),
            LabelledValue(text(say("Day of approval")), text.day(data.get("approved_on"))),
            LabelledValue(text(say("Decided by")), text.word(_TARGET_KIND, ("approved_by",), data.get("approved_by"))),
        ),
    )
    parties = (
        say("Member (signature)"),
        say("Group leader (signature)"),
        say("Secretary (signature)"),
        say("Branch (seal)"),
    )
    yield build_signatures(text, ((party, "") for party in parties))


def _build_item_list(form: FormRecord, text: FieldText) -> Form:
    items = form.data.get("items", ())
    heads = (
        ListHead(text(say("Head of the target")), 6), ListHead(text(say("What is to be reached")), 12),
        ListHead(text(say("Points")), 3, Align.CENTER), ListHead(text(say("How it was fulfilled")), 7),
    )  # fmt: skip
    rows = [
        (
            text.word(_TARGET_KIND, ("items", "head"), item["head"]),
            item["item"],
            format_points(convert_to_hundredths(item["points"])),
            "",
        )
        for item in items
    ]
    if rows:
        rows.append(
            (text(say("Sum")), "", format_points(sum(convert_to_hundredths(item["points"]) for item in items)), "")
        )
    return build_ruled_list(heads, rows, room=0 if rows else _BLANK_ITEM_ROWS)


def build_log_form(form: FormRecord, text: FieldText) -> Paper:
    """Return a group's log of a month: what each member did, and the source."""
    data = form.data
    month, group = data.get("month"), data.get("group")
    entries = (
        LabelledValue(text(say("Party group")), text.group(group)),
        LabelledValue(text(say("Month")), text.period(month) if month else ""),
        LabelledValue(text(say("Keeper")), text.name(data.get("keeper"))),
        LabelledValue(text(say("Day")), text.day(data.get("date"))),
    )
    heads = (
        build_number_head(text), ListHead(text(say("Name")), 4), ListHead(text(say("How it was fulfilled")), 14),
        ListHead(text(say("Source")), 7),
    )  # fmt: skip
    rows = [(text.name(entry["member"]), entry["facts"], entry.get("source", "")) for entry in data.get("entries", ())]
    blocks = (
        lay_out_entries(text, entries),
        build_ruled_list(heads, number_rows(rows), room=0 if rows else BLANK_ROWS),
        build_signatures(
            text, ((say("Group leader (signature)"), ""), (say("Keeper (signature)"), text.name(data.get("keeper"))))
        ),
    )
    return Paper(text.title(form.kind.title), text.branch, blocks)


FORM_BUILDERS = {_TARGET_KIND: build_target_form, _LOG_KIND: build_log_form}

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
"""Rows of an empty sheet: it stays one page that both sides sign."""


def build_target_form(filled: FormRecord, pen: FieldText) -> Paper:
    """Return a member's sheet: items under five heads with their points."""
    title = pen(say("A member's targets (100 points), {year}", year=str(filled.data.get("year", "____"))))
    return Paper(title, pen.branch, tuple(_build_target_blocks(filled, pen)))


def _build_target_blocks(filled: FormRecord, pen: FieldText) -> Iterator[PaperBlock]:
    data = filled.data
    yield lay_out_entries(
        pen,
        (
            *build_member_entries(pen, data),
            LabelledValue(pen(say("Post")), data.get("post", "")),
            LabelledValue(pen(say("Year")), str(data.get("year", ""))),
        ),
    )
    yield _build_item_list(filled, pen)
    reviewer = data.get("reviewed_by")
    group = pen.corpus.branch.group(reviewer) if pen.corpus.branch and reviewer else None
    yield lay_out_entries(
        pen,
        (
            LabelledValue(pen(say("Set by the member on")), pen.day(data.get("self_set_on"))),
            LabelledValue(pen(say("Reviewed on")), pen.day(data.get("reviewed_on"))),
            LabelledValue(pen(say("Reviewed by")), group.name if group else pen.name(reviewer)),
            LabelledValue(pen(say("Day of approval")), pen.day(data.get("approved_on"))),
            LabelledValue(pen(say("Decided by")), pen.word(_TARGET_KIND, ("approved_by",), data.get("approved_by"))),
        ),
    )
    parties = (
        say("Member (signature)"),
        say("Group leader (signature)"),
        say("Secretary (signature)"),
        say("Branch (seal)"),
    )
    yield build_signatures(pen, ((party, "") for party in parties))


def _build_item_list(filled: FormRecord, pen: FieldText) -> Form:
    items = filled.data.get("items", ())
    heads = (
        ListHead(pen(say("Head of the target")), 6), ListHead(pen(say("What is to be reached")), 12),
        ListHead(pen(say("Points")), 3, Align.CENTER), ListHead(pen(say("How it was fulfilled")), 7),
    )  # fmt: skip
    rows = [
        (
            pen.word(_TARGET_KIND, ("items", "head"), item["head"]),
            item["item"],
            format_points(convert_to_hundredths(item["points"])),
            "",
        )
        for item in items
    ]
    if rows:
        rows.append(
            (pen(say("Sum")), "", format_points(sum(convert_to_hundredths(item["points"]) for item in items)), "")
        )
    return build_ruled_list(heads, rows, room=0 if rows else _BLANK_ITEM_ROWS)


def build_log_form(filled: FormRecord, pen: FieldText) -> Paper:
    """Return a group's log of a month: what each member did, and where that is from."""
    data = filled.data
    month, group = data.get("month"), data.get("group")
    entries = (
        LabelledValue(pen(say("Party group")), pen.group(group)),
        LabelledValue(pen(say("Month")), pen.period(month) if month else ""),
        LabelledValue(pen(say("Keeper")), pen.name(data.get("keeper"))),
        LabelledValue(pen(say("Day")), pen.day(data.get("date"))),
    )
    heads = (
        build_number_head(pen), ListHead(pen(say("Name")), 4), ListHead(pen(say("How it was fulfilled")), 14),
        ListHead(pen(say("Source")), 7),
    )  # fmt: skip
    rows = [(pen.name(entry["member"]), entry["facts"], entry.get("source", "")) for entry in data.get("entries", ())]
    blocks = (
        lay_out_entries(pen, entries),
        build_ruled_list(heads, number_rows(rows), room=0 if rows else BLANK_ROWS),
        build_signatures(
            pen, ((say("Group leader (signature)"), ""), (say("Keeper (signature)"), pen.name(data.get("keeper"))))
        ),
    )
    return Paper(pen.title(filled.kind.title), pen.branch, blocks)


FORM_BUILDERS = {_TARGET_KIND: build_target_form, _LOG_KIND: build_log_form}

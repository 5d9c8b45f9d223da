"""The approval sheet of an item of openness (form 2.9): item, scope, form, time, secrecy check, approval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.forms.cells import (
    LabelledValue,
    ListHead,
    build_number_head,
    build_ruled_list,
    build_signatures,
    lay_out_entries,
    number_rows,
)
from dangwu.model.message import say
from dangwu.pages.paper import Paper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.forms.field_text import FieldText
    from dangwu.model.form_input import FormRecord
    from dangwu.pages.paper import PaperBlock

_KIND = "disclosure"
_FIRST_FIELDS = ("class", "timing", "scope", "form", "date", "until")
_OPTIONAL_FIELDS = ("completed_on", "superior_approved_on", "about", "resolution", "basis")


def build_disclosure_form(filled: FormRecord, pen: FieldText) -> Paper:
    """Return the sheet by which an item is approved before it is published (8.4)."""
    return Paper(pen(say("Approval sheet for disclosure")), pen.branch, tuple(_build_blocks(filled, pen)))


def _build_blocks(filled: FormRecord, pen: FieldText) -> Iterator[PaperBlock]:
    data = filled.data
    check = data.get("secrecy_check", {})
    yield lay_out_entries(
        pen,
        (
            LabelledValue(pen(say("Matter")), data.get("matter", ""), whole=True, lines=2),
            LabelledValue(pen(say("What is told")), data.get("content", ""), whole=True, lines=6),
            *(_build_entry(filled, pen, key) for key in _FIRST_FIELDS),
            *(_build_entry(filled, pen, key) for key in _OPTIONAL_FIELDS if filled.blank or key in data),
            LabelledValue(pen(say("Proposed by")), whole=True),
            LabelledValue(
                pen(say("Secrecy check")), _format_signer(pen, check.get("by"), check.get("date")), whole=True, lines=3
            ),
            LabelledValue(
                pen(say("Approval")),
                _format_signer(pen, data.get("approved_by"), data.get("approved_on")),
                whole=True,
                lines=3,
            ),
        ),
    )
    yield from _build_stage_blocks(filled, pen)
    yield from _build_feedback_list(filled, pen)
    yield build_signatures(
        pen,
        (
            (say("Checked by (signature)"), pen.name(check.get("by"))),
            (say("Approved by (signature)"), pen.name(data.get("approved_by"))),
        ),
    )


def _build_entry(filled: FormRecord, pen: FieldText, key: str) -> LabelledValue:
    node = filled.schema["properties"][key]
    text = pen.value(key, filled.data.get(key), node, filled.schema)
    return LabelledValue(pen.label(key, node, filled.schema), text, whole=key in {"about", "basis"})


def _format_signer(pen: FieldText, person: str | None, day: str | None) -> str:
    return pen.lang.value(tuple(each for each in (pen.name(person), pen.day(day)) if each))


def _build_stage_blocks(filled: FormRecord, pen: FieldText) -> Iterator[PaperBlock]:
    """Yield the three stages of an important matter, where it has them (8.3)."""
    stages: dict[str, Any] = filled.data.get("stages", {})
    fields = filled.schema["properties"]["stages"]["properties"]
    if stages:
        entries = (
            LabelledValue(
                pen.label(key, fields[key], filled.schema), pen.value(key, each, fields[key], filled.schema), whole=True
            )
            for key, each in stages.items()
        )
        yield lay_out_entries(pen, entries, caption=pen(say("Three stages")))


def _build_feedback_list(filled: FormRecord, pen: FieldText) -> Iterator[PaperBlock]:
    heads = (
        build_number_head(pen), ListHead(pen(say("Day")), 5),
        ListHead(pen(say("What was said")), 9), ListHead(pen(say("Answer")), 9),
        ListHead(pen(say("Answered on")), 5),
    )  # fmt: skip
    rows = [
        (pen.short(each["date"]), each["text"], each.get("answer", ""), pen.short(each.get("answered_on")))
        for each in filled.data.get("feedback", ())
    ]
    if rows or filled.blank:
        yield build_ruled_list(heads, number_rows(rows), caption=pen(say("Feedback")), room=0 if rows else 4)


FORM_BUILDERS = {_KIND: build_disclosure_form}

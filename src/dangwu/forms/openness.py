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


def build_disclosure_form(form: FormRecord, text: FieldText) -> Paper:
    """Return the sheet by which an item is approved before it is published (8.4)."""
    return Paper(text(say("Approval sheet for disclosure")), text.branch, tuple(_build_blocks(form, text)))


def _build_blocks(form: FormRecord, text: FieldText) -> Iterator[PaperBlock]:
    data = form.data
    check = data.get("secrecy_check", {})
    yield lay_out_entries(
        text,
        (
            LabelledValue(text(say("Matter")), data.get("matter", ""), whole=True, lines=2),
            LabelledValue(text(say("Content to disclose")), data.get("content", ""), whole=True, lines=6),
            *(_build_entry(form, text, key) for key in _FIRST_FIELDS),
            *(_build_entry(form, text, key) for key in _OPTIONAL_FIELDS if form.blank or key in data),
            LabelledValue(text(say("Proposed by")), whole=True),
            LabelledValue(
                text(say("Secrecy check")),
                _format_signer(text, check.get("by"), check.get("date")),
                whole=True,
                lines=3,
            ),
            LabelledValue(
                text(say("Approval")),
                _format_signer(text, data.get("approved_by"), data.get("approved_on")),
                whole=True,
                lines=3,
            ),
        ),
    )
    yield from _build_stage_blocks(form, text)
    yield from _build_feedback_list(form, text)
    yield build_signatures(
        text,
        (
            (say("Checked by (signature)"), text.name(check.get("by"))),
            (say("Approved by (signature)"), text.name(data.get("approved_by"))),
        ),
    )


def _build_entry(form: FormRecord, text: FieldText, key: str) -> LabelledValue:
    node = form.schema["properties"][key]
    written = text.value(key, form.data.get(key), node, form.schema)
    return LabelledValue(text.label(key, node, form.schema), written, whole=key in {"about", "basis"})


def _format_signer(text: FieldText, person: str | None, day: str | None) -> str:
    return text.lang.value(tuple(part for part in (text.name(person), text.day(day)) if part))


def _build_stage_blocks(form: FormRecord, text: FieldText) -> Iterator[PaperBlock]:
    """Yield the three stages of a major matter, where it has them (8.3)."""
    stages: dict[str, Any] = form.data.get("stages", {})
    fields = form.schema["properties"]["stages"]["properties"]
    if stages:
        entries = (
            LabelledValue(
                text.label(key, fields[key], form.schema), text.value(key, stage, fields[key], form.schema), whole=True
            )
            for key, stage in stages.items()
        )
        yield lay_out_entries(text, entries, caption=text(say("Three stages")))


def _build_feedback_list(form: FormRecord, text: FieldText) -> Iterator[PaperBlock]:
    heads = (
        build_number_head(text), ListHead(text(say("Day")), 5),
        ListHead(text(say("What was said")), 9), ListHead(text(say("Answer")), 9),
        ListHead(text(say("Answered on")), 5),
    )  # fmt: skip
    rows = [
        (
            text.short_day(opinion["date"]),
            opinion["text"],
            opinion.get("answer", ""),
            text.short_day(opinion.get("answered_on")),
        )
        for opinion in form.data.get("feedback", ())
    ]
    if rows or form.blank:
        yield build_ruled_list(heads, number_rows(rows), caption=text(say("Feedback")), room=0 if rows else 4)


FORM_BUILDERS = {_KIND: build_disclosure_form}

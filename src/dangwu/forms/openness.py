"""The approval sheet of an item of openness (form 2.9): item, scope, form, time, secrecy check, approval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.forms.cells import Entry, Head, laid, listed, number_head, numbered, signed
from dangwu.model.message import say
from dangwu.pages.paper import Paper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.forms.field_text import Pen
    from dangwu.model.form_input import Filled
    from dangwu.pages.paper import PaperBlock

_KIND = "disclosure"
_FIRST = ("class", "timing", "scope", "form", "date", "until")
_MORE = ("completed_on", "superior_approved_on", "about", "resolution", "basis")


def disclosure(filled: Filled, pen: Pen) -> Paper:
    """Return the sheet by which an item is approved before it is published (8.4)."""
    return Paper(pen(say("Approval sheet for disclosure")), pen.branch, tuple(_blocks(filled, pen)))


def _blocks(filled: Filled, pen: Pen) -> Iterator[PaperBlock]:
    data = filled.data
    check = data.get("secrecy_check", {})
    yield laid(
        pen,
        (
            Entry(pen(say("Matter")), data.get("matter", ""), whole=True, lines=2),
            Entry(pen(say("What is told")), data.get("content", ""), whole=True, lines=6),
            *(_entry(filled, pen, key) for key in _FIRST),
            *(_entry(filled, pen, key) for key in _MORE if filled.blank or key in data),
            Entry(pen(say("Proposed by")), whole=True),
            Entry(pen(say("Secrecy check")), _by(pen, check.get("by"), check.get("date")), whole=True, lines=3),
            Entry(
                pen(say("Approval")), _by(pen, data.get("approved_by"), data.get("approved_on")), whole=True, lines=3
            ),
        ),
    )
    yield from _stages(filled, pen)
    yield from _feedback(filled, pen)
    yield signed(
        pen,
        (
            (say("Checked by (signature)"), pen.name(check.get("by"))),
            (say("Approved by (signature)"), pen.name(data.get("approved_by"))),
        ),
    )


def _entry(filled: Filled, pen: Pen, key: str) -> Entry:
    node = filled.schema["properties"][key]
    text = pen.value(key, filled.data.get(key), node, filled.schema)
    return Entry(pen.label(key, node, filled.schema), text, whole=key in {"about", "basis"})


def _by(pen: Pen, person: str | None, day: str | None) -> str:
    return pen.lang.value(tuple(each for each in (pen.name(person), pen.day(day)) if each))


def _stages(filled: Filled, pen: Pen) -> Iterator[PaperBlock]:
    """Yield the three stages of an important matter, where it has them (8.3)."""
    stages: dict[str, Any] = filled.data.get("stages", {})
    fields = filled.schema["properties"]["stages"]["properties"]
    if stages:
        entries = (
            Entry(
                pen.label(key, fields[key], filled.schema), pen.value(key, each, fields[key], filled.schema), whole=True
            )
            for key, each in stages.items()
        )
        yield laid(pen, entries, caption=pen(say("Three stages")))


def _feedback(filled: Filled, pen: Pen) -> Iterator[PaperBlock]:
    heads = (
        number_head(pen), Head(pen(say("Day")), 5), Head(pen(say("What was said")), 9), Head(pen(say("Answer")), 9),
        Head(pen(say("Answered on")), 5),
    )  # fmt: skip
    rows = [
        (pen.short(each["date"]), each["text"], each.get("answer", ""), pen.short(each.get("answered_on")))
        for each in filled.data.get("feedback", ())
    ]
    if rows or filled.blank:
        yield listed(heads, numbered(rows), caption=pen(say("Feedback")), room=0 if rows else 4)


MAKERS = {_KIND: disclosure}

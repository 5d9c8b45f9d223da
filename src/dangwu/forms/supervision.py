"""For who handles them only: the record of an admonitory talk (form 2.10), a letter or visit and their register (2.11).

Who a letter came from is in no form: that is kept in a file apart, which is never printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.forms import generic
from dangwu.forms.cells import (
    BLANK_ROWS,
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
    from collections.abc import Iterable, Iterator, Mapping

    from dangwu.forms.field_text import FieldText
    from dangwu.model.form_input import FormRecord
    from dangwu.pages.paper import PaperBlock

_LETTER_KIND, _TALK_KIND = "letter", "admonition"


def build_letter_register(filled: Iterable[FormRecord], pen: FieldText) -> Paper:
    """List the letters and visits of a year by the day on which they came."""
    letters = sorted((each.data for each in filled), key=lambda each: (each["received_on"], each["id"]))
    heads = (
        build_number_head(pen, 3), ListHead(pen(say("Id")), 3),
        ListHead(pen(say("Received on")), 5), ListHead(pen(say("Channel")), 3),
        ListHead(pen(say("Summary")), 9), ListHead(pen(say("Instruction")), 6), ListHead(pen(say("Handler")), 4),
        ListHead(pen(say("Result")), 8), ListHead(pen(say("Replied on")), 5),
    )  # fmt: skip
    rows = [
        (
            letter["id"], pen.short(letter["received_on"]), pen.word(_LETTER_KIND, ("channel",), letter["channel"]),
            letter["summary"], "", pen.name(letter["handler"]), letter.get("result", ""),
            pen.short(letter.get("replied_on")),
        )
        for letter in letters
    ]  # fmt: skip
    year = letters[0]["received_on"][:4] if letters else "____"
    title = pen(say("Register of letters and visits, {year}", year=year))
    return Paper(
        title, pen.branch, (build_ruled_list(heads, number_rows(rows), room=0 if rows else BLANK_ROWS),), wide=True
    )


def build_letter_form(filled: FormRecord, pen: FieldText) -> Paper:
    """Return the sheet of one letter or visit."""
    data = filled.data
    entries = (
        LabelledValue(pen(say("Id")), data.get("id", "")),
        LabelledValue(pen(say("Received on")), pen.day(data.get("received_on"))),
        LabelledValue(pen(say("Channel")), pen.word(_LETTER_KIND, ("channel",), data.get("channel"))),
        LabelledValue(pen(say("Handler")), pen.name(data.get("handler"))),
        LabelledValue(pen(say("Summary")), data.get("summary", ""), whole=True, lines=4),
        LabelledValue(pen(say("Instruction")), whole=True, lines=4),
        LabelledValue(pen(say("Result")), data.get("result", ""), whole=True, lines=4),
        LabelledValue(pen(say("Replied on")), pen.day(data.get("replied_on")), whole=True),
    )
    signatures = build_signatures(
        pen, ((say("Handler (signature)"), pen.name(data.get("handler"))), (say("Secretary (signature)"), ""))
    )
    return Paper(pen(say("Sheet of a letter or visit")), pen.branch, (lay_out_entries(pen, entries), signatures))


def build_admonition_form(filled: FormRecord, pen: FieldText) -> Paper:
    """Return the record of a talk: what people decided, the facts, the person's own account, what followed."""
    return Paper(pen(say("Record of an admonitory talk")), pen.branch, tuple(_build_talk_blocks(filled, pen)))


def _build_talk_blocks(filled: FormRecord, pen: FieldText) -> Iterator[PaperBlock]:
    data = filled.data
    notice = data.get("notice", {})
    told = notice.get("requirements", "")
    yield lay_out_entries(
        pen,
        (
            _build_entry(filled, pen, "id"),
            LabelledValue(pen(say("Person talked to")), pen.name(data.get("member"))),
            LabelledValue(pen(say("Day of the talk")), pen.day(data.get("date"))),
            LabelledValue(
                pen(say("Agreed time and place")), " ".join(filter(None, (notice.get("time"), notice.get("place"))))
            ),
            _build_entry(filled, pen, "talker"),
            LabelledValue(pen(say("Recorder")), pen.name(data.get("recorder"))),
            LabelledValue(pen(say("Decided by")), pen.word(_TALK_KIND, ("decided_by",), data.get("decided_by"))),
            LabelledValue(pen(say("Told on")), pen.day(notice.get("date"))),
            *(_build_entry(filled, pen, key, room=2) for key in ("ground", "facts", "source")),
            LabelledValue(pen(say("Told beforehand")), told, whole=True, lines=1 if told else 2),
            *(_build_entry(filled, pen, key, room=3) for key in ("problems", "account", "requirements", "measures")),
            _build_entry(filled, pen, "deadline"),
            _build_entry(filled, pen, "follower"),
            _build_entry(filled, pen, "signature"),
            _build_entry(filled, pen, "shown_on"),
        ),
    )
    yield build_signatures(
        pen,
        (
            (say("Person talked to (signature)"), pen.name(data.get("member"))),
            (say("Talker (signature)"), pen.name(data.get("talker"))),
            (say("Recorder (signature)"), pen.name(data.get("recorder"))),
        ),
    )
    yield from _build_follow_up_blocks(filled, pen)


def _build_entry(filled: FormRecord, pen: FieldText, key: str, room: int = 0) -> LabelledValue:
    """Return a field; with ``room`` it has a row of its own, so many lines high where nothing is filled in."""
    node = filled.schema["properties"][key]
    text = pen.value(key, filled.data.get(key), node, filled.schema)
    return LabelledValue(pen.label(key, node, filled.schema), text, whole=room > 0, lines=1 if text else max(room, 1))


def _build_follow_up_blocks(filled: FormRecord, pen: FieldText) -> Iterator[PaperBlock]:
    """Yield what followed: checks, outcome, appeal, and where the papers are kept."""
    checks: list[Mapping[str, Any]] = filled.data.get("checks", [])
    heads = (build_number_head(pen), ListHead(pen(say("Day")), 5), ListHead(pen(say("Finding")), 15))
    rows = [(pen.short(check["date"]), check["finding"]) for check in checks]
    yield build_ruled_list(heads, number_rows(rows), caption=pen(say("Follow-up")), room=0 if rows else 3)
    wanted = [key for key in ("outcome", "appeal", "kept") if key in filled.data or filled.blank or key == "outcome"]
    yield lay_out_entries(pen, generic.build_entries(filled, pen, wanted))


FORM_BUILDERS = {_LETTER_KIND: build_letter_form, _TALK_KIND: build_admonition_form}

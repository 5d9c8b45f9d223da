"""Forms for handlers only: an admonitory talk (form 2.10), a letter or visit, and the register of letters (form 2.11).

The sender of a letter is in no form: it is in a separate file that is never printed.
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


def build_letter_register(forms: Iterable[FormRecord], text: FieldText) -> Paper:
    """List the letters and visits of a year by the day of receipt."""
    letters = sorted((record.data for record in forms), key=lambda letter: (letter["received_on"], letter["id"]))
    heads = (
        build_number_head(text, 3), ListHead(text(say("Id")), 3),
        ListHead(text(say("Received on")), 5), ListHead(text(say("Channel")), 3),
        ListHead(text(say("Summary")), 9), ListHead(text(say("Instruction")), 6), ListHead(text(say("Handler")), 4),
        ListHead(text(say("Result")), 8), ListHead(text(say("Replied on")), 5),
    )  # fmt: skip
    rows = [
        (
            letter["id"], text.short_day(letter["received_on"]),
            text.word(_LETTER_KIND, ("channel",), letter["channel"]), letter["summary"], "",
            text.name(letter["handler"]), letter.get("result", ""), text.short_day(letter.get("replied_on")),
        )
        for letter in letters
    ]  # fmt: skip
    year = letters[0]["received_on"][:4] if letters else "____"
    title = text(say("Register of letters and visits, {year}", year=year))
    return Paper(
        title, text.branch, (build_ruled_list(heads, number_rows(rows), room=0 if rows else BLANK_ROWS),), wide=True
    )


def build_letter_form(form: FormRecord, text: FieldText) -> Paper:
    """Return the sheet of one letter or visit."""
    data = form.data
    entries = (
        LabelledValue(text(say("Id")), data.get("id", "")),
        LabelledValue(text(say("Received on")), text.day(data.get("received_on"))),
        LabelledValue(text(say("Channel")), text.word(_LETTER_KIND, ("channel",), data.get("channel"))),
        LabelledValue(text(say("Handler")), text.name(data.get("handler"))),
        LabelledValue(text(say("Summary")), data.get("summary", ""), whole=True, lines=4),
        LabelledValue(text(say("Instruction")), whole=True, lines=4),
        LabelledValue(text(say("Result")), data.get("result", ""), whole=True, lines=4),
        LabelledValue(text(say("Replied on")), text.day(data.get("replied_on")), whole=True),
    )
    signatures = build_signatures(
        text, ((say("Handler (signature)"), text.name(data.get("handler"))), (say("Secretary (signature)"), ""))
    )
    return Paper(text(say("Sheet of a letter or visit")), text.branch, (lay_out_entries(text, entries), signatures))


def build_admonition_form(form: FormRecord, text: FieldText) -> Paper:
    """Return the record of a talk: the decision, the facts, the member's account, the follow-up."""
    return Paper(text(say("Record of an admonitory talk")), text.branch, tuple(_build_talk_blocks(form, text)))


def _build_talk_blocks(form: FormRecord, text: FieldText) -> Iterator[PaperBlock]:
    data = form.data
    notice = data.get("notice", {})
    requirements = notice.get("requirements", "")
    yield lay_out_entries(
        text,
        (
            _build_entry(form, text, "id"),
            LabelledValue(text(say("Person talked to")), text.name(data.get("member"))),
            LabelledValue(text(say("Day of the talk")), text.day(data.get("date"))),
            LabelledValue(
                text(say("Agreed time and place")), " ".join(filter(None, (notice.get("time"), notice.get("place"))))
            ),
            _build_entry(form, text, "talker"),
            LabelledValue(text(say("Recorder")), text.name(data.get("recorder"))),
            LabelledValue(text(say("Decided by")), text.word(_TALK_KIND, ("decided_by",), data.get("decided_by"))),
            LabelledValue(text(say("Notified on")), text.day(notice.get("date"))),
            *(_build_entry(form, text, key, room=2) for key in ("ground", "facts", "source")),
            LabelledValue(
                text(say("Requirements notified beforehand")), requirements, whole=True, lines=1 if requirements else 2
            ),
            *(_build_entry(form, text, key, room=3) for key in ("problems", "account", "requirements", "measures")),
            _build_entry(form, text, "deadline"),
            _build_entry(form, text, "follower"),
            _build_entry(form, text, "signature"),
            _build_entry(form, text, "shown_on"),
        ),
    )
    yield build_signatures(
        text,
        (
            (say("Person talked to (signature)"), text.name(data.get("member"))),
            (say("Talker (signature)"), text.name(data.get("talker"))),
            (say("Recorder (signature)"), text.name(data.get("recorder"))),
        ),
    )
    yield from _build_follow_up_blocks(form, text)


def _build_entry(form: FormRecord, text: FieldText, key: str, room: int = 0) -> LabelledValue:
    """Return a field; with ``room`` it has a row of its own, that many lines high while it is empty."""
    node = form.schema["properties"][key]
    written = text.value(key, form.data.get(key), node, form.schema)
    return LabelledValue(
        text.label(key, node, form.schema), written, whole=room > 0, lines=1 if written else max(room, 1)
    )


def _build_follow_up_blocks(form: FormRecord, text: FieldText) -> Iterator[PaperBlock]:
    """Yield the follow-up: checks, outcome, appeal, and where the papers are kept."""
    checks: list[Mapping[str, Any]] = form.data.get("checks", [])
    heads = (build_number_head(text), ListHead(text(say("Day")), 5), ListHead(text(say("Finding")), 15))
    rows = [(text.short_day(check["date"]), check["finding"]) for check in checks]
    yield build_ruled_list(heads, number_rows(rows), caption=text(say("Follow-up")), room=0 if rows else 3)
    keys = [key for key in ("outcome", "appeal", "kept") if key in form.data or form.blank or key == "outcome"]
    yield lay_out_entries(text, generic.build_entries(form, text, keys))


FORM_BUILDERS = {_LETTER_KIND: build_letter_form, _TALK_KIND: build_admonition_form}

"""For who handles them only: the record of an admonitory talk (form 2.10), a letter or visit and their register (2.11).

Who a letter came from is in no form: that is kept in a file apart, which is never printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.forms import generic
from dangwu.forms.cells import ROOM, Entry, Head, laid, listed, number_head, numbered, signed
from dangwu.model.message import say
from dangwu.pages.paper import Paper

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dangwu.forms.field_text import Pen
    from dangwu.model.form_input import Filled
    from dangwu.pages.paper import PaperBlock

_LETTER, _TALK = "letter", "admonition"


def register(filled: Iterable[Filled], pen: Pen) -> Paper:
    """List the letters and visits of a year by the day on which they came."""
    letters = sorted((each.data for each in filled), key=lambda each: (each["received_on"], each["id"]))
    heads = (
        number_head(pen, 3), Head(pen(say("Id")), 3), Head(pen(say("Received on")), 5), Head(pen(say("Channel")), 3),
        Head(pen(say("Summary")), 9), Head(pen(say("Instruction")), 6), Head(pen(say("Handler")), 4),
        Head(pen(say("Result")), 8), Head(pen(say("Replied on")), 5),
    )  # fmt: skip
    rows = [
        (
            each["id"], pen.short(each["received_on"]), pen.word(_LETTER, ("channel",), each["channel"]),
            each["summary"], "", pen.name(each["handler"]), each.get("result", ""), pen.short(each.get("replied_on")),
        )
        for each in letters
    ]  # fmt: skip
    year = letters[0]["received_on"][:4] if letters else "____"
    title = pen(say("Register of letters and visits, {year}", year=year))
    return Paper(title, pen.branch, (listed(heads, numbered(rows), room=0 if rows else ROOM),), wide=True)


def letter(filled: Filled, pen: Pen) -> Paper:
    """Return the sheet of one letter or visit."""
    data = filled.data
    entries = (
        Entry(pen(say("Id")), data.get("id", "")),
        Entry(pen(say("Received on")), pen.day(data.get("received_on"))),
        Entry(pen(say("Channel")), pen.word(_LETTER, ("channel",), data.get("channel"))),
        Entry(pen(say("Handler")), pen.name(data.get("handler"))),
        Entry(pen(say("Summary")), data.get("summary", ""), whole=True, lines=4),
        Entry(pen(say("Instruction")), whole=True, lines=4),
        Entry(pen(say("Result")), data.get("result", ""), whole=True, lines=4),
        Entry(pen(say("Replied on")), pen.day(data.get("replied_on")), whole=True),
    )
    signatures = signed(
        pen, ((say("Handler (signature)"), pen.name(data.get("handler"))), (say("Secretary (signature)"), ""))
    )
    return Paper(pen(say("Sheet of a letter or visit")), pen.branch, (laid(pen, entries), signatures))


def admonition(filled: Filled, pen: Pen) -> Paper:
    """Return the record of a talk: what people decided, the facts, the person's own account, what followed."""
    return Paper(pen(say("Record of an admonitory talk")), pen.branch, tuple(_talk(filled, pen)))


def _talk(filled: Filled, pen: Pen) -> Iterator[PaperBlock]:
    data = filled.data
    notice = data.get("notice", {})
    told = notice.get("requirements", "")
    yield laid(
        pen,
        (
            _entry(filled, pen, "id"),
            Entry(pen(say("Person talked to")), pen.name(data.get("member"))),
            Entry(pen(say("Day of the talk")), pen.day(data.get("date"))),
            Entry(pen(say("Agreed time and place")), " ".join(filter(None, (notice.get("time"), notice.get("place"))))),
            _entry(filled, pen, "talker"),
            Entry(pen(say("Recorder")), pen.name(data.get("recorder"))),
            Entry(pen(say("Decided by")), pen.word(_TALK, ("decided_by",), data.get("decided_by"))),
            Entry(pen(say("Told on")), pen.day(notice.get("date"))),
            *(_entry(filled, pen, key, room=2) for key in ("ground", "facts", "source")),
            Entry(pen(say("Told beforehand")), told, whole=True, lines=1 if told else 2),
            *(_entry(filled, pen, key, room=3) for key in ("problems", "account", "requirements", "measures")),
            _entry(filled, pen, "deadline"),
            _entry(filled, pen, "follower"),
            _entry(filled, pen, "signature"),
            _entry(filled, pen, "shown_on"),
        ),
    )
    yield signed(
        pen,
        (
            (say("Person talked to (signature)"), pen.name(data.get("member"))),
            (say("Talker (signature)"), pen.name(data.get("talker"))),
            (say("Recorder (signature)"), pen.name(data.get("recorder"))),
        ),
    )
    yield from _after(filled, pen)


def _entry(filled: Filled, pen: Pen, key: str, room: int = 0) -> Entry:
    """Return a field; with ``room`` it has a row of its own, so many lines high where nothing is filled in."""
    node = filled.schema["properties"][key]
    text = pen.value(key, filled.data.get(key), node, filled.schema)
    return Entry(pen.label(key, node, filled.schema), text, whole=room > 0, lines=1 if text else max(room, 1))


def _after(filled: Filled, pen: Pen) -> Iterator[PaperBlock]:
    """Yield what followed: checks, outcome, appeal, and where the papers are kept."""
    checks: list[Mapping[str, Any]] = filled.data.get("checks", [])
    heads = (number_head(pen), Head(pen(say("Day")), 5), Head(pen(say("Finding")), 15))
    rows = [(pen.short(each["date"]), each["finding"]) for each in checks]
    yield listed(heads, numbered(rows), caption=pen(say("Follow-up")), room=0 if rows else 3)
    wanted = [key for key in ("outcome", "appeal", "kept") if key in filled.data or filled.blank or key == "outcome"]
    yield laid(pen, generic.entries(filled, pen, wanted))


MAKERS = {_LETTER: letter, _TALK: admonition}

"""Members' targets of 100 points, signed by both sides (form 2.6), and the groups' monthly logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.facts.scores import hundredths, points
from dangwu.forms.cells import ROOM, Entry, Head, laid, listed, number_head, numbered, signed, whose
from dangwu.model.message import say
from dangwu.pages.page import Align
from dangwu.pages.paper import Paper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.forms.field_text import Pen
    from dangwu.model.form_input import Filled
    from dangwu.pages.paper import Form, PaperBlock

_TARGET, _LOG = "target", "target-log"
_ITEMS = 6
"""Rows of an empty sheet: it stays one page that both sides sign."""


def target(filled: Filled, pen: Pen) -> Paper:
    """Return a member's sheet: items under five heads with their points."""
    title = pen(say("A member's targets (100 points), {year}", year=str(filled.data.get("year", "____"))))
    return Paper(title, pen.branch, tuple(_sheet(filled, pen)))


def _sheet(filled: Filled, pen: Pen) -> Iterator[PaperBlock]:
    data = filled.data
    yield laid(
        pen,
        (
            *whose(pen, data),
            Entry(pen(say("Post")), data.get("post", "")),
            Entry(pen(say("Year")), str(data.get("year", ""))),
        ),
    )
    yield _items(filled, pen)
    reviewer = data.get("reviewed_by")
    group = pen.corpus.branch.group(reviewer) if pen.corpus.branch and reviewer else None
    yield laid(
        pen,
        (
            Entry(pen(say("Set by the member on")), pen.day(data.get("self_set_on"))),
            Entry(pen(say("Reviewed on")), pen.day(data.get("reviewed_on"))),
            Entry(pen(say("Reviewed by")), group.name if group else pen.name(reviewer)),
            Entry(pen(say("Day of approval")), pen.day(data.get("approved_on"))),
            Entry(pen(say("Decided by")), pen.word(_TARGET, ("approved_by",), data.get("approved_by"))),
        ),
    )
    parties = (
        say("Member (signature)"),
        say("Group leader (signature)"),
        say("Secretary (signature)"),
        say("Branch (seal)"),
    )
    yield signed(pen, ((each, "") for each in parties))


def _items(filled: Filled, pen: Pen) -> Form:
    items = filled.data.get("items", ())
    heads = (
        Head(pen(say("Head of the target")), 6), Head(pen(say("What is to be reached")), 12),
        Head(pen(say("Points")), 3, Align.CENTER), Head(pen(say("How it was fulfilled")), 7),
    )  # fmt: skip
    rows = [
        (pen.word(_TARGET, ("items", "head"), each["head"]), each["item"], points(hundredths(each["points"])), "")
        for each in items
    ]
    if rows:
        rows.append((pen(say("Sum")), "", points(sum(hundredths(each["points"]) for each in items)), ""))
    return listed(heads, rows, room=0 if rows else _ITEMS)


def log(filled: Filled, pen: Pen) -> Paper:
    """Return a group's log of a month: what each member did, and where that is from."""
    data = filled.data
    month, group = data.get("month"), data.get("group")
    entries = (
        Entry(pen(say("Party group")), pen.group(group)),
        Entry(pen(say("Month")), pen.period(month) if month else ""),
        Entry(pen(say("Keeper")), pen.name(data.get("keeper"))),
        Entry(pen(say("Day")), pen.day(data.get("date"))),
    )
    heads = (
        number_head(pen), Head(pen(say("Name")), 4), Head(pen(say("How it was fulfilled")), 14),
        Head(pen(say("Source")), 7),
    )  # fmt: skip
    rows = [(pen.name(each["member"]), each["facts"], each.get("source", "")) for each in data.get("entries", ())]
    blocks = (
        laid(pen, entries),
        listed(heads, numbered(rows), room=0 if rows else ROOM),
        signed(pen, ((say("Group leader (signature)"), ""), (say("Keeper (signature)"), pen.name(data.get("keeper"))))),
    )
    return Paper(pen.title(filled.kind.title), pen.branch, blocks)


MAKERS = {_TARGET: target, _LOG: log}

"""Work to be done: the rectification list (form 2.4) and plans, each with its tasks in a ruled list (forms 2.12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.forms.cells import ROOM, Entry, Head, laid, listed, number_head, numbered, signed
from dangwu.model.message import say
from dangwu.pages.paper import Paper

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dangwu.forms.field_text import Pen
    from dangwu.model.form_input import Filled
    from dangwu.pages.paper import Form, PaperBlock


def rectification(filled: Filled, pen: Pen) -> Paper:
    """Return the list of what is to be put right: issue, measure, who, until when, and what became of it."""
    entries = (
        Entry(pen(say("Drawn up on")), pen.day(filled.data.get("date"))),
        Entry(pen(say("From which meeting")), _from(filled, pen)),
    )
    blocks = (
        laid(pen, entries),
        rectification_list(filled.data.get("items", ()), pen, wide=True),
        signed(pen, ((say("Secretary (signature)"), ""), (say("Filled in by (signature)"), ""))),
    )
    return Paper(pen.title(filled.kind.title), pen.branch, blocks, wide=True)


def _from(filled: Filled, pen: Pen) -> str:
    node = filled.schema["properties"]["meeting"]
    return pen.value("meeting", filled.data.get("meeting"), node, filled.schema)


def rectification_list(items: Sequence[Mapping[str, Any]], pen: Pen, *, wide: bool) -> Form:
    """Return the rows of a rectification list; on an upright sheet one column tells what became of each."""
    heads = [
        number_head(pen, 2 if wide else 0), Head(pen(say("Problem")), 7), Head(pen(say("Measure")), 8),
        Head(pen(say("Responsible")), 4), Head(pen(say("Due day")), 4 if wide else 5),
    ]  # fmt: skip
    after = (Head(pen(say("State")), 3), Head(pen(say("Closed on")), 4), Head(pen(say("Result")), 6))
    heads += after if wide else (Head(pen(say("State")), 6),)
    rows = (
        (
            each["issue"], each.get("measure", ""), pen.name(each.get("owner")), pen.short(each.get("due")),
            *_after(each, pen, wide=wide),
        )
        for each in items
    )  # fmt: skip
    return listed(heads, numbered(rows), room=0 if items else ROOM)


def _after(item: Mapping[str, Any], pen: Pen, *, wide: bool) -> tuple[str, ...]:
    told = (_state(item, pen), pen.short(item.get("closed_on")), str(item.get("result", "")))
    return told if wide else ("\n".join(filter(None, told)),)


def _state(item: Mapping[str, Any], pen: Pen) -> str:
    """Say whether an item was closed by the as-of day: a day that is written, never a judgement."""
    closed = item.get("closed_on", "")
    return pen(say("put right")) if closed and closed <= pen.forms.as_of.isoformat() else pen(say("not put right yet"))


def annual_plan(filled: Filled, pen: Pen) -> Paper:
    """Return the year's plan with its tasks."""
    data = filled.data
    year = str(data.get("year", ""))
    return Paper(
        title=pen(say("Party-building work plan for {year}", year=year or "____")),
        subtitle=pen.branch,
        blocks=tuple(_annual(filled, pen)),
        wide=True,
    )


def _annual(filled: Filled, pen: Pen) -> Iterator[PaperBlock]:
    data = filled.data
    yield laid(
        pen,
        (
            Entry(pen(say("Aim")), data.get("aim", ""), whole=True, lines=2),
            Entry(pen(say("Day of approval")), pen.day(data.get("approved_on"))),
            Entry(pen(say("Decided by")), pen.word("annual-plan", ("approved_by",), data.get("approved_by"))),
        ),
    )
    heads = (
        number_head(pen, 2), Head(pen(say("Part")), 4), Head(pen(say("Task")), 8), Head(pen(say("Measure")), 9),
        Head(pen(say("Responsible")), 4), Head(pen(say("Department")), 4), Head(pen(say("Due day")), 4),
        Head(pen(say("Checked")), 5),
    )  # fmt: skip
    rows = [
        (
            pen.word("annual-plan", ("tasks", "section"), each.get("section")), each["task"], each["measure"],
            pen.name(each.get("owner")), each.get("department", ""), pen.short(each.get("due")), "",
        )
        for each in data.get("tasks", ())
    ]  # fmt: skip
    yield listed(heads, numbered(rows), caption=pen(say("Tasks")), room=0 if rows else ROOM)
    yield from _quarters(filled, pen)
    yield signed(pen, ((say("Secretary (signature)"), ""), (say("Branch (seal)"), "")))


def _quarters(filled: Filled, pen: Pen) -> Iterator[Form]:
    """Yield what is arranged for each quarter, where the plan itself says."""
    for quarter in filled.data.get("quarters", ()):
        yield _arranged(quarter["items"], filled, pen, pen.period(quarter["quarter"]))


def short_plan(filled: Filled, pen: Pen) -> Paper:
    """Return the plan of a quarter or a month."""
    data = filled.data
    label = data.get("quarter") or data.get("month")
    entries = (
        Entry(pen(say("Period")), pen.period(label) if label else ""),
        Entry(pen(say("Day of approval")), pen.day(data.get("approved_on"))),
        Entry(pen(say("Decided by")), pen.word(filled.kind.name, ("approved_by",), data.get("approved_by"))),
    )
    blocks = (
        laid(pen, entries),
        _arranged(data.get("items", ()), filled, pen, ""),
        signed(pen, ((say("Secretary (signature)"), ""), (say("Branch (seal)"), ""))),
    )
    return Paper(pen.title(filled.kind.title), pen.branch, blocks)


def _arranged(items: Sequence[Mapping[str, Any]], filled: Filled, pen: Pen, caption: str) -> Form:
    heads = (
        number_head(pen), Head(pen(say("What is to be done")), 10), Head(pen(say("Annual task")), 7),
        Head(pen(say("Responsible")), 4), Head(pen(say("Due day")), 4),
    )  # fmt: skip
    rows = [
        (
            each["text"],
            pen.value("task", each["task"], {}, filled.schema),
            pen.name(each.get("owner")),
            pen.short(each.get("due")),
        )
        for each in items
    ]
    return listed(heads, numbered(rows), caption=caption, room=0 if rows else ROOM)


MAKERS = {
    "rectification": rectification,
    "annual-plan": annual_plan,
    "quarter-plan": short_plan,
    "month-plan": short_plan,
}

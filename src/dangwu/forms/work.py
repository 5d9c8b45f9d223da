"""Work to be done: the rectification list (form 2.4) and plans, each with its tasks in a ruled list (forms 2.12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
    from collections.abc import Iterator, Mapping, Sequence

    from dangwu.forms.field_text import FieldText
    from dangwu.model.form_input import FormRecord
    from dangwu.pages.paper import Form, PaperBlock


def build_rectification_form(filled: FormRecord, pen: FieldText) -> Paper:
    """Return the list of what is to be put right: issue, measure, who, until when, and what became of it."""
    entries = (
        LabelledValue(pen(say("Drawn up on")), pen.day(filled.data.get("date"))),
        LabelledValue(pen(say("From which meeting")), _format_source_meeting(filled, pen)),
    )
    blocks = (
        lay_out_entries(pen, entries),
        build_rectification_list(filled.data.get("items", ()), pen, wide=True),
        build_signatures(pen, ((say("Secretary (signature)"), ""), (say("Filled in by (signature)"), ""))),
    )
    return Paper(pen.title(filled.kind.title), pen.branch, blocks, wide=True)


def _format_source_meeting(filled: FormRecord, pen: FieldText) -> str:
    node = filled.schema["properties"]["meeting"]
    return pen.value("meeting", filled.data.get("meeting"), node, filled.schema)


def build_rectification_list(items: Sequence[Mapping[str, Any]], pen: FieldText, *, wide: bool) -> Form:
    """Return the rows of a rectification list; on an upright sheet one column tells what became of each."""
    heads = [
        build_number_head(pen, 2 if wide else 0), ListHead(pen(say("Problem")), 7), ListHead(pen(say("Measure")), 8),
        ListHead(pen(say("Responsible")), 4), ListHead(pen(say("Due day")), 4 if wide else 5),
    ]  # fmt: skip
    after = (ListHead(pen(say("State")), 3), ListHead(pen(say("Closed on")), 4), ListHead(pen(say("Result")), 6))
    heads += after if wide else (ListHead(pen(say("State")), 6),)
    rows = (
        (
            item["issue"], item.get("measure", ""), pen.name(item.get("owner")), pen.short(item.get("due")),
            *_format_outcome(item, pen, wide=wide),
        )
        for item in items
    )  # fmt: skip
    return build_ruled_list(heads, number_rows(rows), room=0 if items else BLANK_ROWS)


def _format_outcome(item: Mapping[str, Any], pen: FieldText, *, wide: bool) -> tuple[str, ...]:
    told = (_describe_item_state(item, pen), pen.short(item.get("closed_on")), str(item.get("result", "")))
    return told if wide else ("\n".join(filter(None, told)),)


def _describe_item_state(item: Mapping[str, Any], pen: FieldText) -> str:
    """Say whether an item was closed by the as-of day: a day that is written, never a judgement."""
    closed = item.get("closed_on", "")
    return pen(say("put right")) if closed and closed <= pen.forms.as_of.isoformat() else pen(say("not put right yet"))


def build_annual_plan_form(filled: FormRecord, pen: FieldText) -> Paper:
    """Return the year's plan with its tasks."""
    data = filled.data
    year = str(data.get("year", ""))
    return Paper(
        title=pen(say("Party-building work plan for {year}", year=year or "____")),
        subtitle=pen.branch,
        blocks=tuple(_build_annual_blocks(filled, pen)),
        wide=True,
    )


def _build_annual_blocks(filled: FormRecord, pen: FieldText) -> Iterator[PaperBlock]:
    data = filled.data
    yield lay_out_entries(
        pen,
        (
            LabelledValue(pen(say("Aim")), data.get("aim", ""), whole=True, lines=2),
            LabelledValue(pen(say("Day of approval")), pen.day(data.get("approved_on"))),
            LabelledValue(pen(say("Decided by")), pen.word("annual-plan", ("approved_by",), data.get("approved_by"))),
        ),
    )
    heads = (
        build_number_head(pen, 2), ListHead(pen(say("Part")), 4),
        ListHead(pen(say("Task")), 8), ListHead(pen(say("Measure")), 9),
        ListHead(pen(say("Responsible")), 4), ListHead(pen(say("Department")), 4), ListHead(pen(say("Due day")), 4),
        ListHead(pen(say("Checked")), 5),
    )  # fmt: skip
    rows = [
        (
            pen.word("annual-plan", ("tasks", "section"), task.get("section")), task["task"], task["measure"],
            pen.name(task.get("owner")), task.get("department", ""), pen.short(task.get("due")), "",
        )
        for task in data.get("tasks", ())
    ]  # fmt: skip
    yield build_ruled_list(heads, number_rows(rows), caption=pen(say("Tasks")), room=0 if rows else BLANK_ROWS)
    yield from _build_quarter_lists(filled, pen)
    yield build_signatures(pen, ((say("Secretary (signature)"), ""), (say("Branch (seal)"), "")))


def _build_quarter_lists(filled: FormRecord, pen: FieldText) -> Iterator[Form]:
    """Yield what is arranged for each quarter, where the plan itself says."""
    for quarter in filled.data.get("quarters", ()):
        yield _build_task_list(quarter["items"], filled, pen, pen.period(quarter["quarter"]))


def build_short_plan_form(filled: FormRecord, pen: FieldText) -> Paper:
    """Return the plan of a quarter or a month."""
    data = filled.data
    label = data.get("quarter") or data.get("month")
    entries = (
        LabelledValue(pen(say("Period")), pen.period(label) if label else ""),
        LabelledValue(pen(say("Day of approval")), pen.day(data.get("approved_on"))),
        LabelledValue(pen(say("Decided by")), pen.word(filled.kind.name, ("approved_by",), data.get("approved_by"))),
    )
    blocks = (
        lay_out_entries(pen, entries),
        _build_task_list(data.get("items", ()), filled, pen, ""),
        build_signatures(pen, ((say("Secretary (signature)"), ""), (say("Branch (seal)"), ""))),
    )
    return Paper(pen.title(filled.kind.title), pen.branch, blocks)


def _build_task_list(items: Sequence[Mapping[str, Any]], filled: FormRecord, pen: FieldText, caption: str) -> Form:
    heads = (
        build_number_head(pen), ListHead(pen(say("What is to be done")), 10), ListHead(pen(say("Annual task")), 7),
        ListHead(pen(say("Responsible")), 4), ListHead(pen(say("Due day")), 4),
    )  # fmt: skip
    rows = [
        (
            item["text"],
            pen.value("task", item["task"], {}, filled.schema),
            pen.name(item.get("owner")),
            pen.short(item.get("due")),
        )
        for item in items
    ]
    return build_ruled_list(heads, number_rows(rows), caption=caption, room=0 if rows else BLANK_ROWS)


FORM_BUILDERS = {
    "rectification": build_rectification_form,
    "annual-plan": build_annual_plan_form,
    "quarter-plan": build_short_plan_form,
    "month-plan": build_short_plan_form,
}

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


def build_rectification_form(form: FormRecord, text: FieldText) -> Paper:
    """Return the rectification list: problem, measure, responsible person, due day and outcome."""
    entries = (
        LabelledValue(text(say("Drawn up on")), text.day(form.data.get("date"))),
        LabelledValue(text(say("From which meeting")), _format_source_meeting(form, text)),
    )
    blocks = (
        lay_out_entries(text, entries),
        build_rectification_list(form.data.get("items", ()), text, wide=True),
        build_signatures(text, ((say("Secretary (signature)"), ""), (say("Filled in by (signature)"), ""))),
    )
    return Paper(text.title(form.kind.title), text.branch, blocks, wide=True)


def _format_source_meeting(form: FormRecord, text: FieldText) -> str:
    node = form.schema["properties"]["meeting"]
    return text.value("meeting", form.data.get("meeting"), node, form.schema)


def build_rectification_list(items: Sequence[Mapping[str, Any]], text: FieldText, *, wide: bool) -> Form:
    """Return the rows of a rectification list; in portrait the outcome is one column."""
    heads = [
        build_number_head(text, 2 if wide else 0), ListHead(text(say("Problem")), 7), ListHead(text(say("Measure")), 8),
        ListHead(text(say("Responsible")), 4), ListHead(text(say("Due day")), 4 if wide else 5),
    ]  # fmt: skip
    after = (ListHead(text(say("State")), 3), ListHead(text(say("Closed on")), 4), ListHead(text(say("Result")), 6))
    heads += after if wide else (ListHead(text(say("State")), 6),)
    rows = (
        (
            item["issue"], item.get("measure", ""), text.name(item.get("owner")), text.short_day(item.get("due")),
            *_format_outcome(item, text, wide=wide),
        )
        for item in items
    )  # fmt: skip
    return build_ruled_list(heads, number_rows(rows), room=0 if items else BLANK_ROWS)


def _format_outcome(item: Mapping[str, Any], text: FieldText, *, wide: bool) -> tuple[str, ...]:
    outcome = (_describe_item_state(item, text), text.short_day(item.get("closed_on")), str(item.get("result", "")))
    return outcome if wide else ("\n".join(filter(None, outcome)),)


def _describe_item_state(item: Mapping[str, Any], text: FieldText) -> str:
    """Return whether an item was closed by the as-of day, from its closing day alone."""
    closed = item.get("closed_on", "")
    return (
        text(say("put right")) if closed and closed <= text.forms.as_of.isoformat() else text(say("not put right yet"))
    )


def build_annual_plan_form(form: FormRecord, text: FieldText) -> Paper:
    """Return the year's plan with its tasks."""
    data = form.data
    year = str(data.get("year", ""))
    return Paper(
        title=text(say("Party-building work plan for {year}", year=year or "____")),
        subtitle=text.branch,
        blocks=tuple(_build_annual_blocks(form, text)),
        wide=True,
    )


def _build_annual_blocks(form: FormRecord, text: FieldText) -> Iterator[PaperBlock]:
    data = form.data
    yield lay_out_entries(
        text,
        (
            LabelledValue(text(say("Aim")), data.get("aim", ""), whole=True, lines=2),
            LabelledValue(text(say("Day of approval")), text.day(data.get("approved_on"))),
            LabelledValue(text(say("Decided by")), text.word("annual-plan", ("approved_by",), data.get("approved_by"))),
        ),
    )
    heads = (
        build_number_head(text, 2), ListHead(text(say("Part")), 4),
        ListHead(text(say("Task")), 8), ListHead(text(say("Measure")), 9),
        ListHead(text(say("Responsible")), 4), ListHead(text(say("Department")), 4), ListHead(text(say("Due day")), 4),
        ListHead(text(say("Checked")), 5),
    )  # fmt: skip
    rows = [
        (
            text.word("annual-plan", ("tasks", "section"), task.get("section")), task["task"], task["measure"],
            text.name(task.get("owner")), task.get("department", ""), text.short_day(task.get("due")), "",
        )
        for task in data.get("tasks", ())
    ]  # fmt: skip
    yield build_ruled_list(heads, number_rows(rows), caption=text(say("Tasks")), room=0 if rows else BLANK_ROWS)
    yield from _build_quarter_lists(form, text)
    yield build_signatures(text, ((say("Secretary (signature)"), ""), (say("Branch (seal)"), "")))


def _build_quarter_lists(form: FormRecord, text: FieldText) -> Iterator[Form]:
    """Yield the items of each quarter, where the year's plan has them."""
    for quarter in form.data.get("quarters", ()):
        yield _build_task_list(quarter["items"], form, text, text.period(quarter["quarter"]))


def build_short_plan_form(form: FormRecord, text: FieldText) -> Paper:
    """Return the plan of a quarter or a month."""
    data = form.data
    label = data.get("quarter") or data.get("month")
    entries = (
        LabelledValue(text(say("Period")), text.period(label) if label else ""),
        LabelledValue(text(say("Day of approval")), text.day(data.get("approved_on"))),
        LabelledValue(text(say("Decided by")), text.word(form.kind.name, ("approved_by",), data.get("approved_by"))),
    )
    blocks = (
        lay_out_entries(text, entries),
        _build_task_list(data.get("items", ()), form, text, ""),
        build_signatures(text, ((say("Secretary (signature)"), ""), (say("Branch (seal)"), ""))),
    )
    return Paper(text.title(form.kind.title), text.branch, blocks)


def _build_task_list(items: Sequence[Mapping[str, Any]], form: FormRecord, text: FieldText, caption: str) -> Form:
    heads = (
        build_number_head(text), ListHead(text(say("What is to be done")), 10), ListHead(text(say("Annual task")), 7),
        ListHead(text(say("Responsible")), 4), ListHead(text(say("Due day")), 4),
    )  # fmt: skip
    rows = [
        (
            item["text"],
            text.value("task", item["task"], {}, form.schema),
            text.name(item.get("owner")),
            text.short_day(item.get("due")),
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

"""The record of a meeting with its sign-in sheet (form 2.1), and of life meetings the rectification list (form 2.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.facts.attendance_counts import count_meeting_attendance
from dangwu.forms import sign_in
from dangwu.forms.cells import (
    LabelledValue,
    ListHead,
    build_blank_sections,
    build_number_head,
    build_ruled_list,
    build_signatures,
    format_numbered_lines,
    lay_out_entries,
    number_rows,
)
from dangwu.forms.work import build_rectification_list
from dangwu.model.message import say
from dangwu.model.record import GROUP_MEETING, LECTURE, MEETING_KINDS, Meeting
from dangwu.pages.body_blocks import build_body_blocks
from dangwu.pages.page import Heading
from dangwu.pages.paper import Break, Paper
from dangwu.pages.wording.values import format_time_span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.forms.field_text import FieldText
    from dangwu.model.form_input import FormRecord
    from dangwu.model.record import Resolution
    from dangwu.pages.paper import Form, PaperBlock

_HEAD_FIELDS = frozenset({
    "schema", "kind", "date", "time", "place", "chair", "delegated_by", "recorder", "present", "leave", "absent",
    "late", "in_attendance", "totals", "topics", "resolutions", "documents", "lecturer", "group",
})  # fmt: skip
_TOOL_FIELDS = frozenset({"makes_up", "totals", "in_attendance_fixed_by", "hours", "plan_item"})
"""Fields that a blank form leaves out."""
_GUEST_ROWS = 4
"""Rows for guests on a blank sign-in sheet."""


def build_meeting_form(form: FormRecord, text: FieldText) -> Paper:
    """Return the record of a meeting of any kind."""
    return Paper(
        title=text(say("{kind}: record", kind=text.title(form.kind.title))),
        subtitle=text.branch,
        blocks=tuple(_build_blocks(form, text)),
    )


def _build_blocks(form: FormRecord, text: FieldText) -> Iterator[PaperBlock]:
    meeting = form.record if isinstance(form.record, Meeting) else None
    yield lay_out_entries(text, _build_entries(form, meeting, text))
    if form.blank or (meeting and meeting.resolutions):
        yield _build_resolution_list(meeting.resolutions if meeting else (), text)
    if form.data.get("documents"):
        yield _build_document_list(form, text)
    if form.blank:
        yield from build_blank_sections([text.title(heading) for heading in form.kind.headings])
    else:
        yield from build_body_blocks(form.body)
    parties = [
        (say("Chair (signature)"), meeting.chair if meeting else ""),
        (say("Recorder (signature)"), meeting.recorder if meeting else ""),
    ]
    yield build_signatures(text, ((words, text.name(name)) for words, name in parties))
    yield from _build_sign_in_blocks(form, meeting, text)
    if meeting is not None:
        yield from _build_rectification_blocks(meeting, text)


def _build_entries(form: FormRecord, meeting: Meeting | None, text: FieldText) -> Iterator[LabelledValue]:
    yield LabelledValue(text(say("Day")), text.day(meeting.day) if meeting else "")
    yield LabelledValue(text(say("Time")), format_time_span(meeting.start, meeting.end, "–") if meeting else "")
    yield LabelledValue(text(say("Place")), meeting.place if meeting else "", whole=True)
    yield LabelledValue(text(say("Chair")), text.name(meeting.chair) if meeting else "")
    yield LabelledValue(text(say("Recorder")), text.name(meeting.recorder) if meeting else "")
    if form.kind.name == GROUP_MEETING:
        yield LabelledValue(text(say("Party group")), text.group(meeting.group) if meeting else "", whole=True)
    if meeting and meeting.delegated_by:
        yield LabelledValue(text(say("Chair delegated by")), text.name(meeting.delegated_by), whole=True)
    if form.kind.name == LECTURE:
        yield LabelledValue(text(say("Lecturer")), text.name(meeting.lecturer) if meeting else "", whole=True)
    yield from _build_count_entries(meeting, text)
    on_leave = sign_in.describe_absences(text, meeting) or text(say("none")) if meeting and meeting.listed else ""
    yield LabelledValue(text(say("On leave or absent")), on_leave, whole=True, lines=1 if meeting else 2)
    guests = text.lang.value(meeting.in_attendance) or text(say("none")) if meeting and meeting.listed else ""
    yield LabelledValue(text(say("In attendance, without a vote")), guests, whole=True)
    yield from _build_own_entries(form, text)
    yield LabelledValue(
        text(say("Topics")),
        format_numbered_lines(meeting.topics) if meeting else "",
        whole=True,
        lines=1 if meeting else 3,
    )


def _build_count_entries(meeting: Meeting | None, text: FieldText) -> Iterator[LabelledValue]:
    counts = {} if meeting is None else {key: str(count) for key, count in count_attendees(meeting, text).items()}
    titles = {"due": say("Due"), "present": say("Present"), "leave": say("On leave"), "absent": say("Absent")}
    for key, title in titles.items():
        yield LabelledValue(text(title), counts.get(key, ""))


def count_attendees(meeting: Meeting, text: FieldText) -> dict[str, int]:
    """Return the numbers due, present, on leave and absent from the lists; the totals where the lists are redacted."""
    return count_meeting_attendance(text.corpus, meeting).as_dict() if meeting.listed else dict(meeting.totals)


def _build_own_entries(form: FormRecord, text: FieldText) -> Iterator[LabelledValue]:
    """Yield the fields that only this kind of meeting has."""
    for key, node in form.schema["properties"].items():
        if key in _HEAD_FIELDS or (form.blank and key in _TOOL_FIELDS) or (not form.blank and key not in form.data):
            continue
        written = text.value(key, form.data.get(key), node, form.schema)
        yield LabelledValue(text.label(key, node, form.schema), written, whole=True)


def _build_resolution_list(resolutions: tuple[Resolution, ...], text: FieldText) -> Form:
    heads = (
        build_number_head(text), ListHead(text(say("What was resolved")), 8), ListHead(text(say("Vote")), 5),
        ListHead(text(say("Result")), 3), ListHead(text(say("Responsible")), 4), ListHead(text(say("Due day")), 4),
    )  # fmt: skip
    rows = (
        (
            resolution.text,
            _format_vote(resolution, text),
            _format_vote_result(resolution, text),
            text.name(resolution.owner),
            text.short_day(resolution.due),
        )
        for resolution in resolutions
    )
    return build_ruled_list(heads, number_rows(rows), caption=text(say("Resolutions")), room=0 if resolutions else 3)


def _format_vote(resolution: Resolution, text: FieldText) -> str:
    if resolution.vote is None:
        return ""
    return text(say("For {yes}, against {no}, abstained {abstain}", **resolution.vote._asdict()))


def _format_vote_result(resolution: Resolution, text: FieldText) -> str:
    return text(say("passed")) if resolution.passed else text(say("not passed"))


def _build_document_list(form: FormRecord, text: FieldText) -> Form:
    heads = (
        build_number_head(text),
        ListHead(text(say("Documents studied or conveyed")), 16),
        ListHead(text(say("Issued on")), 6),
    )
    rows = ((document["title"], text.short_day(document.get("published"))) for document in form.data["documents"])
    return build_ruled_list(heads, number_rows(rows))


def _build_sign_in_blocks(form: FormRecord, meeting: Meeting | None, text: FieldText) -> Iterator[PaperBlock]:
    """Yield the sign-in sheet, unless the lists are redacted."""
    if meeting is not None:
        if meeting.listed:
            yield from sign_in.build_sign_in_sheet(
                text,
                sign_in.list_due_members(text, meeting),
                sign_in.describe_attendance(text, meeting),
                meeting.in_attendance,
            )
        return
    due_members = (
        text.corpus.roster.due_at(form.kind.name, None, text.forms.as_of) if text.corpus.branch else frozenset()
    )
    yield from sign_in.build_sign_in_sheet(text, sorted(due_members, key=text.people_order()), {}, [""] * _GUEST_ROWS)


def _build_rectification_blocks(meeting: Meeting, text: FieldText) -> Iterator[PaperBlock]:
    """Yield the rectification list of the meeting, where there is one."""
    for rectification in text.corpus.of("rectification"):
        if rectification.data["meeting"] == meeting.id:
            yield Break()
            yield Heading(text(say("Rectification list")))
            yield build_rectification_list(rectification.data["items"], text, wide=False)


FORM_BUILDERS = dict.fromkeys(MEETING_KINDS, build_meeting_form)

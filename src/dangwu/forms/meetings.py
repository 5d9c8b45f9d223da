"""The record of a meeting with its sign-in sheet (form 2.1), and what life meetings have beside it (form 2.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.forms import sign_in
from dangwu.forms.cells import (
    LabelledValue,
    ListHead,
    lay_out_entries,
    build_ruled_list,
    build_number_head,
    number_rows,
    format_numbered_lines,
    build_signatures,
    build_blank_sections,
)
from dangwu.forms.work import build_rectification_list
from dangwu.model.message import say
from dangwu.model.record import GROUP_MEETING, LECTURE, MEETING_KINDS, Meeting
from dangwu.pages.own_words import own_words
from dangwu.pages.page import Heading
from dangwu.pages.paper import Break, Paper
from dangwu.pages.wording.states import format_clock

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
"""What a blank form does without."""
_GUEST_ROWS = 4
"""How many rows for guests a blank sign-in sheet has."""


def build_meeting_form(filled: FormRecord, pen: FieldText) -> Paper:
    """Return the record of a meeting of any kind."""
    return Paper(
        title=pen(say("{kind}: record", kind=pen.title(filled.kind.title))),
        subtitle=pen.branch,
        blocks=tuple(_build_blocks(filled, pen)),
    )


def _build_blocks(filled: FormRecord, pen: FieldText) -> Iterator[PaperBlock]:
    held = filled.record if isinstance(filled.record, Meeting) else None
    yield lay_out_entries(pen, _build_entries(filled, held, pen))
    if filled.blank or (held and held.resolutions):
        yield _build_resolution_list(held.resolutions if held else (), pen)
    if filled.data.get("documents"):
        yield _build_document_list(filled, pen)
    if filled.blank:
        yield from build_blank_sections([pen.title(each) for each in filled.kind.headings])
    else:
        yield from own_words(filled.body)
    parties = [
        (say("Chair (signature)"), held.chair if held else ""),
        (say("Recorder (signature)"), held.recorder if held else ""),
    ]
    yield build_signatures(pen, ((words, pen.name(name)) for words, name in parties))
    yield from _build_sign_in_blocks(filled, held, pen)
    if held is not None:
        yield from _build_rectification_blocks(held, pen)


def _build_entries(filled: FormRecord, held: Meeting | None, pen: FieldText) -> Iterator[LabelledValue]:
    yield LabelledValue(pen(say("Day")), pen.day(held.day) if held else "")
    yield LabelledValue(pen(say("Time")), f"{format_clock(held.start)}–{format_clock(held.end)}" if held else "")
    yield LabelledValue(pen(say("Place")), held.place if held else "", whole=True)
    yield LabelledValue(pen(say("Chair")), pen.name(held.chair) if held else "")
    yield LabelledValue(pen(say("Recorder")), pen.name(held.recorder) if held else "")
    if filled.kind.name == GROUP_MEETING:
        yield LabelledValue(pen(say("Party group")), pen.group(held.group) if held else "", whole=True)
    if held and held.delegated_by:
        yield LabelledValue(pen(say("Chair delegated by")), pen.name(held.delegated_by), whole=True)
    if filled.kind.name == LECTURE:
        yield LabelledValue(pen(say("Lecturer")), pen.name(held.lecturer) if held else "", whole=True)
    yield from _build_count_entries(held, pen)
    away = sign_in.describe_absences(pen, held) or pen(say("none")) if held and held.listed else ""
    yield LabelledValue(pen(say("On leave or absent")), away, whole=True, lines=1 if held else 2)
    guests = pen.lang.value(held.in_attendance) or pen(say("none")) if held and held.listed else ""
    yield LabelledValue(pen(say("In attendance, without a vote")), guests, whole=True)
    yield from _build_own_entries(filled, pen)
    yield LabelledValue(
        pen(say("Topics")), format_numbered_lines(held.topics) if held else "", whole=True, lines=1 if held else 3
    )


def _build_count_entries(held: Meeting | None, pen: FieldText) -> Iterator[LabelledValue]:
    counts = {} if held is None else {key: str(each) for key, each in count_attendees(held, pen).items()}
    titles = {"due": say("Due"), "present": say("Present"), "leave": say("On leave"), "absent": say("Absent")}
    for key, title in titles.items():
        yield LabelledValue(pen(title), counts.get(key, ""))


def count_attendees(held: Meeting, pen: FieldText) -> dict[str, int]:
    """Count from the lists who was due, present, on leave and absent; without lists, the sums that are seen."""
    wanted = pen.corpus.roster.due(held)
    if not held.listed:
        return dict(held.totals)
    away = {each.member for each in held.leave}
    lists = {"present": set(held.present), "leave": away, "absent": set(held.absent)}
    return {"due": len(wanted), **{key: len(wanted & each) for key, each in lists.items()}}


def _build_own_entries(filled: FormRecord, pen: FieldText) -> Iterator[LabelledValue]:
    """Yield the fields that only this kind of meeting has."""
    for key, node in filled.schema["properties"].items():
        if (
            key in _HEAD_FIELDS
            or (filled.blank and key in _TOOL_FIELDS)
            or (not filled.blank and key not in filled.data)
        ):
            continue
        text = pen.value(key, filled.data.get(key), node, filled.schema)
        yield LabelledValue(pen.label(key, node, filled.schema), text, whole=True)


def _build_resolution_list(resolutions: tuple[Resolution, ...], pen: FieldText) -> Form:
    heads = (
        build_number_head(pen), ListHead(pen(say("What was resolved")), 8), ListHead(pen(say("Vote")), 5),
        ListHead(pen(say("Result")), 3), ListHead(pen(say("Responsible")), 4), ListHead(pen(say("Due day")), 4),
    )  # fmt: skip
    rows = (
        (each.text, _format_vote(each, pen), _format_vote_result(each, pen), pen.name(each.owner), pen.short(each.due))
        for each in resolutions
    )
    return build_ruled_list(heads, number_rows(rows), caption=pen(say("Resolutions")), room=0 if resolutions else 3)


def _format_vote(each: Resolution, pen: FieldText) -> str:
    if each.vote is None:
        return ""
    return pen(say("For {yes}, against {no}, abstained {abstain}", **each.vote._asdict()))


def _format_vote_result(each: Resolution, pen: FieldText) -> str:
    return pen(say("passed")) if each.passed else pen(say("not passed"))


def _build_document_list(filled: FormRecord, pen: FieldText) -> Form:
    heads = (
        build_number_head(pen),
        ListHead(pen(say("Documents studied or conveyed")), 16),
        ListHead(pen(say("Issued on")), 6),
    )
    rows = ((each["title"], pen.short(each.get("published"))) for each in filled.data["documents"])
    return build_ruled_list(heads, number_rows(rows))


def _build_sign_in_blocks(filled: FormRecord, held: Meeting | None, pen: FieldText) -> Iterator[PaperBlock]:
    """Yield the sign-in sheet, unless the audience sees nobody by name."""
    if held is not None:
        if held.listed:
            yield from sign_in.build_sign_in_sheet(
                pen, sign_in.list_due_members(pen, held), sign_in.describe_attendance(pen, held), held.in_attendance
            )
        return
    wanted = pen.corpus.roster.due_at(filled.kind.name, None, pen.forms.as_of) if pen.corpus.branch else frozenset()
    yield from sign_in.build_sign_in_sheet(pen, sorted(wanted, key=pen.order()), {}, [""] * _GUEST_ROWS)


def _build_rectification_blocks(held: Meeting, pen: FieldText) -> Iterator[PaperBlock]:
    """Yield the list of what the meeting wants put right, where there is one."""
    for each in pen.corpus.of("rectification"):
        if each.data["meeting"] == held.id:
            yield Break()
            yield Heading(pen(say("Rectification list")))
            yield build_rectification_list(each.data["items"], pen, wide=False)


FORM_BUILDERS = dict.fromkeys(MEETING_KINDS, build_meeting_form)
